#include "matching_support.h"

#include "matching/gap.h"
#include "matching/reason.h"

enum { TODAY = 20000, STARTS_ON = TODAY + 30 };

static struct support_catalogue catalogue;
static struct learner_facts learner;
static struct offer_facts offer;
static struct prospects prospects;

static int open_catalogue(void **state)
{
    (void)state;
    catalogue = support_catalogue_regular(40, 10);
    return 0;
}

static int close_catalogue(void **state)
{
    (void)state;
    support_catalogue_close(&catalogue);
    return 0;
}

/* A pair that fits in everything. */
static int begin(void **state)
{
    (void)state;
    learner_facts_start(&learner);
    offer_facts_start(&offer);
    prospects_start(&prospects, TODAY);
    learner.today = offer.today = TODAY;
    learner.claims[0] = (struct fact_claim){0, 3, FACT_WORK};
    learner.claim_count = 1;
    offer.requirements[0] = (struct fact_requirement){0, 3, true};
    offer.requirement_count = 1;
    offer.starts_on = STARTS_ON;
    offer.remote = 1;
    offer.contract = 1;
    return 0;
}

static struct near_miss miss;

static bool misses_nearly(void)
{
    struct learner_profile *one = learner_profile_create(&learner, catalogue.referential);
    struct offer_profile *other = offer_profile_create(&offer, catalogue.referential);
    assert_true(one && other);
    memset(&miss, 0, sizeof miss);
    bool near = near_miss_find(one, other, &prospects, &miss);
    struct gap gaps[GAPS_MAX];
    unsigned count = gaps_find(one, other, &prospects, gaps);
    if (near) {
        assert_int_equal(score_pair(one, other).total, 0);
        assert_int_equal(count, miss.gap_count);
        assert_int_equal(miss.score.failed, 0);
        assert_true(miss.score.total > 0);
    }
    learner_profile_free(one);
    offer_profile_free(other);
    return near;
}

/* The pair misses one constraint by so much, and that is little. */
static void expect_near(enum constraint constraint, int64_t by)
{
    assert_true(misses_nearly());
    assert_int_equal(miss.gap_count, 1);
    assert_int_equal(miss.gaps[0].constraint, constraint);
    assert_int_equal(miss.gaps[0].by, by);
    assert_true(miss.gaps[0].near);
}

static void expect_far(void)
{
    assert_false(misses_nearly());
}

static void a_pair_that_fits_misses_nothing(void **state)
{
    (void)state;
    expect_far();
}

static void a_late_start(void **state)
{
    (void)state;
    learner.available_from = STARTS_ON + 14;
    expect_far(); /* it fits */
    learner.available_from = STARTS_ON + 15;
    expect_near(CONSTRAINT_START, 1);
    learner.available_from = STARTS_ON + 14 + NEAR_START_DAYS;
    expect_near(CONSTRAINT_START, NEAR_START_DAYS);
    learner.available_from++;
    expect_far();
}

static void hours_of_the_week(void **state)
{
    (void)state;
    learner.maximum_hours = 30;
    offer.weekly_minutes = 30 * 60 + 1;
    expect_near(CONSTRAINT_HOURS, 1);
    offer.weekly_minutes = 35 * 60;
    expect_near(CONSTRAINT_HOURS, 300);
    offer.weekly_minutes++;
    expect_far();
    learner.minimum_hours = 24;
    offer.weekly_minutes = 19 * 60;
    expect_near(CONSTRAINT_HOURS, 300);
    offer.weekly_minutes--;
    expect_far();
}

