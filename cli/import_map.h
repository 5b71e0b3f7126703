/* A column map: which field of a record comes from which column of a table, and how. The format is
 * described in config/maps/README.md. */
#ifndef PASSERELLE_CLI_IMPORT_MAP_H
#define PASSERELLE_CLI_IMPORT_MAP_H

#include "../proto/arena.h"
#include "table_reader.h"

#include <stdio.h>

enum {
    MAP_RULES_MAX = 200,
    MAP_STEPS_MAX = 4,
    MAP_INDEX_MAX = 20,
    MAP_BYTES_MAX = 256 * 1024,
    MAP_ERRORS_MAX = 20,
    MAP_ERROR_SIZE = 300,
};

/* X(constant, name, what is in the parentheses). The last ones have a form of their own. */
#define CONVERTERS_ALL(X)                                                                          \
    X(SPLIT, "split", ARGUMENT_ONE)                                                                \
    X(DATE, "date", ARGUMENT_OPTIONAL)                                                             \
    X(YEAR, "year", ARGUMENT_NONE)                                                                 \
    X(MONTHS, "months", ARGUMENT_NONE)                                                             \
    X(HOURS, "hours", ARGUMENT_NONE)                                                               \
    X(DEGREES, "degrees", ARGUMENT_NONE)                                                           \
    X(CENTS, "cents", ARGUMENT_NONE)                                                               \
    X(POSTCODE, "postcode", ARGUMENT_NONE)                                                         \
    X(PHONE, "phone", ARGUMENT_NONE)                                                               \
    X(FRANCETRAVAIL, "francetravail", ARGUMENT_NONE)                                               \
    X(CODES, "codes", ARGUMENT_ONE)                                                                \
    X(FAMILY_NAME, "family_name", ARGUMENT_NONE)                                                   \
    X(GIVEN_NAME, "given_name", ARGUMENT_NONE)                                                     \
    X(WITH, "with", ARGUMENT_PAIRS)                                                                \
    X(WORDS, "{", ARGUMENT_PAIRS)

enum converter_kind {
#define CONVERTER_CONSTANT(constant, name, argument) CONVERTER_##constant,
    CONVERTERS_ALL(CONVERTER_CONSTANT)
#undef CONVERTER_CONSTANT
        CONVERTER_END
};

struct map_pair {
    struct text from, to; /* from "*" in braces: anything else */
};

struct converter {
    enum converter_kind kind;
    struct text argument; /* empty when there is none */
    struct map_pair *pairs;
    unsigned pair_count;
};

/* A field, reached from the record by one step for each name of its path. */
struct map_step {
    const struct record_type *type;
    const struct field *field;
    int index; /* of an item of a list of records; -1: none */
};

struct map_rule {
    struct text path;
    struct map_step step[MAP_STEPS_MAX];
    unsigned step_count;
    struct text column; /* the header; without data: constant is given instead */
    struct text constant;
    struct converter *converters;
    unsigned converter_count;
    uint32_t line;
};

struct column_map {
    struct arena *arena;
    uint8_t kind;       /* KIND_LEARNER, KIND_OFFER or KIND_EMPLOYER */
    struct text source; /* of records that get none from a column; may be empty */
    struct table_options table;
    struct map_rule *rules;
    unsigned rule_count;
};

struct map_errors {
    char text[MAP_ERRORS_MAX][MAP_ERROR_SIZE]; /* file:line: message */
    unsigned count;                            /* kept */
    unsigned total;                            /* seen */
};

/* Reads a map; NULL when there is any error. name stands for the file in messages. */
struct column_map *map_parse(const char *name, const char *text, size_t size,
                             struct map_errors *errors);
struct column_map *map_load(const char *path, struct map_errors *errors);
void map_free(struct column_map *map); /* NULL is fine */

/* Writes what map_parse reads back as the same. */
void map_print(FILE *out, const struct column_map *map);
/* One column's name as a map needs it: quoted where it must be. */
void map_print_column(FILE *out, struct text column);

/* The field that a path such as place.town or stages[0].stage names in records of a type; returns
 * the number of steps, 0 when there is none. */
unsigned map_resolve(const struct record_type *type, struct text path,
                     struct map_step step[MAP_STEPS_MAX]);

#endif
