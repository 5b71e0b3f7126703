#include "catalogue_support.h"

#include "cli/import_rome.h"

static void put_files(void)
{
    file_put("unix_referentiel_competence_v460_utf8.csv.gz",
             "\"code_ogr\",\"nature\",\"libelle_competence\",\"code_ogr_macro_comp\"\n"
             "\"100\",\"Compétence\",\"Souder au plafond\",\"300\"\n"
             "\"300\",\"Macro-compétence\",\"Assembler des pièces\",\"\"\n");
    file_put("unix_referentiel_macro_competence_riasec_v460_utf8.csv", "\"code_ogr\"\n\"300\"\n");
    file_put("unix_referentiel_savoir_v460_utf8.csv",
             "\"code_ogr_savoir\",\"libelle_savoir\"\n\"200\",\"Lecture de plan\"\n");
    file_put("unix_referentiel_code_rome_v460_utf8.csv",
             "\"code_rome\",\"libelle_rome\"\n\"H2913\",\"Soudeur / Soudeuse\"\n"
             "\"H2902\",\"Chaudronnier / Chaudronnière\"\n");
    file_put("unix_referentiel_appellation_v460_utf8.csv",
             "\"code_rome\",\"libelle_appellation_long\",\"libelle_appellation_court\"\n"
             "\"H2913\",\"Soudeur braseur / Soudeuse braseuse à l'arc\",\"Soudeur(se) brase\"\n"
             "\"H2902\",\"Tôlier / Formeur\",\"Tôlier / Formeur\"\n");
    file_put("unix_coherence_item_v460_utf8.csv",
             "\"code_rome\",\"code_ogr\",\"coeur_metier\"\n\"H2913\",\"100\",\"Principale\"\n"
             "\"H2913\",\"200\",\"\"\n\"H2913\",\"999\",\"Principale\"\n");
    file_put("unix_rubrique_mobilite_v460_utf8.csv",
             "\"code_rome\",\"code_rome_cible\",\"numero_ordre\"\n\"H2913\",\"H2902\",\"1\"\n"
             "\"H2902\",\"H2913\",\"12\"\n");
}

static struct referential *finish(struct referential_build *build, void **data,
                                  struct referential_counts *counts)
{
    size_t size;
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    *data = referential_build_finish(build, &size, hash, counts);
    referential_build_free(build);
    assert_non_null(*data);
    struct referential *referential = referential_open(*data, size, &reason);
    assert_non_null(referential);
    return referential;
}

static int32_t role_of(const struct referential *referential, const char *words)
{
    return referential_role_by_words(referential, words, strlen(words));
}

static void reads_all_tables(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct referential_build *build = referential_build_create();
    struct referential_counts counts;
    void *data;
    put_files();
    assert_true(import_rome(folder, build, &problems, NULL));
    struct referential *referential = finish(build, &data, &counts);
    assert_int_equal(counts.skills, 3);
    assert_int_equal(counts.roles, 2);
    assert_int_equal(counts.dropped_links, 0);
    int32_t skill = referential_skill(referential, "rome:100", 8);
    assert_int_equal(skill, referential_skill_by_words(referential, "souder au plafond", 17));
    unsigned count;
    const struct near_skill *near = referential_skill_near(referential, skill, &count);
    assert_int_equal(count, 2);
    assert_string_equal(referential_skill_id(referential, near[1].skill), "rome:300");
    assert_int_equal(near[1].path, PATH_NARROWER);
    int32_t welder = referential_role(referential, "H2913", 5);
    int32_t boilermaker = referential_role(referential, "H2902", 5);
    assert_string_equal(referential_role_rome(referential, welder), "H2913");
    assert_int_equal(role_of(referential, "soudeur"), welder);
    assert_int_equal(role_of(referential, "Soudeuse"), welder);
    assert_int_equal(role_of(referential, "soudeur braseur à l'arc"), welder);
    assert_int_equal(role_of(referential, "soudeuse braseuse à l'arc"), welder);
    assert_int_equal(role_of(referential, "soudeur brase"), welder);
    assert_int_equal(role_of(referential, "formeur"), boilermaker);
    const struct role_skill *items = referential_role_skills(referential, welder, &count);
    assert_int_equal(count, 2);
    assert_int_equal(items[0].skill, skill);
    assert_int_equal(items[0].core, 1);
    assert_int_equal(items[1].core, 0);
    assert_int_equal(referential_role_nearness(referential, welder, boilermaker), 200);
    assert_int_equal(referential_role_nearness(referential, boilermaker, welder), 120);
    referential_close(referential);
    free(data);
}

static void reads_the_newest_version(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct referential_build *build = referential_build_create();
    struct referential_counts counts;
    void *data;
    put_files();
    file_put(
        "unix_referentiel_code_rome_v1000_utf8.csv",
        "\"code_rome\",\"libelle_rome\"\n\"H2913\",\"Soudeur nouveau\"\n\"H2902\",\"Autre\"\n");
    assert_true(import_rome(folder, build, &problems, NULL));
    struct referential *referential = finish(build, &data, &counts);
    assert_int_not_equal(role_of(referential, "soudeur nouveau"), REFERENTIAL_NONE);
    referential_close(referential);
    free(data);
    unlink(path_in_folder("unix_referentiel_code_rome_v1000_utf8.csv"));
}

static void tells_what_is_wrong_and_where(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct referential_build *build = referential_build_create();
    put_files();
    file_put("unix_referentiel_savoir_v460_utf8.csv",
             "\"code_ogr_savoir\",\"libelle_savoir\"\n\"20x\",\"Lecture\"\n\"-1\",\"Plan\"\n"
             "\"10000000\",\"Plan\"\n");
    unlink(path_in_folder("unix_coherence_item_v460_utf8.csv"));
    assert_false(import_rome(folder, build, &problems, NULL));
    assert_int_equal(problems.count, 4);
    for (unsigned i = 0; i < 3; i++)
        assert_problem(&problems, i, "unix_referentiel_savoir_v460_utf8.csv", i + 2,
                       TEXT_CATALOGUE_VALUE);
    assert_problem(&problems, 3, folder, 0, TEXT_CATALOGUE_NO_FILE);
    referential_build_free(build);
}

/* The figures of release v460. */
static void reads_the_official_files(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct referential_counts counts;
    void *data;
    if (access(SHARED_DATA "rome4", R_OK) != 0) {
        print_message("skipped: no ROME 4.0 in " SHARED_DATA "rome4\n");
        skip();
    }
    struct referential_build *build = referential_build_create();
    assert_true(import_rome(SHARED_DATA "rome4", build, &problems, NULL));
    struct referential *referential = finish(build, &data, &counts);
    assert_int_equal(counts.skills, 18317 + 15354);
    assert_int_equal(counts.roles, 1584);
    assert_int_equal(counts.role_skills, 54695 + 35861);
    assert_int_equal(counts.role_links, 14912);
    assert_int_equal(counts.dropped_links, 0);
    int32_t web = referential_role(referential, "M1855", 5);
    assert_int_equal(role_of(referential, "Développeuse web H/F"), web);
    assert_int_equal(role_of(referential, "DEVELOPPEUR WEB"), web);
    int32_t found[4];
    assert_true(referential_nearest_roles(referential, "develloper web", 14, found, 4) > 0);
    assert_int_equal(found[0], web);
    referential_close(referential);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_all_tables),
        cmocka_unit_test(reads_the_newest_version),
        cmocka_unit_test(tells_what_is_wrong_and_where),
        cmocka_unit_test(reads_the_official_files),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
