#include "catalogue_support.h"

#include "cli/commune_name.h"
#include "cli/import_communes.h"

static struct communes *finish(struct communes_build *build, void **data)
{
    size_t size;
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    *data = communes_build_finish(build, &size, hash);
    communes_build_free(build);
    assert_non_null(*data);
    struct communes *communes = communes_open(*data, size, &reason);
    assert_non_null(communes);
    return communes;
}

static void reads_the_posts_file(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct communes_build *build = communes_build_create();
    struct commune found;
    void *data;
    file_put("post.csv.gz",
             "Code_commune_INSEE;Nom_commune;Code_postal;Ligne_5;Libell\xE9_d_acheminement;"
             "coordonnees_gps\n"
             "50129;CHERBOURG EN COTENTIN;50130;OCTEVILLE;CHERBOURG OCTEVILLE;49.6,-1.62\n"
             "97801;ST MARTIN;97150;;ST MARTIN;\n"
             "97411;ST DENIS;97400;;ST DENIS;-20.937,55.4470009\n");
    assert_true(import_communes(path_in_folder("post.csv.gz"), build, &problems, NULL));
    struct communes *communes = finish(build, &data);
    assert_int_equal(communes_count(communes), 2);
    assert_true(communes_by_name(communes, "Octeville", 9, "", "", &found));
    assert_string_equal(found.name, "Cherbourg-en-Cotentin");
    assert_int_equal(found.latitude, 49600000);
    assert_int_equal(found.longitude, -1620000);
    assert_true(communes_by_name(communes, "Cherbourg Octeville", 19, "50130", "", &found));
    assert_true(communes_by_code(communes, "97411", 5, &found));
    assert_int_equal(found.latitude, -20937000);
    assert_int_equal(found.longitude, 55447000);
    communes_close(communes);
    free(data);
}

static void reads_the_own_file(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct communes_build *build = communes_build_create();
    struct commune found;
    void *data;
    assert_true(
        import_communes(SOURCE_DIR "/config/referential/communes.csv", build, &problems, NULL));
    struct communes *communes = finish(build, &data);
    assert_true(communes_by_name(communes, "Lille", 5, "59800", "", &found));
    assert_string_equal(found.code, "59350");
    communes_close(communes);
    free(data);
}

static void tells_what_is_wrong_and_where(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct communes_build *build = communes_build_create();
    file_put("wrong.csv", "insee,name,postcode,latitude,longitude\n"
                          "59350,Lille,59000,50.6,3.06\n"
                          "59350,Lille,59000,50.6x,3.06\n"
                          "59350,Lille,59000,50.6,\n"
                          "59350,Lille,59000,95,3\n"
                          "5935,Lille,59000,50.6,3.06\n"
                          "59350,,59000,50.6,3.06\n"
                          "59350,Lille,590,50.6,3.06\n"
                          "59350,Lille,59000,99999999999999999999,3.06\n"
                          "59350,Lille,59000,-,3.06\n");
    assert_false(import_communes(path_in_folder("wrong.csv"), build, &problems, NULL));
    assert_int_equal(problems.count, 8);
    for (unsigned i = 0; i < 8; i++)
        assert_problem(&problems, i, "wrong.csv", i + 3, TEXT_CATALOGUE_VALUE);
    communes_build_free(build);
}

static void assert_spelt(const char *name, const char *expected)
{
    char spelt[COMMUNE_NAME_SIZE];
    commune_name_spell(name, spelt);
    assert_string_equal(spelt, expected);
}

