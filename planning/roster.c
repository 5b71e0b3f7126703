#include "roster.h"

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

static bool cells_make(struct roster *roster)
{
    const struct problem *problem = roster->problem;
    uint32_t cells = roster->resource_count * problem->slot_count, place = 0, cell = 0;
    roster->free = calloc(roster->resource_count + 1, sizeof *roster->free);
    roster->start = malloc((cells + 1) * sizeof *roster->start);
    roster->load = calloc(cells + 1, sizeof *roster->load);
    if (roster->free == NULL || roster->start == NULL || roster->load == NULL)
        return false;
    for (uint32_t r = 0; r < roster->resource_count; r++)
        for (unsigned t = 0; t < problem->slot_count; t++) {
            uint32_t capacity = cell_capacity(problem, r, t);
            roster->start[cell++] = place;
            place += capacity < UINT16_MAX ? capacity : UINT16_MAX;
            roster->free[r] |= capacity > 0 ? slot_bit(t) : 0;
        }
    roster->start[cell] = place;
    roster->held = malloc((place + 1) * sizeof *roster->held);
    return roster->held != NULL;
}

struct roster *roster_create(const struct problem *problem)
{
    struct roster *roster = calloc(1, sizeof *roster);
    if (roster == NULL)
        return NULL;
    roster->problem = problem;
    roster->resource_count =
        problem->participant_count + problem->shared_count + tables_may_run_out(problem);
    roster->slot_of = malloc(problem->pair_count + 1);
    roster->degree = calloc(problem->participant_count + 1, sizeof *roster->degree);
    if (roster->slot_of != NULL && roster->degree != NULL && cells_make(roster)) {
        memset(roster->slot_of, NO_SLOT, problem->pair_count);
        return roster;
    }
    roster_free(roster);
    return NULL;
}

void roster_free(struct roster *roster)
{
    if (roster == NULL)
        return;
    free(roster->free);
    free(roster->start);
    free(roster->held);
    free(roster->load);
    free(roster->slot_of);
    free(roster->degree);
    free(roster);
}

unsigned roster_needs(const struct roster *roster, uint32_t pair, uint32_t needs[PAIR_NEEDS_MAX])
{
    const struct problem *problem = roster->problem;
    const struct plan_pair *who = &problem->pairs[pair];
    unsigned count = 0;
    needs[count++] = who->first;
    needs[count++] = who->second;
    for (unsigned i = 0; i < PAIR_SHARED_MAX && who->shared[i] != NO_INDEX; i++)
        needs[count++] = problem->participant_count + (uint32_t)who->shared[i];
    if (!who->tableless &&
        roster->resource_count > problem->participant_count + problem->shared_count)
        needs[count++] = roster->resource_count - 1;
    return count;
}

uint64_t roster_room(const struct roster *roster, uint32_t pair)
{
    uint32_t needs[PAIR_NEEDS_MAX];
    unsigned count = roster_needs(roster, pair, needs);
    uint64_t room = roster->problem->open[pair];
    for (unsigned i = 0; i < count; i++)
        room &= roster->free[needs[i]];
    return room;
}

void roster_put(struct roster *roster, uint32_t pair, unsigned slot)
{
    uint32_t needs[PAIR_NEEDS_MAX];
    unsigned count = roster_needs(roster, pair, needs);
    for (unsigned i = 0; i < count; i++) {
        uint32_t cell = needs[i] * roster->problem->slot_count + slot;
        roster->held[roster->start[cell] + roster->load[cell]++] = pair;
        if (roster->start[cell] + roster->load[cell] == roster->start[cell + 1])
            roster->free[needs[i]] &= ~slot_bit(slot);
    }
    roster->slot_of[pair] = (int8_t)slot;
    roster->degree[needs[0]]++;
    roster->degree[needs[1]]++;
}

void roster_take(struct roster *roster, uint32_t pair)
{
    uint32_t needs[PAIR_NEEDS_MAX];
    unsigned count = roster_needs(roster, pair, needs), slot = (unsigned)roster->slot_of[pair];
    for (unsigned i = 0; i < count; i++) {
        uint32_t cell = needs[i] * roster->problem->slot_count + slot;
        uint32_t *held = &roster->held[roster->start[cell]];
        unsigned place = 0;
        while (held[place] != pair)
            place++;
        held[place] = held[--roster->load[cell]];
        roster->free[needs[i]] |= slot_bit(slot);
    }
    roster->slot_of[pair] = NO_SLOT;
    roster->degree[needs[0]]--;
    roster->degree[needs[1]]--;
}

uint64_t roster_used(const struct roster *roster, uint32_t participant)
{
    unsigned slots = roster->problem->slot_count;
    uint64_t used = 0;
    for (unsigned t = 0; t < slots; t++)
        if (roster->load[participant * slots + t] > 0)
            used |= slot_bit(t);
    return used;
}
