/* Counters and gauges, and the page that shows them in Prometheus's text format. */
#ifndef PASSERELLE_RUNTIME_METRICS_H
#define PASSERELLE_RUNTIME_METRICS_H

#include <event2/buffer.h>
#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum metric_kind { METRIC_COUNTER, METRIC_GAUGE };

/* One line of the page. Entries that share a name stand together and differ by label. */
struct metric {
    const char *name;  /* such as passerelle_events_total */
    const char *label; /* such as result="created"; NULL: none */
    const char *help;  /* of the first entry of its name */
    enum metric_kind kind;
    int64_t divisor; /* the value is shown divided by it: 1000000 for µs in seconds; 0 is 1 */
    int64_t value;
};

/* The process's table: an array that is indexed by an enum, and written to as metric[i].value. */
struct metrics {
    struct metric *entries;
    size_t count;
    void (*on_scrape)(void *arg); /* brings gauges up to date; NULL: none */
    void *arg;
};

/* False when out of memory. */
bool metrics_render(const struct metrics *metrics, struct evbuffer *out);

struct metrics_server;

/* Answers GET /metrics at address: the path of a Unix socket (mode 0660, replaced when stale) or
 * a loopback host:port. At most 16 connections, 5 s each. metrics must outlive it. NULL with a
 * static *reason on failure. */
struct metrics_server *metrics_server_create(struct event_base *base, const char *address,
                                             const struct metrics *metrics, const char **reason);
/* Removes the socket too. NULL is fine. */
void metrics_server_free(struct metrics_server *server);

#endif
