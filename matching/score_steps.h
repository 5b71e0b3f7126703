/* The steps of a score that several files of this folder share; no step is written twice. */
#ifndef PASSERELLE_MATCHING_SCORE_STEPS_H
#define PASSERELLE_MATCHING_SCORE_STEPS_H

#include "profile_layout.h"
#include "score.h"

/* What evidence is worth: practice counts, a declaration counts least. */
static inline unsigned evidence_percent(unsigned evidence)
{
    static const uint8_t percent[FACT_EVIDENCE_END] = {
        [FACT_DECLARED] = 70, [FACT_OBSERVED] = 85, [FACT_ATTESTED] = 95,
        [FACT_PROJECT] = 90,  [FACT_WORK] = 100,
    };
    return percent[evidence];
}

/* What a claim is worth to a requirement, 1..SCORE_ONE. */
static inline uint32_t claim_credit(unsigned nearness, unsigned level, unsigned evidence,
                                    unsigned wanted)
{
    static const uint8_t tenths_below[FACT_LEVEL_MAX] = {10, 6, 3, 1};
    unsigned below = wanted > level ? wanted - level : 0;
    unsigned tenths = tenths_below[below < FACT_LEVEL_MAX ? below : FACT_LEVEL_MAX - 1];
    return nearness * tenths * evidence_percent(evidence) * (SCORE_ONE / 1000) / NEARNESS_ONE;
}

/* What a requirement counts for in its offer. */
static inline unsigned requirement_weight(const struct referential *referential, int32_t skill,
                                          bool required)
{
    enum { REQUIRED = 3, WISHED = 1 };
    return (required ? REQUIRED : WISHED) * referential_skill_weight(referential, skill);
}

/* The best claim of a learner for one requirement; credit 0: none. */
struct held {
    uint32_t credit;
    uint8_t claim; /* index */
    uint8_t path;  /* enum skill_path */
    uint16_t nearness;
};

/* Fills one item for each requirement; returns the coverage, the sum of weight times credit. */
uint32_t score_coverage(const struct learner_profile *learner, const struct offer_profile *offer,
                        struct held held[FACT_REQUIREMENTS_MAX]);

/* Everything else, once the coverage and the constraints are known. */
struct score score_finish(const struct learner_profile *learner, const struct offer_profile *offer,
                          uint32_t coverage, uint32_t failed);
/* The most that the learner's side can be with any offer. */
uint32_t score_learner_most(const struct learner_profile *learner);
/* With an offer of that role and gate, and of a learner of whom that most and the gate are known.
 */
uint32_t score_learner_most_of(const struct learner_profile *learner, int32_t role,
                               const struct gate *offer);
uint32_t score_learner_most_with(uint32_t most, const struct gate *learner,
                                 const struct gate *offer);
enum { RANK_TOTAL_SHIFT = 48 }; /* of a rank, see score_rank() */
/* Whether the total is certainly below a bound: no side can be more than these, and that saves a
 * division and a root. */
static inline bool score_below(uint32_t coverage, uint32_t total_weight, uint32_t learner_most,
                               uint32_t bound)
{
    return (uint64_t)coverage * learner_most < (uint64_t)bound * bound * total_weight;
}

/* What the offer's role adds to the learner's side, and the index of the wished role it owes that
 * to; 0 when none of them is near. */
unsigned score_role_wish(const struct learner_profile *learner, const struct offer_profile *offer,
                         unsigned *index);
/* Whether the learner named the offer's contract. */
bool score_contract_wish(const struct learner_profile *learner, const struct offer_profile *offer);

#endif
