#include "proto_support.h"

static struct message message;

static bool decode(const char *json)
{
    size_t size;
    const uint8_t *wire = wire_of(json, &size);
    errors = (struct errors){0};
    bool fine = message_decode(wire, size, arena, &message, &errors);
    assert_int_equal(fine, errors.total == 0);
    return fine;
}

static bool text_is(struct text text, const char *expected)
{
    return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

#define HEAD "{\"v\":1,\"id\":\"r-1\",\"type\":"
#define EVENT "\"territory\":\"roubaix\",\"occurred_on\":\"2026-11-22\","
#define CLOSE HEAD "\"offer.close\"," EVENT "\"body\":{\"id\":\"O7\",\"reason\":\"filled\"}}"

static void an_event_is_decoded(void **state)
{
    (void)state;
    assert_true(decode(CLOSE));
    assert_int_equal(message.type, MESSAGE_OFFER_CLOSE);
    assert_int_equal(message.info->operation, OPERATION_STATE);
    assert_int_equal(message.info->kind, KIND_OFFER);
    assert_true(text_is(message.request.id, "r-1"));
    assert_true(text_is(message.request.territory, "roubaix"));
    assert_int_equal(message.request.occurred_on, 20779);
    const struct target *target = message.body;
    assert_true(target->id == id_make('O', 7));
    assert_int_equal(target->reason, REASON_FILLED);
}

/* The hash of a body must not depend on where the envelope puts it. */
static void the_body_bytes_are_the_body(void **state)
{
    (void)state;
    size_t size, first_size;
    const uint8_t *body = wire_of("{\"id\":\"O7\",\"reason\":\"filled\"}", &size);
    assert_true(decode(CLOSE));
    assert_int_equal(message.body_size, size);
    assert_memory_equal(message.body_bytes, body, size);
    const uint8_t *first =
        wire_of("{\"body\":{\"id\":\"O7\",\"reason\":\"filled\"},\"v\":1,\"id\":\"x\","
                "\"type\":\"offer.close\",\"territory\":\"lens\",\"occurred_on\":\"2026-11-23\"}",
                &first_size);
    assert_true(message_decode(first, first_size, arena, &message, &errors));
    assert_int_equal(message.body_size, size);
    assert_memory_equal(message.body_bytes, body, size);
}

static void wrong(const char *json, enum error_code code, const char *path, const char *expected)
{
    assert_false(decode(json));
    assert_error(code, path, expected);
    assert_true(text_is(message.request.id, "r-1"));
}

static void envelopes_are_checked(void **state)
{
    (void)state;
    wrong("{\"v\":2,\"id\":\"r-1\",\"anything\":[]}", ERROR_UNKNOWN_VERSION, "v", "1");
    wrong("{\"v\":0,\"id\":\"r-1\"}", ERROR_UNKNOWN_VERSION, "v", "1");
    wrong(HEAD "\"offer.close\"," EVENT "\"body\":{\"id\":\"O7\"},\"from\":1}", ERROR_UNKNOWN_FIELD,
          "from", NULL);
    wrong(HEAD "\"offer.close\"," EVENT "\"if_revision\":0}", ERROR_MISSING_FIELD, "body",
          "map: target");
    wrong(HEAD "\"offer.close\"," EVENT "\"body\":[]}", ERROR_WRONG_TYPE, "body", "map: target");
    wrong(HEAD "\"offer.close\",\"occurred_on\":\"2026-11-22\",\"body\":{\"id\":\"O7\"}}",
          ERROR_MISSING_FIELD, "territory", NULL);
    wrong(HEAD "\"offer.close\",\"territory\":\"r\",\"body\":{\"id\":\"O7\"}}", ERROR_MISSING_FIELD,
          "occurred_on", "date such as 2026-11-22");
    wrong("{\"id\":\"r-1\",\"type\":\"status\",\"body\":{}}", ERROR_MISSING_FIELD, "v", NULL);
    wrong("{\"v\":1,\"id\":\"r-1\",\"body\":{}}", ERROR_MISSING_FIELD, "type", NULL);
    wrong("{\"v\":\"1\",\"id\":\"r-1\",\"type\":\"status\",\"body\":{}}", ERROR_WRONG_TYPE, "v",
          NULL);
    /* Ids are made by chance: one may look like a social-security number. */
    assert_true(decode("{\"v\":1,\"id\":\"185057800608491\",\"type\":\"status\",\"body\":{}}"));
}

static void types_are_known(void **state)
{
    (void)state;
    wrong(HEAD "\"skill.drop\",\"body\":{}}", ERROR_UNKNOWN_TYPE, "type",
          "one of skill.attach, skill.detach, skill.find");
    assert_false(decode(HEAD "\"x\",\"body\":{}}"));
    assert_int_equal(strncmp(errors.item[0].expected, "one of territory.put, ", 22), 0);
    assert_non_null(strstr(errors.item[0].expected, ", …"));
    assert_int_equal(message.type, MESSAGE_NONE);
}

static void territories_have_a_format(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum error_code code;
    } rows[] = {
        {"a", ERROR_NONE},
        {"lens-lievin-62", ERROR_NONE},
        {"abcdefghijklmnopqrstuvwxyz012345", ERROR_NONE},
        {"abcdefghijklmnopqrstuvwxyz0123456", ERROR_OUT_OF_BOUNDS},
        {"", ERROR_OUT_OF_BOUNDS},
        {"Lens", ERROR_BAD_FORMAT},
        {"1a", ERROR_BAD_FORMAT},
        {"-a", ERROR_BAD_FORMAT},
        {"a}b", ERROR_BAD_FORMAT},
        {"a b", ERROR_BAD_FORMAT},
        {"liévin", ERROR_BAD_FORMAT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char json[200];
        snprintf(json, sizeof json, HEAD "\"duplicates\",\"territory\":\"%s\",\"body\":{}}",
                 rows[i].name);
        if (rows[i].code == ERROR_NONE)
            assert_true(decode(json));
        else
            wrong(json, rows[i].code, "territory", NULL);
    }
}

static void queries_need_less(void **state)
{
    (void)state;
    assert_true(decode(HEAD "\"status\",\"body\":{}}"));
    assert_non_null(message.body);
    assert_true(decode(HEAD "\"unrecognised\",\"territory\":\"a\",\"body\":{\"limit\":3}}"));
    assert_int_equal(((const struct since *)message.body)->limit, 3);
}

static void targets_are_of_the_messages_kind(void **state)
{
    (void)state;
    wrong(HEAD "\"offer.close\"," EVENT "\"body\":{\"id\":\"L7\"}}", ERROR_WRONG_KIND, "body.id",
          "id such as O1042");
    assert_true(decode(HEAD "\"learner.erase\"," EVENT "\"body\":{\"id\":\"L7\"}}"));
}

static void all_errors_are_reported_once_each(void **state)
{
    (void)state;
    assert_false(decode(
        HEAD "\"offer.put\"," EVENT "\"if_revision\":-1,\"body\":{\"source\":\"s\","
             "\"observed_at\":\"2026-11-22T06:15:00.000Z\",\"title\":\"t\",\"requirements\":["
             "{\"skill\":\"a\"},{\"skill\":\"\"},{\"level\":3},{\"skill\":\"b\",\"level\":5}],"
             "\"schedule\":[{\"day\":\"friday\",\"from\":\"12:00\",\"to\":\"08:00\"}],"
             "\"contract\":\"CDI\"}}"));
    static const struct {
        enum error_code code;
        const char *path;
    } expected[] = {
        {ERROR_OUT_OF_BOUNDS, "if_revision"},
        {ERROR_OUT_OF_BOUNDS, "body.requirements[1].skill"},
        {ERROR_MISSING_FIELD, "body.requirements[2]"},
        {ERROR_OUT_OF_BOUNDS, "body.requirements[3].level"},
        {ERROR_INCONSISTENT, "body.schedule[0].to"},
        {ERROR_UNKNOWN_CHOICE, "body.contract"},
        {ERROR_MISSING_FIELD, "body.reference"},
    };
    assert_int_equal(errors.total, sizeof expected / sizeof expected[0]);
    for (unsigned i = 0; i < errors.count; i++) {
        assert_string_equal(errors.item[i].path, expected[i].path);
        assert_string_equal(error_name(errors.item[i].code), error_name(expected[i].code));
    }
}

static void what_is_no_map_is_refused(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0x01};
    assert_false(message_decode(bytes, sizeof bytes, arena, &message, &errors));
    assert_error(ERROR_WRONG_TYPE, "", NULL);
    assert_false(message_decode(bytes, 0, arena, &message, &errors));
    assert_error(ERROR_NOT_MSGPACK, "", NULL);
    assert_null(message.request.id.data);
}

