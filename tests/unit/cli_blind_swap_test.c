/* The swap changes every protected field, and a score that used one would be found out. */
#include "cli/blind_swap.h"

#include "matching_support.h"

static void every_protected_field_is_changed(void **state)
{
    (void)state;
    struct learner one, other, none;
    memset(&one, 0, sizeof one);
    memset(&other, 0, sizeof other);
    memset(&none, 0, sizeof none);
    unsigned changed = blind_swap_change(&one, 0);
    assert_int_equal(blind_swap_change(&other, 1), changed);
    assert_int_equal(blind_swap_change(&none, 2), changed);
    /* reference, referent, cohort, prescriber, stages, and those of contact and statistics */
    assert_int_equal(changed, 5 + contact_type.count + statistics_type.count);
    assert_int_equal(one.statistics.gender, GENDER_FEMALE);
    assert_int_equal(other.statistics.gender, GENDER_OTHER);
    assert_int_equal(one.statistics.birth_year, 1900);
    assert_int_equal(other.statistics.birth_year, 2100);
    assert_true(one.has.statistics && one.statistics.has.diploma && one.contact.has.birth_date);
    assert_true(one.contact.birth_date < other.contact.birth_date);
    assert_true(one.has.cohort && one.cohort != other.cohort);
    assert_false(none.has.statistics || none.has.contact || none.has.cohort);
    /* What a score may use stays. */
    struct learner learner;
    memset(&learner, 0, sizeof learner);
    learner.has.maximum_hours = learner.has.claims = true;
    learner.maximum_hours = 30;
    learner.of_age_on = 7;
    learner.has.of_age_on = true;
    struct learner before = learner;
    blind_swap_change(&learner, 1);
    assert_int_equal(learner.maximum_hours, before.maximum_hours);
    assert_int_equal(learner.of_age_on, before.of_age_on);
    assert_true(learner.has.maximum_hours && learner.has.claims && learner.has.of_age_on);
}

static void every_field_with_a_protected_class_is_reached(void **state)
{
    (void)state;
    struct learner learner;
    memset(&learner, 0, sizeof learner);
    blind_swap_change(&learner, 1);
    for (unsigned i = 0; i < learner_type.count; i++) {
        const struct field *field = &learner_type.fields[i];
        if (field->privacy & (PRIVACY_PERSONAL | PRIVACY_STATISTICS))
            assert_true(learner.has_bits & field_bit(&learner_type, field));
    }
    assert_int_equal(learner.contact.has_bits, (UINT64_C(1) << contact_type.count) - 1);
    assert_int_equal(learner.statistics.has_bits, (UINT64_C(1) << statistics_type.count) - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_protected_field_is_changed),
        cmocka_unit_test(every_field_with_a_protected_class_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
