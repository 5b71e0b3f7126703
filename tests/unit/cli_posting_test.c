#include "cli/html_text.h"
#include "cli/posting.h"
#include "cli/tree.h"
#include "proto/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TODAY = 20779 };

static struct arena *arena;
static struct row_findings findings;
static struct offer offer;
static json_t *object;

static bool read_json(const char *json)
{
    json_error_t error;
    json_decref(object);
    object = json_loads(json, 0, &error);
    if (!object)
        fail_msg("%s", error.text);
    struct row_context context = {arena, TODAY, 1000};
    offer = (struct offer){0};
    struct posting posting = {.context = &context,
                              .source = {"fichier", 7},
                              .offer = &offer,
                              .findings = &findings,
                              .line = 4,
                              .column = 2,
                              .path = "resultats[3]"};
    return posting_read(&posting, object);
}

static void assert_text(struct text text, const char *expected)
{
    char *copy = strndup(text.data ? text.data : "", text.data ? text.size : 0);
    assert_string_equal(copy, expected);
    free(copy);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(1024 * 1024);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    json_decref(object);
    object = NULL;
    return 0;
}

/* -- France Travail -----------------------------------------------------------------------------
 */

static const char whole[] =
    "{\"id\":\"198XKLM\",\"intitule\":\"Développeur web (H/F)\",\"description\":\"Des sites.\","
    "\"dateCreation\":\"2025-11-10T08:12:33.000Z\",\"dateActualisation\":\"2025-11-12T09:00:00Z\","
    "\"lieuTravail\":{\"libelle\":\"59 - Lille\",\"latitude\":50.633,\"longitude\":3.0588,"
    "\"codePostal\":\"59000\",\"commune\":\"59350\"},\"romeCode\":\"M1855\","
    "\"entreprise\":{\"nom\":\"Société Inventée\"},\"typeContrat\":\"CDD\","
    "\"typeContratLibelle\":\"CDD - 6 Mois\",\"natureContrat\":\"Contrat travail\","
    "\"experienceExige\":\"E\",\"experienceLibelle\":\"2 An(s)\","
    "\"formations\":[{\"niveauLibelle\":\"Bac+5\",\"exigence\":\"E\"}],"
    "\"langues\":[{\"libelle\":\"Anglais\",\"exigence\":\"E\"},"
    "{\"libelle\":\"Espagnol\",\"exigence\":\"S\"}],"
    "\"permis\":[{\"libelle\":\"B - Véhicule léger\",\"exigence\":\"E\"}],"
    "\"competences\":[{\"code\":\"107981\",\"libelle\":\"Concevoir une application\","
    "\"exigence\":\"S\"},{\"libelle\":\"PHP\",\"exigence\":\"E\"}],"
    "\"qualitesProfessionnelles\":[{\"libelle\":\"Travail en équipe\"}],"
    "\"salaire\":{\"libelle\":\"Mensuel de 1801.80 Euros à 2000.00 Euros sur 12.0 mois\"},"
    "\"dureeTravailLibelle\":\"35H30 Horaires normaux\",\"nombrePostes\":2,\"accessibleTH\":true,"
    "\"deplacementLibelle\":\"Jamais\",\"offresManqueCandidats\":true,"
    "\"origineOffre\":{\"urlOrigine\":\"https://exemple.test/198XKLM\"},"
    "\"contact\":{\"nom\":\"Mme Inventée\",\"courriel\":\"ici@exemple.test\","
    "\"telephone\":\"03 00 00 00 00\"}}";

static void an_offer_of_france_travail(void **state)
{
    (void)state;
    int64_t observed;
    assert_true(read_json(whole));
    assert_int_equal(findings.total, 0);
    assert_text(offer.source, "francetravail");
    assert_text(offer.reference, "198XKLM");
    assert_true(time_parse("2025-11-12T09:00:00.000Z", 24, &observed));
    assert_int_equal(offer.observed_at, observed);
    assert_text(offer.title, "Développeur web (H/F)");
    assert_text(offer.employer_name, "Société Inventée");
    assert_text(offer.role, "M1855");
    assert_int_equal(offer.contract, CONTRACT_CDD);
    assert_text(offer.place.commune, "59350");
    assert_text(offer.place.postcode, "59000");
    assert_text(offer.place.town, "Lille");
    assert_int_equal(offer.place.latitude, 50633000);
    assert_int_equal(offer.place.longitude, 3058800);
    assert_int_equal(offer.experience_months, 24);
    assert_int_equal(offer.weekly_minutes, 35 * 60 + 30);
    assert_int_equal(offer.positions, 2);
    assert_int_equal(offer.pay.minimum, 180180);
    assert_int_equal(offer.pay.maximum, 200000);
    assert_int_equal(offer.pay.period, PERIOD_MONTH);
    assert_true(offer.disability_access && offer.few_candidates);
    assert_text(offer.travelling, "Jamais");
    assert_text(offer.url, "https://exemple.test/198XKLM");
}

