/* A match-worker: looks for slots without an owner, keeps its leases, works its tenures. */
#ifndef PASSERELLE_WORKERS_MATCH_WORKER_H
#define PASSERELLE_WORKERS_MATCH_WORKER_H

#include "config/config.h"

#include <event2/event.h>

struct worker;

/* Starts at once and looks again every second. Told of the number of slots held, when it changes.
 * NULL, logged, on failure. */
struct worker *worker_create(struct event_base *base, const struct config *config,
                             void (*on_slots)(void *arg, unsigned held), void *arg);
/* Gives the slots back; true when all are (or nothing can be sent any more). */
bool worker_stop(struct worker *worker);
void worker_free(struct worker *worker);

#endif
