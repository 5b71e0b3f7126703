/* Bytes as a request and as a reply: refused, or understood so that encoding gives the same tree.
 */
#include "proto/message.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same_text(msgpack_object_str a, msgpack_object_str b)
{
    return a.size == b.size && memcmp(a.ptr, b.ptr, a.size) == 0;
}

static bool same_tree(const msgpack_object *a, const msgpack_object *b);

/* Fields may come in any order and are encoded in table order. */
static bool same_map(const msgpack_object_map *a, const msgpack_object_map *b)
{
    bool same = a->size == b->size;
    for (uint32_t i = 0; same && i < a->size; i++) {
        uint32_t k = 0;
        while (k < b->size && !same_text(a->ptr[i].key.via.str, b->ptr[k].key.via.str))
            k++;
        same = k < b->size && same_tree(&a->ptr[i].val, &b->ptr[k].val);
    }
    return same;
}

static bool same_list(const msgpack_object_array *a, const msgpack_object_array *b)
{
    bool same = a->size == b->size;
    for (uint32_t i = 0; same && i < a->size; i++) {
        same = same_tree(&a->ptr[i], &b->ptr[i]);
        /* A set may come in any order and is encoded in table order. */
        for (uint32_t k = 0; !same && a->ptr[i].type == MSGPACK_OBJECT_STR && k < b->size; k++)
            same = same_tree(&a->ptr[i], &b->ptr[k]);
    }
    return same;
}

static bool same_tree(const msgpack_object *a, const msgpack_object *b)
{
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case MSGPACK_OBJECT_STR:
        return same_text(a->via.str, b->via.str);
    case MSGPACK_OBJECT_MAP:
        return same_map(&a->via.map, &b->via.map);
    case MSGPACK_OBJECT_ARRAY:
        return same_list(&a->via.array, &b->via.array);
    case MSGPACK_OBJECT_BOOLEAN:
        return a->via.boolean == b->via.boolean;
    case MSGPACK_OBJECT_NIL:
        return true;
    default:
        return a->via.i64 == b->via.i64;
    }
}

static void check_message(const struct message *message, const msgpack_object *tree,
                          struct arena *arena)
{
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    struct errors errors = {0};
    if (!message_encode(&message->request, message->type, message->body, &packer))
        abort();
    const msgpack_object *again =
        wire_unpack((const uint8_t *)buffer.data, buffer.size, arena, &errors);
    if (!again || !same_tree(tree, again))
        abort();
    if (!record_check(message->info->body, message->body, "", &errors))
        abort();
    if (!wire_scan(message->body_bytes, message->body_size, &errors))
        abort();
    msgpack_sbuffer_destroy(&buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_create(4 << 20);
    arena_reset(arena);
    struct errors errors = {0}, again = {0};
    const msgpack_object *tree = wire_unpack(data, size, arena, &errors);
    if (wire_scan(data, size, &again) != (tree != NULL) || (errors.total == 0) != (tree != NULL))
        abort();
    struct message message;
    errors = (struct errors){0};
    if (message_decode(data, size, arena, &message, &errors) != (errors.total == 0))
        abort();
    if (errors.total == 0)
        check_message(&message, tree, arena);
    struct reply reply;
    if (tree)
        reply_decode(tree, &reply, &errors);
    return 0;
}
