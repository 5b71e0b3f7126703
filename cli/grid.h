/* Aligned columns for people. Rows are kept until a flush, which finds the widths; the widths never
 * shrink from one flush to the next, so that a long list stays aligned page after page. */
#ifndef PASSERELLE_CLI_GRID_H
#define PASSERELLE_CLI_GRID_H

#include "terminal.h"
#include "texts.h"

enum { GRID_COLUMNS_MAX = 12, GRID_ROWS_MAX = 1000 };

struct grid_column {
    enum text_id heading; /* TEXT_NONE: empty */
    bool right;           /* aligned to the right, for numbers */
    bool flexible;        /* gives way when the terminal is too narrow */
};

struct grid;

/* Writes to out. NULL without memory. */
struct grid *grid_create(const struct terminal *terminal, FILE *out,
                         const struct grid_column *columns, unsigned count);
/* Adds one row: count texts, copied and cleaned; NULL is empty. Flushes when GRID_ROWS_MAX are
 * kept. False without memory. */
bool grid_add(struct grid *grid, const char *const *cells);
/* Colours the cells of the row added last. */
void grid_colour(struct grid *grid, unsigned column, enum colour colour);
/* Prints the rows kept, after the headings the first time. */
void grid_flush(struct grid *grid);
void grid_free(struct grid *grid); /* flushes; NULL is fine */

#endif
