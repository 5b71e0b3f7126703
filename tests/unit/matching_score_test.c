#include "matching_support.h"

#include "matching/score.h"
#include "matching/score_steps.h"

static struct support_catalogue catalogue;

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

enum { TODAY = 20000, HERE_LATITUDE = 50633000, HERE_LONGITUDE = 3066000 };

static int32_t skill(const char *id)
{
    return support_skill(catalogue.referential, id);
}

static struct score score_facts(const struct learner_facts *learner_facts,
                                const struct offer_facts *offer_facts)
{
    struct learner_profile *learner = learner_profile_create(learner_facts, catalogue.referential);
    struct offer_profile *offer = offer_profile_create(offer_facts, catalogue.referential);
    assert_non_null(learner);
    assert_non_null(offer);
    struct score score = score_pair(learner, offer);
    assert_true(score.learner <= score_learner_most(learner));
    assert_true(score.total <= SCORE_ONE && score.employer <= SCORE_ONE);
    assert_int_equal(score.total > 0, !score.failed && score.employer > 0);
    learner_profile_free(learner);
    offer_profile_free(offer);
    return score;
}

/* Two that match: one skill asked for and held. */
static void start_pair(struct learner_facts *learner, struct offer_facts *offer)
{
    learner_facts_start(learner);
    learner->today = TODAY;
    learner->claims[0] = (struct fact_claim){skill("s0"), 3, FACT_WORK};
    learner->claim_count = 1;
    offer_facts_start(offer);
    offer->today = TODAY;
    offer->requirements[0] = (struct fact_requirement){skill("s0"), 3, true};
    offer->requirement_count = 1;
    offer->remote = 1;
}

static void expect_failed(const struct learner_facts *learner, const struct offer_facts *offer,
                          uint32_t failed)
{
    struct score score = score_facts(learner, offer);
    assert_int_equal(score.failed, failed);
    assert_int_equal(score.total == 0, failed != 0);
}

#define FAILS(learner, offer, name) expect_failed(learner, offer, 1u << CONSTRAINT_##name)
#define FITS(learner, offer) expect_failed(learner, offer, 0)

/* -- the employer's side -------------------------------------------------------------------------
 */

static uint16_t employer_of(uint8_t level, uint8_t evidence, uint8_t wanted)
{
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.claims[0].level = level;
    learner.claims[0].evidence = evidence;
    offer.requirements[0].level = wanted;
    return score_facts(&learner, &offer).employer;
}

static void level_and_evidence_count(void **state)
{
    (void)state;
    assert_int_equal(employer_of(3, FACT_WORK, 3), 10000);
    assert_int_equal(employer_of(4, FACT_WORK, 3), 10000);
    assert_int_equal(employer_of(2, FACT_WORK, 3), 6000);
    assert_int_equal(employer_of(2, FACT_WORK, 4), 3000);
    assert_int_equal(employer_of(1, FACT_WORK, 4), 1000);
    assert_int_equal(employer_of(3, FACT_DECLARED, 3), 7000);
    assert_int_equal(employer_of(3, FACT_OBSERVED, 3), 8500);
    assert_int_equal(employer_of(3, FACT_ATTESTED, 3), 9500);
    assert_int_equal(employer_of(3, FACT_PROJECT, 3), 9000);
    /* Out of bounds: as if absent. */
    assert_int_equal(employer_of(0, 0, 2), 7000);
    assert_int_equal(employer_of(9, 99, 2), 7000);
}

static void requirements_weigh_by_importance_and_rarity(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    offer.requirements[1] = (struct fact_requirement){skill("s12"), 2, false};
    offer.requirements[2] = (struct fact_requirement){REFERENTIAL_NONE, 2, true};
    offer.requirement_count = 3;
    unsigned held = 3 * referential_skill_weight(catalogue.referential, skill("s0"));
    unsigned missing = referential_skill_weight(catalogue.referential, skill("s12"));
    assert_int_equal(score_facts(&learner, &offer).employer, 10000 * held / (held + missing));
    /* Asked for twice: once, at its strongest. */
    offer.requirements[2] = (struct fact_requirement){skill("s12"), 4, true};
    assert_int_equal(score_facts(&learner, &offer).employer, 10000 * held / (held + 3 * missing));
    learner.claims[0].skill = skill("s12");
    offer.requirements[0].skill = skill("s12");
    assert_int_equal(score_facts(&learner, &offer).employer, 6000); /* level 3 of 4 */
}

