/* Bytes that nobody should send, and the limits at which they are refused. */
#include "proto_support.h"

#include <stdlib.h>

static enum error_code scan(const void *bytes, size_t size)
{
    /* A copy of its own, so that the sanitizer sees a read past the end. */
    uint8_t *copy = malloc(size ? size : 1);
    memcpy(copy, bytes, size);
    struct errors scanned = {0}, unpacked = {0};
    bool fine = wire_scan(copy, size, &scanned);
    assert_int_equal(fine, scanned.total == 0);
    arena_reset(arena);
    assert_int_equal(wire_unpack(copy, size, arena, &unpacked) != NULL, fine);
    assert_memory_equal(&scanned, &unpacked, sizeof scanned);
    free(copy);
    errors = scanned;
    return fine ? ERROR_NONE : scanned.item[0].code;
}

#define SCAN(bytes) scan(bytes, sizeof(bytes) - 1)
#define REFUSED(code, bytes) assert_string_equal(error_name(SCAN(bytes)), error_name(code))

static void good_values_pass(void **state)
{
    (void)state;
    static const char *const json[] = {
        "{}",
        "[]",
        "{\"a\":1,\"b\":[1,-1,127,128,-33,70000,-70000,5000000000,-5000000000]}",
        "{\"a\":{\"a\":{\"a\":{\"a\":[true,false,null,\"\"]}}}}",
        "[\"été\",\"\u20ac\",\"\U0001f600\"]",
        "[9223372036854775807,-9223372036854775808]",
    };
    for (size_t i = 0; i < sizeof json / sizeof json[0]; i++) {
        size_t size;
        const uint8_t *wire = wire_of(json[i], &size);
        uint8_t copy[256];
        memcpy(copy, wire, size);
        assert_int_equal(scan(copy, size), ERROR_NONE);
    }
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    size_t size;
    const uint8_t *wire =
        wire_of("{\"a\":[1,300,70000,5000000000,\"bcd\"],\"e\":{\"f\":null}}", &size);
    uint8_t copy[256];
    memcpy(copy, wire, size);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(scan(copy, cut), ERROR_NOT_MSGPACK);
}

static void claimed_sizes_are_not_believed(void **state)
{
    (void)state;
    REFUSED(ERROR_TOO_LARGE, "\xdd\xff\x00\x00\x00");
    REFUSED(ERROR_TOO_LARGE, "\xdf\xff\xff\xff\xff");
    REFUSED(ERROR_NOT_MSGPACK, "\xdb\xff\xff\xff\xff");
    REFUSED(ERROR_NOT_MSGPACK, "\xdc\x10\x00");
    REFUSED(ERROR_NOT_MSGPACK, "\xde\x00\x10\xa1"
                               "a");
    REFUSED(ERROR_NOT_MSGPACK, "\xda\x00\x05"
                               "abcd");
    REFUSED(ERROR_NOT_MSGPACK, "");
    /* Nested headers, each for items that the bytes left could be. */
    char nested[155];
    for (size_t i = 0; i < sizeof nested; i += 5)
        memcpy(nested + i, "\xdd\x00\x00\x00\x1f", 5);
    assert_int_equal(scan(nested, sizeof nested), ERROR_TOO_DEEP);
    assert_true(arena_used(arena) < 100000);
}

static void depth_is_bounded(void **state)
{
    (void)state;
    char lists[WIRE_DEPTH_MAX + 1];
    memset(lists, '\x91', sizeof lists);
    lists[WIRE_DEPTH_MAX - 1] = '\x90';
    assert_int_equal(scan(lists, WIRE_DEPTH_MAX), ERROR_NONE);
    lists[WIRE_DEPTH_MAX - 1] = '\x91';
    lists[WIRE_DEPTH_MAX] = '\x90';
    assert_int_equal(scan(lists, WIRE_DEPTH_MAX + 1), ERROR_TOO_DEEP);
    char deep[60000];
    memset(deep, '\x91', sizeof deep);
    assert_int_equal(scan(deep, sizeof deep), ERROR_TOO_DEEP);
    memset(deep, '\x81', sizeof deep);
    assert_int_equal(scan(deep, sizeof deep), ERROR_WRONG_TYPE);
}

