#include "matching/referential_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct built {
    void *data;
    size_t size;
    char hash[REFERENTIAL_HASH_SIZE];
    struct referential_counts counts;
    struct referential *referential;
};

static void finish(struct built *built, struct referential_build *build)
{
    const char *reason;
    built->data = referential_build_finish(build, &built->size, built->hash, &built->counts);
    assert_non_null(built->data);
    referential_build_free(build);
    built->referential = referential_open(built->data, built->size, &reason);
    assert_null(reason);
    assert_non_null(built->referential);
    assert_string_equal(referential_hash(built->referential), built->hash);
}

static void discard(struct built *built)
{
    referential_close(built->referential);
    free(built->data);
}

static int32_t skill_of(const struct built *built, const char *id)
{
    return referential_skill(built->referential, id, strlen(id));
}

static int32_t role_of(const struct built *built, const char *id)
{
    return referential_role(built->referential, id, strlen(id));
}

static int32_t by_words(const struct built *built, const char *words)
{
    return referential_skill_by_words(built->referential, words, strlen(words));
}

static void add_skill(struct referential_build *build, const char *id, const char *label)
{
    assert_true(referential_build_skill(build, id, label, NULL));
}

/* A small catalogue that has everything once. */
static struct referential_build *example(bool backwards)
{
    struct referential_build *build = referential_build_create();
    assert_true(referential_build_skill(build, "javascript", "JavaScript", "JavaScript"));
    assert_true(referential_build_skill(build, "js-framework", "Cadriciel JavaScript", ""));
    assert_true(referential_build_skill(build, "react", "React", ""));
    assert_true(referential_build_skill(build, "vue", "", "Vue.js"));
    assert_true(referential_build_skill(build, "rome:1", "Utiliser React", ""));
    assert_true(referential_build_skill(build, "typescript", "TypeScript", ""));
    assert_true(referential_build_role(build, "web", "M1855", "Développeur web", "Web developer"));
    assert_true(referential_build_role(build, "front", "M1855", "Développeur front-end", ""));
    assert_true(referential_build_role(build, "other", "", "Autre", ""));
    for (int i = 0; i < 9; i++) {
        switch (backwards ? 8 - i : i) {
        case 0:
            assert_true(referential_build_skill_alias(build, "react", "ReactJS"));
            break;
        case 1:
            assert_true(referential_build_skill_alias(build, "react", "React.js"));
            break;
        case 2:
            assert_true(referential_build_skill_link(build, "react", "js-framework", LINK_BROADER));
            break;
        case 3:
            assert_true(referential_build_skill_link(build, "vue", "js-framework", LINK_BROADER));
            break;
        case 4:
            assert_true(referential_build_skill_link(build, "react", "rome:1", LINK_SAME));
            break;
        case 5:
            assert_true(
                referential_build_skill_link(build, "javascript", "typescript", LINK_RELATED));
            break;
        case 6:
            assert_true(referential_build_role_skill(build, "web", "vue", false, 3));
            break;
        case 7:
            assert_true(referential_build_role_skill(build, "web", "javascript", true, 2));
            break;
        default:
            assert_true(referential_build_role_link(build, "web", "other", 90));
        }
    }
    return build;
}

static void finds_and_labels(void **state)
{
    (void)state;
    struct built built;
    finish(&built, example(false));
    const struct referential *r = built.referential;
    assert_int_equal(referential_skill_count(r), 6);
    assert_int_equal(referential_role_count(r), 3);
    int32_t react = skill_of(&built, "react"), vue = skill_of(&built, "vue");
    assert_string_equal(referential_skill_id(r, react), "react");
    assert_string_equal(referential_skill_label(r, react, LABEL_ENGLISH), "React");
    assert_string_equal(referential_skill_label(r, vue, LABEL_FRENCH), "Vue.js");
    assert_int_equal(skill_of(&built, "React"), REFERENTIAL_NONE);
    assert_int_equal(skill_of(&built, ""), REFERENTIAL_NONE);
    assert_int_equal(by_words(&built, "REACT"), react);
    assert_int_equal(by_words(&built, "  react-js"), react);
    assert_int_equal(by_words(&built, "vue.js"), vue);
    assert_int_equal(by_words(&built, "svelte"), REFERENTIAL_NONE);
    assert_int_equal(by_words(&built, "(H/F)"), REFERENTIAL_NONE);
    int32_t web = role_of(&built, "web");
    assert_string_equal(referential_role_id(r, web), "web");
    assert_string_equal(referential_role_rome(r, web), "M1855");
    assert_string_equal(referential_role_rome(r, role_of(&built, "other")), "");
    assert_string_equal(referential_role_label(r, web, LABEL_ENGLISH), "Web developer");
    assert_int_equal(referential_role_by_words(r, "développeur(se) web H/F", 24), web);
    assert_int_equal(referential_role_by_words(r, "web developer", 13), web);
    discard(&built);
}