static void near_skills_count_less(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    unsigned count;
    const struct near_skill *near =
        referential_skill_near(catalogue.referential, skill("s0"), &count);
    assert_true(count > 1);
    for (unsigned i = 0; i < count; i++) {
        offer.requirements[0].skill = near[i].skill;
        assert_int_equal(score_facts(&learner, &offer).employer, near[i].nearness * 10000 / 256);
    }
    offer.requirements[0].skill = skill("s33");
    assert_int_equal(score_facts(&learner, &offer).employer, 0);
}

static void offers_without_skills_take_those_of_their_role(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    offer.requirements[0].skill = REFERENTIAL_NONE;
    assert_int_equal(score_facts(&learner, &offer).total, 0);
    offer.role = support_role(catalogue.referential, "r0");
    assert_true(score_facts(&learner, &offer).total > 0);
    struct offer_profile *profile = offer_profile_create(&offer, catalogue.referential);
    assert_true(offer_profile_from_role(profile));
    assert_int_equal(profile->requirement_count, 6); /* the core ones */
    assert_int_equal(profile->unknown_count, 1);
    offer_profile_free(profile);
    offer.requirements[0].skill = skill("s9");
    profile = offer_profile_create(&offer, catalogue.referential);
    assert_false(offer_profile_from_role(profile));
    offer_profile_free(profile);
}

/* What a random learner can do more, or shows better, never lowers a score. */
static void more_claims_never_lower_a_score(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (int i = 0; i < 3000; i++) {
        struct learner_facts learner;
        struct offer_facts offer;
        start_pair(&learner, &offer);
        offer.requirement_count = (unsigned)support_between(&random, 1, 10);
        for (unsigned j = 0; j < offer.requirement_count; j++)
            offer.requirements[j] = (struct fact_requirement){
                support_between(&random, 0, 9), (uint8_t)support_between(&random, 1, 4),
                support_chance(&random, 50)};
        unsigned count = (unsigned)support_between(&random, 1, 10);
        uint16_t before = 0;
        for (unsigned j = 0; j < count; j++) {
            learner.claims[j] = (struct fact_claim){support_between(&random, 0, 9),
                                                    (uint8_t)support_between(&random, 1, 4),
                                                    (uint8_t)support_between(&random, 1, 5)};
            learner.claim_count = j + 1;
            uint16_t after = score_facts(&learner, &offer).total;
            assert_true(after >= before);
            before = after;
        }
        learner.claims[0].level = 4;
        learner.claims[0].evidence = FACT_WORK;
        assert_true(score_facts(&learner, &offer).total >= before);
    }
}

/* -- the learner's side --------------------------------------------------------------------------
 */

static void wishes_add_to_the_learners_side(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    assert_int_equal(score_facts(&learner, &offer).learner, 7000);
    assert_int_equal(score_facts(&learner, &offer).total, 8366); /* root of 10000 × 7000 */
    offer.contract = 2;
    assert_int_equal(score_facts(&learner, &offer).learner, 7000);
    learner.contracts = 1 << 1 | 1 << 4;
    assert_int_equal(score_facts(&learner, &offer).learner, 7500);
    offer.role = support_role(catalogue.referential, "r3");
    learner.roles[0] = support_role(catalogue.referential, "r7");
    learner.roles[1] = support_role(catalogue.referential, "r3");
    learner.role_count = 2;
    assert_int_equal(score_facts(&learner, &offer).learner, 7500 + 1500 * 15 / 16);
    learner.roles[0] = learner.roles[1];
    assert_int_equal(score_facts(&learner, &offer).learner, 9000);
    learner.roles[0] = support_role(catalogue.referential, "r2");
    learner.role_count = 1;
    unsigned nearness =
        referential_role_nearness(catalogue.referential, learner.roles[0], offer.role);
    assert_in_range(nearness, 1, 255);
    assert_int_equal(score_facts(&learner, &offer).learner, 7500 + 1500 * nearness / 256);
}

