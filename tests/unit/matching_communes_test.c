#include "../fuzz/communes_fuzz.c"

#include "matching/place_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct {
    const char *code, *name, *postcode;
    int32_t latitude, longitude;
} rows[] = {
    {"07319", "LE TEIL", "07400", 44546000, 4682000},
    {"07229", "ST DIDIER SOUS AUBENAS", "07200", 44611641, 4414721},
    {"59009", "VILLENEUVE D ASCQ", "59491", 50632000, 3153000},
    {"59009", "VILLENEUVE D ASCQ", "59650", 50632000, 3153000},
    {"59009", "FLERS BREUCQ", "59650", 50632000, 3153000},
    {"57433", "MAIZIERES LES METZ", "57280", 49206000, 6155000},
    {"93048", "MONTREUIL", "93100", 48863000, 2448000},
    {"28267", "MONTREUIL", "28500", 48773000, 1381000},
    {"78418", "MONTESSON", "78360", 48921000, 2136000},
    {"78999", "MONTESSON", "78361", 48931000, 2146000},
    {"78998", "MONTESSON", "78362", 48951000, 2166000},
    {"2A004", "AJACCIO", "20090", 41934000, 8701000},
    {"2B033", "BASTIA", "20200", 42697000, 9450000},
    {"97411", "ST DENIS", "97400", -20937000, 55447000},
    {"93066", "ST DENIS", "93200", 48936000, 2357000},
    {"97801", "ST MARTIN", "97150", COMMUNE_UNPLACED, 0},
    {"75101", "PARIS 01", "75001", 48862630, 2336293},
    {"75109", "PARIS 09", "75009", 48876896, 2337460},
    {"75116", "PARIS 16", "75016", 48860398, 2262099},
    {"75116", "PARIS 16", "75116", 48860398, 2262099},
    {"69381", "LYON 01", "69001", 45769928, 4829224},
    {"69383", "LYON 03", "69003", 45753355, 4869185},
    {"71343", "PARIS L HOPITAL", "71150", 46912788, 4639585},
    {"50129", "CHERBOURG EN COTENTIN", "50100", 49634000, -1622000},
    {"50129", "OCTEVILLE", "50130", 49634000, -1622000},
    {"50394", "OCTEVILLE L AVENEL", "50630", 49581000, -1340000},
};

static struct communes_build *example(void)
{
    struct communes_build *build = communes_build_create();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(communes_build_add(build, rows[i].code, rows[i].name, rows[i].postcode,
                                       rows[i].latitude, rows[i].longitude));
    return build;
}

struct fixture {
    struct communes *communes;
    void *data;
    size_t size;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    struct communes_build *build = example();
    fixture.data = communes_build_finish(build, &fixture.size, hash);
    communes_build_free(build);
    assert_non_null(fixture.data);
    fixture.communes = communes_open(fixture.data, fixture.size, &reason);
    assert_null(reason);
    assert_string_equal(communes_hash(fixture.communes), hash);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    communes_close(fixture->communes);
    free(fixture->data);
    return 0;
}

static const char *find(void **state, const char *name, const char *postcode,
                        const char *department)
{
    struct fixture *fixture = *state;
    struct commune found;
    if (!communes_by_name(fixture->communes, name, strlen(name), postcode, department, &found))
        return "none";
    return found.code;
}

static void finds_by_code(void **state)
{
    struct fixture *fixture = *state;
    struct commune found;
    assert_int_equal(communes_count(fixture->communes), 23);
    assert_true(communes_by_code(fixture->communes, "07319", 5, &found));
    assert_string_equal(found.code, "07319");
    assert_string_equal(found.name, "LE TEIL");
    assert_int_equal(found.latitude, 44546000);
    assert_int_equal(found.longitude, 4682000);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(communes_by_code(fixture->communes, rows[i].code, 5, &found),
                         rows[i].latitude != COMMUNE_UNPLACED);
    assert_false(communes_by_code(fixture->communes, "07320", 5, &found));
    assert_false(communes_by_code(fixture->communes, "0731", 4, &found));
    assert_false(communes_by_code(fixture->communes, "", 0, &found));
}

