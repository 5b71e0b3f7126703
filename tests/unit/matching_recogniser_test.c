/* Texts lead to skills and constraints. */
#include "matching/recogniser.h"
#include "matching_support.h"

#include "proto/choices.h"

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
    recogniser_read(read->recogniser, text, strlen(text), kind, RECOGNISED_ANY_LANGUAGE,
                    RECOGNISED_NO_DAY, &read->found);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_are_found_in_other_forms),
        cmocka_unit_test(same_skills_are_one),
        cmocka_unit_test(wishes_and_denials),
        cmocka_unit_test(licences),
        cmocka_unit_test(hours),
        cmocka_unit_test(a_text_that_is_too_long_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
