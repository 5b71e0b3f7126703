/* JSON to msgpack bytes and back. The text is bounded by a scan of its brackets before jansson,
 * which has no such limits of its own, takes memory for it. */
#include "encode.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* -- from JSON ----------------------------------------------------------------------------------
 */

struct scan {
    const char *at, *end;
    unsigned line, column;
    unsigned depth, items;
    char before; /* the last character outside of texts */
};

static bool refuse(const struct scan *scan, struct errors *errors, enum error_code code,
                   const char *expected)
{
    char path[32];
    snprintf(path, sizeof path, "%u:%u", scan->line, scan->column);
    errors_add(errors, code, path, "%s", expected);
    return false;
}

static void advance(struct scan *scan)
{
    if (*scan->at == '\n') {
        scan->line++;
        scan->column = 1;
    } else if (((unsigned char)*scan->at & 0xc0) != 0x80) {
        scan->column++;
    }
    scan->at++;
}

/* Leaves the scan at the closing quote, or at the end. */
static void skip_text(struct scan *scan)
{
    for (advance(scan); scan->at < scan->end && *scan->at != '"'; advance(scan))
        if (*scan->at == '\\' && scan->at + 1 < scan->end)
            advance(scan);
}

static bool scan_character(struct scan *scan, struct errors *errors)
{
    bool after_digit = scan->before >= '0' && scan->before <= '9';
    switch (*scan->at) {
    case '"':
        skip_text(scan);
        break;
    case '[':
    case '{':
        if (++scan->depth > WIRE_DEPTH_MAX)
            return refuse(scan, errors, ERROR_TOO_DEEP, "JSON nested less deeply");
        break;
    case ']':
    case '}':
        if (scan->depth > 0)
            scan->depth--;
        break;
    case ',':
        if (++scan->items > WIRE_ITEMS_MAX)
            return refuse(scan, errors, ERROR_TOO_LARGE, "fewer elements in the message");
        break;
    case '.':
    case 'e':
    case 'E':
        if (after_digit)
            return refuse(scan, errors, ERROR_WRONG_TYPE, "integer, without fraction or exponent");
        break;
    default:
        break;
    }
    return true;
}

/* Bounds depth and elements, and finds numbers that no record has. Leaves syntax to jansson. */
static bool scan_json(const char *json, size_t size, struct errors *errors)
{
    struct scan scan = {.at = json, .end = json + size, .line = 1, .column = 1};
    if (size > JSON_REQUEST_MAX)
        return refuse(&scan, errors, ERROR_TOO_LARGE, "at most 262144 bytes");
    while (scan.at < scan.end) {
        if (!scan_character(&scan, errors))
            return false;
        if (scan.at == scan.end)
            break;
        scan.before = *scan.at;
        advance(&scan);
    }
    return true;
}

static void refuse_json(const json_error_t *error, struct errors *errors)
{
    enum error_code code = ERROR_NOT_JSON;
    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        code = ERROR_DUPLICATE_KEY;
        break;
    case json_error_invalid_utf8:
    case json_error_null_character:
    case json_error_null_byte_in_key:
        code = ERROR_BAD_UTF8;
        break;
    case json_error_numeric_overflow:
        code = ERROR_OUT_OF_BOUNDS;
        break;
    case json_error_stack_overflow:
        code = ERROR_TOO_DEEP;
        break;
    case json_error_out_of_memory:
        code = ERROR_INTERNAL;
        break;
    default:
        break;
    }
    char path[32];
    snprintf(path, sizeof path, "%d:%d", error->line, error->column);
    errors_add(errors, code, path, "%s", error->text);
}

