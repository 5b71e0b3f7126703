/* Counts log lines per id and second, so that one talkative id cannot flood the log. Pure. */
#ifndef PASSERELLE_RUNTIME_LOG_LIMIT_H
#define PASSERELLE_RUNTIME_LOG_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LOG_LIMIT_LINES = 20, LOG_LIMIT_WINDOW_MS = 1000, LOG_LIMIT_IDS = 64 };

struct log_limit_slot {
    char id[48]; /* cut; "" is free */
    int64_t start_ms;
    unsigned passed;
    unsigned dropped;
};

/* Zero it to start. Ids past the table's room share the last slot. */
struct log_limit {
    struct log_limit_slot slots[LOG_LIMIT_IDS + 1];
    unsigned dropping; /* slots with dropped lines */
};

/* Whether one more line of that id may be written. */
bool log_limit_pass(struct log_limit *limit, const char *id, int64_t now_ms);
/* The next slot whose second is over (or any, with all) and that dropped lines; NULL when there is
 * none. Its dropped count is moved to *dropped. */
const struct log_limit_slot *log_limit_take(struct log_limit *limit, int64_t now_ms, bool all,
                                            unsigned *dropped);

#endif
