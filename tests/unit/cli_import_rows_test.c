#include "cli/import_reference.h"
#include "cli/import_rows.h"
#include "cli/import_value.h"
#include "cli/tree.h"
#include "proto/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { TODAY = 20779 /* 2026-11-22 */ };

static const char learner_map[] = "[import]\nkind = learner\nsource = francetravail\n"
                                  "[fields]\n"
                                  "reference = Identifiant | francetravail\n"
                                  "contact.family_name = Nom\n"
                                  "contact.given_name = Prénom\n"
                                  "contact.birth_date = Né le\n"
                                  "statistics.birth_year = Né le | year\n"
                                  "statistics.gender = Genre\n"
                                  "contact.email = Mail\n"
                                  "contact.phone = Tél | phone\n"
                                  "place.postcode = CP | postcode\n"
                                  "place.town = Ville\n"
                                  "claims = Compétences | split(;) | with(evidence = declared)\n"
                                  "licences = Permis | split(\",;\")\n"
                                  "travel = Mobilité | with(mode = car)\n"
                                  "available_from = Disponible\n"
                                  "stages[0].stage = const(Accueil)\n"
                                  "stages[0].entered_on = Entrée\n";

/* A table, its map and the row that was built last. */
struct rig {
    struct column_map *map;
    struct table *table;
    struct row_plan *plan;
    struct arena *arena;
    struct table_row row;
    struct row_findings findings;
    union {
        struct learner learner;
        struct offer offer;
    } record;
};

static void rig_open(struct rig *rig, const char *map, const char *table)
{
    struct map_errors errors;
    struct table_problem problem;
    *rig = (struct rig){.map = map_parse("a.map", map, strlen(map), &errors)};
    if (!rig->map)
        fail_msg("%s", errors.text[0]);
    rig->table = table_open_bytes(table, strlen(table), &rig->map->table, &problem);
    assert_non_null(rig->table);
    rig->plan = row_plan_create(rig->map, table_header(rig->table));
    rig->arena = arena_create(1 << 20);
    assert_non_null(rig->plan);
    assert_non_null(rig->arena);
}

static bool rig_next(struct rig *rig)
{
    struct table_problem problem;
    assert_int_equal(table_next(rig->table, &rig->row, &problem), TABLE_ROW);
    arena_reset(rig->arena);
    memset(&rig->record, 0, sizeof rig->record);
    struct row_context context = {rig->arena, TODAY, 1000};
    return row_build(rig->plan, &context, &rig->row, &rig->record, &rig->findings);
}

static void rig_close(struct rig *rig)
{
    table_close(rig->table);
    row_plan_free(rig->plan);
    map_free(rig->map);
    arena_free(rig->arena);
}

static void expect_text(struct text text, const char *expected)
{
    if (!text_is(text, expected))
        fail_msg("%.*s is not %s", (int)text.size, text.data, expected);
}

#define HEADERS                                                                                    \
    "Nom;Prénom;Identifiant;Né le;Genre;Mail;Tél;CP;Ville;Compétences;Permis;Mobilité;"       \
    "Disponible;Entrée;Note\n"

static void a_learner_of_a_spreadsheet(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, learner_map,
             HEADERS "DUPONT;Élodie;1234567890;04/05/2004;F;e@x.fr;612345678;1000;Bourg;"
                     "\"modo Discord; licorne quantique\";B, A2 (en cours);25;immédiate;"
                     "01/09/2026;\n");
    assert_true(rig_next(&rig));
    assert_int_equal(rig.findings.total, 0);
    const struct learner *learner = &rig.record.learner;
    expect_text(learner->source, "francetravail");
    expect_text(learner->reference, "01234567890");
    assert_int_equal(learner->observed_at, 1000);
    expect_text(learner->contact.family_name, "DUPONT");
    assert_int_equal(learner->contact.birth_date, 12542);
    assert_int_equal(learner->statistics.birth_year, 2004);
    assert_int_equal(learner->statistics.gender, GENDER_FEMALE);
    assert_true(learner->has.contact && learner->has.statistics && learner->has.place);
    expect_text(learner->contact.phone, "0612345678");
    expect_text(learner->place.postcode, "01000");
    assert_int_equal(learner->claims.count, 2);
    expect_text(learner->claims.items[1].words, "licorne quantique");
    assert_int_equal(learner->claims.items[1].evidence, EVIDENCE_DECLARED);
    assert_int_equal(learner->licences.count, 2);
    assert_int_equal(learner->licences.items[1].holding, HOLDING_IN_PROGRESS);
    assert_int_equal(learner->travel.items[0].radius_km, 25);
    assert_int_equal(learner->travel.items[0].mode, MODE_CAR);
    assert_false(learner->has.available_from);
    assert_int_equal(learner->stages.count, 1);
    expect_text(learner->stages.items[0].stage, "Accueil");
    rig_close(&rig);
}

