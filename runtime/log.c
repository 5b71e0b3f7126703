#include "log.h"

#include "clock.h"
#include "log_format.h"
#include "log_limit.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static struct {
    const char *program;
    enum log_level threshold;
    bool journal;
    struct log_limit limit;
} state = {.program = "-", .threshold = LOG_LEVEL_INFO};

void log_open(const char *program, enum log_level threshold)
{
    state.program = program;
    state.threshold = threshold;
    state.journal = getenv("JOURNAL_STREAM") != NULL;
}

bool log_enabled(enum log_level level)
{
    return level <= state.threshold;
}

/* One write per line, so that lines of several processes do not mix. */
static void put(enum log_level level, const char *id, const struct log_pair *pairs, size_t count)
{
    char line[LOG_LINE_SIZE];
    struct log_head head = {.program = state.program,
                            .journal = state.journal,
                            .wall_ms = clock_wall_ms(),
                            .level = level,
                            .id = id};
    size_t size = log_format(line, &head, pairs, count);
    ssize_t written;
    do
        written = write(STDERR_FILENO, line, size);
    while (written < 0 && errno == EINTR);
}

static void tell_suppressed(int64_t now_ms, bool all)
{
    const struct log_limit_slot *slot;
    unsigned dropped = 0;
    while ((slot = log_limit_take(&state.limit, now_ms, all, &dropped))) {
        const struct log_pair pairs[] = {LOG_TEXT("id", slot->id), LOG_INT("lines", dropped)};
        put(LOG_LEVEL_WARNING, "log.suppressed", pairs, 2);
    }
}

void log_write(enum log_level level, const char *id, const struct log_pair *pairs, size_t count)
{
    if (!log_enabled(level))
        return;
    int saved = errno; /* so that a caller may log first and look at errno afterwards */
    int64_t now_ms = clock_monotonic_ms();
    tell_suppressed(now_ms, false);
    if (log_limit_pass(&state.limit, id, now_ms))
        put(level, id, pairs, count);
    errno = saved;
}

void log_flush(void)
{
    tell_suppressed(clock_monotonic_ms(), true);
}
