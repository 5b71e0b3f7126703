#include "plan.h"

#include "choice.h"
#include "colouring.h"
#include "evening.h"
#include "placing.h"
#include "spacing.h"

#include <stdlib.h>
#include <string.h>

enum {
    PLACING_STEPS = 20,        /* for each chosen pair that can move, before one is left out */
    PLACING_STEPS_EFFORT = 80, /* and for each unit of effort */
    ROUNDS_MAX = 400,          /* of leaving out */
    EFFORT = 12,               /* attempts from the start, with other chances */
    EVENING_STEPS = 200,       /* for each meeting that can move and unit of effort */
    GIVEN_STEPS = 300          /* for each meeting where the fewest gaps will be proven */
};

enum stage { STAGE_CHOOSE, STAGE_PLACE, STAGE_EVEN, STAGE_SPACE, STAGE_DONE };

struct plan {
    const struct problem *problem;
    struct chance chance;
    enum stage stage;
    unsigned attempt, effort;
    bool given; /* all pairs that can meet must: there is nothing to choose */
    struct spacing *spacing;
    struct choice *choice;
    struct seating *timetable;
    int8_t *best;
    struct worth best_worth, bound;
};

static uint32_t open_pairs(const struct problem *problem, uint32_t i)
{
    uint32_t count = 0;
    for (uint32_t k = problem->pair_start[i]; k < problem->pair_start[i + 1]; k++)
        count += problem->open[problem->pair_of[k]] != 0;
    return count;
}

static bool pairs_are_given(const struct problem *problem)
{
    for (uint32_t p = 0; p < problem->pair_count; p++)
        if (problem->open[p] != 0 && !problem->pairs[p].required)
            return false;
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        const struct plan_participant *who = &problem->participants[i];
        uint32_t count = open_pairs(problem, i);
        if (count > who->maximum || count > who->capacity * problem->slot_count)
            return false;
    }
    return true;
}

struct plan *plan_create(const struct problem *problem, uint64_t seed)
{
    struct plan *plan = calloc(1, sizeof *plan);
    if (plan == NULL)
        return NULL;
    plan->problem = problem;
    plan->chance = chance_from(seed);
    plan->effort = EFFORT;
    plan->timetable = seating_create(problem);
    plan->best = malloc(problem->pair_count + 1);
    if (plan->timetable == NULL || plan->best == NULL) {
        plan_free(plan);
        return NULL;
    }
    memset(plan->best, NO_SLOT, problem->pair_count);
    plan->given = pairs_are_given(problem);
    plan->best_worth = seating_worth(plan->timetable);
    plan->bound = (struct worth){.sum = INT64_MAX};
    return plan;
}

void plan_free(struct plan *plan)
{
    if (plan == NULL)
        return;
    choice_free(plan->choice);
    spacing_free(plan->spacing);
    seating_free(plan->timetable);
    free(plan->best);
    free(plan);
}

void plan_set_effort(struct plan *plan, unsigned effort)
{
    plan->effort = effort;
}

static bool sum_is_proven(const struct plan *plan)
{
    return plan->best_worth.unheld == plan->bound.unheld &&
           plan->best_worth.missing == plan->bound.missing &&
           plan->best_worth.sum == plan->bound.sum;
}

struct plan_answer plan_answer(const struct plan *plan)
{
    struct plan_answer answer = {.slot_of = plan->best,
                                 .worth = plan->best_worth,
                                 .bound = plan->bound,
                                 .proven = sum_is_proven(plan),
                                 .done = plan->stage == STAGE_DONE};
    answer.gaps_proven = answer.proven && answer.worth.uneven == answer.bound.uneven &&
                         answer.worth.gaps == answer.bound.gaps;
    return answer;
}

static void best_keep(struct plan *plan)
{
    struct worth worth = seating_worth(plan->timetable);
    if (worth_compare(&worth, &plan->best_worth) <= 0)
        return;
    plan->best_worth = worth;
    memcpy(plan->best, plan->timetable->slot_of, plan->problem->pair_count);
}

static void seating_clear(struct seating *timetable)
{
    for (uint32_t p = 0; p < timetable->problem->pair_count; p++)
        if (timetable->slot_of[p] != NO_SLOT)
            seating_take(timetable, p);
}

