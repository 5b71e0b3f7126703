#include "daemon/explain.h"

#include "runtime/reason_pack.h"

struct catalogue explain_catalogue(const struct territory *territory)
{
    return (struct catalogue){territory->referential, territory->attachments, territory->day};
}

void *explain_decode(struct arena *arena, uint8_t kind, uint64_t number, const redisReply *value,
                     struct stored *stored)
{
    const struct record_type *type = kind_info(kind)->record;
    void *record = arena_alloc(arena, type->size);

    if (record == NULL || value == NULL || value->str == NULL ||
        !stored_parse(number, value->str, (size_t)value->len, stored) ||
        !stored_decode(type, PRIVACY_PUBLIC | PRIVACY_MATCHING, stored->fields, stored->size,
                       record, arena))
        return NULL;
    return record;
}

void explain_pack_reasons(struct query *query, const struct explained *pair)
{
    struct reason reasons[REASONS_MAX];
    unsigned count = reasons_explain(pair->learner, pair->offer, &pair->prospects, reasons),
             packed = 0;
    msgpack_sbuffer head = query->buffer, list;

    /* How many fit is known once they are packed: apart, their number goes before them. */
    msgpack_sbuffer_init(&query->buffer);
    for (; packed < count; packed++) {
        size_t before = query->buffer.size;
        reason_pack(&query->packer, &reasons[packed], query->territory->referential, pair->record);
        if (query->buffer.size > EXPLAIN_BYTES) {
            query->buffer.size = before;
            break;
        }
    }
    list = query->buffer;
    query->buffer = head;
    query_pack_string(query, "reasons");
    msgpack_pack_array(&query->packer, packed);
    msgpack_sbuffer_write(&query->buffer, list.data, list.size);
    msgpack_sbuffer_destroy(&list);
    query_pack_key_int(query, "reasons_left", count - packed);
}
