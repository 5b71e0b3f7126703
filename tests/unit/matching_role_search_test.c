/* Job titles lead to the roles they mean. */
#include "matching/role_search.h"
#include "matching_support.h"

#include "matching/fixed.h"
#include "matching/role_words.h"

#include <math.h>

enum { ROLES_MAX = 16 };

static void put_role(struct referential_build *build, const char *id, const char *rome,
                     const char *first, const char *second)
{
    assert_true(referential_build_role(build, id, rome, first, NULL));
    assert_true(referential_build_role_text(build, id, ROLE_TITLE, first));
    assert_true(referential_build_role_text(build, id, ROLE_TITLE, second));
}

static struct support_catalogue make_trades(bool with_own)
{
    struct referential_build *build = referential_build_create();
    put_role(build, "H2913", "H2913", "Soudeur / Soudeuse", "Soudeur braseur / Soudeuse braseuse");
    put_role(build, "H2902", "H2902", "Chaudronnier / Chaudronnière", "Tôlier / Tôlière");
    put_role(build, "M1855", "M1855", "Développeur / Développeuse web", "Développeur full stack");
    put_role(build, "M1805", "M1805", "Développeur / Développeuse logiciel", "Programmeur");
    assert_true(referential_build_skill(build, "weld", "Souder au plafond", NULL));
    assert_true(referential_build_skill(build, "steel", "Tracer sur tôle", NULL));
    assert_true(referential_build_role_skill(build, "H2913", "weld", true, 2));
    assert_true(referential_build_role_skill(build, "H2902", "weld", false, 2));
    assert_true(referential_build_role_skill(build, "H2902", "steel", true, 2));
    assert_true(referential_build_role_text(build, "H2902", ROLE_DEFINITION, "Forme des cuves."));
    if (with_own)
        put_role(build, "front", "M1855", "Intégrateur web", "Front-end developer");
    return support_catalogue_finish(build);
}

struct search_of {
    struct support_catalogue catalogue;
    struct role_search *search;
    struct role_found found[ROLES_MAX];
    unsigned count;
};

static struct search_of search_open(bool with_own)
{
    struct search_of of = {.catalogue = make_trades(with_own)};
    const char *reason;
    of.search = role_search_create(of.catalogue.referential, &reason);
    assert_non_null(of.search);
    return of;
}

static void search_close(struct search_of *of)
{
    role_search_free(of->search);
    support_catalogue_close(&of->catalogue);
}

/* The id of the best role; "" when there is none. */
static const char *best(struct search_of *of, const char *title)
{
    of->count = role_search_title(of->search, title, strlen(title), of->found, ROLES_MAX);
    return of->count > 0 ? referential_role_id(of->catalogue.referential, of->found[0].role) : "";
}

static void finds_the_role_of_a_title(void **state)
{
    (void)state;
    struct search_of of = search_open(false);
    assert_string_equal(best(&of, "Soudeuse"), "H2913");
    assert_string_equal(best(&of, "SOUDEUR(SE) (H/F)"), "H2913");
    assert_string_equal(best(&of, "Opérateur soudage"), "H2913");
    assert_string_equal(best(&of, "chaudronier"), "H2902"); /* by letters */
    assert_string_equal(best(&of, "Dev fullstack JS H/F"), "M1855");
    assert_string_equal(best(&of, "Software developer"), "M1805");
    search_close(&of);
}

static void shares_come_to_one_and_fall(void **state)
{
    (void)state;
    struct search_of of = search_open(false);
    assert_string_equal(best(&of, "développeur web"), "M1855");
    assert_true(of.count >= 2);
    uint32_t sum = 0;
    for (unsigned i = 0; i < of.count; i++) {
        sum += of.found[i].share;
        assert_true(i == 0 || of.found[i].share <= of.found[i - 1].share);
    }
    assert_in_range(sum, ROLE_SHARE_ONE - of.count, ROLE_SHARE_ONE);
    /* as the weights were learned: e to the score */
    double ratio = exp((double)(of.found[1].score - of.found[0].score) / FIXED_ONE);
    assert_true(of.found[1].share > 0);
    assert_true(fabs((double)of.found[1].share / of.found[0].share - ratio) < .002);
    struct role_found one;
    assert_int_equal(role_search_title(of.search, "web", 3, &one, 1), 1);
    search_close(&of);
}

