#include "matching_support.h"

#include "matching/next_steps.h"

enum { TODAY = 20000, SKILLS = 40, OFFERS = 60, THRESHOLD = 6000 };

static struct support_catalogue catalogue;

static int open_catalogue(void **state)
{
    (void)state;
    catalogue = support_catalogue_regular(SKILLS, 10);
    return 0;
}

static int close_catalogue(void **state)
{
    (void)state;
    support_catalogue_close(&catalogue);
    return 0;
}

static struct learner_facts learner;
static struct offer_facts offers[OFFERS];
static unsigned offer_count;

static void make_pair_facts(uint64_t *random, int skills)
{
    learner_facts_start(&learner);
    learner.today = TODAY;
    learner.contracts = 3;
    learner.claim_count = (unsigned)support_between(random, 0, 5);
    for (unsigned i = 0; i < learner.claim_count; i++)
        learner.claims[i] = (struct fact_claim){support_between(random, 0, skills - 1),
                                                (uint8_t)support_between(random, 1, 4),
                                                (uint8_t)support_between(random, 1, 5)};
    for (unsigned o = 0; o < offer_count; o++) {
        offer_facts_start(&offers[o]);
        offers[o].today = TODAY;
        offers[o].remote = 1;
        offers[o].contract = support_chance(random, 20) ? 3 : 1;
        offers[o].requirement_count = (unsigned)support_between(random, 1, 5);
        for (unsigned i = 0; i < offers[o].requirement_count; i++)
            offers[o].requirements[i] = (struct fact_requirement){
                support_between(random, 0, skills - 1), (uint8_t)support_between(random, 1, 4),
                support_chance(random, 50)};
    }
}

/* How many offers are open to the learner with further claims, the plain way. */
static unsigned count_open(const int32_t *skills, unsigned count)
{
    struct learner_facts with = learner;
    for (unsigned i = 0; i < count; i++)
        with.claims[with.claim_count++] = (struct fact_claim){skills[i], STEP_LEVEL, FACT_ATTESTED};
    struct learner_profile *one = learner_profile_create(&with, catalogue.referential);
    unsigned open = 0;
    for (unsigned o = 0; o < offer_count; o++) {
        struct offer_profile *other = offer_profile_create(&offers[o], catalogue.referential);
        open += score_pair(one, other).total >= THRESHOLD;
        offer_profile_free(other);
    }
    learner_profile_free(one);
    return open;
}

static struct learner_profile *profile;

static struct step_search *search_all(void)
{
    profile = learner_profile_create(&learner, catalogue.referential);
    struct step_search *search = step_search_create(profile, THRESHOLD);
    assert_non_null(search);
    for (unsigned o = 0; o < offer_count; o++) {
        struct offer_profile *other = offer_profile_create(&offers[o], catalogue.referential);
        assert_true(step_search_add(search, other));
        offer_profile_free(other);
    }
    return search;
}

static void end_search(struct step_search *search)
{
    step_search_free(search);
    learner_profile_free(profile);
}

/* No set of that size opens more than the first, and every set told opens what it says. */
static void expect_best(struct step_search *search, unsigned size, int skills)
{
    struct next_step steps[5];
    unsigned already = count_open(NULL, 0);
    int count = step_search_best(search, size, steps, 5);
    assert_in_range(count, 0, 5);
    for (int i = 0; i < count; i++) {
        assert_int_equal(steps[i].size, size);
        assert_int_equal(steps[i].opened, count_open(steps[i].skills, size) - already);
        assert_true(i == 0 || steps[i - 1].opened >= steps[i].opened);
        assert_int_equal(step_search_opened(search, steps[i].skills, size), steps[i].opened);
        /* Smaller sets in it open less. */
        for (unsigned left = 0; size > 1 && left < size; left++) {
            int32_t rest[STEP_SIZE_MAX];
            unsigned kept = 0;
            for (unsigned k = 0; k < size; k++)
                if (k != left)
                    rest[kept++] = steps[i].skills[k];
            assert_true(count_open(rest, kept) - already < steps[i].opened);
        }
    }
    uint32_t best = count ? steps[0].opened : 0;
    for (int32_t a = 0; a < skills; a++) {
        if (size == 1)
            assert_true(count_open((int32_t[]){a}, 1) - already <= best);
        for (int32_t b = a + 1; size > 1 && b < skills; b++) {
            /* A set that opens no more than a smaller one in it is not told: compare with these. */
            unsigned opened = count_open((int32_t[]){a, b}, 2) - already;
            unsigned less_a = count_open(&a, 1) - already;
            unsigned less_b = count_open(&b, 1) - already;
            if (opened > less_a && opened > less_b)
                assert_true(opened <= best || size == 3);
        }
    }
}