static void its_lists(void **state)
{
    (void)state;
    assert_true(read_json(whole));
    assert_int_equal(offer.requirements.count, 3);
    const struct requirement *items = offer.requirements.items;
    assert_text(items[0].skill, "rome:107981");
    assert_text(items[0].words, "Concevoir une application");
    assert_false(items[0].required);
    assert_false(items[1].has.skill);
    assert_text(items[1].words, "PHP");
    assert_true(items[1].required);
    assert_text(items[2].words, "Travail en équipe");
    assert_false(items[2].required);
    assert_int_equal(offer.languages.count, 1);
    assert_text(offer.languages.items[0].code, "en");
    assert_int_equal(offer.licences.count, 1);
    assert_int_equal(offer.licences.items[0].category, LICENCE_B);
    assert_true(offer.licences.items[0].required);
}

/* Whom to call is sealed, and in no public text. */
static void its_contact_is_personal(void **state)
{
    (void)state;
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    assert_true(read_json(whole));
    assert_text(offer.contact.email, "ici@exemple.test");
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    assert_true(record_encode(&offer_type, &offer, PRIVACY_PUBLIC | PRIVACY_MATCHING, &packer));
    assert_null(memmem(buffer.data, buffer.size, "ici@", 4));
    assert_null(memmem(buffer.data, buffer.size, "03 00", 5));
    assert_null(memmem(buffer.data, buffer.size, "Mme", 3));
    assert_null(memmem(buffer.data, buffer.size, "Bac+5", 5));
    msgpack_sbuffer_destroy(&buffer);
}