/* -- pairs ------------------------------------------------------------------------------------- */

/* What all the given pairs together are worth. */
static void given_bound(struct plan *plan)
{
    const struct problem *problem = plan->problem;
    plan->bound = (struct worth){0};
    for (uint32_t p = 0; p < problem->pair_count; p++) {
        plan->bound.unheld += problem->pairs[p].required && problem->open[p] == 0;
        plan->bound.sum += problem->open[p] != 0 ? problem->pairs[p].score : 0;
    }
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        const struct plan_participant *who = &problem->participants[i];
        uint32_t count = open_pairs(problem, i);
        plan->bound.missing += count < who->minimum ? who->minimum - count : 0;
        for (unsigned k = 1; k <= count; k++)
            plan->bound.sum += group_bonus(&problem->groups[who->group], k);
    }
}

/* The best choice of pairs that every person's windows allow. */
static bool choose(struct plan *plan)
{
    if (plan->given) {
        given_bound(plan);
        return true;
    }
    choice_free(plan->choice);
    plan->choice = choice_create(plan->problem);
    int cuts = plan->choice != NULL && choice_solve(plan->choice) ? 1 : -1;
    while (cuts > 0) {
        cuts = choice_tighten(plan->choice);
        if (cuts > 0 && !choice_solve(plan->choice))
            cuts = -1;
    }
    if (cuts == 0)
        plan->bound = choice_worth(plan->choice);
    return cuts == 0;
}

/* -- slots ------------------------------------------------------------------------------------- */

/* Puts in what still fits, in the order of the pairs: nothing is lost by it. */
static void fill(struct seating *timetable)
{
    const struct problem *problem = timetable->problem;
    for (uint32_t p = 0; p < problem->pair_count; p++) {
        const struct plan_pair *pair = &problem->pairs[p];
        uint64_t room = timetable->slot_of[p] == NO_SLOT ? seating_room(timetable, p) : 0;
        if (room != 0 &&
            timetable->degree[pair->first] < problem->participants[pair->first].maximum &&
            timetable->degree[pair->second] < problem->participants[pair->second].maximum)
            seating_put(timetable, p, slots_lowest(room));
    }
}

/* Pairs that are open in more than one slot: what a search has to do with. */
static uint32_t movable_count(const struct plan *plan, const uint32_t *pairs, uint32_t count)
{
    uint32_t movable = 0;
    for (uint32_t k = 0; k < count; k++)
        movable += slots_count(plan->problem->open[pairs[k]]) > 1;
    return movable;
}

static uint32_t chosen_list(const struct plan *plan, uint32_t *pairs)
{
    uint32_t count = 0;
    for (uint32_t p = 0; p < plan->problem->pair_count; p++)
        if (plan->given ? plan->problem->open[p] != 0 : choice_takes(plan->choice, p))
            pairs[count++] = p;
    return count;
}

/* The given pairs, as far as a search gets: the rest is for the proof. */
static bool place_given(struct plan *plan, const uint32_t *pairs, uint32_t count,
                        const struct watch *watch)
{
    struct placing *placing = placing_create(plan->timetable, &plan->chance);
    for (uint32_t k = 0; placing != NULL && k < count; k++)
        placing_want(placing, pairs[k]);
    if (placing != NULL)
        placing_run(placing, PLACING_STEPS_EFFORT * plan->effort + (uint64_t)PLACING_STEPS * count,
                    watch);
    placing_free(placing);
    return placing != NULL;
}

/* What the choice has changed to. */
static void wants_update(const struct plan *plan, struct placing *placing)
{
    for (uint32_t p = 0; p < plan->problem->pair_count; p++)
        if (choice_takes(plan->choice, p))
            placing_want(placing, p);
        else
            placing_drop(placing, p);
}

/* Gives slots; pairs for which there is none are left out, and others chosen in their stead. */
static bool place_in_rounds(struct plan *plan, struct placing *placing, uint32_t count,
                            const struct watch *watch)
{
    uint64_t steps = PLACING_STEPS_EFFORT * plan->effort + (uint64_t)PLACING_STEPS * count;
    for (unsigned round = 0; round < ROUNDS_MAX; round++) {
        wants_update(plan, placing);
        uint32_t waiting = placing_run(placing, steps, watch);
        if (waiting == 0 || !watch_goes_on(watch))
            return true;
        for (uint32_t k = 0; k < waiting; k++)
            choice_leave_out(plan->choice, placing_waiting(placing)[k]);
        if (!choice_solve(plan->choice))
            return false;
    }
    return true;
}

