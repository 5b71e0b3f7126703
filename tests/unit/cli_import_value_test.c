#include "cli/import_value.h"
#include "proto/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int32_t day(const char *iso)
{
    int32_t days;
    assert_true(date_parse(iso, strlen(iso), &days));
    return days;
}

static void dates_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *text, *iso; /* NULL: refused */
    } cases[] = {
        {"04/05/2004", "2004-05-04"},
        {"4/5/2004", "2004-05-04"},
        {"04-05-04", "2004-05-04"},
        {"04-05-84", "1984-05-04"},
        {"04.05.2004", "2004-05-04"},
        {"2004-05-04", "2004-05-04"},
        {"2004/5/4", "2004-05-04"},
        {"20040504", "2004-05-04"},
        {"38111", "2004-05-04"},
        {"38111.5", "2004-05-04"},
        {"04/05/2004 00:00:00", "2004-05-04"},
        {"2004-05-04T12:30:00Z", "2004-05-04"},
        {"4 mai 2004", "2004-05-04"},
        {"mardi 4 mai 2004", "2004-05-04"},
        {"1er août 2004", "2004-08-01"},
        {"4-mai-04", "2004-05-04"},
        {"29 février 2004", "2004-02-29"},
        {"4 June 2004", "2004-06-04"},
        {"4 juillet 2004", "2004-07-04"},
        {"31/02/2004", NULL},
        {"29/02/2003", NULL},
        {"13/13/2004", NULL},
        {"2004", NULL},
        {"04/05", NULL},
        {"04/05/204", NULL},
        {"04/05-2004", NULL},
        {"04/05/2004x", NULL},
        {"12345678901234567890", NULL},
        {"mai 2004", NULL},
        {"99999", NULL},
        {"hier", NULL},
        {"-", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t days = 0;
        bool good =
            value_date(text_of_string(cases[i].text), DATE_DAY_FIRST, day("2026-11-22"), &days);
        if (good != (cases[i].iso != NULL))
            fail_msg("%s", cases[i].text);
        if (good && days != day(cases[i].iso))
            fail_msg("%s read as another day", cases[i].text);
    }
    int32_t days;
    assert_true(value_date(text_of_string("05/04/04"), DATE_MONTH_FIRST, day("2026-11-22"), &days));
    assert_int_equal(days, day("2004-05-04"));
    /* two digits reach ten years ahead */
    assert_true(value_date(text_of_string("01/01/36"), DATE_DAY_FIRST, day("2026-11-22"), &days));
    assert_int_equal(days, day("2036-01-01"));
    assert_true(value_date(text_of_string("01/01/37"), DATE_DAY_FIRST, day("2026-11-22"), &days));
    assert_int_equal(days, day("1937-01-01"));
}

static void numbers_with_units(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t scale;
        bool good;
        int64_t number;
    } cases[] = {
        {"30", 1, true, 30},
        {"30 km", 1, true, 30},
        {"1 801,80 €", 100, true, 180180},
        {"1\u202f801.8", 100, true, 180180},
        {"12\u00a0000", 1, true, 12000},
        {"-4.414721", 1000000, true, -4414721},
        {"44.61164155", 1000000, true, 44611642},
        {"0,5", 1, true, 1},
        {"2 12", 1, true, 2},
        {"km", 1, false, 0},
        {"", 1, false, 0},
        {"-", 1, false, 0},
        {"1234567890123", 1, false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t number = 0;
        bool good = value_number(text_of_string(cases[i].text), cases[i].scale, &number);
        if (good != cases[i].good || number != cases[i].number)
            fail_msg("%s: %d %lld", cases[i].text, good, (long long)number);
    }
}

static void lengths_of_time(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t months; /* -1: refused */
    } experience[] = {
        {"3 An(s)", 36},
        {"6 Mois", 6},
        {"0 An(s)", 0},
        {"Débutant accepté", 0},
        {"18", 18},
        {"2 ans et demi", 30},
        {"1,5 an", 18},
        {"6 Mois - ANALYSE", 6},
        {"Expérience exigée", -1},
    };
    for (size_t i = 0; i < sizeof experience / sizeof *experience; i++) {
        int64_t months = -1;
        value_months(text_of_string(experience[i].text), &months);
        if (months != experience[i].months)
            fail_msg("%s: %lld", experience[i].text, (long long)months);
    }
    static const struct {
        const char *text;
        int64_t minutes; /* -1: refused */
    } hours[] = {
        {"35", 2100},   {"35h", 2100},       {"35 h 30", 2130}, {"35:30", 2130},
        {"24,5", 1470}, {"35 heures", 2100}, {"35h70", -1},     {"temps plein", -1},
    };
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        int64_t minutes = -1;
        if (!value_minutes(text_of_string(hours[i].text), &minutes))
            minutes = -1;
        if (minutes != hours[i].minutes)
            fail_msg("%s: %lld", hours[i].text, (long long)minutes);
    }
    int32_t clock;
    assert_true(value_clock(text_of_string("9h"), &clock));
    assert_int_equal(clock, 540);
    assert_true(value_clock(text_of_string("09:30"), &clock));
    assert_int_equal(clock, 570);
    assert_false(value_clock(text_of_string("25h"), &clock));
}

static void yes_and_no(void **state)
{
    (void)state;
    bool yes;
    assert_true(value_yes(text_of_string("Oui"), &yes) && yes);
    assert_true(value_yes(text_of_string("NON"), &yes) && !yes);
    assert_true(value_yes(text_of_string("x"), &yes) && yes);
    assert_true(value_yes(text_of_string("0"), &yes) && !yes);
    assert_false(value_yes(text_of_string("peut-être"), &yes));
}

static void expect_text(struct text text, const char *expected)
{
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
}

static void identifiers_get_their_zeros_back(void **state)
{
    (void)state;
    struct arena *arena = arena_create(1 << 16);
    assert_non_null(arena);
    expect_text(value_postcode(text_of_string("1000"), arena), "01000");
    expect_text(value_postcode(text_of_string("59 000"), arena), "59000");
    expect_text(value_postcode(text_of_string("F-59000"), arena), "59000");
    expect_text(value_postcode(text_of_string("B-7700"), arena), "B-7700");
    expect_text(value_postcode(text_of_string("590001"), arena), "590001");
    expect_text(value_phone(text_of_string("612345678"), arena), "0612345678");
    expect_text(value_phone(text_of_string("06.12.34.56.78"), arena), "0612345678");
    expect_text(value_phone(text_of_string("06 12 34 56 78 / 03 20 00 00 00"), arena),
                "0612345678");
    expect_text(value_phone(text_of_string("+33 6 12 34 56 78"), arena), "+33 6 12 34 56 78");
    expect_text(value_francetravail(text_of_string("123 456 789 0"), arena), "01234567890");
    expect_text(value_francetravail(text_of_string("12345678901"), arena), "12345678901");
    expect_text(value_francetravail(text_of_string("1234567A"), arena), "1234567A");
    expect_text(value_francetravail(text_of_string("1234567"), arena), "01234567");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_as_people_write_them),
        cmocka_unit_test(numbers_with_units),
        cmocka_unit_test(lengths_of_time),
        cmocka_unit_test(yes_and_no),
        cmocka_unit_test(identifiers_get_their_zeros_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
