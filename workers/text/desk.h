/* The texts of one territory: takes them from its stream one by one, has them read, and commits
 * what was recognised (docs/architecture.md, "Drafts"). */
#ifndef PASSERELLE_WORKERS_TEXT_DESK_H
#define PASSERELLE_WORKERS_TEXT_DESK_H

#include "runtime/redis_link.h"
#include "workers/text/lectern.h"

#include <event2/event.h>

enum { DESK_KEY_SIZE = 48 };

struct desk_options {
    struct event_base *base;
    const struct config *config;
    const struct redis_link_options *link;
    struct lectern *lectern;
};

struct desk;

/* key: p:{T}. What options point to outlives it. NULL without memory. */
struct desk *desk_create(const struct desk_options *options, const char *key);
const char *desk_key(const struct desk *desk);
/* Takes no further text. */
void desk_stop(struct desk *desk);
/* Whether one is in hand. */
bool desk_busy(const struct desk *desk);
void desk_free(struct desk *desk); /* NULL is fine */

#endif
