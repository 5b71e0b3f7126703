/* Profiles as records of an index. For the scoring code of this folder only. */
#ifndef PASSERELLE_MATCHING_INDEX_PROFILE_H
#define PASSERELLE_MATCHING_INDEX_PROFILE_H

#include "index.h"
#include "score_steps.h"

/* Grades: of a claim its level and evidence, of a requirement its level and whether it is required.
 */
static inline uint8_t claim_grade(unsigned level, unsigned evidence)
{
    return (uint8_t)((level - 1) * 8 + evidence);
}
static inline uint8_t requirement_grade(unsigned level, bool required)
{
    return (uint8_t)((level - 1) * 2 + required);
}
_Static_assert((FACT_LEVEL_MAX - 1) * 8 + (int)FACT_EVIDENCE_END <= (int)INDEX_GRADES,
               "a claim's grade fits");

unsigned learner_terms(const struct learner_profile *learner,
                       struct index_term terms[INDEX_TERMS_MAX]);
unsigned offer_terms(const struct offer_profile *offer, struct index_term terms[INDEX_TERMS_MAX]);
struct index_front learner_front(const struct learner_profile *learner);
struct index_front offer_front(const struct offer_profile *offer); /* notes the role */

/* A total below a bound is one whose coverage times the learner's most is less than the square of
 * the bound times the offer's total weight (score_below). Of this, the factor of a record is its
 * own share, and what it needs is the square of the bound. */
float learner_factor(const struct learner_profile *learner);
float offer_factor(const struct offer_profile *offer);
/* What is left to whoever asks: with what the bounds' squares are multiplied. */
float learner_scale(const struct learner_profile *learner);
float offer_scale(const struct offer_profile *offer);

#endif
