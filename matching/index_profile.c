#include "index_profile.h"

#include "constraint.h"

unsigned learner_terms(const struct learner_profile *learner,
                       struct index_term terms[INDEX_TERMS_MAX])
{
    const struct profile_claim *claims = profile_claims(learner);
    for (unsigned i = 0; i < learner->claim_count; i++)
        terms[i] =
            (struct index_term){claims[i].skill, claim_grade(claims[i].level, claims[i].evidence)};
    return learner->claim_count;
}

unsigned offer_terms(const struct offer_profile *offer, struct index_term terms[INDEX_TERMS_MAX])
{
    const struct profile_requirement *requirements = profile_requirements(offer);
    for (unsigned i = 0; i < offer->requirement_count; i++)
        terms[i] =
            (struct index_term){requirements[i].skill,
                                requirement_grade(requirements[i].level, requirements[i].required)};
    return offer->requirement_count;
}

struct index_front learner_front(const struct learner_profile *learner)
{
    /* FACT_NO_DAY is before any day. */
    return (struct index_front){
        .gate = learner->gate, .licences = learner->licences, .day = learner->available_from};
}

struct index_front offer_front(const struct offer_profile *offer)
{
    int32_t day = INT32_MAX;
    if (offer->starts_on != FACT_NO_DAY && offer->starts_on < INT32_MAX - START_GRACE_DAYS)
        day = offer->starts_on + START_GRACE_DAYS;
    return (struct index_front){
        .gate = offer->gate, .licences = offer->licences, .day = day, .note = offer->role};
}

float learner_factor(const struct learner_profile *learner)
{
    return (float)score_learner_most(learner);
}

/* Without requirements there is no coverage either. */
float offer_factor(const struct offer_profile *offer)
{
    return offer->total_weight ? 1 / (float)offer->total_weight : 1;
}

float learner_scale(const struct learner_profile *learner)
{
    return 1 / (float)score_learner_most(learner);
}

float offer_scale(const struct offer_profile *offer)
{
    return (float)offer->total_weight;
}
