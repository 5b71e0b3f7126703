/* Every text exists in both languages and takes the same arguments in both. */
#include "cli/expected_words.h"
#include "cli/record_words.h"
#include "cli/texts.h"
#include "cli/tree.h"
#include "proto/codec.h"
#include "proto/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The conversions of a format, one after the other: "%s:%d" gives "sd". */
static void conversions(const char *format, char out[64])
{
    size_t count = 0;
    for (const char *at = strchr(format, '%'); at != NULL; at = strchr(at, '%')) {
        at++;
        if (*at == '%') {
            at++;
            continue;
        }
        at += strspn(at, "0123456789.-+ #");
        while (strchr("hlqjzt", *at) != NULL && *at != '\0' && count < 60)
            out[count++] = *at++;
        assert_true(count < 60);
        out[count++] = *at;
    }
    out[count] = '\0';
}

static void each_text_has_both_languages_and_the_same_arguments(void **state)
{
    (void)state;
    for (int id = TEXT_NONE + 1; id < TEXT_END; id++) {
        char english[64], french[64];
        const char *text = text_in(LANGUAGE_ENGLISH, (enum text_id)id);
        const char *texte = text_in(LANGUAGE_FRENCH, (enum text_id)id);
        assert_true(*text != '\0');
        assert_true(*texte != '\0');
        conversions(text, english);
        conversions(texte, french);
        if (strcmp(english, french) != 0)
            fail_msg("“%s” and “%s” take different arguments", text, texte);
    }
}

static void conversions_are_told_apart(void **state)
{
    (void)state;
    char found[64];
    conversions("%s 100 %% %02d %" PRId64 " %c", found);
    assert_string_equal(found, "sdldc");
}

static void texts_are_found_by_name(void **state)
{
    (void)state;
    assert_int_equal(text_named("FIELD_", "title", 5), TEXT_FIELD_title);
    assert_int_equal(text_named("FIELD_", "titles", 6), TEXT_NONE);
    assert_int_equal(text_named("RESULT_", "created and more", 7), TEXT_RESULT_created);
    assert_int_equal(text_named("FIELD_", "", 0), TEXT_NONE);
}

static void assert_labels(const struct record_type *type)
{
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        if (text_named("FIELD_", field->name, strlen(field->name)) == TEXT_NONE)
            fail_msg("texts_records.h has no FIELD_%s", field->name);
        if (field->choices != NULL)
            for (unsigned c = 0; c < field->choices->count; c++) {
                const char *name = field->choices->names[c];
                assert_non_null(
                    choice_label(field->choices, (struct text){name, (uint32_t)strlen(name)}));
            }
        if (field->record != NULL)
            assert_labels(field->record);
    }
}

static void each_field_of_a_record_has_a_label(void **state)
{
    (void)state;
    for (uint8_t kind = KIND_ABSENT + 1; kind < KIND_END; kind++)
        assert_labels(kind_info(kind)->record);
}

static void each_state_has_a_label(void **state)
{
    (void)state;
    for (uint8_t kind = KIND_ABSENT + 1; kind < KIND_END; kind++)
        for (const char *at = kind_info(kind)->states; *at != '\0';) {
            size_t size = strcspn(at, ",");
            assert_true(*state_label((struct text){at, (uint32_t)size}) != '\0');
            at += size;
            at += *at == ',';
        }
}

static void the_environment_chooses_the_language(void **state)
{
    (void)state;
    static const struct {
        const char *all, *messages, *lang;
        enum text_language language;
    } cases[] = {
        {NULL, NULL, NULL, LANGUAGE_ENGLISH},         {NULL, NULL, "fr_FR.UTF-8", LANGUAGE_FRENCH},
        {"C", "fr_FR", "fr_FR", LANGUAGE_ENGLISH},    {"", "fr", "en_GB", LANGUAGE_FRENCH},
        {"fr_BE", "en_GB", "en_GB", LANGUAGE_FRENCH}, {NULL, "de_DE", "fr_FR", LANGUAGE_ENGLISH},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsetenv("LC_ALL");
        unsetenv("LC_MESSAGES");
        unsetenv("LANG");
        if (cases[i].all != NULL)
            setenv("LC_ALL", cases[i].all, 1);
        if (cases[i].messages != NULL)
            setenv("LC_MESSAGES", cases[i].messages, 1);
        if (cases[i].lang != NULL)
            setenv("LANG", cases[i].lang, 1);
        assert_int_equal(language_of_environment(), cases[i].language);
    }
}

static void dates_are_written_as_people_do(void **state)
{
    (void)state;
    static const struct {
        enum text_language language;
        const char *wire, *shown;
    } cases[] = {
        {LANGUAGE_ENGLISH, "2026-11-22", "2026-11-22"},
        {LANGUAGE_FRENCH, "2026-11-22", "22/11/2026"},
        {LANGUAGE_FRENCH, "2026-11-22T06:15:00.000Z", "22/11/2026 06:15 UTC"},
        {LANGUAGE_ENGLISH, "2026-11-22T06:15:00.000Z", "2026-11-22 06:15 UTC"},
        {LANGUAGE_FRENCH, "soon", "soon"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        texts_speak(cases[i].language);
        char *shown = date_in_words((struct text){cases[i].wire, (uint32_t)strlen(cases[i].wire)});
        assert_string_equal(shown, cases[i].shown);
        free(shown);
    }
}

static void what_was_expected_is_said_in_french(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"text of 1 to 200 bytes", "un texte de 1 à 200 octets"},
        {"text of 5 bytes", "un texte de 5 octets"},
        {"integer -3..4", "un nombre entier de -3 à 4"},
        {"one of cdi, cdd", "parmi cdi, cdd"},
        {"nearest: html (HTML)", "les plus proches : html (HTML)"},
        {"date such as 2026-11-22", "une date comme 2026-11-22"},
        {"a learner or an offer, such as L1042 or O7",
         "un apprenant ou une offre, comme L1042 ou O7"},
        {"the `next` of a page before", "le « next » d'une page précédente"},
        {"something new", "something new"},
        {"a\033b", "a b"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        texts_speak(LANGUAGE_FRENCH);
        char *french = expected_in_words(cases[i][0]);
        assert_string_equal(french, cases[i][1]);
        texts_speak(LANGUAGE_ENGLISH);
        char *english = expected_in_words(cases[i][0]);
        assert_string_equal(english, strchr(cases[i][0], '\033') != NULL ? "a b" : cases[i][0]);
        free(french);
        free(english);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_text_has_both_languages_and_the_same_arguments),
        cmocka_unit_test(conversions_are_told_apart),
        cmocka_unit_test(texts_are_found_by_name),
        cmocka_unit_test(each_field_of_a_record_has_a_label),
        cmocka_unit_test(each_state_has_a_label),
        cmocka_unit_test(the_environment_chooses_the_language),
        cmocka_unit_test(dates_are_written_as_people_do),
        cmocka_unit_test(what_was_expected_is_said_in_french),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
