#include "catalogue_support.h"

#include "cli/import_starter.h"

static const char skills_header[] = "id,fr,en,aliases,broader,related,same\n";
static const char roles_header[] = "id,rome,fr,en,aliases,core,useful,near\n";

static void put_files(const char *skills, const char *roles)
{
    char text[4096];
    snprintf(text, sizeof text, "%s%s", skills_header, skills);
    file_put("skills.csv", text);
    snprintf(text, sizeof text, "%s%s", roles_header, roles);
    file_put("roles.csv", text);
}

static void reads_skills_and_roles(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct referential_build *build = referential_build_create();
    struct referential_counts counts;
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    size_t size;
    put_files(
        "react,React,React,reactjs|react js,js,,rome:1|rome:2\njs,JavaScript,JavaScript,,,css,"
        "\ncss,CSS,CSS,,,,\n",
        "web,M1855,Développeur web,Web developer,dev web,react:3|js,css:1,front:0.85|back\n"
        "front,M1855,Front,Front,,,,web:1\nback,,Back,Back,,,,web:0.5\n");
    assert_true(import_starter(folder, build, &problems, NULL));
    void *data = referential_build_finish(build, &size, hash, &counts);
    referential_build_free(build);
    struct referential *referential = referential_open(data, size, &reason);
    assert_non_null(referential);
    assert_int_equal(counts.dropped_links, 2); /* what only another catalogue has */
    int32_t react = referential_skill(referential, "react", 5);
    assert_int_equal(referential_skill_by_words(referential, "ReactJS", 7), react);
    unsigned count;
    assert_string_equal(
        referential_skill_id(referential,
                             referential_skill_near(referential, react, &count)[1].skill),
        "js");
    int32_t web = referential_role(referential, "web", 3);
    assert_int_equal(referential_role(referential, "M1855", 5), web);
    const struct role_skill *items = referential_role_skills(referential, web, &count);
    assert_int_equal(count, 3);
    assert_int_equal(items[0].skill, react);
    assert_int_equal(items[0].level, 3);
    assert_int_equal(items[1].level, 2);
    assert_int_equal(items[1].core, 1);
    assert_int_equal(items[2].level, 1);
    assert_int_equal(items[2].core, 0);
    assert_int_equal(referential_role_nearness(referential, web, 1), 218);
    assert_int_equal(referential_role_nearness(referential, web, 2), 179);
    assert_int_equal(referential_role_nearness(referential, 1, web), 256);
    assert_int_equal(referential_role_nearness(referential, 2, web), 128);
    referential_close(referential);
    free(data);
}

static void assert_problems(const char *skills, const char *roles, struct import_problems *problems)
{
    struct referential_build *build = referential_build_create();
    *problems = (struct import_problems){.count = 0};
    put_files(skills, roles);
    assert_false(import_starter(folder, build, problems, NULL));
    referential_build_free(build);
}

static void tells_what_is_wrong_and_where(void **state)
{
    (void)state;
    struct import_problems problems;
    assert_problems("a,A,A,,,,\na,B,B,,,,\n,C,C,,,,\nd,,D,,,,\n", "", &problems);
    assert_int_equal(problems.count, 3);
    assert_problem(&problems, 0, "skills.csv", 3, TEXT_CATALOGUE_REPEATED);
    assert_problem(&problems, 1, "skills.csv", 4, TEXT_CATALOGUE_NO_VALUE);
    assert_problem(&problems, 2, "skills.csv", 5, TEXT_CATALOGUE_NO_VALUE);
    assert_problems("a,A,A,,z,,\nb,B,B,,,y,\n", "r,,R,R,,a:9|q,a:x|b:,s:0.5|r:2|r:0.x\n",
                    &problems);
    assert_int_equal(problems.count, 9);
    assert_problem(&problems, 0, "skills.csv", 2, TEXT_CATALOGUE_UNKNOWN_SKILL);
    assert_problem(&problems, 1, "skills.csv", 3, TEXT_CATALOGUE_UNKNOWN_SKILL);
    assert_problem(&problems, 2, "roles.csv", 2, TEXT_CATALOGUE_VALUE);
    assert_problem(&problems, 3, "roles.csv", 2, TEXT_CATALOGUE_UNKNOWN_SKILL);
    assert_string_equal(problems.kept[3].detail, "q");
    assert_problem(&problems, 4, "roles.csv", 2, TEXT_CATALOGUE_VALUE);
    assert_problem(&problems, 5, "roles.csv", 2, TEXT_CATALOGUE_VALUE);
    assert_problem(&problems, 6, "roles.csv", 2, TEXT_CATALOGUE_UNKNOWN_ROLE);
    assert_problem(&problems, 7, "roles.csv", 2, TEXT_CATALOGUE_VALUE);
    assert_problem(&problems, 8, "roles.csv", 2, TEXT_CATALOGUE_VALUE);
}

static void needs_both_files(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct referential_build *build = referential_build_create();
    put_files("a,A,A,,,,\n", "");
    unlink(path_in_folder("roles.csv"));
    assert_false(import_starter(folder, build, &problems, NULL));
    assert_problem(&problems, 0, "roles.csv", 0, TEXT_CATALOGUE_OPEN);
    referential_build_free(build);
}

static void reads_the_starter_that_ships(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct referential_build *build = referential_build_create();
    bool taken = import_starter(SOURCE_DIR "/config/referential", build, &problems, NULL);
    import_problems_print(&problems, stderr);
    assert_true(taken);
    referential_build_free(build);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_skills_and_roles),
        cmocka_unit_test(tells_what_is_wrong_and_where),
        cmocka_unit_test(needs_both_files),
        cmocka_unit_test(reads_the_starter_that_ships),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
