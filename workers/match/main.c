/* passerelle-match: keeps the top lists of the slots it owns. */
#include "workers/match/worker.h"
#include "workers/process.h"

static void *create(struct event_base *base, const struct config *config,
                    void (*on_count)(void *arg, unsigned count), void *arg)
{
    return worker_create(base, config, on_count, arg);
}

static bool stop(void *worker)
{
    return worker_stop(worker);
}

static void destroy(void *worker)
{
    worker_free(worker);
}

int main(int argc, char **argv)
{
    static const struct worker_kind kind = {"passerelle-match", "slots", create, stop, destroy};

    return worker_process_run(&kind, argc, argv);
}