static void counts_what_it_took(void **state)
{
    (void)state;
    struct referential_build *build = example(false);
    assert_true(referential_build_skill_link(build, "react", "nowhere", LINK_SAME));
    assert_true(referential_build_role_skill(build, "nobody", "react", true, 1));
    assert_true(referential_build_role_link(build, "web", "nobody", 10));
    assert_true(referential_build_role_alias(build, "nobody", "personne"));
    struct built built;
    finish(&built, build);
    assert_int_equal(built.counts.skills, 6);
    assert_int_equal(built.counts.roles, 3);
    assert_int_equal(built.counts.aliases, 2);
    assert_int_equal(built.counts.skill_links, 4);
    assert_int_equal(built.counts.role_skills, 2);
    assert_int_equal(built.counts.role_links, 1);
    assert_int_equal(built.counts.dropped_links, 4);
    discard(&built);
}

static void same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    struct built first, second;
    finish(&first, example(false));
    finish(&second, example(true));
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    discard(&second);
    struct referential_build *changed = example(false);
    assert_true(referential_build_skill(changed, "vue", "", "Vue 3"));
    finish(&second, changed);
    assert_string_not_equal(first.hash, second.hash);
    assert_int_equal(skill_of(&second, "vue"), skill_of(&first, "vue"));
    assert_int_equal(by_words(&second, "vue js"), REFERENTIAL_NONE);
    discard(&first);
    discard(&second);
}

static void assert_near(const struct built *built, const char *claim, unsigned at,
                        const char *skill, unsigned nearness, enum skill_path path)
{
    unsigned count;
    const struct near_skill *near =
        referential_skill_near(built->referential, skill_of(built, claim), &count);
    assert_true(at < count);
    assert_string_equal(referential_skill_id(built->referential, near[at].skill), skill);
    assert_int_equal(near[at].nearness, nearness);
    assert_int_equal(near[at].path, path);
}

static unsigned near_count(const struct built *built, const char *claim)
{
    unsigned count;
    referential_skill_near(built->referential, skill_of(built, claim), &count);
    return count;
}

static void near_lists_compose_same_with_others(void **state)
{
    (void)state;
    struct built built;
    finish(&built, example(false));
    assert_int_equal(near_count(&built, "react"), 3);
    assert_near(&built, "react", 0, "react", 256, PATH_SAME);
    assert_near(&built, "react", 1, "rome:1", 256, PATH_SAME);
    assert_near(&built, "react", 2, "js-framework", 208, PATH_NARROWER);
    assert_int_equal(near_count(&built, "rome:1"), 3);
    assert_near(&built, "rome:1", 0, "rome:1", 256, PATH_SAME);
    assert_near(&built, "rome:1", 2, "js-framework", 208, PATH_NARROWER);
    assert_int_equal(near_count(&built, "js-framework"), 4);
    assert_near(&built, "js-framework", 1, "react", 128, PATH_BROADER);
    assert_near(&built, "js-framework", 2, "rome:1", 128, PATH_BROADER);
    assert_near(&built, "js-framework", 3, "vue", 128, PATH_BROADER);
    assert_int_equal(near_count(&built, "vue"), 2); /* no sibling */
    assert_near(&built, "typescript", 1, "javascript", 96, PATH_RELATED);
    assert_near(&built, "javascript", 1, "typescript", 96, PATH_RELATED);
    discard(&built);
}