static void hours_of_the_day(void **state)
{
    (void)state;
    learner.free_hours[0] = (struct fact_hours){1, 9 * 60, 18 * 60};
    learner.free_hours_count = 1;
    offer.schedule[0] = (struct fact_hours){1, 7 * 60 + 30, 16 * 60};
    offer.schedule_count = 1;
    expect_near(CONSTRAINT_SCHEDULE, 90);
    offer.schedule[0].from = 7 * 60;
    expect_near(CONSTRAINT_SCHEDULE, 120);
    offer.schedule[0].from--;
    expect_far();
    /* Two spans of one day count together. */
    offer.schedule[0] = (struct fact_hours){1, 8 * 60, 12 * 60};
    offer.schedule[1] = (struct fact_hours){1, 17 * 60, 19 * 60};
    offer.schedule_count = 2;
    assert_true(misses_nearly());
    assert_int_equal(miss.gap_count, 2);
    assert_int_equal(miss.gaps[0].by + miss.gaps[1].by, 120);
    offer.schedule[1].to++;
    expect_far();
    /* Each day has its own measure. */
    learner.free_hours[1] = (struct fact_hours){2, 9 * 60, 18 * 60};
    learner.free_hours_count = 2;
    offer.schedule[0] = (struct fact_hours){1, 7 * 60, 12 * 60};
    offer.schedule[1] = (struct fact_hours){2, 7 * 60, 12 * 60};
    assert_true(misses_nearly());
    /* A night's work is measured on both of its days. */
    offer.schedule[0] = (struct fact_hours){1, 18 * 60, 24 * 60};
    offer.schedule[1] = (struct fact_hours){2, 0, 60};
    expect_far();
}

static void distance_beyond_the_radius(void **state)
{
    (void)state;
    learner.place = (struct fact_place){true, 50000000, 3000000};
    offer.place = learner.place;
    learner.radius_km = 10;
    offer.place.latitude += 22 * 8993; /* 22 km to the north; a degree is some 111.2 km */
    expect_near(CONSTRAINT_DISTANCE, 12);
    offer.place.latitude = learner.place.latitude + 249 * 899;
    expect_near(CONSTRAINT_DISTANCE, 15);
    offer.place.latitude = learner.place.latitude + 252 * 899;
    expect_far();
    prospects.radius_km = 26; /* by the car that the learner will soon drive */
    expect_near(CONSTRAINT_DISTANCE, 16);
    assert_int_equal(miss.gaps[0].outlook, OUTLOOK_IN_PROGRESS);
    prospects.radius_km = 25;
    expect_far();
}

static void licences_in_progress(void **state)
{
    (void)state;
    offer.licences = 1u << 5;
    expect_far();
    prospects.licences = 1u << 5;
    expect_near(CONSTRAINT_LICENCE, 0);
    assert_int_equal(miss.gaps[0].outlook, OUTLOOK_IN_PROGRESS);
    assert_int_equal(miss.gaps[0].outlook_on, FACT_NO_DAY);
    prospects.licence_on[5] = STARTS_ON + NEAR_PROGRESS_DAYS;
    expect_near(CONSTRAINT_LICENCE, 0);
    assert_int_equal(miss.gaps[0].outlook_on, STARTS_ON + NEAR_PROGRESS_DAYS);
    prospects.licence_on[5]++;
    expect_far();
    offer.starts_on = FACT_NO_DAY; /* as if it began today */
    prospects.licence_on[5] = TODAY + NEAR_PROGRESS_DAYS;
    expect_near(CONSTRAINT_LICENCE, 0);
    prospects.licence_on[5]++;
    expect_far();
    prospects.licence_on[5] = TODAY;
    offer.licences |= 1u << 6; /* one in progress, one not */
    expect_far();
}

