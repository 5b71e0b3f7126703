/* Wrong timetables of every kind: the checker names the fault. */
#include "planning_support.h"

/* Participants 0 and 1 are employers, 2 to 4 learners; four slots. */
static struct problem *problem;
static struct verdict verdict;

static void pair_set(uint32_t p, uint32_t first, uint32_t second, int32_t score)
{
    problem->pairs[p] = (struct plan_pair){.first = first,
                                           .second = second,
                                           .score = score,
                                           .window = UINT64_MAX,
                                           .shared = {NO_INDEX, NO_INDEX, NO_INDEX, NO_INDEX}};
}

static int setup(void **state)
{
    (void)state;
    problem = problem_create(4, 2, 5, 1, 6);
    for (uint32_t i = 0; i < 5; i++)
        problem->participants[i] = (struct plan_participant){.window = 15,
                                                             .presence = 15,
                                                             .capacity = 1,
                                                             .minimum = 1,
                                                             .maximum = 3,
                                                             .group = i < 2 ? 0 : 1};
    problem->groups[0].gap_difference = problem->groups[1].gap_difference = 0;
    problem->groups[1].bonus[0] = 100;
    problem->groups[1].bonus_count = 1;
    problem->shared[0] = (struct plan_shared){.window = 7, .capacity = 1};
    for (unsigned t = 0; t < 4; t++)
        problem->tables[t] = 2;
    for (uint32_t p = 0; p < 6; p++)
        pair_set(p, p % 2, 2 + p / 2, 10 + (int32_t)p);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    problem_free(problem);
    return 0;
}

static void check(const struct plan_meeting *meetings, uint32_t count)
{
    assert_true(check_timetable(problem, meetings, count, &verdict));
}

#define CHECK(...)                                                                                 \
    do {                                                                                           \
        const struct plan_meeting meetings[] = {__VA_ARGS__};                                      \
        check(meetings, sizeof meetings / sizeof *meetings);                                       \
    } while (0)

static void assert_fault(enum check_fault fault, uint32_t culprit, unsigned slot)
{
    assert_int_equal(verdict.finding_count, 1);
    assert_int_equal(verdict.findings[0].fault, fault);
    assert_int_equal(verdict.findings[0].culprit, culprit);
    assert_int_equal(verdict.findings[0].slot, slot);
}

static void right_one_is_accepted(void **state)
{
    (void)state;
    CHECK({0, 2, 0}, {3, 0, 1}, {1, 2, 2});
    assert_int_equal(verdict.finding_count, 0);
    assert_int_equal(verdict.sum, 10 + 12 + 11 + 2 * 100);
    assert_int_equal(verdict.missing, 1);
    assert_int_equal(verdict.gaps, 1);
    assert_int_equal(verdict.uneven, 1);
}

static void absence_is_no_gap(void **state)
{
    (void)state;
    problem->participants[2].presence = 15 & ~2;
    CHECK({0, 2, 0}, {1, 2, 2});
    assert_int_equal(verdict.gaps, 0);
}

static void unknown_people_and_slots(void **state)
{
    (void)state;
    CHECK({0, 7, 1});
    assert_fault(CHECK_PARTICIPANT, 7, 1);
    CHECK({UINT32_MAX, 2, 1});
    assert_fault(CHECK_PARTICIPANT, UINT32_MAX, 1);
    CHECK({0, 2, 4});
    assert_fault(CHECK_SLOT, 0, 4);
}

static void pairs_that_are_none(void **state)
{
    (void)state;
    CHECK({0, 1, 2});
    assert_fault(CHECK_PAIR, 0, 2);
    problem->pairs[0].window = 0;
    CHECK({0, 2, 2});
    assert_int_equal(verdict.findings[0].fault, CHECK_PAIR);
    pair_set(0, 0, 2, 0);
    CHECK({0, 2, 2}, {2, 0, 3});
    assert_fault(CHECK_TWICE, 2, 3);
}

static void windows(void **state)
{
    (void)state;
    problem->participants[3].window = 1;
    CHECK({0, 3, 1});
    assert_fault(CHECK_WINDOW, 3, 1);
    problem->pairs[1].window = 2;
    CHECK({1, 2, 0});
    assert_fault(CHECK_PAIR_WINDOW, 1, 0);
}

