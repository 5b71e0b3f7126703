#include "shortage.h"

#include <string.h>

/* Slots in which the two are there at all. */
static uint64_t common_slots(const struct problem *problem, const struct plan_pair *pair)
{
    return pair->window & problem->participants[pair->first].window &
           problem->participants[pair->second].window & slots_first(problem->slot_count);
}

static bool has_maximum(const struct seating *timetable, uint32_t i)
{
    return timetable->degree[i] >= timetable->problem->participants[i].maximum;
}

static enum shortage_reason reason_of(const struct seating *timetable, uint32_t i, uint32_t pair)
{
    const struct plan_pair *who = &timetable->problem->pairs[pair];
    uint32_t other = pair_other(who, i);
    uint64_t open = timetable->problem->open[pair];
    if (common_slots(timetable->problem, who) == 0)
        return SHORTAGE_APART;
    if (open == 0)
        return SHORTAGE_HELPER;
    if (has_maximum(timetable, other) || (open & timetable->free[other]) == 0)
        return SHORTAGE_FULL;
    if ((open & timetable->free[other] & timetable->free[i]) != 0 && !has_maximum(timetable, i))
        return SHORTAGE_SHARED;
    return SHORTAGE_BUSY;
}

/* Keeps the largest counts until what they leave is below the minimum. */
static void reasons_reduce(struct shortage *shortage)
{
    uint32_t kept[SHORTAGE_REASONS] = {0}, left = shortage->suitable;
    while (left >= shortage->wanted) {
        unsigned largest = 0;
        for (unsigned r = 1; r < SHORTAGE_REASONS; r++)
            if (shortage->blocked[r] > shortage->blocked[largest])
                largest = r;
        if (shortage->blocked[largest] == 0)
            break;
        kept[largest] = shortage->blocked[largest];
        left -= kept[largest];
        shortage->blocked[largest] = 0;
    }
    memcpy(shortage->blocked, kept, sizeof kept);
}

/* The most meetings that somebody could have if nobody else had any: slots in which some pair is
 * open, and pairs that are. Both are bounds; the smaller one is what is needed here. */
static uint32_t most_alone(const struct problem *problem, uint32_t i)
{
    uint64_t slots = 0;
    uint32_t pairs = 0;
    for (uint32_t k = problem->pair_start[i]; k < problem->pair_start[i + 1]; k++) {
        slots |= problem->open[problem->pair_of[k]];
        pairs += problem->open[problem->pair_of[k]] != 0;
    }
    uint32_t most = slots_count(slots) * problem->participants[i].capacity;
    return pairs < most ? pairs : most;
}

bool shortage_explain(const struct seating *timetable, uint32_t participant,
                      struct shortage *shortage)
{
    const struct problem *problem = timetable->problem;
    *shortage = (struct shortage){.participant = participant,
                                  .wanted = problem->participants[participant].minimum,
                                  .got = timetable->degree[participant]};
    if (shortage->got >= shortage->wanted)
        return false;
    for (uint32_t k = problem->pair_start[participant]; k < problem->pair_start[participant + 1];
         k++) {
        uint32_t pair = problem->pair_of[k];
        if (problem->pairs[pair].window == 0)
            continue;
        shortage->suitable++;
        if (timetable->slot_of[pair] == NO_SLOT)
            shortage->blocked[reason_of(timetable, participant, pair)]++;
    }
    shortage->alone = most_alone(problem, participant) <= shortage->got;
    reasons_reduce(shortage);
    return true;
}
