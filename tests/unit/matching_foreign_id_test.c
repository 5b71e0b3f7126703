#include "matching/foreign_id.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_id(const char *text, const char *expected)
{
    char id[FOREIGN_ID_SIZE];
    assert_int_equal(foreign_id(text, strlen(text), id), strlen(expected));
    assert_string_equal(id, expected);
}

static void numbers_are_of_rome(void **state)
{
    (void)state;
    assert_id("100341", "rome:100341");
    assert_id("", "");
    assert_id("10034a", "");
    assert_id("rome:100341", "");
}

static void addresses_are_of_esco(void **state)
{
    (void)state;
    assert_id("http://data.europa.eu/esco/skill/b8b2a035-38f0", "esco:b8b2a035-38f0");
    assert_id("http://data.europa.eu/esco/occupation/b8b2a035", "");
}

static void what_is_too_long_is_none(void **state)
{
    (void)state;
    char text[200];
    memset(text, '7', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_id(text, "");
    text[FOREIGN_ID_SIZE - 1] = '\0';
    assert_id(text, "");
    memcpy(text, "http://data.europa.eu/esco/skill/", 33);
    memset(text + 33, 'x', sizeof text - 34);
    assert_id(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_of_rome),
        cmocka_unit_test(addresses_are_of_esco),
        cmocka_unit_test(what_is_too_long_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
