/* One slot of one territory while this process owns it: loads a snapshot, follows the log, writes
 * the lists that change. Everything is one chain of commands on one link; the next is sent when the
 * answer to the last has been taken in. */
#ifndef PASSERELLE_WORKERS_MATCH_TENURE_H
#define PASSERELLE_WORKERS_MATCH_TENURE_H

#include "config/config.h"
#include "matching/board.h"
#include "proto/arena.h"
#include "runtime/attachments.h"
#include "runtime/built_files.h"
#include "runtime/compile.h"
#include "runtime/redis_link.h"
#include "workers/match/roster.h"

enum { TENURE_KEY_SIZE = 40, TENURE_MARK_MAX = 1024 };

/* What the owner of a lease was told when it got it. */
struct lease {
    char key[TENURE_KEY_SIZE]; /* p:{T} */
    unsigned slot, slots;
    char epoch[24];
    char cursor[24];
    unsigned attempts;
    char mark[TENURE_MARK_MAX + 1];
    char model[MODEL_ID_SIZE];
    const struct referential *referential;
};

struct tenure;
/* Called once, from the loop, when the tenure is over: the lease was lost, the model changed, the
 * store went away, or it was asked to end. The tenure is to be freed then, not from within. */
typedef void tenure_over_fn(void *arg, struct tenure *tenure, const char *reason);

struct tenure_options {
    struct event_base *base;
    const struct config *config;
    const struct redis_link_options *link;
    const char *worker;
    tenure_over_fn *on_over;
    void *arg;
};

/* NULL when out of memory. */
struct tenure *tenure_create(const struct tenure_options *options, const struct lease *lease);
void tenure_free(struct tenure *tenure);

const struct lease *tenure_lease(const struct tenure *tenure);
/* Ends it at the next step. */
void tenure_end(struct tenure *tenure, const char *reason);
bool tenure_following(const struct tenure *tenure); /* loaded and up to date at least once */
bool tenure_excused(const struct tenure *tenure);   /* over for what no record can have caused */

#endif
