/* Text on a terminal: width in columns, cutting, colours, and nothing that could steer it. */
#ifndef PASSERELLE_CLI_TERMINAL_H
#define PASSERELLE_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct terminal {
    bool colour;
    unsigned width; /* columns; 0: not a terminal, never cut */
};

/* How file is shown: colour only on a terminal and without NO_COLOR or TERM=dumb. */
struct terminal terminal_of(FILE *file);

enum colour { COLOUR_PLAIN, COLOUR_BOLD, COLOUR_GOOD, COLOUR_POOR, COLOUR_BAD, COLOUR_FAINT };
/* The sequence that starts a colour; "" when the terminal shows none. COLOUR_PLAIN ends it. */
const char *terminal_colour(const struct terminal *terminal, enum colour colour);

/* Columns that a UTF-8 text takes; bytes that are not UTF-8 count one each. */
unsigned text_columns(const char *text, size_t size);
/* Bytes of the longest prefix of whole characters that takes at most columns. */
size_t text_fit(const char *text, size_t size, unsigned columns);
/* A copy to show: line breaks and other controls become spaces, bytes that are not UTF-8 become
 * U+FFFD. Malloc'ed; NULL without memory. */
char *text_clean(const char *text, size_t size);

/* Prints a text in lines of at most width columns (0: as long as they are), each behind an indent;
 * line breaks of the text stay. */
void text_print_wrapped(FILE *file, const char *text, unsigned indent, unsigned width);

#endif