/* Skills that are asked for are all that need to be tried: in the small catalogue every skill may
 * be, so that the plain way over all skills finds nothing better. */
static void the_best_sets_are_those_of_brute_force(void **state)
{
    (void)state;
    uint64_t random = 7;
    unsigned opened = 0;
    offer_count = OFFERS;
    for (int round = 0; round < 12; round++) {
        make_pair_facts(&random, 12);
        struct step_search *search = search_all();
        struct step_counts counts;
        step_search_count(search, &counts);
        assert_int_equal(counts.open, count_open(NULL, 0));
        assert_int_equal(counts.open + counts.barred + counts.beyond + counts.reach, OFFERS);
        assert_int_equal(counts.left_out, 0);
        expect_best(search, 1, 12);
        expect_best(search, 2, 12);
        struct next_step step;
        opened += step_search_best(search, 2, &step, 1) == 1;
        end_search(search);
    }
    assert_true(opened > 6);
}

static void the_best_triples_are_those_of_brute_force(void **state)
{
    (void)state;
    uint64_t random = 21;
    int found = 0;
    offer_count = 25;
    for (int round = 0; round < 6; round++) {
        make_pair_facts(&random, 8);
        struct step_search *search = search_all();
        unsigned already = count_open(NULL, 0);
        struct next_step steps[3];
        int count = step_search_best(search, 3, steps, 3);
        uint32_t best = 0;
        for (int32_t a = 0; a < 8; a++)
            for (int32_t b = a + 1; b < 8; b++)
                for (int32_t c = b + 1; c < 8; c++) {
                    unsigned opened = count_open((int32_t[]){a, b, c}, 3) - already;
                    unsigned ab = count_open((int32_t[]){a, b}, 2) - already;
                    unsigned ac = count_open((int32_t[]){a, c}, 2) - already;
                    unsigned bc = count_open((int32_t[]){b, c}, 2) - already;
                    if (opened > ab && opened > ac && opened > bc && opened > best)
                        best = opened;
                }
        assert_int_equal(count ? steps[0].opened : 0, best);
        found += count > 0;
        expect_best(search, 3, 0);
        end_search(search);
    }
    assert_true(found > 2);
}

static void constraints_and_bounds_are_counted(void **state)
{
    (void)state;
    uint64_t random = 3;
    offer_count = 1;
    make_pair_facts(&random, 4);
    learner.claim_count = 0;
    offers[0].contract = 3;
    struct step_search *search = search_all();
    struct step_counts counts;
    step_search_count(search, &counts);
    assert_int_equal(counts.barred, 1);
    struct next_step step;
    assert_int_equal(step_search_best(search, 1, &step, 1), 0);
    end_search(search);
    /* An offer that asks for nothing is worth nothing, whatever one learns. */
    offers[0].contract = 1;
    offers[0].requirement_count = 0;
    search = search_all();
    step_search_count(search, &counts);
    assert_int_equal(counts.beyond, 1);
    end_search(search);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_sets_are_those_of_brute_force),
        cmocka_unit_test(the_best_triples_are_those_of_brute_force),
        cmocka_unit_test(constraints_and_bounds_are_counted),
    };
    return cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
}
