#include "cli/import_item.h"
#include "cli/import_value.h"
#include "cli/import_words.h"
#include "proto/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(1 << 20);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* The records read from a text; fails unless there are that many. */
static void *read_items(const struct record_type *type, const char *text, unsigned expected)
{
    void *records = arena_alloc(arena, ITEM_RECORDS_MAX * type->size);
    unsigned count;
    enum item_result result = item_read(type, text_of_string(text), arena, records, &count);
    if (result != ITEM_READ || count != expected)
        fail_msg("%s: result %d, %u records", text, result, count);
    return records;
}

static void expect_unknown(const struct record_type *type, const char *text)
{
    char records[ITEM_RECORDS_MAX * 512] __attribute__((aligned(16))) = {0};
    unsigned count;
    assert_true(type->size <= 512);
    if (item_read(type, text_of_string(text), arena, records, &count) != ITEM_UNKNOWN)
        fail_msg("%s was understood", text);
}

static void expect_text(struct text text, const char *expected)
{
    if (text.size != strlen(expected) || memcmp(text.data, expected, text.size) != 0)
        fail_msg("%.*s is not %s", (int)text.size, text.data, expected);
}

static void claims(void **state)
{
    (void)state;
    struct claim *claim = read_items(&claim_type, "modo Discord", 1);
    expect_text(claim->words, "modo Discord");
    assert_false(claim->has.level);
    claim = read_items(&claim_type, "Excel (confirmé)", 1);
    expect_text(claim->words, "Excel");
    assert_int_equal(claim->level, 3);
    claim = read_items(&claim_type, "Python : 4", 1);
    expect_text(claim->words, "Python");
    assert_int_equal(claim->level, 4);
    claim = read_items(&claim_type, "Outils (Kafka, Flink)", 1);
    expect_text(claim->words, "Outils (Kafka, Flink)");
    claim = read_items(&claim_type, "rome:100341:2", 1);
    expect_text(claim->skill, "rome:100341");
    assert_int_equal(claim->level, 2);
    assert_false(claim->has.words);
    read_items(&claim_type, "Néant", 0);
}

static void requirements(void **state)
{
    (void)state;
    struct requirement *need = read_items(&requirement_type, "rome:100341:E", 1);
    expect_text(need->skill, "rome:100341");
    assert_true(need->has.required && need->required);
    need = read_items(&requirement_type, "Outil informatique:S", 1);
    expect_text(need->words, "Outil informatique");
    assert_true(need->has.required && !need->required);
    need = read_items(&requirement_type, "Être à l'écoute, faire preuve d'empathie", 1);
    expect_text(need->words, "Être à l'écoute, faire preuve d'empathie");
    assert_false(need->has.required);
    need = read_items(&requirement_type, "HTML (obligatoire)", 1);
    expect_text(need->words, "HTML");
    assert_true(need->required);
}

static void licences(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned category;
    } cases[] = {
        {"B", LICENCE_B},
        {"Permis B", LICENCE_B},
        {"permis de conduire B", LICENCE_B},
        {"oui", LICENCE_B},
        {"B - Véhicule léger", LICENCE_B},
        {"B mention 79.06 (= EB)", LICENCE_BE},
        {"CE - Poids lourd + remorque (= EC)", LICENCE_CE},
        {"DE - Transport de personnes + remorque (= ED)", LICENCE_DE},
        {"A2", LICENCE_A2},
        {"BSR", LICENCE_AM},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct licence *licence = read_items(&licence_type, cases[i].text, 1);
        if (licence->category != cases[i].category || licence->has.holding)
            fail_msg("%s: %u", cases[i].text, licence->category);
    }
    struct licence *licence = read_items(&licence_type, "B (en cours)", 1);
    assert_int_equal(licence->category, LICENCE_B);
    assert_int_equal(licence->holding, HOLDING_IN_PROGRESS);
    read_items(&licence_type, "non", 0);
    expect_unknown(&licence_type, "peut-être");
    struct licence_need *need = read_items(&licence_need_type, "B - Véhicule léger:E", 1);
    assert_int_equal(need->category, LICENCE_B);
    assert_true(need->required);
}

