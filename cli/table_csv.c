/* CSV and TSV by libcsv, fed line by line so that positions are known, and a row that goes wrong
 * can be given up and the next line tried. */
#include "table_lines.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* States of libcsv's parser, which its header shows without naming them. */
enum { BEFORE_ROW = 0, IN_FIELD = 2 };

struct csv {
    struct csv_parser parser;
    struct lines *lines;
    enum table_encoding encoding;
    char delimiter;
    struct row_builder *row; /* being filled */
    char *converted;         /* room for a cell in UTF-8 */
    size_t converted_size;
    uint32_t piece_line; /* being fed */
    uint32_t line;       /* where the cell being read begins */
    unsigned column;     /* of the cell being read */
    size_t row_bytes;    /* fed since the row began */
    bool done;           /* the row has ended */
};

static void csv_take_cell(void *data, size_t size, void *state)
{
    struct csv *csv = state;
    const char *text = data;
    if (csv->encoding == ENCODING_WINDOWS_1252) {
        if (size * 3 > csv->converted_size) {
            free(csv->converted);
            csv->converted_size = size * 3 + 1024;
            csv->converted = malloc(csv->converted_size);
        }
        if (!csv->converted) {
            csv->converted_size = 0;
            csv->row->fault = TABLE_FAULT_MEMORY;
            return;
        }
        size = windows_1252_to_utf8(text, size, csv->converted);
        text = csv->converted;
    }
    row_builder_set(csv->row, csv->column++, csv->line, text, size);
    csv->line = csv->piece_line;
}

static void csv_take_row(int terminator, void *state)
{
    (void)terminator;
    struct csv *csv = state;
    csv->done = true;
}

static bool csv_restart(struct csv *csv)
{
    csv_free(&csv->parser);
    if (csv_init(&csv->parser, 0) != 0)
        return false;
    csv_set_delim(&csv->parser, (unsigned char)csv->delimiter);
    csv_set_blk_size(&csv->parser, 4096);
    return true;
}

static void table_csv_close(void *state)
{
    struct csv *csv = state;
    if (!csv)
        return;
    csv_free(&csv->parser);
    lines_close(csv->lines);
    free(csv->converted);
    free(csv);
}

/* Reads the start of the file to learn the delimiter; a first line `sep=;` names it. */
static bool csv_begin(struct csv *csv, const struct table_source *source, unsigned bom,
                      char delimiter)
{
    enum { SAMPLE = 64 * 1024 };
    char *sample = malloc(SAMPLE);
    if (!sample || fseeko(source->file, bom, SEEK_SET) != 0) {
        free(sample);
        return false;
    }
    size_t size = fread(sample, 1, SAMPLE, source->file);
    bool named =
        size > 5 && memcmp(sample, "sep=", 4) == 0 && (sample[5] == '\r' || sample[5] == '\n');
    csv->delimiter = delimiter ? delimiter : named ? sample[4] : delimiter_find(sample, size);
    free(sample);
    if (!lines_seek(csv->lines, bom, 1))
        return false;
    const char *piece;
    size_t piece_size;
    if (named)
        lines_next(csv->lines, &piece, &piece_size);
    return true;
}

static void *table_csv_open(const struct table_source *source, const struct table_options *options,
                            struct table_problem *problem)
{
    struct text_facts facts;
    if (!text_facts_find(source->file, &facts)) {
        table_fail(problem, TABLE_FAULT_READ, 0, "");
        return NULL;
    }
    if (facts.utf16) {
        table_fail(problem, TABLE_FAULT_UTF16, 0, "");
        return NULL;
    }
    struct csv *csv = calloc(1, sizeof *csv);
    if (csv)
        csv->lines = lines_open(source->file);
    if (!csv || !csv->lines || !csv_begin(csv, source, facts.bom, options->delimiter) ||
        !csv_restart(csv)) {
        table_csv_close(csv);
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
        return NULL;
    }
    csv->encoding = options->encoding == ENCODING_AUTO ? facts.encoding : options->encoding;
    return csv;
}

/* Gives a row up: reading goes on at the line after its first one. */
static enum table_result csv_give_up(struct csv *csv, struct table_problem *problem,
                                     enum table_fault fault, uint32_t first_line,
                                     int64_t second_line)
{
    *problem = (struct table_problem){fault, csv->line, csv->column + 1, ""};
    if (fault == TABLE_FAULT_MEMORY)
        return TABLE_FAILED;
    if (!csv_restart(csv) || !lines_seek(csv->lines, second_line, first_line + 1))
        return table_fail(problem, TABLE_FAULT_READ, first_line, "");
    return TABLE_BAD_ROW;
}

static enum table_result table_csv_next(void *state, struct row_builder *row,
                                        struct table_problem *problem)
{
    struct csv *csv = state;
    uint32_t first_line = lines_number(csv->lines);
    int64_t second_line = 0; /* where it starts, known once the first one is read whole */
    csv->row = row;
    csv->line = row->line = first_line;
    csv->column = 0;
    csv->row_bytes = 0;
    csv->done = false;
    const char *piece;
    size_t size;
    csv->piece_line = first_line;
    while (!csv->done && lines_next(csv->lines, &piece, &size)) {
        if (second_line == 0 && lines_number(csv->lines) > first_line)
            second_line = lines_position(csv->lines);
        csv->row_bytes += size;
        if (csv_parse(&csv->parser, piece, size, csv_take_cell, csv_take_row, csv) != size)
            return csv_give_up(csv, problem, TABLE_FAULT_MEMORY, first_line, second_line);
        if (csv->row_bytes > TABLE_ROW_MAX && !csv->done) {
            if (second_line == 0) /* one endless line */
                return table_fail(problem, TABLE_FAULT_TOO_LARGE, first_line, "");
            return csv_give_up(csv, problem, TABLE_FAULT_QUOTE, first_line, second_line);
        }
        if (!csv->done && csv->column == 0 && lines_number(csv->lines) > first_line &&
            csv->parser.pstate == BEFORE_ROW) { /* a blank line: libcsv reports none */
            csv->done = true;
        }
        csv->piece_line = lines_number(csv->lines);
    }
    if (lines_failed(csv->lines))
        return table_fail(problem, TABLE_FAULT_READ, lines_number(csv->lines), "");
    if (csv->done)
        return TABLE_ROW;
    if (csv->row_bytes == 0)
        return TABLE_END;
    if (csv->parser.pstate == IN_FIELD && csv->parser.quoted)
        return csv_give_up(csv, problem, TABLE_FAULT_QUOTE, first_line,
                           second_line ? second_line : lines_position(csv->lines));
    if (csv_fini(&csv->parser, csv_take_cell, csv_take_row, csv) != 0)
        return table_fail(problem, TABLE_FAULT_MEMORY, first_line, "");
    return TABLE_ROW;
}

static int64_t table_csv_position(const void *state)
{
    const struct csv *csv = state;
    return lines_position(csv->lines);
}

static char table_csv_delimiter(const void *state)
{
    const struct csv *csv = state;
    return csv->delimiter;
}

const struct table_backend table_csv_backend = {
    FORMAT_CSV,          table_csv_open, table_csv_close, table_csv_next, table_csv_position,
    table_csv_delimiter, NULL,
};
