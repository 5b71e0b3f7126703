/* Checks structs that no decoder has checked, by the same tables and rules. */
#include "codec.h"
#include "decode.h"
#include "rules.h"
#include "text.h"

#include <string.h>

static void check_record(const struct record_type *type, const void *record,
                         const struct path *path, struct errors *errors);

static bool within(int64_t value, const struct field *field)
{
    return value >= field->min && value <= field->max;
}

static bool check_text(const struct field *field, struct text text, int64_t min, int64_t max,
                       const struct path *path, struct errors *errors)
{
    if (!text.data || text.size < min || text.size > max)
        return field_refuse(field, path, ERROR_OUT_OF_BOUNDS, errors);
    if (!text_is_valid(text.data, text.size)) {
        path_error(path, errors, ERROR_BAD_UTF8, "UTF-8 without NUL");
        return false;
    }
    return rules_apply_text(field, text, path, errors);
}

static bool check_texts(const struct field *field, const struct texts *texts,
                        const struct path *path, struct errors *errors)
{
    if (!within(texts->count, field))
        return field_refuse(field, path, ERROR_OUT_OF_BOUNDS, errors);
    bool fine = true;
    for (uint32_t i = 0; i < texts->count; i++) {
        struct path item = path_item(path, i);
        fine &= check_text(field, texts->items[i], 1, field->item_max, &item, errors);
    }
    return fine;
}

static bool check_records(const struct field *field, const void *member, const struct path *path,
                          struct errors *errors)
{
    struct list list;
    memcpy(&list, member, sizeof list);
    if (!within(list.count, field))
        return field_refuse(field, path, ERROR_OUT_OF_BOUNDS, errors);
    for (uint32_t i = 0; i < list.count; i++) {
        struct path item = path_item(path, i);
        check_record(field->record, (const char *)list.items + i * field->record->size, &item,
                     errors);
    }
    return true;
}

/* As when decoding, a record without a field has no form of its own. */
static bool check_nested(const struct field *field, const void *member, const struct path *path,
                         struct errors *errors)
{
    if (*(const uint64_t *)member == 0) {
        path_error(path, errors, ERROR_MISSING_FIELD, "a field, or no %s at all", field->name);
        return false;
    }
    check_record(field->record, member, path, errors);
    return true;
}

static bool check_id(const struct field *field, uint64_t id, const struct path *path,
                     struct errors *errors)
{
    if (!id_is_valid(id))
        return field_refuse(field, path, ERROR_BAD_FORMAT, errors);
    if (field->min && id_letter(id) != (char)field->min)
        return field_refuse(field, path, ERROR_WRONG_KIND, errors);
    return true;
}

static bool check_value(const struct field *field, const void *member, const struct path *path,
                        struct errors *errors)
{
    bool fine = true;
    switch (field->type) {
    case FIELD_TEXT:
        return check_text(field, *(const struct text *)member, field->min, field->max, path,
                          errors);
    case FIELD_TEXTS:
        return check_texts(field, member, path, errors);
    case FIELD_RECORD:
        return check_nested(field, member, path, errors);
    case FIELD_RECORDS:
        return check_records(field, member, path, errors);
    case FIELD_ID:
        return check_id(field, *(const uint64_t *)member, path, errors);
    case FIELD_BOOL:
        return true;
    case FIELD_INT:
        fine = within(*(const int64_t *)member, field);
        break;
    case FIELD_DATE:
        fine = date_is_valid(*(const int32_t *)member);
        break;
    case FIELD_TIME:
        fine = time_is_valid(*(const int64_t *)member);
        break;
    case FIELD_CLOCK:
        fine = clock_is_valid(*(const int32_t *)member);
        break;
    case FIELD_CHOICE:
        fine = *(const uint8_t *)member - 1u < field->choices->count;
        break;
    case FIELD_SET:
        fine = (uint64_t) * (const uint32_t *)member >> field->choices->count == 0;
        break;
    }
    return fine || field_refuse(field, path, ERROR_OUT_OF_BOUNDS, errors);
}

static void check_record(const struct record_type *type, const void *record,
                         const struct path *path, struct errors *errors)
{
    uint64_t present = *(const uint64_t *)record;
    bool whole = true;
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        struct path place = path_key(path, field->name, field->name_size);
        if (present >> i & 1)
            whole &= check_value(field, (const char *)record + field->offset, &place, errors);
        else if (field->required)
            field_refuse(field, &place, ERROR_MISSING_FIELD, errors);
    }
    if (whole)
        rules_apply(type, record, path, errors);
}

bool record_check(const struct record_type *type, const void *record, const char *path,
                  struct errors *errors)
{
    struct path root = path_root(path);
    unsigned before = errors->total;
    check_record(type, record, &root, errors);
    return errors->total == before;
}
