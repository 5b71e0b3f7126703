/* Plans of small problems against the best of all timetables. */
#include "planning_support.h"

enum { PROBLEMS = 60 };

static void print_worth(const char *what, const struct worth *worth)
{
    print_error("%s: unheld %lld missing %lld sum %lld uneven %lld gaps %lld\n", what,
                (long long)worth->unheld, (long long)worth->missing, (long long)worth->sum,
                (long long)worth->uneven, (long long)worth->gaps);
}

/* Level by level: the first one that differs decides whether the bound holds. */
static bool bound_holds(const struct worth *bound, const struct worth *best)
{
    if (bound->unheld != best->unheld)
        return bound->unheld < best->unheld;
    if (bound->missing != best->missing)
        return bound->missing < best->missing;
    if (bound->sum != best->sum)
        return bound->sum > best->sum;
    if (bound->uneven != best->uneven)
        return bound->uneven < best->uneven;
    return bound->gaps <= best->gaps;
}

/* Where all pairs are given: all can meet, and the gaps are the fewest, or it is told that they
 * cannot. */
static bool given_is_best(const struct plan_answer *answer, const struct worth *best)
{
    return best->unheld > 0 ? answer->bound.unheld > 0
                            : worth_compare(&answer->worth, best) == 0 && answer->gaps_proven;
}

/* exact: the best is found and proven; otherwise only that the bound holds. */
static void try_kind(const struct small_kind *kind, bool exact)
{
    for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
        struct problem *problem = small_problem(kind, seed);
        struct plan *plan = plan_create(problem, seed);
        struct watch watch = {0};
        assert_non_null(plan);
        assert_true(plan_run(plan, &watch));
        struct plan_answer answer = plan_answer(plan);
        struct worth checked, best = best_worth_of(problem);
        assert_true(checked_worth(problem, answer.slot_of, &checked));
        bool reached = worth_compare(&answer.worth, &best) == 0 && answer.proven;
        if (worth_compare(&answer.worth, &checked) != 0 || !bound_holds(&answer.bound, &best) ||
            (exact && !reached) || (kind->all_required && !given_is_best(&answer, &best))) {
            print_error("seed %llu proven %d\n", (unsigned long long)seed, answer.proven);
            print_worth("best", &best);
            print_worth("planned", &answer.worth);
            print_worth("checked", &checked);
            print_worth("bound", &answer.bound);
            fail();
        }
        plan_free(plan);
        problem_free(problem);
    }
}

static void plain_is_best(void **state)
{
    (void)state;
    try_kind(&(struct small_kind){.two_sided = true}, true);
}

static void windows_and_minimums_are_best(void **state)
{
    (void)state;
    try_kind(&(struct small_kind){.two_sided = true, .windows = true, .minimums = true}, false);
}

static void capacities_are_best(void **state)
{
    (void)state;
    try_kind(
        &(struct small_kind){
            .two_sided = true, .windows = true, .minimums = true, .capacities = true},
        false);
}

static void helpers_tables_and_pins_are_best(void **state)
{
    (void)state;
    try_kind(&(struct small_kind){.two_sided = true,
                                  .windows = true,
                                  .shared = true,
                                  .tables = true,
                                  .minimums = true,
                                  .required = true},
             false);
}

static void any_graph_is_best(void **state)
{
    (void)state;
    try_kind(&(struct small_kind){.windows = true, .shared = true, .minimums = true}, false);
    try_kind(&(struct small_kind){.capacities = true, .tables = true, .required = true}, false);
}

static void given_pairs_have_fewest_gaps(void **state)
{
    (void)state;
    try_kind(&(struct small_kind){.all_required = true, .slots = 4}, false);
    try_kind(&(struct small_kind){.all_required = true, .slots = 5, .tables = true}, false);
}

static void same_seed_same_timetable(void **state)
{
    (void)state;
    struct problem *problem = small_problem(&(struct small_kind){.windows = true}, 5);
    struct watch watch = {0};
    struct plan *one = plan_create(problem, 3), *other = plan_create(problem, 3);
    assert_true(plan_run(one, &watch));
    assert_true(plan_run(other, &watch));
    assert_memory_equal(plan_answer(one).slot_of, plan_answer(other).slot_of, problem->pair_count);
    plan_free(one);
    plan_free(other);
    problem_free(problem);
}

/* Stopped at the n-th question, whatever n is, the answer is valid, and there is one once the pairs
 * are chosen. */
static bool stop_after(void *state)
{
    unsigned *left = state;
    return (*left)-- > 0;
}

static void stopped_anywhere_it_is_valid(void **state)
{
    (void)state;
    struct problem *problem =
        small_problem(&(struct small_kind){.windows = true, .minimums = true}, 7);
    for (unsigned n = 0; n < 40; n++) {
        unsigned left = n;
        struct watch watch = {stop_after, &left};
        struct worth worth;
        struct plan *plan = plan_create(problem, 1);
        assert_true(plan_run(plan, &watch));
        assert_true(checked_worth(problem, plan_answer(plan).slot_of, &worth));
        assert_true(n == 0 || worth.sum > 0);
        plan_free(plan);
    }
    problem_free(problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_is_best),
        cmocka_unit_test(windows_and_minimums_are_best),
        cmocka_unit_test(capacities_are_best),
        cmocka_unit_test(helpers_tables_and_pins_are_best),
        cmocka_unit_test(any_graph_is_best),
        cmocka_unit_test(given_pairs_have_fewest_gaps),
        cmocka_unit_test(same_seed_same_timetable),
        cmocka_unit_test(stopped_anywhere_it_is_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
