/* Claims lead to the roles that need them: by id, by label, by any words, in both languages. */
#include "matching/occupation_build.h"
#include "matching/role_search.h"
#include "matching_support.h"

enum { ROLES_MAX = 16 };

static void put_role(struct referential_build *build, const char *id, const char *title,
                     const char *skill, const char *label)
{
    assert_true(referential_build_role(build, id, id, title, NULL));
    assert_true(referential_build_role_text(build, id, ROLE_TITLE, title));
    assert_true(referential_build_skill(build, skill, label, NULL));
    assert_true(referential_build_role_skill(build, id, skill, true, 2));
}

static void put_occupation(struct referential_build *build, const char *id, const char *role,
                           const char *skill, const char *french, const char *english)
{
    assert_true(referential_build_skill_label(build, skill, LABEL_FRENCH, french));
    assert_true(referential_build_skill_label(build, skill, LABEL_ENGLISH, english));
    assert_true(referential_build_occupation_skill(build, id, skill, true));
    assert_true(referential_build_occupation_role(build, id, role, 10));
}

static struct support_catalogue make_trades(bool with_esco)
{
    struct referential_build *build = referential_build_create();
    put_role(build, "H2913", "Soudeur", "rome:11", "Assembler des tôles par soudage");
    put_role(build, "D1104", "Boulanger", "rome:12", "Pétrir une pâte");
    put_role(build, "A1203", "Jardinier", "rome:13", "Tailler des haies");
    put_role(build, "G1602", "Cuisinier", "rome:14", "Cuire des légumes");
    assert_true(referential_build_role_skill(build, "G1602", "rome:12", false, 2));
    if (with_esco) {
        put_occupation(build, "esco:baker", "D1104", "esco:leaven", "préparer le levain",
                       "prepare leaven");
        put_occupation(build, "esco:gardener", "A1203", "esco:prune", "élaguer les arbustes",
                       "prune shrubs");
    }
    return support_catalogue_finish(build);
}

struct search_of {
    struct support_catalogue catalogue;
    struct role_search *search;
    struct role_found found[ROLES_MAX];
    unsigned count;
};

static struct search_of search_open(bool with_esco)
{
    const char *reason = NULL;
    struct search_of of = {.catalogue = make_trades(with_esco)};
    of.search = role_search_create(of.catalogue.referential, &reason);
    assert_null(reason);
    return of;
}

static void search_close(struct search_of *of)
{
    role_search_free(of->search);
    support_catalogue_close(&of->catalogue);
}

/* The id of the best role by a claim, or by two; "" when there is none. */
static const char *best(struct search_of *of, enum label_language language, const char *first,
                        const char *second)
{
    const struct role_claim claims[] = {{first, strlen(first)},
                                        {second, second ? strlen(second) : 0}};
    of->count =
        role_search_claims(of->search, claims, second ? 2 : 1, language, of->found, ROLES_MAX);
    return of->count > 0 ? referential_role_id(of->catalogue.referential, of->found[0].role) : "";
}

static void finds_roles_by_words(void **state)
{
    (void)state;
    struct search_of of = search_open(false);
    assert_string_equal(best(&of, LABEL_FRENCH, "soudures", NULL), "H2913");
    assert_string_equal(best(&of, LABEL_FRENCH, "taille de haie", NULL), "A1203");
    assert_string_equal(best(&of, LABEL_FRENCH, "PÉTRIR UNE PÂTE", NULL), "D1104"); /* its core */
    assert_string_equal(best(&of, LABEL_FRENCH, "cuisson", "pétrissage de la pâte"), "G1602");
    assert_string_equal(best(&of, LABEL_FRENCH, "xyzzy", NULL), "");
    assert_string_equal(best(&of, LABEL_FRENCH, "", NULL), "");
    search_close(&of);
}

static void finds_roles_by_ids(void **state)
{
    (void)state;
    struct search_of of = search_open(true);
    assert_string_equal(best(&of, LABEL_FRENCH, "rome:13", NULL), "A1203");
    assert_string_equal(best(&of, LABEL_FRENCH, "13", NULL), "A1203");
    assert_string_equal(best(&of, LABEL_FRENCH, "99", NULL), "");
    assert_string_equal(best(&of, LABEL_FRENCH, "esco:leaven", NULL), "D1104");
    assert_string_equal(best(&of, LABEL_FRENCH, "http://data.europa.eu/esco/skill/leaven", NULL),
                        "D1104");
    search_close(&of);
}