static void languages(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
        unsigned level;
    } cases[] = {
        {"Anglais", "en", 0},
        {"anglais courant", "en", CEFR_C1},
        {"Anglais : B2", "en", CEFR_B2},
        {"Espagnol (scolaire)", "es", CEFR_A2},
        {"en", "en", 0},
        {"DE B1", "de", CEFR_B1},
        {"arabe langue maternelle", "ar", CEFR_NATIVE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct language *language = read_items(&language_type, cases[i].text, 1);
        expect_text(language->code, cases[i].code);
        if (language->level != cases[i].level)
            fail_msg("%s: %u", cases[i].text, language->level);
    }
    read_items(&language_type, "français", 0);
    expect_unknown(&language_type, "klingon");
}

static void travels(void **state)
{
    (void)state;
    struct travel *travel = read_items(&travel_type, "30 km", 1);
    assert_int_equal(travel->radius_km, 30);
    assert_false(travel->has.mode);
    travel = read_items(&travel_type, "vélo : 5", 1);
    assert_int_equal(travel->radius_km, 5);
    assert_int_equal(travel->mode, MODE_BICYCLE);
    travel = read_items(&travel_type, "Transports en commun 15 km", 1);
    assert_int_equal(travel->mode, MODE_PUBLIC_TRANSPORT);
    expect_unknown(&travel_type, "Métropole");
    expect_unknown(&travel_type, "dragon 30");
}

