#include "runtime_support.h"

#include "runtime/clock.h"

static void zones(void **state)
{
    (void)state;
    assert_false(clock_zone_set("Europe/Atlantis"));
    assert_false(clock_zone_set(""));
    assert_false(clock_zone_set("../zoneinfo/Europe/Paris"));
    assert_true(clock_zone_set("Europe/Paris"));
}

static void days_change_at_local_midnight(void **state)
{
    (void)state;
    assert_true(clock_zone_set("Europe/Paris"));
    const int64_t day_ms = 86400000, hour_ms = 3600000;
    /* 2024-01-15: winter, one hour ahead of UTC. */
    const int32_t winter = 19737;
    assert_int_equal(clock_day(winter * day_ms - hour_ms), winter);
    assert_int_equal(clock_day(winter * day_ms - hour_ms - 1), winter - 1);
    assert_int_equal(clock_day_start(winter), winter * day_ms - hour_ms);
    /* 2024-07-15: summer, two hours ahead. */
    const int32_t summer = 19919;
    assert_int_equal(clock_day_start(summer), summer * day_ms - 2 * hour_ms);
    assert_int_equal(clock_day(summer * day_ms - 2 * hour_ms - 1), summer - 1);
    /* 2024-03-31 has 23 hours, 2024-10-27 has 25. */
    assert_int_equal(clock_day_start(19814) - clock_day_start(19813), 23 * hour_ms);
    assert_int_equal(clock_day_start(20024) - clock_day_start(20023), 25 * hour_ms);
    assert_int_equal(clock_day(-1), 0); /* already 1970 in Paris */
    assert_true(clock_zone_set("UTC"));
    assert_int_equal(clock_day(-1), -1);
    assert_int_equal(clock_day(-day_ms), -1);
    assert_int_equal(clock_day(-day_ms - 1), -2);
}

static void midnight_that_does_not_exist(void **state)
{
    (void)state;
    /* Asuncion: on 2023-10-01 the clock went from 0:00 to 1:00. */
    assert_true(clock_zone_set("America/Asuncion"));
    const int32_t day = 19631;
    int64_t start = clock_day_start(day);
    assert_int_equal(start, day * 86400000LL + 4 * 3600000);
    assert_int_equal(clock_day(start), day);
    assert_int_equal(clock_day(start - 1), day - 1);
}

static void monotonic_units_agree(void **state)
{
    (void)state;
    int64_t before = clock_monotonic_us();
    int64_t between = clock_monotonic_ms();
    int64_t after = clock_monotonic_us();
    assert_true(before / 1000 <= between && between <= after / 1000);
    assert_true(clock_wall_ms() > 1600000000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zones),
        cmocka_unit_test(days_change_at_local_midnight),
        cmocka_unit_test(midnight_that_does_not_exist),
        cmocka_unit_test(monotonic_units_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
