#include "proto_support.h"

static void memory_is_zeroed_and_aligned(void **state)
{
    (void)state;
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 300; size++) {
            unsigned char *memory = arena_alloc(arena, size);
            assert_non_null(memory);
            assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(memory[i], 0);
            memset(memory, 0xa5, size);
        }
        assert_true(arena_used(arena) >= 299 * 300 / 2);
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
}

static void nothing_is_given_past_the_limit(void **state)
{
    (void)state;
    struct arena *small = arena_create(1000);
    assert_non_null(small);
    assert_null(arena_alloc(small, 1001));
    assert_null(arena_alloc(small, SIZE_MAX));
    assert_null(arena_copy(small, "", SIZE_MAX));
    size_t given = 0;
    while (arena_alloc(small, 10))
        given += 10;
    assert_in_range(given, 500, 1000);
    arena_reset(small);
    assert_non_null(arena_alloc(small, 900));
    arena_free(small);
    arena_free(NULL);
}

static void blocks_count_towards_the_limit(void **state)
{
    (void)state;
    struct arena *large = arena_create(100000);
    size_t given = 0;
    while (arena_alloc(large, 1000))
        given += 1000;
    assert_in_range(given, 80000, 100000);
    arena_free(large);
}

static void copies_end_with_a_nul(void **state)
{
    (void)state;
    assert_string_equal(arena_copy(arena, "Roubaix!", 7), "Roubaix");
    assert_string_equal(arena_copy(arena, NULL, 0), "");
}

static void errors_are_cut_at_a_character(void **state)
{
    (void)state;
    char words[600] = "", path[200] = "";
    for (int i = 0; i < 100; i++)
        strcat(words, "é…");
    for (int i = 0; i < 60; i++)
        strcat(path, "é");
    for (size_t shift = 0; shift < 5; shift++) {
        errors = (struct errors){0};
        errors_add(&errors, ERROR_BAD_UTF8, path + 2 * shift, "%.*s%s", (int)shift, "abcde", words);
        const struct error *error = &errors.item[0];
        size_t size = strlen(error->expected);
        assert_in_range(size, sizeof error->expected - 4, sizeof error->expected - 1);
        msgpack_sbuffer buffer;
        msgpack_packer packer;
        msgpack_sbuffer_init(&buffer);
        msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
        msgpack_pack_array(&packer, 2);
        msgpack_pack_str_with_body(&packer, error->expected, size);
        msgpack_pack_str_with_body(&packer, error->path, strlen(error->path));
        struct errors none = {0};
        assert_true(wire_scan((const uint8_t *)buffer.data, buffer.size, &none));
        msgpack_sbuffer_destroy(&buffer);
    }
}

static void only_the_first_errors_are_kept(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++)
        errors_add(&errors, ERROR_BUSY, "x", "%d", i);
    assert_int_equal(errors.count, ERRORS_MAX);
    assert_int_equal(errors.total, 20);
    assert_string_equal(errors.item[ERRORS_MAX - 1].expected, "7");
}

static void every_code_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (enum error_code code = ERROR_NONE + 1; code < ERROR_END; code++) {
        const char *name = error_name(code);
        assert_int_equal(error_of_name(name, strlen(name)), code);
        bool server = strncmp(error_doc(code), "Server: ", 8) == 0;
        assert_true(server || strncmp(error_doc(code), "Client: ", 8) == 0);
        assert_int_equal(error_retry_helps(code), server);
    }
    assert_int_equal(error_of_name("bus", 3), ERROR_NONE);
    assert_int_equal(error_of_name("none", 4), ERROR_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_is_zeroed_and_aligned, begin, end),
        cmocka_unit_test(nothing_is_given_past_the_limit),
        cmocka_unit_test(blocks_count_towards_the_limit),
        cmocka_unit_test_setup_teardown(copies_end_with_a_nul, begin, end),
        cmocka_unit_test_setup_teardown(errors_are_cut_at_a_character, begin, end),
        cmocka_unit_test_setup_teardown(only_the_first_errors_are_kept, begin, end),
        cmocka_unit_test(every_code_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
