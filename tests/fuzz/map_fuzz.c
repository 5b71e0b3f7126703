/* Any text is a column map or is refused with messages; what is read prints and reads back the
 * same; rows built by it make records that hold. An input is a map, then NUL, then a table. */
#include "cli/import_map.h"
#include "cli/import_rows.h"
#include "proto/message.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static char *map_text(const struct column_map *map, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    check(out != NULL);
    map_print(out, map);
    fclose(out);
    return text;
}

static void print_and_parse(const struct column_map *map)
{
    struct map_errors errors;
    size_t size, again_size;
    char *text = map_text(map, &size);
    if (size <= MAP_BYTES_MAX) {
        struct column_map *again = map_parse("printed", text, size, &errors);
        check(again != NULL);
        char *again_text = map_text(again, &again_size);
        check(size == again_size && memcmp(text, again_text, size) == 0);
        free(again_text);
        map_free(again);
    }
    free(text);
}

static void rows_build(const struct column_map *map, const uint8_t *data, size_t size)
{
    static struct arena *arena;
    struct table_problem problem;
    struct table_row row;
    if (!arena)
        arena = arena_create(8 * 1024 * 1024);
    struct table *table = table_open_bytes(data, size, &map->table, &problem);
    struct row_plan *plan = table ? row_plan_create(map, table_header(table)) : NULL;
    const struct record_type *type = kind_info(map->kind)->record;
    enum table_result result;
    while (plan &&
           ((result = table_next(table, &row, &problem)) == TABLE_ROW || result == TABLE_BAD_ROW)) {
        struct row_context context = {arena, 20779, 1000};
        struct row_findings findings;
        struct errors errors = {.count = 0};
        arena_reset(arena);
        void *record = arena_alloc(arena, type->size);
        if (result == TABLE_BAD_ROW)
            continue;
        if (row_build(plan, &context, &row, record, &findings))
            check(record_check(type, record, "", &errors));
        else
            check(findings.bad && findings.total > 0);
    }
    row_plan_free(plan);
    table_close(table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct map_errors errors;
    const uint8_t *end = size ? memchr(data, 0, size) : NULL;
    size_t length = end ? (size_t)(end - data) : size;
    struct column_map *map = map_parse("input", (const char *)data, length, &errors);
    if (!map) {
        check(errors.total > 0 && errors.count > 0);
        for (unsigned i = 0; i < errors.count; i++)
            check(strncmp(errors.text[i], "input:", 6) == 0);
        return 0;
    }
    print_and_parse(map);
    if (end && size > length + 1)
        rows_build(map, end + 1, size - length - 1);
    map_free(map);
    return 0;
}
