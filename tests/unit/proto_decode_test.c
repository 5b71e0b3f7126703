#include "proto_support.h"

static bool decode(const struct record_type *type, const char *json, void *record)
{
    memset(record, 0, type->size);
    return record_decode(type, tree_of(json), record, arena, "body", &errors);
}

static void assert_text(struct text text, const char *expected)
{
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
}

static const char learner_json[] =
    "{\"source\":\"centre\",\"reference\":\"42\",\"observed_at\":\"2026-11-22T06:15:00.000Z\","
    "\"cohort\":\"C7\",\"place\":{\"commune\":\"59512\"},\"contracts\":[\"cdi\",\"freelance\"],"
    "\"available_from\":\"2026-12-01\",\"free_hours\":[{\"day\":\"sunday\",\"from\":\"00:00\","
    "\"to\":\"24:00\"}],\"remote\":[],\"claims\":[{\"skill\":\"s1\",\"level\":4,"
    "\"evidence\":\"work\"},{\"words\":\"souder à l'arc\"}],\"roles\":[\"M1805\",\"r2\"],"
    "\"contact\":{\"given_name\":\"Zoé\"},\"statistics\":{\"priority_area\":false}}";

static void a_learner_is_decoded(void **state)
{
    (void)state;
    struct learner learner;
    assert_true(decode(&learner_type, learner_json, &learner));
    assert_text(learner.source, "centre");
    assert_true(learner.observed_at == 1795328100000);
    assert_true(learner.cohort == id_make('C', 7));
    assert_text(learner.place.commune, "59512");
    assert_int_equal(learner.contracts, CHOICE_BIT(CONTRACT_CDI) | CHOICE_BIT(CONTRACT_FREELANCE));
    assert_int_equal(learner.available_from, 20788);
    assert_int_equal(learner.free_hours.count, 1);
    assert_int_equal(learner.free_hours.items[0].day, DAY_SUNDAY);
    assert_int_equal(learner.free_hours.items[0].to, 1440);
    assert_true(learner.has.remote);
    assert_int_equal(learner.remote, 0);
    assert_int_equal(learner.claims.count, 2);
    assert_int_equal(learner.claims.items[0].level, 4);
    assert_int_equal(learner.claims.items[0].evidence, EVIDENCE_WORK);
    assert_false(learner.claims.items[1].has.skill);
    assert_text(learner.claims.items[1].words, "souder à l'arc");
    assert_int_equal(learner.roles.count, 2);
    assert_text(learner.roles.items[1], "r2");
    assert_text(learner.contact.given_name, "Zoé");
    assert_true(learner.statistics.has.priority_area);
    assert_false(learner.statistics.priority_area);
    assert_false(learner.has.licences);
}

static void fields_may_come_in_any_order(void **state)
{
    (void)state;
    struct cohort cohort;
    assert_true(decode(&cohort_type,
                       "{\"ends_on\":\"2027-01-01\",\"name\":\"n\",\"programme\":\"P1\","
                       "\"observed_at\":\"2026-11-22T06:15:00.000Z\",\"reference\":\"r\","
                       "\"source\":\"s\"}",
                       &cohort));
    assert_text(cohort.source, "s");
    assert_true(cohort.has.ends_on);
}

/* One wrong field in an otherwise right record. */
static void wrong(const struct record_type *type, const char *json, enum error_code code,
                  const char *path, const char *expected)
{
    static union {
        struct learner learner;
        struct offer offer;
        struct programme programme;
    } room;
    assert_true(type->size <= sizeof room);
    assert_false(decode(type, json, &room));
    assert_error(code, path, expected);
}

static void each_error_names_field_and_expectation(void **state)
{
    (void)state;
    wrong(&claim_type, "{\"words\":\"\"}", ERROR_OUT_OF_BOUNDS, "body.words",
          "text of 1 to 160 bytes");
    wrong(&claim_type, "{\"words\":7}", ERROR_WRONG_TYPE, "body.words", "text of 1 to 160 bytes");
    wrong(&claim_type, "{\"words\":null}", ERROR_WRONG_TYPE, "body.words", NULL);
    wrong(&claim_type, "{\"level\":0}", ERROR_OUT_OF_BOUNDS, "body.level", "integer 1..4");
    wrong(&claim_type, "{\"level\":-9}", ERROR_OUT_OF_BOUNDS, "body.level", "integer 1..4");
    wrong(&claim_type, "{\"level\":5}", ERROR_OUT_OF_BOUNDS, "body.level", "integer 1..4");
    wrong(&claim_type, "{\"level\":\"2\"}", ERROR_WRONG_TYPE, "body.level", "integer 1..4");
    wrong(&claim_type, "{\"level\":true}", ERROR_WRONG_TYPE, "body.level", "integer 1..4");
    wrong(&claim_type, "{\"evidence\":\"seen\"}", ERROR_UNKNOWN_CHOICE, "body.evidence",
          "one of declared, observed, attested, project, work");
    wrong(&claim_type, "{\"evidence\":1}", ERROR_WRONG_TYPE, "body.evidence", NULL);
    wrong(&claim_type, "{\"skills\":\"x\"}", ERROR_UNKNOWN_FIELD, "body.skills",
          "one of skill, words, level, evidence");
    wrong(&day_type, "{}", ERROR_MISSING_FIELD, "body.day", "date such as 2026-11-22");
    wrong(&day_type, "{\"day\":\"2004-02-31\"}", ERROR_BAD_FORMAT, "body.day", NULL);
    wrong(&day_type, "{\"day\":20260101}", ERROR_WRONG_TYPE, "body.day", NULL);
    wrong(&pair_type, "{\"learner\":\"O1\",\"offer\":\"O1\"}", ERROR_WRONG_KIND, "body.learner",
          "id such as L1042");
    wrong(&pair_type, "{\"learner\":\"L1\",\"offer\":\"1\"}", ERROR_BAD_FORMAT, "body.offer",
          "id such as O1042");
    wrong(&get_type, "{\"personal\":1}", ERROR_WRONG_TYPE, "body.personal", "true or false");
    wrong(&overview_type, "{\"x\":1}", ERROR_UNKNOWN_FIELD, "body.x", "one of after");
    wrong(&overview_type, "[]", ERROR_WRONG_TYPE, "body", "map: overview");
}

