/* Likeness of sets of terms, and what bags and kin say, against figures worked out by hand. */
#include "matching/fixed.h"
#include "matching/role_bag.h"
#include "matching/role_kin.h"
#include "matching/title_index.h"
#include "matching_support.h"

#include <math.h>

static void assert_near(double value, double expected, double error)
{
    if (fabs(value - expected) > error)
        fail_msg("%f is not %f", value, expected);
}

static const char *const titles[3][3] = {
    {"chef", "chantier", NULL}, {"chef", "cuisine", NULL}, {"soudeur", NULL, NULL}};

static void fill(struct title_index *index)
{
    for (uint32_t title = 0; title < 3; title++)
        for (unsigned i = 0; i < 2 && titles[title][i]; i++)
            for (int repeat = 0; repeat < 2; repeat++)
                assert_true(
                    title_index_add(index, title, titles[title][i], strlen(titles[title][i])));
    assert_true(title_index_close(index, 3));
}

/* ln(1 + titles / (those with it + 1/2)) */
static double rarity(double with)
{
    return log(1 + 3 / (with + .5));
}

static void compares_sets(void **state)
{
    (void)state;
    struct title_index index = {0};
    struct title_query query;
    uint32_t likeness[3];
    fill(&index);
    title_query_begin(&query, &index, likeness);
    for (int repeat = 0; repeat < 2; repeat++)
        assert_true(title_query_take(&query, "chef", 4));
    assert_true(title_query_take(&query, "chantier", 8));
    assert_false(title_query_take(&query, "naval", 5));
    title_query_end(&query);
    double chef = rarity(2) * rarity(2), rare = rarity(1) * rarity(1);
    assert_near(likeness[0] / (double)COSINE_ONE, 1, 1e-3);
    assert_near(likeness[1] / (double)COSINE_ONE, chef / (chef + rare), 1e-3);
    assert_int_equal(likeness[2], 0);
    title_query_begin(&query, &index, likeness);
    assert_true(title_query_take(&query, "soudeur", 7));
    title_query_lengthen(&query, SQUARE_ONE * 3);
    title_query_end(&query);
    assert_near(likeness[2] / (double)COSINE_ONE, sqrt(rare / (rare + 3)), 1e-3);
    assert_int_equal(likeness[0], 0);
    title_index_clear(&index);
}

/* So many terms that a sum might overflow: those beyond the limit are left out. */
static void takes_so_many_terms(void **state)
{
    (void)state;
    struct title_index index = {0};
    struct title_query query;
    uint32_t likeness[1];
    char term[8];
    for (int i = 0; i < 2 * TITLE_TERMS_MAX; i++) {
        snprintf(term, sizeof term, "t%d", i);
        assert_true(title_index_add(&index, 0, term, strlen(term)));
    }
    assert_true(title_index_close(&index, 1));
    title_query_begin(&query, &index, likeness);
    for (int i = 0; i < 2 * TITLE_TERMS_MAX; i++) {
        snprintf(term, sizeof term, "t%d", i);
        assert_true(title_query_take(&query, term, strlen(term)));
    }
    title_query_end(&query);
    assert_int_equal(query.count, TITLE_TERMS_MAX);
    assert_near(likeness[0] / (double)COSINE_ONE, sqrt(.5), 1e-3);
    title_index_clear(&index);
}

static void put(struct role_bag *bag, unsigned field, uint32_t role, const char *term)
{
    assert_true(role_bag_add(bag, field, role, role_bag_term(bag, term, strlen(term))));
}

/* Roles out of order, and repeats: BM25F with k1 = 1.2. */
static void weighs_bags(void **state)
{
    (void)state;
    static const struct role_field fields[2] = {{20, 2}, {10, 3}};
    struct role_bag bag = {0};
    uint64_t scores[3] = {0};
    put(&bag, 0, 1, "souder");
    put(&bag, 0, 0, "souder");
    put(&bag, 0, 0, "braser");
    put(&bag, 0, 1, "souder");
    put(&bag, 1, 0, "souder");
    assert_true(role_bag_close(&bag, 3, fields, 2));
    role_bag_score(&bag, "souder", 6, scores);
    role_bag_score(&bag, "unknown", 7, scores);
    double idf = log(1 + 1.5 / 2.5), first = 2 / (.5 + .5 * 2 / (4. / 3)) + 1 / (.25 + .75 * 3);
    double second = 4 / (.5 + .5 * 2 / (4. / 3));
    assert_near((double)scores[0] / FIXED_ONE, idf * first * 2.2 / (first + 1.2), 1e-3);
    assert_near((double)scores[1] / FIXED_ONE, idf * second * 2.2 / (second + 1.2), 1e-3);
    assert_int_equal(scores[2], 0);
    role_bag_clear(&bag);
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
        cmocka_unit_test(compares_sets),
        cmocka_unit_test(takes_so_many_terms),
        cmocka_unit_test(weighs_bags),
        cmocka_unit_test(finds_kin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
