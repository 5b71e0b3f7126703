#include "daemon/prepare.h"

#include "matching_support.h"

static struct support_catalogue skills;
static void *commune_bytes;
static struct communes *communes;
static struct arena *arena;
static unsigned searches;
static struct prepared prepared;
static struct errors errors, warnings;
static struct message message;

static int set_up(void **state)
{
    struct communes_build *build = communes_build_create();
    struct referential_build *words = referential_build_create();
    char hash[REFERENTIAL_HASH_SIZE];
    const char *reason;
    size_t size;

    (void)state;
    assert_true(
        referential_build_skill(words, "fibre-splicing", "Souder la fibre", "Fibre splicing"));
    assert_true(referential_build_role(words, "fibre-technician", "I1307", "Technicien fibre", ""));
    skills = support_catalogue_finish(words);
    assert_true(communes_build_add(build, "59350", "Lille", "59000", 50630000, 3070000));
    assert_true(communes_build_add(build, "59560", "Seclin", "59113", 50548000, 3029000));
    commune_bytes = communes_build_finish(build, &size, hash);
    communes_build_free(build);
    communes = communes_open(commune_bytes, size, &reason);
    assert_non_null(communes);
    arena = arena_create(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    communes_close(communes);
    free(commune_bytes);
    support_catalogue_close(&skills);
    arena_free(arena);
    return 0;
}

/* Decodes and prepares an event with that body; today is 2026-11-22, the last day the 23rd. */
static bool prepare_body(const char *type, const char *body, const char *more)
{
    static char json[8192];
    size_t size;
    struct lookup lookup = {
        .referential = skills.referential, .communes = communes, .searches = &searches};

    assert_true(date_parse("2026-11-22", 10, &lookup.today));
    lookup.last_day = lookup.today + 1;
    arena_reset(arena);
    errors = warnings = (struct errors){.count = 0};
    message = (struct message){.type = MESSAGE_NONE};
    snprintf(json, sizeof json,
             "{\"v\":1,\"id\":\"1\",\"type\":\"%s\",\"territory\":\"demo\","
             "\"occurred_on\":\"2026-11-22\"%s,\"body\":{%s}}",
             type, more, body);
    uint8_t *wire = json_to_wire(json, strlen(json), arena, &size, &errors);
    if (wire == NULL || !message_decode(wire, size, arena, &message, &errors))
        fail_msg("%s: %s", errors.item[0].path, errors.item[0].expected);
    searches = 1;
    return prepare_event(&message, &lookup, arena, &prepared, &errors, &warnings);
}

/* The same for a record: `{"type", "body", more}`. */
static bool prepare(const char *type, const char *body, const char *more)
{
    static char whole[4096];

    snprintf(whole, sizeof whole,
             "\"source\":\"s\",\"reference\":\"r\",\"observed_at\":\"2026-11-22T06:15:00.000Z\"%s",
             body);
    return prepare_body(type, whole, more);
}

static const char *kept_words(void)
{
    static char words[PREPARED_WORDS_MAX + 1];

    memcpy(words, prepared.words, prepared.words_size);
    words[prepared.words_size] = '\0';
    return words;
}

static void a_place_gets_code_and_coordinates(void **state)
{
    (void)state;
    assert_true(prepare("offer.put", ",\"title\":\"t\",\"place\":{\"town\":\"LILLE\"}", ""));
    const struct offer *offer = message.body;
    assert_true(offer->place.has.commune && offer->place.has.latitude);
    assert_memory_equal(offer->place.commune.data, "59350", 5);
    assert_int_equal(offer->place.latitude, 50630000);
    assert_int_equal(warnings.total, 0);
}

static void given_coordinates_stay(void **state)
{
    (void)state;
    assert_true(prepare("offer.put",
                        ",\"title\":\"t\",\"place\":{\"commune\":\"59350\",\"latitude\":1,"
                        "\"longitude\":2}",
                        ""));
    assert_int_equal(((const struct offer *)message.body)->place.latitude, 1);
}

static void an_unknown_code_is_refused_with_the_nearest_or_kept_with_a_warning(void **state)
{
    static const char body[] =
        ",\"title\":\"t\",\"place\":{\"commune\":\"59999\",\"town\":\"Sseclin\"}";

    (void)state;
    assert_false(prepare("offer.put", body, ""));
    assert_int_equal(errors.item[0].code, ERROR_UNKNOWN_COMMUNE);
    assert_string_equal(errors.item[0].path, "body.place.commune");
    assert_non_null(strstr(errors.item[0].expected, "59560"));
    assert_true(prepare("offer.put", body, ",\"lenient\":true"));
    assert_int_equal(warnings.item[0].code, ERROR_UNKNOWN_COMMUNE);
}

static void an_unknown_town_is_a_warning(void **state)
{
    (void)state;
    assert_true(prepare("offer.put", ",\"title\":\"t\",\"place\":{\"town\":\"Nulle Part\"}", ""));
    assert_int_equal(warnings.item[0].code, ERROR_UNKNOWN_COMMUNE);
    assert_false(((const struct offer *)message.body)->place.has.latitude);
}

static void an_unknown_role_is_refused_within_the_budget_of_searches(void **state)
{
    (void)state;
    assert_false(prepare("offer.put", ",\"title\":\"t\",\"role\":\"technicien fibr\"", ""));
    assert_int_equal(errors.item[0].code, ERROR_UNKNOWN_ROLE);
    assert_non_null(strstr(errors.item[0].expected, "fibre-technician"));
    assert_int_equal(searches, 0);
    assert_true(prepare("offer.put", ",\"title\":\"t\",\"role\":\"I1307\"", ""));
    assert_int_equal(searches, 1);
}

static void unknown_words_are_kept_once_in_normal_form(void **state)
{
    (void)state;
    assert_true(prepare("learner.put",
                        ",\"claims\":[{\"words\":\"Licorne  Quantique\"},"
                        "{\"words\":\"licorne quantique\"},{\"skill\":\"fibre-splicing\"},"
                        "{\"words\":\"SOUDER la fibre\"},{\"skill\":\"gone\"}]",
                        ""));
    assert_string_equal(kept_words(), "licorne quantique\ngone");
}

static void a_minor_gets_a_date_and_an_adult_none(void **state)
{
    (void)state;
    assert_true(prepare("learner.put", ",\"contact\":{\"birth_date\":\"2008-12-24\"}", ""));
    const struct learner *learner = message.body;
    char text[DATE_TEXT_SIZE];
    assert_true(learner->has.of_age_on);
    date_print(learner->of_age_on, text);
    assert_string_equal(text, "2026-12-24");
    assert_true(prepare("learner.put",
                        ",\"of_age_on\":\"2027-01-01\",\"contact\":{\"birth_date\":\"2000-02-29\"}",
                        ""));
    assert_false(((const struct learner *)message.body)->has.of_age_on);
}

static void born_on_29_february_comes_of_age_on_1_march(void **state)
{
    (void)state;
    char text[DATE_TEXT_SIZE];
    assert_true(prepare("learner.put", ",\"contact\":{\"birth_date\":\"2012-02-29\"}", ""));
    date_print(((const struct learner *)message.body)->of_age_on, text);
    assert_string_equal(text, "2030-03-01");
}

static void the_order_of_names_does_not_hide_a_person(void **state)
{
    char first[sizeof prepared.name];

    (void)state;
    assert_true(prepare("learner.put",
                        ",\"contact\":{\"given_name\":\"Léa\",\"family_name\":\"NORD\","
                        "\"birth_date\":\"2001-01-02\"}",
                        ""));
    memcpy(first, prepared.name, sizeof first);
    assert_string_equal(prepared.born, "2001-01-02");
    assert_true(prepare("learner.put",
                        ",\"contact\":{\"given_name\":\"nord\",\"family_name\":\"lea\","
                        "\"birth_date\":\"2001-01-02\"}",
                        ""));
    assert_string_equal(first, prepared.name);
    assert_true(prepare("learner.put", ",\"contact\":{\"given_name\":\"Léa\"}", ""));
    assert_string_equal(prepared.name, "");
}

static void a_day_is_at_most_the_last_one(void **state)
{
    (void)state;
    assert_true(prepare_body("day.changed", "\"day\":\"1999-01-01\"", ""));
    assert_true(prepare_body("day.changed", "\"day\":\"2026-11-23\"", ""));
    assert_false(prepare_body("day.changed", "\"day\":\"2026-11-24\"", ""));
    assert_int_equal(errors.total, 1);
    assert_int_equal(errors.item[0].code, ERROR_DAY_AHEAD);
    assert_string_equal(errors.item[0].path, "body.day");
    assert_string_equal(errors.item[0].expected, "at most 2026-11-23");
}

static void records_it_names_are_collected(void **state)
{
    (void)state;
    assert_true(prepare("offer.put", ",\"title\":\"t\",\"employer\":\"E7\"", ""));
    assert_int_equal(prepared.reference_count, 1);
    assert_int_equal(prepared.references[0], id_make('E', 7));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_gets_code_and_coordinates),
        cmocka_unit_test(given_coordinates_stay),
        cmocka_unit_test(an_unknown_code_is_refused_with_the_nearest_or_kept_with_a_warning),
        cmocka_unit_test(an_unknown_town_is_a_warning),
        cmocka_unit_test(an_unknown_role_is_refused_within_the_budget_of_searches),
        cmocka_unit_test(unknown_words_are_kept_once_in_normal_form),
        cmocka_unit_test(a_minor_gets_a_date_and_an_adult_none),
        cmocka_unit_test(born_on_29_february_comes_of_age_on_1_march),
        cmocka_unit_test(the_order_of_names_does_not_hide_a_person),
        cmocka_unit_test(a_day_is_at_most_the_last_one),
        cmocka_unit_test(records_it_names_are_collected),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