static void a_short_way_adds_to_the_learners_side(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.place = offer.place = (struct fact_place){true, HERE_LATITUDE, HERE_LONGITUDE};
    assert_int_equal(score_facts(&learner, &offer).learner, 8000);
    offer.place.latitude += 134898; /* 15 km of 30 */
    assert_in_range(score_facts(&learner, &offer).learner, 7499, 7501);
    learner.radius_km = 0;
    offer.place = learner.place;
    assert_int_equal(score_facts(&learner, &offer).learner, 7000);
    offer.remote_full = true;
    offer.place.latitude = 0;
    assert_int_equal(score_facts(&learner, &offer).learner, 8000);
}

/* -- constraints ---------------------------------------------------------------------------------
 */

static void contracts(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.contracts = 1 << 3;
    FITS(&learner, &offer);
    offer.contract = 4;
    FITS(&learner, &offer);
    offer.contract = 5;
    FAILS(&learner, &offer, CONTRACT);
    learner.contracts = 0;
    FITS(&learner, &offer);
}

static void starts(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    offer.starts_on = TODAY + 10;
    FITS(&learner, &offer);
    learner.available_from = TODAY + 24;
    FITS(&learner, &offer);
    learner.available_from = TODAY + 25;
    FAILS(&learner, &offer, START);
    offer.starts_on = FACT_NO_DAY;
    FITS(&learner, &offer);
}

static void hours(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.minimum_hours = 20;
    learner.maximum_hours = 30;
    FITS(&learner, &offer);
    offer.weekly_minutes = 20 * 60;
    FITS(&learner, &offer);
    offer.weekly_minutes = 20 * 60 - 1;
    FAILS(&learner, &offer, HOURS);
    offer.weekly_minutes = 30 * 60;
    FITS(&learner, &offer);
    offer.weekly_minutes = 30 * 60 + 1;
    FAILS(&learner, &offer, HOURS);
    learner.maximum_hours = 0;
    FITS(&learner, &offer);
}

static void schedules(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    offer.schedule[0] = (struct fact_hours){1, 8 * 60, 16 * 60};
    offer.schedule[1] = (struct fact_hours){2, 20 * 60, 24 * 60};
    offer.schedule[2] = (struct fact_hours){3, 0, 4 * 60};
    offer.schedule_count = 3;
    FITS(&learner, &offer);
    /* In any order, touching, overlapping, and through midnight. */
    learner.free_hours[0] = (struct fact_hours){3, 0, 12 * 60};
    learner.free_hours[1] = (struct fact_hours){1, 12 * 60, 18 * 60};
    learner.free_hours[2] = (struct fact_hours){1, 7 * 60, 12 * 60};
    learner.free_hours[3] = (struct fact_hours){2, 12 * 60, 24 * 60};
    learner.free_hours[4] = (struct fact_hours){1, 8 * 60, 9 * 60};
    learner.free_hours_count = 5;
    FITS(&learner, &offer);
    learner.free_hours[2].from = 8 * 60 + 1;
    learner.free_hours_count = 4;
    FAILS(&learner, &offer, SCHEDULE);
    learner.free_hours[2].from = 8 * 60;
    FITS(&learner, &offer);
    learner.free_hours[1].from = 12 * 60 + 1; /* a minute missing in the middle */
    FAILS(&learner, &offer, SCHEDULE);
    offer.schedule_count = 0;
    FITS(&learner, &offer);
    /* Hours that cannot be are not there. */
    learner.free_hours[0] = (struct fact_hours){9, 0, 60};
    learner.free_hours[1] = (struct fact_hours){1, 60, 60};
    learner.free_hours[2] = (struct fact_hours){1, -5, 99999};
    learner.free_hours_count = 3;
    offer.schedule_count = 3;
    FITS(&learner, &offer);
}

