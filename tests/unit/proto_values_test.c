#include "proto_support.h"

static void assert_date(const char *text, int32_t days)
{
    int32_t parsed = -1;
    char printed[DATE_TEXT_SIZE];
    assert_true(date_parse(text, strlen(text), &parsed));
    assert_int_equal(parsed, days);
    date_print(days, printed);
    assert_string_equal(printed, text);
}

static void dates_have_one_form(void **state)
{
    (void)state;
    assert_date("1970-01-01", 0);
    assert_date("1969-12-31", -1);
    assert_date("2000-02-29", 11016);
    assert_date("2026-11-22", 20779);
    assert_date("1900-01-01", -25567);
    assert_date("2199-12-31", 84005);
}

static void wrong_dates_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",           "2004-02-31",  "2023-02-29", "1900-02-29",
                                        "2004-00-10", "2004-13-01",  "2004-01-00", "2004-04-31",
                                        "1899-12-31", "2200-01-01",  "2004-1-01",  "04-01-01",
                                        "2004/01/01", "2004-01-01 ", "+004-01-01", "2004-01-1x"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int32_t days;
        if (date_parse(wrong[i], strlen(wrong[i]), &days))
            fail_msg("%s was taken", wrong[i]);
    }
    char printed[DATE_TEXT_SIZE] = "x";
    date_print(INT32_MAX, printed);
    assert_string_equal(printed, "");
    date_print(INT32_MIN, printed);
    assert_string_equal(printed, "");
}

static void every_day_prints_and_parses(void **state)
{
    (void)state;
    char before[DATE_TEXT_SIZE] = "", text[DATE_TEXT_SIZE];
    for (int32_t days = -25567; days <= 84005; days++) {
        int32_t parsed;
        date_print(days, text);
        assert_true(date_parse(text, DATE_TEXT_SIZE - 1, &parsed));
        assert_int_equal(parsed, days);
        assert_true(strcmp(before, text) < 0);
        memcpy(before, text, sizeof before);
    }
}

static void times_have_one_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ms;
    } rows[] = {
        {"1970-01-01T00:00:00.000Z", 0},
        {"1969-12-31T23:59:59.999Z", -1},
        {"2026-11-22T06:15:00.000Z", 1795328100000},
        {"1900-01-01T00:00:00.000Z", -2208988800000},
        {"2199-12-31T23:59:59.999Z", 7258118399999},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t ms = 0;
        char text[TIME_TEXT_SIZE];
        assert_true(time_parse(rows[i].text, strlen(rows[i].text), &ms));
        assert_true(ms == rows[i].ms);
        time_print(ms, text);
        assert_string_equal(text, rows[i].text);
    }
}

static void wrong_times_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "2026-11-22",
        "2026-11-22T06:15:00Z",
        "2026-11-22T06:15:00.000",
        "2026-11-22T06:15:00.00Z",
        "2026-11-22 06:15:00.000Z",
        "2026-11-22T24:00:00.000Z",
        "2026-11-22T23:60:00.000Z",
        "2026-11-22T23:59:60.000Z",
        "2026-02-30T00:00:00.000Z",
        "2026-11-22T06:15:00.000z",
        "2026-11-22T06:15:00.000+",
        "2026-11-22T06:15:00,000Z",
        "2026-11-22T06:15:00.000ZZ",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t ms;
        if (time_parse(wrong[i], strlen(wrong[i]), &ms))
            fail_msg("%s was taken", wrong[i]);
    }
    char text[TIME_TEXT_SIZE] = "x";
    time_print(INT64_MAX, text);
    assert_string_equal(text, "");
}

static void clocks_have_one_form(void **state)
{
    (void)state;
    for (int32_t minutes = 0; minutes <= 1440; minutes++) {
        char text[CLOCK_TEXT_SIZE];
        int32_t parsed = -1;
        clock_print(minutes, text);
        assert_true(clock_parse(text, strlen(text), &parsed));
        assert_int_equal(parsed, minutes);
    }
    static const char *const wrong[] = {"", "7:30", "24:01", "25:00", "07:60", "07h30", "07:300"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int32_t minutes;
        assert_false(clock_parse(wrong[i], strlen(wrong[i]), &minutes));
    }
    char text[CLOCK_TEXT_SIZE] = "x";
    clock_print(1441, text);
    assert_string_equal(text, "");
    clock_print(-1, text);
    assert_string_equal(text, "");
}

static void ids_have_one_form(void **state)
{
    (void)state;
    static const uint64_t numbers[] = {1, 9, 10, 1042, 281474976710655};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        char text[ID_TEXT_SIZE];
        uint64_t id = id_make('L', numbers[i]), parsed = 0;
        id_print(id, text);
        assert_true(id_parse(text, strlen(text), &parsed));
        assert_true(parsed == id);
        assert_int_equal(id_letter(parsed), 'L');
        assert_true(id_number(parsed) == numbers[i]);
    }
    static const char *const wrong[] = {"",     "L",
                                        "L0",   "L01",
                                        "l1",   "Z1",
                                        "1042", "L-1",
                                        "L1 ",  "L281474976710656",
                                        "L1.0", "LL1",
                                        "L+42", "L999999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        uint64_t id;
        if (id_parse(wrong[i], strlen(wrong[i]), &id))
            fail_msg("%s was taken", wrong[i]);
    }
    char text[ID_TEXT_SIZE] = "x";
    id_print(0, text);
    assert_string_equal(text, "");
}

static bool has_number(const char *text)
{
    return text_has_social_security_number(text, strlen(text));
}

/* Made-up people; the keys are 97 less the rest by 97. */
static void social_security_numbers_are_found(void **state)
{
    (void)state;
    assert_true(has_number("185057800608491"));
    assert_true(has_number("1 85 05 78 006 084 91"));
    assert_true(has_number("1.85.05.78.006.084.91"));
    assert_true(has_number("1 85 05 78 006 084\u00a091"));
    assert_true(has_number("NIR : 1850578006084 91, vu le 12"));
    assert_true(has_number("2 99 01 2A 004 123 32"));
    assert_true(has_number("2 99 01 2b 004 123 59"));
    assert_true(has_number("1 85 05 2\u00e9 puis 185057800608491"));
}

static void other_numbers_are_left_alone(void **state)
{
    (void)state;
    assert_false(has_number(""));
    assert_false(has_number("185057800608492"));
    assert_false(has_number("1850578006084"));
    assert_false(has_number("0185057800608491"));
    assert_false(has_number("1850578006084911"));
    assert_false(has_number("18505780060849"));
    assert_false(has_number("5 85 05 78 006 084 91"));
    assert_false(has_number("1 85 15 78 006 084 57"));
    assert_false(has_number("1 85 05 3A 006 084 91"));
    assert_false(has_number("18 50 57 80 06 08 49 1"));
    assert_false(has_number("03 20 45 67 89 06 12 34 56 78"));
    assert_false(has_number("73282932000074"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_have_one_form),
        cmocka_unit_test(wrong_dates_are_refused),
        cmocka_unit_test(every_day_prints_and_parses),
        cmocka_unit_test(times_have_one_form),
        cmocka_unit_test(wrong_times_are_refused),
        cmocka_unit_test(clocks_have_one_form),
        cmocka_unit_test(ids_have_one_form),
        cmocka_unit_test(social_security_numbers_are_found),
        cmocka_unit_test(other_numbers_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
