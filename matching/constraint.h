/* Hard constraints: which of them a pair fails, and which could not be checked. */
#ifndef PASSERELLE_MATCHING_CONSTRAINT_H
#define PASSERELLE_MATCHING_CONSTRAINT_H

#include "profile_layout.h"
#include "score.h"

enum { START_GRACE_DAYS = 14 }; /* a learner may be free that long after the start */

#define CONSTRAINT_BIT(constraint) (1u << (constraint))

/* A bit per enum constraint. */
uint32_t constraints_failed(const struct learner_profile *learner,
                            const struct offer_profile *offer);
/* Whether none fails, for a pair whose gates are known to be open to each other. */
bool constraints_met_inside(const struct learner_profile *learner,
                            const struct offer_profile *offer);
/* Those on which one side says something and the other nothing. They do not fail. */
uint32_t constraints_unchecked(const struct learner_profile *learner,
                               const struct offer_profile *offer);

/* What a learner has to show for a single demand. */
bool constraint_covers(const struct learner_profile *learner, const struct profile_span *span);
/* Last valid day, NO_EXPIRY, or FACT_NO_DAY when not held. */
int32_t constraint_expiry(const struct learner_profile *learner, int32_t authorisation);
/* 0 when not spoken. French is taken for granted unless the learner states a level. */
uint8_t constraint_level(const struct learner_profile *learner, const char code[2]);

#endif