static void finds_names_as_people_write_them(void **state)
{
    assert_string_equal(find(state, "Le Teil", "", ""), "07319");
    assert_string_equal(find(state, "Teil", "", "07"), "07319");
    assert_string_equal(find(state, "TEIL (Le)", "", ""), "07319");
    assert_string_equal(find(state, "Saint-Didier-sous-Aubenas", "", ""), "07229");
    assert_string_equal(find(state, "Villeneuve-d'Ascq", "", ""), "59009");
    assert_string_equal(find(state, "VILLENEUVE D ASCQ CEDEX 12", "", "59"), "59009");
    assert_string_equal(find(state, "59650 Villeneuve d’Ascq", "", ""), "59009");
    assert_string_equal(find(state, "Maizières-lès-Metz", "", ""), "57433");
    assert_string_equal(find(state, "Maizieres lez Metz", "", ""), "57433");
    assert_string_equal(find(state, "Flers-Breucq", "", ""), "59009");
    assert_string_equal(find(state, "Octeville", "", ""), "50129");
    assert_string_equal(find(state, "Seine-Saint-Denis", "", "93"), "none");
    assert_string_equal(find(state, "Le", "", ""), "none");
    assert_string_equal(find(state, "", "", ""), "none");
}

static void narrows_by_department_and_postcode(void **state)
{
    assert_string_equal(find(state, "Montreuil", "", ""), "none");
    assert_string_equal(find(state, "Montreuil", "", "93"), "93048");
    assert_string_equal(find(state, "Montreuil", "28500", ""), "28267");
    assert_string_equal(find(state, "28500 Montreuil", "", ""), "28267");
    assert_string_equal(find(state, "Montreuil", "93109", ""), "93048"); /* of big receivers */
    assert_string_equal(find(state, "Montreuil", "75001", ""), "none");
    assert_string_equal(find(state, "Montreuil", "", "75"), "none");
    assert_string_equal(find(state, "Ajaccio", "", "2a"), "2A004");
    assert_string_equal(find(state, "Ajaccio", "", "20"), "2A004");
    assert_string_equal(find(state, "Ajaccio", "20999", ""), "2A004");
    assert_string_equal(find(state, "Ajaccio", "", "2B"), "none");
    assert_string_equal(find(state, "Saint-Denis", "", "974"), "97411");
    assert_string_equal(find(state, "Saint-Denis", "97499", ""), "97411");
    assert_string_equal(find(state, "Saint-Denis", "", "93"), "93066");
    assert_string_equal(find(state, "Saint-Martin", "", ""), "none");
}

static void chooses_the_central_of_neighbours(void **state)
{
    assert_string_equal(find(state, "Montesson", "", ""), "78999");
    assert_string_equal(find(state, "Montesson", "78362", ""), "78998");
}

static void knows_cities_and_arrondissements(void **state)
{
    struct fixture *fixture = *state;
    struct commune found;
    assert_string_equal(find(state, "Paris 9e Arrondissement", "", "75"), "75109");
    assert_string_equal(find(state, "PARIS 09", "", "75"), "75109");
    assert_string_equal(find(state, "Paris 16ème", "", ""), "75116");
    assert_string_equal(find(state, "Lyon 1er Arrondissement", "", ""), "69381");
    assert_string_equal(find(state, "Paris", "75009", ""), "75109");
    assert_string_equal(find(state, "75116 PARIS", "", ""), "75116");
    assert_string_equal(find(state, "Paris", "75000", ""), "75056");
    assert_string_equal(find(state, "Paris", "75700", ""), "75056");
    assert_string_equal(find(state, "Paris Cedex 09", "", ""), "75056");
    assert_string_equal(find(state, "Paris (Dept.)", "", "75"), "75056");
    assert_string_equal(find(state, "LYON", "", "69"), "69123");
    assert_string_equal(find(state, "Marseille", "", ""), "none");
    assert_true(communes_by_code(fixture->communes, "69123", 5, &found));
    assert_string_equal(found.name, "Lyon");
    assert_int_equal(found.latitude, (45769928 + 45753355) / 2);
    assert_int_equal(found.longitude, (4829224 + 4869185) / 2);
    assert_true(communes_by_code(fixture->communes, "75056", 5, &found));
    assert_int_equal(found.latitude, (48862630 + 48876896 + 48860398) / 3);
}

