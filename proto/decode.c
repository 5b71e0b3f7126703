#include "decode.h"

#include "rules.h"

#include <string.h>

struct decoder {
    struct arena *arena;
    struct errors *errors;
    unsigned privacy; /* classes that the map may and must have */
    bool rules;
    const struct record_type *partial; /* of which no field is required; or NULL */
};

static bool decode_map(const struct decoder *decoder, const struct record_type *type,
                       const msgpack_object *map, void *record, const struct path *path);

bool field_refuse(const struct field *field, const struct path *path, enum error_code code,
                  struct errors *errors)
{
    char expected[sizeof errors->item[0].expected];
    field_expect(field, expected, sizeof expected);
    path_error(path, errors, code, "%s", expected);
    return false;
}

static bool take_text(const struct decoder *decoder, const struct field *field,
                      const msgpack_object *value, const struct path *path, int64_t min,
                      int64_t max, struct text *text)
{
    if (value->type != MSGPACK_OBJECT_STR)
        return field_refuse(field, path, ERROR_WRONG_TYPE, decoder->errors);
    int64_t size = value->via.str.size;
    if (size < min || size > max)
        return field_refuse(field, path, ERROR_OUT_OF_BOUNDS, decoder->errors);
    *text = (struct text){value->via.str.ptr, value->via.str.size};
    return !decoder->rules || rules_apply_text(field, *text, path, decoder->errors);
}

static bool take_integer(const struct decoder *decoder, const struct field *field,
                         const msgpack_object *value, const struct path *path, int64_t *number)
{
    if (value->type == MSGPACK_OBJECT_POSITIVE_INTEGER && value->via.u64 <= INT64_MAX)
        *number = (int64_t)value->via.u64;
    else if (value->type == MSGPACK_OBJECT_NEGATIVE_INTEGER)
        *number = value->via.i64;
    else
        return field_refuse(field, path, ERROR_WRONG_TYPE, decoder->errors);
    if (*number < field->min || *number > field->max)
        return field_refuse(field, path, ERROR_OUT_OF_BOUNDS, decoder->errors);
    return true;
}

static bool take_id(const struct decoder *decoder, const struct field *field,
                    msgpack_object_str value, const struct path *path, uint64_t *id)
{
    if (!id_parse(value.ptr, value.size, id))
        return field_refuse(field, path, ERROR_BAD_FORMAT, decoder->errors);
    if (field->min && id_letter(*id) != (char)field->min)
        return field_refuse(field, path, ERROR_WRONG_KIND, decoder->errors);
    return true;
}

static bool take_choice(const struct decoder *decoder, const struct field *field,
                        msgpack_object_str value, const struct path *path, unsigned *choice)
{
    *choice = choice_of_name(field->choices, value.ptr, value.size);
    return *choice || field_refuse(field, path, ERROR_UNKNOWN_CHOICE, decoder->errors);
}

/* A value whose wire form is a text other than FIELD_TEXT. */
static bool take_word(const struct decoder *decoder, const struct field *field,
                      const msgpack_object *value, const struct path *path, void *member)
{
    if (value->type != MSGPACK_OBJECT_STR)
        return field_refuse(field, path, ERROR_WRONG_TYPE, decoder->errors);
    msgpack_object_str text = value->via.str;
    unsigned choice;
    bool parsed;
    switch (field->type) {
    case FIELD_DATE:
        parsed = date_parse(text.ptr, text.size, member);
        break;
    case FIELD_TIME:
        parsed = time_parse(text.ptr, text.size, member);
        break;
    case FIELD_CLOCK:
        parsed = clock_parse(text.ptr, text.size, member);
        break;
    case FIELD_ID:
        return take_id(decoder, field, text, path, member);
    default:
        if (!take_choice(decoder, field, text, path, &choice))
            return false;
        *(uint8_t *)member = (uint8_t)choice;
        return true;
    }
    return parsed || field_refuse(field, path, ERROR_BAD_FORMAT, decoder->errors);
}

