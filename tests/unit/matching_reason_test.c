#include "matching_support.h"

#include "matching/reason.h"

enum { TODAY = 20000 };

static struct support_catalogue catalogue;
static struct prospects prospects;

static int open_catalogue(void **state)
{
    (void)state;
    catalogue = support_catalogue_regular(40, 10);
    prospects_start(&prospects, TODAY);
    return 0;
}

static int close_catalogue(void **state)
{
    (void)state;
    support_catalogue_close(&catalogue);
    return 0;
}

static int32_t skill(const char *id)
{
    return support_skill(catalogue.referential, id);
}

static void start_pair(struct learner_facts *learner, struct offer_facts *offer)
{
    learner_facts_start(learner);
    learner->today = TODAY;
    offer_facts_start(offer);
    offer->today = TODAY;
    offer->remote = 1;
}

static struct reason reasons[REASONS_MAX];
static unsigned reason_count;

static void explain(const struct learner_facts *learner_facts,
                    const struct offer_facts *offer_facts)
{
    struct learner_profile *learner = learner_profile_create(learner_facts, catalogue.referential);
    struct offer_profile *offer = offer_profile_create(offer_facts, catalogue.referential);
    reason_count = reasons_explain(learner, offer, &prospects, reasons);
    learner_profile_free(learner);
    offer_profile_free(offer);
}

/* The only reason with that code. */
static const struct reason *only(enum reason_code code)
{
    const struct reason *found = NULL;
    for (unsigned i = 0; i < reason_count; i++) {
        if (reasons[i].code != code)
            continue;
        assert_null(found);
        found = &reasons[i];
    }
    assert_non_null(found);
    return found;
}

static void skills_are_explained_by_what_weighs_most(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.claims[0] = (struct fact_claim){skill("s0"), 3, FACT_PROJECT};
    learner.claims[1] = (struct fact_claim){skill("s12"), 1, FACT_DECLARED};
    learner.claim_count = 2;
    offer.requirements[0] = (struct fact_requirement){skill("s33"), 2, false};
    offer.requirements[1] = (struct fact_requirement){REFERENTIAL_NONE, 2, false};
    offer.requirements[2] = (struct fact_requirement){skill("s38"), 4, true};
    offer.requirements[3] = (struct fact_requirement){skill("s0"), 3, true};
    offer.requirements[4] = (struct fact_requirement){skill("s12"), 2, false};
    offer.requirement_count = 5;
    explain(&learner, &offer);
    assert_int_equal(reason_count, 6);

    assert_int_equal(reasons[0].code, REASON_FITS);
    assert_int_equal(reasons[0].skill, skill("s0"));
    assert_int_equal(reasons[0].claim, skill("s0"));
    assert_int_equal(reasons[0].path, PATH_SAME);
    assert_int_equal(reasons[0].evidence, FACT_PROJECT);
    assert_int_equal(reasons[0].level, 3);
    assert_int_equal(reasons[0].wanted_level, 3);
    assert_true(reasons[0].required);
    assert_in_range(reasons[0].credit, reasons[0].weight * 9 / 10 - 1, reasons[0].weight * 9 / 10);

    assert_int_equal(reasons[1].code, REASON_PARTLY);
    assert_int_equal(reasons[1].skill, skill("s12"));
    assert_int_equal(reasons[1].level, 1);
    assert_false(reasons[1].required);

    assert_int_equal(reasons[2].code, REASON_MISSING);
    assert_int_equal(reasons[2].skill, skill("s38"));
    assert_int_equal(reasons[2].claim, REFERENTIAL_NONE);
    assert_int_equal(reasons[2].credit, 0);
    assert_int_equal(reasons[3].code, REASON_MISSING);
    assert_int_equal(reasons[3].skill, skill("s33"));
    assert_true(reasons[2].weight > reasons[3].weight);
    int32_t total = reasons[0].weight + reasons[1].weight + reasons[2].weight + reasons[3].weight;
    assert_in_range(total, SCORE_ONE - 4, SCORE_ONE);

    assert_int_equal(only(REASON_UNCHECKED)->constraint, CONSTRAINT_DISTANCE);
    assert_int_equal(only(REASON_UNKNOWN_WORDS)->value, 1);
}

