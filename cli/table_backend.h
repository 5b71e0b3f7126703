/* Between the table reader and its formats. */
#ifndef PASSERELLE_CLI_TABLE_BACKEND_H
#define PASSERELLE_CLI_TABLE_BACKEND_H

#include "../proto/arena.h"
#include "table_reader.h"

#include <stdio.h>

/* Where the bytes come from: a file, or memory. */
struct table_source {
    FILE *file;
    const void *data; /* NULL: the file is on disk */
    size_t size;
};

/* One row being put together. */
struct row_builder {
    struct arena *arena;
    struct table_cell *cells; /* TABLE_COLUMNS_MAX of them */
    unsigned count;
    uint32_t line;
    struct text json;
    enum table_fault fault; /* of the first cell that cannot be taken */
    uint32_t fault_line, fault_column;
};

/* A format: rows in order, the header row among them. Functions get the backend's own state. */
struct table_backend {
    enum table_format format;
    /* NULL with the problem. The source outlives it. */
    void *(*open)(const struct table_source *source, const struct table_options *options,
                  struct table_problem *problem);
    void (*close)(void *state);
    /* Fills an empty builder with the next row, blank ones included. */
    enum table_result (*next)(void *state, struct row_builder *row, struct table_problem *problem);
    int64_t (*position)(const void *state);
    char (*delimiter)(const void *state); /* NULL: there is none */
    int64_t (*size)(const void *state);   /* NULL: that of the source */
};

extern const struct table_backend table_csv_backend;
extern const struct table_backend table_xlsx_backend;
extern const struct table_backend table_json_backend;

/* Sets a cell of the row; column from 0. Trims it and checks that it is UTF-8. Cells skipped are
 * empty. A fault is kept in the builder. */
void row_builder_set(struct row_builder *row, unsigned column, uint32_t line, const char *data,
                     size_t size);
void row_builder_clear(struct row_builder *row);
/* The row as far as it holds text; false when none of its cells does. */
bool row_builder_view(const struct row_builder *row, struct table_row *view);

/* Fills a problem; always returns TABLE_FAILED. */
enum table_result table_fail(struct table_problem *problem, enum table_fault fault, uint32_t line,
                             const char *detail);

#endif