static bool take_set(const struct decoder *decoder, const struct field *field,
                     const msgpack_object *value, const struct path *path, uint32_t *set)
{
    if (value->type != MSGPACK_OBJECT_ARRAY)
        return field_refuse(field, path, ERROR_WRONG_TYPE, decoder->errors);
    for (uint32_t i = 0; i < value->via.array.size; i++) {
        const msgpack_object *name = &value->via.array.ptr[i];
        struct path item = path_item(path, i);
        unsigned choice;
        if (name->type != MSGPACK_OBJECT_STR)
            return field_refuse(field, &item, ERROR_WRONG_TYPE, decoder->errors);
        if (!take_choice(decoder, field, name->via.str, &item, &choice))
            return false;
        if (*set >> (choice - 1) & 1)
            return field_refuse(field, &item, ERROR_BAD_FORMAT, decoder->errors);
        *set |= UINT32_C(1) << (choice - 1);
    }
    return true;
}

/* Checks a list's length and gives it room. */
static bool take_list(const struct decoder *decoder, const struct field *field,
                      const msgpack_object *value, const struct path *path, size_t item_size,
                      struct list *list)
{
    if (value->type != MSGPACK_OBJECT_ARRAY)
        return field_refuse(field, path, ERROR_WRONG_TYPE, decoder->errors);
    uint32_t count = value->via.array.size;
    if (count < field->min || count > field->max)
        return field_refuse(field, path, ERROR_OUT_OF_BOUNDS, decoder->errors);
    *list = (struct list){.count = count};
    if (count == 0)
        return true;
    list->items = arena_alloc(decoder->arena, count * item_size);
    if (list->items)
        return true;
    path_error(path, decoder->errors, ERROR_TOO_LARGE, "a message that needs less memory");
    return false;
}

static bool take_texts(const struct decoder *decoder, const struct field *field,
                       const msgpack_object *value, const struct path *path, void *member)
{
    struct list list;
    if (!take_list(decoder, field, value, path, sizeof(struct text), &list))
        return false;
    struct texts *texts = member;
    *texts = (struct texts){list.items, list.count};
    bool fine = true;
    for (uint32_t i = 0; i < list.count; i++) {
        struct path item = path_item(path, i);
        fine &= take_text(decoder, field, &value->via.array.ptr[i], &item, 1, field->item_max,
                          &texts->items[i]);
    }
    return fine;
}

static bool take_records(const struct decoder *decoder, const struct field *field,
                         const msgpack_object *value, const struct path *path, void *member)
{
    size_t size = field->record->size;
    struct list list;
    if (!take_list(decoder, field, value, path, size, &list))
        return false;
    memcpy(member, &list, sizeof list);
    for (uint32_t i = 0; i < list.count; i++) {
        struct path item = path_item(path, i);
        decode_map(decoder, field->record, &value->via.array.ptr[i], (char *)list.items + i * size,
                   &item);
    }
    return true;
}

/* An empty map would be left out when encoded: it is refused so that there is one form. */
static bool take_record(const struct decoder *decoder, const struct field *field,
                        const msgpack_object *value, const struct path *path, void *member)
{
    if (value->type == MSGPACK_OBJECT_MAP && value->via.map.size == 0) {
        path_error(path, decoder->errors, ERROR_MISSING_FIELD, "a field, or no %s at all",
                   field->name);
        return false;
    }
    return decode_map(decoder, field->record, value, member, path);
}

/* True when the value itself could be taken; errors inside of a nested record are its own. */
static bool decode_value(const struct decoder *decoder, const struct field *field,
                         const msgpack_object *value, const struct path *path, void *member)
{
    switch (field->type) {
    case FIELD_TEXT:
        return take_text(decoder, field, value, path, field->min, field->max, member);
    case FIELD_INT:
        return take_integer(decoder, field, value, path, member);
    case FIELD_BOOL:
        if (value->type != MSGPACK_OBJECT_BOOLEAN)
            return field_refuse(field, path, ERROR_WRONG_TYPE, decoder->errors);
        *(bool *)member = value->via.boolean;
        return true;
    case FIELD_SET:
        return take_set(decoder, field, value, path, member);
    case FIELD_RECORD:
        return take_record(decoder, field, value, path, member);
    case FIELD_RECORDS:
        return take_records(decoder, field, value, path, member);
    case FIELD_TEXTS:
        return take_texts(decoder, field, value, path, member);
    default:
        return take_word(decoder, field, value, path, member);
    }
}

