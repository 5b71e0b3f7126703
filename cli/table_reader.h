/* Reads a table row by row from what people have: CSV or TSV of any spreadsheet, .xlsx, JSON Lines.
 *
 * Cells are trimmed, valid UTF-8 without NUL. Rows without any text are left out. What a reader
 * holds at a time is bounded, whatever the file. */
#ifndef PASSERELLE_CLI_TABLE_READER_H
#define PASSERELLE_CLI_TABLE_READER_H

#include "../proto/field.h"

enum {
    TABLE_ROW_MAX = 1024 * 1024, /* bytes of a row in the file */
    TABLE_COLUMNS_MAX = 512,
    TABLE_CELL_MAX = 256 * 1024,
};

enum table_encoding { ENCODING_AUTO, ENCODING_UTF8, ENCODING_WINDOWS_1252 };
enum table_format { FORMAT_CSV, FORMAT_XLSX, FORMAT_JSON_LINES };

struct table_options {
    char delimiter; /* 0: found out from the first 64 KiB */
    enum table_encoding encoding;
    char sheet[64];      /* of a workbook; empty: the first one that is visible */
    uint32_t header_row; /* line or row of the headers; 0: the first that holds any text */
};

/* line: in a text file the line where the cell begins, in a workbook its row. column: the number
 * of the cell, A being 1. */
struct table_cell {
    struct text text;
    uint32_t line, column;
};

/* Belongs to the table and holds until the next call on it. */
struct table_row {
    const struct table_cell *cells;
    unsigned count;
    uint32_t line;
    struct text json; /* the row as it came, where the file is JSON Lines */
};

enum table_fault {
    TABLE_FAULT_NONE,
    TABLE_FAULT_OPEN, /* errno tells */
    TABLE_FAULT_READ, /* errno tells, or the file is damaged */
    TABLE_FAULT_MEMORY,
    TABLE_FAULT_EMPTY,       /* no row with any text */
    TABLE_FAULT_UTF16,       /* text in UTF-16, which is not read */
    TABLE_FAULT_FORMAT,      /* no workbook, not XML, not JSON; detail tells */
    TABLE_FAULT_NO_SHEET,    /* detail names the sheet wanted */
    TABLE_FAULT_ENCRYPTED,   /* a workbook behind a password, or in the old .xls format */
    TABLE_FAULT_TOO_LARGE,   /* over a bound; detail names it */
    TABLE_FAULT_QUOTE,       /* a quote is not closed */
    TABLE_FAULT_ENCODING,    /* bytes that are not UTF-8, or a NUL */
    TABLE_FAULT_EXTRA_CELLS, /* more cells than headers */
};

/* What is wrong and where; line and column are 0 when it is the whole file. */
struct table_problem {
    enum table_fault fault;
    uint32_t line, column;
    char detail[120];
};

enum table_result {
    TABLE_ROW,     /* a row */
    TABLE_BAD_ROW, /* a row that cannot be read; the next one may */
    TABLE_END,
    TABLE_FAILED, /* the rest cannot be read */
};

struct table;

/* Opens and reads the headers. NULL with the problem. */
struct table *table_open(const char *path, const struct table_options *options,
                         struct table_problem *problem);
/* The same over bytes that stay the caller's. */
struct table *table_open_bytes(const void *data, size_t size, const struct table_options *options,
                               struct table_problem *problem);
void table_close(struct table *table); /* NULL is fine */

enum table_format table_format_of(const struct table *table);
/* What was found out or given: the delimiter (0 where there is none). */
char table_delimiter(const struct table *table);
/* The headers; holds until the table is closed. An empty one has an empty text. */
const struct table_row *table_header(const struct table *table);

/* A row has at most as many cells as there are headers; missing ones are at the end. */
enum table_result table_next(struct table *table, struct table_row *row,
                             struct table_problem *problem);

/* How far reading is, in bytes of whatever is being read. */
int64_t table_position(const struct table *table);
int64_t table_size(const struct table *table);

#endif
