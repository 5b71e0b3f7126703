/* Texts lead to skills and constraints. */
#include "matching/recogniser.h"
#include "matching_support.h"

#include "matching/fold.h"
#include "matching/recognise_calendar.h"
#include "matching/recognise_cues.h"
#include "matching/recognise_senses.h"
#include "matching/recognise_words.h"

#include "proto/choices.h"

enum { TODAY = 20783 }; /* Thursday, 26 November 2026 */

static void put_skill(struct referential_build *build, const char *id, const char *french,
                      const char *english, const char *alias)
{
    assert_true(referential_build_skill(build, id, french, english));
    assert_true(referential_build_skill_alias(build, id, alias));
}

static struct support_catalogue make_catalogue(void)
{
    struct referential_build *build = referential_build_create();
    put_skill(build, "cabling", "Câblage réseau", "Network cabling", "tirer des câbles");
    put_skill(build, "css", "CSS", "CSS", "feuilles de style");
    put_skill(build, "docker", "Docker", "Docker", "conteneurs");
    assert_true(referential_build_skill_alias(build, "css", "CSS/Docker"));
    put_skill(build, "cpp", "C++", "C++", "langage C++");
    assert_true(referential_build_skill(build, "rome:1", "Tirage de câbles", NULL));
    assert_true(referential_build_skill_link(build, "cabling", "rome:1", LINK_SAME));
    return support_catalogue_finish(build);
}

/* One text read. */
struct read_text {
    struct support_catalogue catalogue;
    struct recogniser *recogniser;
    struct recognition found;
    const char *text;
};

static struct read_text *read_as(const char *text, enum recognised_text kind)
{
    struct read_text *read = calloc(1, sizeof *read);
    assert_non_null(read);
    read->catalogue = make_catalogue();
    read->recogniser = recogniser_create(read->catalogue.referential, NULL);
    assert_non_null(read->recogniser);
    read->text = text;
    recogniser_read(read->recogniser, text, strlen(text), kind, RECOGNISED_ANY_LANGUAGE, TODAY,
                    &read->found);
    return read;
}

static struct read_text *read_offer(const char *text)
{
    return read_as(text, RECOGNISED_OFFER);
}

static void read_end(struct read_text *read)
{
    recogniser_free(read->recogniser);
    support_catalogue_close(&read->catalogue);
    free(read);
}

static void assert_span(const struct read_text *read, struct text_span span, const char *expected)
{
    assert_int_equal(span.end - span.start, strlen(expected));
    assert_memory_equal(read->text + span.start, expected, strlen(expected));
}

static void assert_skill(const struct read_text *read, unsigned index, const char *id,
                         const char *span)
{
    assert_true(index < read->found.skill_count);
    const struct recognised_skill *skill = &read->found.skills[index];
    assert_string_equal(referential_skill_id(read->catalogue.referential, skill->skill), id);
    assert_span(read, skill->span, span);
}

static void phrases_are_found_in_other_forms(void **state)
{
    (void)state;
    struct read_text *read = read_offer("Vous tirez les câbles, CSS et câblages réseaux ; C++");
    assert_int_equal(read->found.skill_count, 4);
    assert_skill(read, 0, "cabling", "tirez les câbles");
    assert_skill(read, 1, "css", "CSS");
    assert_skill(read, 2, "cabling", "câblages réseaux");
    assert_skill(read, 3, "cpp", "C++");
    read_end(read);
}

static void names_in_a_row_are_skills_of_their_own(void **state)
{
    (void)state;
    struct read_text *read = read_offer("CSS et Docker");
    assert_int_equal(read->found.skill_count, 2);
    assert_skill(read, 0, "css", "CSS");
    assert_skill(read, 1, "docker", "Docker");
    read_end(read);
}

static void same_skills_are_one(void **state)
{
    (void)state;
    struct read_text *read = read_offer("tirage de câbles");
    assert_int_equal(read->found.skill_count, 1);
    assert_skill(read, 0, "cabling", "tirage de câbles");
    read_end(read);
}

