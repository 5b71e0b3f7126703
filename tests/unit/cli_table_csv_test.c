#include "cli/table_lines.h"
#include "cli/table_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct table *open_options(const char *data, size_t size, struct table_options options)
{
    struct table_problem problem;
    struct table *table = table_open_bytes(data, size, &options, &problem);
    assert_non_null(table);
    return table;
}

static struct table *open_text(const char *text)
{
    return open_options(text, strlen(text), (struct table_options){0});
}

static void expect_cell(const struct table_row *row, unsigned index, const char *text)
{
    assert_true(index < row->count);
    assert_int_equal(row->cells[index].text.size, strlen(text));
    assert_memory_equal(row->cells[index].text.data, text, strlen(text));
}

/* The next row, its cells joined by '/' to compare. */
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

static void expect_bad(struct table *table, enum table_fault fault, uint32_t line, uint32_t column)
{
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_BAD_ROW);
    assert_int_equal(problem.fault, fault);
    assert_int_equal(problem.line, line);
    assert_int_equal(problem.column, column);
}

static void expect_end(struct table *table)
{
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_END);
    table_close(table);
}

static void finds_delimiter_and_byte_order_mark(void **state)
{
    (void)state;
    struct table *table = open_text("\xef\xbb\xbfNom;Prénom;Note\r\nDupont;Élodie;1,5\r\n");
    assert_int_equal(table_delimiter(table), ';');
    expect_cell(table_header(table), 0, "Nom");
    expect_cell(table_header(table), 1, "Prénom");
    expect_row(table, 2, "Dupont/Élodie/1,5");
    expect_end(table);
    table = open_text("a,b\n1,2\n");
    assert_int_equal(table_delimiter(table), ',');
    expect_row(table, 2, "1/2");
    expect_end(table);
    table = open_text("a\tb, c\n1\t\n\t2;3\n");
    assert_int_equal(table_delimiter(table), '\t');
    expect_row(table, 2, "1");
    expect_row(table, 3, "/2;3");
    expect_end(table);
}

static void a_first_line_may_name_the_delimiter(void **state)
{
    (void)state;
    struct table *table = open_text("sep=,\r\na,b;c;d\r\n1,2\r\n");
    assert_int_equal(table_delimiter(table), ',');
    expect_cell(table_header(table), 1, "b;c;d");
    expect_row(table, 3, "1/2");
    expect_end(table);
}

static void reads_windows_1252(void **state)
{
    (void)state;
    struct table *table = open_text("Pr\xe9nom;\xc9tat\nZo\xeb;\x80 \x9cuvre\x92s\n");
    expect_cell(table_header(table), 0, "Prénom");
    expect_row(table, 2, "Zoë/€ œuvre’s");
    expect_end(table);
    /* given, it is not guessed */
    const char *text = "a\n\xc3\xa9\n";
    table =
        open_options(text, strlen(text), (struct table_options){.encoding = ENCODING_WINDOWS_1252});
    expect_row(table, 2, "Ã©");
    expect_end(table);
}

static void a_slip_in_utf8_costs_its_row_alone(void **state)
{
    (void)state;
    struct table *table = open_text("nom;ville\né;è\nà;ù\nç;ô\nê;î\nï;ü\nx;\xe9\nâ;û\n");
    for (unsigned line = 2; line <= 6; line++) {
        struct table_row row;
        struct table_problem problem;
        assert_int_equal(table_next(table, &row, &problem), TABLE_ROW);
    }
    expect_bad(table, TABLE_FAULT_ENCODING, 7, 2);
    expect_row(table, 8, "â/û");
    expect_end(table);
}

static void quotes_hold_delimiters_and_lines(void **state)
{
    (void)state;
    struct table *table =
        open_text("a;b;c\n\"1;2\";\"x\r\ny \"\"z\"\"\";w\n\n   \n;;\n\"\";4\" tv;5\n");
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_ROW);
    expect_cell(&row, 0, "1;2");
    expect_cell(&row, 1, "x\r\ny \"z\"");
    expect_cell(&row, 2, "w");
    assert_int_equal(row.cells[1].line, 2);
    assert_int_equal(row.cells[2].line, 3);
    assert_int_equal(row.cells[2].column, 3);
    expect_row(table, 7, "/4\" tv/5");
    expect_end(table);
}

static void an_open_quote_costs_its_row_alone(void **state)
{
    (void)state;
    struct table *table = open_text("a;b\n1;\"2\n3;4\n5;6");
    expect_bad(table, TABLE_FAULT_QUOTE, 2, 2);
    expect_row(table, 3, "3/4");
    expect_row(table, 4, "5/6");
    expect_end(table);
}

