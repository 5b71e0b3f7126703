#include "cli/import_journal.h"
#include "cli/import_seen.h"
#include "cli/import_survey.h"
#include "cli/progress_bar.h"
#include "cli/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { TODAY = 20779 };

static char directory[64];

static int set_up(void **state)
{
    (void)state;
    strcpy(directory, "/tmp/passerelle-import-XXXXXX");
    return mkdtemp(directory) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char path[128];
    snprintf(path, sizeof path, "%s/import", directory);
    rmdir(path);
    return rmdir(directory);
}

static void a_run_that_was_cut_off_goes_on(void **state)
{
    (void)state;
    struct journal first, second, third;
    char id[JOURNAL_ID_SIZE], same[JOURNAL_ID_SIZE], other[JOURNAL_ID_SIZE];
    journal_begin(&first, directory, "what", 4, TODAY);
    assert_false(first.resumed);
    journal_begin(&second, directory, "what", 4, TODAY);
    assert_true(second.resumed);
    assert_string_equal(first.run, second.run);
    journal_request_id(&first, "body", 4, id);
    journal_request_id(&second, "body", 4, same);
    journal_request_id(&second, "bodY", 4, other);
    assert_string_equal(id, same);
    assert_string_not_equal(id, other);
    assert_int_equal(strlen(id), JOURNAL_ID_SIZE - 1);
    journal_begin(&third, directory, "else", 4, TODAY);
    assert_false(third.resumed);
    assert_string_not_equal(first.run, third.run);
    journal_end(&third);
    /* the next day its events would have another day */
    journal_begin(&third, directory, "what", 4, TODAY + 1);
    assert_false(third.resumed);
    journal_end(&third);
    journal_begin(&second, directory, "what", 4, TODAY + 1);
    assert_false(second.resumed);
    assert_string_not_equal(second.run, third.run);
    journal_end(&second);
}

static void a_damaged_journal_is_left_aside(void **state)
{
    (void)state;
    struct journal journal;
    journal_begin(&journal, directory, "what", 4, TODAY);
    static const char *const texts[] = {"", "passerelle import", "passerelle import 12 2026-11-22",
                                        "passerelle import zz"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        FILE *file = fopen(journal.path, "we");
        assert_non_null(file);
        fputs(texts[i], file);
        fclose(file);
        struct journal next;
        journal_begin(&next, directory, "what", 4, TODAY);
        assert_false(next.resumed);
        assert_int_equal(strlen(next.run), JOURNAL_RUN_SIZE - 1);
    }
    journal_end(&journal);
    /* without a place to keep it, there is a run all the same */
    journal_begin(&journal, "/nowhere/at/all", "what", 4, TODAY);
    assert_false(journal.resumed);
    assert_int_equal(strlen(journal.run), JOURNAL_RUN_SIZE - 1);
}

static void old_journals_are_removed(void **state)
{
    (void)state;
    struct journal old, recent, next, other;
    char stranger[160];
    snprintf(stranger, sizeof stranger, "%s/import/notes.txt", directory);
    journal_begin(&old, directory, "old", 3, TODAY);
    journal_begin(&recent, directory, "recent", 6, TODAY + 1);
    FILE *file = fopen(stranger, "we");
    assert_non_null(file);
    fclose(file);
    journal_begin(&next, directory, "next", 4, TODAY + 30);
    assert_int_equal(access(old.path, F_OK), 0);
    journal_begin(&other, directory, "other", 5, TODAY + 31);
    assert_int_not_equal(access(old.path, F_OK), 0);
    assert_int_equal(access(recent.path, F_OK), 0);
    assert_int_equal(access(stranger, F_OK), 0);
    unlink(stranger);
    journal_end(&recent);
    journal_end(&next);
    journal_end(&other);
}