static void distances(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.place = offer.place = (struct fact_place){true, HERE_LATITUDE, HERE_LONGITUDE};
    offer.place.latitude += 269000; /* 29.9 km */
    FITS(&learner, &offer);
    offer.place.latitude += 2000;
    FAILS(&learner, &offer, DISTANCE);
    learner.radius_km = 31;
    FITS(&learner, &offer);
    offer.place.latitude = 0;
    FAILS(&learner, &offer, DISTANCE);
    offer.remote_full = true;
    FITS(&learner, &offer);
    offer.remote_full = false;
    learner.place.known = false;
    FITS(&learner, &offer);
    learner.place.known = true;
    offer.place.known = false;
    FITS(&learner, &offer);
}

static void remotes(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.remotes = 1 << 1 | 1 << 2;
    FAILS(&learner, &offer, REMOTE);
    offer.remote = 2;
    FITS(&learner, &offer);
    learner.remotes = 1;
    FAILS(&learner, &offer, REMOTE);
    learner.remotes = 0;
    FITS(&learner, &offer);
}

static void rhythms(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    learner.rhythm = (struct fact_rhythm){3, 2};
    offer.rhythm = (struct fact_rhythm){15, 5};
    FITS(&learner, &offer);
    offer.alternance = true;
    FAILS(&learner, &offer, RHYTHM);
    offer.rhythm = (struct fact_rhythm){3, 1};
    FAILS(&learner, &offer, RHYTHM);
    offer.rhythm = (struct fact_rhythm){3, 2};
    FITS(&learner, &offer);
    offer.rhythm.company = 0;
    FITS(&learner, &offer);
    learner.rhythm.company = 0;
    FITS(&learner, &offer);
}

static void licences(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    offer.licences = 1 << 5;
    FAILS(&learner, &offer, LICENCE);
    learner.licences = 1 << 4;
    FAILS(&learner, &offer, LICENCE);
    learner.licences = 1 << 5 | 1 << 4;
    FITS(&learner, &offer);
    offer.licences |= 1 << 10;
    FAILS(&learner, &offer, LICENCE);
}

static void authorisations(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    offer.authorisations = 1 << 6;
    FAILS(&learner, &offer, AUTHORISATION);
    learner.authorisations[0] = (struct fact_authorisation){7, FACT_NO_DAY};
    learner.authorisation_count = 1;
    FITS(&learner, &offer);
    learner.authorisations[0].expires_on = TODAY;
    FITS(&learner, &offer);
    learner.authorisations[0].expires_on = TODAY - 1;
    FAILS(&learner, &offer, AUTHORISATION);
    learner.authorisations[0].expires_on = TODAY + 9;
    offer.starts_on = TODAY + 10;
    FAILS(&learner, &offer, AUTHORISATION);
    offer.starts_on = TODAY + 9;
    FITS(&learner, &offer);
    offer.starts_on = TODAY - 100; /* past: today counts */
    learner.authorisations[0].expires_on = TODAY - 1;
    FAILS(&learner, &offer, AUTHORISATION);
    /* Held twice: the later one counts. */
    learner.authorisations[1] = (struct fact_authorisation){7, TODAY + 3};
    learner.authorisations[2] = (struct fact_authorisation){7, TODAY + 5};
    learner.authorisation_count = 3;
    offer.starts_on = TODAY + 4;
    FITS(&learner, &offer);
    offer.authorisations |= 1;
    FAILS(&learner, &offer, AUTHORISATION);
}

static void languages(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    offer.languages[0] = (struct fact_language){"en", 3};
    offer.language_count = 1;
    FAILS(&learner, &offer, LANGUAGE);
    learner.languages[0] = (struct fact_language){"es", 6};
    learner.languages[1] = (struct fact_language){"en", 2};
    learner.language_count = 2;
    FAILS(&learner, &offer, LANGUAGE);
    learner.languages[1].level = 3;
    FITS(&learner, &offer);
    offer.languages[0] = (struct fact_language){"fr", 6};
    FITS(&learner, &offer);
    learner.languages[0] = (struct fact_language){"fr", 2};
    FAILS(&learner, &offer, LANGUAGE);
}

static void ages(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    offer.adults_only = true;
    FITS(&learner, &offer);
    learner.of_age_on = TODAY;
    FITS(&learner, &offer);
    learner.of_age_on = TODAY + 1;
    FAILS(&learner, &offer, AGE);
    offer.starts_on = TODAY;
    FAILS(&learner, &offer, AGE);
    offer.starts_on = TODAY + 1;
    FITS(&learner, &offer);
    offer.starts_on = TODAY - 50;
    FAILS(&learner, &offer, AGE);
    offer.adults_only = false;
    FITS(&learner, &offer);
}

