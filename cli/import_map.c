#include "import_map.h"

#include "../proto/message.h"
#include "../runtime/file_map.h"
#include "import_map_parse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

void map_free(struct column_map *map)
{
    if (!map)
        return;
    arena_free(map->arena);
    free(map->rules);
    free(map);
}

/* Reads "name" or "name[3]" up to a dot or the end. */
static bool step_read(const struct record_type *type, const char **at, const char *end,
                      struct map_step *step)
{
    const char *name = *at;
    while (*at < end && **at != '.' && **at != '[')
        (*at)++;
    *step = (struct map_step){type, field_of_name(type, name, (size_t)(*at - name), 0), -1};
    if (!step->field)
        return false;
    if (*at == end || **at != '[')
        return true;
    step->index = 0;
    for ((*at)++; *at < end && isdigit((unsigned char)**at); (*at)++) {
        step->index = step->index * 10 + (**at - '0');
        if (step->index >= MAP_INDEX_MAX)
            return false;
    }
    bool good = *at < end && **at == ']' && (*at)[-1] != '[' && step->field->type == FIELD_RECORDS;
    (*at)++;
    return good;
}

unsigned map_resolve(const struct record_type *type, struct text path,
                     struct map_step step[MAP_STEPS_MAX])
{
    const char *at = path.data, *end = path.data + path.size;
    for (unsigned count = 0; type && count < MAP_STEPS_MAX; at++) {
        if (!step_read(type, &at, end, &step[count]))
            return 0;
        const struct field *field = step[count++].field;
        if (at == end)
            return count;
        if (*at != '.')
            return 0;
        bool inside = field->type == FIELD_RECORD ||
                      (field->type == FIELD_RECORDS && step[count - 1].index >= 0);
        type = inside ? field->record : NULL;
    }
    return 0;
}

struct column_map *map_load(const char *path, struct map_errors *errors)
{
    size_t size;
    char *text = file_read_bounded(path, MAP_BYTES_MAX, &size);
    struct column_map *map = text ? map_parse(path, text, size, errors) : NULL;
    if (!text)
        map_error_open(errors, path);
    free(text);
    return map;
}

/* -- printing -----------------------------------------------------------------------------------
 */

static void quoted_print(FILE *out, struct text text)
{
    fputc('"', out);
    for (uint32_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            fputc('"', out);
        fputc(text.data[i], out);
    }
    fputc('"', out);
}

static bool has_any(struct text text, const char *characters)
{
    for (uint32_t i = 0; i < text.size; i++)
        if (strchr(characters, text.data[i]))
            return true;
    return false;
}

/* A word of arguments: bare when nothing in it could be taken for syntax. */
static void word_print(FILE *out, struct text text, const char *special)
{
    bool bare = text.size > 0 && !has_any(text, special) && text.data[0] != ' ' &&
                text.data[text.size - 1] != ' ';
    if (bare)
        fwrite(text.data, 1, text.size, out);
    else
        quoted_print(out, text);
}

void map_print_column(FILE *out, struct text column)
{
    char header[HEADER_MAX];
    bool constant = column.size >= 6 && memcmp(column.data, "const(", 6) == 0;
    if (column.size > sizeof header)
        column.size = sizeof header;
    /* headers are found by their words, so a line break in one may go */
    for (uint32_t i = 0; i < column.size; i++)
        header[i] = strchr("\r\n\t", column.data[i]) ? ' ' : column.data[i];
    column.data = header;
    if (constant || (column.size && column.data[0] == '#'))
        quoted_print(out, column);
    else
        word_print(out, column, "|{\"");
}

static void pairs_print(FILE *out, const struct converter *converter)
{
    for (unsigned i = 0; i < converter->pair_count; i++) {
        fputs(i ? ", " : "", out);
        word_print(out, converter->pairs[i].from, ",=(){}\"#\r\n\t");
        fputs(" = ", out);
        if (converter->pairs[i].to.size)
            word_print(out, converter->pairs[i].to, ",=(){}\"#\r\n\t");
    }
}

static void converter_print(FILE *out, const struct converter *converter)
{
    static const char *const names[] = {
#define CONVERTER_NAME(constant, name, argument) name,
        CONVERTERS_ALL(CONVERTER_NAME)
#undef CONVERTER_NAME
    };
    fprintf(out, " | %s", names[converter->kind]);
    if (converter->kind == CONVERTER_WORDS) {
        fputc(' ', out);
        pairs_print(out, converter);
        fputs(" }", out);
    } else if (converter->pair_count || converter->argument.size) {
        fputc('(', out);
        if (converter->pair_count)
            pairs_print(out, converter);
        else
            word_print(out, converter->argument, ",=(){}\"#\r\n\t");
        fputc(')', out);
    }
}

static void rule_print(FILE *out, const struct map_rule *rule)
{
    fprintf(out, "%.*s = ", (int)rule->path.size, rule->path.data);
    if (rule->column.data) {
        map_print_column(out, rule->column);
    } else {
        fputs("const(", out);
        word_print(out, rule->constant, ",=(){}\"#\r\n\t");
        fputc(')', out);
    }
    for (unsigned i = 0; i < rule->converter_count; i++)
        converter_print(out, &rule->converters[i]);
    fputc('\n', out);
}

static void setting_print(FILE *out, const char *name, struct text value)
{
    fprintf(out, "%s = ", name);
    word_print(out, value, "\"\r\n\t");
    fputc('\n', out);
}

static void settings_print(FILE *out, const struct column_map *map)
{
    fprintf(out, "[import]\nkind = %s\n", kind_info(map->kind)->name);
    if (map->source.size)
        setting_print(out, "source", map->source);
    const struct table_options *table = &map->table;
    if (table->delimiter == '\t')
        fputs("delimiter = tab\n", out);
    else if (table->delimiter)
        fprintf(out, "delimiter = %c\n", table->delimiter);
    if (table->encoding != ENCODING_AUTO)
        fprintf(out, "encoding = %s\n",
                table->encoding == ENCODING_UTF8 ? "utf-8" : "windows-1252");
    if (table->sheet[0])
        setting_print(out, "sheet", (struct text){table->sheet, (uint32_t)strlen(table->sheet)});
    if (table->header_row)
        fprintf(out, "header = %u\n", table->header_row);
}

void map_print(FILE *out, const struct column_map *map)
{
    settings_print(out, map);
    fputs("\n[fields]\n", out);
    for (unsigned i = 0; i < map->rule_count; i++)
        rule_print(out, &map->rules[i]);
}
