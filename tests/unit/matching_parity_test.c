#include "matching/parity.h"

#include "matching_support.h"

#include <math.h>

static void near(double value, double expected)
{
    if (fabs(value - expected) > 5e-4)
        fail_msg("%f is not %f", value, expected);
}

/* -- hiding --------------------------------------------------------------------------------------
 */

static unsigned hide(const uint32_t *learners, unsigned count, bool *hidden)
{
    struct parity_cell cells[16];
    memset(cells, 0, sizeof cells);
    for (unsigned i = 0; i < count; i++)
        cells[i].learners = learners[i];
    unsigned number = parity_hide(cells, count, PARITY_CELL_MIN);
    for (unsigned i = 0; i < count; i++)
        hidden[i] = cells[i].hidden;
    return number;
}

static void large_cells_stay(void **state)
{
    (void)state;
    bool hidden[16];
    assert_int_equal(hide((uint32_t[]){10, 200, 30}, 3, hidden), 0);
    assert_int_equal(hide((uint32_t[]){0, 10}, 2, hidden), 0);
}

static void a_small_cell_takes_another_with_it(void **state)
{
    (void)state;
    bool hidden[16];
    assert_int_equal(hide((uint32_t[]){9, 200, 30}, 3, hidden), 2);
    assert_true(hidden[0] && !hidden[1] && hidden[2]);
    /* Two that are small together as well. */
    assert_int_equal(hide((uint32_t[]){1, 2, 200, 30}, 4, hidden), 3);
    assert_true(hidden[0] && hidden[1] && hidden[3]);
    /* Two that are enough together. */
    assert_int_equal(hide((uint32_t[]){5, 5, 200}, 3, hidden), 2);
    assert_false(hidden[2]);
    /* Nothing to hide behind. */
    assert_int_equal(hide((uint32_t[]){9}, 1, hidden), 1);
    assert_int_equal(hide((uint32_t[]){3, 4}, 2, hidden), 2);
}

/* Whatever the cells are: no cell below the bound is shown, and what is hidden cannot be told from
 * the total and the cells shown. */
static void hidden_cells_cannot_be_worked_out(void **state)
{
    (void)state;
    uint64_t random = 9;
    for (int round = 0; round < 20000; round++) {
        uint32_t learners[16];
        bool hidden[16];
        unsigned count = (unsigned)support_between(&random, 1, 8), cells = 0;
        uint32_t sum = 0, total = 0;
        for (unsigned i = 0; i < count; i++)
            total += learners[i] = (uint32_t)support_between(&random, 0, 40);
        hide(learners, count, hidden);
        for (unsigned i = 0; i < count; i++) {
            assert_true(hidden[i] || learners[i] == 0 || learners[i] >= PARITY_CELL_MIN);
            cells += hidden[i] && learners[i] > 0;
            sum += hidden[i] ? learners[i] : 0;
        }
        assert_true(cells == 0 || sum == total || (cells >= 2 && sum >= PARITY_CELL_MIN));
    }
}

/* -- intervals -----------------------------------------------------------------------------------
 */

static void shares_have_wilsons_interval(void **state)
{
    (void)state;
    struct interval share = parity_share(15, 50); /* worked out by hand from the formula */
    assert_true(share.known);
    near(share.value, 0.3);
    near(share.low, 0.1910);
    near(share.high, 0.4375);
    share = parity_share(0, 20);
    near(share.low, 0);
    near(share.high, 0.1611);
    share = parity_share(20, 20);
    near(share.high, 1);
    assert_false(parity_share(0, 0).known);
}

static void ratios_of_shares(void **state)
{
    (void)state;
    struct parity_cell group = {.learners = 100, .selected = 30};
    struct parity_cell rest = {.learners = 200, .selected = 100};
    /* log 0.6 ± 1.96 √(1/30 − 1/100 + 1/100 − 1/200) */
    struct interval ratio = parity_share_ratio(&group, &rest);
    near(ratio.value, 0.6);
    near(ratio.low, 0.6 * exp(-1.959964 * sqrt(1.0 / 30 - 1.0 / 100 + 1.0 / 100 - 1.0 / 200)));
    near(ratio.high, 0.6 * exp(1.959964 * sqrt(1.0 / 30 - 1.0 / 100 + 1.0 / 100 - 1.0 / 200)));
    group.selected = 0;
    assert_false(parity_share_ratio(&group, &rest).known);
    group.selected = 100;
    assert_true(parity_share_ratio(&group, &rest).known);
    rest.selected = 200; /* everybody: no doubt is left for bounds to tell */
    assert_false(parity_share_ratio(&group, &rest).known);
}

static void ratios_of_exposures(void **state)
{
    (void)state;
    /* Two with 1 and 3, and four with 1, 1, 3, 3: the same mean, unlike bounds. */
    struct parity_cell group = {.learners = 2, .exposure = 40000, .squares = 100000};
    struct parity_cell rest = {.learners = 4, .exposure = 80000, .squares = 200000};
    struct interval ratio = parity_exposure_ratio(&group, &rest);
    near(ratio.value, 1);
    /* Variances of the means: 2 / 2 and (4 / 3) / 4, both by the mean's square, 4. */
    near(ratio.high, exp(1.959964 * sqrt(1.0 / 4 + 1.0 / 12)));
    near(ratio.low * ratio.high, 1);
    group.learners = 1;
    assert_false(parity_exposure_ratio(&group, &rest).known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_cells_stay),
        cmocka_unit_test(a_small_cell_takes_another_with_it),
        cmocka_unit_test(hidden_cells_cannot_be_worked_out),
        cmocka_unit_test(shares_have_wilsons_interval),
        cmocka_unit_test(ratios_of_shares),
        cmocka_unit_test(ratios_of_exposures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
