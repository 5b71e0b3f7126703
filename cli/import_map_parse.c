/* Reads column maps. After an error it goes on at the next line. */
#include "import_map.h"

#include "../proto/codec.h"
#include "../proto/message.h"
#include "import_item.h"
#include "import_map_parse.h"
#include "import_map_words.h"
#include "import_value.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { MAP_ARENA_MAX = 4 * MAP_BYTES_MAX, CONVERTERS_MAX = 8, PAIRS_MAX = 200 };

enum argument { ARGUMENT_NONE, ARGUMENT_OPTIONAL, ARGUMENT_ONE, ARGUMENT_PAIRS };

static const struct {
    const char *name;
    enum argument argument;
} converters[] = {
#define CONVERTER_ROW(constant, name, argument) {name, argument},
    CONVERTERS_ALL(CONVERTER_ROW)
#undef CONVERTER_ROW
};

/* -- converters -------------------------------------------------------------------------------- */

/* a = b, c = d up to close; lines may break. */
static bool pairs_read(struct parser *parser, char close, struct converter *converter)
{
    struct map_pair *pairs = arena_alloc(parser->map->arena, PAIRS_MAX * sizeof *pairs);
    struct text word = {"", 0};
    if (!pairs)
        return parser_complain(parser, TEXT_IMPORT_MAP_TOO_LARGE, word);
    converter->pairs = pairs;
    while (!parser_take(parser, close, true)) {
        if (parser->at == parser->end)
            return parser_complain(parser, TEXT_IMPORT_MAP_BRACE, word);
        if (converter->pair_count == PAIRS_MAX)
            return parser_complain(parser, TEXT_IMPORT_MAP_TOO_LARGE, word);
        struct map_pair *pair = &pairs[converter->pair_count++];
        if (!parser_word(parser, "=,(){}", &word))
            return false;
        pair->from = word;
        if (!parser_take(parser, '=', true))
            return parser_complain(parser, TEXT_IMPORT_MAP_NO_EQUALS, word);
        if (!parser_word(parser, "=,(){}", &pair->to))
            return false;
        parser_skip_spaces(parser, true);
        if (parser->at < parser->end && *parser->at != close && !parser_take(parser, ',', true))
            return parser_complain(parser, TEXT_IMPORT_MAP_SYNTAX,
                                   parser_trimmed(parser->at, parser->at + 1));
    }
    return true;
}

static bool argument_read(struct parser *parser, struct text name, struct converter *converter)
{
    enum argument wanted = converters[converter->kind].argument;
    bool given = parser_take(parser, '(', false);
    if (given && wanted == ARGUMENT_PAIRS)
        return pairs_read(parser, ')', converter) &&
               (converter->pair_count || parser_complain(parser, TEXT_IMPORT_MAP_ARGUMENT, name));
    if (given &&
        (!parser_word(parser, ")", &converter->argument) || !parser_take(parser, ')', false)))
        return parser_complain(parser, TEXT_IMPORT_MAP_BRACE, name);
    bool has = converter->argument.size > 0;
    bool good = wanted == ARGUMENT_NONE ? !given : has || (wanted == ARGUMENT_OPTIONAL && !given);
    if (converter->kind == CONVERTER_DATE && has)
        good = text_is(converter->argument, "mdy") || text_is(converter->argument, "dmy");
    return good || parser_complain(parser, TEXT_IMPORT_MAP_ARGUMENT, name);
}

static bool converter_read(struct parser *parser, struct converter *converter)
{
    *converter = (struct converter){.argument = {"", 0}};
    if (parser_take(parser, '{', false)) {
        converter->kind = CONVERTER_WORDS;
        return pairs_read(parser, '}', converter);
    }
    struct text name;
    if (!parser_word(parser, "|({", &name))
        return false;
    unsigned kind = 0;
    while (kind < CONVERTER_END && !text_is(name, converters[kind].name))
        kind++;
    if (kind == CONVERTER_END || kind == CONVERTER_WORDS)
        return parser_complain(parser, TEXT_IMPORT_MAP_CONVERTER, name);
    converter->kind = kind;
    return argument_read(parser, name, converter);
}

/* { … } or | converter …, up to the end of the line. */
static bool converters_read(struct parser *parser, struct map_rule *rule)
{
    struct converter read[CONVERTERS_MAX];
    unsigned count = 0;
    for (;;) {
        parser_skip_spaces(parser, false);
        if (parser_at_end(parser))
            break;
        bool bar = parser_take(parser, '|', false);
        if (!bar && *parser->at != '{')
            return parser_complain(parser, TEXT_IMPORT_MAP_SYNTAX,
                                   parser_trimmed(parser->at, parser->end));
        if (count == CONVERTERS_MAX)
            return parser_complain(parser, TEXT_IMPORT_MAP_TOO_LARGE, rule->path);
        if (!converter_read(parser, &read[count++]))
            return false;
    }
    if (count == 0)
        return true;
    rule->converters = arena_alloc(parser->map->arena, count * sizeof *read);
    if (!rule->converters)
        return parser_complain(parser, TEXT_IMPORT_MAP_TOO_LARGE, rule->path);
    memcpy(rule->converters, read, count * sizeof *read);
    rule->converter_count = count;
    return true;
}

