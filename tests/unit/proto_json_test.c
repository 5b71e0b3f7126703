#include "proto_support.h"

#include <stdlib.h>

static void refused_of(const char *json, size_t size, enum error_code code, const char *path)
{
    size_t wire_size;
    errors = (struct errors){0};
    assert_null(json_to_wire(json, size, arena, &wire_size, &errors));
    assert_error(code, path, NULL);
}

static void refused(const char *json, enum error_code code, const char *path)
{
    refused_of(json, strlen(json), code, path);
}

static void syntax_errors_have_a_line_and_a_column(void **state)
{
    (void)state;
    refused("", ERROR_NOT_JSON, "1:0");
    refused("{\"a\":1,}", ERROR_NOT_JSON, "1:8");
    refused("{\n  \"a\": x\n}", ERROR_NOT_JSON, "2:8");
    refused("{\"a\":1}}", ERROR_NOT_JSON, "1:8");
    refused("\"a\"", ERROR_NOT_JSON, "1:3");
    refused("{\"a\":\"b", ERROR_NOT_JSON, "1:7");
    refused("{\"a\":\"b\\", ERROR_NOT_JSON, "1:8");
    refused("{\"a\":'b'}", ERROR_NOT_JSON, "1:6");
    refused("{\"a\":NaN}", ERROR_NOT_JSON, "1:8");
}

static void duplicates_are_refused(void **state)
{
    (void)state;
    refused("{\"a\":1,\"a\":2}", ERROR_DUPLICATE_KEY, "1:10");
    refused("{\"a\":1,\"\\u0061\":2}", ERROR_DUPLICATE_KEY, "1:15");
}

static void texts_are_utf8_without_nul(void **state)
{
    (void)state;
    refused("{\"a\":\"\\u0000\"}", ERROR_BAD_UTF8, "1:13");
    refused("{\"a\\u0000\":1}", ERROR_BAD_UTF8, "1:10");
    refused_of("{\"a\":\"b\0c\"}", 11, ERROR_NOT_JSON, "1:7");
    refused("{\"a\":\"\xff\"}", ERROR_BAD_UTF8, "1:6");
    refused("{\"a\":\"\\ud800\"}", ERROR_NOT_JSON, "1:13");
}

static void numbers_are_integers(void **state)
{
    (void)state;
    refused("{\"a\":1.5}", ERROR_WRONG_TYPE, "1:7");
    refused("{\n\"\u00e9\": \"\u00e9\", \"b\":1e3}", ERROR_WRONG_TYPE, "2:16");
    refused("{\"a\":-1E3}", ERROR_WRONG_TYPE, "1:8");
    refused("{\"a\":9223372036854775808}", ERROR_OUT_OF_BOUNDS, "1:24");
    size_t size;
    assert_non_null(wire_of("{\"a1\":\"1.5\",\"b\":true,\"c\":[9,false]}", &size));
}

static void nesting_is_bounded_before_parsing(void **state)
{
    (void)state;
    char deep[200000];
    memset(deep, '[', sizeof deep);
    refused_of(deep, sizeof deep, ERROR_TOO_DEEP, "1:9");
    size_t size;
    assert_non_null(wire_of("[[[[[[[[]]]]]]]]", &size));
    refused("[[[[[[[[[]]]]]]]]]", ERROR_TOO_DEEP, "1:9");
    /* Brackets in texts are no nesting. */
    assert_non_null(wire_of("[\"[[[[[[[[[[[[\\\"[[[[\\\\\"]", &size));
}

static void sizes_are_bounded(void **state)
{
    (void)state;
    static char many[JSON_REQUEST_MAX + 1];
    memset(many, ' ', sizeof many);
    memcpy(many, "{}", 2);
    refused_of(many, sizeof many, ERROR_TOO_LARGE, "1:1");
    size_t size;
    assert_non_null(json_to_wire(many, sizeof many - 1, arena, &size, &errors));
    memset(many, ',', sizeof many - 1);
    refused_of(many, sizeof many - 1, ERROR_TOO_LARGE, "1:8193");
    /* Fine as JSON, too large as a message. */
    memset(many, 'a', sizeof many);
    memcpy(many, "[\"", 2);
    memcpy(many + 70000, "\"]", 2);
    refused_of(many, 70002, ERROR_TOO_LARGE, "");
}

static void assert_round_trip(const char *json)
{
    size_t size;
    const uint8_t *wire = wire_of(json, &size);
    const msgpack_object *tree = wire_unpack(wire, size, arena, &errors);
    char *text = wire_to_json(tree, false);
    assert_string_equal(text, json);
    free(text);
}

static void json_returns_as_it_was(void **state)
{
    (void)state;
    assert_round_trip("{}");
    assert_round_trip("[]");
    assert_round_trip("{\"z\":1,\"a\":-2,\"m\":[true,false,null,\"\"]}");
    assert_round_trip("[9223372036854775807,-9223372036854775808,0,-1]");
    assert_round_trip("{\"été\":\"\\\"\\\\\\n\\u0001 \u20ac \U0001f600 /\"}");
}

static void json_can_be_indented(void **state)
{
    (void)state;
    char *text = wire_to_json(tree_of("{\"a\":[1]}"), true);
    assert_string_equal(text, "{\n  \"a\": [\n    1\n  ]\n}");
    free(text);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(syntax_errors_have_a_line_and_a_column),
        TEST(duplicates_are_refused),
        TEST(texts_are_utf8_without_nul),
        TEST(numbers_are_integers),
        TEST(nesting_is_bounded_before_parsing),
        TEST(sizes_are_bounded),
        TEST(json_returns_as_it_was),
        TEST(json_can_be_indented),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