static void a_near_skill_fits_partly(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    unsigned count;
    const struct near_skill *near =
        referential_skill_near(catalogue.referential, skill("s0"), &count);
    unsigned partly = 0;
    learner.claims[0] = (struct fact_claim){skill("s0"), 4, FACT_WORK};
    learner.claim_count = offer.requirement_count = 1;
    for (unsigned i = 0; i < count; i++) {
        offer.requirements[0] = (struct fact_requirement){near[i].skill, 2, true};
        explain(&learner, &offer);
        bool one = near[i].nearness == NEARNESS_ONE;
        const struct reason *reason = only(one ? REASON_FITS : REASON_PARTLY);
        assert_int_equal(reason->path, near[i].path);
        assert_int_equal(reason->claim, skill("s0"));
        assert_int_equal(reason->skill, near[i].skill);
        partly += !one;
    }
    assert_true(partly > 0);
}

static void skills_of_the_role_are_said_to_be(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    offer.role = support_role(catalogue.referential, "r2");
    learner.roles[0] = support_role(catalogue.referential, "r1");
    learner.roles[1] = offer.role;
    learner.role_count = 2;
    learner.contracts = 1 << 3;
    offer.contract = 4;
    explain(&learner, &offer);
    assert_int_equal(only(REASON_FROM_ROLE)->role, offer.role);
    unsigned wishes = 0;
    for (unsigned i = 0; i < reason_count; i++) {
        if (reasons[i].code != REASON_WISH)
            continue;
        if (reasons[i].role == REFERENTIAL_NONE)
            assert_int_equal(reasons[i].value, 4);
        else
            assert_int_equal(reasons[i].role, offer.role);
        wishes++;
    }
    assert_int_equal(wishes, 2);
}

static void expect_barred(enum constraint constraint, int64_t value, int64_t limit)
{
    const struct reason *reason = only(REASON_BARRED);
    assert_int_equal(reason->constraint, constraint);
    assert_int_equal(reason->value, value);
    assert_int_equal(reason->limit, limit);
}

static void single_bars_name_value_and_limit(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.contracts = 1 << 3 | 1;
    offer.contract = 3;
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_CONTRACT, 3, 9);

    start_pair(&learner, &offer);
    learner.available_from = TODAY + 40;
    offer.starts_on = TODAY;
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_START, TODAY + 40, TODAY + 14);

    start_pair(&learner, &offer);
    learner.minimum_hours = 20;
    learner.maximum_hours = 30;
    offer.weekly_minutes = 600;
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_HOURS, 600, 1200);
    offer.weekly_minutes = 2100;
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_HOURS, 2100, 1800);

    start_pair(&learner, &offer);
    learner.remotes = 6;
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_REMOTE, 1, 6);

    start_pair(&learner, &offer);
    offer.alternance = true;
    offer.rhythm = (struct fact_rhythm){4, 1};
    learner.rhythm = (struct fact_rhythm){3, 2};
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_RHYTHM, 401, 302);

    start_pair(&learner, &offer);
    offer.adults_only = true;
    learner.of_age_on = TODAY + 3;
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_AGE, TODAY + 3, 0);
    offer.starts_on = TODAY + 1;
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_AGE, TODAY + 3, TODAY + 1);

    start_pair(&learner, &offer);
    offer.languages[0] = (struct fact_language){"en", 4};
    offer.language_count = 1;
    learner.languages[0] = (struct fact_language){"en", 3};
    learner.language_count = 1;
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_LANGUAGE, 'e' * 256 + 'n', 4);
    assert_int_equal(only(REASON_BARRED)->level, 3);
}

static void distances_are_given_in_km(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.place = offer.place = (struct fact_place){true, 50000000, 3000000};
    offer.place.latitude += 270000; /* 30.02 km */
    explain(&learner, &offer);
    expect_barred(CONSTRAINT_DISTANCE, 31, 30);
    assert_int_equal(only(REASON_DISTANCE)->value, 31); /* the same way, the same number */
    assert_int_equal(only(REASON_DISTANCE)->limit, 30);
    offer.remote_full = true;
    explain(&learner, &offer);
    assert_int_equal(reason_count, 0);
}

static void every_missing_paper_is_named(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.place = offer.place = (struct fact_place){true, 50000000, 3000000};
    offer.licences = 1 << 5 | 1 << 6;
    learner.licences = 1 << 5;
    offer.authorisations = 1 << 1 | 1 << 2 | 1 << 3;
    offer.starts_on = TODAY + 10;
    learner.available_from = TODAY;
    learner.authorisations[0] = (struct fact_authorisation){2, FACT_NO_DAY};
    learner.authorisations[1] = (struct fact_authorisation){3, TODAY + 5};
    learner.authorisation_count = 2;
    learner.free_hours[0] = (struct fact_hours){1, 0, 720};
    learner.free_hours_count = 1;
    offer.schedule[0] = (struct fact_hours){1, 60, 120};
    offer.schedule[1] = (struct fact_hours){1, 700, 800};
    offer.schedule[2] = (struct fact_hours){2, 60, 120};
    offer.schedule_count = 3;
    explain(&learner, &offer);
    static const struct {
        enum constraint constraint;
        int64_t value, limit;
    } expected[] = {
        {CONSTRAINT_SCHEDULE, 700, 800},  {CONSTRAINT_SCHEDULE, 1500, 1560},
        {CONSTRAINT_LICENCE, 7, 0},       {CONSTRAINT_AUTHORISATION, 3, TODAY + 5},
        {CONSTRAINT_AUTHORISATION, 4, 0},
    };
    assert_int_equal(reason_count, 6);
    for (unsigned i = 0; i < 5; i++) {
        assert_int_equal(reasons[i].code, REASON_BARRED);
        assert_int_equal(reasons[i].constraint, expected[i].constraint);
        assert_int_equal(reasons[i].value, expected[i].value);
        assert_int_equal(reasons[i].limit, expected[i].limit);
    }
    assert_int_equal(reasons[5].code, REASON_DISTANCE);
}