/* A nested record's own fields tell whether they may be there. */
static bool field_is_known(const struct decoder *decoder, const struct field *field)
{
    return field && (field->type == FIELD_RECORD || field->privacy & decoder->privacy);
}

static void refuse_unknown(const struct record_type *type, const struct path *path,
                           struct errors *errors)
{
    char expected[sizeof errors->item[0].expected];
    record_expect(type, expected, sizeof expected);
    path_error(path, errors, ERROR_UNKNOWN_FIELD, "%s", expected);
}

static void report_missing(const struct decoder *decoder, const struct record_type *type,
                           uint64_t seen, const struct path *path)
{
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        if (!field->required || seen >> i & 1 || !(field->privacy & decoder->privacy))
            continue;
        struct path place = path_key(path, field->name, field->name_size);
        field_refuse(field, &place, ERROR_MISSING_FIELD, decoder->errors);
    }
}

/* Fills has_bits with what came well; true when that is everything in the map. */
static bool decode_pairs(const struct decoder *decoder, const struct record_type *type,
                         const msgpack_object_map *map, void *record, const struct path *path)
{
    uint64_t seen = 0, good = 0;
    unsigned near = 0;
    for (uint32_t i = 0; i < map->size; i++) {
        msgpack_object_str key = map->ptr[i].key.via.str;
        struct path place = path_key(path, key.ptr, key.size);
        const struct field *field = field_of_name(type, key.ptr, key.size, near);
        if (!field_is_known(decoder, field)) {
            refuse_unknown(type, &place, decoder->errors);
            continue;
        }
        near = (unsigned)(field - type->fields) + 1;
        seen |= field_bit(type, field);
        if (decode_value(decoder, field, &map->ptr[i].val, &place, (char *)record + field->offset))
            good |= field_bit(type, field);
    }
    if (type != decoder->partial)
        report_missing(decoder, type, seen, path);
    *(uint64_t *)record = good;
    return seen == good;
}

static bool decode_map(const struct decoder *decoder, const struct record_type *type,
                       const msgpack_object *map, void *record, const struct path *path)
{
    if (map->type != MSGPACK_OBJECT_MAP) {
        path_error(path, decoder->errors, ERROR_WRONG_TYPE, "map: %s", type->name);
        return false;
    }
    bool whole = decode_pairs(decoder, type, &map->via.map, record, path);
    if (decoder->rules && whole)
        rules_apply(type, record, path, decoder->errors);
    return true;
}

static bool decode_root(const struct decoder *decoder, const struct record_type *type,
                        const msgpack_object *map, void *record, const char *path)
{
    struct path root = path_root(path);
    unsigned before = decoder->errors->total;
    decode_map(decoder, type, map, record, &root);
    return decoder->errors->total == before;
}

bool record_decode(const struct record_type *type, const msgpack_object *map, void *record,
                   struct arena *arena, const char *path, struct errors *errors)
{
    struct decoder decoder = {.arena = arena, .errors = errors, .privacy = PRIVACY_ALL};
    return decode_root(&decoder, type, map, record, path);
}

bool record_decode_part(const struct record_type *type, unsigned privacy, const msgpack_object *map,
                        void *record, struct arena *arena, const char *path, struct errors *errors)
{
    struct decoder decoder = {.arena = arena, .errors = errors, .privacy = privacy};
    return decode_root(&decoder, type, map, record, path);
}

bool record_decode_strictly(const struct record_type *type, const msgpack_object *map, void *record,
                            struct arena *arena, const char *path, struct errors *errors)
{
    struct decoder decoder = {
        .arena = arena, .errors = errors, .privacy = PRIVACY_ALL, .rules = true};
    return decode_root(&decoder, type, map, record, path);
}

bool record_decode_partial(const struct record_type *type, const msgpack_object *map, void *record,
                           struct arena *arena, const char *path, struct errors *errors)
{
    struct decoder decoder = {
        .arena = arena, .errors = errors, .privacy = PRIVACY_ALL, .rules = true, .partial = type};
    return decode_root(&decoder, type, map, record, path);
}
