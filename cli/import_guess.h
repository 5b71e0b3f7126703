/* Proposes a column map for a table that came without one, from its headers and its values. */
#ifndef PASSERELLE_CLI_IMPORT_GUESS_H
#define PASSERELLE_CLI_IMPORT_GUESS_H

#include "import_map.h"

enum { SAMPLE_ROWS = 200 };

/* The first rows of a table, kept. */
struct table_sample {
    struct arena *arena;
    struct table_row rows[SAMPLE_ROWS];
    unsigned count;
};
/* NULL without memory. */
struct table_sample *table_sample_create(void);
void table_sample_free(struct table_sample *sample); /* NULL is fine */
/* Keeps a row while there is room. */
void table_sample_add(struct table_sample *sample, const struct table_row *row);

/* The text of a map (malloc'ed): which map_parse reads. source is for records that bring none.
 * refused tells the columns to leave out, one for each header. NULL without memory. A table of
 * which nothing is recognised gives a map without fields. */
char *guess_map(uint8_t kind, const struct table_row *header, const struct table_sample *sample,
                const bool *refused, const char *source);

#endif