static void empty_cells_leave_fields_out(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, learner_map, HEADERS ";;12345678901\n");
    assert_true(rig_next(&rig));
    assert_int_equal(rig.findings.total, 0);
    assert_false(rig.record.learner.has.contact);
    assert_false(rig.record.learner.has.stages);
    assert_false(rig.record.learner.has.claims);
    rig_close(&rig);
}

static void expect_finding(const struct rig *rig, unsigned index, enum text_id what, bool warning,
                           uint32_t line, uint32_t column)
{
    assert_true(index < rig->findings.count);
    const struct row_finding *finding = &rig->findings.item[index];
    assert_int_equal(finding->fault.what, what);
    assert_int_equal(finding->warning, warning);
    assert_int_equal(finding->line, line);
    assert_int_equal(finding->column, column);
}

static void bad_values_are_told_by_place(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, learner_map,
             HEADERS "A;B;12345678901;31/02/2004;F;;;;;;;;demain\n"
                     "A;B;12345678901;;;pas-une-adresse\n"
                     "A;B;12345678901;;?;;;ABC;Lille;;peut-être;loin\n"
                     "A;B;12\n"
                     "A;B;;;;;;;;;;;;;1 85 05 78 006 084 91\n");
    assert_false(rig_next(&rig));
    assert_int_equal(rig.findings.total, 2); /* the date once, though it makes the year too */
    expect_finding(&rig, 0, TEXT_IMPORT_NOT_DATE, false, 2, 4);
    expect_text(rig.findings.item[0].header, "Né le");
    expect_text(rig.findings.item[0].fault.culprit, "31/02/2004");
    expect_finding(&rig, 1, TEXT_IMPORT_NOT_DATE, false, 2, 13);
    assert_false(rig_next(&rig));
    assert_int_equal(rig.findings.item[0].error.code, ERROR_BAD_FORMAT);
    assert_int_equal(rig.findings.item[0].line, 3);
    assert_int_equal(rig.findings.item[0].column, 6);
    /* words that nobody knows are no reason to refuse a person */
    assert_true(rig_next(&rig));
    assert_int_equal(rig.findings.total, 3);
    expect_finding(&rig, 0, TEXT_IMPORT_NOT_KNOWN, true, 4, 11);
    expect_finding(&rig, 1, TEXT_IMPORT_NOT_KNOWN, true, 4, 12);
    assert_true(rig.findings.item[2].warning);
    assert_int_equal(rig.findings.item[2].column, 8);
    assert_false(rig.record.learner.place.has.postcode);
    expect_text(rig.record.learner.place.town, "Lille");
    assert_false(rig_next(&rig));
    assert_int_equal(rig.findings.item[0].column, 3);
    assert_false(rig_next(&rig));
    expect_finding(&rig, 0, TEXT_IMPORT_SOCIAL_SECURITY, false, 6, 15);
    rig_close(&rig);
}

static void a_refused_column_is_not_looked_at(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, learner_map, HEADERS "A;B;185057800608491\nA;B;185057800608491\n");
    assert_false(rig_next(&rig));
    row_plan_refuse(rig.plan, 2);
    assert_true(rig_next(&rig));
    expect_text(rig.record.learner.source, "import");
    assert_memory_equal(rig.record.learner.reference.data, "row-", 4);
    rig_close(&rig);
}

