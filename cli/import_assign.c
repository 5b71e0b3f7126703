#include "import_assign.h"

#include "../proto/codec.h"
#include "../proto/records.h"
#include "import_item.h"
#include "import_map.h"
#include "import_value.h"
#include "import_words.h"

#include <string.h>

static const int64_t DAY_MS = INT64_C(86400000);

static void *member_of(const struct field *field, void *record)
{
    return (char *)record + field->offset;
}

static bool is_present(const struct record_type *type, const struct field *field,
                       const void *record)
{
    return *(const uint64_t *)record & field_bit(type, field);
}

static void set_present(const struct record_type *type, const struct field *field, void *record)
{
    *(uint64_t *)record |= field_bit(type, field);
}

/* One field being filled. */
struct filling {
    const struct record_type *type;
    const struct field *field;
    void *record;
    const struct convert_context *context;
    struct value_fault *fault;
};

static enum assign_result faulty(const struct filling *filling, enum assign_result result,
                                 enum text_id what, struct text culprit)
{
    *filling->fault = (struct value_fault){what, culprit};
    return result;
}

static enum assign_result no_memory(const struct filling *filling)
{
    return faulty(filling, ASSIGN_BAD, TEXT_NO_MEMORY, (struct text){"", 0});
}

/* -- texts --------------------------------------------------------------------------------------
 */

/* The longest beginning of whole words, or of characters, within max bytes. */
static struct text text_cut(struct text text, size_t max)
{
    uint32_t size = (uint32_t)max;
    while (size > 0 && ((uint8_t)text.data[size] & 0xC0) == 0x80)
        size--;
    uint32_t word = size;
    while (word > size / 2 && text.data[word] != ' ')
        word--;
    text.size = word > size / 2 ? word : size;
    return text;
}

/* Texts for reading may lose their end; what is looked up or written to must be whole. */
static bool may_be_cut(const struct field *field)
{
    static const char *const whole[] = {"source",  "reference", "email", "phone",
                                        "website", "skill",     "role",  "id"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strcmp(field->name, whole[i]) == 0)
            return false;
    return field->max >= 40;
}

/* Several texts become one, with commas. */
static bool texts_join(const struct filling *filling, const struct texts *values, struct text *out)
{
    *out = values->items[0];
    if (values->count == 1)
        return true;
    uint32_t size = 0;
    for (uint32_t i = 0; i < values->count; i++)
        size += values->items[i].size + 2;
    char *joined = arena_alloc(filling->context->arena, size);
    if (!joined)
        return false;
    size = 0;
    for (uint32_t i = 0; i < values->count; i++) {
        memcpy(joined + size, i ? ", " : "", i ? 2 : 0);
        size += i ? 2 : 0;
        memcpy(joined + size, values->items[i].data, values->items[i].size);
        size += values->items[i].size;
    }
    *out = (struct text){joined, size};
    return true;
}

static enum assign_result text_fill(const struct filling *filling, const struct texts *values)
{
    struct text text;
    if (!texts_join(filling, values, &text))
        return no_memory(filling);
    bool cut = text.size > (uint64_t)filling->field->max && may_be_cut(filling->field);
    struct text *member = member_of(filling->field, filling->record);
    *member = cut ? text_cut(text, (size_t)filling->field->max) : text;
    set_present(filling->type, filling->field, filling->record);
    return cut ? faulty(filling, ASSIGN_PARTLY, TEXT_IMPORT_TOO_LONG, *member) : ASSIGN_DONE;
}

static enum assign_result texts_fill(const struct filling *filling, const struct texts *values)
{
    struct texts *list = member_of(filling->field, filling->record);
    unsigned room = (unsigned)filling->field->max;
    if (!list->items)
        list->items = arena_alloc(filling->context->arena, room * sizeof *list->items);
    if (!list->items)
        return no_memory(filling);
    enum assign_result result = ASSIGN_DONE;
    for (uint32_t i = 0; i < values->count; i++) {
        if (list->count == room) {
            result = faulty(filling, ASSIGN_PARTLY, TEXT_IMPORT_TOO_MANY, values->items[i]);
            break;
        }
        struct text text = values->items[i];
        if (text.size > filling->field->item_max) {
            text = text_cut(text, filling->field->item_max);
            result = faulty(filling, ASSIGN_PARTLY, TEXT_IMPORT_TOO_LONG, text);
        }
        list->items[list->count++] = text;
    }
    set_present(filling->type, filling->field, filling->record);
    return result;
}

