/* Reasons of a pair, as an answer carries them. */
#ifndef PASSERELLE_DAEMON_EXPLAIN_H
#define PASSERELLE_DAEMON_EXPLAIN_H

#include "daemon/query.h"
#include "matching/reason.h"

/* Packs the key `reasons` and its list. */
void explain_pack_reasons(struct query *query, const struct learner_profile *learner,
                          const struct offer_profile *offer, const struct offer *record);

#endif
