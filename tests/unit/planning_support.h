/* Small random problems, and the best timetable of one by trying them all. */
#ifndef PASSERELLE_TESTS_PLANNING_SUPPORT_H
#define PASSERELLE_TESTS_PLANNING_SUPPORT_H

#include "planning/check.h"
#include "planning/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SMALL_PAIRS_MAX = 9 };

/* What a small problem may have. */
struct small_kind {
    bool two_sided, windows, shared, tables, capacities, required, minimums, all_required;
    unsigned slots;
};

static inline uint64_t small_window(struct chance *chance, unsigned slots)
{
    uint64_t window = 0;
    for (unsigned t = 0; t < slots; t++)
        window |= chance_below(chance, 10) < 7 ? slot_bit(t) : 0;
    return window;
}

static inline void small_people(struct problem *problem, const struct small_kind *kind,
                                struct chance *chance)
{
    uint64_t all = slots_first(problem->slot_count);
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        struct plan_participant *who = &problem->participants[i];
        who->window = kind->windows ? small_window(chance, problem->slot_count) : all;
        who->presence = chance_below(chance, 2) ? who->window : all;
        who->capacity = (uint16_t)(kind->capacities && chance_below(chance, 3) == 0 ? 2 : 1);
        who->maximum = (uint16_t)(kind->all_required ? 9 : 1 + chance_below(chance, 3));
        who->minimum = (uint16_t)(kind->minimums ? chance_below(chance, 3) : 0);
        who->minimum = who->minimum < who->maximum ? who->minimum : who->maximum;
        who->group = (uint16_t)(i % 2);
    }
}

static inline void small_pair(struct problem *problem, uint32_t p, const struct small_kind *kind,
                              struct chance *chance)
{
    struct plan_pair *pair = &problem->pairs[p];
    pair->score = (int32_t)chance_below(chance, 50);
    pair->window = UINT64_MAX;
    for (unsigned i = 0; i < PAIR_SHARED_MAX; i++)
        pair->shared[i] = NO_INDEX;
    if (kind->shared && chance_below(chance, 2))
        pair->shared[0] = (int16_t)chance_below(chance, problem->shared_count);
    pair->tableless = kind->tables && chance_below(chance, 4) == 0;
    pair->required = kind->all_required || (kind->required && chance_below(chance, 4) == 0);
    if (kind->required && chance_below(chance, 5) == 0)
        pair->window = slot_bit(chance_below(chance, problem->slot_count));
}

/* Different pairs; with two sides, of even and odd participants. */
static inline uint32_t small_pairs(struct problem *problem, const struct small_kind *kind,
                                   struct chance *chance)
{
    uint32_t count = 0, people = problem->participant_count;
    for (uint32_t a = 0; a < people; a++)
        for (uint32_t b = a + 1; b < people; b++) {
            if ((kind->two_sided && (a + b) % 2 == 0) || chance_below(chance, 3) == 0 ||
                count == problem->pair_count)
                continue;
            problem->pairs[count].first = a;
            problem->pairs[count].second = b;
            small_pair(problem, count++, kind, chance);
        }
    return count;
}

static inline struct problem *small_problem(const struct small_kind *kind, uint64_t seed)
{
    struct chance chance = chance_from(seed * 2 + 1);
    unsigned slots = kind->slots ? kind->slots : 2 + chance_below(&chance, 2);
    uint32_t most = slots == 2 ? SMALL_PAIRS_MAX : slots == 3 ? 7 : 5;
    struct problem *problem = problem_create(slots, 2, 4 + chance_below(&chance, 3), 2, most),
                   *made = problem;
    uint32_t index;
    assert_non_null(problem);
    for (unsigned t = 0; t < slots; t++)
        problem->tables[t] = kind->tables ? 1 + chance_below(&chance, 2) : 100;
    problem->groups[0] = (struct plan_group){.gap_difference = (int)chance_below(&chance, 2)};
    problem->groups[1] =
        (struct plan_group){.bonus = {60, 40, 10}, .bonus_count = 3, .gap_difference = 2};
    for (uint32_t s = 0; s < 2; s++)
        problem->shared[s] = (struct plan_shared){
            kind->windows ? small_window(&chance, slots) : slots_first(slots), 1};
    small_people(problem, kind, &chance);
    made->pair_count = small_pairs(problem, kind, &chance);
    assert_int_equal(problem_seal(problem, &index), PROBLEM_GOOD);
    return problem;
}

/* -- all timetables ---------------------------------------------------------------------------- */

static inline uint32_t meetings_of(const struct problem *problem, const int8_t *slot_of,
                                   struct plan_meeting *meetings)
{
    uint32_t count = 0;
    for (uint32_t p = 0; p < problem->pair_count; p++)
        if (slot_of[p] != NO_SLOT)
            meetings[count++] = (struct plan_meeting){
                problem->pairs[p].first, problem->pairs[p].second, (unsigned)slot_of[p]};
    return count;
}

/* The worth as the checker counts it; false when a hard constraint is broken. */
static inline bool checked_worth(const struct problem *problem, const int8_t *slot_of,
                                 struct worth *worth)
{
    static struct verdict verdict;
    struct plan_meeting meetings[64];
    assert_in_range(problem->pair_count, 0, 64);
    uint32_t count = meetings_of(problem, slot_of, meetings);
    assert_true(check_timetable(problem, meetings, count, &verdict));
    *worth = (struct worth){0, verdict.missing, verdict.sum, verdict.uneven, verdict.gaps};
    for (uint32_t k = 0; k < verdict.finding_count; k++)
        if (verdict.findings[k].fault != CHECK_REQUIRED)
            return false;
    worth->unheld = verdict.finding_count;
    return true;
}

/* Calls try with every valid timetable. */
static inline void every_timetable(const struct problem *problem,
                                   void (*try)(const int8_t *slot_of, const struct worth *worth,
                                               void *state),
                                   void *state)
{
    int8_t slot_of[SMALL_PAIRS_MAX];
    uint64_t all = 1;
    for (uint32_t p = 0; p < problem->pair_count; p++)
        all *= problem->slot_count + 1;
    for (uint64_t code = 0; code < all; code++) {
        uint64_t rest = code;
        struct worth worth;
        for (uint32_t p = 0; p < problem->pair_count; p++) {
            slot_of[p] = (int8_t)((int)(rest % (problem->slot_count + 1)) - 1);
            rest /= problem->slot_count + 1;
        }
        if (checked_worth(problem, slot_of, &worth))
            try(slot_of, &worth, state);
    }
}

static inline void keep_best(const int8_t *slot_of, const struct worth *worth, void *state)
{
    struct worth *best = state;
    (void)slot_of;
    if (best->sum < 0 || worth_compare(worth, best) > 0)
        *best = *worth;
}

static inline struct worth best_worth_of(const struct problem *problem)
{
    struct worth best = {.sum = -1};
    every_timetable(problem, keep_best, &best);
    return best;
}

#endif
