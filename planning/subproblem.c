#include "subproblem.h"

#include <stdlib.h>
#include <string.h>

struct subproblem *subproblem_create(const struct problem *whole)
{
    struct subproblem *sub = calloc(1, sizeof *sub);
    if (sub == NULL)
        return NULL;
    sub->whole = whole;
    sub->origin = malloc((whole->pair_count + 1) * sizeof *sub->origin);
    sub->problem = problem_create(whole->slot_count, whole->group_count, whole->participant_count,
                                  whole->shared_count, whole->pair_count);
    if (sub->origin == NULL || sub->problem == NULL) {
        subproblem_free(sub);
        return NULL;
    }
    struct problem *problem = sub->problem;
    problem->pair_count = 0;
    memcpy(problem->tables, whole->tables, sizeof problem->tables);
    memcpy(problem->groups, whole->groups, whole->group_count * sizeof *whole->groups);
    memcpy(problem->participants, whole->participants,
           whole->participant_count * sizeof *whole->participants);
    memcpy(problem->shared, whole->shared, whole->shared_count * sizeof *whole->shared);
    return sub;
}

void subproblem_free(struct subproblem *sub)
{
    if (sub == NULL)
        return;
    problem_free(sub->problem);
    free(sub->origin);
    free(sub);
}

void subproblem_add(struct subproblem *sub, uint32_t pair, uint64_t window, bool required)
{
    uint32_t index = sub->problem->pair_count++;
    sub->origin[index] = pair;
    sub->problem->pairs[index] = sub->whole->pairs[pair];
    sub->problem->pairs[index].window &= window;
    sub->problem->pairs[index].required = required;
}

struct subproblem *subproblem_seal(struct subproblem *sub)
{
    uint32_t index;
    if (sub == NULL || problem_seal(sub->problem, &index) == PROBLEM_GOOD)
        return sub;
    subproblem_free(sub);
    return NULL;
}

void subproblem_put(const struct subproblem *sub, const int8_t *slot_of, struct seating *timetable)
{
    for (uint32_t p = 0; p < sub->whole->pair_count; p++)
        if (timetable->slot_of[p] != NO_SLOT)
            seating_take(timetable, p);
    for (uint32_t k = 0; k < sub->problem->pair_count; k++)
        if (slot_of[k] != NO_SLOT)
            seating_put(timetable, sub->origin[k], (unsigned)slot_of[k]);
}