static bool pack_json(json_t *json, msgpack_packer *packer)
{
    switch (json_typeof(json)) {
    case JSON_STRING:
        return pack_text(packer, json_string_value(json), json_string_length(json));
    case JSON_INTEGER:
        return msgpack_pack_int64(packer, json_integer_value(json)) == 0;
    case JSON_TRUE:
        return msgpack_pack_true(packer) == 0;
    case JSON_FALSE:
        return msgpack_pack_false(packer) == 0;
    case JSON_NULL:
        return msgpack_pack_nil(packer) == 0;
    case JSON_ARRAY: {
        bool fine = msgpack_pack_array(packer, json_array_size(json)) == 0;
        for (size_t i = 0; i < json_array_size(json); i++)
            fine = fine && pack_json(json_array_get(json, i), packer);
        return fine;
    }
    case JSON_OBJECT: {
        bool fine = msgpack_pack_map(packer, json_object_size(json)) == 0;
        const char *key;
        json_t *value;
        json_object_foreach(json, key, value) fine =
            fine && pack_word(packer, key) && pack_json(value, packer);
        return fine;
    }
    case JSON_REAL:
        break;
    }
    return false;
}

static uint8_t *pack_bounded(json_t *json, struct arena *arena, size_t *wire_size,
                             struct errors *errors)
{
    msgpack_sbuffer buffer;
    msgpack_sbuffer_init(&buffer);
    msgpack_packer packer;
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    uint8_t *wire = NULL;
    if (!pack_json(json, &packer))
        errors_add(errors, ERROR_INTERNAL, "", "memory");
    else if (wire_scan((const uint8_t *)buffer.data, buffer.size, errors)) {
        wire = (uint8_t *)arena_copy(arena, buffer.data, buffer.size);
        *wire_size = buffer.size;
        if (!wire)
            errors_add(errors, ERROR_TOO_LARGE, "", "a message that needs less memory");
    }
    msgpack_sbuffer_destroy(&buffer);
    return wire;
}

uint8_t *json_to_wire(const char *json, size_t size, struct arena *arena, size_t *wire_size,
                      struct errors *errors)
{
    if (!scan_json(json, size, errors))
        return NULL;
    json_error_t error;
    json_t *tree = json_loadb(json, size, JSON_REJECT_DUPLICATES, &error);
    if (!tree) {
        refuse_json(&error, errors);
        return NULL;
    }
    uint8_t *wire = pack_bounded(tree, arena, wire_size, errors);
    json_decref(tree);
    return wire;
}

/* -- to JSON ------------------------------------------------------------------------------------
 */

static json_t *json_of(const msgpack_object *value);

static json_t *json_of_list(const msgpack_object_array *list)
{
    json_t *json = json_array();
    for (uint32_t i = 0; json && i < list->size; i++)
        if (json_array_append_new(json, json_of(&list->ptr[i])) != 0) {
            json_decref(json);
            json = NULL;
        }
    return json;
}

static json_t *json_of_map(const msgpack_object_map *map)
{
    json_t *json = json_object();
    for (uint32_t i = 0; json && i < map->size; i++) {
        msgpack_object_str key = map->ptr[i].key.via.str;
        if (json_object_setn_new(json, key.ptr, key.size, json_of(&map->ptr[i].val)) != 0) {
            json_decref(json);
            json = NULL;
        }
    }
    return json;
}

/* NULL when out of memory; appending NULL fails in its turn. */
static json_t *json_of(const msgpack_object *value)
{
    switch (value->type) {
    case MSGPACK_OBJECT_STR:
        return json_stringn(value->via.str.ptr, value->via.str.size);
    case MSGPACK_OBJECT_POSITIVE_INTEGER:
        return json_integer((json_int_t)value->via.u64);
    case MSGPACK_OBJECT_NEGATIVE_INTEGER:
        return json_integer(value->via.i64);
    case MSGPACK_OBJECT_BOOLEAN:
        return json_boolean(value->via.boolean);
    case MSGPACK_OBJECT_ARRAY:
        return json_of_list(&value->via.array);
    case MSGPACK_OBJECT_MAP:
        return json_of_map(&value->via.map);
    default:
        return json_null();
    }
}

char *wire_to_json(const msgpack_object *tree, bool indent)
{
    json_t *json = json_of(tree);
    if (!json)
        return NULL;
    char *text = json_dumps(json, JSON_ENCODE_ANY | (indent ? JSON_INDENT(2) : JSON_COMPACT));
    json_decref(json);
    return text;
}
