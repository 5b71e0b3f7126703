/* Occupations of another catalogue: kept when they stand for a role, with all that they need. */
#include "matching/occupation.h"
#include "matching/occupation_build.h"
#include "matching_support.h"

static struct referential_build *build_begin(void)
{
    struct referential_build *build = referential_build_create();
    assert_true(referential_build_role(build, "H2913", "H2913", "Soudeur", NULL));
    assert_true(referential_build_role(build, "H2902", "H2902", "Chaudronnier", NULL));
    assert_true(referential_build_skill(build, "rome:1", "Souder au plafond", NULL));
    assert_true(referential_build_skill_label(build, "esco:b", LABEL_FRENCH, "SOUDER au plafond"));
    assert_true(referential_build_skill_label(build, "esco:a", LABEL_FRENCH, "tracer"));
    assert_true(referential_build_skill_label(build, "esco:a", LABEL_ENGLISH, "mark out"));
    return build;
}

static bool put(struct referential_build *build)
{
    return referential_build_occupation_role(build, "esco:welder", "H2913", 5) &&
           referential_build_occupation_role(build, "esco:welder", "H2902", 6) &&
           referential_build_occupation_role(build, "esco:welder", "H2913", 10) &&
           referential_build_occupation_role(build, "esco:boiler", "H2902", 8) &&
           referential_build_occupation_skill(build, "esco:welder", "esco:b", false) &&
           referential_build_occupation_skill(build, "esco:welder", "esco:a", true) &&
           referential_build_occupation_skill(build, "esco:welder", "esco:b", true) &&
           referential_build_occupation_skill(build, "esco:florist", "esco:a", true) &&
           referential_build_occupation_title(build, "esco:welder", LABEL_FRENCH, "soudeur") &&
           referential_build_occupation_title(build, "esco:welder", LABEL_ENGLISH, "welder") &&
           referential_build_occupation_title(build, "esco:welder", LABEL_FRENCH, "soudeur") &&
           referential_build_occupation_title(build, "esco:florist", LABEL_FRENCH, "fleuriste");
}

static void keeps_what_stands_for_a_role(void **state)
{
    (void)state;
    struct referential_build *build = build_begin();
    assert_true(put(build));
    struct support_catalogue catalogue = support_catalogue_finish(build);
    const struct referential *referential = catalogue.referential;
    assert_int_equal(referential_occupation_count(referential), 2);
    assert_string_equal(referential_occupation_id(referential, 0), "esco:boiler");
    assert_string_equal(referential_occupation_id(referential, 1), "esco:welder");
    unsigned count;
    const struct occupation_role *roles = referential_occupation_roles(referential, 1, &count);
    assert_int_equal(count, 2);
    assert_int_equal(roles[0].role, support_role(referential, "H2913"));
    assert_int_equal(roles[0].strength, 10);
    assert_int_equal(roles[1].strength, 6);
    const struct occupation_skill *skills = referential_occupation_skills(referential, 1, &count);
    assert_int_equal(count, 2);
    assert_int_equal(skills[0].skill, support_skill(referential, "esco:b"));
    assert_int_equal(skills[0].essential, 1);
    enum label_language language;
    assert_int_equal(referential_occupation_title_count(referential, 0), 0);
    assert_int_equal(referential_occupation_title_count(referential, 1), 2);
    assert_string_equal(referential_occupation_title(referential, 1, 0, &language), "soudeur");
    assert_int_equal(language, LABEL_FRENCH);
    assert_string_equal(referential_occupation_title(referential, 1, 1, &language), "welder");
    assert_int_equal(language, LABEL_ENGLISH);
    support_catalogue_close(&catalogue);
}

static void skills_called_the_same_in_two_catalogues_are_the_same(void **state)
{
    (void)state;
    struct support_catalogue catalogue = support_catalogue_finish(build_begin());
    const struct referential *referential = catalogue.referential;
    unsigned count;
    int32_t first = support_skill(referential, "rome:1");
    const struct near_skill *near = referential_skill_near(referential, first, &count);
    assert_int_equal(count, 2);
    assert_int_equal(near[1].skill, support_skill(referential, "esco:b"));
    assert_int_equal(near[1].path, PATH_SAME);
    int32_t alone = support_skill(referential, "esco:a");
    referential_skill_near(referential, alone, &count);
    assert_int_equal(count, 1);
    assert_string_equal(referential_skill_label(referential, alone, LABEL_FRENCH), "tracer");
    assert_string_equal(referential_skill_label(referential, alone, LABEL_ENGLISH), "mark out");
    support_catalogue_close(&catalogue);
}

static void namesakes_of_one_catalogue_stay_apart(void **state)
{
    (void)state;
    struct referential_build *build = referential_build_create();
    assert_true(referential_build_skill(build, "rome:1", "Électricité", NULL));
    assert_true(referential_build_skill(build, "rome:2", "Électricité", NULL));
    struct support_catalogue catalogue = support_catalogue_finish(build);
    unsigned count;
    referential_skill_near(catalogue.referential, 0, &count);
    assert_int_equal(count, 1);
    support_catalogue_close(&catalogue);
}

static void refuses_what_is_out_of_bounds(void **state)
{
    (void)state;
    struct referential_build *build = build_begin();
    char long_id[80];
    memset(long_id, 'x', sizeof long_id - 1);
    long_id[sizeof long_id - 1] = '\0';
    assert_false(referential_build_occupation_role(build, "esco:x", "H2913", 0));
    assert_false(
        referential_build_occupation_role(build, "esco:x", "H2913", OCCUPATION_STRENGTH_ONE + 1));
    assert_false(referential_build_occupation_role(build, "", "H2913", 1));
    assert_false(referential_build_occupation_skill(build, long_id, "esco:a", true));
    assert_false(referential_build_occupation_title(build, "esco:x", LABEL_FRENCH, "\xff"));
    struct support_catalogue catalogue = support_catalogue_finish(build);
    assert_int_equal(referential_occupation_count(catalogue.referential), 0);
    support_catalogue_close(&catalogue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_what_stands_for_a_role),
        cmocka_unit_test(skills_called_the_same_in_two_catalogues_are_the_same),
        cmocka_unit_test(namesakes_of_one_catalogue_stay_apart),
        cmocka_unit_test(refuses_what_is_out_of_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