static void a_city_keeps_what_was_declared(void **state)
{
    (void)state;
    struct communes_build *build = communes_build_create();
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    struct commune found;
    size_t size;
    assert_true(communes_build_add(build, "69123", "Lyon (ville)", "69000", 45000000, 4800000));
    assert_true(communes_build_add(build, "69381", "LYON 01", "69001", 45769928, 4829224));
    void *data = communes_build_finish(build, &size, hash);
    communes_build_free(build);
    struct communes *communes = communes_open(data, size, &reason);
    assert_non_null(communes);
    assert_int_equal(communes_count(communes), 2);
    assert_true(communes_by_name(communes, "Lyon", 4, "", "", &found));
    assert_string_equal(found.name, "Lyon (ville)");
    assert_int_equal(found.latitude, 45000000);
    communes_close(communes);
    free(data);
}

static void nearest_finds_misspelt_names(void **state)
{
    struct fixture *fixture = *state;
    struct commune found[4];
    unsigned count = communes_nearest(fixture->communes, "Vileneuve d'Asq", 15, found, 4);
    assert_true(count >= 1);
    assert_string_equal(found[0].code, "59009");
    assert_int_equal(communes_nearest(fixture->communes, "montreui", 8, found, 4), 4);
    assert_string_equal(found[0].code, "28267");
    assert_string_equal(found[1].code, "93048");
    assert_int_equal(communes_nearest(fixture->communes, "montreui", 8, found, 1), 1);
    assert_int_equal(communes_nearest(fixture->communes, "zzz", 3, found, 4), 0);
}

static void build_refuses_bad_input(void **state)
{
    (void)state;
    struct communes_build *build = communes_build_create();
    char name[128];
    memset(name, 'x', sizeof name);
    name[101] = '\0';
    assert_false(communes_build_add(build, "5900", "A", "", 0, 0));
    assert_false(communes_build_add(build, "590090", "A", "", 0, 0));
    assert_false(communes_build_add(build, "59 09", "A", "", 0, 0));
    assert_false(communes_build_add(build, "59009", "", "", 0, 0));
    assert_false(communes_build_add(build, "59009", name, "", 0, 0));
    assert_false(communes_build_add(build, "59009", "\xFF", "", 0, 0));
    assert_false(communes_build_add(build, "59009", "A", "5900", 0, 0));
    assert_false(communes_build_add(build, "59009", "A", "5900X", 0, 0));
    assert_false(communes_build_add(build, "59009", "A", "", 90000001, 0));
    assert_false(communes_build_add(build, "59009", "A", "", 0, -180000001));
    name[100] = '\0';
    assert_true(communes_build_add(build, "59009", name, "", 0, 0));
    communes_build_free(build);
    communes_build_free(NULL);
}

static void same_input_gives_the_same_bytes(void **state)
{
    struct fixture *fixture = *state;
    struct communes_build *build = communes_build_create();
    size_t count = sizeof rows / sizeof *rows, size;
    char hash[REFERENTIAL_HASH_SIZE];
    for (size_t i = 0; i < count; i++) { /* other codes first; the rows of a code in order */
        size_t at = (i + 10) % count;
        assert_true(communes_build_add(build, rows[at].code, rows[at].name, rows[at].postcode,
                                       rows[at].latitude, rows[at].longitude));
    }
    void *data = communes_build_finish(build, &size, hash);
    assert_int_equal(size, fixture->size);
    assert_memory_equal(data, fixture->data, size);
    free(data);
    data = communes_build_finish(build, &size, hash); /* twice is fine */
    assert_memory_equal(data, fixture->data, size);
    free(data);
    communes_build_free(build);
}

