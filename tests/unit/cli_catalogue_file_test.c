#include "catalogue_support.h"

static const struct catalogue_column columns[] = {
    {"code", false}, {"libelle|label", false}, {"more", true}};

struct told {
    unsigned calls;
    int64_t position, size;
};

static void tell(void *state, const char *file, int64_t position, int64_t size)
{
    struct told *told = state;
    assert_string_equal(file, "a.csv.gz");
    assert_true(position >= told->position && position <= size);
    told->calls++;
    told->position = position;
    told->size = size;
}

static void reads_columns_by_name(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    struct told told = {0};
    const struct import_progress progress = {tell, &told};
    const struct import_run run = {&problems, &progress};
    file_put("a.csv.gz", "\"Libellé\";Other;CODE\n\"a; b\";x;1\n é ;;2\n\n;;\nlast\n");
    struct catalogue_file *file = catalogue_file_open(path_in_folder("a.csv.gz"), columns, 3, &run);
    const char *cells[CATALOGUE_COLUMNS_MAX];
    assert_non_null(file);
    assert_true(catalogue_file_next(file, cells));
    assert_string_equal(cells[0], "1");
    assert_string_equal(cells[1], "a; b");
    assert_string_equal(cells[2], "");
    assert_true(catalogue_file_next(file, cells));
    assert_string_equal(cells[0], "2");
    assert_string_equal(cells[1], "é");
    assert_true(catalogue_file_next(file, cells));
    assert_string_equal(cells[0], "");
    assert_string_equal(cells[1], "last");
    catalogue_file_problem(file, TEXT_CATALOGUE_VALUE, "last");
    assert_problem(&problems, 0, "a.csv.gz", 6, TEXT_CATALOGUE_VALUE);
    assert_false(catalogue_file_next(file, cells));
    catalogue_file_close(file);
    assert_true(told.calls >= 2);
    assert_int_equal(told.position, told.size);
    assert_int_equal(problems.count, 1);
}

static void assert_refused(const char *name, uint32_t line, enum text_id text)
{
    struct import_problems problems = {.count = 0};
    const struct import_run run = {&problems, NULL};
    assert_null(catalogue_file_open(path_in_folder(name), columns, 3, &run));
    assert_problem(&problems, 0, name, line, text);
    assert_int_equal(problems.count, 1);
}

static void refuses_what_is_no_table(void **state)
{
    (void)state;
    assert_refused("absent.csv", 0, TEXT_CATALOGUE_OPEN);
    assert_refused(".", 0, TEXT_CATALOGUE_OPEN);
    file_put("empty.csv", "");
    assert_refused("empty.csv", 0, TEXT_CATALOGUE_EMPTY);
    file_put("columns.csv", "\ncode;other\n1;2\n");
    assert_refused("columns.csv", 2, TEXT_CATALOGUE_NO_COLUMN);
}

static void refuses_damaged_and_endless_packing(void **state)
{
    (void)state;
    char *zeros = malloc(CATALOGUE_FILE_MAX + 1024 * 1024);
    memset(zeros, 'x', CATALOGUE_FILE_MAX + 1024 * 1024);
    zeros[CATALOGUE_FILE_MAX + 1024 * 1024 - 1] = '\0';
    memcpy(zeros, "code;label\n", 11);
    file_put("bomb.csv.gz", zeros);
    free(zeros);
    assert_refused("bomb.csv.gz", 0, TEXT_CATALOGUE_TOO_LARGE);
    file_put("cut.csv.gz", "code;label\n1;2\n3;4\n5;6\n");
    assert_int_equal(truncate(path_in_folder("cut.csv.gz"), 30), 0);
    assert_refused("cut.csv.gz", 0, TEXT_CATALOGUE_OPEN);
}

static void tells_of_bad_rows_and_goes_on(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    const struct import_run run = {&problems, NULL};
    file_put("rows.csv", "code;label\n1;2;3\n4;5\n");
    struct catalogue_file *file = catalogue_file_open(path_in_folder("rows.csv"), columns, 3, &run);
    const char *cells[CATALOGUE_COLUMNS_MAX];
    assert_non_null(file);
    assert_true(catalogue_file_next(file, cells));
    assert_string_equal(cells[0], "4");
    assert_false(catalogue_file_next(file, cells));
    assert_problem(&problems, 0, "rows.csv", 2, TEXT_CATALOGUE_EXTRA_CELLS);
    catalogue_file_close(file);
}

static void prints_problems(void **state)
{
    (void)state;
    struct import_problems problems = {.count = 0};
    char printed[16 * 1024] = "";
    import_problems_add(&problems, "a.csv", 12, TEXT_CATALOGUE_UNKNOWN_SKILL, "vue");
    import_problems_add(&problems, "b.csv", 0, TEXT_CATALOGUE_EMPTY, "");
    for (int i = 0; i < 60; i++)
        import_problems_add(&problems, "c.csv", 1, TEXT_CATALOGUE_EMPTY, "");
    assert_int_equal(problems.count, 62);
    FILE *file = fmemopen(printed, sizeof printed, "w");
    texts_speak(LANGUAGE_ENGLISH);
    import_problems_print(&problems, file);
    fclose(file);
    static const char start[] = "a.csv:12: unknown skill: “vue”\nb.csv: nothing in it\n";
    assert_memory_equal(printed, start, sizeof start - 1);
    assert_non_null(strstr(printed, "… +12\n"));
}

static void cuts_lists(void **state)
{
    (void)state;
    char text[] = "a||b c|";
    char *rest = text;
    assert_string_equal(list_next(&rest), "a");
    assert_string_equal(list_next(&rest), "b c");
    assert_null(list_next(&rest));
    char nothing[] = "";
    rest = nothing;
    assert_null(list_next(&rest));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_columns_by_name),
        cmocka_unit_test(refuses_what_is_no_table),
        cmocka_unit_test(refuses_damaged_and_endless_packing),
        cmocka_unit_test(tells_of_bad_rows_and_goes_on),
        cmocka_unit_test(prints_problems),
        cmocka_unit_test(cuts_lists),
    };
    return cmocka_run_group_tests(tests, folder_create, folder_remove);
}
