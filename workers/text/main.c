/* passerelle-text: reads the texts of offers. */
#include "workers/process.h"
#include "workers/text/reader.h"

static void *create(struct event_base *base, const struct config *config,
                    void (*on_count)(void *arg, unsigned count), void *arg)
{
    return reader_create(base, config, on_count, arg);
}

static bool stop(void *reader)
{
    return reader_stop(reader);
}

static void destroy(void *reader)
{
    reader_free(reader);
}

int main(int argc, char **argv)
{
    static const struct worker_kind kind = {"passerelle-text", "territories", create, stop,
                                            destroy};

    return worker_process_run(&kind, argc, argv);
}
