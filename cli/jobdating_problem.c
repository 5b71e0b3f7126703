#include "jobdating_problem.h"

#include <string.h>

enum {
    DISCOVERY_SCORE = 100, /* of a meeting without a fitting offer: below any fit worth the name */
    WISH_SCORE = 1000,     /* added for each side that wishes for it */
    GAP_DIFFERENCE = 2,
    GROUP_FIRMS = 0,
    GROUP_LEARNERS = 1,
};

static bool is_video(const struct gathering_firm *firm, const struct gathering_learner *learner,
                     const struct meeting *said)
{
    return (firm->record->has.video && firm->record->video) ||
           (learner->record->has.video && learner->record->video) ||
           (said != NULL && said->has.video && said->video);
}

/* Whether the firm's first table offers all that the learner needs. */
static bool table_serves(const struct gathering *gathering, const struct gathering_firm *firm,
                         const struct gathering_learner *learner)
{
    const struct jobdating *jobdating = gathering->view->record;
    uint32_t needs = learner->record->has.needs ? learner->record->needs : 0;
    if (needs == 0)
        return true;
    if (firm->table[0] == 0 || firm->table[0] > jobdating->tables.count)
        return false;
    return (needs & ~jobdating->tables.items[firm->table[0] - 1].features) == 0;
}

/* Whether a pair without a fitting offer may meet all the same, and with which score. */
static bool may_discover(const struct gathering *gathering, const struct gathering_pair *pair,
                         int32_t *score)
{
    const struct jobdating *jobdating = gathering->view->record;
    const struct gathering_learner *learner = &gathering->learners[pair->learner];
    const struct gathering_firm *firm = &gathering->firms[pair->firm];
    bool is_short = learner->suitable < gathering_minimum(gathering, learner);
    *score = DISCOVERY_SCORE;
    if (pair->near && jobdating->has.near_misses && jobdating->near_misses) {
        *score = pair->score;
        return true;
    }
    if (firm->record->has.training && firm->record->training)
        return is_short || (pair->said != NULL && pair->said->learner_view == VIEW_WISH);
    return is_short && jobdating->has.discovery && jobdating->discovery;
}

bool gathering_pair_allowed(const struct gathering *gathering, const struct gathering_pair *pair,
                            int32_t *score)
{
    const struct gathering_learner *learner = &gathering->learners[pair->learner];
    const struct gathering_firm *firm = &gathering->firms[pair->firm];
    const struct meeting *said = pair->said;
    bool pinned = said != NULL && said->rule == RULE_PINNED;
    if (said != NULL && (said->rule == RULE_FORBIDDEN || said->learner_view == VIEW_REFUSAL ||
                         said->employer_view == VIEW_REFUSAL))
        return false;
    if (!is_video(firm, learner, said) && !table_serves(gathering, firm, learner))
        return false;
    *score = pair->score;
    if (!pair->fits && !may_discover(gathering, pair, score) && !pinned)
        return false;
    if (said != NULL)
        *score +=
            WISH_SCORE * ((said->learner_view == VIEW_WISH) + (said->employer_view == VIEW_WISH));
    return true;
}

/* -- filling in -------------------------------------------------------------------------------- */

static uint64_t window_of(const struct gathering *gathering, const struct window *windows,
                          uint32_t count)
{
    return jobdating_window(gathering->slots, gathering->slot_count, windows, count);
}

static void firm_fill(const struct gathering *gathering, const struct gathering_firm *firm,
                      struct plan_participant *participant)
{
    const struct attendance *record = firm->record;
    unsigned most = gathering_recruiters(firm) * gathering->slot_count;
    participant->window = window_of(gathering, record->windows.items, record->windows.count);
    participant->presence = participant->window;
    participant->capacity = (uint16_t)gathering_recruiters(firm);
    participant->maximum =
        (uint16_t)(record->has.maximum_meetings ? record->maximum_meetings : most);
    participant->minimum = (uint16_t)(record->has.minimum_meetings ? record->minimum_meetings : 0);
    if (participant->minimum > participant->maximum)
        participant->maximum = participant->minimum;
    participant->group = GROUP_FIRMS;
}