static void wishes_and_denials(void **state)
{
    (void)state;
    struct read_text *read = read_offer("CSS. Docker serait un plus. Pas besoin de C++.");
    assert_int_equal(read->found.skill_count, 3);
    assert_true(read->found.skills[0].required);
    assert_false(read->found.skills[1].required);
    assert_false(read->found.skills[1].negated);
    assert_true(read->found.skills[2].negated);
    read_end(read);
}

static void licences(void **state)
{
    (void)state;
    struct read_text *read =
        read_offer("Permis B et BE exigés, à discuter. Permis C non demandé. CDI ou CDD");
    assert_int_equal(read->found.licence_count, 3);
    assert_int_equal(read->found.licences[0].code, LICENCE_B);
    assert_span(read, read->found.licences[0].span, "Permis B");
    assert_true(read->found.licences[0].required);
    assert_int_equal(read->found.licences[1].code, LICENCE_BE);
    assert_int_equal(read->found.licences[2].code, LICENCE_C);
    assert_true(read->found.licences[2].negated);
    assert_int_equal(read->found.contract_count, 2);
    assert_int_equal(read->found.contracts[0].values, CHOICE_BIT(CONTRACT_CDI));
    assert_int_equal(read->found.contracts[1].values, CHOICE_BIT(CONTRACT_CDD));
    read_end(read);
}

static void hours(void **state)
{
    (void)state;
    struct read_text *read =
        read_offer("37h30 par semaine, du lundi au jeudi, 7h30-16h, appelez après 18 h");
    assert_int_equal(read->found.hours_count, 3);
    assert_int_equal(read->found.hours[0].weekly_minutes, 37 * 60 + 30);
    assert_int_equal(read->found.hours[1].days, CHOICE_BIT(DAY_MONDAY) | CHOICE_BIT(DAY_TUESDAY) |
                                                    CHOICE_BIT(DAY_WEDNESDAY) |
                                                    CHOICE_BIT(DAY_THURSDAY));
    assert_int_equal(read->found.hours[2].from, 7 * 60 + 30);
    assert_int_equal(read->found.hours[2].to, 16 * 60);
    assert_span(read, read->found.hours[2].span, "7h30-16h");
    read_end(read);
}

static void a_text_that_is_too_long_is_cut(void **state)
{
    (void)state;
    size_t size = RECOGNISER_TEXT_MAX + 100;
    char *text = calloc(1, size + 1);
    assert_non_null(text);
    for (size_t i = 0; i < size; i += 2)
        memcpy(text + i, "\xC3\xA9", 2);
    memcpy(text, "xCSS ", 4);
    struct read_text *read = read_offer(text);
    assert_int_equal(read->found.size, RECOGNISER_TEXT_MAX);
    read_end(read);
    free(text);
}

/* Days from the text's to the date found. */
static void assert_start(const char *text, int32_t days, enum recognised_precision precision)
{
    struct read_text *read = read_offer(text);
    if (read->found.start.day - TODAY != days || read->found.start.precision != precision)
        fail_msg("%s: %d", text, (int)(read->found.start.day - TODAY));
    read_end(read);
}

static void beginnings(void **state)
{
    (void)state;
    assert_start("dispo lundi", 4, PRECISION_DAY);
    assert_start("démarrage jeudi", 7, PRECISION_DAY);
    assert_start("dès demain", 1, PRECISION_DAY);
    assert_start("à partir de la semaine prochaine", 4, PRECISION_WEEK);
    assert_start("début dans 15 jours", 14, PRECISION_WEEK);
    assert_start("le 1er décembre", 5, PRECISION_DAY);
    assert_start("Prise de poste : 01/12/2026, candidature avant le 27 novembre", 5, PRECISION_DAY);
    assert_start("starting 3rd of December 2026, on site", 7, PRECISION_DAY);
    assert_start("en décembre", 5, PRECISION_MONTH);
    assert_start("fin novembre", 4, PRECISION_MONTH);
    assert_start("poste à pourvoir dès que possible", 0, PRECISION_DAY);
}

