/* The daemon's counters and gauges. */
#ifndef PASSERELLE_DAEMON_COUNTERS_H
#define PASSERELLE_DAEMON_COUNTERS_H

#include "runtime/metrics.h"

/* X(constant, name, label, kind, help) */
#define COUNTERS_ALL(X)                                                                            \
    X(EVENTS_OK, "passerelle_events_total", "status=\"ok\"", COUNTER, "Events answered")           \
    X(EVENTS_REJECTED, "passerelle_events_total", "status=\"rejected\"", COUNTER, "")              \
    X(EVENTS_RETRY, "passerelle_events_total", "status=\"retry\"", COUNTER, "")                    \
    X(QUERIES_OK, "passerelle_queries_total", "status=\"ok\"", COUNTER, "Queries answered")        \
    X(QUERIES_FAILED, "passerelle_queries_total", "status=\"failed\"", COUNTER, "")                \
    X(REPLIES_LOST, "passerelle_replies_lost_total", NULL, COUNTER,                                \
      "Answers dropped because the client was gone or did not read")                               \
    X(FEED_MESSAGES, "passerelle_feed_messages_total", NULL, COUNTER, "Messages on the feed")      \
    X(COMMITS_PENDING, "passerelle_commits_pending", NULL, GAUGE, "Commits without an answer")     \
    X(PARKED, "passerelle_requests_parked", NULL, GAUGE, "Requests waiting for the store")         \
    X(STORE_UP, "passerelle_store_up", NULL, GAUGE, "1 while the store answers")

enum counter {
#define COUNTER_CONSTANT(constant, name, label, kind, help) COUNT_##constant,
    COUNTERS_ALL(COUNTER_CONSTANT)
#undef COUNTER_CONSTANT
        COUNT_END
};

extern struct metric counters[COUNT_END];
#define count(constant) (counters[COUNT_##constant].value++)

#endif