/* -- days, ties, names ---------------------------------------------------------------------------
 */

static void expect_learner_changes_on(const struct learner_facts *facts, int32_t day)
{
    struct learner_profile *profile = learner_profile_create(facts, catalogue.referential);
    assert_int_equal(learner_profile_changes_on(profile), day);
    learner_profile_free(profile);
}

static void expect_offer_changes_on(const struct offer_facts *facts, int32_t day, bool closed)
{
    struct offer_profile *profile = offer_profile_create(facts, catalogue.referential);
    assert_int_equal(offer_profile_changes_on(profile), day);
    assert_int_equal(offer_profile_closed(profile), closed);
    offer_profile_free(profile);
}

static void profiles_tell_when_they_change(void **state)
{
    (void)state;
    struct learner_facts learner;
    struct offer_facts offer;
    start_pair(&learner, &offer);
    expect_learner_changes_on(&learner, INT32_MAX);
    learner.of_age_on = TODAY + 9;
    expect_learner_changes_on(&learner, TODAY + 9);
    learner.authorisations[0] = (struct fact_authorisation){3, TODAY + 5};
    learner.authorisations[1] = (struct fact_authorisation){4, TODAY - 5};
    learner.authorisations[2] = (struct fact_authorisation){5, FACT_NO_DAY};
    learner.authorisation_count = 3;
    expect_learner_changes_on(&learner, TODAY + 6);
    learner.today = TODAY + 6;
    expect_learner_changes_on(&learner, TODAY + 9);
    learner.today = TODAY + 9;
    expect_learner_changes_on(&learner, INT32_MAX);
    expect_offer_changes_on(&offer, INT32_MAX, false);
    offer.closes_on = TODAY;
    expect_offer_changes_on(&offer, TODAY + 1, false);
    offer.closes_on = TODAY - 1;
    expect_offer_changes_on(&offer, INT32_MAX, true);
}

static int rank_compare(const void *one, const void *other)
{
    const uint64_t *a = one;
    const uint64_t *b = other;
    return *a < *b ? -1 : *a > *b;
}

/* Ranks of equal totals differ, and follow neither number. */
static void ranks_never_tie(void **state)
{
    (void)state;
    enum { COUNT = 100000 };
    uint64_t *ranks = malloc(2 * COUNT * sizeof *ranks);
    assert_non_null(ranks);
    size_t rising = 0;
    for (uint64_t i = 0; i < COUNT; i++) {
        ranks[i] = score_rank(5000, 77, i + 1);
        ranks[COUNT + i] = score_rank(5000, i + 1, 77);
        assert_int_equal(ranks[i] >> 48, 5000);
        rising += i && ranks[i] > ranks[i - 1];
    }
    qsort(ranks, COUNT, sizeof *ranks, rank_compare);
    qsort(ranks + COUNT, COUNT, sizeof *ranks, rank_compare);
    for (int i = 1; i < COUNT; i++) {
        assert_true(ranks[i] != ranks[i - 1]);
        assert_true(ranks[COUNT + i] != ranks[COUNT + i - 1]);
    }
    assert_in_range(rising, COUNT * 2 / 5, COUNT * 3 / 5);
    assert_true(score_rank(5001, 1, 1) > ranks[COUNT - 1]);
    free(ranks);
    assert_true(score_rank(1, 77, UINT64_C(0xffffffffffff)) != score_rank(1, 77, 1));
    assert_true(score_rank(1, 1, 2) != score_rank(1, 2, 1));
}

/* Learners 1 to 8 in the order shown for an offer on a day. */
static void order_shown(const uint16_t totals[8], uint64_t offer, int32_t day, int order[8])
{
    for (int i = 0; i < 8; i++) {
        uint64_t mine = score_turn(totals[i], (uint64_t)i + 1, offer, day);
        int place = 0;
        for (int j = 0; j < 8; j++) {
            uint64_t its = score_turn(totals[j], (uint64_t)j + 1, offer, day);
            assert_true(i == j || its != mine);
            place += its > mine;
        }
        order[place] = i + 1;
    }
}

