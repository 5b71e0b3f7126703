/* Any workbook makes a table within its bounds or is refused. An input is a whole archive, or the
 * parts of one separated by NUL: workbook, relations, shared texts, styles, sheet. */
#include "cli/table_reader.h"
#include "proto/text.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void table_check(const void *bytes, size_t size)
{
    struct table_options options = {0};
    struct table_problem problem;
    struct table *table = table_open_bytes(bytes, size, &options, &problem);
    if (!table) {
        check(problem.fault != TABLE_FAULT_NONE);
        return;
    }
    struct table_row row;
    enum table_result result;
    while ((result = table_next(table, &row, &problem)) == TABLE_ROW || result == TABLE_BAD_ROW) {
        check(result == TABLE_ROW || problem.fault != TABLE_FAULT_NONE);
        for (unsigned i = 0; result == TABLE_ROW && i < row.count; i++)
            check(row.cells[i].text.size <= TABLE_CELL_MAX &&
                  text_is_valid(row.cells[i].text.data, row.cells[i].text.size));
    }
    table_close(table);
}

/* The archive of the parts; NULL when it cannot be made. */
static void *archive_make(const uint8_t *data, size_t size, size_t *archive_size)
{
    static const char *const names[] = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                                        "xl/sharedStrings.xml", "xl/styles.xml",
                                        "xl/worksheets/sheet1.xml"};
    zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(archive);
    zip_t *zip = zip_open_from_source(archive, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    for (unsigned i = 0; i < 5; i++) {
        const uint8_t *end = memchr(data, 0, size);
        size_t length = end ? (size_t)(end - data) : size;
        zip_source_t *part = zip_source_buffer(zip, data, length, 0);
        zip_int64_t index = zip_file_add(zip, names[i], part, 0);
        zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
        size -= length + (end ? 1 : 0);
        data += length + (end ? 1 : 0);
    }
    void *bytes = NULL;
    zip_stat_t status;
    if (zip_close(zip) != 0)
        zip_discard(zip);
    else if (zip_source_stat(archive, &status) == 0 && zip_source_open(archive) == 0) {
        bytes = malloc(status.size);
        *archive_size = (size_t)zip_source_read(archive, bytes, status.size);
        zip_source_close(archive);
    }
    zip_source_free(archive);
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size >= 4 && memcmp(data, "PK\3\4", 4) == 0) {
        table_check(data, size);
        return 0;
    }
    if (size == 0)
        return 0;
    size_t archive_size = 0;
    void *archive = archive_make(data, size, &archive_size);
    if (archive)
        table_check(archive, archive_size);
    free(archive);
    return 0;
}
