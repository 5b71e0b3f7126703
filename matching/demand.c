#include "demand.h"

#include "array.h"

#include <stdlib.h>
#include <string.h>

/* A skill of which a claim counts for another one. */
struct counting {
    int32_t skill;
    uint32_t nearness;
};

struct demands {
    const struct referential *referential;
    uint32_t skills;
    /* For each skill, what counts for it: countings[starts[s]] up to the next start. */
    uint32_t *starts;
    struct counting *countings;
    uint16_t (*credits)[FACT_LEVEL_MAX]; /* by skill and level asked for; all 0 between questions */
    int32_t *credited;                   /* skills with credits */
    struct index_demand *items;
    size_t capacity;
};

/* -- what counts for a skill: the referential's near skills, the other way round -----------------
 */

static void countings_number(struct demands *demands)
{
    for (uint32_t claim = 0; claim < demands->skills; claim++) {
        unsigned count = 0;
        const struct near_skill *near =
            referential_skill_near(demands->referential, (int32_t)claim, &count);
        for (unsigned i = 0; i < count; i++)
            demands->starts[near[i].skill + 1]++;
    }
    for (uint32_t skill = 0; skill < demands->skills; skill++)
        demands->starts[skill + 1] += demands->starts[skill];
}

/* Fills from the starts, which move on to the next skill's and are then shifted back. */
static void countings_fill(struct demands *demands)
{
    uint32_t *starts = demands->starts;
    for (uint32_t claim = 0; claim < demands->skills; claim++) {
        unsigned count = 0;
        const struct near_skill *near =
            referential_skill_near(demands->referential, (int32_t)claim, &count);
        for (unsigned i = 0; i < count; i++)
            demands->countings[starts[near[i].skill]++] =
                (struct counting){(int32_t)claim, near[i].nearness};
    }
    for (uint32_t skill = demands->skills; skill > 0; skill--)
        starts[skill] = starts[skill - 1];
    starts[0] = 0;
}

static bool countings_create(struct demands *demands)
{
    size_t skills = demands->skills;
    demands->starts = calloc(skills + 1, sizeof *demands->starts);
    if (!demands->starts)
        return false;
    countings_number(demands);
    demands->countings = calloc(demands->starts[skills] + (size_t)1, sizeof *demands->countings);
    if (!demands->countings)
        return false;
    countings_fill(demands);
    return true;
}

/* -- coming and going ----------------------------------------------------------------------------
 */

struct demands *demands_create(const struct referential *referential)
{
    struct demands *demands = calloc(1, sizeof *demands);
    if (!demands)
        return NULL;
    demands->referential = referential;
    demands->skills = (uint32_t)referential_skill_count(referential);
    demands->credits = calloc(demands->skills + (size_t)1, sizeof *demands->credits);
    demands->credited = calloc(demands->skills + (size_t)1, sizeof *demands->credited);
    if (!demands->credits || !demands->credited || !countings_create(demands)) {
        demands_free(demands);
        return NULL;
    }
    return demands;
}

void demands_free(struct demands *demands)
{
    if (!demands)
        return;
    free(demands->starts);
    free(demands->countings);
    free(demands->credits);
    free(demands->credited);
    free(demands->items);
    free(demands);
}

size_t demands_bytes(const struct demands *demands)
{
    return sizeof *demands + demands->capacity * sizeof *demands->items +
           demands->starts[demands->skills] * sizeof *demands->countings +
           demands->skills *
               (sizeof *demands->starts + sizeof *demands->credits + sizeof *demands->credited);
}

static bool demands_reserve(struct demands *demands, size_t needed)
{
    void *items = array_grow(demands->items, &demands->capacity, needed, sizeof *demands->items);
    if (items)
        demands->items = items;
    return items != NULL;
}

bool demands_reserve_learner(struct demands *demands, const struct learner_profile *learner)
{
    const struct profile_claim *claims = profile_claims(learner);
    size_t needed = 1;
    for (unsigned i = 0; i < learner->claim_count; i++) {
        unsigned count = 0;
        referential_skill_near(demands->referential, claims[i].skill, &count);
        needed += count;
    }
    return demands_reserve(demands, needed);
}

