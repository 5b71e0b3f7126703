/* Slots of a job dating and windows over them. */
#include "runtime/jobdating_slots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct session session(int32_t from, int32_t to, int64_t slot, int64_t changeover)
{
    return (struct session){
        .from = from, .to = to, .slot_minutes = slot, .changeover_minutes = changeover};
}

static struct jobdating with_sessions(struct session *sessions, uint32_t count)
{
    struct jobdating jobdating = {.has_bits = 0};
    jobdating.sessions.items = sessions;
    jobdating.sessions.count = count;
    return jobdating;
}

/* 13:30 to 17:00 in slots of 10 minutes with 4 between two are 15. */
static void an_afternoon_has_its_slots(void **state)
{
    (void)state;
    struct session sessions[] = {session(810, 1020, 10, 4)};
    struct jobdating jobdating = with_sessions(sessions, 1);
    struct jobdating_slot slots[JOBDATING_SLOTS_MAX];
    assert_int_equal(jobdating_slots(&jobdating, slots), 15);
    assert_int_equal(slots[0].from, 810);
    assert_int_equal(slots[1].from, 824);
    assert_int_equal(slots[14].to, 810 + 14 * 14 + 10);
}

static void sessions_follow_each_other_and_breaks_take_slots_away(void **state)
{
    (void)state;
    struct session sessions[] = {session(540, 600, 20, 0), session(600, 645, 15, 0)};
    struct window breaks[] = {{.from = 575, .to = 601}};
    struct jobdating jobdating = with_sessions(sessions, 2);
    struct jobdating_slot slots[JOBDATING_SLOTS_MAX];
    jobdating.breaks.items = breaks;
    jobdating.breaks.count = 1;
    /* The break touches 9:20, 9:40 and, by one minute, 10:00. */
    assert_int_equal(jobdating_slots(&jobdating, slots), 3);
    assert_int_equal(slots[0].from, 540);
    assert_int_equal(slots[1].from, 615);
    assert_int_equal(slots[2].from, 630);
}

static void there_are_never_more_than_fit(void **state)
{
    (void)state;
    struct session sessions[] = {session(0, 1440, 3, 0)};
    struct jobdating jobdating = with_sessions(sessions, 1);
    struct jobdating_slot slots[JOBDATING_SLOTS_MAX];
    assert_int_equal(jobdating_slots(&jobdating, slots), JOBDATING_SLOTS_MAX);
    sessions[0] = session(0, 1440, 0, 0);
    assert_int_equal(jobdating_slots(&jobdating, slots), 0);
}

static void a_window_holds_whole_slots_only(void **state)
{
    (void)state;
    const struct jobdating_slot slots[] = {{600, 610}, {614, 624}, {628, 638}};
    const struct window windows[] = {{.from = 600, .to = 623}, {.from = 628, .to = 638}};
    assert_int_equal(jobdating_window(slots, 3, NULL, 0), 7);
    assert_int_equal(jobdating_window(slots, 3, windows, 1), 1);
    assert_int_equal(jobdating_window(slots, 3, windows, 2), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_afternoon_has_its_slots),
        cmocka_unit_test(sessions_follow_each_other_and_breaks_take_slots_away),
        cmocka_unit_test(there_are_never_more_than_fit),
        cmocka_unit_test(a_window_holds_whole_slots_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