/* -- fields ------------------------------------------------------------------------------------ */

/* Fills in the steps of a rule; false when its field cannot be filled so. */
static bool target_find(struct parser *parser, struct map_rule *rule)
{
    const struct record_type *type = kind_info(parser->map->kind)->record;
    rule->step_count = map_resolve(type, rule->path, rule->step);
    if (rule->step_count == 0)
        return parser_complain(parser, TEXT_IMPORT_MAP_FIELD, rule->path);
    const struct map_step *last = &rule->step[rule->step_count - 1];
    bool nested = last->field->type == FIELD_RECORD || last->field->type == FIELD_RECORDS;
    if (nested && !item_readable(last->field->record))
        return parser_complain(parser, TEXT_IMPORT_MAP_FIELD_WHOLE, rule->path);
    if (nested && last->index >= 0)
        return parser_complain(parser, TEXT_IMPORT_MAP_INDEX, rule->path);
    return true;
}

/* A header without tabs, as one is printed. */
static bool column_settle(struct parser *parser, struct text *column)
{
    char *copy = arena_copy(parser->map->arena, column->data, column->size);
    if (!copy || column->size > HEADER_MAX)
        return parser_complain(parser, TEXT_IMPORT_MAP_TOO_LARGE, *column);
    for (uint32_t i = 0; i < column->size; i++)
        if (strchr("\r\n\t", copy[i]))
            copy[i] = ' ';
    column->data = copy;
    return true;
}

static bool source_read(struct parser *parser, struct map_rule *rule)
{
    parser_skip_spaces(parser, false);
    bool quoted = parser->at < parser->end && *parser->at == '"';
    bool constant = parser->end - parser->at >= 6 && memcmp(parser->at, "const(", 6) == 0;
    if (constant) {
        parser->at += 6;
        return parser_word(parser, ")", &rule->constant) &&
               (parser_take(parser, ')', false) ||
                parser_complain(parser, TEXT_IMPORT_MAP_BRACE, rule->constant));
    }
    if (!parser_word(parser, "|{", &rule->column) || !column_settle(parser, &rule->column))
        return false;
    if (!quoted && rule->column.size == 0)
        return parser_complain(parser, TEXT_IMPORT_MAP_NO_COLUMN, rule->path);
    return true;
}

/* with(…) must name fields of what the list holds. */
static bool with_check(struct parser *parser, const struct map_rule *rule)
{
    const struct record_type *type = rule->step[rule->step_count - 1].field->record;
    for (unsigned i = 0; i < rule->converter_count; i++) {
        const struct converter *converter = &rule->converters[i];
        if (converter->kind != CONVERTER_WITH)
            continue;
        for (unsigned j = 0; j < converter->pair_count; j++) {
            struct text name = converter->pairs[j].from;
            if (!type || !field_of_name(type, name.data, name.size, 0))
                return parser_complain(parser, TEXT_IMPORT_MAP_FIELD, name);
        }
    }
    return true;
}

static bool rule_read(struct parser *parser, struct text path)
{
    struct column_map *map = parser->map;
    if (map->kind == KIND_ABSENT)
        return parser_complain(parser, TEXT_IMPORT_MAP_NO_KIND, (struct text){"", 0});
    if (map->rule_count == MAP_RULES_MAX)
        return parser_complain(parser, TEXT_IMPORT_MAP_TOO_LARGE, path);
    struct map_rule rule = {.path = path, .line = parser->line, .constant = {"", 0}};
    bool good = target_find(parser, &rule);
    if (!source_read(parser, &rule) || !converters_read(parser, &rule) || !good ||
        !with_check(parser, &rule))
        return false;
    map->rules[map->rule_count++] = rule;
    return true;
}

/* -- settings ---------------------------------------------------------------------------------- */

static bool delimiter_of(struct text value, char *delimiter)
{
    static const char *const names[] = {"auto", "tab", "semicolon", "comma", "pipe"};
    static const char characters[] = {0, '\t', ';', ',', '|'};
    for (unsigned i = 0; i < sizeof characters; i++)
        if (text_is(value, names[i])) {
            *delimiter = characters[i];
            return true;
        }
    *delimiter = value.size == 1 ? value.data[0] : 0;
    return value.size == 1 && strchr(";,|\t", value.data[0]);
}

static bool encoding_of(struct text value, enum table_encoding *encoding)
{
    static const char *const names[] = {"auto", "utf-8", "windows-1252"};
    for (unsigned i = 0; i < 3; i++)
        if (text_is(value, names[i])) {
            *encoding = i;
            return true;
        }
    return false;
}