static void no_beginnings(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Entretiens le 3 décembre", "depuis mars", "open Sundays",
        "We may march on",          "du 24/7",     "CV avant le 1er décembre"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct read_text *read = read_offer(texts[i]);
        if (read->found.start.day != RECOGNISED_NO_DAY)
            fail_msg("%s", texts[i]);
        read_end(read);
    }
}

static void from_one_day_to_another(void **state)
{
    (void)state;
    struct read_text *read = read_offer("Contrat du 5 janvier au 3 juillet 2027");
    assert_int_equal(read->found.start.day, calendar_days((struct civil_date){2027, 1, 5}));
    assert_int_equal(read->found.end.day, calendar_days((struct civil_date){2027, 7, 3}));
    read_end(read);
}

static void the_calendar(void **state)
{
    (void)state;
    assert_int_equal(calendar_days((struct civil_date){1970, 1, 1}), 0);
    assert_int_equal(calendar_weekday(TODAY), 4);
    assert_int_equal(calendar_month_length(2028, 2), 29);
    assert_false(calendar_valid((struct civil_date){2027, 2, 29}));
    for (int32_t day = -200000; day < 200000; day += 97)
        assert_int_equal(calendar_days(calendar_date(day)), day);
}

static void private_data(void **state)
{
    (void)state;
    struct read_text *read = read_offer(
        "Demander Sofiane au +33 6 39 98 12 34 ou 07.00.00.41.88, rh@site.example, Mme Durand. "
        "Le 01/04/2026 à 10 heures, 35 h, 1 950 à 2 300 euros.");
    static const char *const spans[] = {"Sofiane", "+33 6 39 98 12 34", "07.00.00.41.88",
                                        "rh@site.example", "Mme Durand"};
    assert_int_equal(read->found.private_count, 5);
    for (unsigned i = 0; i < 5; i++)
        assert_span(read, read->found.privates[i].span, spans[i]);
    assert_false(read->found.private_overflow);
    read_end(read);
}

static void more_private_data_than_fits_is_told(void **state)
{
    (void)state;
    static const char number[] = "0639981234, ";
    char *text = calloc(RECOGNISED_PRIVATE_MAX + 2, sizeof number);
    assert_non_null(text);
    for (size_t i = 0; i <= RECOGNISED_PRIVATE_MAX; i++)
        memcpy(text + i * (sizeof number - 1), number, sizeof number - 1);
    struct read_text *read = read_offer(text);
    assert_true(read->found.private_overflow);
    read_end(read);
    free(text);
}

static unsigned wishes_of(const char *text, enum recognised_wish kind)
{
    struct read_text *read = read_offer(text);
    unsigned count = 0;
    for (unsigned i = 0; i < read->found.flag_count; i++)
        count += read->found.flags[i].kind == kind;
    read_end(read);
    return count;
}

static void unlawful_wishes(void **state)
{
    (void)state;
    assert_int_equal(wishes_of("jeune homme de préférence", WISH_SEX), 1);
    assert_int_equal(wishes_of("jeune homme de préférence", WISH_AGE), 1);
    assert_int_equal(wishes_of("Vendeur (H/F), homme ou femme", WISH_SEX), 0);
    assert_int_equal(wishes_of("une jeune équipe cherche un vendeur", WISH_AGE), 0);
    assert_int_equal(wishes_of("profil de 25 à 35 ans", WISH_AGE), 1);
    assert_int_equal(wishes_of("Apprenti de moins de 30 ans", WISH_AGE), 0);
    assert_int_equal(wishes_of("5 ans d'expérience minimum", WISH_AGE), 0);
    assert_int_equal(wishes_of("Pas de Portugais", WISH_ORIGIN), 1);
    assert_int_equal(wishes_of("EU nationals only", WISH_NATIONALITY), 1);
    assert_int_equal(wishes_of("célibataire sans enfant", WISH_FAMILY), 2);
}

