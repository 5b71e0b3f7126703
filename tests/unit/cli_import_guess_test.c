#include "cli/import_guess.h"
#include "cli/import_rows.h"
#include "cli/tree.h"
#include "proto/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The map proposed for a table; free() it. */
static char *guess(uint8_t kind, const char *text, int refused)
{
    struct table_options options = {0};
    struct table_problem problem;
    struct table *table = table_open_bytes(text, strlen(text), &options, &problem);
    struct table_sample *sample = table_sample_create();
    assert_non_null(table);
    assert_non_null(sample);
    struct table_row row;
    while (table_next(table, &row, &problem) == TABLE_ROW)
        table_sample_add(sample, &row);
    bool out[TABLE_COLUMNS_MAX] = {false};
    if (refused >= 0)
        out[refused] = true;
    char *map = guess_map(kind, table_header(table), sample, out, "liste");
    assert_non_null(map);
    struct map_errors errors;
    struct column_map *parsed = map_parse("proposal", map, strlen(map), &errors);
    if (!parsed)
        fail_msg("%s\n%s", errors.text[0], map);
    map_free(parsed);
    table_sample_free(sample);
    table_close(table);
    return map;
}

static void expect_map(uint8_t kind, const char *table, int refused, const char *expected)
{
    char *map = guess(kind, table, refused);
    assert_string_equal(map, expected);
    free(map);
}

static void learners_of_a_french_spreadsheet(void **state)
{
    (void)state;
    expect_map(
        KIND_LEARNER,
        "N°;Nom;Prénom;N° France Travail;Date de naissance;Code postal;Ville;Adresse;"
        "Téléphone;Mail;\"Compétences (séparées par ;)\";Permis B;Mobilité (km);Disponible le;"
        "Prescripteur;Référent;Genre;Niveau de diplôme;Métier visé;N° sécu;Remarques\n"
        "1;A;B;12345678901;04/05/2004;59000;Lille;1 rue X;0612345678;a@b.fr;\"x; y\";oui;20;"
        "01/12/2026;ML;Z;F;3;\"Dev web, testeur\";185057800608491;rien\n",
        19,
        "[import]\nkind = learner\nsource = francetravail\n\n[fields]\n"
        "contact.family_name = Nom\n"
        "contact.given_name = Prénom\n"
        "reference = N° France Travail | francetravail\n"
        "contact.birth_date = Date de naissance\n"
        "statistics.birth_year = Date de naissance | year\n"
        "place.postcode = Code postal | postcode\n"
        "contact.postcode = Code postal | postcode\n"
        "place.town = Ville\n"
        "contact.town = Ville\n"
        "contact.street = Adresse\n"
        "contact.phone = Téléphone | phone\n"
        "contact.email = Mail\n"
        "claims = Compétences (séparées par ;) | split(;)\n"
        "licences = Permis B | split(\",;/|\")\n"
        "travel = Mobilité (km) | split(;) | with(mode = car)\n"
        "available_from = Disponible le\n"
        "prescriber = Prescripteur\n"
        "referent = Référent\n"
        "statistics.gender = Genre\n"
        "statistics.diploma = Niveau de diplôme\n"
        "roles = Métier visé | split(\",\")\n");
}

static void learners_in_english_with_odd_headers(void **state)
{
    (void)state;
    expect_map(KIND_LEARNER,
               "Full name,\"Date of\nbirth\",Radius,Travel mode,c1,c2,c3,Skills\n"
               "A B,12/31/2004,10,bike,a@b.org,12345678901,06 12 34 56 78,a|b\n"
               "C D,11/30/2003,10,bike,c@b.org,12345678902,06 12 34 56 79,c\n"
               "E F,01/02/2003,10,bike,d@b.org,12345678903,06 12 34 56 70,d\n",
               -1,
               "[import]\nkind = learner\nsource = francetravail\n\n[fields]\n"
               "contact.family_name = Full name | family_name\n"
               "contact.given_name = Full name | given_name\n"
               "contact.birth_date = Date of birth | date(mdy)\n"
               "statistics.birth_year = Date of birth | date(mdy) | year\n"
               "travel[0].radius_km = Radius\n"
               "travel[0].mode = Travel mode\n"
               "contact.email = c1\n"
               "reference = c2 | francetravail\n"
               "contact.phone = c3 | phone\n"
               "claims = Skills | split(|)\n");
}

static void offers_and_employers(void **state)
{
    (void)state;
    expect_map(KIND_OFFER,
               "Réf.;Intitulé du poste;Entreprise;Lieu;Type de contrat;Compétences requises;"
               "Temps de travail;Salaire;Publiée le;Mystère\nX1;Dev;ACME;59 - Croix;CDI;a;35h;;"
               "01/11/2026;?\n",
               -1,
               "[import]\nkind = offer\nsource = liste\n\n[fields]\n"
               "reference = Réf.\n"
               "title = Intitulé du poste\n"
               "employer_name = Entreprise\n"
               "place = Lieu\n"
               "contract = Type de contrat\n"
               "requirements = Compétences requises | split(;) | with(required = yes)\n"
               "weekly_minutes = Temps de travail | hours\n"
               "pay = Salaire\n"
               "observed_at = Publiée le\n");
    expect_map(KIND_EMPLOYER, "Raison sociale;SIRET;Effectif;Mail du contact\nA;1;2;3\n", -1,
               "[import]\nkind = employer\nsource = liste\n\n[fields]\n"
               "name = Raison sociale\nsiret = SIRET\nsize = Effectif\n"
               "contact.email = Mail du contact\n");
}

static void headers_may_be_paths_of_fields(void **state)
{
    (void)state;
    expect_map(KIND_OFFER,
               "title,place.town,contract,requirements,starts_on,place.color\n"
               "T,Lille,cdi,a|b,2026-01-02,red\n",
               -1,
               "[import]\nkind = offer\nsource = liste\n\n[fields]\n"
               "title = title\nplace.town = place.town\ncontract = contract\n"
               "requirements = requirements | split(|)\nstarts_on = starts_on\n");
}

static void nothing_known_makes_an_empty_map(void **state)
{
    (void)state;
    expect_map(KIND_LEARNER, "aaa;bbb\n1;2\n", -1,
               "[import]\nkind = learner\nsource = liste\n\n[fields]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(learners_of_a_french_spreadsheet),
        cmocka_unit_test(learners_in_english_with_odd_headers),
        cmocka_unit_test(offers_and_employers),
        cmocka_unit_test(headers_may_be_paths_of_fields),
        cmocka_unit_test(nothing_known_makes_an_empty_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
