/* Tables for spreadsheets and calendar files, byte by byte. */
#include "cli/csv_writer.h"
#include "cli/ics_writer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char path[] = "/tmp/passerelle-writers-XXXXXX";

static int set_up(void **state)
{
    (void)state;
    int file = mkstemp(path);
    return file >= 0 ? close(file) : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

static void assert_written(const char *expected)
{
    char bytes[4096];
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    bytes[size] = '\0';
    assert_string_equal(bytes, expected);
}

static void tables_open_in_a_french_spreadsheet(void **state)
{
    (void)state;
    struct csv_writer *writer = csv_open(path);
    assert_non_null(writer);
    csv_row(writer, (const char *const[]){"Prénom", "Note", NULL}, 3);
    csv_row(writer, (const char *const[]){"a;b", "dit \"oui\"", "deux\nlignes"}, 3);
    csv_row(writer, (const char *const[]){"=1+1", "+33 6 00 00 00 00", "-A1"}, 3);
    assert_true(csv_close(writer));
    assert_written("\xef\xbb\xbfPrénom;Note;\r\n"
                   "\"a;b\";\"dit \"\"oui\"\"\";\"deux\nlignes\"\r\n"
                   "'=1+1;+33 6 00 00 00 00;'-A1\r\n");
    assert_false(csv_close(NULL));
    assert_null(csv_open("/nonexistent/x.csv"));
}

static void calendars_are_folded_and_escaped(void **state)
{
    (void)state;
    const struct ics_event event = {
        .uid = "J5@passerelle",
        .summary = "Rencontres; salle, entrée",
        .place = "Une salle au nom bien trop long pour une seule ligne d'agenda, près d'été",
        .day = 20797, /* 2026-12-10 */
        .from = 810,
        .to = 1020,
        .stamp_ms = 0,
    };
    assert_true(ics_write(path, &event, 1));
    assert_written(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Passerelle//FR\r\nBEGIN:VEVENT\r\n"
        "UID:J5@passerelle\r\nDTSTAMP:19700101T000000Z\r\n"
        "DTSTART:20261210T133000\r\nDTEND:20261210T170000\r\n"
        "SUMMARY:Rencontres\\; salle\\, entrée\r\n"
        "LOCATION:Une salle au nom bien trop long pour une seule ligne d'agenda\\, pr\r\n"
        " ès d'été\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    assert_false(ics_write("/nonexistent/x.ics", &event, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_open_in_a_french_spreadsheet),
        cmocka_unit_test(calendars_are_folded_and_escaped),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
