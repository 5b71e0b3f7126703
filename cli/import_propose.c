#include "import_propose.h"

#include "../runtime/file_map.h"
#include "grid.h"
#include "import_reference.h"
#include "import_value.h"
#include "record_words.h"
#include "tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_SHOWN = 5, COLUMNS = 2 + ROWS_SHOWN, CELL_SHOWN = 60 };

/* The labels of the fields that a column becomes, malloc'ed. */
static char *labels_of(const struct column_map *map, struct text column)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    char words[VALUE_WORDS_SIZE], wanted[VALUE_WORDS_SIZE];
    bool any = false;
    value_words(column, wanted);
    for (unsigned i = 0; i < map->rule_count; i++) {
        const struct map_rule *rule = &map->rules[i];
        if (!rule->column.data)
            continue;
        value_words(rule->column, words);
        if (strcmp(words, wanted) != 0)
            continue;
        fprintf(out, "%s%s", any ? ", " : "", field_label(rule->step[rule->step_count - 1].field));
        any = true;
    }
    if (!any)
        fputs(text_of(TEXT_IMPORT_NOT_READ), out);
    fclose(out);
    return text;
}

/* One line of the grid: a column, what it becomes, and its first values. */
static void column_show(struct grid *grid, const struct column_map *map,
                        const struct survey *survey, unsigned column)
{
    struct text header = table_header(survey->table)->cells[column].text;
    char *labels = labels_of(map, header);
    char texts[ROWS_SHOWN][CELL_SHOWN + 1], name[CELL_SHOWN + 1];
    const char *cells[COLUMNS] = {name, labels};
    snprintf(name, sizeof name, "%.*s", (int)text_fit(header.data, header.size, CELL_SHOWN / 2),
             header.data);
    for (unsigned i = 0; i < ROWS_SHOWN; i++) {
        struct text text = {"", 0};
        if (i < survey->sample->count && column < survey->sample->rows[i].count)
            text = survey->sample->rows[i].cells[column].text;
        size_t fit = text_fit(text.data, text.size, CELL_SHOWN / 4);
        snprintf(texts[i], sizeof texts[i], "%.*s%s", (int)fit, text.data,
                 fit < text.size ? "…" : "");
        cells[2 + i] = texts[i];
    }
    grid_add(grid, cells);
    free(labels);
}

static void map_show(struct context *context, const char *path, const struct column_map *map,
                     const struct survey *survey)
{
    static const struct grid_column columns[COLUMNS] = {
        {TEXT_IMPORT_HEAD_COLUMN, false, false}, {TEXT_IMPORT_HEAD_FIELD, false, false},
        {TEXT_IMPORT_HEAD_ROW_1, false, true},   {TEXT_IMPORT_HEAD_ROW_2, false, true},
        {TEXT_IMPORT_HEAD_ROW_3, false, true},   {TEXT_IMPORT_HEAD_ROW_4, false, true},
        {TEXT_IMPORT_HEAD_ROW_5, false, true},
    };
    FILE *out = context->json ? context->err : context->out;
    struct grid *grid = grid_create(&context->terminal, out, columns, COLUMNS);
    if (!grid)
        return;
    say(out, IMPORT_PROPOSED, path);
    const struct table_row *header = table_header(survey->table);
    for (unsigned i = 0; i < header->count; i++)
        if (header->cells[i].text.size && !survey->refused[i])
            column_show(grid, map, survey, i);
    grid_free(grid);
    fflush(out);
}

/* Enter alone means yes; no answer at all means no. */
static bool is_agreed(struct context *context, uint64_t rows)
{
    char *question = rows == 1 ? phrase(IMPORT_ASK_ONE, rows) : phrase(IMPORT_ASK, rows);
    char answer[32];
    FILE *out = context->json ? context->err : context->out;
    fputs(question ? question : "", out);
    fflush(out);
    free(question);
    if (!fgets(answer, sizeof answer, context->in))
        return false;
    answer[strcspn(answer, "\r\n")] = 0;
    bool yes = true;
    return !*answer || (value_yes(text_of_string(answer), &yes) && yes);
}

static struct column_map *map_guess(uint8_t kind, const char *path, const struct survey *survey)
{
    char source[SOURCE_NAME_SIZE];
    struct map_errors errors;
    source_of_path(path, source);
    char *text =
        guess_map(kind, table_header(survey->table), survey->sample, survey->refused, source);
    struct column_map *map = text ? map_parse(path, text, strlen(text), &errors) : NULL;
    free(text);
    return map;
}

struct column_map *import_propose(struct context *context, uint8_t kind, const char *path,
                                  const struct survey *survey, bool yes, enum ending *ending)
{
    struct column_map *map = map_guess(kind, path, survey);
    *ending = END_OK;
    if (!map) {
        *ending = context_no_memory(context);
    } else if (map->rule_count == 0) {
        say(context->err, IMPORT_NOTHING_KNOWN, path);
        *ending = END_REJECTED;
    } else {
        map_show(context, path, map, survey);
        if (!yes && !is_agreed(context, survey->rows)) {
            say(context->err, IMPORT_NOT_DONE);
            *ending = END_REJECTED;
        }
    }
    if (*ending == END_OK)
        return map;
    map_free(map);
    return NULL;
}

bool import_map_keep(struct context *context, const struct column_map *map, const char *path)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (out) {
        map_print(out, map);
        fclose(out);
    }
    bool kept = text && file_write_atomic(path, text, size, 0644);
    if (kept)
        say(context->err, IMPORT_MAP_KEPT, path);
    else
        say(context->err, IMPORT_CANNOT_WRITE, path, strerror(errno));
    free(text);
    return kept;
}
