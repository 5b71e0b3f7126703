#include "encode.h"

#include <string.h>

bool pack_text(msgpack_packer *packer, const char *data, size_t size)
{
    return msgpack_pack_str(packer, size) == 0 &&
           (size == 0 || msgpack_pack_str_body(packer, data, size) == 0);
}

bool pack_word(msgpack_packer *packer, const char *word)
{
    return pack_text(packer, word, strlen(word));
}

static bool is_packed(const struct field *field, const void *record, unsigned privacy)
{
    if (field->type == FIELD_RECORD)
        return record_has_any(field->record, (const char *)record + field->offset, privacy);
    return field->privacy & privacy;
}

uint32_t record_count_packed(const struct record_type *type, const void *record, unsigned privacy)
{
    uint64_t present = *(const uint64_t *)record;
    uint32_t count = 0;
    for (unsigned i = 0; i < type->count; i++)
        if (present >> i & 1 && is_packed(&type->fields[i], record, privacy))
            count++;
    return count;
}

bool record_has_any(const struct record_type *type, const void *record, unsigned privacy)
{
    return record_count_packed(type, record, privacy) > 0;
}

static bool pack_set(const struct choices *choices, uint32_t set, msgpack_packer *packer)
{
    set &= (uint32_t)((UINT64_C(1) << choices->count) - 1);
    bool fine = msgpack_pack_array(packer, (size_t)__builtin_popcount(set)) == 0;
    for (unsigned i = 0; i < choices->count; i++)
        if (set >> i & 1)
            fine = fine && pack_word(packer, choices->names[i]);
    return fine;
}

static bool pack_texts(const struct texts *texts, msgpack_packer *packer)
{
    bool fine = msgpack_pack_array(packer, texts->count) == 0;
    for (uint32_t i = 0; i < texts->count; i++)
        fine = fine && pack_text(packer, texts->items[i].data, texts->items[i].size);
    return fine;
}

static bool pack_records(const struct record_type *type, const void *member, unsigned privacy,
                         msgpack_packer *packer)
{
    struct list list;
    memcpy(&list, member, sizeof list);
    bool fine = msgpack_pack_array(packer, list.count) == 0;
    for (uint32_t i = 0; i < list.count; i++)
        fine =
            fine && record_encode(type, (const char *)list.items + i * type->size, privacy, packer);
    return fine;
}

static bool pack_value(const struct field *field, const void *member, unsigned privacy,
                       msgpack_packer *packer)
{
    const struct text *text = member;
    char word[TIME_TEXT_SIZE];
    switch (field->type) {
    case FIELD_TEXT:
        return pack_text(packer, text->data, text->size);
    case FIELD_INT:
        return msgpack_pack_int64(packer, *(const int64_t *)member) == 0;
    case FIELD_BOOL:
        return (*(const bool *)member ? msgpack_pack_true(packer) : msgpack_pack_false(packer)) ==
               0;
    case FIELD_DATE:
        date_print(*(const int32_t *)member, word);
        return pack_word(packer, word);
    case FIELD_TIME:
        time_print(*(const int64_t *)member, word);
        return pack_word(packer, word);
    case FIELD_CLOCK:
        clock_print(*(const int32_t *)member, word);
        return pack_word(packer, word);
    case FIELD_ID:
        id_print(*(const uint64_t *)member, word);
        return pack_word(packer, word);
    case FIELD_CHOICE:
        return pack_word(packer, choice_name(field->choices, *(const uint8_t *)member));
    case FIELD_SET:
        return pack_set(field->choices, *(const uint32_t *)member, packer);
    case FIELD_RECORD:
        return record_encode(field->record, member, privacy, packer);
    case FIELD_RECORDS:
        return pack_records(field->record, member, privacy, packer);
    case FIELD_TEXTS:
        return pack_texts(member, packer);
    }
    return false;
}

bool record_pack_pairs(const struct record_type *type, const void *record, unsigned privacy,
                       msgpack_packer *packer)
{
    uint64_t present = *(const uint64_t *)record;
    bool fine = true;
    for (unsigned i = 0; i < type->count && fine; i++) {
        const struct field *field = &type->fields[i];
        if (present >> i & 1 && is_packed(field, record, privacy))
            fine = pack_text(packer, field->name, field->name_size) &&
                   pack_value(field, (const char *)record + field->offset, privacy, packer);
    }
    return fine;
}

bool record_encode(const struct record_type *type, const void *record, unsigned privacy,
                   msgpack_packer *packer)
{
    return msgpack_pack_map(packer, record_count_packed(type, record, privacy)) == 0 &&
           record_pack_pairs(type, record, privacy, packer);
}

static size_t member_size(const struct field *field)
{
    switch (field->type) {
    case FIELD_TEXT:
        return sizeof(struct text);
    case FIELD_TEXTS:
        return sizeof(struct texts);
    case FIELD_RECORDS:
        return sizeof(struct list);
    case FIELD_RECORD:
        return field->record->size;
    case FIELD_BOOL:
        return sizeof(bool);
    case FIELD_CHOICE:
        return sizeof(uint8_t);
    case FIELD_DATE:
    case FIELD_CLOCK:
    case FIELD_SET:
        return sizeof(uint32_t);
    case FIELD_INT:
    case FIELD_TIME:
    case FIELD_ID:
        return sizeof(uint64_t);
    }
    return 0;
}

void record_merge(const struct record_type *type, void *into, const void *from)
{
    uint64_t present = *(const uint64_t *)from;
    uint64_t *bits = into;
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        if (!(present >> i & 1))
            continue;
        char *target = (char *)into + field->offset;
        const char *source = (const char *)from + field->offset;
        if (field->type == FIELD_RECORD && *bits >> i & 1)
            record_merge(field->record, target, source);
        else
            memcpy(target, source, member_size(field));
        *bits |= UINT64_C(1) << i;
    }
}

static void list_names(const struct field *field, const struct list *list,
                       void (*tell)(void *arg, uint64_t id), void *arg)
{
    for (uint32_t i = 0; i < list->count; i++)
        record_names(field->record, (const char *)list->items + i * field->record->size, tell, arg);
}

void record_names(const struct record_type *type, const void *record,
                  void (*tell)(void *arg, uint64_t id), void *arg)
{
    uint64_t present = *(const uint64_t *)record;
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        const void *member = (const char *)record + field->offset;
        if (!(present >> i & 1))
            continue;
        if (field->type == FIELD_ID)
            tell(arg, *(const uint64_t *)member);
        else if (field->type == FIELD_RECORD)
            record_names(field->record, member, tell, arg);
        else if (field->type == FIELD_RECORDS)
            list_names(field, member, tell, arg);
    }
}