/* -- records ------------------------------------------------------------------------------------
 */

unsigned assign_capacity(const struct field *field)
{
    return field->max > MAP_INDEX_MAX ? (unsigned)field->max : MAP_INDEX_MAX;
}

bool assign_list_room(const struct field *field, void *member, struct arena *arena)
{
    struct list *list = member;
    if (!list->items)
        list->items = arena_alloc(arena, assign_capacity(field) * field->record->size);
    return list->items != NULL;
}

/* Gives an item what it does not say itself. */
static void item_complete(const struct filling *filling, void *item, const struct converter *with)
{
    const struct record_type *type = filling->field->record;
    for (unsigned i = 0; with && i < with->pair_count; i++) {
        struct map_pair *pair = &with->pairs[i];
        const struct field *field = field_of_name(type, pair->from.data, pair->from.size, 0);
        struct texts value = {&pair->to, 1};
        struct value_fault ignored;
        if (field && pair->to.size)
            assign(type, field, item, &value, NULL, filling->context, &ignored);
    }
}

/* Cuts the texts of an item that are too long; true when none is. */
static bool item_cut(const struct filling *filling, void *item)
{
    const struct record_type *type = filling->field->record;
    bool whole = true;
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        struct text *text = member_of(field, item);
        if (field->type != FIELD_TEXT || text->size <= (uint64_t)field->max || !may_be_cut(field))
            continue;
        *text = text_cut(*text, (size_t)field->max);
        faulty(filling, ASSIGN_PARTLY, TEXT_IMPORT_TOO_LONG, *text);
        whole = false;
    }
    return whole;
}

/* Takes what one text makes; true when all of it was understood and found room. */
static bool items_take(const struct filling *filling, struct text text,
                       const struct converter *with, void *scratch)
{
    const struct record_type *type = filling->field->record;
    void *member = member_of(filling->field, filling->record);
    unsigned count;
    bool whole = true;
    memset(scratch, 0, ITEM_RECORDS_MAX * type->size);
    enum item_result result = item_read(type, text, filling->context->arena, scratch, &count);
    if (result != ITEM_READ) {
        faulty(filling, ASSIGN_PARTLY, TEXT_IMPORT_NOT_KNOWN, text);
        return false;
    }
    for (unsigned i = 0; i < count; i++) {
        void *item = (char *)scratch + i * type->size;
        item_complete(filling, item, with);
        whole = item_cut(filling, item) && whole;
        if (filling->field->type == FIELD_RECORD) {
            record_merge(type, item, member); /* what was there stays */
            memcpy(member, item, type->size);
            continue;
        }
        struct list *list = member;
        if (list->count >= (uint64_t)filling->field->max) {
            faulty(filling, ASSIGN_PARTLY, TEXT_IMPORT_TOO_MANY, text);
            return false;
        }
        memcpy((char *)list->items + list->count++ * type->size, item, type->size);
    }
    return whole;
}

static enum assign_result records_fill(const struct filling *filling, const struct texts *values,
                                       const struct converter *with)
{
    struct arena *arena = filling->context->arena;
    const struct field *field = filling->field;
    void *member = member_of(field, filling->record);
    void *scratch = arena_alloc(arena, ITEM_RECORDS_MAX * field->record->size);
    bool room = field->type == FIELD_RECORD || assign_list_room(field, member, arena);
    if (!scratch || !room)
        return no_memory(filling);
    bool all = true;
    for (uint32_t i = 0; i < values->count; i++)
        all = items_take(filling, values->items[i], with, scratch) && all;
    bool any = field->type == FIELD_RECORD ? *(const uint64_t *)member != 0
                                           : ((const struct list *)member)->count > 0;
    if (any)
        set_present(filling->type, field, filling->record);
    return all ? ASSIGN_DONE : ASSIGN_PARTLY;
}

/* -- single values ------------------------------------------------------------------------------
 */

/* "immédiatement": a day that needs no saying. */
static bool means_at_once(struct text text)
{
    static const char *const at_once[] = {"immediat",         "de suite", "tout de suite", "asap",
                                          "des que possible", "now",      "maintenant"};
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    for (size_t i = 0; i < sizeof at_once / sizeof *at_once; i++)
        if (strncmp(words, at_once[i], strlen(at_once[i])) == 0)
            return true;
    return false;
}

