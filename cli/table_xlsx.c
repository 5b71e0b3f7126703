/* .xlsx: a sheet is parsed as it unpacks, one row at a time. */
#include "table_workbook.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t SHEET_MAX = (int64_t)1024 * 1024 * 1024; /* bytes unpacked */

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOLEAN };

struct xlsx {
    zip_t *zip;
    struct workbook *book;
    struct xml_part *sheet;
    struct row_builder *row; /* being filled */
    bool row_done;
    uint32_t line;   /* of the row being read */
    unsigned column; /* of the cell being read */
    enum cell_type type;
    uint64_t style;
    bool in_row, in_value, in_phonetic;
    char *value; /* TABLE_CELL_MAX + 1 bytes */
    size_t size;
};

/* "BC12" → 54; the next column when there is no reference. */
static unsigned column_of(const char *reference, unsigned next)
{
    unsigned column = 0;
    const char *at = reference;
    for (; *at >= 'A' && *at <= 'Z' && column < 100000; at++)
        column = column * 26 + (unsigned)(*at - 'A') + 1;
    return at == reference ? next : column - 1;
}

static enum cell_type type_of(const char *name)
{
    if (strcmp(name, "s") == 0)
        return CELL_SHARED;
    if (strcmp(name, "b") == 0)
        return CELL_BOOLEAN;
    return !*name || strcmp(name, "n") == 0 ? CELL_NUMBER : CELL_TEXT;
}

static void sheet_start(void *parser, const char *name, const char **attributes)
{
    struct xlsx *xlsx = XML_GetUserData(parser);
    name = xml_local(name);
    if (strcmp(name, "row") == 0) {
        unsigned long line = strtoul(xml_attribute(attributes, "r"), NULL, 10);
        xlsx->line = line > 0 && line < UINT32_MAX ? (uint32_t)line : xlsx->line + 1;
        xlsx->row->line = xlsx->line;
        xlsx->column = UINT32_MAX; /* the cell before the first */
        xlsx->in_row = true;
    } else if (strcmp(name, "c") == 0) {
        xlsx->column = column_of(xml_attribute(attributes, "r"), xlsx->column + 1);
        xlsx->type = type_of(xml_attribute(attributes, "t"));
        xlsx->style = strtoul(xml_attribute(attributes, "s"), NULL, 10);
        xlsx->size = 0;
    } else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        xlsx->in_value = xlsx->in_row && !xlsx->in_phonetic;
    } else if (strcmp(name, "rPh") == 0) {
        xlsx->in_phonetic = true; /* how a text is pronounced */
    }
}

static void sheet_data(void *parser, const char *data, int size)
{
    struct xlsx *xlsx = XML_GetUserData(parser);
    if (!xlsx->in_value)
        return;
    /* one byte over the limit is kept, so that the row builder sees it and refuses the cell */
    size_t room = TABLE_CELL_MAX + 1 - xlsx->size;
    size_t taken = (size_t)size < room ? (size_t)size : room;
    memcpy(xlsx->value + xlsx->size, data, taken);
    xlsx->size += taken;
}

static void cell_end(struct xlsx *xlsx)
{
    const char *data = xlsx->value;
    size_t size = xlsx->size;
    char number[NUMBER_TEXT_SIZE];
    if (size == 0)
        return;
    if (xlsx->type == CELL_SHARED) {
        xlsx->value[size <= TABLE_CELL_MAX ? size : TABLE_CELL_MAX] = 0;
        if (!workbook_text(xlsx->book, strtoull(xlsx->value, NULL, 10), &data, &size))
            return;
    } else if (xlsx->type == CELL_BOOLEAN) {
        data = *data == '1' ? "true" : "false";
        size = strlen(data);
    } else if (xlsx->type == CELL_NUMBER) {
        size = number_print(data, size, workbook_format(xlsx->book, xlsx->style),
                            workbook_since_1904(xlsx->book), number);
        data = number;
    }
    row_builder_set(xlsx->row, xlsx->column, xlsx->line, data, size);
}

