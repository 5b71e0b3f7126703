#include "import_rows.h"

#include "../proto/message.h"
#include "../proto/records.h"
#include "import_assign.h"
#include "import_item.h"
#include "import_reference.h"
#include "import_value.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

struct row_plan {
    const struct column_map *map;
    const struct table_row *header;
    int column[MAP_RULES_MAX]; /* of each rule; -1: none */
    bool refused[TABLE_COLUMNS_MAX];
};

/* -- the plan -----------------------------------------------------------------------------------
 */

/* Headers are compared as words; those without any, such as "#", as they are. */
static int column_find(const struct table_row *header, struct text wanted)
{
    char words[VALUE_WORDS_SIZE], other[VALUE_WORDS_SIZE];
    for (unsigned i = 0; i < header->count; i++) {
        struct text text = header->cells[i].text;
        if (text.size == wanted.size && memcmp(text.data, wanted.data, text.size) == 0)
            return (int)i;
    }
    value_words(wanted, words);
    for (unsigned i = 0; *words && i < header->count; i++) {
        value_words(header->cells[i].text, other);
        if (strcmp(words, other) == 0)
            return (int)i;
    }
    return -1;
}

struct row_plan *row_plan_create(const struct column_map *map, const struct table_row *header)
{
    struct row_plan *plan = calloc(1, sizeof *plan);
    if (!plan)
        return NULL;
    plan->map = map;
    plan->header = header;
    for (unsigned i = 0; i < map->rule_count; i++)
        plan->column[i] =
            map->rules[i].column.data ? column_find(header, map->rules[i].column) : -1;
    return plan;
}

void row_plan_free(struct row_plan *plan)
{
    free(plan);
}

bool row_plan_missing(const struct row_plan *plan, unsigned *at, struct text *column)
{
    while (*at < plan->map->rule_count) {
        unsigned i = (*at)++;
        *column = plan->map->rules[i].column;
        if (column->data && plan->column[i] < 0)
            return true;
    }
    return false;
}

static bool is_used(const struct row_plan *plan, unsigned column)
{
    for (unsigned i = 0; i < plan->map->rule_count; i++)
        if (plan->column[i] == (int)column)
            return true;
    return false;
}

bool row_plan_unused(const struct row_plan *plan, unsigned *at, struct text *column)
{
    while (*at < plan->header->count) {
        unsigned i = (*at)++;
        *column = plan->header->cells[i].text;
        if (column->size && !plan->refused[i] && !is_used(plan, i))
            return true;
    }
    return false;
}

void row_plan_refuse(struct row_plan *plan, unsigned column)
{
    if (column < TABLE_COLUMNS_MAX)
        plan->refused[column] = true;
}

bool row_plan_is_refused(const struct row_plan *plan, unsigned column)
{
    return column < TABLE_COLUMNS_MAX && plan->refused[column];
}

static bool is_filled(const struct row_plan *plan, const char *path)
{
    for (unsigned i = 0; i < plan->map->rule_count; i++) {
        const struct map_rule *rule = &plan->map->rules[i];
        bool given =
            !rule->column.data || (plan->column[i] >= 0 && !plan->refused[plan->column[i]]);
        if (given && text_is(rule->path, path))
            return true;
    }
    return false;
}

const char *row_plan_lacking(const struct row_plan *plan)
{
    const struct record_type *type = kind_info(plan->map->kind)->record;
    static const char *const made[] = {"source", "reference", "observed_at"};
    for (unsigned i = 0; i < type->count; i++) {
        const char *name = type->fields[i].name;
        bool is_made = false;
        for (unsigned j = 0; j < 3; j++)
            is_made |= strcmp(name, made[j]) == 0;
        if (type->fields[i].required && !is_made && !is_filled(plan, name))
            return name;
    }
    return NULL;
}

/* -- findings -----------------------------------------------------------------------------------
 */

static struct row_finding *finding_add(struct row_findings *findings, bool warning)
{
    static struct row_finding beyond; /* written, never read */
    findings->total++;
    findings->bad |= !warning;
    struct row_finding *finding =
        findings->count < ROW_FINDINGS_MAX ? &findings->item[findings->count++] : &beyond;
    *finding = (struct row_finding){.warning = warning, .header = {"", 0}};
    return finding;
}

/* Whether a path is that of a field, or leads further into it. */
static bool path_leads(const char *path, size_t path_size, const char *into, size_t into_size)
{
    return path_size <= into_size && memcmp(path, into, path_size) == 0 &&
           (path_size == into_size || into[path_size] == '.' || into[path_size] == '[');
}

void row_locate(const struct row_plan *plan, const struct table_row *row, const char *path,
                uint32_t *line, uint32_t *column, struct text *header)
{
    size_t best = 0;
    *line = row->line;
    *column = 1;
    *header = (struct text){"", 0};
    for (unsigned i = 0; plan && i < plan->map->rule_count; i++) {
        const struct map_rule *rule = &plan->map->rules[i];
        size_t size = strlen(path), common = 0;
        if (path_leads(rule->path.data, rule->path.size, path, size))
            common = rule->path.size;
        else if (path_leads(path, size, rule->path.data, rule->path.size))
            common = size; /* what is wrong is the whole, of which this is a part */
        if (plan->column[i] < 0 || common <= best)
            continue;
        best = common;
        unsigned at = (unsigned)plan->column[i];
        *line = at < row->count ? row->cells[at].line : row->line;
        *column = at + 1;
        *header = plan->header->cells[at].text;
    }
}

static void finding_of_error(struct row_findings *findings, const struct row_plan *plan,
                             const struct table_row *row, const struct error *error, bool warning)
{
    struct row_finding *finding = finding_add(findings, warning);
    finding->error = *error;
    row_locate(plan, row, error->path, &finding->line, &finding->column, &finding->header);
}