/* Over offers and days each of near-equals is first about as often; a better percent always is. */
static void near_equals_take_turns(void **state)
{
    (void)state;
    static const uint16_t equal[8] = {7950, 8049, 8000, 8001, 7999, 8010, 7960, 8040};
    static const uint16_t better[8] = {7950, 8050, 8049, 7950, 7949, 7950, 7950, 7950};
    int order[8];
    int again[8];
    int first[9] = {0};
    int changed = 0;
    for (int32_t day = 20000; day < 20100; day++) {
        for (uint64_t offer = 1; offer <= 8; offer++) {
            order_shown(equal, offer, day, order);
            first[order[0]]++;
            order_shown(equal, offer, day, again);
            assert_memory_equal(order, again, sizeof order);
            order_shown(equal, offer, day + 1, again);
            changed += memcmp(order, again, sizeof order) != 0;
            order_shown(better, offer, day, order);
            assert_int_equal(order[0], 2);
            assert_int_equal(order[7], 5);
        }
    }
    for (int i = 1; i <= 8; i++)
        assert_in_range(first[i], 60, 140); /* of 800; 100 expected, 4 deviations away */
    assert_true(changed > 790);
}

static void names_are_complete(void **state)
{
    (void)state;
    for (enum constraint constraint = 0; constraint < CONSTRAINT_END; constraint++)
        assert_non_null(constraint_name(constraint));
    assert_string_equal(constraint_name(CONSTRAINT_AGE), "age");
    char id[MODEL_ID_SIZE];
    char expected[MODEL_ID_SIZE];
    model_id(catalogue.referential, id);
    snprintf(expected, sizeof expected, "m2-%s", referential_hash(catalogue.referential));
    assert_string_equal(id, expected);
    learner_profile_free(NULL);
    offer_profile_free(NULL);
}

/* Facts far out of bounds make a profile all the same. */
static void wild_facts_make_profiles(void **state)
{
    (void)state;
    uint64_t random = 9;
    for (int i = 0; i < 2000; i++) {
        struct learner_facts learner;
        struct offer_facts offer;
        for (size_t at = 0; at < sizeof learner; at++)
            ((uint8_t *)&learner)[at] = (uint8_t)support_random(&random);
        for (size_t at = 0; at < sizeof offer; at++)
            ((uint8_t *)&offer)[at] = (uint8_t)support_random(&random);
        learner.place.known = i & 1;
        offer.place.known = offer.remote_full = offer.alternance = offer.adults_only = i & 2;
        for (int j = 0; j < FACT_REQUIREMENTS_MAX; j++) {
            offer.requirements[j].skill %= 50;
            offer.requirements[j].required = i & 4;
        }
        for (int j = 0; j < FACT_CLAIMS_MAX; j++)
            learner.claims[j].skill %= 50;
        score_facts(&learner, &offer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(level_and_evidence_count),
        cmocka_unit_test(requirements_weigh_by_importance_and_rarity),
        cmocka_unit_test(near_skills_count_less),
        cmocka_unit_test(offers_without_skills_take_those_of_their_role),
        cmocka_unit_test(more_claims_never_lower_a_score),
        cmocka_unit_test(wishes_add_to_the_learners_side),
        cmocka_unit_test(a_short_way_adds_to_the_learners_side),
        cmocka_unit_test(contracts),
        cmocka_unit_test(starts),
        cmocka_unit_test(hours),
        cmocka_unit_test(schedules),
        cmocka_unit_test(distances),
        cmocka_unit_test(remotes),
        cmocka_unit_test(rhythms),
        cmocka_unit_test(licences),
        cmocka_unit_test(authorisations),
        cmocka_unit_test(languages),
        cmocka_unit_test(ages),
        cmocka_unit_test(profiles_tell_when_they_change),
        cmocka_unit_test(ranks_never_tie),
        cmocka_unit_test(near_equals_take_turns),
        cmocka_unit_test(names_are_complete),
        cmocka_unit_test(wild_facts_make_profiles),
    };
    return cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
}
