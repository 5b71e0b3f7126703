#include "cli/table_number.h"
#include "cli/table_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include <cmocka.h>

/* The parts of a workbook under test; NULL parts are left out. */
struct parts {
    const char *workbook, *relations, *shared, *styles, *sheet;
};

#define WORKBOOK(more)                                                                             \
    "<?xml version=\"1.0\"?><workbook xmlns:r=\"r\">" more                                         \
    "<sheets><sheet name=\"Notice\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/>"                \
    "<sheet name=\"Profils\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"
#define RELATIONS                                                                                  \
    "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"                  \
    "<Relationship Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"
#define SHARED                                                                                     \
    "<sst><si><t>Nom</t></si><si><r><t>Née </t></r><r><t>le</t></r>"                              \
    "<rPh><t>no</t></rPh></si><si><t xml:space=\"preserve\"> Élodie </t></si></sst>"
#define STYLES                                                                                     \
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"00000\"/>"                         \
    "<numFmt numFmtId=\"165\" formatCode=\"[$-40C]dd\\-mmm\\-yy;@\"/></numFmts>"                   \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                                           \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"                     \
    "<xf numFmtId=\"165\"/></cellXfs></styleSheet>"
#define HEADER                                                                                     \
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"                \
    "<c r=\"C1\" t=\"inlineStr\"><is><t>CP</t></is></c><c t=\"str\"><v>Note</v></c></row>"

static void part_add(zip_t *zip, const char *name, const char *data)
{
    if (!data)
        return;
    zip_source_t *source = zip_source_buffer(zip, data, strlen(data), 0);
    assert_non_null(source);
    assert_true(zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) >= 0);
}

/* The bytes of the archive; free() them. */
static char *workbook_make(const struct parts *parts, size_t *size)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(archive);
    zip_source_keep(archive);
    zip_t *zip = zip_open_from_source(archive, ZIP_CREATE | ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    part_add(zip, "xl/workbook.xml", parts->workbook);
    part_add(zip, "xl/_rels/workbook.xml.rels", parts->relations);
    part_add(zip, "xl/sharedStrings.xml", parts->shared);
    part_add(zip, "xl/styles.xml", parts->styles);
    part_add(zip, "xl/worksheets/sheet2.xml", parts->sheet);
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t status;
    assert_int_equal(zip_source_stat(archive, &status), 0);
    char *bytes = malloc(status.size);
    assert_non_null(bytes);
    assert_int_equal(zip_source_open(archive), 0);
    assert_int_equal(zip_source_read(archive, bytes, status.size), (zip_int64_t)status.size);
    zip_source_close(archive);
    zip_source_free(archive);
    *size = status.size;
    return bytes;
}

static char *held; /* the bytes of the open workbook */

static struct table *try_sheet(const struct parts *parts, const char *sheet,
                               struct table_problem *problem)
{
    size_t size;
    held = workbook_make(parts, &size);
    struct table_options options = {0};
    snprintf(options.sheet, sizeof options.sheet, "%s", sheet);
    return table_open_bytes(held, size, &options, problem);
}

static struct table *open_parts(const struct parts *parts)
{
    struct table_problem problem;
    struct table *table = try_sheet(parts, "", &problem);
    assert_non_null(table);
    assert_int_equal(table_format_of(table), FORMAT_XLSX);
    return table;
}

static struct table *open_rows(const char *rows)
{
    char *sheet = NULL;
    assert_true(
        asprintf(&sheet, "<worksheet><sheetData>" HEADER "%s</sheetData></worksheet>", rows) > 0);
    struct parts parts = {WORKBOOK(""), RELATIONS, SHARED, STYLES, sheet};
    struct table *table = open_parts(&parts);
    free(sheet);
    return table;
}

static void expect_row(struct table *table, uint32_t line, const char *joined)
{
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_ROW);
    char text[1024] = "";
    for (unsigned i = 0; i < row.count; i++) {
        strncat(text, i ? "/" : "", 2);
        strncat(text, row.cells[i].text.data, row.cells[i].text.size);
    }
    assert_string_equal(text, joined);
    assert_int_equal(row.line, line);
}

static void expect_end(struct table *table)
{
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_END);
    table_close(table);
    free(held);
}

