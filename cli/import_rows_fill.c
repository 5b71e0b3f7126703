/* A record filled from the cells of one row by the rules of a column map, and made whole. */
#include "import_rows_parts.h"

#include "../proto/records.h"
#include "import_assign.h"
#include "import_value.h"

#include <string.h>

/* A cell that goes into several fields is at fault once. */
static bool is_told(const struct row_findings *findings, uint32_t column, enum text_id what)
{
    for (unsigned i = 0; i < findings->count; i++)
        if (findings->item[i].column == column && findings->item[i].fault.what == what)
            return true;
    return false;
}

static void rule_fault(const struct building *building, unsigned rule,
                       const struct value_fault *fault, bool warning)
{
    int column = building->plan->column[rule];
    if (column >= 0 && is_told(building->findings, (uint32_t)column + 1, fault->what))
        return;
    struct row_finding *finding = finding_add(building->findings, warning);
    finding->fault = *fault;
    finding->line = building->row->line;
    finding->column = 1;
    if (column < 0)
        return;
    finding->line = building->row->cells[column].line;
    finding->column = (uint32_t)column + 1;
    finding->header = building->plan->header->cells[column].text;
}

/* The struct that the last step of a rule is a field of, made on the way where it is missing. With
 * existing, lists are not extended and NULL tells that the item is not there or empty. */
static void *rule_reach(const struct building *building, const struct map_rule *rule, bool existing)
{
    char *record = building->record;
    for (unsigned i = 0; i + 1 < rule->step_count; i++) {
        const struct map_step *step = &rule->step[i];
        char *member = record + step->field->offset;
        if (step->field->type == FIELD_RECORD) {
            record = member;
            continue;
        }
        struct list *list = (struct list *)(void *)member;
        uint32_t wanted = (uint32_t)step->index + 1;
        if (existing && list->count < wanted)
            return NULL;
        if (!assign_list_room(step->field, member, building->context->arena))
            return NULL;
        list->count = list->count < wanted ? wanted : list->count;
        record = (char *)list->items + (size_t)step->index * step->field->record->size;
        if (existing && *(const uint64_t *)(const void *)record == 0)
            return NULL;
    }
    return record;
}

/* Tells the records on the way that they hold something. */
static void rule_mark(const struct building *building, const struct map_rule *rule)
{
    char *record = building->record;
    for (unsigned i = 0; i + 1 < rule->step_count; i++) {
        const struct map_step *step = &rule->step[i];
        *(uint64_t *)(void *)record |= field_bit(step->type, step->field);
        record += step->field->offset;
        if (step->field->type == FIELD_RECORDS)
            record = (char *)((struct list *)(void *)record)->items +
                     (size_t)step->index * step->field->record->size;
    }
}

static void rule_apply(const struct building *building, unsigned index, struct text text,
                       bool existing)
{
    const struct map_rule *rule = &building->plan->map->rules[index];
    const struct map_step *last = &rule->step[rule->step_count - 1];
    struct convert_context context = {building->context->arena, building->context->today};
    struct value_fault fault = {TEXT_NO_MEMORY, {"", 0}};
    struct text *item = arena_alloc(context.arena, sizeof *item);
    const struct converter *with = NULL;
    if (!item) {
        rule_fault(building, index, &fault, false);
        return;
    }
    *item = text;
    struct texts values = {item, 1};
    for (unsigned i = 0; i < rule->converter_count; i++) {
        if (rule->converters[i].kind == CONVERTER_WITH)
            with = &rule->converters[i];
        if (!convert(&rule->converters[i], &context, &values, &fault)) {
            rule_fault(building, index, &fault, false);
            return;
        }
    }
    void *record = values.count ? rule_reach(building, rule, existing) : NULL;
    if (!record)
        return;
    enum assign_result result =
        assign(last->type, last->field, record, &values, with, &context, &fault);
    if (result != ASSIGN_DONE)
        rule_fault(building, index, &fault, result == ASSIGN_PARTLY);
    if (*(const uint64_t *)record)
        rule_mark(building, rule);
}