static void elements_are_bounded_in_total(void **state)
{
    (void)state;
    static char bytes[3 + WIRE_ITEMS_MAX + 4];
    memcpy(bytes, "\xdc\x20\x00", 3);
    assert_int_equal(scan(bytes, 3 + WIRE_ITEMS_MAX), ERROR_NONE);
    bytes[2] = 1;
    assert_int_equal(scan(bytes, 3 + WIRE_ITEMS_MAX + 1), ERROR_TOO_LARGE);
    /* Two lists that are fine by themselves. */
    memcpy(bytes, "\x92\xdc\x10\x00", 4);
    memcpy(bytes + 4 + 4096, "\xdc\x10\x00", 3);
    assert_int_equal(scan(bytes, 4 + 4096 + 3 + 4096), ERROR_TOO_LARGE);
}

static void the_whole_is_bounded(void **state)
{
    (void)state;
    static char bytes[WIRE_REQUEST_MAX + 1];
    memset(bytes, 'a', sizeof bytes);
    memcpy(bytes, "\xda\xff\xfd", 3);
    assert_int_equal(scan(bytes, WIRE_REQUEST_MAX), ERROR_NONE);
    memcpy(bytes, "\xda\xff\xfe", 3);
    assert_int_equal(scan(bytes, WIRE_REQUEST_MAX + 1), ERROR_TOO_LARGE);
}

static void other_types_are_refused(void **state)
{
    (void)state;
    REFUSED(ERROR_NOT_MSGPACK, "\xc1");
    REFUSED(ERROR_WRONG_TYPE, "\xc4\x00");
    REFUSED(ERROR_WRONG_TYPE, "\xc5\x00\x00");
    REFUSED(ERROR_WRONG_TYPE, "\xc6\xff\xff\xff\xff");
    REFUSED(ERROR_WRONG_TYPE, "\xc7\x00\x01");
    REFUSED(ERROR_WRONG_TYPE, "\xc8\x00\x00\x01");
    REFUSED(ERROR_WRONG_TYPE, "\xc9\xff\xff\xff\xff\x01");
    REFUSED(ERROR_WRONG_TYPE, "\xca\x3f\x80\x00\x00");
    REFUSED(ERROR_WRONG_TYPE, "\xcb\x3f\xf0\x00\x00\x00\x00\x00\x00");
    REFUSED(ERROR_WRONG_TYPE, "\xd4\x01\x00");
    REFUSED(ERROR_WRONG_TYPE, "\xd8\x01\x00");
    REFUSED(ERROR_OUT_OF_BOUNDS, "\xcf\x80\x00\x00\x00\x00\x00\x00\x00");
}

static void integers_of_any_width_are_read(void **state)
{
    (void)state;
    static const char bytes[] = "\x9a\x7f\xe0\xcc\xff\xcd\xff\xff\xce\xff\xff\xff\xff"
                                "\xcf\x7f\xff\xff\xff\xff\xff\xff\xff\xd0\x80\xd1\x80\x00"
                                "\xd2\x80\x00\x00\x00\xd3\x80\x00\x00\x00\x00\x00\x00\x00";
    static const int64_t expected[] = {127,       -32,  255,    65535,     4294967295,
                                       INT64_MAX, -128, -32768, INT32_MIN, INT64_MIN};
    const msgpack_object *tree =
        wire_unpack((const uint8_t *)bytes, sizeof bytes - 1, arena, &errors);
    assert_non_null(tree);
    for (uint32_t i = 0; i < 10; i++) {
        const msgpack_object *item = &tree->via.array.ptr[i];
        assert_true(item->via.i64 == expected[i]);
        assert_int_equal(item->type, expected[i] < 0 ? MSGPACK_OBJECT_NEGATIVE_INTEGER
                                                     : MSGPACK_OBJECT_POSITIVE_INTEGER);
    }
    /* A signed width with a positive value. */
    assert_int_equal(SCAN("\xd1\x00\x05"), ERROR_NONE);
}

static void texts_are_utf8_without_nul(void **state)
{
    (void)state;
    REFUSED(ERROR_BAD_UTF8, "\xa1\x80");
    REFUSED(ERROR_BAD_UTF8, "\xa2\xc3\x28");
    REFUSED(ERROR_BAD_UTF8, "\xa2\xc0\x80");
    REFUSED(ERROR_BAD_UTF8, "\xa3\xed\xa0\x80");
    REFUSED(ERROR_BAD_UTF8, "\xa4\xf4\x90\x80\x80");
    REFUSED(ERROR_BAD_UTF8, "\xa3"
                            "a\0b");
    REFUSED(ERROR_BAD_UTF8, "\xac"
                            "abcdefghijk\0");
    REFUSED(ERROR_BAD_UTF8, "\xac"
                            "abc\0efghijkl");
    REFUSED(ERROR_BAD_UTF8, "\xac"
                            "abcdefgh\xc3\xa9\xc3x");
    REFUSED(ERROR_BAD_UTF8, "\x81\xa1\xff\x01");
    assert_int_equal(SCAN("\xad"
                          "abcdefgh\xc3\xa9\xe2\x82\xac"),
                     ERROR_NONE);
}