static void a_made_reference_stays_the_same(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, learner_map,
             HEADERS "DUPONT;Élodie;;04/05/2004;F\ndupont;Elodie;;2004-05-04;;;;;Lille\n"
                     "DUPONT;Élodie;;05/05/2004\n;;;;;;;;Lille\n;;;;;;;;Lyon\n");
    char reference[5][40];
    for (unsigned i = 0; i < 5; i++) {
        assert_true(rig_next(&rig));
        struct text made = rig.record.learner.reference;
        snprintf(reference[i], sizeof *reference, "%.*s", (int)made.size, made.data);
    }
    assert_int_equal(strspn(reference[0], "row-abcdefghijklmnop"), MADE_REFERENCE_SIZE - 1);
    assert_string_equal(reference[0], reference[1]);
    assert_string_not_equal(reference[0], reference[2]);
    assert_string_not_equal(reference[3], reference[4]);
    rig_close(&rig);
    char source[SOURCE_NAME_SIZE];
    source_of_path("/data/Offres_2026-11 (v2).csv", source);
    assert_string_equal(source, "offres-v");
    source_of_path("2026.csv", source);
    assert_string_equal(source, "import");
}

static void columns_are_found_by_their_words(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, learner_map, "NOM ;prenom;autre\nA;B;C\n");
    unsigned at = 0, missing = 0;
    struct text column;
    while (row_plan_missing(rig.plan, &at, &column))
        missing++;
    assert_int_equal(missing, 13);
    at = 0;
    assert_true(row_plan_unused(rig.plan, &at, &column));
    expect_text(column, "autre");
    assert_false(row_plan_unused(rig.plan, &at, &column));
    assert_null(row_plan_lacking(rig.plan));
    assert_true(rig_next(&rig));
    expect_text(rig.record.learner.contact.given_name, "B");
    rig_close(&rig);
    rig_open(&rig, "[import]\nkind = offer\n[fields]\ntitle = Poste\n", "Emploi\nX\n");
    assert_string_equal(row_plan_lacking(rig.plan), "title");
    rig_close(&rig);
}

static void long_lists_and_words_are_cut(void **state)
{
    (void)state;
    char table[16384];
    strcpy(table, HEADERS "A;B;;;;;;;;\"");
    for (unsigned i = 0; i < 130; i++)
        sprintf(table + strlen(table), "mot %u;", i);
    strcat(table, "\"\nA;B;;;;;;;;");
    for (unsigned i = 0; i < 60; i++)
        strcat(table, "paroles ");
    strcat(table, "\n");
    struct rig rig;
    rig_open(&rig, learner_map, table);
    assert_true(rig_next(&rig));
    assert_int_equal(rig.record.learner.claims.count, 120);
    expect_finding(&rig, 0, TEXT_IMPORT_TOO_MANY, true, 2, 10);
    assert_true(rig_next(&rig));
    assert_int_equal(rig.record.learner.claims.items[0].words.size, 159);
    expect_finding(&rig, 0, TEXT_IMPORT_TOO_LONG, true, 3, 10);
    rig_close(&rig);
}

static void incomplete_items_are_left_out(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[import]\nkind = learner\n[fields]\ntravel = M | split(;)\n"
             "stages[0].stage = E\nstages[0].entered_on = D\nstages[2].stage = const(Suite)\n",
             "M;E;D\n20;Accueil;\nvélo 5;Accueil;01/09/2026\n");
    assert_true(rig_next(&rig));
    assert_false(rig.record.learner.has.travel);
    assert_false(rig.record.learner.has.stages);
    assert_int_equal(rig.findings.total, 2);
    expect_finding(&rig, 0, TEXT_IMPORT_INCOMPLETE, true, 2, 2);
    expect_text(rig.findings.item[0].fault.culprit, "entered_on");
    expect_finding(&rig, 1, TEXT_IMPORT_INCOMPLETE, true, 2, 1);
    assert_true(rig_next(&rig));
    assert_int_equal(rig.findings.total, 0);
    assert_int_equal(rig.record.learner.travel.count, 1);
    assert_int_equal(rig.record.learner.stages.count, 1);
    rig_close(&rig);
}

static void names_in_one_column_are_parted(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[import]\nkind = learner\n[fields]\n"
             "contact.family_name = Nom | family_name\ncontact.given_name = Nom | given_name\n",
             "Nom\nDE LA TOUR Jean-Pierre\nÉlodie LE GOFF\nDupont Jean\nMadonna\n");
    static const char *const expected[][2] = {
        {"DE LA TOUR", "Jean-Pierre"}, {"LE GOFF", "Élodie"}, {"Dupont", "Jean"}, {"Madonna", ""}};
    for (unsigned i = 0; i < 4; i++) {
        assert_true(rig_next(&rig));
        const struct contact *contact = &rig.record.learner.contact;
        expect_text(contact->family_name, expected[i][0]);
        if (*expected[i][1])
            expect_text(contact->given_name, expected[i][1]);
        else
            assert_false(contact->has.given_name);
    }
    rig_close(&rig);
}

