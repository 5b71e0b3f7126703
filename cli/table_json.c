/* JSON Lines: one object a line. Its keys are the headers, in the order in which they appear in the
 * file; members of nested objects are named by their path (place.town); the items of a list are
 * joined by U+001F, or stay JSON where they are objects. */
#include "table_lines.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 4, PATH_SIZE = 256 };

struct json_table {
    struct lines *lines;
    unsigned bom;
    uint32_t header_row;
    char *line; /* TABLE_ROW_MAX bytes */
    size_t size;
    struct arena *names_arena;
    struct text names[TABLE_COLUMNS_MAX];
    unsigned names_count;
    bool header_given;
};

/* What is being done with the members of an object: learning their names, or filling a row. */
struct visit {
    struct json_table *table;
    struct row_builder *row; /* NULL: learning */
    unsigned next;           /* where the next name probably is */
    bool failed;
};

enum line_result { LINE_TEXT, LINE_TOO_LONG, LINE_END };

/* Reads a whole line; number is its own. */
static enum line_result line_read(struct json_table *table, uint32_t *number)
{
    const char *piece;
    size_t size;
    bool any = false, fits = true;
    *number = lines_number(table->lines);
    table->size = 0;
    while (lines_number(table->lines) == *number && lines_next(table->lines, &piece, &size)) {
        any = true;
        fits = fits && size <= TABLE_ROW_MAX - table->size;
        if (fits) {
            memcpy(table->line + table->size, piece, size);
            table->size += size;
        }
    }
    return !any ? LINE_END : fits ? LINE_TEXT : LINE_TOO_LONG;
}

static bool line_is_blank(const struct json_table *table)
{
    for (size_t i = 0; i < table->size; i++)
        if (!table->line[i] || !strchr(" \t\r\n", table->line[i]))
            return false;
    return true;
}

static int column_find(struct visit *visit, const char *name)
{
    struct json_table *table = visit->table;
    size_t size = strlen(name);
    for (unsigned i = 0; i < table->names_count; i++) {
        unsigned at = (visit->next + i) % table->names_count;
        if (table->names[at].size == size && memcmp(table->names[at].data, name, size) == 0) {
            visit->next = at + 1;
            return (int)at;
        }
    }
    return -1;
}

static void name_learn(struct visit *visit, const char *name)
{
    struct json_table *table = visit->table;
    if (column_find(visit, name) >= 0)
        return;
    char *copy = table->names_count < TABLE_COLUMNS_MAX
                     ? arena_copy(table->names_arena, name, strlen(name))
                     : NULL;
    if (copy)
        table->names[table->names_count++] = (struct text){copy, (uint32_t)strlen(name)};
    visit->failed |= copy == NULL;
}

static char *list_text(const json_t *list)
{
    size_t size = 1, index;
    json_t *item;
    json_array_foreach(list, index, item)
    {
        if (!json_is_string(item))
            return json_dumps(list, JSON_COMPACT | JSON_ENCODE_ANY);
        size += json_string_length(item) + 1;
    }
    char *text = malloc(size), *at = text;
    if (!text)
        return NULL;
    json_array_foreach(list, index, item)
    {
        if (index)
            *at++ = '\x1f';
        memcpy(at, json_string_value(item), json_string_length(item));
        at += json_string_length(item);
    }
    *at = 0;
    return text;
}

/* Malloc'ed; NULL without memory. */
static char *value_text(const json_t *value)
{
    if (json_is_string(value))
        return strdup(json_string_value(value));
    if (json_is_array(value))
        return list_text(value);
    return json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
}

static void member_fill(struct visit *visit, const char *name, const json_t *value)
{
    int column = column_find(visit, name);
    char *text = column >= 0 ? value_text(value) : NULL;
    if (text)
        row_builder_set(visit->row, (unsigned)column, visit->row->line, text, strlen(text));
    visit->failed |= text == NULL;
    free(text);
}

/* Calls learn or fill for each member that holds a value; path is extended in place. */
static void members_visit(struct visit *visit, json_t *object, char path[PATH_SIZE], size_t length,
                          unsigned depth)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        size_t size = strlen(key);
        if (json_is_null(value) || length + size + 2 > PATH_SIZE)
            continue;
        memcpy(path + length, key, size + 1);
        if (json_is_object(value) && depth < DEPTH_MAX) {
            memcpy(path + length + size, ".", 2);
            members_visit(visit, value, path, length + size + 1, depth + 1);
        } else if (visit->row) {
            member_fill(visit, path, value);
        } else {
            name_learn(visit, path);
        }
    }
}

