/* Events on their way to the store. What comes for a territory while its earlier events are being
 * synced goes there in one call of event_commit: many events then share one sync, one look at the
 * same keys and one write to each. */
#ifndef PASSERELLE_DAEMON_BATCH_H
#define PASSERELLE_DAEMON_BATCH_H

#include "daemon/store.h"

struct batches;

/* NULL when out of memory. */
struct batches *batches_create(struct event_base *base, struct store *store);
/* Those that are gathered get NULL. Those that were sent must have had their answers: free the
 * store first. NULL is fine. */
void batches_free(struct batches *batches);

/* Adds one event: what it is about, then its arguments from the request key on, which are copied;
 * they go before this turn of the loop ends or as soon as earlier ones are answered. put: it is a
 * put, and has as many arguments as all puts. done is called exactly once, with the answer to this
 * event; NULL, or an error, when the call as a whole failed. False, and done is not called, when
 * the store is away or out of memory. */
bool batches_add(struct batches *batches, struct territory *territory, bool put,
                 redis_link_reply_fn *done, void *arg, int argc, const char *const *argv,
                 const size_t *sizes);

/* Events without an answer. */
size_t batches_pending(const struct batches *batches);

#endif