/* -- one row ------------------------------------------------------------------------------------
 */

struct building {
    const struct row_plan *plan;
    const struct row_context *context;
    const struct table_row *row;
    void *record;
    struct row_findings *findings;
};

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

static void rules_apply_all(const struct building *building)
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

/* -- making it whole ----------------------------------------------------------------------------
 */

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

/* Every stored record begins with source, reference and time. */
struct head {
    uint64_t has_bits;
    struct text source, reference;
    int64_t observed_at;
};
#define HEAD_MATCHES(record)                                                                       \
    _Static_assert(offsetof(struct record, source) == offsetof(struct head, source) &&             \
                       offsetof(struct record, reference) == offsetof(struct head, reference) &&   \
                       offsetof(struct record, observed_at) == offsetof(struct head, observed_at), \
                   #record)
HEAD_MATCHES(learner);
HEAD_MATCHES(offer);
HEAD_MATCHES(employer);
enum { HEAD_SOURCE = 1, HEAD_REFERENCE = 2, HEAD_OBSERVED_AT = 4 };

/* A made reference has not the form of France Travail's, so it needs another source. */
static bool head_complete(uint8_t kind, struct text source, const struct row_context *context,
                          const struct table_row *row, void *record)
{
    struct head *head = record;
    char reference[MADE_REFERENCE_SIZE];
    if (!(head->has_bits & HEAD_SOURCE))
        head->source = source.size ? source : text_of_string("import");
    if (!(head->has_bits & HEAD_REFERENCE)) {
        reference_make(kind, record, row, reference);
        const char *copy = arena_copy(context->arena, reference, strlen(reference));
        if (!copy)
            return false;
        head->reference = text_of_string(copy);
        if (text_is(head->source, "francetravail"))
            head->source = text_of_string("import");
    }
    if (!(head->has_bits & HEAD_OBSERVED_AT))
        head->observed_at = context->observed_at;
    head->has_bits |= HEAD_SOURCE | HEAD_REFERENCE | HEAD_OBSERVED_AT;
    return true;
}

/* No cell of a row may hold a social-security number, mapped or not. */
static void numbers_refuse(const struct building *building)
{
    for (unsigned i = 0; i < building->row->count; i++) {
        const struct table_cell *cell = &building->row->cells[i];
        if (row_plan_is_refused(building->plan, i) ||
            !text_has_social_security_number(cell->text.data, cell->text.size))
            continue;
        struct row_finding *finding = finding_add(building->findings, false);
        finding->fault = (struct value_fault){TEXT_IMPORT_SOCIAL_SECURITY, {"", 0}};
        finding->line = cell->line;
        finding->column = cell->column;
        finding->header = building->plan->header->cells[i].text;
    }
}

bool row_build(const struct row_plan *plan, const struct row_context *context,
               const struct table_row *row, void *record, struct row_findings *findings)
{
    const struct record_type *type = kind_info(plan->map->kind)->record;
    struct building building = {plan, context, row, record, findings};
    *findings = (struct row_findings){.count = 0};
    numbers_refuse(&building);
    if (findings->bad)
        return false;
    rules_apply_all(&building);
    lists_settle(&building, type);
    place_settle(&building, type);
    if (findings->bad) /* what follows would only say it again */
        return false;
    struct errors errors = {.count = 0};
    if (!head_complete(plan->map->kind, plan->map->source, context, row, record))
        errors_add(&errors, ERROR_TOO_LARGE, "reference", "%s", "");
    else
        record_check(type, record, "", &errors);
    for (unsigned i = 0; i < errors.count; i++)
        finding_of_error(findings, plan, row, &errors.item[i], false);
    return !findings->bad;
}

/* -- rows that are records ----------------------------------------------------------------------
 */

bool row_is_record(const struct record_type *type, const struct table_row *header)
{
    for (unsigned i = 0; i < header->count; i++) {
        struct text name = header->cells[i].text;
        const char *dot = memchr(name.data, '.', name.size);
        if (!field_of_name(type, name.data, dot ? (size_t)(dot - name.data) : name.size, 0))
            return false;
    }
    return header->count > 0;
}

static bool is_missing_head(const struct error *error)
{
    return error->code == ERROR_MISSING_FIELD &&
           (strcmp(error->path, "source") == 0 || strcmp(error->path, "reference") == 0 ||
            strcmp(error->path, "observed_at") == 0);
}

bool row_decode(const struct record_type *type, struct text source,
                const struct row_context *context, const struct table_row *row, void *record,
                struct row_findings *findings)
{
    struct errors errors = {.count = 0};
    size_t size;
    *findings = (struct row_findings){.count = 0};
    const uint8_t *wire =
        json_to_wire(row->json.data, row->json.size, context->arena, &size, &errors);
    const msgpack_object *map = wire ? wire_unpack(wire, size, context->arena, &errors) : NULL;
    if (map)
        record_decode(type, map, record, context->arena, "", &errors);
    for (unsigned i = 0; i < errors.count; i++)
        if (!is_missing_head(&errors.item[i]))
            finding_of_error(findings, NULL, row, &errors.item[i], false);
    findings->bad |= errors.total > errors.count;
    if (findings->bad)
        return false;
    uint8_t kind = type == &learner_type ? KIND_LEARNER
                   : type == &offer_type ? KIND_OFFER
                                         : KIND_EMPLOYER;
    if (head_complete(kind, source, context, row, record))
        return true;
    finding_add(findings, false)->fault = (struct value_fault){TEXT_NO_MEMORY, {"", 0}};
    return false;
}
