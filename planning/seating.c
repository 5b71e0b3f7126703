#include "seating.h"

#include "sides.h"

#include <stdlib.h>
#include <string.h>

/* Meetings that fit into a slot by the participants alone. */
static uint32_t meetings_at_once(const struct problem *problem, unsigned slot)
{
    uint64_t people[SIDE_RIGHT + 1] = {0};
    for (uint32_t i = 0; i < problem->participant_count; i++)
        if (problem->participants[i].window & slot_bit(slot) &&
            problem->pair_start[i] < problem->pair_start[i + 1])
            people[problem->sides[i]] += problem->participants[i].capacity;
    uint64_t left = people[SIDE_LEFT], right = people[SIDE_RIGHT];
    if (!problem->two_sided)
        return (uint32_t)((people[SIDE_NONE] + left + right) / 2);
    return (uint32_t)(left < right ? left : right);
}

static bool tables_may_run_out(const struct problem *problem)
{
    for (unsigned t = 0; t < problem->slot_count; t++)
        if (problem->tables[t] < meetings_at_once(problem, t))
            return true;
    return false;
}

static uint32_t cell_capacity(const struct problem *problem, uint32_t resource, unsigned slot)
{
    const struct plan_participant *participants = problem->participants;
    if (resource < problem->participant_count)
        return participants[resource].window & slot_bit(slot) ? participants[resource].capacity : 0;
    resource -= problem->participant_count;
    if (resource < problem->shared_count)
        return problem->shared[resource].window & slot_bit(slot)
                   ? problem->shared[resource].capacity
                   : 0;
    uint32_t most = meetings_at_once(problem, slot);
    return problem->tables[slot] < most ? problem->tables[slot] : most;
}

static bool cells_make(struct seating *timetable)
{
    const struct problem *problem = timetable->problem;
    uint32_t cells = timetable->resource_count * problem->slot_count, place = 0, cell = 0;
    timetable->free = calloc(timetable->resource_count + 1, sizeof *timetable->free);
    timetable->start = malloc((cells + 1) * sizeof *timetable->start);
    timetable->load = calloc(cells + 1, sizeof *timetable->load);
    if (timetable->free == NULL || timetable->start == NULL || timetable->load == NULL)
        return false;
    for (uint32_t r = 0; r < timetable->resource_count; r++)
        for (unsigned t = 0; t < problem->slot_count; t++) {
            uint32_t capacity = cell_capacity(problem, r, t);
            timetable->start[cell++] = place;
            place += capacity < UINT16_MAX ? capacity : UINT16_MAX;
            timetable->free[r] |= capacity > 0 ? slot_bit(t) : 0;
        }
    timetable->start[cell] = place;
    timetable->held = malloc((place + 1) * sizeof *timetable->held);
    return timetable->held != NULL;
}

struct seating *seating_create(const struct problem *problem)
{
    struct seating *timetable = calloc(1, sizeof *timetable);
    if (timetable == NULL)
        return NULL;
    timetable->problem = problem;
    timetable->resource_count =
        problem->participant_count + problem->shared_count + tables_may_run_out(problem);
    timetable->slot_of = malloc(problem->pair_count + 1);
    timetable->degree = calloc(problem->participant_count + 1, sizeof *timetable->degree);
    if (timetable->slot_of != NULL && timetable->degree != NULL && cells_make(timetable)) {
        memset(timetable->slot_of, NO_SLOT, problem->pair_count);
        return timetable;
    }
    seating_free(timetable);
    return NULL;
}

void seating_free(struct seating *timetable)
{
    if (timetable == NULL)
        return;
    free(timetable->free);
    free(timetable->start);
    free(timetable->held);
    free(timetable->load);
    free(timetable->slot_of);
    free(timetable->degree);
    free(timetable);
}

unsigned seating_needs(const struct seating *timetable, uint32_t pair,
                       uint32_t needs[PAIR_NEEDS_MAX])
{
    const struct problem *problem = timetable->problem;
    const struct plan_pair *who = &problem->pairs[pair];
    unsigned count = 0;
    needs[count++] = who->first;
    needs[count++] = who->second;
    for (unsigned i = 0; i < PAIR_SHARED_MAX && who->shared[i] != NO_INDEX; i++)
        needs[count++] = problem->participant_count + (uint32_t)who->shared[i];
    if (!who->tableless &&
        timetable->resource_count > problem->participant_count + problem->shared_count)
        needs[count++] = timetable->resource_count - 1;
    return count;
}

uint64_t seating_room(const struct seating *timetable, uint32_t pair)
{
    uint32_t needs[PAIR_NEEDS_MAX];
    unsigned count = seating_needs(timetable, pair, needs);
    uint64_t room = timetable->problem->open[pair];
    for (unsigned i = 0; i < count; i++)
        room &= timetable->free[needs[i]];
    return room;
}

void seating_put(struct seating *timetable, uint32_t pair, unsigned slot)
{
    uint32_t needs[PAIR_NEEDS_MAX];
    unsigned count = seating_needs(timetable, pair, needs);
    for (unsigned i = 0; i < count; i++) {
        uint32_t cell = needs[i] * timetable->problem->slot_count + slot;
        timetable->held[timetable->start[cell] + timetable->load[cell]++] = pair;
        if (timetable->start[cell] + timetable->load[cell] == timetable->start[cell + 1])
            timetable->free[needs[i]] &= ~slot_bit(slot);
    }
    timetable->slot_of[pair] = (int8_t)slot;
    timetable->degree[needs[0]]++;
    timetable->degree[needs[1]]++;
}

void seating_take(struct seating *timetable, uint32_t pair)
{
    uint32_t needs[PAIR_NEEDS_MAX];
    unsigned count = seating_needs(timetable, pair, needs),
             slot = (unsigned)timetable->slot_of[pair];
    for (unsigned i = 0; i < count; i++) {
        uint32_t cell = needs[i] * timetable->problem->slot_count + slot;
        uint32_t *held = &timetable->held[timetable->start[cell]];
        unsigned place = 0;
        while (held[place] != pair)
            place++;
        held[place] = held[--timetable->load[cell]];
        timetable->free[needs[i]] |= slot_bit(slot);
    }
    timetable->slot_of[pair] = NO_SLOT;
    timetable->degree[needs[0]]--;
    timetable->degree[needs[1]]--;
}

uint64_t seating_used(const struct seating *timetable, uint32_t participant)
{
    unsigned slots = timetable->problem->slot_count;
    uint64_t used = 0;
    for (unsigned t = 0; t < slots; t++)
        if (timetable->load[participant * slots + t] > 0)
            used |= slot_bit(t);
    return used;
}
