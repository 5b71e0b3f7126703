#include "offer_costs.h"

#include "constraint.h"
#include "score_steps.h"

#include <stdlib.h>

struct cost_search {
    const struct offer_profile *offer;
    uint16_t threshold;
    struct prospects nothing;
    struct cost_counts counts;
    uint32_t skills[FACT_REQUIREMENTS_MAX]; /* gained, by requirement */
    uint32_t constraints[CONSTRAINT_END];
    struct offer_cost items[COSTS_MAX];
    unsigned item_count;
};

struct cost_search *cost_search_create(const struct offer_profile *offer, uint16_t threshold)
{
    struct cost_search *search = calloc(1, sizeof *search);
    if (!search)
        return NULL;
    search->offer = offer;
    search->threshold = threshold;
    prospects_start(&search->nothing, 0);
    return search;
}

void cost_search_free(struct cost_search *search)
{
    free(search);
}

void cost_search_count(const struct cost_search *search, struct cost_counts *counts)
{
    *counts = search->counts;
}

/* -- constraints ---------------------------------------------------------------------------------
 */

static bool has_items(enum constraint constraint)
{
    return constraint == CONSTRAINT_LICENCE || constraint == CONSTRAINT_AUTHORISATION ||
           constraint == CONSTRAINT_LANGUAGE;
}

static void count_item(struct cost_search *search, enum constraint constraint, int32_t value)
{
    unsigned at = 0;
    while (at < search->item_count &&
           (search->items[at].constraint != constraint || search->items[at].item != value))
        at++;
    if (at == COSTS_MAX)
        return;
    if (at == search->item_count)
        search->items[search->item_count++] =
            (struct offer_cost){.constraint = constraint, .item = value};
    search->items[at].gained++;
}

/* A learner whom one constraint alone keeps out. */
static void count_constraint(struct cost_search *search, const struct learner_profile *learner,
                             enum constraint constraint)
{
    struct gap gaps[GAPS_MAX];
    search->constraints[constraint]++;
    if (has_items(constraint) && gaps_find(learner, search->offer, &search->nothing, gaps) == 1)
        count_item(search, constraint, (int32_t)gaps[0].value);
}

/* -- skills --------------------------------------------------------------------------------------
 */

/* The score if a requirement were not asked for. The last one is not given up: an offer that asks
 * for nothing matches nobody. */
static uint32_t total_without(const struct cost_search *search, const struct held *held,
                              uint32_t coverage, uint32_t learner_side, unsigned index)
{
    const struct profile_requirement *given_up = &profile_requirements(search->offer)[index];
    uint32_t weight = search->offer->total_weight - given_up->weight;
    if (!weight)
        return 0;
    uint32_t employer = (coverage - given_up->weight * held[index].credit) / weight;
    return square_root((uint64_t)employer * learner_side);
}

static void count_skills(struct cost_search *search, const struct held *held, uint32_t coverage,
                         uint32_t learner_side)
{
    for (unsigned i = 0; i < search->offer->requirement_count; i++)
        search->skills[i] +=
            total_without(search, held, coverage, learner_side, i) >= search->threshold;
}

void cost_search_add(struct cost_search *search, const struct learner_profile *learner)
{
    struct held held[FACT_REQUIREMENTS_MAX];
    uint32_t failed = constraints_failed(learner, search->offer);
    uint32_t coverage = score_coverage(learner, search->offer, held);
    struct score score = score_finish(learner, search->offer, coverage, 0);
    bool good = score.total >= search->threshold;
    search->counts.learners++;
    search->counts.candidates += good && !failed;
    search->counts.barred += failed != 0;
    if (!failed && !good)
        count_skills(search, held, coverage, score.learner);
    else if (good && __builtin_popcount(failed) == 1)
        count_constraint(search, learner, (enum constraint)__builtin_ctz(failed));
}

/* -- results -------------------------------------------------------------------------------------
 */

static int cost_compare(const void *one, const void *other)
{
    const struct offer_cost *a = one;
    const struct offer_cost *b = other;
    if (a->gained != b->gained)
        return a->gained > b->gained ? -1 : 1;
    if (a->constraint != b->constraint)
        return a->constraint < b->constraint ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

static unsigned demanded(const struct offer_profile *offer, enum constraint constraint)
{
    if (constraint == CONSTRAINT_LICENCE)
        return (unsigned)__builtin_popcount(offer->licences);
    if (constraint == CONSTRAINT_AUTHORISATION)
        return (unsigned)__builtin_popcount(offer->authorisations);
    return offer->language_count;
}

unsigned cost_search_best(const struct cost_search *search, struct offer_cost costs[COSTS_MAX])
{
    const struct profile_requirement *requirements = profile_requirements(search->offer);
    unsigned count = 0;
    for (unsigned i = 0; i < search->offer->requirement_count; i++)
        if (search->skills[i])
            costs[count++] = (struct offer_cost){CONSTRAINT_END, requirements[i].skill,
                                                 requirements[i].required, search->skills[i]};
    for (int i = 0; i < CONSTRAINT_END; i++)
        if (search->constraints[i])
            costs[count++] = (struct offer_cost){.constraint = (enum constraint)i,
                                                 .gained = search->constraints[i]};
    for (unsigned i = 0; i < search->item_count && count < COSTS_MAX; i++)
        if (demanded(search->offer, search->items[i].constraint) > 1)
            costs[count++] = search->items[i];
    qsort(costs, count, sizeof *costs, cost_compare);
    return count;
}