/* What no text of a role says is known from an occupation that stands for it. */
static void occupations_speak_for_roles(void **state)
{
    (void)state;
    struct search_of without = search_open(false), with = search_open(true);
    assert_string_equal(best(&without, LABEL_FRENCH, "élagage d'arbustes", NULL), "");
    assert_string_equal(best(&with, LABEL_FRENCH, "élagage d'arbustes", NULL), "A1203");
    search_close(&without);
    search_close(&with);
}

static void english_words_lead_to_french_labels(void **state)
{
    (void)state;
    struct search_of of = search_open(true);
    assert_string_equal(best(&of, LABEL_ENGLISH, "Prepare leaven", NULL), "D1104");
    assert_string_equal(best(&of, LABEL_ENGLISH, "pruning of shrubs", NULL), "A1203");
    assert_string_equal(best(&of, LABEL_FRENCH, "pruning of shrubs", NULL), "");
    search_close(&of);
}

static void assert_first_near(const struct search_of *of, const char *id, const char *first)
{
    struct role_found found[ROLES_MAX];
    int32_t role = support_role(of->catalogue.referential, id);
    unsigned count = role_search_near(of->search, role, found, ROLES_MAX);
    assert_true(count > 0);
    assert_string_equal(referential_role_id(of->catalogue.referential, found[0].role), first);
    for (unsigned i = 0; i < count; i++)
        assert_int_not_equal(found[i].role, role);
}

static void finds_roles_near_by(void **state)
{
    (void)state;
    struct search_of of = search_open(false);
    assert_first_near(&of, "D1104", "G1602"); /* a skill of theirs is the same */
    assert_first_near(&of, "G1602", "D1104");
    search_close(&of);
    struct referential_build *build = referential_build_create();
    put_role(build, "A1", "Vendeur de fleurs", "s1", "Composer un bouquet");
    put_role(build, "A2", "Vendeur de fruits", "s2", "Tenir une caisse");
    put_role(build, "A3", "Fleuriste", "s3", "Composer des bouquets de mariage");
    put_role(build, "A4", "Grutier", "s4", "Lever des charges");
    assert_true(referential_build_role_link(build, "A1", "A4", 120));
    assert_true(referential_build_role_parent(build, "A2", "A1"));
    of.catalogue = support_catalogue_finish(build);
    const char *reason;
    of.search = role_search_create(of.catalogue.referential, &reason);
    assert_non_null(of.search);
    assert_int_equal(referential_role_parent(of.catalogue.referential, 1), 0);
    assert_int_equal(referential_role_parent(of.catalogue.referential, 0), REFERENTIAL_NONE);
    assert_first_near(&of, "A3", "A1");
    assert_first_near(&of, "A1", "A2");
    struct role_found found[ROLES_MAX];
    assert_int_equal(role_search_near(of.search, 0, found, ROLES_MAX), 3); /* one by its link */
    assert_int_equal(role_search_near(of.search, 3, found, ROLES_MAX), 0);
    search_close(&of);
}

static void answers_the_same_after_anything(void **state)
{
    (void)state;
    static const char alphabet[] = "soudage /()-.é·pâte+#13esco:";
    struct search_of of = search_open(true);
    uint64_t seed = 11;
    best(&of, LABEL_FRENCH, "pétrir", "haies");
    struct role_found first[ROLES_MAX];
    unsigned count = of.count;
    memcpy(first, of.found, sizeof first);
    assert_true(count >= 2);
    for (int i = 0; i < 300; i++) {
        char text[3000];
        size_t size = (size_t)support_between(&seed, 0, sizeof text);
        for (size_t k = 0; k < size; k++)
            text[k] = alphabet[support_between(&seed, 0, sizeof alphabet - 1)];
        struct role_claim claims[5];
        for (int k = 0; k < 5; k++)
            claims[k] = (struct role_claim){text, size / (size_t)(k + 1)};
        role_search_claims(of.search, claims, 5, i % 2 ? LABEL_ENGLISH : LABEL_FRENCH, of.found,
                           ROLES_MAX);
        role_search_title(of.search, text, size, of.found, ROLES_MAX);
    }
    best(&of, LABEL_FRENCH, "pétrir", "haies");
    assert_int_equal(of.count, count);
    for (unsigned i = 0; i < count; i++) {
        assert_int_equal(of.found[i].role, first[i].role);
        assert_int_equal(of.found[i].score, first[i].score);
    }
    search_close(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_roles_by_words),
        cmocka_unit_test(finds_roles_by_ids),
        cmocka_unit_test(occupations_speak_for_roles),
        cmocka_unit_test(english_words_lead_to_french_labels),
        cmocka_unit_test(finds_roles_near_by),
        cmocka_unit_test(answers_the_same_after_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
