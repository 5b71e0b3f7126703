/* Random records of every table: what is encoded decodes to the same, through JSON too. The random
 * numbers are the same on each run. */
#include "proto_support.h"

#include <stdlib.h>

enum { ROUNDS = 60 };

static uint64_t seed = 88172645463325252u;

static uint32_t any(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed >> 16) % below);
}

static int64_t between(int64_t low, int64_t high)
{
    uint64_t span = (uint64_t)high - (uint64_t)low + 1;
    uint32_t draw = any(4);
    if (draw == 0)
        return low;
    if (draw == 1)
        return high;
    uint64_t wide = (uint64_t)any(UINT32_MAX) << 32 | any(UINT32_MAX);
    return (int64_t)((uint64_t)low + (span ? wide % span : wide));
}

/* Characters that encoders stumble over: quotes, controls, two to four bytes. */
static struct text any_text(int64_t min, int64_t max)
{
    static const char *const characters[] = {"a",      "Z",      "0",      " ",          "\"",
                                             "\\",     "/",      "\n",     "\x01",       "\x7f",
                                             "\u00e9", "\u0153", "\u20ac", "\U0001f600", "'",
                                             "{",      "\u2028", "\ufeff", "\xc2\x80"};
    int64_t wanted = between(min, max < min + 30 || any(20) == 0 ? max : min + 30);
    char *data = arena_alloc(arena, (size_t)wanted + 1);
    assert_non_null(data);
    size_t at = 0;
    while (at < (size_t)wanted) {
        const char *c = characters[any(sizeof characters / sizeof characters[0])];
        if (at + strlen(c) > (size_t)wanted)
            c = "x";
        memcpy(data + at, c, strlen(c));
        at += strlen(c);
    }
    return (struct text){data, (uint32_t)at};
}

static uint32_t any_count(const struct field *field)
{
    int64_t few = field->min + 3 < field->max ? field->min + 3 : field->max;
    return (uint32_t)between(field->min, few);
}

static void fill(const struct record_type *type, void *record);

static void fill_texts(const struct field *field, struct texts *texts)
{
    texts->count = any_count(field);
    texts->items = arena_alloc(arena, texts->count * sizeof *texts->items);
    for (uint32_t i = 0; i < texts->count; i++)
        texts->items[i] = any_text(1, field->item_max);
}

static void fill_records(const struct field *field, void *member)
{
    struct list list = {.count = any_count(field)};
    list.items = arena_alloc(arena, list.count * field->record->size);
    for (uint32_t i = 0; i < list.count; i++)
        fill(field->record, (char *)list.items + i * field->record->size);
    memcpy(member, &list, sizeof list);
}

static void fill_value(const struct field *field, void *member)
{
    static const char letters[] = "LOECPA";
    switch (field->type) {
    case FIELD_TEXT:
        *(struct text *)member = any_text(field->min, field->max);
        break;
    case FIELD_TEXTS:
        fill_texts(field, member);
        break;
    case FIELD_INT:
        *(int64_t *)member = between(field->min, field->max);
        break;
    case FIELD_BOOL:
        *(bool *)member = any(2);
        break;
    case FIELD_DATE:
        *(int32_t *)member = (int32_t)between(-25567, 84005);
        break;
    case FIELD_TIME:
        *(int64_t *)member = between(-2208988800000, 7258118399999);
        break;
    case FIELD_CLOCK:
        *(int32_t *)member = (int32_t)between(0, 1440);
        break;
    case FIELD_ID:
        *(uint64_t *)member = id_make(field->min ? (char)field->min : letters[any(6)],
                                      (uint64_t)between(1, 281474976710655));
        break;
    case FIELD_CHOICE:
        *(uint8_t *)member = (uint8_t)(1 + any(field->choices->count));
        break;
    case FIELD_SET:
        *(uint32_t *)member = any(UINT32_MAX) & ((UINT32_C(1) << field->choices->count) - 1);
        break;
    case FIELD_RECORD:
        fill(field->record, member);
        break;
    case FIELD_RECORDS:
        fill_records(field, member);
        break;
    }
}

