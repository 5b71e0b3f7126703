#include "table_backend.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

/* Bytes of the space character that data starts with, no-break ones included; 0 when none. */
static size_t space_at(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] < 0x80)
        return data[0] == ' ' || (data[0] >= '\t' && data[0] <= '\r') ? 1 : 0;
    ucs4_t character;
    int length = u8_mbtouc(&character, data, size);
    return uc_is_property(character, UC_PROPERTY_WHITE_SPACE) || character == 0xFEFF
               ? (size_t)length
               : 0;
}

static void trim(const uint8_t **data, size_t *size)
{
    for (size_t space; (space = space_at(*data, *size)) > 0;) {
        *data += space;
        *size -= space;
    }
    while (*size > 0) {
        size_t start = *size - 1;
        while (start > 0 && ((*data)[start] & 0xC0) == 0x80)
            start--;
        if (space_at(*data + start, *size - start) == 0)
            return;
        *size = start;
    }
}

static void row_fault(struct row_builder *row, enum table_fault fault, uint32_t line,
                      unsigned column)
{
    if (row->fault != TABLE_FAULT_NONE)
        return;
    row->fault = fault;
    row->fault_line = line;
    row->fault_column = column + 1;
}

void row_builder_set(struct row_builder *row, unsigned column, uint32_t line, const char *data,
                     size_t size)
{
    const uint8_t *bytes = (const uint8_t *)data;
    if (size > TABLE_CELL_MAX) {
        row_fault(row, TABLE_FAULT_TOO_LARGE, line, column);
        return;
    }
    if (u8_check(bytes, size) || memchr(data, 0, size)) {
        row_fault(row, TABLE_FAULT_ENCODING, line, column);
        return;
    }
    trim(&bytes, &size);
    if (size > 0 && column >= TABLE_COLUMNS_MAX) {
        row_fault(row, TABLE_FAULT_TOO_LARGE, line, column);
        return;
    }
    if (column >= TABLE_COLUMNS_MAX)
        return;
    for (; row->count <= column; row->count++)
        row->cells[row->count] = (struct table_cell){{"", 0}, line, row->count + 1};
    char *copy = size ? arena_copy(row->arena, (const char *)bytes, size) : NULL;
    if (size && !copy)
        row_fault(row, TABLE_FAULT_TOO_LARGE, line, column);
    else if (size)
        row->cells[column].text = (struct text){copy, (uint32_t)size};
    row->cells[column].line = line;
}

void row_builder_clear(struct row_builder *row)
{
    arena_reset(row->arena);
    row->count = 0;
    row->line = 0;
    row->json = (struct text){"", 0};
    row->fault = TABLE_FAULT_NONE;
}

bool row_builder_view(const struct row_builder *row, struct table_row *view)
{
    unsigned count = row->count;
    while (count > 0 && row->cells[count - 1].text.size == 0)
        count--;
    *view = (struct table_row){row->cells, count, row->line, row->json};
    return count > 0;
}

enum table_result table_fail(struct table_problem *problem, enum table_fault fault, uint32_t line,
                             const char *detail)
{
    *problem = (struct table_problem){.fault = fault, .line = line};
    size_t size = strlen(detail);
    if (size >= sizeof problem->detail)
        size = sizeof problem->detail - 1;
    while (size > 0 && size < strlen(detail) && ((uint8_t)detail[size] & 0xC0) == 0x80)
        size--;
    memcpy(problem->detail, detail, size);
    return TABLE_FAILED;
}