static void contracts_of_france_travail(void **state)
{
    (void)state;
    static const struct {
        const char *type, *nature;
        unsigned contract;
    } cases[] = {
        {"CDI", "Contrat travail", CONTRACT_CDI},
        {"MIS", "Contrat travail", CONTRACT_TEMPORARY},
        {"DIN", "Contrat travail", CONTRACT_CDI},
        {"SAI", "Contrat travail", CONTRACT_CDD},
        {"DDI", "Contrat travail", CONTRACT_CDDI},
        {"CDD", "Insertion par l'activ.éco.", CONTRACT_CDDI},
        {"CDD", "Contrat apprentissage", CONTRACT_APPRENTICESHIP},
        {"CDD", "Cont. professionnalisation", CONTRACT_PROFESSIONALISATION},
        {"LIB", "Emploi non salarié", CONTRACT_FREELANCE},
        {"XYZ", "Contrat travail", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char json[256];
        snprintf(json, sizeof json,
                 "{\"id\":\"1\",\"intitule\":\"Poste\",\"typeContrat\":\"%s\","
                 "\"natureContrat\":\"%s\"}",
                 cases[i].type, cases[i].nature);
        assert_true(read_json(json));
        assert_int_equal(offer.contract, cases[i].contract);
        assert_int_equal(findings.total, cases[i].contract == 0);
    }
}

static void what_cannot_be_read_is_named(void **state)
{
    (void)state;
    char json[400];
    assert_true(read_json("{\"id\":7,\"intitule\":\"Poste\",\"nombrePostes\":\"beaucoup\","
                          "\"salaire\":{\"libelle\":\"Selon profil\"},\"lieuTravail\":null,"
                          "\"dureeTravailLibelle\":\"2H/jour\",\"permis\":[{\"libelle\":\"Z\"}]}"));
    assert_text(offer.reference, "7");
    assert_int_equal(offer.observed_at, 1000);
    assert_int_equal(findings.count, 2);
    assert_text(findings.item[0].header, "resultats[3].nombrePostes");
    assert_int_equal(findings.item[0].line, 4);
    assert_int_equal(findings.item[0].column, 2);
    assert_text(findings.item[1].header, "resultats[3].permis");
    assert_false(offer.has.positions || offer.has.pay || offer.has.weekly_minutes);
    assert_false(read_json("{\"id\":\"1\",\"intitule\":\"\"}"));
    assert_int_equal(findings.item[0].error.code, ERROR_MISSING_FIELD);
    assert_string_equal(findings.item[0].error.path, "resultats[3].title");
    snprintf(json, sizeof json, "{\"id\":\"%0*d\",\"intitule\":\"Poste\"}", 65, 1);
    assert_false(read_json(json));
}

/* -- schema.org ---------------------------------------------------------------------------------
 */

static void a_job_posting(void **state)
{
    (void)state;
    int32_t day;
    assert_true(read_json(
        "{\"@context\":\"https://schema.org\",\"@type\":\"JobPosting\",\"title\":\"Dev &amp; Co\","
        "\"url\":\"https://www.exemple.test/offres/12\",\"identifier\":{\"@type\":"
        "\"PropertyValue\",\"name\":\"Exemple\",\"value\":12},"
        "\"description\":\"&lt;p&gt;Vous &lt;b&gt;d&eacute;veloppez&lt;/b&gt;.&lt;/p&gt;\","
        "\"datePosted\":\"2025-11-01\",\"validThrough\":\"2025-12-31T23:59:59+01:00\","
        "\"employmentType\":[\"FULL_TIME\",\"INTERN\"],"
        "\"hiringOrganization\":{\"@type\":\"Organization\",\"name\":\"Exemple SARL\"},"
        "\"jobLocation\":[{\"@type\":\"Place\",\"address\":{\"addressLocality\":\"Seclin\","
        "\"postalCode\":\"59113\"},\"geo\":{\"latitude\":50.55,\"longitude\":3.03}}],"
        "\"jobLocationType\":\"TELECOMMUTE\",\"skills\":\"HTML, CSS; Git\","
        "\"qualifications\":\"Curieux\",\"experienceRequirements\":{\"monthsOfExperience\":\"24\"},"
        "\"educationRequirements\":\"Bac+5\",\"occupationalCategory\":\"M1855 - Web\","
        "\"baseSalary\":{\"currency\":\"EUR\",\"value\":{\"minValue\":1800,\"maxValue\":2000.5,"
        "\"unitText\":\"MONTH\"}},\"workHours\":\"35h\",\"totalJobOpenings\":3}"));
    assert_int_equal(findings.total, 0);
    assert_text(offer.source, "exemple.test");
    assert_text(offer.reference, "12");
    assert_text(offer.title, "Dev & Co");
    assert_text(offer.description, "Vous développez.\n\nCurieux");
    assert_text(offer.employer_name, "Exemple SARL");
    assert_true(date_parse("2025-12-31", 10, &day) && offer.closes_on == day);
    assert_int_equal(offer.contract, CONTRACT_INTERNSHIP);
    assert_int_equal(offer.remote, REMOTE_FULL);
    assert_text(offer.place.town, "Seclin");
    assert_text(offer.place.postcode, "59113");
    assert_int_equal(offer.place.latitude, 50550000);
    assert_int_equal(offer.requirements.count, 3);
    assert_text(offer.requirements.items[2].words, "Git");
    assert_int_equal(offer.experience_months, 24);
    assert_text(offer.role, "M1855");
    assert_int_equal(offer.pay.maximum, 200050);
    assert_int_equal(offer.weekly_minutes, 35 * 60);
    assert_int_equal(offer.positions, 3);
}

static void a_job_posting_of_few_words(void **state)
{
    (void)state;
    assert_true(read_json(
        "{\"@type\":[\"Thing\",\"http://schema.org/JobPosting\"],\"title\":\"Vendeur\","
        "\"hiringOrganization\":\"Magasin Inventé\",\"jobLocation\":{\"address\":\"59000 Lille\"},"
        "\"skills\":[{\"name\":\"Vente\"},\"Une phrase qui dit tout ce que la personne devra "
        "savoir "
        "faire, et plus encore, si elle le veut bien, dans ce magasin\"],"
        "\"baseSalary\":{\"currency\":\"USD\",\"value\":{\"value\":9,\"unitText\":\"HOUR\"}}}"));
    assert_text(offer.source, "fichier");
    assert_int_equal(offer.reference.size, 20);
    assert_text(offer.employer_name, "Magasin Inventé");
    assert_text(offer.place.town, "Lille");
    assert_int_equal(offer.requirements.count, 1);
    assert_memory_equal(offer.description.data, "Une phrase", 10);
    assert_false(offer.has.pay || offer.has.contract);
    char reference[21] = "", other[21] = "";
    memcpy(reference, offer.reference.data, 20);
    assert_true(read_json("{\"@type\":\"JobPosting\",\"title\":\"Vendeuse\"}"));
    memcpy(other, offer.reference.data, 20);
    assert_string_not_equal(reference, other);
    assert_false(read_json("{\"@type\":\"JobPosting\"}"));
}

static void forms_are_told_apart(void **state)
{
    (void)state;
    json_t *other = json_pack("{ss}", "@type", "Organization");
    assert_int_equal(posting_form_of(other), POSTING_NONE);
    json_decref(other);
    other = json_pack("{ssss}", "intitule", "Poste", "id", "1");
    assert_int_equal(posting_form_of(other), POSTING_FRANCE_TRAVAIL);
    json_decref(other);
    assert_int_equal(posting_form_of(NULL), POSTING_NONE);
}

/* -- values -------------------------------------------------------------------------------------
 */

static void times_with_and_without_zone(void **state)
{
    (void)state;
    static const struct {
        const char *text, *time;
    } cases[] = {
        {"2025-11-01", "2025-11-01T00:00:00.000Z"},
        {"2025-11-01T08:30", "2025-11-01T08:30:00.000Z"},
        {"2025-11-01T08:30:15.123Z", "2025-11-01T08:30:15.000Z"},
        {"2025-11-01T00:30:00+02:00", "2025-10-31T22:30:00.000Z"},
        {"2025-11-01T08:30:00-0130", "2025-11-01T10:00:00.000Z"},
        {"2025-13-01", NULL},
        {"hier", NULL},
        {"2025-11-01T08:30:00+xx:yy", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char printed[TIME_TEXT_SIZE] = "";
        int64_t ms;
        struct text text = {cases[i].text, (uint32_t)strlen(cases[i].text)};
        assert_int_equal(posting_time(text, &ms), cases[i].time != NULL);
        if (cases[i].time)
            time_print(ms, printed);
        assert_string_equal(printed, cases[i].time ? cases[i].time : "");
    }
}

static void html_becomes_text(void **state)
{
    (void)state;
    static const struct {
        const char *html, *text;
    } cases[] = {
        {"Du texte\n\n simple", "Du texte\n\n simple"},
        {"<p>Un</p>\n<p>deux   trois</p>", "Un\n\ndeux trois"},
        {"<ul><li>un</li><li>deux</li></ul>fin", "- un\n- deux\n\nfin"},
        {"a<br/>b<!-- <b>rien</b> -->c", "a\nbc"},
        {"<script>x()</script><style>p{}</style>texte", "texte"},
        {"R&amp;D &#233;t&#xe9; &nbsp;&inconnu; &#0; &", "R&D été  &inconnu; &#0; &"},
        {"&lt;p&gt;Deux&lt;br&gt;lignes&lt;/p&gt;", "Deux\nlignes"},
        {"3 < 4 > 2", "3 < 4 > 2"},
        {"<p>sans fin <b", "sans fin <b"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(
            html_to_text((struct text){cases[i].html, (uint32_t)strlen(cases[i].html)}, arena),
            cases[i].text);
}

/* Said once, not for each of them. */
static void more_skills_than_an_offer_holds(void **state)
{
    (void)state;
    char json[2000] = "{\"@type\":\"JobPosting\",\"title\":\"x\",\"skills\":[\"s\"";
    for (int i = 0; i < 99; i++)
        strcat(json, ",\"s\"");
    strcat(json, "]}");
    assert_true(read_json(json));
    assert_int_equal(offer.requirements.count, 60);
    assert_int_equal(findings.total, 1);
    assert_int_equal(findings.item[0].fault.what, TEXT_IMPORT_TOO_MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(more_skills_than_an_offer_holds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_offer_of_france_travail, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_lists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_contact_is_personal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(contracts_of_france_travail, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_job_posting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_job_posting_of_few_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forms_are_told_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(times_with_and_without_zone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_becomes_text, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
