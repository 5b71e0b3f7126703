/* Reasons of a pair, as an answer carries them. */
#ifndef PASSERELLE_DAEMON_EXPLAIN_H
#define PASSERELLE_DAEMON_EXPLAIN_H

#include "daemon/query.h"
#include "matching/reason.h"

enum { EXPLAIN_BYTES = 36 * 1024 };

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
