#include "import_map_words.h"

#include "import_map_parse.h"
#include "import_value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* -- errors ------------------------------------------------------------------------------------ */

static void error_add(struct map_errors *errors, const char *name, uint32_t line, enum text_id what,
                      struct text culprit)
{
    errors->total++;
    if (errors->count == MAP_ERRORS_MAX)
        return;
    char word[100];
    uint32_t size = culprit.size < sizeof word ? culprit.size : (uint32_t)sizeof word - 1;
    while (size < culprit.size && size > 0 && ((uint8_t)culprit.data[size] & 0xC0) == 0x80)
        size--;
    memcpy(word, culprit.data, size);
    word[size] = 0;
    char *message = text_make(what, word);
    snprintf(errors->text[errors->count++], MAP_ERROR_SIZE, "%s:%u: %s", name, line,
             message ? message : "");
    free(message);
}

void map_error_open(struct map_errors *errors, const char *path)
{
    *errors = (struct map_errors){.count = 0};
    error_add(errors, path, 1, TEXT_IMPORT_MAP_OPEN, text_of_string(strerror(errno)));
}

bool parser_complain(struct parser *parser, enum text_id what, struct text culprit)
{
    error_add(parser->errors, parser->name, parser->line, what, culprit);
    return false;
}

/* -- words ------------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool parser_at_end(const struct parser *parser)
{
    return parser->at == parser->end || *parser->at == '\n';
}

void parser_skip_spaces(struct parser *parser, bool lines)
{
    for (; parser->at < parser->end; parser->at++) {
        if (*parser->at == '\n' && lines)
            parser->line++;
        else if (!is_blank(*parser->at))
            return;
    }
}

void parser_skip_line(struct parser *parser)
{
    while (!parser_at_end(parser))
        parser->at++;
    if (parser->at < parser->end) {
        parser->at++;
        parser->line++;
    }
}

struct text parser_trimmed(const char *from, const char *to)
{
    while (from < to && is_blank(*from))
        from++;
    while (to > from && is_blank(to[-1]))
        to--;
    return (struct text){from, (uint32_t)(to - from)};
}

/* Copies into the map; false without room. */
static bool keep(struct parser *parser, struct text *text)
{
    const char *copy = arena_copy(parser->map->arena, text->data, text->size);
    if (!copy)
        return parser_complain(parser, TEXT_IMPORT_MAP_TOO_LARGE, *text);
    text->data = copy;
    return true;
}

/* "quoted", where "" stands for one quote. */
static bool quoted_read(struct parser *parser, struct text *text)
{
    const char *start = ++parser->at;
    uint32_t doubled = 0;
    for (; !parser_at_end(parser); parser->at++) {
        if (*parser->at != '"')
            continue;
        if (parser->at + 1 == parser->end || parser->at[1] != '"')
            break;
        parser->at++;
        doubled++;
    }
    *text = (struct text){start, (uint32_t)(parser->at - start)};
    if (parser_at_end(parser))
        return parser_complain(parser, TEXT_IMPORT_MAP_QUOTE, *text);
    parser->at++;
    char *copy = arena_alloc(parser->map->arena, text->size + 1);
    if (!copy)
        return parser_complain(parser, TEXT_IMPORT_MAP_TOO_LARGE, *text);
    for (uint32_t i = 0, size = 0; i < text->size; i++) {
        copy[size++] = start[i];
        i += start[i] == '"';
    }
    *text = (struct text){copy, text->size - doubled};
    return true;
}

bool parser_word(struct parser *parser, const char *stops, struct text *text)
{
    parser_skip_spaces(parser, false);
    if (parser->at < parser->end && *parser->at == '"')
        return quoted_read(parser, text);
    const char *start = parser->at;
    while (!parser_at_end(parser) && !strchr(stops, *parser->at))
        parser->at++;
    *text = parser_trimmed(start, parser->at);
    return keep(parser, text);
}

bool parser_take(struct parser *parser, char wanted, bool lines)
{
    parser_skip_spaces(parser, lines);
    if (parser->at == parser->end || *parser->at != wanted)
        return false;
    parser->at++;
    return true;
}
