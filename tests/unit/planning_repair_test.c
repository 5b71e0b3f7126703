/* Repairs of small timetables against all timetables: nobody moves who need not. */
#include "planning_support.h"

#include "planning/repair.h"

enum { PROBLEMS = 80 };

struct fewest {
    const struct problem *problem;
    const int8_t *old;
    const bool *frozen;
    int64_t unheld, moved;
};

static int64_t count_moved(const struct problem *problem, const int8_t *old, const int8_t *slot_of)
{
    int64_t moved = 0;
    for (uint32_t p = 0; p < problem->pair_count; p++)
        moved += old[p] != NO_SLOT && slot_of[p] != old[p];
    return moved;
}

static bool frozen_stay(const struct fewest *fewest, const int8_t *slot_of)
{
    for (uint32_t p = 0; p < fewest->problem->pair_count; p++)
        if (fewest->frozen[p] && slot_of[p] != fewest->old[p])
            return false;
    return true;
}

/* What must be held first, then the fewest moved. */
static void keep_fewest(const int8_t *slot_of, const struct worth *worth, void *state)
{
    struct fewest *fewest = state;
    int64_t moved = count_moved(fewest->problem, fewest->old, slot_of);
    if (!frozen_stay(fewest, slot_of))
        return;
    if (fewest->moved < 0 || worth->unheld < fewest->unheld ||
        (worth->unheld == fewest->unheld && moved < fewest->moved)) {
        fewest->unheld = worth->unheld;
        fewest->moved = moved;
    }
}

static void some_timetable(const struct problem *problem, int8_t *slot_of)
{
    struct watch watch = {0};
    struct plan *plan = plan_create(problem, 3);
    assert_non_null(plan);
    assert_true(plan_run(plan, &watch));
    memcpy(slot_of, plan_answer(plan).slot_of, problem->pair_count);
    plan_free(plan);
}

/* Somebody is absent, somebody can no longer come in a slot, a table is lost. */
static void change(struct problem *problem, struct chance *chance)
{
    uint32_t index;
    uint32_t gone = chance_below(chance, problem->participant_count);
    uint32_t late = chance_below(chance, problem->participant_count);
    problem->participants[late].window &= ~slot_bit(chance_below(chance, problem->slot_count));
    if (chance_below(chance, 2))
        problem->participants[gone].window = 0;
    if (chance_below(chance, 2)) {
        unsigned slot = chance_below(chance, problem->slot_count);
        problem->tables[slot] = problem->tables[slot] > 1 ? 1 : problem->tables[slot];
    }
    free(problem->pair_start);
    free(problem->pair_of);
    free(problem->open);
    free(problem->sides);
    assert_int_equal(problem_seal(problem, &index), PROBLEM_GOOD);
}

static void try_repair(const struct small_kind *kind, uint64_t seed)
{
    struct problem *problem = small_problem(kind, seed);
    struct chance chance = chance_from(seed);
    struct watch watch = {0};
    int8_t old[SMALL_PAIRS_MAX];
    bool frozen[SMALL_PAIRS_MAX] = {0};
    some_timetable(problem, old);
    change(problem, &chance);
    for (uint32_t p = 0; p < problem->pair_count; p++) {
        if (problem->open[p] == 0)
            old[p] = NO_SLOT; /* gone */
        frozen[p] = old[p] != NO_SLOT && (problem->open[p] & slot_bit((unsigned)old[p])) != 0 &&
                    !problem->pairs[p].tableless && old[p] == 0 && problem->tables[0] > 3;
    }
    struct fewest fewest = {problem, old, frozen, 0, -1};
    struct repair repair;
    struct worth checked;
    every_timetable(problem, keep_fewest, &fewest);
    assert_true(repair_make(problem, old, frozen, seed, &watch, &repair));
    assert_true(checked_worth(problem, repair.slot_of, &checked));
    assert_int_equal(worth_compare(&checked, &repair.worth), 0);
    assert_true(frozen_stay(&fewest, repair.slot_of));
    if (repair.worth.unheld == fewest.unheld)
        assert_int_equal(repair.moved, fewest.moved);
    if (fewest.unheld == 0) {
        assert_int_equal(repair.worth.unheld, 0);
        assert_int_equal(repair.moved_bound, fewest.moved);
    }
    repair_clear(&repair);
    problem_free(problem);
}

static void fewest_are_moved(void **state)
{
    (void)state;
    const struct small_kind kinds[] = {
        {.two_sided = true, .windows = true, .minimums = true},
        {.two_sided = true, .windows = true, .tables = true, .required = true},
        {.windows = true, .shared = true, .capacities = true},
        {.all_required = true, .slots = 4},
    };
    for (unsigned k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (uint64_t seed = 1; seed <= PROBLEMS; seed++)
            try_repair(&kinds[k], seed);
}

/* Nothing has changed: nothing changes. */
static void nothing_to_repair(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct problem *problem =
            small_problem(&(struct small_kind){.two_sided = true, .windows = true}, seed);
        struct watch watch = {0};
        struct repair repair;
        int8_t old[SMALL_PAIRS_MAX];
        some_timetable(problem, old);
        assert_true(repair_make(problem, old, NULL, seed, &watch, &repair));
        assert_int_equal(repair.moved, 0);
        assert_memory_equal(repair.slot_of, old, problem->pair_count);
        repair_clear(&repair);
        problem_free(problem);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fewest_are_moved),
        cmocka_unit_test(nothing_to_repair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
