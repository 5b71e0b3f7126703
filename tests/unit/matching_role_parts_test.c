/* Likeness of sets of terms, and what bags and kin say, against figures worked out by hand. */
#include "matching/fixed.h"
#include "matching/role_bag.h"
#include "matching/role_kin.h"
#include "matching/set_index.h"
#include "matching_support.h"

#include <math.h>

static void assert_near(double value, double expected, double error)
{
    if (fabs(value - expected) > error)
        fail_msg("%f is not %f", value, expected);
}

/* A set index with what it is made of. */
struct sets {
    struct postings_build build;
    struct set_index index;
    uint32_t *lengths;
};

static void sets_close(struct sets *sets)
{
    postings_build_clear(&sets->build);
    free(sets->lengths);
}

static void sets_finish(struct sets *sets, uint32_t terms, uint32_t owners)
{
    assert_true(postings_finish(&sets->build, terms));
    sets->index.postings = postings_made(&sets->build);
    sets->lengths = set_lengths(&sets->index.postings, owners);
    assert_non_null(sets->lengths);
    sets->index.lengths = sets->lengths;
    sets->index.owners = owners;
}

enum { CHEF, CHANTIER, CUISINE, SOUDEUR, UNUSED, TERMS };

/* chef chantier, chef cuisine, soudeur */
static void fill(struct sets *sets)
{
    static const uint32_t terms[3][2] = {{CHEF, CHANTIER}, {CHEF, CUISINE}, {SOUDEUR, SOUDEUR}};
    for (uint32_t title = 0; title < 3; title++)
        for (unsigned i = 0; i < 2; i++)
            for (int repeat = 0; repeat < 2; repeat++)
                assert_true(postings_add(&sets->build, terms[title][i], title, 1));
    sets_finish(sets, TERMS, 3);
}

/* ln(1 + titles / (those with it + 1/2)) */
static double rarity(double with)
{
    return log(1 + 3 / (with + .5));
}

static void compares_sets(void **state)
{
    (void)state;
    struct sets sets = {.lengths = NULL};
    struct set_query query;
    uint32_t likeness[3] = {0}, touched[3];
    fill(&sets);
    set_query_begin(&query, &sets.index, likeness, touched);
    for (int repeat = 0; repeat < 2; repeat++)
        assert_true(set_query_take(&query, CHEF));
    assert_true(set_query_take(&query, CHANTIER));
    assert_false(set_query_take(&query, UNUSED));
    assert_false(set_query_take(&query, REFERENTIAL_NONE));
    set_query_end(&query);
    double chef = rarity(2) * rarity(2), rare = rarity(1) * rarity(1);
    assert_near(likeness[0] / (double)COSINE_ONE, 1, 1e-3);
    assert_near(likeness[1] / (double)COSINE_ONE, chef / (chef + rare), 1e-3);
    assert_int_equal(likeness[2], 0);
    assert_int_equal(query.touched_count, 2);
    set_query_clear(&query);
    assert_int_equal(likeness[0] | likeness[1], 0);
    set_query_begin(&query, &sets.index, likeness, touched);
    assert_true(set_query_take(&query, SOUDEUR));
    set_query_take_unknown(&query, 5);
    set_query_end(&query);
    double unknown = log(3) * log(3) / 2;
    assert_near(likeness[2] / (double)COSINE_ONE, sqrt(rare / (rare + unknown)), 1e-3);
    assert_int_equal(likeness[0], 0);
    sets_close(&sets);
}

/* So many terms that a sum might overflow: those beyond the limit are left out. */
static void takes_so_many_terms(void **state)
{
    (void)state;
    struct sets sets = {.lengths = NULL};
    struct set_query query;
    uint32_t likeness[1] = {0}, touched[1];
    for (uint32_t i = 0; i < 2 * SET_TERMS_MAX; i++)
        assert_true(postings_add(&sets.build, i, 0, 1));
    sets_finish(&sets, 2 * SET_TERMS_MAX, 1);
    set_query_begin(&query, &sets.index, likeness, touched);
    for (int32_t i = 0; i < 2 * SET_TERMS_MAX; i++)
        assert_true(set_query_take(&query, i));
    set_query_end(&query);
    assert_int_equal(query.count, SET_TERMS_MAX);
    assert_near(likeness[0] / (double)COSINE_ONE, sqrt(.5), 1e-3);
    sets_close(&sets);
}

enum { SOUDER, BRASER, ALL_TERMS };

static uint32_t worth(const struct role_bag *bag, uint32_t term, uint32_t role)
{
    uint32_t count;
    struct postings postings = postings_made(&bag->worth);
    const struct posting *items = postings_of(&postings, term, &count);
    for (uint32_t i = 0; i < count; i++)
        if (items[i].owner == role)
            return items[i].weight;
    return 0;
}

