/* Any text makes a table within its bounds or is refused; the map proposed for it can be read, and
 * its rows make records that hold or are refused with a reason. */
#include "cli/import_guess.h"
#include "cli/import_rows.h"
#include "proto/message.h"
#include "proto/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void row_check(const struct table_row *row, unsigned columns)
{
    bool any = false;
    check(row->count <= columns);
    for (unsigned i = 0; i < row->count; i++) {
        struct text text = row->cells[i].text;
        check(text.size <= TABLE_CELL_MAX && text_is_valid(text.data, text.size));
        check(row->cells[i].column == i + 1);
        any |= text.size > 0;
    }
    check(any);
}

/* Goes through a table; keeps its first rows. */
static void table_read(struct table *table, struct table_sample *sample)
{
    struct table_row row;
    struct table_problem problem;
    enum table_result result;
    uint32_t line = 0;
    while ((result = table_next(table, &row, &problem)) == TABLE_ROW || result == TABLE_BAD_ROW) {
        if (result == TABLE_BAD_ROW) {
            check(problem.fault != TABLE_FAULT_NONE);
            continue;
        }
        check(row.line >= line);
        line = row.line;
        row_check(&row, table_header(table)->count);
        table_sample_add(sample, &row);
    }
    check(result == TABLE_END || problem.fault != TABLE_FAULT_NONE);
}

static void rows_build(const struct column_map *map, const struct table *table,
                       const struct table_sample *sample)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_create(8 * 1024 * 1024);
    struct row_plan *plan = row_plan_create(map, table_header(table));
    const struct record_type *type = kind_info(map->kind)->record;
    for (unsigned i = 0; plan && i < sample->count; i++) {
        struct row_context context = {arena, 20779, 1000};
        struct row_findings findings;
        struct errors errors = {.count = 0};
        arena_reset(arena);
        void *record = arena_alloc(arena, type->size);
        if (row_build(plan, &context, &sample->rows[i], record, &findings))
            check(record_check(type, record, "", &errors));
        else
            check(findings.bad && findings.total > 0);
    }
    row_plan_free(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t kinds[] = {KIND_LEARNER, KIND_OFFER, KIND_EMPLOYER};
    static const bool refused[TABLE_COLUMNS_MAX];
    struct table_options options = {0};
    struct table_problem problem;
    struct table *table = table_open_bytes(data, size, &options, &problem);
    if (!table) {
        check(problem.fault != TABLE_FAULT_NONE);
        return 0;
    }
    struct table_sample *sample = table_sample_create();
    table_read(table, sample);
    uint8_t kind = kinds[size % 3];
    char *text = guess_map(kind, table_header(table), sample, refused, "fuzz");
    struct map_errors errors;
    struct column_map *map = map_parse("guess", text, strlen(text), &errors);
    check(map != NULL || strlen(text) > MAP_BYTES_MAX || errors.total > 0);
    if (map)
        rows_build(map, table, sample);
    map_free(map);
    free(text);
    table_sample_free(sample);
    table_close(table);
    return 0;
}