static void languages_and_authorisations(void **state)
{
    (void)state;
    struct read_text *read =
        read_offer("Anglais B2 exigé, arabe ou turc : un plus. Doc en anglais. "
                   "Habilitations B1V BR, CACES 1, 3, SST appréciée.");
    assert_int_equal(read->found.language_count, 3);
    assert_string_equal(read->found.languages[0].code, "en");
    assert_int_equal(read->found.languages[0].level, CEFR_B2);
    assert_true(read->found.languages[0].required);
    assert_false(read->found.languages[1].required);
    assert_false(read->found.languages[2].required);
    assert_int_equal(read->found.authorisation_count, 4);
    assert_int_equal(read->found.authorisations[0].name, AUTHORISATION_B1V);
    assert_int_equal(read->found.authorisations[1].name, AUTHORISATION_BR);
    assert_int_equal(read->found.authorisations[2].name, AUTHORISATION_CACES_R489);
    assert_int_equal(read->found.authorisations[3].name, AUTHORISATION_FIRST_AID);
    assert_false(read->found.authorisations[3].required);
    read_end(read);
}

static void conditions(void **state)
{
    (void)state;
    struct read_text *read = read_offer(
        "3 semaines en entreprise / 1 semaine à l'école. Télétravail 2 jours par semaine. "
        "1 à 3 ans d'expérience. Majeur obligatoire. Poste basé à Saint-Rémy.");
    assert_int_equal(read->found.rhythm.company_days, 15);
    assert_int_equal(read->found.rhythm.school_days, 5);
    assert_int_equal(read->found.remote.value, REMOTE_PARTIAL);
    assert_int_equal(read->found.experience.years_tenth, 10);
    assert_true(read->found.adults_only.end > read->found.adults_only.start);
    assert_int_equal(read->found.place_count, 1);
    assert_string_equal(read->found.places[0].town, "Saint-Rémy");
    read_end(read);
}

static void typing_errors(void **state)
{
    (void)state;
    struct read_text *read = read_offer("tirer des cables, cablages résaux, conteneures");
    assert_int_equal(read->found.skill_count, 2);
    assert_skill(read, 0, "cabling", "tirer des cables");
    assert_skill(read, 1, "docker", "conteneures");
    read_end(read);
}

static void forms_of_words(void **state)
{
    (void)state;
    assert_true(recognise_same_word("autonome", 8, "autonomes", 9));
    assert_true(recognise_same_word("rigoureux", 9, "rigoureuse", 10));
    assert_true(recognise_same_word("encaisser", 9, "encaissez", 9));
    assert_false(recognise_same_word("vente", 5, "vent", 4));
    assert_false(recognise_same_word("log", 3, "loge", 4));
}

/* Each phrase of a table is as text is folded; else it would never be found. */
static void assert_folded(const char *phrases)
{
    char folded[8192];
    size_t size = strlen(phrases);
    assert_true(size < sizeof folded);
    for (const char *at = phrases; *at; at++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789+# |", *at))
            fail_msg("%s: %c", phrases, *at);
    assert_null(strstr(phrases, "  "));
    assert_null(strstr(phrases, "||"));
    assert_true(fold_text(phrases, size, folded, sizeof folded) == size);
}

static void tables_are_in_folded_form(void **state)
{
    (void)state;
    for (unsigned i = 0; i < cue_row_count; i++)
        assert_folded(cue_rows[i].phrases);
    for (unsigned i = 0; i < sense_row_count; i++)
        assert_folded(sense_rows[i].phrases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_are_found_in_other_forms),
        cmocka_unit_test(names_in_a_row_are_skills_of_their_own),
        cmocka_unit_test(same_skills_are_one),
        cmocka_unit_test(wishes_and_denials),
        cmocka_unit_test(licences),
        cmocka_unit_test(hours),
        cmocka_unit_test(a_text_that_is_too_long_is_cut),
        cmocka_unit_test(beginnings),
        cmocka_unit_test(no_beginnings),
        cmocka_unit_test(from_one_day_to_another),
        cmocka_unit_test(the_calendar),
        cmocka_unit_test(private_data),
        cmocka_unit_test(more_private_data_than_fits_is_told),
        cmocka_unit_test(unlawful_wishes),
        cmocka_unit_test(languages_and_authorisations),
        cmocka_unit_test(conditions),
        cmocka_unit_test(typing_errors),
        cmocka_unit_test(forms_of_words),
        cmocka_unit_test(tables_are_in_folded_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