static enum assign_result date_fill(const struct filling *filling, struct text text)
{
    int32_t days;
    if (means_at_once(text))
        return ASSIGN_DONE;
    if (!value_date(text, DATE_DAY_FIRST, filling->context->today, &days))
        return faulty(filling, ASSIGN_BAD, TEXT_IMPORT_NOT_DATE, text);
    if (filling->field->type == FIELD_TIME)
        *(int64_t *)member_of(filling->field, filling->record) = days * DAY_MS;
    else
        *(int32_t *)member_of(filling->field, filling->record) = days;
    set_present(filling->type, filling->field, filling->record);
    return ASSIGN_DONE;
}

/* Words of a closed list that are not known are left out: nobody is turned away for them. */
static enum assign_result choice_fill(const struct filling *filling, const struct texts *values)
{
    enum assign_result result = ASSIGN_DONE;
    bool is_set = filling->field->type == FIELD_SET;
    for (uint32_t i = 0; i < values->count && (is_set || i == 0); i++) {
        struct text text = values->items[i];
        unsigned choice = words_choice(filling->field->choices, text);
        if (choice == 0) {
            if (!convert_is_nothing(text))
                result = faulty(filling, ASSIGN_PARTLY, TEXT_IMPORT_NOT_KNOWN, text);
            continue;
        }
        if (is_set)
            *(uint32_t *)member_of(filling->field, filling->record) |= CHOICE_BIT(choice);
        else
            *(uint8_t *)member_of(filling->field, filling->record) = (uint8_t)choice;
        set_present(filling->type, filling->field, filling->record);
    }
    return result;
}

static bool id_fill(const struct filling *filling, struct text text)
{
    uint64_t id;
    if (!id_parse(text.data, text.size, &id) ||
        (filling->field->min && id_letter(id) != (char)filling->field->min))
        return false;
    *(uint64_t *)member_of(filling->field, filling->record) = id;
    return true;
}

static enum assign_result scalar_fill(const struct filling *filling, struct text text)
{
    void *member = member_of(filling->field, filling->record);
    enum text_id what = TEXT_NONE;
    bool yes = false;
    if (convert_is_nothing(text))
        return ASSIGN_DONE;
    switch (filling->field->type) {
    case FIELD_INT:
        if (!value_number(text, 1, member))
            what = TEXT_IMPORT_NOT_NUMBER;
        break;
    case FIELD_BOOL:
        if (!value_yes(text, &yes))
            what = TEXT_IMPORT_NOT_YES;
        *(bool *)member = yes;
        break;
    case FIELD_CLOCK:
        if (!value_clock(text, member))
            what = TEXT_IMPORT_NOT_CLOCK;
        break;
    case FIELD_ID:
        if (!id_fill(filling, text))
            what = TEXT_IMPORT_NOT_ID;
        break;
    default:
        return date_fill(filling, text);
    }
    if (what != TEXT_NONE)
        return faulty(filling, ASSIGN_BAD, what, text);
    set_present(filling->type, filling->field, filling->record);
    return ASSIGN_DONE;
}

enum assign_result assign(const struct record_type *type, const struct field *field, void *record,
                          const struct texts *values, const struct converter *with,
                          const struct convert_context *context, struct value_fault *fault)
{
    struct filling filling = {type, field, record, context, fault};
    *fault = (struct value_fault){TEXT_NONE, {"", 0}};
    bool grows = field->type == FIELD_TEXTS || field->type == FIELD_RECORDS ||
                 field->type == FIELD_RECORD || field->type == FIELD_SET;
    if (values->count == 0 || (!grows && is_present(type, field, record)))
        return ASSIGN_DONE;
    switch (field->type) {
    case FIELD_TEXT:
        return text_fill(&filling, values);
    case FIELD_TEXTS:
        return texts_fill(&filling, values);
    case FIELD_RECORD:
    case FIELD_RECORDS:
        return records_fill(&filling, values, with);
    case FIELD_CHOICE:
    case FIELD_SET:
        return choice_fill(&filling, values);
    default:
        return scalar_fill(&filling, values->items[0]);
    }
}
