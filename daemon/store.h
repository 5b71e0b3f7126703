/* The daemon's way to Redis: one link for commits and one for reads, checked and prepared before
 * use: durable as promised, the function library present and current, territories known. */
#ifndef PASSERELLE_DAEMON_STORE_H
#define PASSERELLE_DAEMON_STORE_H

#include "config/config.h"
#include "daemon/territory.h"
#include "runtime/redis_link.h"

struct store;

/* Told when the store comes up or goes down. */
typedef void store_state_fn(void *arg, bool up);

struct store *store_create(struct event_base *base, const struct config *config,
                           struct territories *territories, store_state_fn *on_state, void *arg);
void store_free(struct store *store); /* pending callbacks get NULL */

bool store_up(const struct store *store);
/* always, everysec, or unknown before the first connection. */
const char *store_durability(const struct store *store);

/* As redis_link_send. Commits are answered in order; reads never wait behind a disk sync. */
bool store_commit(struct store *store, redis_link_reply_fn *callback, void *arg, int argc,
                  const char *const *argv, const size_t *sizes);
bool store_read(struct store *store, redis_link_reply_fn *callback, void *arg, int argc,
                const char *const *argv, const size_t *sizes);

/* Options of a further link to the same store, such as one for blocking reads. */
const struct redis_link_options *store_link_options(const struct store *store);

#endif
