#include "next_steps.h"

#include "array.h"
#include "constraint.h"
#include "score_steps.h"

/* What an offer asks for, and what the learner has of it. */
struct demand {
    int32_t skill;
    uint32_t weight;
    uint32_t credit; /* held already */
    uint8_t level;
};

/* An offer that skills may open. */
struct reach {
    uint32_t missing; /* coverage */
    uint32_t first;   /* of its demands */
    uint32_t count;
};

/* A skill that may be learnt, and what it gives. */
struct candidate {
    int32_t skill;
    uint32_t *gains;        /* coverage, by offer */
    uint64_t *touched;      /* bit per demand of the offer, by offer */
    uint32_t *demand_gains; /* by demand */
};

struct step_search {
    const struct learner_profile *learner;
    uint16_t threshold;
    struct step_counts counts;
    struct array reaches; /* of struct reach */
    struct array demands; /* of struct demand */
    bool prepared;
    uint16_t *nearness; /* by skill; all 0 between uses */
    unsigned candidate_count;
    struct candidate candidates[STEP_SKILLS_MAX];
    uint32_t opened_one[STEP_SKILLS_MAX];
    uint32_t opened_two[STEP_SKILLS_MAX][STEP_SKILLS_MAX]; /* first index the smaller */
};

struct step_search *step_search_create(const struct learner_profile *learner, uint16_t threshold)
{
    struct step_search *search = calloc(1, sizeof *search);
    if (!search)
        return NULL;
    search->learner = learner;
    search->threshold = threshold;
    search->nearness =
        calloc((size_t)referential_skill_count(learner->referential) + 1, sizeof *search->nearness);
    if (search->nearness)
        return search;
    free(search);
    return NULL;
}

void step_search_free(struct step_search *search)
{
    if (!search)
        return;
    for (unsigned i = 0; i < STEP_SKILLS_MAX; i++) {
        free(search->candidates[i].gains);
        free(search->candidates[i].touched);
        free(search->candidates[i].demand_gains);
    }
    array_clear(&search->reaches);
    array_clear(&search->demands);
    free(search->nearness);
    free(search);
}

void step_search_count(const struct step_search *search, struct step_counts *counts)
{
    *counts = search->counts;
}

/* -- offers --------------------------------------------------------------------------------------
 */