static void sheet_end(void *parser, const char *name)
{
    struct xlsx *xlsx = XML_GetUserData(parser);
    name = xml_local(name);
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) {
        xlsx->in_value = false;
    } else if (strcmp(name, "rPh") == 0) {
        xlsx->in_phonetic = false;
    } else if (strcmp(name, "c") == 0 && xlsx->in_row) {
        cell_end(xlsx);
    } else if (strcmp(name, "row") == 0 && xlsx->in_row) {
        xlsx->in_row = false;
        xlsx->row_done = true;
        XML_StopParser(parser, XML_TRUE);
    }
}

static void xlsx_close(void *state)
{
    struct xlsx *xlsx = state;
    if (!xlsx)
        return;
    xml_part_close(xlsx->sheet);
    workbook_free(xlsx->book);
    if (xlsx->zip)
        zip_discard(xlsx->zip);
    free(xlsx->value);
    free(xlsx);
}

static zip_t *archive_open(const struct table_source *source)
{
    if (!source->data) {
        int copy = dup(fileno(source->file));
        zip_t *zip = copy >= 0 ? zip_fdopen(copy, 0, NULL) : NULL;
        if (!zip && copy >= 0)
            close(copy);
        return zip;
    }
    zip_source_t *bytes = zip_source_buffer_create(source->data, source->size, 0, NULL);
    zip_t *zip = bytes ? zip_open_from_source(bytes, ZIP_RDONLY, NULL) : NULL;
    if (!zip && bytes)
        zip_source_free(bytes);
    return zip;
}

static bool sheet_open(struct xlsx *xlsx, const struct table_options *options,
                       struct table_problem *problem)
{
    xlsx->book = workbook_read(xlsx->zip, options->sheet, problem);
    if (!xlsx->book)
        return false;
    const char *path = workbook_sheet_path(xlsx->book);
    xlsx->sheet = xml_part_open(xlsx->zip, path, SHEET_MAX, xlsx, problem);
    if (!xlsx->sheet) {
        if (problem->fault == TABLE_FAULT_NONE)
            table_fail(problem, TABLE_FAULT_FORMAT, 0, path);
        return false;
    }
    XML_SetElementHandler(xml_part_parser(xlsx->sheet), sheet_start, sheet_end);
    XML_SetCharacterDataHandler(xml_part_parser(xlsx->sheet), sheet_data);
    return true;
}

static void *xlsx_open(const struct table_source *source, const struct table_options *options,
                       struct table_problem *problem)
{
    struct xlsx *xlsx = calloc(1, sizeof *xlsx);
    if (xlsx)
        xlsx->value = malloc(TABLE_CELL_MAX + 1);
    if (!xlsx || !xlsx->value) {
        xlsx_close(xlsx);
        table_fail(problem, TABLE_FAULT_MEMORY, 0, "");
        return NULL;
    }
    xlsx->zip = archive_open(source);
    if (!xlsx->zip)
        table_fail(problem, TABLE_FAULT_FORMAT, 0, "zip");
    if (!xlsx->zip || !sheet_open(xlsx, options, problem)) {
        xlsx_close(xlsx);
        return NULL;
    }
    return xlsx;
}

static enum table_result xlsx_next(void *state, struct row_builder *row,
                                   struct table_problem *problem)
{
    struct xlsx *xlsx = state;
    xlsx->row = row;
    xlsx->row_done = false;
    for (;;) {
        switch (xml_part_step(xlsx->sheet, problem)) {
        case XML_STEP_MORE:
        case XML_STEP_PAUSED:
            if (xlsx->row_done)
                return TABLE_ROW;
            break;
        case XML_STEP_END:
            return TABLE_END;
        case XML_STEP_FAILED:
            problem->line = xlsx->line;
            return TABLE_FAILED;
        }
    }
}

static int64_t xlsx_position(const void *state)
{
    const struct xlsx *xlsx = state;
    return xml_part_position(xlsx->sheet);
}

static int64_t xlsx_size(const void *state)
{
    const struct xlsx *xlsx = state;
    return xml_part_size(xlsx->sheet);
}

const struct table_backend table_xlsx_backend = {
    FORMAT_XLSX, xlsx_open, xlsx_close, xlsx_next, xlsx_position, NULL, xlsx_size,
};