void rules_apply_all(const struct building *building)
{
    const struct column_map *map = building->plan->map;
    for (unsigned i = 0; i < map->rule_count; i++) {
        int column = building->plan->column[i];
        if (column >= 0 && (unsigned)column < building->row->count &&
            building->row->cells[column].text.size && !building->plan->refused[column])
            rule_apply(building, i, building->row->cells[column].text, false);
    }
    /* constants complete items, they do not make any */
    for (unsigned i = 0; i < map->rule_count; i++)
        if (!map->rules[i].column.data && map->rules[i].constant.size)
            rule_apply(building, i, map->rules[i].constant, true);
}

/* -- making it whole --------------------------------------------------------------------------- */

/* The first required field that an item lacks; NULL when it is whole. */
static const struct field *item_lacks(const struct record_type *type, const void *item)
{
    for (unsigned i = 0; i < type->count; i++)
        if (type->fields[i].required && !(*(const uint64_t *)item & (UINT64_C(1) << i)))
            return &type->fields[i];
    return NULL;
}

/* Drops the items of a list that are empty, or lack what they must have. */
static void list_settle(const struct building *building, const struct field *field)
{
    struct list *list = (struct list *)(void *)((char *)building->record + field->offset);
    size_t size = field->record->size;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        const char *item = (const char *)list->items + i * size;
        const struct field *lacking = item_lacks(field->record, item);
        bool empty = *(const uint64_t *)(const void *)item == 0;
        if (lacking && !empty) {
            struct row_finding *finding = finding_add(building->findings, true);
            finding->fault =
                (struct value_fault){TEXT_IMPORT_INCOMPLETE, text_of_string(lacking->name)};
            row_locate(building->plan, building->row, field->name, &finding->line, &finding->column,
                       &finding->header);
        }
        if (!lacking && !empty)
            memmove((char *)list->items + kept++ * size, item, size);
    }
    list->count = kept;
}

static void lists_settle(const struct building *building, const struct record_type *type)
{
    uint64_t *has = building->record;
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        if (field->type != FIELD_RECORDS || !(*has & field_bit(type, field)))
            continue;
        list_settle(building, field);
        const struct list *list =
            (const struct list *)(const void *)((const char *)building->record + field->offset);
        if (list->count == 0)
            *has &= ~field_bit(type, field);
    }
}

/* Takes out of a place what has no form that a place can have: it cannot be resolved, which is no
 * reason to refuse the row. */
static void place_settle(const struct building *building, const struct record_type *type)
{
    const struct field *field = field_of_name(type, "place", 5, 0);
    uint64_t *has = building->record;
    if (!field || !(*has & field_bit(type, field)))
        return;
    char *place = (char *)building->record + field->offset;
    uint64_t *parts = (uint64_t *)(void *)place;
    struct errors errors = {.count = 0};
    if (!record_check(field->record, place, "place", &errors))
        for (unsigned i = 0; i < errors.count; i++) {
            const char *name = errors.item[i].path + strlen("place.");
            const struct field *part = strlen(errors.item[i].path) > strlen("place.")
                                           ? field_of_name(field->record, name, strlen(name), 0)
                                           : NULL;
            finding_of_error(building->findings, building->plan, building->row, &errors.item[i],
                             true);
            if (part)
                *parts &= ~field_bit(field->record, part);
        }
    const struct place *both = (const struct place *)(const void *)place;
    if (both->has.latitude != both->has.longitude)
        *parts &= ~(field_bit(field->record, field_of_name(field->record, "latitude", 8, 0)) |
                    field_bit(field->record, field_of_name(field->record, "longitude", 9, 0)));
    if (*parts == 0)
        *has &= ~field_bit(type, field);
}

void record_settle(const struct building *building, const struct record_type *type)
{
    lists_settle(building, type);
    place_settle(building, type);
}