static void authorisations_that_ran_out(void **state)
{
    (void)state;
    offer.authorisations = 1u << 1;
    expect_far();
    prospects.authorisation_until[1] = TODAY - 1;
    expect_near(CONSTRAINT_AUTHORISATION, 0);
    assert_int_equal(miss.gaps[0].outlook, OUTLOOK_EXPIRED);
    assert_int_equal(miss.gaps[0].outlook_on, TODAY - 1);
    /* Valid today, but no longer on the first day. */
    learner.authorisations[0] = (struct fact_authorisation){2, STARTS_ON - 1};
    learner.authorisation_count = 1;
    expect_near(CONSTRAINT_AUTHORISATION, 0);
    assert_int_equal(miss.gaps[0].outlook_on, STARTS_ON - 1);
    learner.authorisations[0].expires_on = STARTS_ON;
    expect_far(); /* it fits */
    learner.authorisation_count = 0;
    prospects.authorisation_until[1] = FACT_NO_DAY;
    prospects.authorisations = 1u << 1;
    prospects.authorisation_on[1] = STARTS_ON + 1;
    expect_near(CONSTRAINT_AUTHORISATION, 0);
    assert_int_equal(miss.gaps[0].outlook, OUTLOOK_IN_PROGRESS);
}

static void languages_one_level_below(void **state)
{
    (void)state;
    offer.languages[0] = (struct fact_language){{'e', 'n'}, 3};
    offer.language_count = 1;
    expect_far();
    learner.languages[0] = (struct fact_language){{'e', 'n'}, 2};
    learner.language_count = 1;
    expect_near(CONSTRAINT_LANGUAGE, 1);
    assert_int_equal(miss.gaps[0].level, 2);
    learner.languages[0].level = 1;
    expect_far();
    /* The lowest level of a language that is not spoken is not near. */
    learner.language_count = 0;
    offer.languages[0].level = 1;
    expect_far();
}

static void age_soon(void **state)
{
    (void)state;
    offer.adults_only = true;
    learner.of_age_on = STARTS_ON + 1;
    expect_near(CONSTRAINT_AGE, 1);
    learner.of_age_on = STARTS_ON + NEAR_AGE_DAYS;
    expect_near(CONSTRAINT_AGE, NEAR_AGE_DAYS);
    learner.of_age_on++;
    expect_far();
    offer.starts_on = FACT_NO_DAY;
    learner.of_age_on = TODAY + NEAR_AGE_DAYS;
    expect_near(CONSTRAINT_AGE, NEAR_AGE_DAYS);
    learner.of_age_on++;
    expect_far();
}

static void what_is_never_near(void **state)
{
    (void)state;
    learner.contracts = 2;
    expect_far();
    learner.contracts = 0;
    learner.remotes = 4;
    expect_far();
    learner.remotes = 0;
    offer.alternance = true;
    offer.rhythm = (struct fact_rhythm){3, 2};
    learner.rhythm = (struct fact_rhythm){4, 1};
    expect_far();
}

static void two_little_things_are_near_three_are_not(void **state)
{
    (void)state;
    learner.available_from = STARTS_ON + 15;
    learner.maximum_hours = 30;
    offer.weekly_minutes = 31 * 60;
    assert_true(misses_nearly());
    assert_int_equal(miss.gap_count, 2);
    offer.adults_only = true;
    learner.of_age_on = STARTS_ON + 1;
    expect_far();
}

static void without_any_skill_nothing_is_near(void **state)
{
    (void)state;
    learner.available_from = STARTS_ON + 15;
    learner.claim_count = 0;
    expect_far();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_pair_that_fits_misses_nothing, begin),
        cmocka_unit_test_setup(a_late_start, begin),
        cmocka_unit_test_setup(hours_of_the_week, begin),
        cmocka_unit_test_setup(hours_of_the_day, begin),
        cmocka_unit_test_setup(distance_beyond_the_radius, begin),
        cmocka_unit_test_setup(licences_in_progress, begin),
        cmocka_unit_test_setup(authorisations_that_ran_out, begin),
        cmocka_unit_test_setup(languages_one_level_below, begin),
        cmocka_unit_test_setup(age_soon, begin),
        cmocka_unit_test_setup(what_is_never_near, begin),
        cmocka_unit_test_setup(two_little_things_are_near_three_are_not, begin),
        cmocka_unit_test_setup(without_any_skill_nothing_is_near, begin),
    };
    return cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
}
