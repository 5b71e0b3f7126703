/* A column map laid on the headers of a table, and where in a row a path came from. */
#include "import_rows_parts.h"

#include "../proto/message.h"
#include "import_value.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

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

/* -- findings ---------------------------------------------------------------------------------- */

struct row_finding *finding_add(struct row_findings *findings, bool warning)
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

void finding_of_error(struct row_findings *findings, const struct row_plan *plan,
                      const struct table_row *row, const struct error *error, bool warning)
{
    struct row_finding *finding = finding_add(findings, warning);
    finding->error = *error;
    row_locate(plan, row, error->path, &finding->line, &finding->column, &finding->header);
}