static void spells_names(void **state)
{
    (void)state;
    char longest[300];
    assert_spelt("ST DIDIER SOUS AUBENAS", "Saint-Didier-sous-Aubenas");
    assert_spelt("L HAY LES ROSES", "L'Hay-les-Roses");
    assert_spelt("LE TEIL", "Le Teil");
    assert_spelt("LES CLAYES SOUS BOIS", "Les Clayes-sous-Bois");
    assert_spelt("VILLENEUVE D ASCQ", "Villeneuve-d'Ascq");
    assert_spelt("LE BREUIL LE SEC", "Le Breuil-le-Sec");
    assert_spelt("PARIS 09", "Paris 9e Arrondissement");
    assert_spelt("LYON 01", "Lyon 1er Arrondissement");
    assert_spelt("Étrœungt", "Étrœungt");
    assert_spelt("Y", "Y");
    assert_spelt("", "");
    memset(longest, 'X', sizeof longest);
    longest[299] = '\0';
    char spelt[COMMUNE_NAME_SIZE];
    commune_name_spell(longest, spelt);
    assert_int_equal(strlen(spelt), COMMUNE_NAME_SIZE - 1);
}

/* Places of real offers that are no commune: departments, regions, countries. */
static bool is_wider(const char *place)
{
    static const char *const wider[] = {"Alpes-Maritimes",
                                        "Bas-Rhin",
                                        "Bouches-du-Rhône",
                                        "Côtes-d'Armor",
                                        "Drôme",
                                        "Finistère",
                                        "Gironde",
                                        "Haute-Garonne",
                                        "Hauts-de-Seine",
                                        "Hérault",
                                        "Ille-et-Vilaine",
                                        "Isère",
                                        "Loire-Atlantique",
                                        "Pyrénées-Atlantiques",
                                        "Rhône",
                                        "Sarthe",
                                        "Seine-Saint-Denis",
                                        "Val-d'Oise",
                                        "Val-de-Marne",
                                        "France",
                                        "Île-de-France",
                                        "Luxembourg",
                                        NULL};
    unsigned i = 0;
    while (wider[i] && strcmp(wider[i], place) != 0)
        i++;
    return wider[i] != NULL;
}

static char *column(char *line, unsigned number)
{
    while (number-- > 0 && line)
        strsep(&line, "\t");
    return line ? strsep(&line, "\t") : NULL;
}

/* Every place of a real offer that is a town is found, and where the offer tells its code and
 * the place is no other name of it, as that one. */
static void finds_the_places_of_real_offers(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    FILE *offers = fopen(SHARED_DATA "offers/offers_fr.tsv", "r");
    if (!offers || access(SHARED_DATA "geo/laposte_hexasmal.csv.gz", R_OK) != 0) {
        print_message("skipped: no offers and communes in " SHARED_DATA "\n");
        skip();
    }
    struct communes_build *build = communes_build_create();
    assert_true(import_communes(SHARED_DATA "geo/laposte_hexasmal.csv.gz", build, &problems, NULL));
    void *data;
    struct communes *communes = finish(build, &data);
    assert_int_equal(communes_count(communes), 35099 - 93 + 3);
    char line[16 * 1024], copy[16 * 1024];
    unsigned towns = 0, wider = 0, coded = 0;
    assert_non_null(fgets(line, sizeof line, offers));
    while (fgets(line, sizeof line, offers)) {
        memcpy(copy, line, sizeof copy);
        char *place = column(line, 11), *code = column(copy, 12);
        char department[8] = "", *dash = strstr(place, " - ");
        struct commune found;
        if (dash && dash - place < 4) {
            memcpy(department, place, (size_t)(dash - place));
            place = dash + 3;
        }
        bool there = communes_by_name(communes, place, strlen(place), "", department, &found);
        if (is_wider(place) || !*place) {
            assert_false(there);
            wider++;
            continue;
        }
        if (!there)
            print_message("not found: %s %s\n", department, place);
        assert_true(there);
        towns++;
        coded += code && strlen(code) == 5 && strcmp(found.code, code) == 0;
        if (code && strlen(code) == 5 && strcmp(found.code, code) != 0)
            print_message("%s: %s, not %s\n", place, found.code, code);
    }
    print_message("places of offers: %u towns, all found; %u wider; %u with their code\n", towns,
                  wider, coded);
    fclose(offers);
    communes_close(communes);
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_posts_file),
        cmocka_unit_test(reads_the_own_file),
        cmocka_unit_test(tells_what_is_wrong_and_where),
        cmocka_unit_test(spells_names),
        cmocka_unit_test(finds_the_places_of_real_offers),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