static void learner_fill(const struct gathering *gathering, const struct gathering_learner *learner,
                         struct plan_participant *participant)
{
    const struct registration *record = learner->record;
    participant->window = window_of(gathering, record->windows.items, record->windows.count);
    participant->presence = participant->window;
    participant->capacity = 1;
    participant->minimum = (uint16_t)gathering_minimum(gathering, learner);
    participant->maximum = (uint16_t)gathering_maximum(gathering, learner);
    participant->group = GROUP_LEARNERS;
}

static int16_t helper_index(const struct gathering *gathering, uint64_t id)
{
    for (uint32_t i = 0; i < gathering->helper_count; i++)
        if (gathering->helpers[i].id == id)
            return (int16_t)i;
    return NO_INDEX;
}

static void pair_fill(const struct gathering *gathering, const struct gathering_pair *from,
                      int32_t score, struct plan_pair *pair)
{
    const struct gathering_learner *learner = &gathering->learners[from->learner];
    unsigned shared = 0;
    *pair = (struct plan_pair){.first = from->firm,
                               .second = gathering->firm_count + from->learner,
                               .score = score,
                               .window = slots_first(gathering->slot_count)};
    for (unsigned i = 0; i < PAIR_SHARED_MAX; i++)
        pair->shared[i] = NO_INDEX;
    for (uint32_t i = 0; i < learner->record->helpers.count && shared < PAIR_SHARED_MAX; i++)
        pair->shared[shared++] = helper_index(gathering, learner->record->helpers.items[i].helper);
    pair->required = from->said != NULL && from->said->rule == RULE_PINNED;
    pair->tableless = is_video(&gathering->firms[from->firm], learner, from->said);
}

/* A first meeting for who has none is worth more than a third one (docs/planning.md). */
static void groups_fill(struct problem *problem, int32_t best)
{
    for (uint32_t g = 0; g < problem->group_count; g++) {
        struct plan_group *group = &problem->groups[g];
        group->bonus[0] = 2 * best;
        group->bonus[1] = best + best / 2;
        group->bonus[2] = best;
        group->bonus_count = 3;
        group->gap_difference = GAP_DIFFERENCE;
    }
}

static void problem_fill(const struct gathering *gathering, struct problem *problem)
{
    unsigned recruiters = 0;
    for (uint32_t f = 0; f < gathering->firm_count; f++) {
        firm_fill(gathering, &gathering->firms[f], &problem->participants[f]);
        recruiters += gathering_recruiters(&gathering->firms[f]);
    }
    for (uint32_t l = 0; l < gathering->learner_count; l++)
        learner_fill(gathering, &gathering->learners[l],
                     &problem->participants[gathering->firm_count + l]);
    for (uint32_t h = 0; h < gathering->helper_count; h++) {
        const struct helper *record = gathering->helpers[h].record;
        problem->shared[h].window =
            window_of(gathering, record->windows.items, record->windows.count);
        problem->shared[h].capacity = 1;
    }
    for (unsigned t = 0; t < gathering->slot_count; t++)
        problem->tables[t] = gathering->table_count > 0 ? gathering->table_count : recruiters;
}

struct problem *gathering_problem(const struct gathering *gathering)
{
    size_t all = (size_t)gathering->learner_count * gathering->firm_count;
    uint32_t count = 0, index;
    int32_t score, best = 0;
    for (size_t i = 0; i < all; i++)
        count += gathering_pair_allowed(gathering, &gathering->pairs[i], &score);
    struct problem *problem =
        problem_create(gathering->slot_count, 2, gathering->firm_count + gathering->learner_count,
                       gathering->helper_count, count);
    if (problem == NULL)
        return NULL;
    problem_fill(gathering, problem);
    count = 0;
    for (size_t i = 0; i < all; i++) {
        if (!gathering_pair_allowed(gathering, &gathering->pairs[i], &score))
            continue;
        best = score > best ? score : best;
        pair_fill(gathering, &gathering->pairs[i], score, &problem->pairs[count++]);
    }
    groups_fill(problem, best);
    if (problem_seal(problem, &index) == PROBLEM_GOOD)
        return problem;
    problem_free(problem);
    return NULL;
}
