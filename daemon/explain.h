/* Reasons of a pair, as an answer carries them. */
#ifndef PASSERELLE_DAEMON_EXPLAIN_H
#define PASSERELLE_DAEMON_EXPLAIN_H

#include "daemon/query.h"
#include "matching/reason.h"
#include "runtime/stored.h"

enum { EXPLAIN_BYTES = 36 * 1024 };

/* What the territory's records are compiled with. */
struct catalogue explain_catalogue(const struct territory *territory);
/* The open parts of the stored record of that number, in the arena; NULL when it is not there or
 * unreadable. */
void *explain_decode(struct arena *arena, uint8_t kind, uint64_t number, const redisReply *value,
                     struct stored *stored);

/* A pair with all that its reasons are told from. */
struct explained {
    struct learner_profile *learner;
    struct offer_profile *offer;
    struct prospects prospects;
    const struct offer *record;
};

/* Packs the keys `reasons`, with those that fit into EXPLAIN_BYTES, and `reasons_left`, with how
 * many do not. */
void explain_pack_reasons(struct query *query, const struct explained *pair);

#endif
