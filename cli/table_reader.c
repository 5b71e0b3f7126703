#include "table_backend.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { ROW_ARENA_MAX = 4 * TABLE_ROW_MAX };

struct table {
    struct table_source source;
    const struct table_backend *backend;
    void *state;
    struct row_builder row;
    struct arena *header_arena;
    struct table_cell *header_cells;
    struct table_row header;
};

/* The format that the first bytes announce; NULL with the problem. */
static const struct table_backend *backend_find(FILE *file, struct table_problem *problem)
{
    uint8_t start[512];
    size_t size = fread(start, 1, sizeof start, file), at = 0;
    if (size >= 4 && memcmp(start, "PK\3\4", 4) == 0)
        return &table_xlsx_backend;
    if (size >= 4 && memcmp(start, "\xd0\xcf\x11\xe0", 4) == 0) {
        table_fail(problem, TABLE_FAULT_ENCRYPTED, 0, "");
        return NULL;
    }
    if (size >= 3 && memcmp(start, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (at < size && strchr(" \t\r\n", start[at]) && start[at])
        at++;
    if (at < size && start[at] == '{')
        return &table_json_backend;
    if (at + 1 < size && start[at] == '[' && strchr(" \r\n{", start[at + 1]) && start[at + 1]) {
        table_fail(problem, TABLE_FAULT_FORMAT, 1, "[");
        return NULL;
    }
    return &table_csv_backend;
}

static enum table_result row_read(struct table *table, struct table_row *row,
                                  struct table_problem *problem)
{
    for (;;) {
        row_builder_clear(&table->row);
        enum table_result result = table->backend->next(table->state, &table->row, problem);
        if (result != TABLE_ROW)
            return result;
        if (table->row.fault != TABLE_FAULT_NONE) {
            *problem = (struct table_problem){table->row.fault, table->row.fault_line,
                                              table->row.fault_column, ""};
            return problem->fault == TABLE_FAULT_MEMORY ? TABLE_FAILED : TABLE_BAD_ROW;
        }
        if (row_builder_view(&table->row, row))
            return TABLE_ROW;
    }
}

/* Reads rows up to the headers and keeps them. */
static bool header_read(struct table *table, uint32_t wanted, struct table_problem *problem)
{
    struct table_row row;
    do {
        enum table_result result = row_read(table, &row, problem);
        if (result == TABLE_END)
            table_fail(problem, TABLE_FAULT_EMPTY, 0, "");
        if (result != TABLE_ROW)
            return false;
    } while (row.line < wanted);
    table->header_cells = calloc(row.count, sizeof *table->header_cells);
    if (!table->header_cells) {
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
        return false;
    }
    memcpy(table->header_cells, row.cells, row.count * sizeof *row.cells);
    /* the texts stay with the arena, and rows get another one */
    table->header_arena = table->row.arena;
    table->row.arena = arena_create(ROW_ARENA_MAX);
    table->header = (struct table_row){table->header_cells, row.count, row.line, {"", 0}};
    if (!table->row.arena)
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
    return table->row.arena != NULL;
}

/* Owns the source's file, also on failure. */
static struct table *table_begin(struct table_source source, const struct table_options *options,
                                 struct table_problem *problem)
{
    struct table *table = calloc(1, sizeof *table);
    if (!table) {
        fclose(source.file);
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
        return NULL;
    }
    table->source = source;
    table->row.arena = arena_create(ROW_ARENA_MAX);
    table->row.cells = calloc(TABLE_COLUMNS_MAX, sizeof *table->row.cells);
    if (!table->row.arena || !table->row.cells)
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
    else
        table->backend = backend_find(source.file, problem);
    if (table->backend)
        table->state = table->backend->open(&table->source, options, problem);
    if (!table->state || !header_read(table, options->header_row, problem)) {
        table_close(table);
        return NULL;
    }
    return table;
}

struct table *table_open(const char *path, const struct table_options *options,
                         struct table_problem *problem)
{
    *problem = (struct table_problem){.fault = TABLE_FAULT_NONE};
    struct table_source source = {.file = fopen(path, "re")};
    struct stat status;
    if (source.file && fstat(fileno(source.file), &status) == 0 && !S_ISREG(status.st_mode)) {
        fclose(source.file);
        source.file = NULL;
        errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    }
    if (!source.file) {
        table_fail(problem, TABLE_FAULT_OPEN, 0, strerror(errno));
        return NULL;
    }
    source.size = (size_t)status.st_size;
    return table_begin(source, options, problem);
}

struct table *table_open_bytes(const void *data, size_t size, const struct table_options *options,
                               struct table_problem *problem)
{
    *problem = (struct table_problem){.fault = TABLE_FAULT_NONE};
    if (size == 0) {
        table_fail(problem, TABLE_FAULT_EMPTY, 0, "");
        return NULL;
    }
    struct table_source source = {NULL, data, size};
    /* read only, so the bytes are safe without their const */
    source.file = fmemopen((void *)(uintptr_t)data, size, "r");
    if (!source.file) {
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
        return NULL;
    }
    return table_begin(source, options, problem);
}

void table_close(struct table *table)
{
    if (!table)
        return;
    if (table->state && table->backend)
        table->backend->close(table->state);
    fclose(table->source.file);
    arena_free(table->row.arena);
    arena_free(table->header_arena);
    free(table->row.cells);
    free(table->header_cells);
    free(table);
}

enum table_format table_format_of(const struct table *table)
{
    return table->backend->format;
}

char table_delimiter(const struct table *table)
{
    return table->backend->delimiter ? table->backend->delimiter(table->state) : 0;
}

const struct table_row *table_header(const struct table *table)
{
    return &table->header;
}

enum table_result table_next(struct table *table, struct table_row *row,
                             struct table_problem *problem)
{
    *problem = (struct table_problem){.fault = TABLE_FAULT_NONE};
    enum table_result result = row_read(table, row, problem);
    if (result != TABLE_ROW || row->count <= table->header.count)
        return result;
    const struct table_cell *extra = &row->cells[table->header.count];
    *problem = (struct table_problem){TABLE_FAULT_EXTRA_CELLS, extra->line, extra->column, ""};
    return TABLE_BAD_ROW;
}

int64_t table_position(const struct table *table)
{
    return table->backend->position(table->state);
}

int64_t table_size(const struct table *table)
{
    return table->backend->size ? table->backend->size(table->state) : (int64_t)table->source.size;
}
