#include "cli/json_objects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What is found in a text, as "path:line:column=object " and so on. */
static const char *found(const char *text)
{
    static char all[4096];
    struct json_objects objects;
    struct json_object_span span;
    enum span_result result;
    size_t used = 0;
    all[0] = 0;
    json_objects_begin(&objects, text, strlen(text));
    while ((result = json_objects_next(&objects, &span)) != SPAN_END && used < sizeof all - 256) {
        const char *what = result == SPAN_OTHER ? "other" : "unclosed";
        int size = result == SPAN_OBJECT ? (int)span.size : (int)strlen(what);
        used += (size_t)snprintf(all + used, sizeof all - used, "%s%s:%u:%u=%.*s", used ? " " : "",
                                 span.path, span.line, span.column, size,
                                 result == SPAN_OBJECT ? span.data : what);
    }
    return all;
}

static void objects_alone_and_in_lists(void **state)
{
    (void)state;
    assert_string_equal(found("{\"a\":1}"), ":1:1={\"a\":1}");
    assert_string_equal(found("\xef\xbb\xbf {}"), ":1:2={}");
    assert_string_equal(found("[{},\n {\"b\":[1]}]"), "[0]:1:2={} [1]:2:2={\"b\":[1]}");
    assert_string_equal(found("[[{}],[{}]]"), "[0][0]:1:3={} [1][0]:1:8={}");
    assert_string_equal(found(""), "");
    assert_string_equal(found("[]"), "");
}

static void the_lists_that_postings_come_in(void **state)
{
    (void)state;
    assert_string_equal(found("{\"filtres\":[{}],\"resultats\":[{\"x\":\"]}\"},{}],\"n\":1} {}"),
                        "resultats[0]:1:30={\"x\":\"]}\"} resultats[1]:1:41={} :1:52={}");
    assert_string_equal(
        found("{\"@graph\":[{\"itemListElement\":[{\"item\":{\"@type\":\"J\"}}]}]}"),
        "@graph[0].itemListElement[0].item:1:40={\"@type\":\"J\"}");
    assert_string_equal(found("{\"resultats\":[]}"), "");
    assert_string_equal(found("{\"resultats\":3}"), ":1:1={\"resultats\":3}");
}

static void documents_one_after_the_other(void **state)
{
    (void)state;
    assert_string_equal(found("{\"a\":1}\n{\"b\":2}\n"), ":1:1={\"a\":1} :2:1={\"b\":2}");
    assert_string_equal(found("[{}]\n[{}]"), "[0]:1:2={} [0]:2:2={}");
    assert_string_equal(found("{\"a\":\n{\"b\":2}\n{\"c\":3}"),
                        ":1:1=unclosed :2:1={\"b\":2} :3:1={\"c\":3}");
    assert_string_equal(found("nonsense\n{}"), ":1:1=other :2:1={}");
}

static void what_is_no_object(void **state)
{
    (void)state;
    assert_string_equal(found("[1,\"}\",{}]"), "[0]:1:2=other [1]:1:4=other [2]:1:8={}");
    assert_string_equal(found("[{},"), "[0]:1:2={} [1]:1:5=unclosed");
    assert_string_equal(found("[{}}"), "[0]:1:2={} [1]:1:4=other");
    assert_string_equal(found("{\"a\":\"b"), ":1:1=unclosed");
    assert_string_equal(found("{\"resultats\":[{},{\"a\":"),
                        "resultats[0]:1:15={} resultats[1]:1:18=unclosed");
    char *large = malloc(JSON_OBJECT_MAX + 100);
    assert_non_null(large);
    memset(large, ' ', JSON_OBJECT_MAX + 100);
    large[0] = '{';
    large[JSON_OBJECT_MAX + 97] = '}';
    memcpy(large + JSON_OBJECT_MAX + 98, "\n", 2);
    assert_string_equal(found(large), ":1:1=other");
    free(large);
}

static void scripts_of_a_page(void **state)
{
    (void)state;
    assert_string_equal(found("<!doctype html>\n<script>{\"no\":1}</script>"
                              "<SCRIPT type='application/ld+json'>\n{\"a\":1}\n</SCRIPT>"
                              "<script TYPE=\"APPLICATION/LD+JSON\">[{\"b\":2}]</script></html>"),
                        ":3:1={\"a\":1} [0]:4:46={\"b\":2}");
    assert_string_equal(found("<html>"), "");
    assert_string_equal(found("<script type=application/ld+json>{\"a\":"), ":1:34=unclosed");
}

/* Lists in lists beyond the limit are passed over, and the file is gone through all the same. */
static void nesting_is_bounded(void **state)
{
    (void)state;
    char text[64] = "";
    memset(text, '[', 20);
    memset(text + 20, ']', 20);
    memcpy(text + 40, "{}", 3);
    assert_string_equal(found(text), "[0][0][0][0][0][0][0][0]:1:9=other :1:41={}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_alone_and_in_lists),
        cmocka_unit_test(the_lists_that_postings_come_in),
        cmocka_unit_test(documents_one_after_the_other),
        cmocka_unit_test(what_is_no_object),
        cmocka_unit_test(scripts_of_a_page),
        cmocka_unit_test(nesting_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