/* The least coverage with which the offer is open; UINT32_MAX when none is enough. */
static uint32_t coverage_needed(const struct step_search *search, const struct offer_profile *offer)
{
    uint32_t low = 0;
    uint32_t high = offer->total_weight * SCORE_ONE;
    if (score_finish(search->learner, offer, high, 0).total < search->threshold)
        return UINT32_MAX;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (score_finish(search->learner, offer, middle, 0).total < search->threshold)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool add_demands(struct step_search *search, const struct offer_profile *offer,
                        const struct held *held, uint32_t missing)
{
    const struct profile_requirement *requirements = profile_requirements(offer);
    uint32_t first = (uint32_t)search->demands.count;
    for (unsigned i = 0; i < offer->requirement_count; i++) {
        struct demand *demand = array_add(&search->demands, sizeof *demand);
        if (!demand)
            return false;
        *demand = (struct demand){.skill = requirements[i].skill,
                                  .weight = requirements[i].weight,
                                  .credit = held[i].credit,
                                  .level = requirements[i].level};
    }
    struct reach *reach = array_add(&search->reaches, sizeof *reach);
    if (reach)
        *reach = (struct reach){missing, first, offer->requirement_count};
    return reach != NULL;
}

bool step_search_add(struct step_search *search, const struct offer_profile *offer)
{
    struct held held[FACT_REQUIREMENTS_MAX];
    if (constraints_failed(search->learner, offer)) {
        search->counts.barred++;
        return true;
    }
    uint32_t coverage = score_coverage(search->learner, offer, held);
    uint32_t needed = coverage_needed(search, offer);
    if (needed == UINT32_MAX)
        search->counts.beyond++;
    else if (coverage >= needed)
        search->counts.open++;
    else if (search->reaches.count == STEP_OFFERS_MAX ||
             search->demands.count + offer->requirement_count > STEP_DEMANDS_MAX)
        search->counts.left_out++;
    else if (add_demands(search, offer, held, needed - coverage))
        search->counts.reach++;
    else
        return false;
    return true;
}

/* -- candidates ----------------------------------------------------------------------------------
 */

static uint32_t demand_gain(const struct demand *demand, unsigned nearness)
{
    uint32_t credit =
        nearness ? claim_credit(nearness, STEP_LEVEL, FACT_ATTESTED, demand->level) : 0;
    return credit > demand->credit ? demand->weight * (credit - demand->credit) : 0;
}

/* Which part of the way to offers a skill alone goes, in 1/1024 of an offer. */
struct usefulness {
    int32_t skill;
    uint32_t value;
};

static int usefulness_compare(const void *one, const void *other)
{
    const struct usefulness *a = one;
    const struct usefulness *b = other;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return a->skill < b->skill ? -1 : a->skill > b->skill;
}

/* By skill. */
static void measure_usefulness(const struct step_search *search, struct usefulness *useful)
{
    const struct reach *reaches = search->reaches.items;
    const struct demand *demands = search->demands.items;
    for (size_t i = 0; i < search->reaches.count; i++)
        for (uint32_t d = reaches[i].first; d < reaches[i].first + reaches[i].count; d++) {
            uint64_t gain = demand_gain(&demands[d], NEARNESS_ONE);
            uint64_t missing = reaches[i].missing;
            uint64_t part = gain < missing ? gain : missing;
            if (gain && missing)
                useful[demands[d].skill].value += (uint32_t)(1 + part * 1023 / missing);
        }
}

static bool choose_candidates(struct step_search *search)
{
    size_t skills = (size_t)referential_skill_count(search->learner->referential);
    struct usefulness *useful = calloc(skills + 1, sizeof *useful);
    if (!useful)
        return false;
    for (size_t i = 0; i < skills; i++)
        useful[i].skill = (int32_t)i;
    measure_usefulness(search, useful);
    qsort(useful, skills, sizeof *useful, usefulness_compare);
    for (size_t i = 0; i < skills && i < STEP_SKILLS_MAX && useful[i].value; i++)
        search->candidates[search->candidate_count++].skill = useful[i].skill;
    free(useful);
    return true;
}

/* Sets or clears what a skill counts for. */
static void mark_nearness(struct step_search *search, int32_t skill, bool set)
{
    unsigned count = 0;
    const struct near_skill *near =
        referential_skill_near(search->learner->referential, skill, &count);
    for (unsigned i = 0; i < count; i++)
        search->nearness[near[i].skill] = set ? near[i].nearness : 0;
}

static bool fill_candidate(struct step_search *search, struct candidate *candidate)
{
    const struct reach *reaches = search->reaches.items;
    const struct demand *demands = search->demands.items;
    candidate->gains = calloc(search->reaches.count + 1, sizeof *candidate->gains);
    candidate->touched = calloc(search->reaches.count + 1, sizeof *candidate->touched);
    candidate->demand_gains = calloc(search->demands.count + 1, sizeof *candidate->demand_gains);
    if (!candidate->gains || !candidate->touched || !candidate->demand_gains)
        return false;
    mark_nearness(search, candidate->skill, true);
    for (size_t i = 0; i < search->reaches.count; i++)
        for (uint32_t k = 0; k < reaches[i].count; k++) {
            uint32_t d = reaches[i].first + k;
            uint32_t gain = demand_gain(&demands[d], search->nearness[demands[d].skill]);
            candidate->demand_gains[d] = gain;
            candidate->gains[i] += gain;
            candidate->touched[i] |= (uint64_t)(gain > 0) << k;
        }
    mark_nearness(search, candidate->skill, false);
    return true;
}
_Static_assert(FACT_REQUIREMENTS_MAX <= 64, "a bit for each demand of an offer");

/* -- sets ----------------------------------------------------------------------------------------
 */

/* What a set gives where several of its skills count for one demand: the best of them. */
static bool opens_exactly(const struct step_search *search, const struct candidate *const *set,
                          unsigned size, size_t offer)
{
    const struct reach *reach = (const struct reach *)search->reaches.items + offer;
    uint64_t gain = 0;
    for (uint32_t d = reach->first; d < reach->first + reach->count; d++) {
        uint32_t best = 0;
        for (unsigned i = 0; i < size; i++)
            if (set[i]->demand_gains[d] > best)
                best = set[i]->demand_gains[d];
        gain += best;
    }
    return gain >= reach->missing;
}

static bool set_overlaps(const struct candidate *const *set, unsigned size, size_t offer)
{
    uint64_t touched = 0;
    for (unsigned i = 0; i < size; i++) {
        if (touched & set[i]->touched[offer])
            return true;
        touched |= set[i]->touched[offer];
    }
    return false;
}

static uint32_t set_opens(const struct step_search *search, const struct candidate *const *set,
                          unsigned size)
{
    const struct reach *reaches = search->reaches.items;
    uint32_t opened = 0;
    for (size_t i = 0; i < search->reaches.count; i++) {
        uint64_t most = 0; /* the sum is never less than what the set gives */
        for (unsigned k = 0; k < size; k++)
            most += set[k]->gains[i];
        if (most >= reaches[i].missing)
            opened += !set_overlaps(set, size, i) || opens_exactly(search, set, size, i);
    }
    return opened;
}

static bool prepare(struct step_search *search)
{
    if (search->prepared)
        return true;
    if (!choose_candidates(search))
        return false;
    for (unsigned i = 0; i < search->candidate_count; i++)
        if (!fill_candidate(search, &search->candidates[i]))
            return false;
    const struct candidate *all = search->candidates;
    for (unsigned i = 0; i < search->candidate_count; i++) {
        search->opened_one[i] = set_opens(search, (const struct candidate *[]){&all[i]}, 1);
        for (unsigned j = 0; j < i; j++)
            search->opened_two[j][i] =
                set_opens(search, (const struct candidate *[]){&all[j], &all[i]}, 2);
    }
    search->prepared = true;
    return true;
}

/* The best sets so far, in order; those that came first stay before their equals. */
struct best_steps {
    struct next_step *items;
    unsigned count, limit;
};

static void best_add(struct best_steps *best, struct next_step step)
{
    if (!step.opened || !best->limit)
        return;
    if (best->count == best->limit) {
        if (best->items[best->count - 1].opened >= step.opened)
            return;
        best->count--;
    }
    unsigned at = best->count++;
    for (; at > 0 && best->items[at - 1].opened < step.opened; at--)
        best->items[at] = best->items[at - 1];
    best->items[at] = step;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static void try_ones(const struct step_search *search, struct best_steps *best)
{
    for (unsigned i = 0; i < search->candidate_count; i++)
        best_add(best, (struct next_step){{search->candidates[i].skill}, 1, search->opened_one[i]});
}

static void try_twos(const struct step_search *search, struct best_steps *best)
{
    const struct candidate *all = search->candidates;
    for (unsigned i = 0; i < search->candidate_count; i++)
        for (unsigned j = i + 1; j < search->candidate_count; j++)
            if (search->opened_two[i][j] > larger(search->opened_one[i], search->opened_one[j]))
                best_add(best, (struct next_step){
                                   {all[i].skill, all[j].skill}, 2, search->opened_two[i][j]});
}

static void try_threes(const struct step_search *search, struct best_steps *best)
{
    const struct candidate *all = search->candidates;
    for (unsigned i = 0; i < search->candidate_count; i++)
        for (unsigned j = i + 1; j < search->candidate_count; j++)
            for (unsigned k = j + 1; k < search->candidate_count; k++) {
                const struct candidate *set[] = {&all[i], &all[j], &all[k]};
                uint32_t opened = set_opens(search, set, 3);
                uint32_t less = larger(search->opened_two[i][j],
                                       larger(search->opened_two[i][k], search->opened_two[j][k]));
                if (opened > less)
                    best_add(best, (struct next_step){
                                       {all[i].skill, all[j].skill, all[k].skill}, 3, opened});
            }
}

int step_search_best(struct step_search *search, unsigned size, struct next_step *steps,
                     unsigned limit)
{
    struct best_steps best = {.items = steps, .limit = limit};
    if (!prepare(search))
        return -1;
    if (size == 1)
        try_ones(search, &best);
    else if (size == 2)
        try_twos(search, &best);
    else if (size == 3)
        try_threes(search, &best);
    return (int)best.count;
}

int64_t step_search_opened(struct step_search *search, const int32_t *skills, unsigned count)
{
    const struct reach *reaches = search->reaches.items;
    const struct demand *demands = search->demands.items;
    uint32_t *gains = calloc(search->demands.count + 1, sizeof *gains);
    if (!gains)
        return -1;
    for (unsigned i = 0; i < count; i++) {
        mark_nearness(search, skills[i], true);
        for (size_t d = 0; d < search->demands.count; d++)
            gains[d] =
                larger(gains[d], demand_gain(&demands[d], search->nearness[demands[d].skill]));
        mark_nearness(search, skills[i], false);
    }
    int64_t opened = 0;
    for (size_t i = 0; i < search->reaches.count; i++) {
        uint64_t gain = 0;
        for (uint32_t k = 0; k < reaches[i].count; k++)
            gain += gains[reaches[i].first + k];
        opened += gain >= reaches[i].missing;
    }
    free(gains);
    return opened;
}
