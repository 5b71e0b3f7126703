#include "cli/import_map.h"
#include "cli/texts.h"
#include "cli/tree.h"
#include "proto/choices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct column_map *parse_good(const char *text)
{
    struct map_errors errors;
    struct column_map *map = map_parse("a.map", text, strlen(text), &errors);
    if (!map)
        fail_msg("%s", errors.text[0]);
    return map;
}

static void expect_text(struct text text, const char *expected)
{
    if (!text_is(text, expected))
        fail_msg("%.*s is not %s", (int)text.size, text.data, expected);
}

static const char everything[] =
    "\xef\xbb\xbf# Offers of a partner\n"
    "[import]\n"
    "kind = offer\r\n"
    "source = partner\n"
    "delimiter = tab\n"
    "encoding = windows-1252\n"
    "sheet = Feuille 1\n"
    "header = 3\n"
    "\n"
    "[fields]\n"
    "title = Intitulé (H/F)\n"
    "reference = \"N° | \"\"offre\"\"\" | francetravail\n"
    "contract = contract { CDI = cdi, \"Temps plein\" = cdd,\n"
    "   MIS = temporary, LIB =, * = cdd }\n"
    "requirements = skills | split(|) | codes(rome) | with(required = yes, level = 3)\n"
    "schedule[0].day = const(lundi)\n"
    "pay.period = const(\"par mois, brut\")\n"
    "observed_at = \"const(date)\" | date(mdy)\n";

static void reads_all_of_the_format(void **state)
{
    (void)state;
    struct column_map *map = parse_good(everything);
    assert_int_equal(map->kind, KIND_OFFER);
    expect_text(map->source, "partner");
    assert_int_equal(map->table.delimiter, '\t');
    assert_int_equal(map->table.encoding, ENCODING_WINDOWS_1252);
    assert_string_equal(map->table.sheet, "Feuille 1");
    assert_int_equal(map->table.header_row, 3);
    assert_int_equal(map->rule_count, 7);
    const struct map_rule *rule = map->rules;
    expect_text(rule[0].column, "Intitulé (H/F)");
    expect_text(rule[1].column, "N° | \"offre\"");
    assert_int_equal(rule[1].converters[0].kind, CONVERTER_FRANCETRAVAIL);
    assert_int_equal(rule[2].converters[0].kind, CONVERTER_WORDS);
    assert_int_equal(rule[2].converters[0].pair_count, 5);
    expect_text(rule[2].converters[0].pairs[1].from, "Temps plein");
    expect_text(rule[2].converters[0].pairs[3].to, "");
    expect_text(rule[3].converters[0].argument, "|");
    assert_int_equal(rule[3].converters[2].kind, CONVERTER_WITH);
    expect_text(rule[3].converters[2].pairs[1].to, "3");
    assert_int_equal(rule[4].step_count, 2);
    assert_int_equal(rule[4].step[0].index, 0);
    assert_null(rule[4].column.data);
    expect_text(rule[4].constant, "lundi");
    expect_text(rule[5].constant, "par mois, brut");
    expect_text(rule[6].column, "const(date)");
    assert_int_equal(rule[6].line, 18);
    map_free(map);
}

static char *print(const struct column_map *map)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    map_print(out, map);
    fclose(out);
    return text;
}

static void prints_what_it_reads(void **state)
{
    (void)state;
    struct column_map *map = parse_good(everything);
    char *once = print(map);
    map_free(map);
    assert_non_null(strstr(once, "header = 3\n"));
    assert_non_null(strstr(once, "reference = \"N° | \"\"offre\"\"\" | francetravail\n"));
    map = parse_good(once);
    char *twice = print(map);
    assert_string_equal(once, twice);
    map_free(map);
    free(once);
    free(twice);
}

static void all_errors_come_at_once(void **state)
{
    (void)state;
    static const char text[] = "title = x\n"
                               "[import]\n"
                               "kind = dragon\n"
                               "kind = learner\n"
                               "colour = red\n"
                               "header = 0\n"
                               "[other]\n"
                               "[fields]\n"
                               "contact.nome = Nom\n"
                               "contact = Nom\n"
                               "stages = Étape\n"
                               "place[0].town = Ville\n"
                               "travel[99].mode = X\n"
                               "claims =\n"
                               "claims = X | divide(;)\n"
                               "claims = X | split\n"
                               "claims = X | months(3)\n"
                               "claims = X | date(ymd)\n"
                               "claims = \"X\n"
                               "claims = X | with(a)\n"
                               "claims\n"
                               "claims = X | with(colour = red)\n";
    static const char *const expected[] = {
        "a.map:1: “title” comes before any section",
        "a.map:3: “dragon” is no value for this setting",
        "a.map:5: unknown setting “colour”",
        "a.map:6: “0” is no value for this setting",
        "a.map:7: unknown section “[other]”; there are [import] and [fields]",
        "a.map:9: no such field: “contact.nome”",
        "a.map:10: “contact” cannot be filled as a whole; name one of its fields",
        "a.map:11: “stages” cannot be filled as a whole; name one of its fields",
        "a.map:12: no such field: “place[0].town”",
        "a.map:13: no such field: “travel[99].mode”",
        "a.map:14: “claims” is given neither a column nor const(…)",
        "a.map:15: no such converter: “divide”",
        "a.map:16: the converter “split” is not given what it needs",
        "a.map:17: the converter “months” is not given what it needs",
        "a.map:18: the converter “date” is not given what it needs",
        "a.map:19: a quote is not closed: “X”",
        "a.map:20: “=” is missing after “a”",
        "a.map:21: “=” is missing after “claims”",
        "a.map:22: no such field: “colour”",
    };
    struct map_errors errors;
    texts_speak(LANGUAGE_ENGLISH);
    assert_null(map_parse("a.map", text, sizeof text - 1, &errors));
    for (unsigned i = 0; i < errors.count && i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(errors.text[i], expected[i]);
    assert_int_equal(errors.total, sizeof expected / sizeof *expected);
}

static void a_map_needs_its_kind_first(void **state)
{
    (void)state;
    struct map_errors errors;
    const char *text = "[fields]\ntitle = x\n";
    assert_null(map_parse("a.map", text, strlen(text), &errors));
    assert_int_equal(errors.total, 1);
    assert_null(map_parse("a.map", "", 0, &errors));
    assert_int_equal(errors.total, 1);
    assert_null(map_parse("a.map", "[import]\nkind = offer\xff", 22, &errors));
    assert_int_equal(errors.total, 1);
    assert_null(map_load("/nowhere.map", &errors));
    assert_int_equal(errors.total, 1);
    assert_non_null(strstr(errors.text[0], "/nowhere.map:1: "));
}

static void the_maps_that_ship_are_good(void **state)
{
    (void)state;
    struct map_errors errors;
    struct column_map *map = map_load(SOURCE_DIR "/config/maps/offres-fr.map", &errors);
    if (!map)
        fail_msg("%s", errors.text[0]);
    assert_int_equal(map->kind, KIND_OFFER);
    map_free(map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_all_of_the_format),     cmocka_unit_test(prints_what_it_reads),
        cmocka_unit_test(all_errors_come_at_once),     cmocka_unit_test(a_map_needs_its_kind_first),
        cmocka_unit_test(the_maps_that_ship_are_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
