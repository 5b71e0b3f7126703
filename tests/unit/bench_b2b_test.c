/* Business-to-business instances: what is read, what is refused, and that the breaks are proven. */
#include "bench/planning/b2b_file.h"
#include "planning/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char *wrong;

static struct problem *read_text(const char *text)
{
    return b2b_read(text, strlen(text), &wrong);
}

/* Participant 1 meets 2 and 3 in the morning (slots 1 and 2) and cannot in slot 2, so that one of
 * the two has no slot but for the afternoon. */
#define HEAD                                                                                       \
    "% a comment\nnBusiness = 3;\nnMeetings = 2;\nnTables = 1;\n"                                  \
    "nTotalSlots = 4;\nnMorningSlots = 2;\n"

static void numbers_are_read(void **state)
{
    (void)state;
    struct problem *problem =
        read_text(HEAD "requested = [|1, 2,1, \n|3, 1,2, \n|];\nforbidden = [{2},\n{0},{1,3..4}];\n"
                       "fixed = [0,3];\nprecedences = [{},{}];\nunknown = [1];\n");
    assert_non_null(problem);
    assert_int_equal(problem->slot_count, 4);
    assert_int_equal(problem->tables[3], 1);
    assert_int_equal(problem->participants[0].window, 13);
    assert_int_equal(problem->participants[1].window, 15);
    assert_int_equal(problem->participants[2].window, 2);
    assert_int_equal(problem->participants[0].presence, 15);
    assert_int_equal(problem->pairs[0].window, 3);
    assert_int_equal(problem->pairs[1].window, 4);
    assert_true(problem->pairs[1].required);
    problem_free(problem);
}

static void assert_refused(const char *text, const char *why)
{
    assert_null(read_text(text));
    assert_string_equal(wrong, why);
}

static void what_is_wrong_is_told(void **state)
{
    (void)state;
    assert_refused("", "nTotalSlots or nMorningSlots is out of bounds");
    assert_refused("nBusiness 3;", "= is expected");
    assert_refused("nBusiness = 3", "a value does not end");
    assert_refused("nBusiness = x;", "a value holds more than numbers");
    assert_refused("nBusiness = 99999999999;", "a number is too large");
    assert_refused("r = [1..1000000];", "too many numbers");
    assert_refused(HEAD "requested = [|1,2,1|];",
                   "requested must have three numbers for each meeting");
    assert_refused(HEAD "requested = [|1,2,1|1,4,1|];", "a meeting's numbers are out of bounds");
    assert_refused(HEAD "requested = [|1,2,1|2,1,1|];", "two participants meet twice");
    assert_refused(HEAD "requested = [|1,2,1|1,1,1|];", "a meeting is no pair");
    assert_refused(HEAD "requested = [|1,2,1|1,3,1|]; forbidden = [{1}];",
                   "forbidden must have a set for each participant");
    assert_refused(HEAD "precedences = [{2},{}];", "precedences are not supported");
}

static struct plan_answer solve(const char *text, struct plan **plan, struct problem **problem)
{
    struct watch watch = {0};
    *problem = read_text(text);
    assert_non_null(*problem);
    *plan = plan_create(*problem, 1);
    assert_true(plan_run(*plan, &watch));
    return plan_answer(*plan);
}

static void breaks_are_proven(void **state)
{
    (void)state;
    struct plan *plan;
    struct problem *problem;
    /* Slots 1 and 3: a break for participant 1. */
    struct plan_answer answer =
        solve(HEAD "requested = [|1,2,1|1,3,2|]; forbidden = [{2},{0},{4}];", &plan, &problem);
    assert_int_equal(answer.worth.unheld, 0);
    assert_int_equal(answer.worth.gaps, 1);
    assert_true(answer.gaps_proven);
    plan_free(plan);
    problem_free(problem);
    /* Slots 2 and 3. */
    answer = solve(HEAD "requested = [|1,2,1|1,3,2|];", &plan, &problem);
    assert_int_equal(answer.worth.gaps, 0);
    assert_true(answer.gaps_proven);
    plan_free(plan);
    problem_free(problem);
}

static void what_cannot_be_is_told(void **state)
{
    (void)state;
    struct plan *plan;
    struct problem *problem;
    struct plan_answer answer =
        solve(HEAD "requested = [|1,2,1|1,3,1|]; forbidden = [{2},{0},{0}];", &plan, &problem);
    assert_int_equal(answer.worth.unheld, 1);
    assert_int_equal(answer.bound.unheld, 1);
    plan_free(plan);
    problem_free(problem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(what_is_wrong_is_told),
        cmocka_unit_test(breaks_are_proven),
        cmocka_unit_test(what_cannot_be_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