static void too_many_at_once(void **state)
{
    (void)state;
    CHECK({0, 2, 1}, {0, 3, 1});
    assert_fault(CHECK_CAPACITY, 0, 1);
    assert_int_equal(verdict.findings[0].found, 2);
    assert_int_equal(verdict.findings[0].allowed, 1);
    problem->participants[0].capacity = 2;
    CHECK({0, 2, 1}, {0, 3, 1});
    assert_int_equal(verdict.finding_count, 0);
    problem->tables[1] = 1;
    CHECK({0, 2, 1}, {0, 3, 1});
    assert_int_equal(verdict.finding_count, 1);
    assert_int_equal(verdict.findings[0].fault, CHECK_TABLES);
    problem->pairs[0].tableless = true;
    CHECK({0, 2, 1}, {0, 3, 1});
    assert_int_equal(verdict.finding_count, 0);
}

static void what_is_shared(void **state)
{
    (void)state;
    problem->pairs[0].shared[0] = problem->pairs[3].shared[0] = 0;
    CHECK({0, 2, 1}, {1, 3, 1});
    assert_fault(CHECK_SHARED, 0, 1);
    CHECK({0, 2, 1}, {1, 3, 3});
    assert_fault(CHECK_SHARED_WINDOW, 0, 3);
    CHECK({0, 2, 1}, {1, 3, 2});
    assert_int_equal(verdict.finding_count, 0);
}

static void maximum_and_required(void **state)
{
    (void)state;
    problem->participants[0].maximum = 1;
    problem->participants[0].minimum = 0;
    CHECK({0, 2, 1}, {0, 3, 2});
    assert_fault(CHECK_MAXIMUM, 0, 2);
    problem->pairs[5].required = true;
    CHECK({0, 2, 1});
    assert_int_equal(verdict.finding_count, 1);
    assert_int_equal(verdict.findings[0].fault, CHECK_REQUIRED);
    assert_int_equal(verdict.findings[0].meeting, 5);
}

/* More findings than are kept are still counted. */
static void many_faults(void **state)
{
    (void)state;
    static struct plan_meeting meetings[FINDINGS_MAX * 3];
    for (uint32_t m = 0; m < FINDINGS_MAX * 3; m++)
        meetings[m] = (struct plan_meeting){9, 9, m};
    check(meetings, FINDINGS_MAX * 3);
    assert_int_equal(verdict.finding_count, FINDINGS_MAX * 3);
}

/* The checker walks from slot to slot, the planner counts with bits: they agree. */
static void gaps_agree_with_the_planner(void **state)
{
    (void)state;
    struct chance chance = chance_from(11);
    for (int k = 0; k < 2000; k++) {
        uint64_t used = chance_below(&chance, 1 << 12), presence = chance_below(&chance, 1 << 12);
        struct problem *one = problem_create(12, 1, 1 + 12, 0, 12);
        struct plan_meeting meetings[12];
        uint32_t count = 0, index;
        for (uint32_t i = 0; i < 13; i++)
            one->participants[i] = (struct plan_participant){4095, presence, 1, 0, 12, 0};
        for (uint32_t p = 0; p < 12; p++) {
            one->pairs[p] = (struct plan_pair){.first = 0,
                                               .second = 1 + p,
                                               .window = UINT64_MAX,
                                               .shared = {NO_INDEX, NO_INDEX, NO_INDEX, NO_INDEX}};
            one->tables[p] = 12;
            if (used & slot_bit(p))
                meetings[count++] = (struct plan_meeting){1 + p, 0, p};
        }
        assert_int_equal(problem_seal(one, &index), PROBLEM_GOOD);
        assert_true(check_timetable(one, meetings, count, &verdict));
        assert_int_equal(verdict.finding_count, 0);
        assert_int_equal(verdict.gaps, gaps_count(used, presence));
        problem_free(one);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(right_one_is_accepted),
        TEST(absence_is_no_gap),
        TEST(unknown_people_and_slots),
        TEST(pairs_that_are_none),
        TEST(windows),
        TEST(too_many_at_once),
        TEST(what_is_shared),
        TEST(maximum_and_required),
        TEST(many_faults),
        TEST(gaps_agree_with_the_planner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
