#include "cli/table_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct table *open_text(const char *text)
{
    struct table_options options = {0};
    struct table_problem problem;
    struct table *table = table_open_bytes(text, strlen(text), &options, &problem);
    assert_non_null(table);
    assert_int_equal(table_format_of(table), FORMAT_JSON_LINES);
    return table;
}

static void expect_texts(const struct table_row *row, const char *joined)
{
    char text[1024] = "";
    for (unsigned i = 0; i < row->count; i++) {
        strncat(text, i ? "/" : "", 2);
        strncat(text, row->cells[i].text.data, row->cells[i].text.size);
    }
    assert_string_equal(text, joined);
}

static void expect_row(struct table *table, uint32_t line, const char *joined)
{
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_ROW);
    expect_texts(&row, joined);
    assert_int_equal(row.line, line);
}

static void expect_bad(struct table *table, enum table_fault fault, uint32_t line)
{
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_BAD_ROW);
    assert_int_equal(problem.fault, fault);
    assert_int_equal(problem.line, line);
}

static void keys_of_all_lines_are_the_headers(void **state)
{
    (void)state;
    struct table *table =
        open_text("\xef\xbb\xbf{\"nom\": \"Élodie\", \"lieu\": {\"ville\": \"Lille\"}}\n\n"
                  "{\"lieu\": {\"cp\": 59000}, \"actif\": true, \"nom\": null}\n"
                  "{\"mots\": [\"a\", \"b c\"], \"lots\": [{\"x\": 1}], \"note\": 1.5}");
    expect_texts(table_header(table), "nom/lieu.ville/lieu.cp/actif/mots/lots/note");
    expect_row(table, 1, "Élodie/Lille");
    expect_row(table, 3, "//59000/true");
    struct table_row row;
    struct table_problem problem;
    assert_int_equal(table_next(table, &row, &problem), TABLE_ROW);
    assert_memory_equal(row.cells[4].text.data,
                        "a\x1f"
                        "b c",
                        5);
    assert_memory_equal(row.cells[5].text.data, "[{\"x\":1}]", 9);
    assert_memory_equal(row.json.data, "{\"mots\"", 7);
    assert_int_equal(table_next(table, &row, &problem), TABLE_END);
    table_close(table);
}

static void a_bad_line_costs_itself_alone(void **state)
{
    (void)state;
    struct table *table = open_text("{\"a\": 1}\n{\"a\": \n[1]\n{\"a\": 1, \"a\": 2}\n"
                                    "{\"a\": \"\\ud800\"}\n{\"a\": \"x\\u0000y\"}\n{\"a\": 2}\n");
    expect_row(table, 1, "1");
    for (uint32_t line = 2; line <= 6; line++)
        expect_bad(table, TABLE_FAULT_FORMAT, line);
    expect_row(table, 7, "2");
    table_close(table);
}

static void an_endless_line_costs_itself_alone(void **state)
{
    (void)state;
    size_t size = 2 * TABLE_ROW_MAX;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, ' ', size);
    memcpy(text, "{\"a\": 1}\n{", 10);
    memcpy(text + size - 11, "\n{\"a\": 2}\n", 11);
    struct table *table = open_text(text);
    expect_row(table, 1, "1");
    expect_bad(table, TABLE_FAULT_TOO_LARGE, 2);
    expect_row(table, 3, "2");
    table_close(table);
    free(text);
}

static void too_many_keys_are_refused(void **state)
{
    (void)state;
    char text[16384] = "{\"k0\":1";
    for (unsigned i = 1; i <= TABLE_COLUMNS_MAX; i++)
        sprintf(text + strlen(text), ",\"k%u\":1", i);
    strcat(text, "}");
    struct table_options options = {0};
    struct table_problem problem;
    assert_null(table_open_bytes(text, strlen(text), &options, &problem));
    assert_int_equal(problem.fault, TABLE_FAULT_TOO_LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_all_lines_are_the_headers),
        cmocka_unit_test(a_bad_line_costs_itself_alone),
        cmocka_unit_test(an_endless_line_costs_itself_alone),
        cmocka_unit_test(too_many_keys_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