static void rows_met_are_found_again(void **state)
{
    (void)state;
    struct seen *seen = seen_create();
    assert_non_null(seen);
    for (uint32_t i = 1; i <= 10000; i++) {
        struct seen_row row = {(uint64_t)i * 1024, i, i}; /* all in one corner of the table */
        assert_null(seen_find(seen, row.key));
        assert_true(seen_add(seen, &row));
    }
    for (uint32_t i = 1; i <= 10000; i++) {
        const struct seen_row *row = seen_find(seen, (uint64_t)i * 1024);
        assert_non_null(row);
        assert_int_equal(row->line, i);
    }
    assert_null(seen_find(seen, 7));
    seen_free(seen);
}

static struct survey *survey_of(const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/table.csv", directory);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    struct table_options options = {0};
    struct table_problem problem;
    struct survey *survey = survey_make(path, &options, &problem);
    assert_non_null(survey);
    unlink(path);
    return survey;
}

#define NUMBER "185057800608491"

static void columns_of_social_security_numbers_are_found(void **state)
{
    (void)state;
    /* by their values, by their header, and not for one that strayed */
    struct survey *survey = survey_of("Nom;Code;N° sécu;Note;Vide NIR;NIR\n"
                                      "A;" NUMBER ";12;;;\n"
                                      "B;" NUMBER ";;" NUMBER ";;\n"
                                      "C;;;rien;;\n"
                                      "D;x;;;;\n");
    static const bool refused[] = {false, true, true, false, false, false};
    assert_int_equal(survey->rows, 4);
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(survey->refused[i], refused[i]);
    assert_int_equal(survey->refused_line[1], 2);
    assert_int_equal(survey->refused_line[2], 1);
    survey_free(survey);
    survey = survey_of("Nom;Note\nA;" NUMBER "\n");
    assert_true(survey->refused[1]);
    survey_free(survey);
    survey = survey_of("Nom;Note\nA;" NUMBER "\nB;\n");
    assert_false(survey->refused[1]);
    survey_free(survey);
}

static void a_survey_tells_tables_apart(void **state)
{
    (void)state;
    struct survey *first = survey_of("a;b\n1;2\n"), *same = survey_of("a;b\n1;2\n");
    struct survey *other = survey_of("a;b\n12;\n");
    assert_memory_equal(first->hash, same->hash, SURVEY_HASH_SIZE);
    assert_memory_not_equal(first->hash, other->hash, SURVEY_HASH_SIZE);
    survey_free(first);
    survey_free(same);
    survey_free(other);
}

static void the_bar_says_how_far_and_how_long(void **state)
{
    (void)state;
    struct progress_bar bar;
    char text[PROGRESS_TEXT_SIZE], *printed = NULL;
    size_t size;
    FILE *out = open_memstream(&printed, &size);
    assert_non_null(out);
    texts_speak(LANGUAGE_ENGLISH);
    progress_bar_start(&bar, out, "a.csv", 2000, 10000);
    progress_bar_move(&bar, 500, 12000);
    progress_bar_text(&bar, 12000, text);
    assert_string_equal(text,
                        "[######..................]  25 %  500/2000  250/s  0:06 left  a.csv");
    progress_bar_move(&bar, 5000, 12000);
    progress_bar_text(&bar, 12000, text);
    assert_non_null(strstr(text, "100 %  2000/2000"));
    progress_bar_start(&bar, out, "", 0, 10000);
    progress_bar_text(&bar, 9000, text); /* a clock that went back, and nothing to do */
    assert_non_null(strstr(text, "  0 %"));
    progress_bar_clear(&bar);
    fclose(out);
    assert_int_equal(size, 0); /* no terminal, no bar */
    free(printed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_that_was_cut_off_goes_on),
        cmocka_unit_test(a_damaged_journal_is_left_aside),
        cmocka_unit_test(old_journals_are_removed),
        cmocka_unit_test(rows_met_are_found_again),
        cmocka_unit_test(columns_of_social_security_numbers_are_found),
        cmocka_unit_test(a_survey_tells_tables_apart),
        cmocka_unit_test(the_bar_says_how_far_and_how_long),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