static void an_endless_quote_is_given_up(void **state)
{
    (void)state;
    size_t size = 3 * TABLE_ROW_MAX;
    char *text = malloc(size + 1);
    assert_non_null(text);
    memset(text, 'x', size);
    for (size_t i = 80; i < size; i += 80)
        text[i] = '\n';
    memcpy(text, "a;b\n\"1;2\n3;4\n", 13);
    struct table *table = open_options(text, size, (struct table_options){0});
    expect_bad(table, TABLE_FAULT_QUOTE, 2, 1);
    expect_row(table, 3, "3/4");
    table_close(table);
    free(text);
}

static void an_endless_line_ends_the_reading(void **state)
{
    (void)state;
    size_t size = 2 * TABLE_ROW_MAX;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, 'x', size);
    memcpy(text, "a;b\n", 4);
    struct table *table = open_options(text, size, (struct table_options){0});
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_FAILED);
    assert_int_equal(problem.fault, TABLE_FAULT_TOO_LARGE);
    table_close(table);
    free(text);
}

static void too_many_cells_are_refused(void **state)
{
    (void)state;
    struct table *table = open_text("a;b\n1;2;;\n1;2;3\n4\n");
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_ROW);
    assert_int_equal(row.count, 2);
    expect_bad(table, TABLE_FAULT_EXTRA_CELLS, 3, 3);
    expect_row(table, 4, "4");
    expect_end(table);
}

static void line_ends_of_all_kinds(void **state)
{
    (void)state;
    struct table *table = open_text("a;b\r1;2\r3;4\n5;6\r\n7;8");
    expect_row(table, 2, "1/2");
    expect_row(table, 3, "3/4");
    expect_row(table, 4, "5/6");
    expect_row(table, 5, "7/8");
    expect_end(table);
}

static void pieces_that_meet_a_buffer_end(void **state)
{
    (void)state;
    /* rows of every length around the size of a buffer, ended by CR LF */
    for (size_t filler = 64 * 1024 - 40; filler < 64 * 1024 + 8; filler++) {
        char *text = malloc(filler + 64);
        assert_non_null(text);
        size_t size = (size_t)sprintf(text, "a;b\r\n1;");
        memset(text + size, 'y', filler);
        size += filler;
        size += (size_t)sprintf(text + size, "\r\n3;4\r\n");
        struct table *table = open_options(text, size, (struct table_options){0});
        struct table_row row;
        struct table_problem problem;
        assert_int_equal(table_next(table, &row, &problem), TABLE_ROW);
        assert_int_equal(row.cells[1].text.size, filler);
        expect_row(table, 3, "3/4");
        expect_end(table);
        free(text);
    }
}

static void the_header_may_come_later(void **state)
{
    (void)state;
    const char *text = "Liste au 22/11;;\n\nnom;ville;note\nA;B;C\n";
    struct table *table = open_options(text, strlen(text), (struct table_options){.header_row = 3});
    expect_cell(table_header(table), 1, "ville");
    expect_row(table, 4, "A/B/C");
    expect_end(table);
}

static void refuses_what_is_no_table(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        enum table_fault fault;
    } cases[] = {
        {"", 0, TABLE_FAULT_EMPTY},
        {"\n \n;;\n", 6, TABLE_FAULT_EMPTY},
        {"\xff\xfe"
         "a\0b\0",
         6, TABLE_FAULT_UTF16},
        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, TABLE_FAULT_ENCRYPTED},
        {"a\0b;c\n", 6, TABLE_FAULT_ENCODING},
        {"[\n{\"a\":1}]", 9, TABLE_FAULT_FORMAT},
        {"PK\3\4 not really", 15, TABLE_FAULT_FORMAT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct table_problem problem;
        struct table_options options = {0};
        assert_null(table_open_bytes(cases[i].bytes, cases[i].size, &options, &problem));
        assert_int_equal(problem.fault, cases[i].fault);
    }
    struct table_problem problem;
    struct table_options options = {0};
    assert_null(table_open("/nowhere/at/all.csv", &options, &problem));
    assert_int_equal(problem.fault, TABLE_FAULT_OPEN);
    assert_null(table_open("/", &options, &problem));
    assert_int_equal(problem.fault, TABLE_FAULT_OPEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_delimiter_and_byte_order_mark),
        cmocka_unit_test(a_first_line_may_name_the_delimiter),
        cmocka_unit_test(reads_windows_1252),
        cmocka_unit_test(a_slip_in_utf8_costs_its_row_alone),
        cmocka_unit_test(quotes_hold_delimiters_and_lines),
        cmocka_unit_test(an_open_quote_costs_its_row_alone),
        cmocka_unit_test(an_endless_quote_is_given_up),
        cmocka_unit_test(an_endless_line_ends_the_reading),
        cmocka_unit_test(too_many_cells_are_refused),
        cmocka_unit_test(line_ends_of_all_kinds),
        cmocka_unit_test(pieces_that_meet_a_buffer_end),
        cmocka_unit_test(the_header_may_come_later),
        cmocka_unit_test(refuses_what_is_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