static void reads_the_first_visible_sheet(void **state)
{
    (void)state;
    struct table *table =
        open_rows("<row r=\"4\"><c r=\"A4\" t=\"s\"><v>2</v></c><c r=\"D4\" t=\"b\"><v>1</v></c>"
                  "</row><row/><row><c t=\"str\"><v>x</v></c></row>");
    const struct table_row *header = table_header(table);
    assert_int_equal(header->count, 4);
    assert_memory_equal(header->cells[1].text.data, "Née le", 7);
    assert_memory_equal(header->cells[2].text.data, "CP", 2);
    expect_row(table, 4, "Élodie///true");
    expect_row(table, 6, "x");
    expect_end(table);
}

static void numbers_read_as_people_see_them(void **state)
{
    (void)state;
    struct table *table = open_rows(
        "<row><c s=\"1\"><v>38111</v></c><c s=\"3\"><v>38111.5</v></c>"
        "<c s=\"2\"><v>1234</v></c><c><v>6.12345678E8</v></c></row>"
        "<row><c><v>38111</v></c><c><v>0.30000000000000004</v></c><c s=\"1\"><v>0.3125</v></c>"
        "<c s=\"9\"><v>185057800608436</v></c></row>");
    expect_row(table, 2, "2004-05-04/2004-05-04 12:00/01234/612345678");
    expect_row(table, 3, "38111/0.3/07:30/185057800608436");
    expect_end(table);
}

static void days_may_be_counted_from_1904(void **state)
{
    (void)state;
    struct parts parts = {WORKBOOK("<workbookPr date1904=\"1\"/>"), RELATIONS, NULL, STYLES,
                          "<worksheet><sheetData><row><c t=\"str\"><v>a</v></c></row>"
                          "<row><c s=\"1\"><v>36649</v></c></row></sheetData></worksheet>"};
    struct table *table = open_parts(&parts);
    expect_row(table, 2, "2004-05-04");
    expect_end(table);
}

static void a_sheet_is_found_by_name(void **state)
{
    (void)state;
    struct parts parts = {WORKBOOK(""), RELATIONS, SHARED, STYLES,
                          "<worksheet><sheetData>" HEADER "</sheetData></worksheet>"};
    struct table_problem problem;
    struct table *table = try_sheet(&parts, "Profils", &problem);
    assert_non_null(table);
    expect_end(table);
    assert_null(try_sheet(&parts, "Autre", &problem));
    assert_int_equal(problem.fault, TABLE_FAULT_NO_SHEET);
    assert_string_equal(problem.detail, "Autre");
    free(held);
}

static void prefixed_names_are_understood(void **state)
{
    (void)state;
    struct parts parts = {WORKBOOK(""), RELATIONS, NULL, NULL,
                          "<x:worksheet xmlns:x=\"x\"><x:sheetData><x:row><x:c t=\"str\">"
                          "<x:v>a</x:v></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row>"
                          "</x:sheetData></x:worksheet>"};
    struct table *table = open_parts(&parts);
    expect_row(table, 2, "1");
    expect_end(table);
}

static void format_codes(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum number_kind kind;
        unsigned digits;
    } cases[] = {
        {"General", NUMBER_PLAIN, 0},
        {"Standard", NUMBER_PLAIN, 0},
        {"dd/mm/yyyy", NUMBER_DATE, 0},
        {"[$-40C]d mmmm yyyy;@", NUMBER_DATE, 0},
        {"mmm", NUMBER_DATE, 0},
        {"hh:mm", NUMBER_TIME, 0},
        {"[h]:mm:ss", NUMBER_TIME, 0},
        {"00000", NUMBER_PLAIN, 5},
        {"0#\\ ##\\ ##\\ ##\\ ##", NUMBER_PLAIN, 10},
        {"#,##0.00\\ \"days\"", NUMBER_PLAIN, 0},
        {"[Red]0", NUMBER_PLAIN, 1},
        {"0.00E+00", NUMBER_PLAIN, 0},
        {"\"unfinished", NUMBER_PLAIN, 0},
        {"@", NUMBER_PLAIN, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct number_format format = number_format_of_code(cases[i].code);
        assert_int_equal(format.kind, cases[i].kind);
        assert_int_equal(format.digits, cases[i].digits);
    }
    assert_int_equal(serial_to_days(1, false), -25567); /* 1900-01-01 */
    assert_int_equal(serial_to_days(61, false), -25508);
    assert_int_equal(serial_to_days(25569, false), 0);
}

