#include "matching_support.h"

#include "matching/offer_costs.h"

enum { TODAY = 20000, SKILLS = 15, LEARNERS = 300, THRESHOLD = 6000 };

static struct support_catalogue catalogue;
static struct learner_profile *learners[LEARNERS];
static struct offer_facts offer;

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

static void make_learner(struct learner_facts *facts, uint64_t *random)
{
    learner_facts_start(facts);
    facts->today = TODAY;
    facts->claim_count = (unsigned)support_between(random, 3, 9);
    for (unsigned i = 0; i < facts->claim_count; i++)
        facts->claims[i] = (struct fact_claim){support_between(random, 0, SKILLS - 1),
                                               (uint8_t)support_between(random, 2, 4),
                                               (uint8_t)support_between(random, 2, 5)};
    facts->contracts = support_chance(random, 30) ? 2 : 1;
    facts->maximum_hours = support_chance(random, 30) ? 30 : 0;
    facts->licences = (uint32_t)support_between(random, 0, 3);
    facts->available_from = TODAY + support_between(random, 0, 40);
    if (support_chance(random, 60))
        facts->languages[facts->language_count++] = (struct fact_language){{'e', 'n'}, 4};
}

static void make_offer(uint64_t *random)
{
    offer_facts_start(&offer);
    offer.today = TODAY;
    offer.remote = 1;
    offer.contract = 1;
    offer.weekly_minutes = 35 * 60;
    offer.licences = 3;
    offer.starts_on = TODAY + 20;
    offer.languages[offer.language_count++] = (struct fact_language){{'e', 'n'}, 3};
    offer.requirement_count = (unsigned)support_between(random, 2, 6);
    for (unsigned i = 0; i < offer.requirement_count; i++)
        offer.requirements[i] = (struct fact_requirement){
            (int32_t)(i * 2 + (unsigned)support_between(random, 0, 1)),
            (uint8_t)support_between(random, 1, 3), support_chance(random, 50)};
}

static bool candidate(const struct learner_profile *learner, const struct offer_profile *with)
{
    return score_pair(learner, with).total >= THRESHOLD;
}

/* Learners who are candidates for another form of the offer, and not for the offer. */
static uint32_t count_gained(const struct offer_facts *changed)
{
    struct offer_profile *before = offer_profile_create(&offer, catalogue.referential);
    struct offer_profile *after = offer_profile_create(changed, catalogue.referential);
    uint32_t gained = 0;
    for (int i = 0; i < LEARNERS; i++)
        gained += candidate(learners[i], after) && !candidate(learners[i], before) &&
                  (changed->requirement_count == offer.requirement_count ||
                   !score_pair(learners[i], before).failed);
    offer_profile_free(before);
    offer_profile_free(after);
    return gained;
}

static uint32_t told(const struct offer_cost *costs, unsigned count, enum constraint constraint,
                     int32_t item)
{
    for (unsigned i = 0; i < count; i++)
        if (costs[i].constraint == constraint && costs[i].item == item)
            return costs[i].gained;
    return 0;
}

static void expect_costs_of_brute_force(const struct offer_cost *costs, unsigned count)
{
    for (unsigned i = 0; i < offer.requirement_count; i++) {
        struct offer_facts changed = offer;
        changed.requirements[i] = changed.requirements[--changed.requirement_count];
        assert_int_equal(told(costs, count, CONSTRAINT_END, offer.requirements[i].skill),
                         count_gained(&changed));
    }
    struct offer_facts changed = offer;
    changed.contract = 0;
    assert_int_equal(told(costs, count, CONSTRAINT_CONTRACT, 0), count_gained(&changed));
    changed = offer;
    changed.weekly_minutes = 0;
    assert_int_equal(told(costs, count, CONSTRAINT_HOURS, 0), count_gained(&changed));
    changed = offer;
    changed.starts_on = FACT_NO_DAY;
    assert_int_equal(told(costs, count, CONSTRAINT_START, 0), count_gained(&changed));
    changed = offer;
    changed.language_count = 0;
    assert_int_equal(told(costs, count, CONSTRAINT_LANGUAGE, 0), count_gained(&changed));
    changed = offer;
    changed.licences = 0;
    assert_int_equal(told(costs, count, CONSTRAINT_LICENCE, 0), count_gained(&changed));
    changed.licences = 2;
    assert_int_equal(told(costs, count, CONSTRAINT_LICENCE, 1), count_gained(&changed));
    changed.licences = 1;
    assert_int_equal(told(costs, count, CONSTRAINT_LICENCE, 2), count_gained(&changed));
}

static void each_demand_costs_what_brute_force_says(void **state)
{
    (void)state;
    uint64_t random = 5;
    unsigned told_at_all = 0;
    for (int round = 0; round < 30; round++) {
        make_offer(&random);
        for (int i = 0; i < LEARNERS; i++) {
            struct learner_facts facts;
            make_learner(&facts, &random);
            learners[i] = learner_profile_create(&facts, catalogue.referential);
        }
        struct offer_profile *profile = offer_profile_create(&offer, catalogue.referential);
        struct cost_search *search = cost_search_create(profile, THRESHOLD);
        uint32_t candidates = 0;
        for (int i = 0; i < LEARNERS; i++) {
            cost_search_add(search, learners[i]);
            candidates += candidate(learners[i], profile);
        }
        struct cost_counts counts;
        cost_search_count(search, &counts);
        assert_int_equal(counts.learners, LEARNERS);
        assert_int_equal(counts.candidates, candidates);
        struct offer_cost costs[COSTS_MAX];
        unsigned count = cost_search_best(search, costs);
        for (unsigned i = 0; i + 1 < count; i++)
            assert_true(costs[i].gained >= costs[i + 1].gained);
        expect_costs_of_brute_force(costs, count);
        told_at_all += count;
        cost_search_free(search);
        offer_profile_free(profile);
        for (int i = 0; i < LEARNERS; i++)
            learner_profile_free(learners[i]);
    }
    assert_true(told_at_all > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_demand_costs_what_brute_force_says),
    };
    return cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
}