/* -- encoding -----------------------------------------------------------------------------------
 */

static msgpack_sbuffer buffer;
static msgpack_packer packer;

static const msgpack_object *packed(void)
{
    const msgpack_object *tree = wire_unpack(
        (const uint8_t *)arena_copy(arena, buffer.data, buffer.size), buffer.size, arena, &errors);
    msgpack_sbuffer_destroy(&buffer);
    return tree;
}

static void start_packing(void)
{
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
}

static void requests_encode_as_they_decode(void **state)
{
    (void)state;
    assert_true(decode(CLOSE));
    start_packing();
    message.request.has.v = message.request.has.type = false;
    assert_true(message_encode(&message.request, message.type, message.body, &packer));
    size_t size;
    const uint8_t *wire = wire_of(CLOSE, &size);
    assert_int_equal(buffer.size, size);
    assert_memory_equal(buffer.data, wire, size);
    msgpack_sbuffer_destroy(&buffer);
}

static int no_memory(void *data, const char *bytes, size_t size)
{
    (void)bytes;
    size_t *left = data;
    if (size > *left)
        return -1;
    *left -= size;
    return 0;
}

static void a_failing_writer_is_noticed(void **state)
{
    (void)state;
    size_t size;
    wire_of(CLOSE, &size);
    assert_true(decode(CLOSE));
    for (size_t room = 0; room <= size; room++) {
        size_t left = room;
        msgpack_packer_init(&packer, &left, no_memory);
        assert_int_equal(message_encode(&message.request, message.type, message.body, &packer),
                         room == size);
    }
}

