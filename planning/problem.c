#include "problem.h"

#include "sides.h"

#include <stdlib.h>
#include <string.h>

/* calloc that gives something for nothing, too. */
static void *zeroed(size_t count, size_t size)
{
    return calloc(count + 1, size);
}

struct problem *problem_create(unsigned slots, uint32_t groups, uint32_t participants,
                               uint32_t shared, uint32_t pairs)
{
    struct problem *problem = calloc(1, sizeof *problem);
    if (problem == NULL)
        return NULL;
    problem->slot_count = slots;
    problem->group_count = groups;
    problem->participant_count = participants;
    problem->shared_count = shared;
    problem->pair_count = pairs;
    problem->groups = zeroed(groups, sizeof *problem->groups);
    problem->participants = zeroed(participants, sizeof *problem->participants);
    problem->shared = zeroed(shared, sizeof *problem->shared);
    problem->pairs = zeroed(pairs, sizeof *problem->pairs);
    if (problem->groups != NULL && problem->participants != NULL && problem->shared != NULL &&
        problem->pairs != NULL)
        return problem;
    problem_free(problem);
    return NULL;
}

void problem_free(struct problem *problem)
{
    if (problem == NULL)
        return;
    free(problem->groups);
    free(problem->participants);
    free(problem->shared);
    free(problem->pairs);
    free(problem->pair_start);
    free(problem->pair_of);
    free(problem->open);
    free(problem->sides);
    free(problem);
}

/* -- checks ------------------------------------------------------------------------------------ */

static bool group_is_good(const struct plan_group *group)
{
    if (group->bonus_count > BONUSES_MAX)
        return false;
    for (unsigned k = 0; k < group->bonus_count; k++) {
        int32_t bonus = group->bonus[k];
        if (bonus < 0 || bonus > SCORE_MAX || (k > 0 && bonus > group->bonus[k - 1]))
            return false;
    }
    return true;
}

static bool participant_is_good(const struct plan_participant *participant)
{
    return participant->capacity > 0 && participant->capacity <= CAPACITY_MAX &&
           participant->minimum <= participant->maximum;
}

static bool pair_is_good(const struct problem *problem, const struct plan_pair *pair)
{
    if (pair->first >= problem->participant_count || pair->second >= problem->participant_count ||
        pair->first == pair->second || pair->score < 0 || pair->score > SCORE_MAX)
        return false;
    for (unsigned i = 0; i < PAIR_SHARED_MAX; i++)
        if (pair->shared[i] != NO_INDEX &&
            (pair->shared[i] < 0 || (uint32_t)pair->shared[i] >= problem->shared_count))
            return false;
    return true;
}

static enum problem_fault items_check(const struct problem *problem, uint32_t *index)
{
    uint32_t i;
    for (i = 0; i < problem->group_count; i++)
        if (!group_is_good(&problem->groups[i]))
            return *index = i, PROBLEM_BAD_GROUP;
    for (i = 0; i < problem->participant_count; i++) {
        if (problem->participants[i].group >= problem->group_count)
            return *index = i, PROBLEM_BAD_GROUP;
        if (!participant_is_good(&problem->participants[i]))
            return *index = i, PROBLEM_BAD_PARTICIPANT;
    }
    for (i = 0; i < problem->shared_count; i++)
        if (problem->shared[i].capacity == 0 || problem->shared[i].capacity > CAPACITY_MAX)
            return *index = i, PROBLEM_BAD_SHARED;
    for (i = 0; i < problem->pair_count; i++)
        if (!pair_is_good(problem, &problem->pairs[i]))
            return *index = i, PROBLEM_BAD_PAIR;
    return PROBLEM_GOOD;
}

/* -- what is made ------------------------------------------------------------------------------ */

static void adjacency_fill(struct problem *problem)
{
    uint32_t *start = problem->pair_start;
    for (uint32_t p = 0; p < problem->pair_count; p++) {
        start[problem->pairs[p].first + 1]++;
        start[problem->pairs[p].second + 1]++;
    }
    for (uint32_t i = 0; i < problem->participant_count; i++)
        start[i + 1] += start[i];
    /* Filled from the back, which leaves each start where it belongs. */
    for (uint32_t p = problem->pair_count; p-- > 0;) {
        const struct plan_pair *pair = &problem->pairs[p];
        problem->pair_of[--start[pair->first + 1]] = p;
        problem->pair_of[--start[pair->second + 1]] = p;
    }
    memmove(start, start + 1, problem->participant_count * sizeof *start);
    start[problem->participant_count] = 2 * problem->pair_count;
}

static uint64_t pair_open(const struct problem *problem, const struct plan_pair *pair)
{
    uint64_t open = pair->window & slots_first(problem->slot_count) &
                    problem->participants[pair->first].window &
                    problem->participants[pair->second].window;
    for (unsigned i = 0; i < PAIR_SHARED_MAX && pair->shared[i] != NO_INDEX; i++)
        open &= problem->shared[pair->shared[i]].window;
    for (unsigned t = 0; t < problem->slot_count; t++)
        if (!pair->tableless && problem->tables[t] == 0)
            open &= ~slot_bit(t);
    return open;
}

/* A pair that meets one of the same participants before: each pair in the mark of its partner. */
static enum problem_fault twice_check(const struct problem *problem, uint32_t *index)
{
    uint32_t *seen = zeroed(problem->participant_count, sizeof *seen);
    enum problem_fault fault = seen != NULL ? PROBLEM_GOOD : PROBLEM_NO_MEMORY;
    for (uint32_t i = 0; fault == PROBLEM_GOOD && i < problem->participant_count; i++)
        for (uint32_t k = problem->pair_start[i]; k < problem->pair_start[i + 1]; k++) {
            uint32_t other = pair_other(&problem->pairs[problem->pair_of[k]], i);
            if (seen[other] == i + 1) {
                *index = problem->pair_of[k];
                fault = PROBLEM_TWICE;
            }
            seen[other] = i + 1;
        }
    free(seen);
    return fault;
}

static enum problem_fault sides_give(struct problem *problem)
{
    uint32_t *waiting = zeroed(problem->participant_count, sizeof *waiting);
    if (waiting == NULL)
        return PROBLEM_NO_MEMORY;
    problem->two_sided = sides_find(problem, problem->sides, waiting);
    free(waiting);
    return PROBLEM_GOOD;
}

enum problem_fault problem_seal(struct problem *problem, uint32_t *index)
{
    *index = 0;
    enum problem_fault fault = items_check(problem, index);
    if (fault != PROBLEM_GOOD)
        return fault;
    problem->pair_start = zeroed(problem->participant_count + 1, sizeof *problem->pair_start);
    problem->pair_of = zeroed(2 * (size_t)problem->pair_count, sizeof *problem->pair_of);
    problem->open = zeroed(problem->pair_count, sizeof *problem->open);
    problem->sides = zeroed(problem->participant_count, sizeof *problem->sides);
    if (problem->pair_start == NULL || problem->pair_of == NULL || problem->open == NULL ||
        problem->sides == NULL)
        return PROBLEM_NO_MEMORY;
    adjacency_fill(problem);
    for (uint32_t p = 0; p < problem->pair_count; p++)
        problem->open[p] = pair_open(problem, &problem->pairs[p]);
    fault = twice_check(problem, index);
    return fault == PROBLEM_GOOD ? sides_give(problem) : fault;
}