static void expect_refused(const struct parts *parts, enum table_fault fault)
{
    struct table_problem problem;
    struct table *table = try_sheet(parts, "", &problem);
    if (table) {
        struct table_row row;
        enum table_result result;
        do
            result = table_next(table, &row, &problem);
        while (result == TABLE_ROW || result == TABLE_BAD_ROW);
        assert_int_equal(result, TABLE_FAILED);
        table_close(table);
    }
    assert_int_equal(problem.fault, fault);
    free(held);
}

static void damaged_workbooks_are_refused(void **state)
{
    (void)state;
    struct parts good = {WORKBOOK(""), RELATIONS, SHARED, STYLES,
                         "<worksheet><sheetData>" HEADER "<row></sheetData>"};
    expect_refused(&good, TABLE_FAULT_FORMAT);
    struct parts none = {NULL, RELATIONS, NULL, NULL, NULL};
    expect_refused(&none, TABLE_FAULT_FORMAT);
    struct parts sheetless = {WORKBOOK(""), RELATIONS, NULL, NULL, NULL};
    expect_refused(&sheetless, TABLE_FAULT_FORMAT);
    struct parts entities = {WORKBOOK(""), RELATIONS, NULL, NULL,
                             "<!DOCTYPE a [<!ENTITY b \"cc\">]><worksheet><sheetData><row><c>"
                             "<v>&b;</v></c></row></sheetData></worksheet>"};
    expect_refused(&entities, TABLE_FAULT_FORMAT);
}

static char *repeat(const char *head, const char *body, size_t times, const char *tail)
{
    size_t size = strlen(head), body_size = strlen(body);
    char *text = malloc(size + times * body_size + strlen(tail) + 1);
    assert_non_null(text);
    memcpy(text, head, size);
    for (size_t i = 0; i < times; i++, size += body_size)
        memcpy(text + size, body, body_size);
    strcpy(text + size, tail);
    return text;
}

static void what_swells_is_refused(void **state)
{
    (void)state;
    char *shared = repeat("<sst><si><t>", "0123456789abcdef", 5 * 1024 * 1024, "</t></si></sst>");
    struct parts parts = {WORKBOOK(""), RELATIONS, shared, NULL,
                          "<worksheet><sheetData>" HEADER "</sheetData></worksheet>"};
    expect_refused(&parts, TABLE_FAULT_TOO_LARGE);
    free(shared);
    char *sheet = repeat("<worksheet a=\"", "0123456789abcdef", 1024 * 1024, "\"></worksheet>");
    struct parts token = {WORKBOOK(""), RELATIONS, NULL, NULL, sheet};
    expect_refused(&token, TABLE_FAULT_TOO_LARGE);
    free(sheet);
}

static void an_outsize_cell_costs_its_row_alone(void **state)
{
    (void)state;
    char *rows = repeat("<row><c t=\"str\"><v>", "0123456789abcdef", 20000,
                        "</v></c></row><row><c r=\"ZZZ3\"><v>1</v></c></row>"
                        "<row><c><v>2</v></c></row>");
    struct table *table = open_rows(rows);
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_BAD_ROW);
    assert_int_equal(problem.fault, TABLE_FAULT_TOO_LARGE);
    assert_int_equal(problem.column, 1);
    assert_int_equal(table_next(table, &row, &problem), TABLE_BAD_ROW);
    assert_int_equal(problem.line, 3);
    expect_row(table, 4, "2");
    expect_end(table);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_first_visible_sheet),
        cmocka_unit_test(numbers_read_as_people_see_them),
        cmocka_unit_test(days_may_be_counted_from_1904),
        cmocka_unit_test(a_sheet_is_found_by_name),
        cmocka_unit_test(prefixed_names_are_understood),
        cmocka_unit_test(format_codes),
        cmocka_unit_test(damaged_workbooks_are_refused),
        cmocka_unit_test(what_swells_is_refused),
        cmocka_unit_test(an_outsize_cell_costs_its_row_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