static void sets_list_each_name_once(void **state)
{
    (void)state;
    struct learner learner;
    decode(&learner_type, "{\"remote\":[\"none\",\"full\"]}", &learner);
    assert_int_equal(learner.remote, CHOICE_BIT(REMOTE_NONE) | CHOICE_BIT(REMOTE_FULL));
    errors = (struct errors){0};
    decode(&learner_type, "{\"remote\":[\"full\",\"none\"]}", &learner);
    assert_int_equal(learner.remote, CHOICE_BIT(REMOTE_NONE) | CHOICE_BIT(REMOTE_FULL));
    errors = (struct errors){0};
    static const char *const bad[] = {"[\"none\",\"none\"]"};
    for (int i = 0; i < 1; i++) {
        char json[200];
        snprintf(json, sizeof json,
                 "{\"source\":\"s\",\"reference\":\"r\",\"observed_at\":"
                 "\"2026-11-22T06:15:00.000Z\",\"remote\":%s}",
                 bad[i]);
        assert_false(decode(&learner_type, json, &learner));
        assert_false(learner.has.remote);
        assert_error(ERROR_BAD_FORMAT, "body.remote[1]", "list, each once, of none, partial, full");
    }
}

static void nested_paths_are_told(void **state)
{
    (void)state;
    struct learner learner;
    decode(&learner_type,
           "{\"source\":\"s\",\"reference\":\"r\",\"observed_at\":\"2026-11-22T06:15:00.000Z\","
           "\"claims\":[{\"skill\":\"a\"},{\"skill\":\"b\",\"level\":9},3],"
           "\"place\":{\"commune\":\"5\"},\"contact\":{},\"roles\":[\"a\",\"\"],"
           "\"travel\":[{\"radius_km\":3}],\"stages\":{}}",
           &learner);
    static const struct {
        enum error_code code;
        const char *path;
    } expected[] = {
        {ERROR_OUT_OF_BOUNDS, "body.claims[1].level"},
        {ERROR_WRONG_TYPE, "body.claims[2]"},
        {ERROR_OUT_OF_BOUNDS, "body.place.commune"},
        {ERROR_MISSING_FIELD, "body.contact"},
        {ERROR_OUT_OF_BOUNDS, "body.roles[1]"},
        {ERROR_MISSING_FIELD, "body.travel[0].mode"},
        {ERROR_WRONG_TYPE, "body.stages"},
    };
    assert_int_equal(errors.total, sizeof expected / sizeof expected[0]);
    for (unsigned i = 0; i < errors.count; i++) {
        assert_string_equal(errors.item[i].path, expected[i].path);
        assert_int_equal(errors.item[i].code, expected[i].code);
    }
    assert_true(learner.has.claims);
    assert_false(learner.claims.items[1].has.level);
    assert_false(learner.has.contact);
}

static void lists_are_bounded(void **state)
{
    (void)state;
    char json[400] = "{\"source\":\"s\",\"reference\":\"r\",\"observed_at\":"
                     "\"2026-11-22T06:15:00.000Z\",\"roles\":[\"a\"";
    for (int i = 0; i < 8; i++)
        strcat(json, ",\"a\"");
    strcat(json, "]}");
    wrong(&learner_type, json, ERROR_OUT_OF_BOUNDS, "body.roles",
          "list of 0 to 8 texts of 1 to 64 bytes");
}

static void a_full_arena_is_an_error(void **state)
{
    (void)state;
    struct learner learner = {0};
    const msgpack_object *tree = tree_of(learner_json);
    struct arena *small = arena_create(16);
    assert_false(record_decode(&learner_type, tree, &learner, small, "", &errors));
    for (unsigned i = 0; i < errors.count; i++)
        assert_int_equal(errors.item[i].code, ERROR_TOO_LARGE);
    assert_string_equal(errors.item[0].path, "free_hours");
    arena_free(small);
}