static void near_lists_keep_the_best(void **state)
{
    (void)state;
    struct referential_build *build = referential_build_create();
    add_skill(build, "wide", "Wide");
    for (int i = 99; i >= 0; i--) {
        char id[8], label[16];
        snprintf(id, sizeof id, "n%02d", i);
        snprintf(label, sizeof label, "Narrow %d", i);
        add_skill(build, id, label);
        assert_true(referential_build_skill_link(build, id, "wide", LINK_BROADER));
        assert_true(referential_build_skill_link(build, "wide", id, LINK_RELATED));
    }
    add_skill(build, "wider", "Wider");
    assert_true(referential_build_skill_link(build, "wide", "wider", LINK_BROADER));
    assert_true(referential_build_skill_link(build, "wider", "wide", LINK_RELATED));
    assert_true(referential_build_skill_link(build, "wide", "wide", LINK_RELATED));
    struct built built;
    finish(&built, build);
    assert_int_equal(near_count(&built, "wide"), 64);
    assert_near(&built, "wide", 0, "wide", 256, PATH_SAME);
    assert_near(&built, "wide", 1, "wider", 208, PATH_NARROWER);
    assert_near(&built, "wide", 2, "n00", 128, PATH_BROADER);
    assert_near(&built, "wide", 63, "n61", 128, PATH_BROADER);
    assert_int_equal(near_count(&built, "n50"), 2);
    discard(&built);
}

static void weights_fall_with_use(void **state)
{
    (void)state;
    struct referential_build *build = referential_build_create();
    static const char *const skills[] = {"none", "one", "two", "eight", "all", "same", "three"};
    static const int uses[] = {0, 1, 2, 8, 64, 1, 3};
    for (int i = 0; i < 7; i++)
        add_skill(build, skills[i], skills[i]);
    for (int role = 0; role < 64; role++) {
        char id[8];
        snprintf(id, sizeof id, "r%d", role);
        assert_true(referential_build_role(build, id, "", id, ""));
        for (int i = 0; i < 7; i++) {
            if (role < uses[i])
                assert_true(referential_build_role_skill(build, id, skills[i], false, 2));
        }
    }
    assert_true(referential_build_skill_link(build, "same", "all", LINK_SAME));
    struct built built;
    finish(&built, build);
    static const unsigned weights[] = {256, 256, 224, 160, 64, 64, 205};
    for (int i = 0; i < 7; i++)
        assert_int_equal(referential_skill_weight(built.referential, skill_of(&built, skills[i])),
                         weights[i]);
    discard(&built);
}

static void role_skills_put_the_core_first(void **state)
{
    (void)state;
    struct referential_build *build = example(false);
    assert_true(referential_build_role_skill(build, "web", "typescript", false, 2));
    assert_true(referential_build_role_skill(build, "web", "react", true, 2));
    assert_true(referential_build_role_skill(build, "web", "typescript", true, 1));
    struct built built;
    finish(&built, build);
    unsigned count;
    const struct role_skill *items =
        referential_role_skills(built.referential, role_of(&built, "web"), &count);
    static const char *const ids[] = {"javascript", "react", "typescript", "vue"};
    static const int core[] = {1, 1, 1, 0}, level[] = {2, 2, 2, 3};
    assert_int_equal(count, 4);
    for (unsigned i = 0; i < count; i++) {
        assert_string_equal(referential_skill_id(built.referential, items[i].skill), ids[i]);
        assert_int_equal(items[i].core, core[i]);
        assert_int_equal(items[i].level, level[i]);
    }
    referential_role_skills(built.referential, role_of(&built, "front"), &count);
    assert_int_equal(count, 0);
    discard(&built);
}

static unsigned nearness(const struct built *built, const char *from, const char *to)
{
    return referential_role_nearness(built->referential, role_of(built, from), role_of(built, to));
}

static void rome_code_means_the_first_that_has_it(void **state)
{
    (void)state;
    struct built built;
    finish(&built, example(false));
    assert_int_equal(role_of(&built, "M1855"), role_of(&built, "web"));
    assert_int_equal(nearness(&built, "web", "web"), 256);
    assert_int_equal(nearness(&built, "web", "other"), 90);
    assert_int_equal(nearness(&built, "other", "web"), 0);
    assert_int_equal(nearness(&built, "web", "front"), 0);
    discard(&built);
}

