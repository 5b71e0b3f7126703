/* What the tests of proto/ share: an arena for each test, and trees written as JSON. */
#ifndef PASSERELLE_TESTS_PROTO_SUPPORT_H
#define PASSERELLE_TESTS_PROTO_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/message.h"

#include <stdio.h>
#include <string.h>

static struct arena *arena;
static struct errors errors;

static inline int begin(void **state)
{
    (void)state;
    arena = arena_create(4 << 20);
    errors = (struct errors){0};
    return arena ? 0 : -1;
}

static inline int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static inline const uint8_t *wire_of(const char *json, size_t *size)
{
    const uint8_t *wire = json_to_wire(json, strlen(json), arena, size, &errors);
    if (!wire)
        fail_msg("%s: %s", errors.item[0].path, errors.item[0].expected);
    return wire;
}

static inline const msgpack_object *tree_of(const char *json)
{
    size_t size;
    const uint8_t *wire = wire_of(json, &size);
    return wire_unpack(wire, size, arena, &errors);
}

/* The first error is that one, and the only one. */
static inline void assert_error(enum error_code code, const char *path, const char *expected)
{
    assert_int_equal(errors.total, 1);
    assert_string_equal(error_name(errors.item[0].code), error_name(code));
    assert_string_equal(errors.item[0].path, path);
    if (expected)
        assert_string_equal(errors.item[0].expected, expected);
    errors = (struct errors){0};
}

#endif
