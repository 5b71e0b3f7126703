/* A first look through a table, before anything is sent: how many rows there are, the first of
 * them, and which columns hold social-security numbers. */
#ifndef PASSERELLE_CLI_IMPORT_SURVEY_H
#define PASSERELLE_CLI_IMPORT_SURVEY_H

#include "import_guess.h"

enum { SURVEY_HASH_SIZE = 16 };

struct survey {
    struct table *table; /* read to its end; for its headers and its format */
    struct table_sample *sample;
    uint64_t rows;
    bool refused[TABLE_COLUMNS_MAX];
    uint32_t refused_line[TABLE_COLUMNS_MAX]; /* where such a number was first seen */
    uint8_t hash[SURVEY_HASH_SIZE];           /* of all cells */
};

/* NULL with the problem. Rows that cannot be read are passed over here. */
struct survey *survey_make(const char *path, const struct table_options *options,
                           struct table_problem *problem);
void survey_free(struct survey *survey); /* NULL is fine */

#endif