static void rome_role_is_home_to_those_of_its_code(void **state)
{
    (void)state;
    struct referential_build *build = example(false);
    assert_true(referential_build_role(build, "M1855", "M1855", "Développeur", ""));
    assert_true(referential_build_role(build, "M1810", "M1810", "Technicien", ""));
    assert_true(referential_build_role_link(build, "M1855", "M1810", 200));
    assert_true(referential_build_role_link(build, "front", "M1855", 250));
    assert_true(referential_build_role_link(build, "other", "front", 40));
    assert_true(referential_build_role_link(build, "other", "front", 60));
    assert_true(referential_build_role_link(build, "other", "front", 50));
    struct built built;
    finish(&built, build);
    assert_string_equal(referential_role_id(built.referential, role_of(&built, "M1855")), "M1855");
    assert_int_equal(nearness(&built, "web", "M1855"), 230);
    assert_int_equal(nearness(&built, "M1855", "web"), 230);
    assert_int_equal(nearness(&built, "front", "M1855"), 250);
    assert_int_equal(nearness(&built, "M1855", "front"), 230);
    assert_int_equal(nearness(&built, "web", "M1810"), 200 * 230 / 256);
    assert_int_equal(nearness(&built, "M1810", "web"), 0);
    assert_int_equal(nearness(&built, "other", "front"), 60);
    assert_int_equal(nearness(&built, "web", "other"), 90);
    discard(&built);
}

static void first_declared_wins(void **state)
{
    (void)state;
    struct referential_build *build = referential_build_create();
    add_skill(build, "b", "Soudure");
    add_skill(build, "a", "Soudage");
    assert_true(referential_build_skill_alias(build, "a", "soudure"));
    assert_true(referential_build_skill_alias(build, "b", "SOUDAGE"));
    struct built built;
    finish(&built, build);
    assert_int_equal(by_words(&built, "soudure"), skill_of(&built, "b"));
    assert_int_equal(by_words(&built, "soudage"), skill_of(&built, "b"));
    discard(&built);
}

static void nearest_finds_misspelt_words(void **state)
{
    (void)state;
    struct built built;
    finish(&built, example(false));
    int32_t found[8];
    unsigned count = referential_nearest_skills(built.referential, "Javascrit", 9, found, 8);
    assert_true(count >= 2);
    assert_int_equal(found[0], skill_of(&built, "javascript"));
    assert_int_equal(found[1], skill_of(&built, "js-framework"));
    assert_int_equal(referential_nearest_skills(built.referential, "javascrit", 9, found, 1), 1);
    assert_int_equal(found[0], skill_of(&built, "javascript"));
    assert_int_equal(referential_nearest_skills(built.referential, "qqq", 3, found, 8), 0);
    assert_int_equal(referential_nearest_skills(built.referential, "", 0, found, 8), 0);
    assert_int_equal(referential_nearest_skills(built.referential, "react", 5, found, 0), 0);
    count = referential_nearest_roles(built.referential, "developeur wab", 14, found, 8);
    assert_true(count >= 1);
    assert_int_equal(found[0], role_of(&built, "web"));
    /* Several names of one skill give it once. */
    count = referential_nearest_skills(built.referential, "reactj", 6, found, 8);
    for (unsigned i = 0; i < count; i++)
        for (unsigned j = 0; j < i; j++)
            assert_int_not_equal(found[i], found[j]);
    assert_int_equal(found[0], skill_of(&built, "react"));
    discard(&built);
}