bool demands_reserve_offer(struct demands *demands, const struct offer_profile *offer)
{
    const struct profile_requirement *requirements = profile_requirements(offer);
    size_t needed = 1;
    for (unsigned i = 0; i < offer->requirement_count; i++) {
        const uint32_t *start = &demands->starts[requirements[i].skill];
        needed += start[1] - start[0];
    }
    return demands_reserve(demands, needed);
}

/* -- a learner asks for offers -------------------------------------------------------------------
 */

static uint32_t claim_spread(struct demands *demands, const struct profile_claim *claim,
                             uint32_t credited)
{
    unsigned count = 0;
    const struct near_skill *near =
        referential_skill_near(demands->referential, claim->skill, &count);
    for (unsigned i = 0; i < count; i++) {
        uint16_t *credits = demands->credits[near[i].skill];
        if (!credits[0])
            demands->credited[credited++] = near[i].skill;
        for (unsigned wanted = 1; wanted <= FACT_LEVEL_MAX; wanted++) {
            uint32_t credit = claim_credit(near[i].nearness, claim->level, claim->evidence, wanted);
            if (credit > credits[wanted - 1])
                credits[wanted - 1] = (uint16_t)credit;
        }
    }
    return credited;
}

/* An offer names a skill once, so that nothing has to be marked. */
static void demand_of_credits(const struct demands *demands, int32_t skill,
                              const uint16_t credits[FACT_LEVEL_MAX], struct index_demand *demand)
{
    demand->skill = skill;
    demand->mark = 0;
    for (int required = 0; required < 2; required++) {
        unsigned weight = requirement_weight(demands->referential, skill, required);
        for (unsigned level = 1; level <= FACT_LEVEL_MAX; level++)
            demand->worth[requirement_grade(level, required)] = weight * credits[level - 1];
    }
}

void demands_of_learner(struct demands *demands, const struct learner_profile *learner,
                        const struct index *offers, struct index_query *query)
{
    uint32_t credited = 0;
    query->front = learner_front(learner);
    query->demands = demands->items;
    query->count = 0;
    for (unsigned i = 0; i < learner->claim_count; i++)
        credited = claim_spread(demands, &profile_claims(learner)[i], credited);
    for (uint32_t i = 0; i < credited; i++) {
        int32_t skill = demands->credited[i];
        uint16_t *credits = demands->credits[skill];
        if (index_named(offers, skill))
            demand_of_credits(demands, skill, credits, &demands->items[query->count++]);
        memset(credits, 0, sizeof *demands->credits);
    }
}

/* -- an offer asks for learners ------------------------------------------------------------------
 */

_Static_assert(3 * 256 * SCORE_ONE < INDEX_MARK, "weight times credit leaves room for a mark");
_Static_assert(FACT_REQUIREMENTS_MAX < UINT32_MAX / INDEX_MARK, "each requirement has a mark");

static void demand_of_counting(const struct profile_requirement *requirement,
                               const struct counting *counting, struct index_demand *demand)
{
    demand->skill = counting->skill;
    for (unsigned level = 1; level <= FACT_LEVEL_MAX; level++)
        for (unsigned evidence = FACT_DECLARED; evidence < FACT_EVIDENCE_END; evidence++)
            demand->worth[claim_grade(level, evidence)] =
                requirement->weight *
                claim_credit(counting->nearness, level, evidence, requirement->level);
}

void demands_of_offer(struct demands *demands, const struct offer_profile *offer,
                      const struct index *learners, struct index_query *query)
{
    const struct profile_requirement *requirements = profile_requirements(offer);
    query->front = offer_front(offer);
    query->demands = demands->items;
    query->count = 0;
    for (uint32_t i = 0; i < offer->requirement_count; i++) {
        uint32_t end = demands->starts[requirements[i].skill + 1];
        for (uint32_t j = demands->starts[requirements[i].skill]; j < end; j++) {
            if (!index_named(learners, demands->countings[j].skill))
                continue;
            struct index_demand *demand = &demands->items[query->count++];
            demand_of_counting(&requirements[i], &demands->countings[j], demand);
            demand->mark = (i + 1) * INDEX_MARK;
        }
    }
}