/* Roles out of order, and repeats: BM25F with k1 = 1.2. */
static void weighs_bags(void **state)
{
    (void)state;
    static const struct role_field fields[2] = {{20, 2}, {10, 3}};
    struct role_bag bag = {.worth = {.count = 0}};
    assert_true(role_bag_add(&bag, 0, SOUDER, 1, 1));
    assert_true(role_bag_add(&bag, 0, SOUDER, 0, 1));
    assert_true(role_bag_add(&bag, 0, BRASER, 0, 1));
    assert_true(role_bag_add(&bag, 0, SOUDER, 1, 1));
    assert_true(role_bag_add(&bag, 1, SOUDER, 0, 1));
    assert_true(role_bag_finish(&bag, ALL_TERMS, 3, fields, 2));
    double idf = log(1 + 1.5 / 2.5), first = 2 / (.5 + .5 * 2 / (4. / 3)) + 1 / (.25 + .75 * 3);
    double second = 4 / (.5 + .5 * 2 / (4. / 3));
    assert_near((double)worth(&bag, SOUDER, 0) / FIXED_ONE, idf * first * 2.2 / (first + 1.2),
                1e-3);
    assert_near((double)worth(&bag, SOUDER, 1) / FIXED_ONE, idf * second * 2.2 / (second + 1.2),
                1e-3);
    assert_int_equal(worth(&bag, SOUDER, 2), 0);
    role_bag_clear(&bag);
}

static void refuses_wrong_lists(void **state)
{
    (void)state;
    static const struct posting items[] = {{0, 1}, {2, POSTING_WEIGHT_MAX}, {1, 5}};
    static const struct posting unordered[] = {{2, 1}, {0, 1}, {1, 5}};
    static const struct posting heavy[] = {{0, 1}, {2, POSTING_WEIGHT_MAX + 1}, {1, 5}};
    static const uint32_t starts[] = {0, 2, 3}, late[] = {1, 2, 3}, back[] = {0, 3, 2};
    const struct section good = {items, 3};
    const struct section indices = {starts, 3};
    struct postings postings;
    assert_true(postings_open(&postings, &indices, &good, 2, 3));
    assert_false(postings_open(&postings, &indices, &good, 2, 2)); /* an owner beyond the limit */
    assert_false(postings_open(&postings, &indices, &good, 1, 3));
    assert_false(postings_open(&postings, &indices, &(struct section){items, 2}, 2, 3));
    assert_false(postings_open(&postings, &indices, &(struct section){unordered, 3}, 2, 3));
    assert_false(postings_open(&postings, &indices, &(struct section){heavy, 3}, 2, 3));
    assert_false(postings_open(&postings, &(struct section){late, 3}, &good, 2, 3));
    assert_false(postings_open(&postings, &(struct section){back, 3}, &good, 2, 3));
}

static void finds_kin(void **state)
{
    (void)state;
    struct referential_build *build = referential_build_create();
    static const char *const roles[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++)
        assert_true(referential_build_role(build, roles[i], NULL, roles[i], NULL));
    assert_true(referential_build_skill(build, "s", "s", NULL));
    assert_true(referential_build_role_skill(build, "a", "s", true, 2));
    assert_true(referential_build_role_skill(build, "b", "s", false, 2));
    assert_true(referential_build_role_link(build, "a", "c", 100));
    struct support_catalogue catalogue = support_catalogue_finish(build);
    struct role_kin_share *kin = role_kin_create(catalogue.referential);
    assert_non_null(kin);
    /* b has the same skill, c is one move away: 1 to 0.15 */
    assert_int_equal(kin[0].role, 1);
    assert_near(kin[0].share / (double)FIXED_ONE, 1 / 1.15, 1e-3);
    assert_int_equal(kin[1].role, 2);
    assert_near(kin[1].share / (double)FIXED_ONE, .15 / 1.15, 1e-3);
    assert_int_equal(kin[2].role, REFERENTIAL_NONE);
    assert_int_equal(kin[2 * ROLE_KIN_MAX].role, 0); /* moves count both ways */
    assert_int_equal(kin[3 * ROLE_KIN_MAX].role, REFERENTIAL_NONE);
    const uint64_t scores[4] = {0, 0, 1150, 0};
    uint64_t spread[4];
    role_kin_spread(kin, 4, scores, spread);
    assert_in_range(spread[0], 149, 150);
    assert_int_equal(spread[3], 0);
    free(kin);
    support_catalogue_close(&catalogue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_sets), cmocka_unit_test(takes_so_many_terms),
        cmocka_unit_test(weighs_bags),   cmocka_unit_test(refuses_wrong_lists),
        cmocka_unit_test(finds_kin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
