/* Walks msgpack bytes once: every length is compared with what is left and every count with the
 * limits before it is used. With an arena the walk also builds the tree, so what a message can
 * make us allocate is bounded by WIRE_ITEMS_MAX, not by what its bytes claim. */
#include "wire.h"

#include "path.h"
#include "text.h"

#include <string.h>

struct walk {
    const uint8_t *data;
    size_t size, at;
    uint32_t items;
    struct arena *arena; /* NULL to scan only */
    struct errors *errors;
    const char *key; /* of the outermost map; its value's place goes to slice. May be NULL */
    struct wire_slice *slice;
};

static bool walk_value(struct walk *walk, const struct path *path, unsigned depth,
                       msgpack_object *value);

static bool refuse(struct walk *walk, const struct path *path, enum error_code code,
                   const char *expected)
{
    path_error(path, walk->errors, code, "%s", expected);
    return false;
}

static bool refuse_truncated(struct walk *walk, const struct path *path)
{
    return refuse(walk, path, ERROR_NOT_MSGPACK, "more bytes: the message ends within a value");
}

/* Reads a big-endian number of 1, 2, 4 or 8 bytes. */
static bool take_number(struct walk *walk, unsigned bytes, uint64_t *number)
{
    if (walk->size - walk->at < bytes)
        return false;
    *number = 0;
    for (unsigned i = 0; i < bytes; i++)
        *number = *number << 8 | walk->data[walk->at++];
    return true;
}

static bool walk_integer(struct walk *walk, const struct path *path, uint8_t lead,
                         msgpack_object *value)
{
    unsigned bytes = 1u << (lead & 3);
    uint64_t number;
    if (!take_number(walk, bytes, &number))
        return refuse_truncated(walk, path);
    bool is_signed = lead >= 0xd0;
    uint64_t sign = UINT64_C(1) << (8 * bytes - 1);
    if (is_signed && (number & sign)) {
        value->type = MSGPACK_OBJECT_NEGATIVE_INTEGER;
        value->via.i64 = (int64_t)(number | ~(sign - 1));
        return true;
    }
    if (number > INT64_MAX)
        return refuse(walk, path, ERROR_OUT_OF_BOUNDS, "integer of 63 bits and a sign");
    value->type = MSGPACK_OBJECT_POSITIVE_INTEGER;
    value->via.u64 = number;
    return true;
}

static bool walk_text(struct walk *walk, const struct path *path, uint64_t size,
                      msgpack_object *value)
{
    if (size > walk->size - walk->at)
        return refuse_truncated(walk, path);
    const char *data = (const char *)walk->data + walk->at;
    walk->at += size;
    if (!text_is_valid(data, size))
        return refuse(walk, path, ERROR_BAD_UTF8, "UTF-8 without NUL");
    value->type = MSGPACK_OBJECT_STR;
    value->via.str.ptr = data;
    value->via.str.size = (uint32_t)size;
    return true;
}

/* Enters a list or map of so many elements of at least so many bytes. */
static bool enter(struct walk *walk, const struct path *path, unsigned depth, uint64_t count,
                  unsigned least)
{
    if (depth >= WIRE_DEPTH_MAX)
        return refuse(walk, path, ERROR_TOO_DEEP, "a message nested less deeply");
    if (count > WIRE_ITEMS_MAX - walk->items)
        return refuse(walk, path, ERROR_TOO_LARGE, "fewer elements in the message");
    if (count * least > walk->size - walk->at)
        return refuse_truncated(walk, path);
    walk->items += (uint32_t)count;
    return true;
}

static bool walk_alloc(struct walk *walk, const struct path *path, size_t size, void **memory)
{
    *memory = NULL;
    if (!walk->arena || size == 0)
        return true;
    *memory = arena_alloc(walk->arena, size);
    return *memory || refuse(walk, path, ERROR_TOO_LARGE, "a message that needs less memory");
}