static void knows_nothing_of_what_has_nothing_in_common(void **state)
{
    (void)state;
    struct search_of of = search_open(false);
    assert_string_equal(best(&of, ""), "");
    assert_string_equal(best(&of, "de la (H/F)"), "");
    assert_string_equal(best(&of, "xyzzy"), "");
    assert_string_equal(best(&of, "Cuves"), "H2902"); /* by its definition alone */
    search_close(&of);
}

static void roles_of_one_code_are_one(void **state)
{
    (void)state;
    struct search_of of = search_open(true);
    assert_string_equal(best(&of, "Intégratrice web"), "M1855");
    for (unsigned i = 1; i < of.count; i++)
        assert_string_not_equal(referential_role_id(of.catalogue.referential, of.found[i].role),
                                "front");
    search_close(&of);
}

/* Long titles are read as far as there is room, and the same every time. */
static void bears_any_title(void **state)
{
    (void)state;
    static const char alphabet[] = "soudeur /()-.é·weblogiciel+#99";
    struct search_of of = search_open(true);
    uint64_t seed = 7;
    for (int i = 0; i < 300; i++) {
        char title[3000];
        size_t size = (size_t)support_between(&seed, 0, sizeof title);
        for (size_t k = 0; k < size; k++)
            title[k] = alphabet[support_between(&seed, 0, sizeof alphabet - 1)];
        struct role_found again[ROLES_MAX];
        of.count = role_search_title(of.search, title, size, of.found, ROLES_MAX);
        assert_int_equal(role_search_title(of.search, title, size, again, ROLES_MAX), of.count);
        for (unsigned k = 0; k < of.count; k++) {
            assert_int_equal(of.found[k].role, again[k].role);
            assert_int_equal(of.found[k].score, again[k].score);
        }
    }
    search_close(&of);
}

static void prefers_sectors(void **state)
{
    (void)state;
    struct search_of of = search_open(false);
    struct role_sectors sectors = {.codes = {"Z", "H29"}, .count = 2};
    role_search_prefer(of.search, &sectors);
    assert_string_equal(best(&of, "développeur web"), "M1855"); /* words still count */
    best(&of, "développeur tôlier");
    int64_t score = of.found[0].score;
    assert_string_equal(referential_role_id(of.catalogue.referential, of.found[0].role), "H2902");
    sectors.count = 0;
    role_search_prefer(of.search, &sectors);
    best(&of, "développeur tôlier");
    for (unsigned i = 0; i < of.count; i++)
        if (of.found[i].role == support_role(of.catalogue.referential, "H2902"))
            assert_true(of.found[i].score < score);
    search_close(&of);
}

static void searches_what_is_empty(void **state)
{
    (void)state;
    struct search_of of = {.catalogue = support_catalogue_finish(referential_build_create())};
    const char *reason;
    of.search = role_search_create(of.catalogue.referential, &reason);
    assert_non_null(of.search);
    assert_string_equal(best(&of, "soudeur"), "");
    search_close(&of);
}

static void assert_words(const char *text, bool spoken, const char *expected)
{
    struct role_words words, stems;
    char joined[256] = "";
    role_words_take(&words, text, strlen(text), spoken);
    role_words_stem(&words, &stems);
    for (unsigned i = 0; i < stems.count; i++)
        snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s%.*s", i ? " " : "",
                 (int)stems.words[i].size, stems.words[i].text);
    assert_string_equal(joined, expected);
}

static void takes_words_apart(void **state)
{
    (void)state;
    assert_words("Chef de projet, du projet", false, "chef projet");
    assert_words("Soudeur, soudeuse, SOUDAGE", false, "soud");
    assert_words("Dev JS", false, "dev js");
    assert_words("Dev JS", true, "develop javascript");
    assert_words("tous tout toutes un une vos y zebre", false, "tout zebr");
    assert_words("DBA / CDP", true, "administr bas don dba chef projet");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_role_of_a_title),
        cmocka_unit_test(shares_come_to_one_and_fall),
        cmocka_unit_test(knows_nothing_of_what_has_nothing_in_common),
        cmocka_unit_test(roles_of_one_code_are_one),
        cmocka_unit_test(bears_any_title),
        cmocka_unit_test(prefers_sectors),
        cmocka_unit_test(searches_what_is_empty),
        cmocka_unit_test(takes_words_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
