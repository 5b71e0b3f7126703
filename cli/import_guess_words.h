/* Headers as people write them, and the fields they stand for. */
#ifndef PASSERELLE_CLI_IMPORT_GUESS_WORDS_H
#define PASSERELLE_CLI_IMPORT_GUESS_WORDS_H

#include "../proto/choices.h"
#include "../proto/field.h"

/* How the values of a column become the field, beyond its converters. */
enum guess_shape {
    SHAPE_PLAIN,
    SHAPE_DATE,      /* the order of day and month is found out */
    SHAPE_LIST,      /* the separator is found out */
    SHAPE_SHORT,     /* a list of short words, which commas and slashes separate too */
    SHAPE_FULL_NAME, /* makes given and family name */
    SHAPE_REFERENCE, /* the first that is found is taken alone */
    SHAPE_TRAVEL,    /* radius; joins the means of travel of another column */
    SHAPE_MODE,      /* that other column */
};

struct guess_words {
    uint8_t kind;      /* KIND_… */
    const char *words; /* headers in normal form, separated by '|' */
    const char *path;
    const char *converters; /* such as " | phone" */
    enum guess_shape shape;
};

/* What a header stands for; NULL when it is not known. What stands in parentheses or after a colon
 * may be missing from the words. */
const struct guess_words *guess_words_find(uint8_t kind, struct text header);
/* The words of a path, for columns that are recognised by their values. */
const struct guess_words *guess_words_of_path(uint8_t kind, const char *path);

#endif
