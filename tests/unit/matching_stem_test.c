/* What inflected and derived forms of a word share. */
#include "matching/stem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_stem(const char *word, const char *expected)
{
    char text[64];
    size_t size = strlen(word);
    memcpy(text, word, size);
    size = stem_word(text, size);
    text[size] = '\0';
    assert_string_equal(text, expected);
}

static void unites_genders(void **state)
{
    (void)state;
    assert_stem("technicien", "technicien");
    assert_stem("technicienne", "technicien");
    assert_stem("techniciennes", "technicien");
    assert_stem("directrice", "direct");
    assert_stem("directeur", "direct");
    assert_stem("soudeuse", "soud");
    assert_stem("plombiere", "plomb");
    assert_stem("plombiers", "plomb");
    assert_stem("enchanteresse", "enchant");
}

static void unites_a_trade_and_its_work(void **state)
{
    (void)state;
    static const char *const families[][4] = {
        {"soud", "soudeur", "soudage", "souder"},
        {"cabl", "cabler", "cablage", "cables"},
        {"instal", "installer", "installation", "installateur"},
        {"conseil", "conseil", "conseiller", "conseils"},
    };
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        for (size_t k = 1; k < 4; k++)
            assert_stem(families[i][k], families[i][0]);
}

static void leaves_short_words(void **state)
{
    (void)state;
    assert_stem("c", "c");
    assert_stem("x", "x");
    assert_stem("c++", "c++");
    assert_stem("js", "js");
    assert_stem("bus", "bus");
    assert_stem("mere", "mer"); /* one letter before "ere" is too few, three before "e" are not */
    assert_stem("tapage", "tapag"); /* "age" would leave three */
    assert_stem("pains", "pain");
    assert_stem("bacs", "bac");
}

static void leaves_numbers_and_other_alphabets(void **state)
{
    (void)state;
    assert_stem("2024s", "2024s");
    assert_stem("8900", "8900");
    assert_stem("программист", "программист");
    /* the last two bytes are alike, and one letter's */
    assert_stem("ぁぁぁ", "ぁぁぁ");
}

/* Nothing in front of or behind the word is touched, and something is always left. */
static void stays_within_the_word(void **state)
{
    (void)state;
    static const char letters[] = "aeirsuxt";
    for (uint32_t number = 0; number < UINT32_C(1) << 18; number++) {
        char text[9] = "|";
        uint32_t left = number;
        size_t size = 1 + number % 6;
        for (size_t i = 0; i < size; i++, left >>= 3)
            text[1 + i] = letters[left & 7];
        text[1 + size] = '|';
        size_t stem = stem_word(text + 1, size);
        assert_in_range(stem, 1, size);
        assert_int_equal(text[0], '|');
        assert_int_equal(text[1 + size], '|');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unites_genders),
        cmocka_unit_test(unites_a_trade_and_its_work),
        cmocka_unit_test(leaves_short_words),
        cmocka_unit_test(leaves_numbers_and_other_alphabets),
        cmocka_unit_test(stays_within_the_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