static void build_refuses_bad_strings(void **state)
{
    (void)state;
    struct referential_build *build = referential_build_create();
    char text[1100];
    memset(text, 'x', sizeof text);
    text[65] = '\0';
    assert_false(referential_build_skill(build, text, "A", ""));
    text[64] = '\0';
    assert_true(referential_build_skill(build, text, "A", ""));
    assert_false(referential_build_skill(build, "", "A", ""));
    assert_false(referential_build_skill(build, NULL, "A", ""));
    assert_false(referential_build_skill(build, "\xFF", "A", ""));
    assert_false(referential_build_skill(build, "a", "\xC3", ""));
    memset(text, 'x', sizeof text);
    text[1025] = '\0';
    assert_false(referential_build_skill(build, "a", text, ""));
    text[1024] = '\0';
    assert_true(referential_build_skill(build, "a", text, ""));
    assert_false(referential_build_role_skill(build, "r", "a", true, 0));
    assert_false(referential_build_role_skill(build, "r", "a", true, 5));
    assert_false(referential_build_role_skill(build, "r", "a", true, 257));
    assert_false(referential_build_role_link(build, "r", "s", 0));
    assert_false(referential_build_role_link(build, "r", "s", 257));
    struct built built;
    finish(&built, build);
    assert_int_equal(built.counts.skills, 2);
    assert_int_equal(built.counts.dropped_links, 0);
    discard(&built);
}

static void empty_build_opens(void **state)
{
    (void)state;
    struct built built;
    finish(&built, referential_build_create());
    assert_int_equal(referential_skill_count(built.referential), 0);
    assert_int_equal(skill_of(&built, "a"), REFERENTIAL_NONE);
    assert_int_equal(by_words(&built, "a"), REFERENTIAL_NONE);
    assert_int_equal(role_of(&built, ""), REFERENTIAL_NONE);
    discard(&built);
    referential_close(NULL);
    referential_build_free(NULL);
}

/* A trigram that comes back in a label counts once. */
static void nearest_compares_sets(void **state)
{
    (void)state;
    struct referential_build *build = referential_build_create();
    add_skill(build, "again", "anananananana");
    add_skill(build, "close", "ana xyw");
    struct built built;
    finish(&built, build);
    int32_t found[2];
    assert_int_equal(referential_nearest_skills(built.referential, "ana xyz", 7, found, 2), 2);
    assert_int_equal(found[0], skill_of(&built, "close"));
    discard(&built);
}

/* Label-less skills show their id. */
static void nothing_to_show_shows_the_id(void **state)
{
    (void)state;
    struct referential_build *build = referential_build_create();
    add_skill(build, "bare", "");
    assert_true(referential_build_role(build, "bare-role", "", "", ""));
    struct built built;
    finish(&built, build);
    assert_string_equal(referential_skill_label(built.referential, 0, LABEL_ENGLISH), "bare");
    assert_string_equal(referential_role_label(built.referential, 0, LABEL_FRENCH), "bare-role");
    discard(&built);
}

static void opens_only_whole_files(void **state)
{
    (void)state;
    struct built built;
    finish(&built, example(false));
    uint8_t *copy = malloc(built.size + 8);
    const char *reason;
    memcpy(copy, built.data, built.size);
    for (size_t size = 0; size < built.size; size++) {
        assert_null(referential_open(copy, size, &reason));
        assert_non_null(reason);
    }
    assert_null(referential_open(copy, built.size + 8, &reason));
    for (size_t i = 0; i < built.size; i++) {
        copy[i] ^= 0x41;
        assert_null(referential_open(copy, built.size, &reason));
        copy[i] ^= 0x41;
    }
    memmove(copy + 4, copy, built.size);
    assert_null(referential_open(copy + 4, built.size, &reason));
    assert_string_equal(reason, "not aligned to 8 bytes");
    free(copy);
    discard(&built);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_and_labels),
        cmocka_unit_test(counts_what_it_took),
        cmocka_unit_test(same_input_gives_the_same_bytes),
        cmocka_unit_test(near_lists_compose_same_with_others),
        cmocka_unit_test(near_lists_keep_the_best),
        cmocka_unit_test(weights_fall_with_use),
        cmocka_unit_test(role_skills_put_the_core_first),
        cmocka_unit_test(rome_code_means_the_first_that_has_it),
        cmocka_unit_test(rome_role_is_home_to_those_of_its_code),
        cmocka_unit_test(first_declared_wins),
        cmocka_unit_test(nearest_finds_misspelt_words),
        cmocka_unit_test(nearest_compares_sets),
        cmocka_unit_test(build_refuses_bad_strings),
        cmocka_unit_test(empty_build_opens),
        cmocka_unit_test(nothing_to_show_shows_the_id),
        cmocka_unit_test(opens_only_whole_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