static void keys_are_texts_and_distinct(void **state)
{
    (void)state;
    REFUSED(ERROR_WRONG_TYPE, "\x81\x01\x01");
    REFUSED(ERROR_WRONG_TYPE, "\x81\xc0\x01");
    REFUSED(ERROR_WRONG_TYPE, "\x81\x90\x01");
    REFUSED(ERROR_DUPLICATE_KEY, "\x82\xa1"
                                 "a\x01\xa1"
                                 "a\x02");
    assert_string_equal(errors.item[0].path, "a");
    REFUSED(ERROR_DUPLICATE_KEY, "\x81\xa1"
                                 "x\x91\x82\xa0\x01\xa0\x01");
    /* The same text, packed in another width. */
    REFUSED(ERROR_DUPLICATE_KEY, "\x82\xa1"
                                 "a\x01\xd9\x01"
                                 "a\x02");
    assert_int_equal(SCAN("\x82\xa1"
                          "a\x81\xa1"
                          "a\x01\xa1"
                          "b\x01"),
                     ERROR_NONE);
}

/* A map of so many keys "k00", "k01", …; the last is the key of index same instead. */
static size_t map_of(uint8_t *bytes, unsigned count, unsigned same)
{
    size_t at = 0;
    bytes[at++] = 0xde;
    bytes[at++] = (uint8_t)(count >> 8);
    bytes[at++] = (uint8_t)count;
    for (unsigned i = 0; i < count; i++) {
        unsigned key = i + 1 == count ? same : i;
        bytes[at++] = 0xa3;
        bytes[at++] = 'k';
        bytes[at++] = (uint8_t)('0' + key / 10);
        bytes[at++] = (uint8_t)('0' + key % 10);
        bytes[at++] = 0x01;
    }
    return at;
}

static void large_maps_find_duplicates_too(void **state)
{
    (void)state;
    uint8_t bytes[1024];
    for (unsigned count = 2; count <= WIRE_KEYS_MAX; count++) {
        assert_int_equal(scan(bytes, map_of(bytes, count, count - 1)), ERROR_NONE);
        for (unsigned same = 0; same + 1 < count; same++)
            assert_int_equal(scan(bytes, map_of(bytes, count, same)), ERROR_DUPLICATE_KEY);
    }
    unsigned many = WIRE_KEYS_MAX + 1;
    assert_int_equal(scan(bytes, map_of(bytes, many, many - 1)), ERROR_TOO_LARGE);
}

static void nothing_may_follow(void **state)
{
    (void)state;
    REFUSED(ERROR_TRAILING_BYTES, "\x80\x80");
    REFUSED(ERROR_TRAILING_BYTES, "\x80\xc1");
}

static void errors_name_the_place(void **state)
{
    (void)state;
    REFUSED(ERROR_WRONG_TYPE, "\x81\xa1"
                              "a\x92\x01\x81\xa1"
                              "b\xc4\x00");
    assert_string_equal(errors.item[0].path, "a[1].b");
    /* A client's key is shown short and without control characters. */
    char bytes[210] = "\x81\xd9\xc8";
    memset(bytes + 3, '\n', 200);
    bytes[203] = '\xc1';
    assert_int_equal(scan(bytes, 204), ERROR_NOT_MSGPACK);
    assert_string_equal(errors.item[0].path, "????????????????????????????????????????????????");
}

static void the_arena_bounds_the_tree(void **state)
{
    (void)state;
    static uint8_t bytes[4003] = "\xdc\x0f\xa0";
    struct arena *small = arena_create(10000);
    assert_null(wire_unpack(bytes, sizeof bytes, small, &errors));
    assert_error(ERROR_TOO_LARGE, "", NULL);
    arena_free(small);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(good_values_pass),
        TEST(every_truncation_is_refused),
        TEST(claimed_sizes_are_not_believed),
        TEST(depth_is_bounded),
        TEST(elements_are_bounded_in_total),
        TEST(the_whole_is_bounded),
        TEST(other_types_are_refused),
        TEST(integers_of_any_width_are_read),
        TEST(texts_are_utf8_without_nul),
        TEST(keys_are_texts_and_distinct),
        TEST(large_maps_find_duplicates_too),
        TEST(nothing_may_follow),
        TEST(errors_name_the_place),
        TEST(the_arena_bounds_the_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