static bool walk_list(struct walk *walk, const struct path *path, unsigned depth, uint64_t count,
                      msgpack_object *value)
{
    void *memory;
    if (!enter(walk, path, depth, count, 1) ||
        !walk_alloc(walk, path, count * sizeof(msgpack_object), &memory))
        return false;
    msgpack_object *items = memory, scratch;
    for (uint32_t i = 0; i < count; i++) {
        struct path item = path_item(path, i);
        if (!walk_value(walk, &item, depth + 1, items ? &items[i] : &scratch))
            return false;
    }
    value->type = MSGPACK_OBJECT_ARRAY;
    value->via.array.size = (uint32_t)count;
    value->via.array.ptr = items;
    return true;
}

enum { SLOTS = 2 * WIRE_KEYS_MAX, SMALL_MAP = 8 };

/* The keys of one map so far. A small map compares each with each; a larger one hashes. */
struct keys {
    msgpack_object_str key[WIRE_KEYS_MAX];
    uint8_t slot[SLOTS]; /* 1 + index of a key, by hash; not used in a small map */
    uint32_t count;
    bool small;
};

static bool same_key(msgpack_object_str a, msgpack_object_str b)
{
    return a.size == b.size && memcmp(a.ptr, b.ptr, a.size) == 0;
}

static uint32_t key_hash(msgpack_object_str key)
{
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < key.size; i++)
        hash = (hash ^ (uint8_t)key.ptr[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* False when the key is there already. */
static bool keys_add(struct keys *keys, msgpack_object_str key)
{
    if (keys->small) {
        for (uint32_t i = 0; i < keys->count; i++)
            if (same_key(keys->key[i], key))
                return false;
    } else {
        uint32_t at = key_hash(key) % SLOTS;
        for (; keys->slot[at]; at = (at + 1) % SLOTS)
            if (same_key(keys->key[keys->slot[at] - 1], key))
                return false;
        keys->slot[at] = (uint8_t)(keys->count + 1);
    }
    keys->key[keys->count++] = key;
    return true;
}

static bool walk_key(struct walk *walk, const struct path *path, struct keys *keys,
                     msgpack_object *key)
{
    uint8_t lead = walk->at < walk->size ? walk->data[walk->at] : 0xa0;
    bool is_text = (lead & 0xe0) == 0xa0 || (lead >= 0xd9 && lead <= 0xdb);
    if (!is_text)
        return refuse(walk, path, ERROR_WRONG_TYPE, "map with texts as keys");
    if (!walk_value(walk, path, WIRE_DEPTH_MAX, key))
        return false;
    if (keys_add(keys, key->via.str))
        return true;
    struct path place = path_key(path, key->via.str.ptr, key->via.str.size);
    return refuse(walk, &place, ERROR_DUPLICATE_KEY, "each key once");
}

static bool walk_pairs(struct walk *walk, const struct path *path, unsigned depth, uint32_t count,
                       msgpack_object_kv *pairs)
{
    struct keys keys;
    keys.count = 0;
    keys.small = count <= SMALL_MAP;
    if (!keys.small)
        memset(keys.slot, 0, sizeof keys.slot);
    msgpack_object_kv scratch;
    for (uint32_t i = 0; i < count; i++) {
        msgpack_object_kv *pair = pairs ? &pairs[i] : &scratch;
        if (!walk_key(walk, path, &keys, &pair->key))
            return false;
        msgpack_object_str key = pair->key.via.str;
        struct path place = path_key(path, key.ptr, key.size);
        size_t start = walk->at;
        if (!walk_value(walk, &place, depth + 1, &pair->val))
            return false;
        if (depth == 0 && walk->key && strlen(walk->key) == key.size &&
            memcmp(walk->key, key.ptr, key.size) == 0)
            *walk->slice = (struct wire_slice){start, walk->at - start};
    }
    return true;
}

static bool walk_map(struct walk *walk, const struct path *path, unsigned depth, uint64_t count,
                     msgpack_object *value)
{
    if (count > WIRE_KEYS_MAX)
        return refuse(walk, path, ERROR_TOO_LARGE, "map of at most 64 keys");
    void *memory;
    if (!enter(walk, path, depth, count, 2) ||
        !walk_alloc(walk, path, count * sizeof(msgpack_object_kv), &memory) ||
        !walk_pairs(walk, path, depth, (uint32_t)count, memory))
        return false;
    value->type = MSGPACK_OBJECT_MAP;
    value->via.map.size = (uint32_t)count;
    value->via.map.ptr = memory;
    return true;
}

/* A text, list or map whose length follows its lead byte in so many bytes. */
static bool walk_sized(struct walk *walk, const struct path *path, unsigned depth, uint8_t lead,
                       msgpack_object *value)
{
    static const uint8_t bytes[] = {1, 2, 4, 2, 4, 2, 4}; /* d9 da db, dc dd, de df */
    uint64_t size;
    if (!take_number(walk, bytes[lead - 0xd9], &size))
        return refuse_truncated(walk, path);
    if (lead <= 0xdb)
        return walk_text(walk, path, size, value);
    return lead <= 0xdd ? walk_list(walk, path, depth, size, value)
                        : walk_map(walk, path, depth, size, value);
}

static bool walk_value(struct walk *walk, const struct path *path, unsigned depth,
                       msgpack_object *value)
{
    if (walk->at >= walk->size)
        return refuse_truncated(walk, path);
    uint8_t lead = walk->data[walk->at++];
    if (lead <= 0x7f) {
        value->type = MSGPACK_OBJECT_POSITIVE_INTEGER;
        value->via.u64 = lead;
        return true;
    }
    if (lead >= 0xe0) {
        value->type = MSGPACK_OBJECT_NEGATIVE_INTEGER;
        value->via.i64 = (int64_t)lead - 0x100;
        return true;
    }
    if (lead <= 0x8f)
        return walk_map(walk, path, depth, lead & 0x0f, value);
    if (lead <= 0x9f)
        return walk_list(walk, path, depth, lead & 0x0f, value);
    if (lead <= 0xbf)
        return walk_text(walk, path, lead & 0x1f, value);
    if (lead >= 0xd9)
        return walk_sized(walk, path, depth, lead, value);
    if ((lead >= 0xcc && lead <= 0xcf) || (lead >= 0xd0 && lead <= 0xd3))
        return walk_integer(walk, path, lead, value);
    if (lead == 0xc0) {
        value->type = MSGPACK_OBJECT_NIL;
        return true;
    }
    if (lead == 0xc2 || lead == 0xc3) {
        value->type = MSGPACK_OBJECT_BOOLEAN;
        value->via.boolean = lead == 0xc3;
        return true;
    }
    if (lead == 0xc1)
        return refuse(walk, path, ERROR_NOT_MSGPACK, "msgpack: c1 begins nothing");
    return refuse(walk, path, ERROR_WRONG_TYPE, "text, integer, true, false, list or map");
}

static bool walk_message(struct walk *walk, msgpack_object *value)
{
    struct path root = path_root("");
    if (walk->size > WIRE_REQUEST_MAX)
        return refuse(walk, &root, ERROR_TOO_LARGE, "at most 65536 bytes");
    if (!walk_value(walk, &root, 0, value))
        return false;
    if (walk->at < walk->size)
        return refuse(walk, &root, ERROR_TRAILING_BYTES, "nothing after the message");
    return true;
}

bool wire_scan(const uint8_t *data, size_t size, struct errors *errors)
{
    struct walk walk = {.data = data, .size = size, .errors = errors};
    msgpack_object value;
    return walk_message(&walk, &value);
}

const msgpack_object *wire_unpack_slice(const uint8_t *data, size_t size, struct arena *arena,
                                        const char *key, struct wire_slice *slice,
                                        struct errors *errors)
{
    struct walk walk = {
        .data = data, .size = size, .arena = arena, .errors = errors, .key = key, .slice = slice};
    msgpack_object *value = arena_alloc(arena, sizeof *value);
    if (!value) {
        errors_add(errors, ERROR_TOO_LARGE, "", "a message that needs less memory");
        return NULL;
    }
    return walk_message(&walk, value) ? value : NULL;
}

const msgpack_object *wire_unpack(const uint8_t *data, size_t size, struct arena *arena,
                                  struct errors *errors)
{
    return wire_unpack_slice(data, size, arena, NULL, NULL, errors);
}