static bool place_by_search(struct plan *plan, uint32_t count, const struct watch *watch)
{
    struct placing *placing = placing_create(plan->timetable, &plan->chance);
    bool good = placing != NULL && place_in_rounds(plan, placing, count, watch);
    placing_free(placing);
    return good;
}

static bool place(struct plan *plan, const struct watch *watch)
{
    uint32_t *pairs = malloc((plan->problem->pair_count + 1) * sizeof *pairs);
    if (pairs == NULL)
        return false;
    uint32_t count = chosen_list(plan, pairs);
    seating_clear(plan->timetable);
    bool good = plan->problem->two_sided && colouring_fits(plan->timetable, pairs, count)
                    ? colouring_make(plan->timetable, pairs, count)
                : plan->given ? place_given(plan, pairs, count, watch)
                              : place_by_search(plan, movable_count(plan, pairs, count), watch);
    free(pairs);
    if (good) {
        fill(plan->timetable);
        best_keep(plan);
    }
    return good;
}

/* -- gaps -------------------------------------------------------------------------------------- */

static void best_load(struct plan *plan)
{
    seating_clear(plan->timetable);
    for (uint32_t p = 0; p < plan->problem->pair_count; p++)
        if (plan->best[p] != NO_SLOT)
            seating_put(plan->timetable, p, (unsigned)plan->best[p]);
}

static bool even(struct plan *plan, const struct watch *watch)
{
    best_load(plan);
    bool good = evening_run(plan->timetable, &plan->chance,
                            plan->given ? GIVEN_STEPS : EVENING_STEPS * plan->effort, watch);
    best_keep(plan);
    return good;
}

/* A step of the proof; tells whether there is more to do. */
static bool space(struct plan *plan, const struct watch *watch)
{
    if (plan->spacing == NULL)
        plan->spacing = spacing_create(plan->problem);
    int8_t *slot_of = malloc(plan->problem->pair_count + 1);
    enum spacing_answer answer = SPACING_STOPPED;
    if (plan->spacing != NULL && slot_of != NULL)
        answer = spacing_step(plan->spacing, &plan->best_worth, &plan->bound, slot_of, watch);
    if (answer == SPACING_FOUND) {
        seating_clear(plan->timetable);
        for (uint32_t p = 0; p < plan->problem->pair_count; p++)
            if (slot_of[p] != NO_SLOT)
                seating_put(plan->timetable, p, (unsigned)slot_of[p]);
        best_keep(plan);
    }
    if (answer == SPACING_IMPOSSIBLE)
        plan->bound.unheld++;
    free(slot_of);
    return answer == SPACING_FOUND || answer == SPACING_BOUND;
}

/* -- all of it --------------------------------------------------------------------------------- */

/* One stage; what it leads to depends on what it found. */
static bool stage_run(struct plan *plan, const struct watch *watch)
{
    switch (plan->stage) {
    case STAGE_CHOOSE:
        plan->stage = STAGE_PLACE;
        return choose(plan);
    case STAGE_PLACE:
        if (!place(plan, watch))
            return false;
        plan->attempt++;
        if (sum_is_proven(plan) || plan->attempt >= plan->effort || plan->given)
            plan->stage = STAGE_EVEN;
        else
            plan->stage = STAGE_CHOOSE;
        return true;
    case STAGE_EVEN:
        plan->stage = plan->given ? STAGE_SPACE : STAGE_DONE;
        return even(plan, watch);
    case STAGE_SPACE:
        if (!space(plan, watch) && watch_goes_on(watch))
            plan->stage = STAGE_DONE;
        return true;
    case STAGE_DONE:
        break;
    }
    return true;
}

bool plan_run(struct plan *plan, const struct watch *watch)
{
    /* What is chosen first gets its slots at any rate, so that there is an answer. */
    while (plan->stage != STAGE_DONE &&
           (watch_goes_on(watch) || (plan->stage == STAGE_PLACE && plan->attempt == 0)))
        if (!stage_run(plan, watch))
            return false;
    return true;
}