static void places(void **state)
{
    (void)state;
    static const struct {
        const char *text, *department, *postcode, *town;
    } cases[] = {
        {"59 - Croix", "59", NULL, "Croix"},
        {"75 - Paris 9e Arrondissement", "75", NULL, "Paris 9e Arrondissement"},
        {"75 - PARIS 09", "75", NULL, "PARIS 09"},
        {"Île-de-France", NULL, NULL, "Île-de-France"},
        {"2a - Ajaccio", "2A", NULL, "Ajaccio"},
        {"974 - Saint-Denis", "974", NULL, "Saint-Denis"},
        {"59000 Lille", NULL, "59000", "Lille"},
        {"Lille (59000)", NULL, "59000", "Lille"},
        {"Lille (59)", "59", NULL, "Lille"},
        {"59", "59", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place *place = read_items(&place_type, cases[i].text, 1);
        assert_int_equal(place->has.department, cases[i].department != NULL);
        assert_int_equal(place->has.postcode, cases[i].postcode != NULL);
        assert_int_equal(place->has.town, cases[i].town != NULL);
        if (cases[i].department)
            expect_text(place->department, cases[i].department);
        if (cases[i].postcode)
            expect_text(place->postcode, cases[i].postcode);
        if (cases[i].town)
            expect_text(place->town, cases[i].town);
    }
}

static void weeks(void **state)
{
    (void)state;
    struct hours *hours = read_items(&hours_type, "lun-ven 9h-12h 14h-18h30", 10);
    assert_int_equal(hours[0].day, DAY_MONDAY);
    assert_int_equal(hours[4].day, DAY_FRIDAY);
    assert_int_equal(hours[4].from, 540);
    assert_int_equal(hours[9].to, 18 * 60 + 30);
    hours = read_items(&hours_type, "lundi, jeudi de 8h30 à 12h", 2);
    assert_int_equal(hours[1].day, DAY_THURSDAY);
    hours = read_items(&hours_type, "lundi 9h-12h mardi 10:00-11:00", 2);
    assert_int_equal(hours[1].day, DAY_TUESDAY);
    assert_int_equal(hours[1].from, 600);
    hours = read_items(&hours_type, "du lundi au vendredi de 9h à 17h", 5);
    expect_unknown(&hours_type, "lundi");
    expect_unknown(&hours_type, "9h-12h");
    expect_unknown(&hours_type, "lundi 12h-9h");
    expect_unknown(&hours_type, "lun-dim 1h-2h 3h-4h 5h-6h 7h-8h");
}

static void rhythms_and_pay(void **state)
{
    (void)state;
    struct rhythm *rhythm =
        read_items(&rhythm_type, "3 jours en entreprise / 2 jours à l'école", 1);
    assert_int_equal(rhythm->company_days, 3);
    assert_int_equal(rhythm->school_days, 2);
    rhythm = read_items(&rhythm_type, "1 semaine école, 3 semaines entreprise", 1);
    assert_int_equal(rhythm->company_days, 15);
    assert_int_equal(rhythm->school_days, 5);
    expect_unknown(&rhythm_type, "3 jours");
    struct pay *pay = read_items(&pay_type, "1 801,80 € brut par mois", 1);
    assert_int_equal(pay->minimum, 180180);
    assert_int_equal(pay->maximum, 180180);
    assert_int_equal(pay->period, PERIOD_MONTH);
    pay = read_items(&pay_type, "30-35 k€", 1);
    assert_int_equal(pay->minimum, 3000000);
    assert_int_equal(pay->maximum, 3500000);
    assert_int_equal(pay->period, PERIOD_YEAR);
    pay = read_items(&pay_type, "12 €/h", 1);
    assert_int_equal(pay->minimum, 1200);
    assert_int_equal(pay->period, PERIOD_HOUR);
    expect_unknown(&pay_type, "selon profil");
}

static unsigned choice(const struct record_type *type, const char *name, const char *text)
{
    const struct field *field = field_of_name(type, name, strlen(name), 0);
    assert_non_null(field);
    return words_choice(field->choices, text_of_string(text));
}

static void words_of_closed_lists(void **state)
{
    (void)state;
    assert_int_equal(choice(&offer_type, "contract", "CDI"), CONTRACT_CDI);
    assert_int_equal(choice(&offer_type, "contract", "CDD de 6 mois"), CONTRACT_CDD);
    assert_int_equal(choice(&offer_type, "contract", "CDD d'insertion"), CONTRACT_CDDI);
    assert_int_equal(choice(&offer_type, "contract", "Mission d'intérim"), CONTRACT_TEMPORARY);
    assert_int_equal(choice(&offer_type, "contract", "bénévolat"), 0);
    assert_int_equal(choice(&statistics_type, "gender", "Mme"), GENDER_FEMALE);
    assert_int_equal(choice(&statistics_type, "gender", "H"), GENDER_MALE);
    assert_int_equal(choice(&statistics_type, "diploma", "Bac +2"), DIPLOMA_LEVEL_5);
    assert_int_equal(choice(&statistics_type, "diploma", "bac+2"), DIPLOMA_LEVEL_5);
    assert_int_equal(choice(&statistics_type, "diploma", "Niveau IV (bac)"), DIPLOMA_LEVEL_4);
    assert_int_equal(choice(&statistics_type, "diploma", "BTS SIO"), DIPLOMA_LEVEL_5);
    assert_int_equal(choice(&statistics_type, "status", "Demandeur(se) d'emploi"),
                     STATUS_JOB_SEEKER);
    assert_int_equal(choice(&statistics_type, "status", "long_term_job_seeker"),
                     STATUS_LONG_TERM_JOB_SEEKER);
    assert_int_equal(choice(&employer_type, "size", "10-49"), SIZE_SMALL);
    assert_int_equal(choice(&employer_type, "size", "12"), SIZE_SMALL);
    assert_int_equal(choice(&employer_type, "size", "TPE"), SIZE_MICRO);
    assert_int_equal(choice(&offer_type, "remote", "télétravail partiel"), REMOTE_PARTIAL);
    assert_int_equal(words_level(text_of_string("Débutant")), 1);
    assert_int_equal(words_level(text_of_string("3/4")), 3);
    assert_int_equal(words_level(text_of_string("Discord")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims),
        cmocka_unit_test(requirements),
        cmocka_unit_test(licences),
        cmocka_unit_test(languages),
        cmocka_unit_test(travels),
        cmocka_unit_test(places),
        cmocka_unit_test(weeks),
        cmocka_unit_test(rhythms_and_pay),
        cmocka_unit_test(words_of_closed_lists),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