/* A nested record without any field has no form: the first field is always there. */
static void fill(const struct record_type *type, void *record)
{
    uint64_t *bits = record;
    for (unsigned i = 0; i < type->count; i++) {
        if (i > 0 && !type->fields[i].required && any(2))
            continue;
        *bits |= UINT64_C(1) << i;
        fill_value(&type->fields[i], (char *)record + type->fields[i].offset);
    }
}

static msgpack_sbuffer pack(const struct record_type *type, const void *record)
{
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    assert_true(record_encode(type, record, PRIVACY_ALL, &packer));
    return buffer;
}

static void assert_same(const msgpack_sbuffer *a, const void *data, size_t size)
{
    assert_int_equal(a->size, size);
    assert_memory_equal(a->data, data, size);
}

/* struct → bytes → struct → bytes; the two structs differ at most in where lists lie. */
static void round_trip(const struct record_type *type)
{
    errors = (struct errors){0};
    void *record = arena_alloc(arena, type->size), *again = arena_alloc(arena, type->size);
    fill(type, record);
    msgpack_sbuffer first = pack(type, record);
    const msgpack_object *tree =
        wire_unpack((const uint8_t *)first.data, first.size, arena, &errors);
    if (!tree || !record_decode(type, tree, again, arena, type->name, &errors))
        fail_msg("%s: %s", errors.item[0].path, errors.item[0].expected);
    assert_true(*(uint64_t *)again == *(uint64_t *)record);
    msgpack_sbuffer second = pack(type, again);
    assert_same(&first, second.data, second.size);

    for (int indent = 0; indent < 2; indent++) {
        char *json = wire_to_json(tree, indent);
        size_t size = 0;
        assert_non_null(json);
        const uint8_t *wire = json_to_wire(json, strlen(json), arena, &size, &errors);
        if (!wire)
            fail_msg("%s: %s\n%s", errors.item[0].path, errors.item[0].expected, json);
        assert_same(&first, wire, size);
        free(json);
    }
    msgpack_sbuffer_destroy(&first);
    msgpack_sbuffer_destroy(&second);
}

static void every_record_survives(void **state)
{
    (void)state;
    static const struct record_type *const types[] = {
#define TYPE(record) &record##_type,
        RECORDS_ALL(TYPE)
#undef TYPE
    };
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
            arena_reset(arena);
            round_trip(types[i]);
        }
}

/* Every single byte of a message changed: decoded or refused, nothing else; what is decoded
 * encodes to something that decodes to the same. */
static void damaged_messages_are_decoded_or_refused(void **state)
{
    (void)state;
    struct errors none = {0};
    size_t size;
    const uint8_t *wire = wire_of(
        "{\"v\":1,\"id\":\"r-1\",\"type\":\"cohort.put\",\"territory\":\"roubaix\",\"occurred_on\":"
        "\"2026-11-22\",\"body\":{\"source\":\"s\",\"reference\":\"r\",\"observed_at\":"
        "\"2026-11-22T06:15:00.000Z\",\"programme\":\"P3\",\"name\":\"n\",\"stages\":[{\"name\":"
        "\"s\",\"starts_on\":\"2026-11-22\"}]}}",
        &size);
    uint8_t *copy = malloc(size);
    struct arena *own = arena_create(1 << 20);
    unsigned taken = 0;
    for (size_t at = 0; at < size; at++)
        for (unsigned value = 0; value < 256; value++) {
            memcpy(copy, wire, size);
            copy[at] = (uint8_t)value;
            struct message message;
            errors = none;
            arena_reset(own);
            if (!message_decode(copy, size, own, &message, &errors)) {
                assert_true(errors.total > 0);
                continue;
            }
            taken++;
            msgpack_sbuffer first = pack(message.info->body, message.body);
            assert_int_equal(first.size, message.body_size);
            msgpack_sbuffer_destroy(&first);
        }
    assert_true(taken > size);
    arena_free(own);
    free(copy);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(every_record_survives),
        TEST(damaged_messages_are_decoded_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