static void replies_return_as_they_were(void **state)
{
    (void)state;
    struct errors warnings = {0}, found = {0};
    errors_add(&warnings, ERROR_UNKNOWN_ROLE, "body.role", "M1805 « Développement »");
    struct reply reply = {.id = {"r-1", 3},
                          .status = REPLY_OK,
                          .record = id_make('L', 1042),
                          .revision = 77,
                          .result = {"created", 7},
                          .warnings = &warnings};
    start_packing();
    assert_true(reply_encode(&reply, &packer));
    struct reply read;
    assert_true(reply_decode(packed(), &read, &found));
    assert_true(text_is(read.id, "r-1"));
    assert_int_equal(read.status, REPLY_OK);
    assert_true(read.record == reply.record);
    assert_int_equal(read.revision, 77);
    assert_true(text_is(read.result, "created"));
    assert_null(read.errors);
    assert_ptr_equal(read.warnings, &found);
    assert_memory_equal(&found, &warnings, sizeof found);
}

static void refusals_return_as_they_were(void **state)
{
    (void)state;
    struct errors busy = {0}, found = {0};
    errors_add(&busy, ERROR_BUSY, "", "%s", "");
    struct reply reply = {.status = REPLY_RETRY, .errors = &busy, .after_ms = 250};
    start_packing();
    assert_true(reply_encode(&reply, &packer));
    struct reply read;
    assert_true(reply_decode(packed(), &read, &found));
    assert_null(read.id.data);
    assert_int_equal(read.status, REPLY_RETRY);
    assert_int_equal(read.after_ms, 250);
    assert_ptr_equal(read.errors, &found);
    assert_int_equal(found.item[0].code, ERROR_BUSY);
}

static void what_is_no_reply_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "[]",
        "{}",
        "{\"v\":1}",
        "{\"v\":2,\"status\":\"ok\"}",
        "{\"v\":1,\"status\":\"fine\"}",
        "{\"v\":1,\"status\":1}",
        "{\"v\":1,\"status\":\"ok\",\"record\":\"1\"}",
        "{\"v\":1,\"status\":\"ok\",\"revision\":-1}",
        "{\"v\":1,\"status\":\"rejected\",\"errors\":{}}",
        "{\"v\":1,\"status\":\"rejected\",\"errors\":[1]}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct reply reply;
        if (reply_decode(tree_of(bad[i]), &reply, &errors))
            fail_msg("%s was taken", bad[i]);
    }
    struct reply reply;
    assert_true(
        reply_decode(tree_of("{\"v\":1,\"status\":\"ok\",\"skills\":[]}"), &reply, &errors));
    assert_true(reply_decode(tree_of("{\"v\":1,\"status\":\"rejected\",\"errors\":[{\"code\":"
                                     "\"of_tomorrow\",\"path\":\"x\"}]}"),
                             &reply, &errors));
    assert_error(ERROR_NONE, "x", "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(an_event_is_decoded),
        TEST(the_body_bytes_are_the_body),
        TEST(envelopes_are_checked),
        TEST(types_are_known),
        TEST(territories_have_a_format),
        TEST(queries_need_less),
        TEST(targets_are_of_the_messages_kind),
        TEST(all_errors_are_reported_once_each),
        TEST(what_is_no_map_is_refused),
        TEST(requests_encode_as_they_decode),
        TEST(a_failing_writer_is_noticed),
        TEST(replies_return_as_they_were),
        TEST(refusals_return_as_they_were),
        TEST(what_is_no_reply_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
