#include "import_run.h"

#include "../config/config.h"
#include "../runtime/clock.h"

#include <string.h>

enum { STATE_PATH_SIZE = 512 };

bool import_run_goes_on(const struct import_run *run)
{
    return !run->no_memory && !sender_no_memory(run->sender) && !sender_away(run->sender);
}

static void state_directory(const struct context *context, char path[STATE_PATH_SIZE])
{
    struct config config;
    struct config_errors errors;
    const char *state = context->state ? context->state : "state";
    if (!context->state && context->config && config_load(context->config, &config, &errors))
        state = config.daemon_state_directory;
    snprintf(path, STATE_PATH_SIZE, "%s", state);
}

void import_run_file_begin(struct import_run *run, const char *path,
                           const uint8_t hash[CONTENT_HASH_SIZE], struct journal *journal)
{
    char state[STATE_PATH_SIZE], what[CONTENT_HASH_SIZE + 64] = "";
    *journal = (struct journal){.run = ""};
    if (run->client) {
        memcpy(what, hash, CONTENT_HASH_SIZE);
        int size = snprintf(what + CONTENT_HASH_SIZE, sizeof what - CONTENT_HASH_SIZE, "%u %s",
                            run->options->kind, run->context->territory);
        state_directory(run->context, state);
        journal_begin(journal, state, what, CONTENT_HASH_SIZE + (size_t)(size < 63 ? size : 63),
                      clock_day(clock_wall_ms()));
        if (journal->resumed)
            say(run->context->err, IMPORT_RESUMED, path);
    }
    sender_begin(run->sender, journal);
}

void import_run_file_end(struct import_run *run, const struct journal *journal)
{
    sender_end(run->sender);
    progress_bar_clear(&run->bar);
    if (run->client && import_run_goes_on(run))
        journal_end(journal);
}
