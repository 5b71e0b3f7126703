/* The words of a column map: a cursor that goes over its text. */
#ifndef PASSERELLE_CLI_IMPORT_MAP_WORDS_H
#define PASSERELLE_CLI_IMPORT_MAP_WORDS_H

#include "import_map.h"
#include "texts.h"

enum map_section { SECTION_NONE, SECTION_IMPORT, SECTION_FIELDS };

struct parser {
    const char *name; /* of the file */
    const char *at, *end;
    uint32_t line;
    enum map_section section;
    struct column_map *map; /* words are copied into its arena */
    struct map_errors *errors;
};

/* Notes an error of the present line. Always false. */
bool parser_complain(struct parser *parser, enum text_id what, struct text culprit);

/* Whether the line, or all of it, is over. */
bool parser_at_end(const struct parser *parser);
/* Skips spaces; with lines, ends of lines too. */
void parser_skip_spaces(struct parser *parser, bool lines);
/* Goes to the next line. */
void parser_skip_line(struct parser *parser);
/* Without the spaces at both ends. */
struct text parser_trimmed(const char *from, const char *to);
/* A quoted word, or a bare one up to any of stops or the end of the line. False, with an error,
 * when a quote does not end or there is no room. */
bool parser_word(struct parser *parser, const char *stops, struct text *text);
/* Skips spaces, and the character if it comes next. */
bool parser_take(struct parser *parser, char wanted, bool lines);

#endif