/* -- parts stored apart -------------------------------------------------------------------------
 */

static const msgpack_object *part_of(const struct learner *learner, unsigned privacy,
                                     msgpack_sbuffer *buffer)
{
    msgpack_packer packer;
    msgpack_sbuffer_init(buffer);
    msgpack_packer_init(&packer, buffer, msgpack_sbuffer_write);
    assert_true(record_encode(&learner_type, learner, privacy, &packer));
    return wire_unpack((const uint8_t *)buffer->data, buffer->size, arena, &errors);
}

static bool key_is_in(const msgpack_object *map, const char *key)
{
    for (uint32_t i = 0; i < map->via.map.size; i++)
        if (map->via.map.ptr[i].key.via.str.size == strlen(key) &&
            memcmp(map->via.map.ptr[i].key.via.str.ptr, key, strlen(key)) == 0)
            return true;
    return false;
}

static void parts_hold_their_classes_alone_and_join_again(void **state)
{
    (void)state;
    static const unsigned parts[] = {PRIVACY_PUBLIC | PRIVACY_MATCHING, PRIVACY_PERSONAL,
                                     PRIVACY_STATISTICS, PRIVACY_HEADER};
    static const char *const inside[] = {"claims", "contact", "statistics", "observed_at"};
    struct learner learner, joined = {0};
    assert_true(decode(&learner_type, learner_json, &learner));
    msgpack_sbuffer buffers[4], whole, again;
    for (int i = 0; i < 4; i++) {
        const msgpack_object *part = part_of(&learner, parts[i], &buffers[i]);
        for (int k = 0; k < 4; k++)
            assert_int_equal(key_is_in(part, inside[k]), i == k);
        assert_int_equal(key_is_in(part, "reference"), parts[i] == PRIVACY_PERSONAL);
        struct learner one = {0};
        assert_true(record_decode_part(&learner_type, parts[i], part, &one, arena, "", &errors));
        record_merge(&learner_type, &joined, &one);
    }
    part_of(&learner, PRIVACY_ALL, &whole);
    part_of(&joined, PRIVACY_ALL, &again);
    assert_int_equal(whole.size, again.size);
    assert_memory_equal(whole.data, again.data, whole.size);
    assert_false(record_has_any(&statistics_type, &learner.statistics, PRIVACY_PUBLIC));
    assert_true(record_has_any(&learner_type, &learner, PRIVACY_STATISTICS));
    for (int i = 0; i < 4; i++)
        msgpack_sbuffer_destroy(&buffers[i]);
    msgpack_sbuffer_destroy(&whole);
    msgpack_sbuffer_destroy(&again);
}

static void merging_replaces_fields_and_keeps_the_rest(void **state)
{
    (void)state;
    struct learner into, from;
    assert_true(decode(&learner_type, learner_json, &into));
    assert_true(decode(&learner_type,
                       "{\"source\":\"autre\",\"reference\":\"42\",\"observed_at\":"
                       "\"2026-11-22T06:15:00.000Z\",\"minimum_hours\":20,"
                       "\"place\":{\"town\":\"Lens\"},\"remote\":[\"full\"]}",
                       &from));
    record_merge(&learner_type, &into, &from);
    assert_text(into.source, "autre");
    assert_text(into.place.commune, "59512");
    assert_text(into.place.town, "Lens");
    assert_true(into.place.has.commune && into.place.has.town && into.has.minimum_hours);
    assert_int_equal(into.minimum_hours, 20);
    assert_int_equal(into.remote, CHOICE_BIT(REMOTE_FULL));
    assert_int_equal(into.claims.count, 2);
    assert_int_equal(into.available_from, 20788);
}

static void a_part_refuses_what_belongs_elsewhere(void **state)
{
    (void)state;
    struct learner learner = {0};
    assert_false(record_decode_part(&learner_type, PRIVACY_PUBLIC | PRIVACY_MATCHING,
                                    tree_of(learner_json), &learner, arena, "", &errors));
    assert_int_equal(errors.total, 4);
    assert_string_equal(errors.item[0].path, "reference");
    assert_string_equal(errors.item[1].path, "observed_at");
    assert_string_equal(errors.item[2].path, "contact.given_name");
    assert_string_equal(errors.item[3].path, "statistics.priority_area");
    errors = (struct errors){0};
    assert_false(record_decode_part(&learner_type, PRIVACY_PERSONAL, tree_of("{}"), &learner, arena,
                                    "", &errors));
    assert_error(ERROR_MISSING_FIELD, "reference", NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(a_learner_is_decoded),
        TEST(fields_may_come_in_any_order),
        TEST(each_error_names_field_and_expectation),
        TEST(sets_list_each_name_once),
        TEST(nested_paths_are_told),
        TEST(lists_are_bounded),
        TEST(a_full_arena_is_an_error),
        TEST(parts_hold_their_classes_alone_and_join_again),
        TEST(merging_replaces_fields_and_keeps_the_rest),
        TEST(a_part_refuses_what_belongs_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
