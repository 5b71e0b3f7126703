/* Integers that stand for fractions, against the mathematical library. */
#include "matching/fixed.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_near(double value, double expected, double error)
{
    if (fabs(value - expected) > error)
        fail_msg("%f is not %f", value, expected);
}

static void takes_logarithms(void **state)
{
    (void)state;
    assert_int_equal(fixed_log(0), 0);
    assert_int_equal(fixed_log(1), 0);
    for (uint64_t number = 2; number < UINT64_MAX / 3; number += number / 2 + 1)
        assert_near(fixed_log(number) / (double)FIXED_ONE, log((double)number), 1e-4);
    assert_near(fixed_log(UINT64_MAX) / (double)FIXED_ONE, 64 * log(2), 1e-4);
    assert_near(fixed_log_ratio(1, 3) / (double)FIXED_ONE, log(1. / 3), 1e-4);
}

static void decays(void **state)
{
    (void)state;
    assert_int_equal(fixed_decay(0), FIXED_ONE);
    for (uint64_t power = 1; power < UINT64_MAX / 3; power += power / 2 + 1)
        assert_near(fixed_decay(power) / (double)FIXED_ONE, exp(-(double)power / FIXED_ONE), 5e-5);
}

static void takes_roots(void **state)
{
    (void)state;
    for (uint64_t root = 0; root < UINT32_MAX; root += root / 2 + 1) {
        assert_int_equal(fixed_root(root * root), root);
        assert_int_equal(fixed_root(root * root + root), root);
    }
    assert_int_equal(fixed_root(UINT64_MAX), UINT32_MAX);
}

static void takes_cosines(void **state)
{
    (void)state;
    uint32_t three = fixed_length(9 * SQUARE_ONE), four = fixed_length(16 * SQUARE_ONE);
    assert_int_equal(three, 3 * SQUARE_ONE);
    assert_int_equal(fixed_cosine(12 * SQUARE_ONE, three, four), COSINE_ONE);
    assert_int_equal(fixed_cosine(6 * SQUARE_ONE, three, four), COSINE_ONE / 2);
    assert_int_equal(fixed_cosine(13 * SQUARE_ONE, three, four), COSINE_ONE);
    assert_int_equal(fixed_cosine(1, 0, four), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_logarithms),
        cmocka_unit_test(decays),
        cmocka_unit_test(takes_roots),
        cmocka_unit_test(takes_cosines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