static bool names_learn(struct json_table *table)
{
    struct visit visit = {.table = table};
    uint32_t number;
    enum line_result result;
    while ((result = line_read(table, &number)) != LINE_END) {
        if (result == LINE_TOO_LONG)
            continue;
        json_t *object = json_loadb(table->line, table->size, JSON_REJECT_DUPLICATES, NULL);
        char path[PATH_SIZE];
        if (json_is_object(object))
            members_visit(&visit, object, path, 0, 0);
        json_decref(object);
    }
    return !visit.failed && !lines_failed(table->lines);
}

static void json_table_close(void *state)
{
    struct json_table *table = state;
    if (!table)
        return;
    lines_close(table->lines);
    arena_free(table->names_arena);
    free(table->line);
    free(table);
}

static void *json_table_open(const struct table_source *source, const struct table_options *options,
                             struct table_problem *problem)
{
    struct text_facts facts = {0};
    struct json_table *table = calloc(1, sizeof *table);
    if (table) {
        table->header_row = options->header_row;
        table->line = malloc(TABLE_ROW_MAX);
        table->names_arena = arena_create(TABLE_COLUMNS_MAX * PATH_SIZE * 2);
        table->lines = lines_open(source->file);
    }
    if (!table || !table->line || !table->names_arena || !table->lines) {
        json_table_close(table);
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
        return NULL;
    }
    bool good = text_facts_find(source->file, &facts) && lines_seek(table->lines, facts.bom, 1);
    good = good && names_learn(table) && lines_seek(table->lines, facts.bom, 1);
    if (!good) {
        json_table_close(table);
        table_fail(problem, TABLE_FAULT_TOO_LARGE, 0, "");
        return NULL;
    }
    return table;
}

static enum table_result header_give(struct json_table *table, struct row_builder *row)
{
    table->header_given = true;
    row->line = table->header_row > 1 ? table->header_row : 1;
    for (unsigned i = 0; i < table->names_count; i++)
        row_builder_set(row, i, row->line, table->names[i].data, table->names[i].size);
    return table->names_count ? TABLE_ROW : TABLE_END;
}

static enum table_result object_give(struct json_table *table, struct row_builder *row,
                                     struct table_problem *problem)
{
    json_error_t error;
    json_t *object = json_loadb(table->line, table->size, JSON_REJECT_DUPLICATES, &error);
    if (!json_is_object(object)) {
        table_fail(problem, TABLE_FAULT_FORMAT, row->line, object ? "{" : error.text);
        problem->column = object || error.column < 1 ? 1 : (uint32_t)error.column;
        json_decref(object);
        return TABLE_BAD_ROW;
    }
    struct visit visit = {.table = table, .row = row};
    char path[PATH_SIZE];
    members_visit(&visit, object, path, 0, 0);
    json_decref(object);
    if (visit.failed && row->fault == TABLE_FAULT_NONE)
        return table_fail(problem, TABLE_FAULT_MEMORY, row->line, "");
    char *copy = arena_copy(row->arena, table->line, table->size);
    if (copy)
        row->json = (struct text){copy, (uint32_t)table->size};
    return TABLE_ROW;
}

static enum table_result json_table_next(void *state, struct row_builder *row,
                                         struct table_problem *problem)
{
    struct json_table *table = state;
    if (!table->header_given)
        return header_give(table, row);
    for (;;) {
        enum line_result result = line_read(table, &row->line);
        if (result == LINE_TOO_LONG) {
            table_fail(problem, TABLE_FAULT_TOO_LARGE, row->line, "");
            return TABLE_BAD_ROW;
        }
        if (result == LINE_END && lines_failed(table->lines))
            return table_fail(problem, TABLE_FAULT_READ, row->line, "");
        if (result == LINE_END)
            return TABLE_END;
        if (!line_is_blank(table))
            return object_give(table, row, problem);
    }
}

static int64_t json_table_position(const void *state)
{
    const struct json_table *table = state;
    return lines_position(table->lines);
}

const struct table_backend table_json_backend = {
    FORMAT_JSON_LINES,
    json_table_open,
    json_table_close,
    json_table_next,
    json_table_position,
    NULL,
    NULL,
};
