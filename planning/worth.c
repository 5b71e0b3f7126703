#include "worth.h"

int worth_compare(const struct worth *one, const struct worth *other)
{
    const int64_t more[] = {other->unheld - one->unheld, other->missing - one->missing,
                            one->sum - other->sum, other->uneven - one->uneven,
                            other->gaps - one->gaps};
    for (unsigned i = 0; i < sizeof more / sizeof *more; i++)
        if (more[i] != 0)
            return more[i] < 0 ? -1 : 1;
    return 0;
}

unsigned gaps_count(uint64_t used, uint64_t presence)
{
    if (used == 0)
        return 0;
    unsigned count = 0, last = 63 - (unsigned)__builtin_clzll(used);
    uint64_t idle = ~used & slots_first(last) & ~(slot_bit(slots_lowest(used)) - 1);
    while (idle != 0) {
        uint64_t run = idle & ~(idle + slot_bit(slots_lowest(idle)));
        count += (run & presence) != 0;
        idle &= ~run;
    }
    return count;
}

static int64_t group_uneven(const struct plan_group *group, int least, int most)
{
    int64_t beyond = most - least - group->gap_difference;
    return group->gap_difference >= 0 && beyond > 0 ? beyond : 0;
}

static void pairs_count(const struct seating *timetable, struct worth *worth)
{
    for (uint32_t p = 0; p < timetable->problem->pair_count; p++) {
        const struct plan_pair *pair = &timetable->problem->pairs[p];
        if (timetable->slot_of[p] != NO_SLOT)
            worth->sum += pair->score;
        else
            worth->unheld += pair->required;
    }
}

static int participant_count(const struct seating *timetable, uint32_t i, struct worth *worth)
{
    const struct plan_participant *who = &timetable->problem->participants[i];
    const struct plan_group *group = &timetable->problem->groups[who->group];
    unsigned degree = timetable->degree[i];
    for (unsigned k = 1; k <= degree && k <= group->bonus_count; k++)
        worth->sum += group_bonus(group, k);
    if (degree < who->minimum)
        worth->missing += who->minimum - degree;
    unsigned gaps = gaps_count(seating_used(timetable, i), who->presence);
    worth->gaps += gaps;
    return (int)gaps;
}

struct worth seating_worth(const struct seating *timetable)
{
    const struct problem *problem = timetable->problem;
    struct worth worth = {0};
    int least[GROUPS_MAX], most[GROUPS_MAX];
    for (unsigned g = 0; g < GROUPS_MAX; g++) {
        least[g] = SLOTS_MAX;
        most[g] = 0;
    }
    pairs_count(timetable, &worth);
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        unsigned g = problem->participants[i].group;
        int gaps = participant_count(timetable, i, &worth);
        least[g] = gaps < least[g] ? gaps : least[g];
        most[g] = gaps > most[g] ? gaps : most[g];
    }
    for (uint32_t g = 0; g < problem->group_count; g++)
        worth.uneven += group_uneven(&problem->groups[g], least[g], most[g]);
    return worth;
}
