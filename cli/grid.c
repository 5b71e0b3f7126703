#include "grid.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { GAP = 2, FLEXIBLE_LEAST = 12 };

struct row {
    char *cells[GRID_COLUMNS_MAX];
    uint8_t colours[GRID_COLUMNS_MAX];
};

struct grid {
    struct terminal terminal;
    FILE *out;
    struct grid_column columns[GRID_COLUMNS_MAX];
    unsigned widths[GRID_COLUMNS_MAX]; /* of what was ever shown */
    unsigned count, rows_kept;
    bool headed;
    struct row rows[GRID_ROWS_MAX];
};

struct grid *grid_create(const struct terminal *terminal, FILE *out,
                         const struct grid_column *columns, unsigned count)
{
    struct grid *grid = calloc(1, sizeof *grid);
    if (grid == NULL)
        return NULL;
    grid->terminal = *terminal;
    grid->out = out;
    grid->count = count < GRID_COLUMNS_MAX ? count : GRID_COLUMNS_MAX;
    for (unsigned i = 0; i < grid->count; i++) {
        const char *heading = text_of(columns[i].heading);
        grid->columns[i] = columns[i];
        grid->widths[i] = text_columns(heading, strlen(heading));
    }
    return grid;
}

static void row_clear(struct row *row)
{
    for (unsigned i = 0; i < GRID_COLUMNS_MAX; i++)
        free(row->cells[i]);
    *row = (struct row){{NULL}, {0}};
}

bool grid_add(struct grid *grid, const char *const *cells)
{
    if (grid->rows_kept == GRID_ROWS_MAX)
        grid_flush(grid);
    struct row *row = &grid->rows[grid->rows_kept];
    for (unsigned i = 0; i < grid->count; i++) {
        const char *cell = cells[i] != NULL ? cells[i] : "";
        row->cells[i] = text_clean(cell, strlen(cell));
        if (row->cells[i] == NULL) {
            row_clear(row);
            return false;
        }
        unsigned columns = text_columns(row->cells[i], strlen(row->cells[i]));
        if (columns > grid->widths[i])
            grid->widths[i] = columns;
    }
    grid->rows_kept++;
    return true;
}

void grid_colour(struct grid *grid, unsigned column, enum colour colour)
{
    if (grid->rows_kept > 0 && column < grid->count)
        grid->rows[grid->rows_kept - 1].colours[column] = (uint8_t)colour;
}

static unsigned total_width(const struct grid *grid, const unsigned *widths)
{
    unsigned total = grid->count > 0 ? (grid->count - 1) * GAP : 0;
    for (unsigned i = 0; i < grid->count; i++)
        total += widths[i];
    return total;
}

/* The widest flexible column gives way, a column at a time, until the row fits or none can. */
static void fit_widths(const struct grid *grid, unsigned *widths)
{
    memcpy(widths, grid->widths, sizeof grid->widths);
    if (grid->terminal.width == 0)
        return;
    for (unsigned total = total_width(grid, widths); total > grid->terminal.width; total--) {
        unsigned widest = GRID_COLUMNS_MAX;
        for (unsigned i = 0; i < grid->count; i++)
            if (grid->columns[i].flexible && widths[i] > FLEXIBLE_LEAST &&
                (widest == GRID_COLUMNS_MAX || widths[i] > widths[widest]))
                widest = i;
        if (widest == GRID_COLUMNS_MAX)
            return;
        widths[widest]--;
    }
}

static void print_spaces(FILE *out, unsigned count)
{
    fprintf(out, "%*s", (int)count, "");
}

static void print_cell(const struct grid *grid, unsigned column, unsigned width, const char *cell,
                       enum colour colour, bool last)
{
    bool right = grid->columns[column].right;
    size_t size = strlen(cell);
    unsigned columns = text_columns(cell, size);
    const char *ending = "";
    if (columns > width && width > 0) {
        size = text_fit(cell, size, width - 1);
        columns = text_columns(cell, size) + 1;
        ending = "…";
    }
    unsigned rest = columns < width ? width - columns : 0;
    if (right)
        print_spaces(grid->out, rest);
    bool coloured = colour != COLOUR_PLAIN && size > 0;
    fprintf(grid->out, "%s%.*s%s%s", coloured ? terminal_colour(&grid->terminal, colour) : "",
            (int)size, cell, ending,
            coloured ? terminal_colour(&grid->terminal, COLOUR_PLAIN) : "");
    if (!last)
        print_spaces(grid->out, (right ? 0 : rest) + GAP);
}

static void print_row(const struct grid *grid, const unsigned *widths, const char *const *cells,
                      const uint8_t *colours)
{
    unsigned end = grid->count; /* nothing is printed behind the last cell that holds something */
    while (end > 0 && *cells[end - 1] == '\0')
        end--;
    for (unsigned i = 0; i < end; i++)
        print_cell(grid, i, widths[i], cells[i], colours[i], i + 1 == end);
    fputc('\n', grid->out);
}

static void print_headings(const struct grid *grid, const unsigned *widths)
{
    const char *cells[GRID_COLUMNS_MAX];
    uint8_t colours[GRID_COLUMNS_MAX];
    for (unsigned i = 0; i < grid->count; i++) {
        cells[i] = text_of(grid->columns[i].heading);
        colours[i] = COLOUR_BOLD;
    }
    print_row(grid, widths, cells, colours);
}

static bool has_headings(const struct grid *grid)
{
    for (unsigned i = 0; i < grid->count; i++)
        if (grid->columns[i].heading != TEXT_NONE)
            return true;
    return false;
}

void grid_flush(struct grid *grid)
{
    if (grid->rows_kept == 0)
        return;
    unsigned widths[GRID_COLUMNS_MAX];
    fit_widths(grid, widths);
    if (!grid->headed && has_headings(grid))
        print_headings(grid, widths);
    grid->headed = true;
    for (unsigned r = 0; r < grid->rows_kept; r++) {
        const char *cells[GRID_COLUMNS_MAX];
        memcpy(cells, grid->rows[r].cells, sizeof cells);
        print_row(grid, widths, cells, grid->rows[r].colours);
        row_clear(&grid->rows[r]);
    }
    grid->rows_kept = 0;
}

void grid_free(struct grid *grid)
{
    if (grid == NULL)
        return;
    grid_flush(grid);
    free(grid);
}