static bool kind_of(struct text value, uint8_t *kind)
{
    static const uint8_t kinds[] = {KIND_LEARNER, KIND_OFFER, KIND_EMPLOYER};
    for (unsigned i = 0; i < 3; i++)
        if (text_is(value, kind_info(kinds[i])->name)) {
            *kind = kinds[i];
            return true;
        }
    return false;
}

static bool setting_set(struct column_map *map, struct text name, struct text value, bool *known)
{
    *known = true;
    if (text_is(name, "kind"))
        return map->rule_count == 0 && kind_of(value, &map->kind);
    if (text_is(name, "source")) {
        map->source = value;
        return value.size >= 1 && value.size <= 40;
    }
    if (text_is(name, "delimiter"))
        return delimiter_of(value, &map->table.delimiter);
    if (text_is(name, "encoding"))
        return encoding_of(value, &map->table.encoding);
    if (text_is(name, "sheet")) {
        snprintf(map->table.sheet, sizeof map->table.sheet, "%.*s", (int)value.size, value.data);
        return value.size > 0 && value.size < sizeof map->table.sheet;
    }
    if (text_is(name, "header")) {
        int64_t row = 0;
        bool good = value_number(value, 1, &row) && row >= 1 && row <= 1000;
        map->table.header_row = good ? (uint32_t)row : 0;
        return good;
    }
    *known = false;
    return false;
}

static bool setting_read(struct parser *parser, struct text name)
{
    struct text value;
    bool known;
    if (!parser_word(parser, "", &value))
        return false;
    if (setting_set(parser->map, name, value, &known))
        return true;
    return known ? parser_complain(parser, TEXT_IMPORT_MAP_SETTING_VALUE, value)
                 : parser_complain(parser, TEXT_IMPORT_MAP_SETTING, name);
}

/* -- the file ---------------------------------------------------------------------------------- */

static bool section_read(struct parser *parser)
{
    struct text line;
    if (!parser_word(parser, "", &line))
        return false;
    if (text_is(line, "[import]"))
        parser->section = SECTION_IMPORT;
    else if (text_is(line, "[fields]"))
        parser->section = SECTION_FIELDS;
    else
        return parser_complain(parser, TEXT_IMPORT_MAP_SECTION, line);
    return true;
}

static void line_read(struct parser *parser)
{
    parser_skip_spaces(parser, false);
    if (parser_at_end(parser) || *parser->at == '#')
        return;
    if (*parser->at == '[') {
        section_read(parser);
        return;
    }
    struct text name;
    if (!parser_word(parser, "=", &name))
        return;
    if (parser->section == SECTION_NONE)
        parser_complain(parser, TEXT_IMPORT_MAP_NO_SECTION, name);
    else if (!parser_take(parser, '=', false))
        parser_complain(parser, TEXT_IMPORT_MAP_NO_EQUALS, name);
    else if (parser->section == SECTION_IMPORT)
        setting_read(parser, name);
    else
        rule_read(parser, name);
}

static struct column_map *map_create(void)
{
    struct column_map *map = calloc(1, sizeof *map);
    if (!map)
        return NULL;
    map->arena = arena_create(MAP_ARENA_MAX);
    map->rules = calloc(MAP_RULES_MAX, sizeof *map->rules);
    map->source = (struct text){"", 0};
    if (map->arena && map->rules)
        return map;
    map_free(map);
    return NULL;
}

static void map_read(struct parser *parser)
{
    struct text nothing = {"", 0};
    if (parser->end - parser->at >= 3 && memcmp(parser->at, "\xef\xbb\xbf", 3) == 0)
        parser->at += 3;
    while (parser->errors->count < MAP_ERRORS_MAX && parser->at < parser->end) {
        line_read(parser);
        parser_skip_line(parser);
    }
    if (parser->errors->total == 0 && parser->map->kind == KIND_ABSENT)
        parser_complain(parser, TEXT_IMPORT_MAP_NO_KIND, nothing);
}

struct column_map *map_parse(const char *name, const char *text, size_t size,
                             struct map_errors *errors)
{
    struct column_map *map = map_create();
    struct parser parser = {name, text, text + size, 1, SECTION_NONE, map, errors};
    struct text nothing = {"", 0};
    *errors = (struct map_errors){.count = 0};
    if (!map)
        parser_complain(&parser, TEXT_IMPORT_MAP_MEMORY, nothing);
    else if (size > MAP_BYTES_MAX)
        parser_complain(&parser, TEXT_IMPORT_MAP_TOO_LARGE, nothing);
    else if (u8_check((const uint8_t *)text, size) || memchr(text, 0, size))
        parser_complain(&parser, TEXT_IMPORT_MAP_ENCODING, nothing);
    else
        map_read(&parser);
    if (errors->total == 0)
        return map;
    map_free(map);
    return NULL;
}
