#include "tree.h"

#include "../proto/codec.h"

#include <stdlib.h>
#include <string.h>

static const msgpack_object *map_find(const msgpack_object *map, const char *key, size_t size)
{
    if (map == NULL || map->type != MSGPACK_OBJECT_MAP)
        return NULL;
    for (uint32_t i = 0; i < map->via.map.size; i++) {
        const msgpack_object_kv *pair = &map->via.map.ptr[i];
        if (pair->key.type == MSGPACK_OBJECT_STR && pair->key.via.str.size == size &&
            memcmp(pair->key.via.str.ptr, key, size) == 0)
            return &pair->val;
    }
    return NULL;
}

const msgpack_object *tree_find(const msgpack_object *tree, const char *path)
{
    while (*path != '\0') {
        size_t size = strcspn(path, ".");
        tree = map_find(tree, path, size);
        path += size;
        path += *path == '.';
    }
    return tree;
}

unsigned tree_count(const msgpack_object *tree, const char *path)
{
    const msgpack_object *list = tree_find(tree, path);
    return list != NULL && list->type == MSGPACK_OBJECT_ARRAY ? list->via.array.size : 0;
}

const msgpack_object *tree_item(const msgpack_object *tree, const char *path, unsigned index)
{
    return index < tree_count(tree, path) ? &tree_find(tree, path)->via.array.ptr[index] : NULL;
}

struct text tree_text(const msgpack_object *tree, const char *path)
{
    const msgpack_object *value = tree_find(tree, path);
    if (value == NULL || value->type != MSGPACK_OBJECT_STR)
        return (struct text){NULL, 0};
    return (struct text){value->via.str.ptr, value->via.str.size};
}

int64_t tree_number(const msgpack_object *tree, const char *path, int64_t fallback)
{
    const msgpack_object *value = tree_find(tree, path);
    if (value == NULL)
        return fallback;
    if (value->type == MSGPACK_OBJECT_NEGATIVE_INTEGER)
        return value->via.i64;
    if (value->type == MSGPACK_OBJECT_POSITIVE_INTEGER && value->via.u64 <= INT64_MAX)
        return (int64_t)value->via.u64;
    return fallback;
}

bool tree_flag(const msgpack_object *tree, const char *path)
{
    const msgpack_object *value = tree_find(tree, path);
    return value != NULL && value->type == MSGPACK_OBJECT_BOOLEAN && value->via.boolean;
}

bool text_is(struct text text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

json_t *tree_to_json(const msgpack_object *tree)
{
    char *plain = tree != NULL ? wire_to_json(tree, false) : NULL;
    json_t *json = plain != NULL ? json_loads(plain, JSON_DECODE_ANY, NULL) : NULL;
    free(plain);
    return json;
}

const msgpack_object *tree_copy(const msgpack_object *tree, struct arena *arena)
{
    msgpack_sbuffer packed;
    msgpack_packer packer;
    struct errors errors = {.count = 0};
    msgpack_sbuffer_init(&packed);
    msgpack_packer_init(&packer, &packed, msgpack_sbuffer_write);
    const char *bytes = NULL;
    if (tree != NULL && msgpack_pack_object(&packer, *tree) == 0)
        bytes = arena_copy(arena, packed.data, packed.size);
    size_t size = packed.size;
    msgpack_sbuffer_destroy(&packed);
    return bytes != NULL ? wire_unpack((const uint8_t *)bytes, size, arena, &errors) : NULL;
}
