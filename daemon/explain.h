/* Reasons of a pair, as an answer carries them. */
#ifndef PASSERELLE_DAEMON_EXPLAIN_H
#define PASSERELLE_DAEMON_EXPLAIN_H

#include "daemon/query.h"
#include "matching/reason.h"

enum { EXPLAIN_BYTES = 36 * 1024 };

/* Packs the keys `reasons`, with those that fit into EXPLAIN_BYTES, and `reasons_left`, with how
 * many do not. */
void explain_pack_reasons(struct query *query, const struct learner_profile *learner,
                          const struct offer_profile *offer, const struct offer *record);

#endif
