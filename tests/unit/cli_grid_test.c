/* Aligned columns and the width of text. */
#include "cli/grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct grid_column columns[] = {
    {TEXT_COLUMN_ID, false, false},
    {TEXT_COLUMN_NAME, false, true},
    {TEXT_COLUMN_OFFERS, true, false},
    {TEXT_COLUMN_LABEL, false, true},
};

static char *shown;
static size_t shown_size;

static struct grid *open_grid(unsigned width, bool colour, FILE **out)
{
    struct terminal terminal = {colour, width};
    texts_speak(LANGUAGE_ENGLISH);
    *out = open_memstream(&shown, &shown_size);
    assert_non_null(*out);
    struct grid *grid = grid_create(&terminal, *out, columns, 4);
    assert_non_null(grid);
    return grid;
}

static void assert_shown(struct grid *grid, FILE *out, const char *expected)
{
    grid_free(grid);
    fclose(out);
    assert_string_equal(shown, expected);
    free(shown);
}

static void columns_are_aligned_with_accents_and_wide_characters(void **state)
{
    (void)state;
    FILE *out;
    struct grid *grid = open_grid(0, false, &out);
    assert_true(grid_add(grid, (const char *const[]){"L1", "Zoé", "7", "été"}));
    assert_true(grid_add(grid, (const char *const[]){"L12", "e\u0301clair", "1234567", "x"}));
    assert_true(grid_add(grid, (const char *const[]){"L3", "日本語", "12", NULL}));
    assert_shown(grid, out,
                 "ID   Name     Offers  Label\n"
                 "L1   Zoé           7  été\n"
                 "L12  e\u0301clair  1234567  x\n"
                 "L3   日本語       12\n");
}

static void a_narrow_terminal_cuts_what_is_flexible(void **state)
{
    (void)state;
    FILE *out;
    struct grid *grid = open_grid(40, false, &out);
    assert_true(grid_add(grid, (const char *const[]){"L1", "日本語日本語日本語日本語", "7",
                                                     "a label of some length, too long"}));
    assert_shown(grid, out,
                 "ID  Name           Offers  Label\n"
                 "L1  日本語日本語…       7  a label of s…\n");
}

static void nothing_is_cut_away_from_a_terminal(void **state)
{
    (void)state;
    FILE *out;
    char longest[400];
    memset(longest, 'n', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    struct grid *grid = open_grid(0, false, &out);
    assert_true(grid_add(grid, (const char *const[]){"L1", longest, "7", ""}));
    grid_free(grid);
    fclose(out);
    assert_non_null(strstr(shown, longest));
    free(shown);
}

static void widths_stay_from_page_to_page(void **state)
{
    (void)state;
    FILE *out;
    struct grid *grid = open_grid(0, false, &out);
    grid_add(grid, (const char *const[]){"L1", "somebody", "1", "a"});
    grid_flush(grid);
    grid_add(grid, (const char *const[]){"L2", "me", "2", "b"});
    assert_shown(grid, out,
                 "ID  Name      Offers  Label\n"
                 "L1  somebody       1  a\n"
                 "L2  me             2  b\n");
}

static void rows_without_end_are_flushed(void **state)
{
    (void)state;
    FILE *out;
    unsigned lines = 0;
    struct grid *grid = open_grid(0, false, &out);
    for (int i = 0; i < 2 * GRID_ROWS_MAX + 5; i++)
        assert_true(grid_add(grid, (const char *const[]){"L1", "x", "1", "y"}));
    grid_free(grid);
    fclose(out);
    for (size_t i = 0; i < shown_size; i++)
        lines += shown[i] == '\n';
    assert_int_equal(lines, 2 * GRID_ROWS_MAX + 6);
    free(shown);
}

static void a_cell_cannot_steer_the_terminal(void **state)
{
    (void)state;
    FILE *out;
    struct grid *grid = open_grid(0, false, &out);
    grid_add(grid, (const char *const[]){"L1", "a\033[2Jb\nc\u202ed", "1", "\xff\xfe"});
    assert_shown(grid, out,
                 "ID  Name        Offers  Label\n"
                 "L1  a [2Jb c d       1  \ufffd\ufffd\n");
}

static void colours_take_no_columns(void **state)
{
    (void)state;
    FILE *out;
    struct grid *grid = open_grid(80, true, &out);
    grid_add(grid, (const char *const[]){"L1", "ok", "1", "y"});
    grid_colour(grid, 1, COLOUR_GOOD);
    assert_shown(grid, out,
                 "\033[1mID\033[0m  \033[1mName\033[0m  \033[1mOffers\033[0m  \033[1mLabel\033[0m\n"
                 "L1  \033[32mok\033[0m         1  y\n");
}

static void widths_are_in_columns(void **state)
{
    (void)state;
    assert_int_equal(text_columns("été", strlen("été")), 3);
    assert_int_equal(text_columns("日本", strlen("日本")), 4);
    assert_int_equal(text_columns("e\u0301", strlen("e\u0301")), 1);
    assert_int_equal(text_columns("a\xff", 2), 2);
    assert_int_equal(text_fit("日本", strlen("日本"), 3), 3);
    assert_int_equal(text_fit("été", strlen("été"), 2), 3);
    assert_int_equal(text_fit("e\u0301t", strlen("e\u0301t"), 1), 3);
}

static void no_colour_without_a_terminal(void **state)
{
    (void)state;
    char *memory = NULL;
    size_t size;
    FILE *out = open_memstream(&memory, &size);
    struct terminal terminal = terminal_of(out);
    assert_false(terminal.colour);
    assert_int_equal(terminal.width, 0);
    assert_string_equal(terminal_colour(&terminal, COLOUR_BAD), "");
    fclose(out);
    free(memory);
}

static void assert_wrapped(const char *text, const char *lines)
{
    char *memory = NULL;
    size_t size;
    FILE *out = open_memstream(&memory, &size);
    text_print_wrapped(out, text, 2, 10);
    fclose(out);
    assert_string_equal(memory, lines);
    free(memory);
}

static void long_texts_are_wrapped_at_spaces(void **state)
{
    (void)state;
    assert_wrapped("un été à la mer\n\nsansespaceaucun",
                   "  un été à\n  la mer\n\n  sansespa\n  ceaucun\n");
    /* But not at those that French puts before its marks. */
    assert_wrapped("il est là ; reste", "  il est\n  là ;\n  reste\n");
    assert_wrapped("dites « un » mot", "  dites\n  « un »\n  mot\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_aligned_with_accents_and_wide_characters),
        cmocka_unit_test(a_narrow_terminal_cuts_what_is_flexible),
        cmocka_unit_test(nothing_is_cut_away_from_a_terminal),
        cmocka_unit_test(widths_stay_from_page_to_page),
        cmocka_unit_test(rows_without_end_are_flushed),
        cmocka_unit_test(a_cell_cannot_steer_the_terminal),
        cmocka_unit_test(colours_take_no_columns),
        cmocka_unit_test(widths_are_in_columns),
        cmocka_unit_test(no_colour_without_a_terminal),
        cmocka_unit_test(long_texts_are_wrapped_at_spaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