static void what_one_side_leaves_out_is_unchecked(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.contracts = 1;
    learner.available_from = TODAY;
    learner.minimum_hours = 10;
    learner.free_hours[0] = (struct fact_hours){1, 0, 720};
    learner.free_hours_count = 1;
    learner.rhythm = (struct fact_rhythm){3, 2};
    learner.place = (struct fact_place){true, 50000000, 3000000};
    offer.alternance = true;
    explain(&learner, &offer);
    static const enum constraint expected[] = {CONSTRAINT_CONTRACT, CONSTRAINT_START,
                                               CONSTRAINT_HOURS,    CONSTRAINT_SCHEDULE,
                                               CONSTRAINT_DISTANCE, CONSTRAINT_RHYTHM};
    assert_int_equal(reason_count, 6);
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(reasons[i].code, REASON_UNCHECKED);
        assert_int_equal(reasons[i].constraint, expected[i]);
    }
}

/* A pair with more to say than there is room: what bars is never the part left out. */
static void too_many_reasons_are_cut_at_the_end(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    struct support_catalogue large = support_catalogue_regular(200, 2);
    start_pair(&learner, &offer);
    offer.requirement_count = FACT_REQUIREMENTS_MAX;
    for (int i = 0; i < FACT_REQUIREMENTS_MAX; i++)
        offer.requirements[i] = (struct fact_requirement){i * 3, 2, i % 2};
    offer.licences = 0xff;
    offer.authorisations = 0x7fff;
    offer.language_count = 8;
    for (int i = 0; i < 8; i++)
        offer.languages[i] = (struct fact_language){{'a', (char)('a' + i)}, 3};
    struct learner_profile *learner_profile = learner_profile_create(&learner, large.referential);
    struct offer_profile *offer_profile = offer_profile_create(&offer, large.referential);
    reason_count = reasons_explain(learner_profile, offer_profile, &prospects, reasons);
    unsigned barred = 0;
    for (unsigned i = 0; i < reason_count; i++)
        barred += reasons[i].code == REASON_BARRED;
    assert_int_equal(barred, 8 + 15 + 8);
    assert_true(reason_count <= REASONS_MAX);
    learner_profile_free(learner_profile);
    offer_profile_free(offer_profile);
    for (int i = 0; i < FACT_REQUIREMENTS_MAX; i++)
        offer.requirements[i].skill = REFERENTIAL_NONE;
    offer.authorisations = UINT32_MAX;
    offer.licences = UINT32_MAX;
    offer_profile = offer_profile_create(&offer, large.referential);
    learner_profile = learner_profile_create(&learner, large.referential);
    assert_int_equal(reasons_explain(learner_profile, offer_profile, &prospects, reasons),
                     REASONS_MAX);
    learner_profile_free(learner_profile);
    offer_profile_free(offer_profile);
    support_catalogue_close(&large);
}

static void names_are_complete(void **state)
{
    (void)state;
    for (enum reason_code code = 0; code < REASON_CODE_END; code++)
        assert_non_null(reason_name(code));
    assert_string_equal(reason_name(REASON_UNKNOWN_WORDS), "unknown_words");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(skills_are_explained_by_what_weighs_most),
        cmocka_unit_test(a_near_skill_fits_partly),
        cmocka_unit_test(skills_of_the_role_are_said_to_be),
        cmocka_unit_test(single_bars_name_value_and_limit),
        cmocka_unit_test(distances_are_given_in_km),
        cmocka_unit_test(every_missing_paper_is_named),
        cmocka_unit_test(what_one_side_leaves_out_is_unchecked),
        cmocka_unit_test(too_many_reasons_are_cut_at_the_end),
        cmocka_unit_test(names_are_complete),
    };
    return cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
}
