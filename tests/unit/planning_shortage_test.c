/* Why a minimum is missed. */
#include "planning_support.h"

#include "planning/shortage.h"

/* Participant 0 wants three meetings with some of 1 to 5; participant 6 meets 5. Three slots. */
static struct problem *problem;
static struct seating *timetable;

static int setup(void **state)
{
    (void)state;
    problem = problem_create(3, 1, 7, 1, 6);
    for (uint32_t i = 0; i < 7; i++)
        problem->participants[i] = (struct plan_participant){7, 7, 1, 0, 3, 0};
    problem->participants[0].minimum = 3;
    problem->shared[0] = (struct plan_shared){7, 1};
    for (uint32_t p = 0; p < 6; p++)
        problem->pairs[p] = (struct plan_pair){.first = p < 5 ? 0 : 6,
                                               .second = p < 5 ? 1 + p : 5,
                                               .window = UINT64_MAX,
                                               .shared = {NO_INDEX, NO_INDEX, NO_INDEX, NO_INDEX}};
    for (unsigned t = 0; t < 3; t++)
        problem->tables[t] = 9;
    return 0;
}

static void seal(void)
{
    uint32_t index;
    assert_int_equal(problem_seal(problem, &index), PROBLEM_GOOD);
    timetable = seating_create(problem);
    assert_non_null(timetable);
}

static int teardown(void **state)
{
    (void)state;
    seating_free(timetable);
    problem_free(problem);
    return 0;
}

static struct shortage explain(void)
{
    struct shortage shortage;
    assert_true(shortage_explain(timetable, 0, &shortage));
    assert_int_equal(shortage.wanted, 3);
    return shortage;
}

static void nobody_suitable(void **state)
{
    (void)state;
    for (uint32_t p = 0; p < 5; p++)
        problem->pairs[p].window = 0;
    seal();
    struct shortage shortage = explain();
    assert_int_equal(shortage.suitable, 0);
    assert_true(shortage.alone);
}

/* Three of five leave before the person comes: with the two that are left, three is impossible, and
 * nothing else needs saying. */
static void smallest_set(void **state)
{
    (void)state;
    problem->participants[0].window = 6;
    for (uint32_t i = 1; i <= 3; i++)
        problem->participants[i].window = 1;
    problem->participants[5].window = 2;
    seal();
    seating_put(timetable, 5, 1);
    struct shortage shortage = explain();
    assert_int_equal(shortage.suitable, 5);
    assert_int_equal(shortage.blocked[SHORTAGE_APART], 3);
    assert_int_equal(shortage.blocked[SHORTAGE_FULL], 0);
    assert_false(shortage.alone);
}

static void helper_and_full(void **state)
{
    (void)state;
    problem->participants[0].window = problem->participants[5].window = 1;
    problem->shared[0].window = 6;
    for (uint32_t p = 0; p < 4; p++)
        problem->pairs[p].shared[0] = 0;
    seal();
    seating_put(timetable, 5, 0);
    struct shortage shortage = explain();
    assert_int_equal(shortage.blocked[SHORTAGE_HELPER], 4);
    assert_int_equal(shortage.blocked[SHORTAGE_FULL], 0);
}

static void who_has_enough_is_not_explained(void **state)
{
    (void)state;
    struct shortage shortage;
    seal();
    for (uint32_t p = 0; p < 3; p++)
        seating_put(timetable, p, p);
    assert_false(shortage_explain(timetable, 0, &shortage));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(nobody_suitable),
        TEST(smallest_set),
        TEST(helper_and_full),
        TEST(who_has_enough_is_not_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