static void empty_build_opens(void **state)
{
    (void)state;
    struct communes_build *build = communes_build_create();
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    struct commune found;
    size_t size;
    void *data = communes_build_finish(build, &size, hash);
    struct communes *communes = communes_open(data, size, &reason);
    assert_non_null(communes);
    assert_int_equal(communes_count(communes), 0);
    assert_false(communes_by_name(communes, "Paris", 5, "", "", &found));
    assert_int_equal(communes_nearest(communes, "Paris", 5, &found, 1), 0);
    communes_close(communes);
    communes_build_free(build);
    free(data);
}

static void normalises_names(void **state)
{
    (void)state;
    static const char *const pairs[][3] = {
        {"St-Didier s/ Aubenas", "saint didier sur aubenas", ""},
        {"Ste Foy-lès-Lyon", "sainte foy les lyon", ""},
        {"L'Haÿ-les-Roses", "hay les roses", ""},
        {"Les Clayes-sous-Bois", "clayes sous bois", ""},
        {"Laval-le-Prieuré", "laval le prieure", ""},
        {"Mons-en-Barœul", "mons en baroeul", ""},
        {"75009 Paris 9e arr.", "paris 9", "75009"},
        {"PARIS 00", "paris 0", ""},
        {"Le", "le", ""},
        {"Y", "y", ""},
        {"(59)", "", ""},
        {"Lyon (69) Part-Dieu", "lyon part dieu", ""},
        {"Hameau 2bis", "hameau 2bis", ""},
    };
    char normal[PLACE_NAME_SIZE], postcode[POSTCODE_SIZE], longer[400];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t size = place_name_normalise(pairs[i][0], strlen(pairs[i][0]), normal, postcode);
        assert_string_equal(normal, pairs[i][1]);
        assert_int_equal(size, strlen(normal));
        assert_string_equal(postcode, pairs[i][2]);
    }
    for (size_t i = 0; i < sizeof longer; i += 4)
        memcpy(longer + i, "st s/", 4);
    assert_true(place_name_normalise(longer, sizeof longer, normal, postcode) < PLACE_NAME_SIZE);
}

static bool opens(const uint8_t *bytes, size_t size)
{
    const char *reason;
    struct communes *communes = communes_open(bytes, size, &reason);
    communes_close(communes);
    return communes != NULL;
}

static void bears_changed_bytes(void **state)
{
    struct fixture *fixture = *state;
    uint8_t *bytes = malloc(fixture->size);
    size_t refused = 0;
    uint32_t random = 3;
    memcpy(bytes, fixture->data, fixture->size);
    assert_true(opens(bytes, fixture->size));
    bytes[100] ^= 1;
    assert_false(opens(bytes, fixture->size));
    for (int round = 0; round < 20000; round++) {
        memcpy(bytes, fixture->data, fixture->size);
        for (int change = 0; change < 1 + round % 3; change++) {
            random = random * 1664525 + 1013904223;
            size_t at = (random >> 8) % fixture->size;
            random = random * 1664525 + 1013904223;
            bytes[at] = (uint8_t)((random >> 16) % 4 ? (random >> 16) % 8 : random >> 24);
        }
        LLVMFuzzerTestOneInput(bytes, fixture->size);
        reseal(bytes, fixture->size);
        refused += !opens(bytes, fixture->size);
    }
    for (size_t cut = 0; cut < fixture->size; cut++)
        LLVMFuzzerTestOneInput(bytes, cut);
    assert_in_range(refused, 2000, 18000);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_code),
        cmocka_unit_test(finds_names_as_people_write_them),
        cmocka_unit_test(narrows_by_department_and_postcode),
        cmocka_unit_test(chooses_the_central_of_neighbours),
        cmocka_unit_test(knows_cities_and_arrondissements),
        cmocka_unit_test(a_city_keeps_what_was_declared),
        cmocka_unit_test(nearest_finds_misspelt_names),
        cmocka_unit_test(build_refuses_bad_input),
        cmocka_unit_test(same_input_gives_the_same_bytes),
        cmocka_unit_test(empty_build_opens),
        cmocka_unit_test(normalises_names),
        cmocka_unit_test(bears_changed_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