static void lines_that_are_records_are_taken_as_they_are(void **state)
{
    (void)state;
    const char *text = "{\"reference\": \"a\", \"title\": \"T\", \"contract\": \"cdi\", \"place\": "
                       "{\"town\": \"Lille\"}}\n{\"reference\": \"b\", \"contract\": \"x\"}\n";
    struct table_options options = {0};
    struct table_problem problem;
    struct table *table = table_open_bytes(text, strlen(text), &options, &problem);
    assert_non_null(table);
    assert_true(row_is_record(&offer_type, table_header(table)));
    assert_false(row_is_record(&learner_type, table_header(table)));
    struct row_context context = {arena_create(1 << 16), TODAY, 1000};
    struct table_row row;
    struct row_findings findings;
    struct offer offer = {0};
    assert_int_equal(table_next(table, &row, &problem), TABLE_ROW);
    assert_true(
        row_decode(&offer_type, text_of_string("partner"), &context, &row, &offer, &findings));
    expect_text(offer.source, "partner");
    expect_text(offer.reference, "a");
    expect_text(offer.place.town, "Lille");
    assert_int_equal(offer.observed_at, 1000);
    assert_int_equal(table_next(table, &row, &problem), TABLE_ROW);
    assert_false(
        row_decode(&offer_type, text_of_string("partner"), &context, &row, &offer, &findings));
    assert_int_equal(findings.item[0].line, 2);
    arena_free(context.arena);
    table_close(table);
}

/* Data that others published; absent from a plain checkout. */
static const char public_offers[] = SOURCE_DIR "/../shared/data/offers/offers_fr.tsv";

static void all_published_offers_are_read(void **state)
{
    (void)state;
    if (access(public_offers, R_OK) != 0) {
        print_message("%s is not here: skipped\n", public_offers);
        skip();
    }
    struct map_errors errors;
    struct rig rig = {.map = map_load(SOURCE_DIR "/config/maps/offres-fr.map", &errors)};
    assert_non_null(rig.map);
    struct table_problem problem;
    rig.table = table_open(public_offers, &rig.map->table, &problem);
    assert_non_null(rig.table);
    rig.plan = row_plan_create(rig.map, table_header(rig.table));
    rig.arena = arena_create(1 << 20);
    unsigned count = 0, warnings = 0, skills = 0, hours = 0, beginners = 0;
    struct row_context context = {rig.arena, TODAY, 1000};
    while (table_next(rig.table, &rig.row, &problem) == TABLE_ROW) {
        arena_reset(rig.arena);
        memset(&rig.record, 0, sizeof rig.record);
        if (!row_build(rig.plan, &context, &rig.row, &rig.record, &rig.findings))
            fail_msg("line %u", rig.row.line);
        const struct offer *offer = &rig.record.offer;
        count++;
        warnings += rig.findings.total;
        assert_true(offer->has.contract && offer->has.role && offer->observed_at > 1000);
        hours += offer->has.weekly_minutes && offer->weekly_minutes == 2100;
        beginners += offer->has.experience_months && offer->experience_months == 0;
        for (unsigned i = 0; i < offer->requirements.count; i++)
            skills += offer->requirements.items[i].has.skill;
    }
    assert_int_equal(count, 756);
    assert_int_equal(warnings, 0);
    assert_int_equal(hours, 81);
    assert_int_equal(beginners, 277 + 63);
    assert_true(skills > 300);
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_learner_of_a_spreadsheet),
        cmocka_unit_test(empty_cells_leave_fields_out),
        cmocka_unit_test(bad_values_are_told_by_place),
        cmocka_unit_test(a_refused_column_is_not_looked_at),
        cmocka_unit_test(a_made_reference_stays_the_same),
        cmocka_unit_test(columns_are_found_by_their_words),
        cmocka_unit_test(long_lists_and_words_are_cut),
        cmocka_unit_test(incomplete_items_are_left_out),
        cmocka_unit_test(names_in_one_column_are_parted),
        cmocka_unit_test(lines_that_are_records_are_taken_as_they_are),
        cmocka_unit_test(all_published_offers_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
