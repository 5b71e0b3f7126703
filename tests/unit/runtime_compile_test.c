#include "matching_support.h"

#include "matching/reason.h"
#include "proto/codec.h"
#include "runtime/attachments.h"
#include "runtime/compile.h"

enum { TODAY = 20000 }; /* 2024-10-04 */

static struct support_catalogue built;
static struct catalogue catalogue;
static struct arena *arena;

static int open_catalogue(void **state)
{
    (void)state;
    struct referential_build *build = referential_build_create();
    assert_true(referential_build_skill(build, "c", "Programmer en C", "C programming"));
    assert_true(referential_build_skill(build, "sql", "Interroger une base SQL", NULL));
    assert_true(referential_build_skill(build, "welding", "Souder à l'arc", NULL));
    assert_true(referential_build_skill_alias(build, "c", "Développer en langage C"));
    assert_true(referential_build_role(build, "developer", "M1805", "Développeur", "Developer"));
    assert_true(referential_build_role(build, "welder", "H2913", "Soudeur", "Welder"));
    assert_true(referential_build_role_skill(build, "developer", "c", true, 3));
    assert_true(referential_build_role_skill(build, "developer", "sql", true, 2));
    assert_true(referential_build_role_skill(build, "welder", "welding", true, 2));
    built = support_catalogue_finish(build);
    catalogue = (struct catalogue){.referential = built.referential, .today = TODAY};
    return 0;
}

static int close_catalogue(void **state)
{
    (void)state;
    support_catalogue_close(&built);
    return 0;
}

static int begin(void **state)
{
    (void)state;
    catalogue.attachments = NULL;
    arena = arena_create(8 << 20);
    return arena ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

#define SOURCE                                                                                     \
    "\"source\":\"test\",\"reference\":\"1\",\"observed_at\":\"2024-10-04T08:00:00.000Z\","

static void *decode(const struct record_type *type, const char *fields)
{
    char json[4096];
    struct errors errors = {0};
    size_t size;
    snprintf(json, sizeof json, "{" SOURCE "%s}", fields);
    const uint8_t *wire = json_to_wire(json, strlen(json), arena, &size, &errors);
    const msgpack_object *tree = wire ? wire_unpack(wire, size, arena, &errors) : NULL;
    void *record = arena_alloc(arena, type->size);
    if (!tree || !record_decode(type, tree, record, arena, "", &errors))
        fail_msg("%s: %s in %s", errors.item[0].path, error_name(errors.item[0].code), json);
    return record;
}

static struct learner_profile *learner_of(const char *fields)
{
    struct learner_profile *profile = learner_compile(decode(&learner_type, fields), 1, &catalogue);
    assert_non_null(profile);
    return profile;
}

static struct offer_profile *offer_of(const char *fields)
{
    struct offer_profile *profile = offer_compile(decode(&offer_type, fields), 2, &catalogue);
    assert_non_null(profile);
    return profile;
}

static struct score score_of(const char *learner_fields, const char *offer_fields)
{
    struct learner_profile *learner = learner_of(learner_fields);
    struct offer_profile *offer = offer_of(offer_fields);
    struct score score = score_pair(learner, offer);
    learner_profile_free(learner);
    offer_profile_free(offer);
    return score;
}

#define HOLDS_C "\"claims\":[{\"skill\":\"c\",\"level\":3,\"evidence\":\"work\"}]"
#define ASKS_C                                                                                     \
    "\"title\":\"Poste\",\"requirements\":[{\"skill\":\"c\",\"level\":3,\"required\":true}]"

static void expect_failed(const char *learner_fields, const char *offer_fields, uint32_t failed)
{
    char learner[1024];
    char offer[1024];
    snprintf(learner, sizeof learner, "%s%s%s", HOLDS_C, *learner_fields ? "," : "",
             learner_fields);
    snprintf(offer, sizeof offer, "%s%s%s", ASKS_C, *offer_fields ? "," : "", offer_fields);
    struct score score = score_of(learner, offer);
    assert_int_equal(score.employer, SCORE_ONE);
    assert_int_equal(score.failed, failed);
}

#define FAILS(learner, offer, name) expect_failed(learner, offer, 1u << CONSTRAINT_##name)
#define FITS(learner, offer) expect_failed(learner, offer, 0)

/* -- skills and roles ----------------------------------------------------------------------------
 */

static void skills_are_found_by_id_and_by_words(void **state)
{
    (void)state;
    FITS("", "");
    assert_int_equal(score_of("\"claims\":[{\"words\":\"programmer  en C\",\"level\":3,"
                              "\"evidence\":\"work\"}]",
                              ASKS_C)
                         .employer,
                     10000);
    /* Level 2 and declared when absent; 2 is asked for when absent. */
    assert_int_equal(score_of("\"claims\":[{\"skill\":\"c\"}]",
                              "\"title\":\"Poste\",\"requirements\":[{\"words\":\"Développer en "
                              "langage C\"}]")
                         .employer,
                     7000);
    /* An unknown id falls back on the words. */
    assert_int_equal(score_of("\"claims\":[{\"skill\":\"old-id\",\"words\":\"C programming\"}]",
                              "\"title\":\"Poste\",\"requirements\":[{\"skill\":\"c\"}]")
                         .employer,
                     7000);
    /* Unknown words count neither for nor against. */
    assert_int_equal(score_of("\"claims\":[{\"skill\":\"c\"},{\"words\":\"tout faire\"}]",
                              "\"title\":\"Poste\",\"requirements\":[{\"skill\":\"c\"},{\"words\":"
                              "\"savoir tout faire\",\"required\":true}]")
                         .employer,
                     7000);
}

static void words_are_found_by_attachment(void **state)
{
    (void)state;
    struct attachments *attachments = attachments_create();
    assert_non_null(attachments);
    const char *learner = "\"claims\":[{\"words\":\"Les Pointeurs !\"}]";
    const char *offer = "\"title\":\"Poste\",\"requirements\":[{\"skill\":\"c\"}]";
    assert_int_equal(score_of(learner, offer).employer, 0);
    catalogue.attachments = attachments;
    assert_int_equal(score_of(learner, offer).employer, 0);
    assert_true(attachments_put(attachments, "les pointeurs", "sql"));
    assert_int_equal(score_of(learner, offer).employer, 0);
    assert_true(attachments_put(attachments, "les pointeurs", "c"));
    assert_int_equal(score_of(learner, offer).employer, 7000);
    /* It goes before the referential's own words, unless its skill is gone. */
    assert_true(attachments_put(attachments, "souder a l arc", "c"));
    assert_int_equal(score_of("\"claims\":[{\"words\":\"souder à l'arc\"}]", offer).employer, 7000);
    assert_true(attachments_put(attachments, "programmer en c", "gone"));
    assert_int_equal(score_of("\"claims\":[{\"words\":\"programmer en C\"}]", offer).employer,
                     7000);
    catalogue.attachments = NULL;
    attachments_free(attachments);
}

static void a_role_stands_in_for_skills(void **state)
{
    (void)state;
    const char *learner = HOLDS_C;
    assert_true(score_of(learner, "\"title\":\"Poste\",\"role\":\"developer\"").employer > 0);
    assert_true(score_of(learner, "\"title\":\"Poste\",\"role\":\"M1805\"").employer > 0);
    assert_true(score_of(learner, "\"title\":\"Développeur (H/F)\"").employer > 0);
    assert_true(score_of(learner, "\"title\":\"développeur\",\"role\":\"gone\"").employer > 0);
    assert_int_equal(score_of(learner, "\"title\":\"Soudeur\"").employer, 0);
    assert_int_equal(score_of(learner, "\"title\":\"Personne polyvalente\"").total, 0);
    struct offer_profile *offer = offer_of("\"title\":\"Soudeur\",\"role\":\"developer\","
                                           "\"requirements\":[{\"words\":\"rien de connu\"}]");
    assert_true(offer_profile_from_role(offer));
    offer_profile_free(offer);
}

static void wished_roles_count(void **state)
{
    (void)state;
    const char *offer = ASKS_C ",\"role\":\"developer\"";
    assert_int_equal(score_of(HOLDS_C, offer).learner, 7000);
    assert_int_equal(score_of(HOLDS_C ",\"roles\":[\"developer\"]", offer).learner, 8500);
    assert_int_equal(score_of(HOLDS_C ",\"roles\":[\"welder\"]", offer).learner, 7000);
    assert_true(score_of(HOLDS_C ",\"roles\":[\"welder\",\"M1805\"]", offer).learner > 8000);
    assert_int_equal(score_of(HOLDS_C ",\"roles\":[\"gone\"]", offer).learner, 7000);
    assert_int_equal(score_of(HOLDS_C ",\"roles\":[\"développeur\"]", offer).learner, 8500);
}

/* -- constraints as records state them -----------------------------------------------------------
 */

static void terms_are_taken_over(void **state)
{
    (void)state;
    FITS("\"contracts\":[\"cdi\",\"freelance\"]", "\"contract\":\"freelance\"");
    FAILS("\"contracts\":[\"cdi\",\"freelance\"]", "\"contract\":\"cdd\"", CONTRACT);
    FITS("\"available_from\":\"2025-01-15\"", "\"starts_on\":\"2025-01-01\"");
    FAILS("\"available_from\":\"2025-01-16\"", "\"starts_on\":\"2025-01-01\"", START);
    FAILS("\"minimum_hours\":20", "\"weekly_minutes\":1199", HOURS);
    FAILS("\"maximum_hours\":20", "\"weekly_minutes\":1201", HOURS);
    FITS("\"minimum_hours\":20,\"maximum_hours\":20", "\"weekly_minutes\":1200");
    FITS("", "\"schedule\":[{\"day\":\"monday\",\"from\":\"08:00\",\"to\":\"16:00\"}]");
    FAILS("\"free_hours\":[{\"day\":\"tuesday\",\"from\":\"08:00\",\"to\":\"16:00\"}]",
          "\"schedule\":[{\"day\":\"monday\",\"from\":\"08:00\",\"to\":\"16:00\"}]", SCHEDULE);
    FAILS("\"remote\":[\"partial\"]", "", REMOTE);
    FITS("\"remote\":[\"partial\"]", "\"remote\":\"partial\"");
    FAILS("\"rhythm\":{\"company_days\":3,\"school_days\":2}",
          "\"contract\":\"apprenticeship\",\"rhythm\":{\"company_days\":4,\"school_days\":1}",
          RHYTHM);
    FITS("\"rhythm\":{\"company_days\":3,\"school_days\":2}",
         "\"contract\":\"cdi\",\"rhythm\":{\"company_days\":4,\"school_days\":1}");
    FAILS("\"of_age_on\":\"2025-06-01\"", "\"adults_only\":true", AGE);
    FITS("\"of_age_on\":\"2025-06-01\"", "\"adults_only\":true,\"starts_on\":\"2025-06-01\"");
    FAILS("", "\"languages\":[{\"code\":\"en\"}]", LANGUAGE);
    FAILS("\"languages\":[{\"code\":\"en\",\"level\":\"a2\"}]", "\"languages\":[{\"code\":\"en\"}]",
          LANGUAGE);
    FITS("\"languages\":[{\"code\":\"en\"}]", "\"languages\":[{\"code\":\"en\"}]");
    FITS("", "\"languages\":[{\"code\":\"fr\",\"level\":\"c1\"}]");
    FAILS("", "\"authorisations\":[\"first_aid\"]", AUTHORISATION);
    FITS("\"authorisations\":[{\"name\":\"first_aid\"}]", "\"authorisations\":[\"first_aid\"]");
    FAILS("\"authorisations\":[{\"name\":\"first_aid\",\"expires_on\":\"2024-10-03\"}]",
          "\"authorisations\":[\"first_aid\"]", AUTHORISATION);
    FITS("\"authorisations\":[{\"name\":\"first_aid\",\"expires_on\":\"2024-10-04\"}]",
         "\"authorisations\":[\"first_aid\"]");
}

#define LILLE "\"place\":{\"latitude\":50633000,\"longitude\":3066000}"
#define LENS "\"place\":{\"latitude\":50431000,\"longitude\":2832000}"  /* 28 km */
#define ARRAS "\"place\":{\"latitude\":50291000,\"longitude\":2777000}" /* 43 km */

static void the_farthest_way_of_travel_counts(void **state)
{
    (void)state;
    FITS(LILLE, LENS);
    FAILS(LILLE, ARRAS, DISTANCE);
    FITS(LILLE, ARRAS ",\"remote\":\"full\"");
    FAILS(LILLE, ARRAS ",\"remote\":\"partial\"", DISTANCE);
    FITS(LILLE ",\"travel\":[{\"mode\":\"walk\",\"radius_km\":3},"
               "{\"mode\":\"public_transport\",\"radius_km\":50},"
               "{\"mode\":\"bicycle\",\"radius_km\":10}]",
         ARRAS);
    FAILS(LILLE ",\"travel\":[{\"mode\":\"walk\",\"radius_km\":3}]", LENS, DISTANCE);
    FAILS(LILLE ",\"travel\":[{\"mode\":\"walk\",\"radius_km\":0}]", LENS, DISTANCE);
    /* A commune that was not resolved has no distance. */
    FITS("\"place\":{\"commune\":\"59350\"}", ARRAS);
}

#define WALK_3 "{\"mode\":\"walk\",\"radius_km\":3}"
#define CAR_50 "{\"mode\":\"car\",\"radius_km\":50}"
#define MOTORBIKE_50 "{\"mode\":\"motorbike\",\"radius_km\":50}"
#define TRAVELS(ways) LILLE ",\"travel\":[" ways "]"
#define HOLDS(category) ",\"licences\":[{\"category\":\"" category "\"}]"
#define LEARNS(category)                                                                           \
    ",\"licences\":[{\"category\":\"" category "\",\"holding\":\"in_progress\"}]"

static void driving_counts_with_a_licence(void **state)
{
    (void)state;
    FITS(TRAVELS(WALK_3 "," CAR_50) HOLDS("b"), ARRAS);
    FITS(TRAVELS(WALK_3 "," CAR_50) HOLDS("ce"), ARRAS);
    FITS(TRAVELS(MOTORBIKE_50) HOLDS("a1"), ARRAS);
    FITS(TRAVELS(MOTORBIKE_50) HOLDS("b"), ARRAS); /* that of a moped goes with it */
    FAILS(TRAVELS(WALK_3 "," CAR_50), LENS, DISTANCE);
    FAILS(TRAVELS(WALK_3 "," CAR_50) LEARNS("b"), LENS, DISTANCE);
    FAILS(TRAVELS(WALK_3 "," CAR_50) HOLDS("a"), LENS, DISTANCE);
    FAILS(TRAVELS(WALK_3 "," CAR_50) HOLDS("b1"), LENS, DISTANCE);
    /* Without any means that counts: as nothing was said, but no farther than was said. */
    FITS(TRAVELS(CAR_50) LEARNS("b"), LENS);
    FAILS(TRAVELS(CAR_50) LEARNS("b"), ARRAS, DISTANCE);
    FAILS(TRAVELS("{\"mode\":\"car\",\"radius_km\":10}") LEARNS("b"), LENS, DISTANCE);
    FAILS(TRAVELS(CAR_50) ",\"licences\":[]", ARRAS, DISTANCE);
    /* Nothing said about licences: its word is taken. */
    FITS(TRAVELS(CAR_50), ARRAS);
}

static void larger_licences_include_smaller_ones(void **state)
{
    (void)state;
    static const struct {
        const char *held, *asked;
        bool fits;
    } cases[] = {{"b", "b", true},   {"be", "b", true},   {"be", "b96", true}, {"b96", "b", true},
                 {"b", "be", false}, {"b", "b1", true},   {"b", "am", true},   {"b", "a1", false},
                 {"c", "b", true},   {"c", "c1", true},   {"c", "be", false},  {"c1", "c", false},
                 {"ce", "c", true},  {"ce", "be", true},  {"ce", "c1e", true}, {"ce", "d", false},
                 {"d", "b", true},   {"d", "d1", true},   {"de", "d1e", true}, {"de", "be", true},
                 {"a", "a2", true},  {"a", "a1", true},   {"a", "am", true},   {"a", "b", false},
                 {"a2", "a", false}, {"c1e", "be", true}, {"d1e", "c1", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char held[64];
        char asked[64];
        snprintf(held, sizeof held, "\"licences\":[{\"category\":\"%s\"}]", cases[i].held);
        snprintf(asked, sizeof asked, "\"licences\":[{\"category\":\"%s\",\"required\":true}]",
                 cases[i].asked);
        expect_failed(held, asked, cases[i].fits ? 0 : 1u << CONSTRAINT_LICENCE);
    }
    FAILS("\"licences\":[{\"category\":\"b\",\"holding\":\"in_progress\"}]",
          "\"licences\":[{\"category\":\"b\",\"required\":true}]", LICENCE);
    FITS("\"licences\":[{\"category\":\"b\",\"holding\":\"held\"}]",
         "\"licences\":[{\"category\":\"b\",\"required\":true}]");
    FITS("", "\"licences\":[{\"category\":\"b\"},{\"category\":\"c\",\"required\":false}]");
}

/* -- what a score never uses ---------------------------------------------------------------------
 */

static bool same_learner(const char *fields, const char *other_fields)
{
    struct learner_profile *one = learner_of(fields);
    struct learner_profile *other = learner_of(other_fields);
    size_t size = learner_profile_size(one);
    bool same = size == learner_profile_size(other) && memcmp(one, other, size) == 0;
    learner_profile_free(one);
    learner_profile_free(other);
    return same;
}

static bool same_offer(const char *fields, const char *other_fields)
{
    struct offer_profile *one = offer_of(fields);
    struct offer_profile *other = offer_of(other_fields);
    size_t size = offer_profile_size(one);
    bool same = size == offer_profile_size(other) && memcmp(one, other, size) == 0;
    offer_profile_free(one);
    offer_profile_free(other);
    return same;
}

static void protected_fields_change_nothing(void **state)
{
    (void)state;
    assert_true(same_learner(
        HOLDS_C ",\"statistics\":{\"gender\":\"female\",\"birth_year\":1970,\"diploma\":\"none\","
                "\"status\":\"long_term_job_seeker\",\"priority_area\":true,"
                "\"minimum_income\":true},\"contact\":{\"given_name\":\"Aïcha\",\"family_name\":"
                "\"Durand\",\"birth_date\":\"1970-02-03\",\"postcode\":\"59000\",\"town\":"
                "\"Lille\",\"street\":\"1 rue Haute\",\"email\":\"a@example.org\"}",
        HOLDS_C ",\"statistics\":{\"gender\":\"male\",\"birth_year\":2004,\"diploma\":\"level_8\","
                "\"status\":\"student\",\"priority_area\":false,\"minimum_income\":false},"
                "\"contact\":{\"given_name\":\"Paul\",\"family_name\":\"Petit\",\"birth_date\":"
                "\"2004-05-06\",\"postcode\":\"75016\",\"town\":\"Paris\",\"phone\":"
                "\"0102030405\"}"));
    assert_true(same_learner(HOLDS_C, HOLDS_C ",\"statistics\":{\"diploma\":\"level_7\"}"));
    /* Nor do the way into the programme, who sent the learner, and gaps between stages. */
    assert_true(same_learner(HOLDS_C, HOLDS_C
                             ",\"cohort\":\"C7\",\"prescriber\":\"Mission locale\",\"referent\":"
                             "\"Mme Martin\",\"stages\":[{\"stage\":\"Un\",\"entered_on\":"
                             "\"2019-01-01\",\"left_on\":\"2020-01-01\",\"exit\":\"left\"},"
                             "{\"stage\":\"Deux\",\"entered_on\":\"2024-01-01\"}]"));
    assert_false(same_learner(HOLDS_C, HOLDS_C "," LILLE));
    assert_true(same_offer(ASKS_C, ASKS_C ",\"experience_months\":60,\"employer_name\":\"Acme\","
                                          "\"description\":\"Homme, 30 ans\",\"positions\":3,"
                                          "\"pay\":{\"minimum\":200000,\"period\":\"month\"}"));
    assert_false(same_offer(ASKS_C, ASKS_C ",\"weekly_minutes\":2100"));
}

/* -- any record ----------------------------------------------------------------------------------
 */

static const char *const phrases[] = {
    "c",           "sql",   "welding",
    "developer",   "M1805", "Programmer en C",
    "fr",          "en",    "zz",
    "Développeur", "x",     "Souder à l'arc — ou presque…",
    "59350",       "é è œ", "\xf0\x9f\x8c\x89",
    "welder",      "(H/F)", "!",
};

static struct text random_text(uint64_t *random)
{
    const char *phrase = phrases[support_random(random) % (sizeof phrases / sizeof *phrases)];
    return (struct text){phrase, (uint32_t)strlen(phrase)};
}

static int64_t random_value(const struct field *field, uint64_t *random)
{
    if (support_chance(random, 3)) /* not even in bounds */
        return (int64_t)support_random(random);
    uint64_t span = (uint64_t)field->max - (uint64_t)field->min + 1;
    return (int64_t)((uint64_t)field->min + (span ? support_random(random) % span : 0));
}

static void random_record(const struct record_type *type, void *record, uint64_t *random);

static uint32_t random_items(const struct field *field, void *member, size_t item, uint64_t *random)
{
    struct list *list = member;
    list->count = (uint32_t)support_between(random, 0, (int32_t)field->max);
    list->items = arena_alloc(arena, item * list->count + 1);
    assert_non_null(list->items);
    return list->count;
}

static void random_field(const struct field *field, void *member, uint64_t *random)
{
    switch (field->type) {
    case FIELD_TEXT:
        *(struct text *)member = random_text(random);
        break;
    case FIELD_INT:
    case FIELD_TIME:
        *(int64_t *)member = random_value(field, random);
        break;
    case FIELD_BOOL:
        *(bool *)member = support_chance(random, 50);
        break;
    case FIELD_DATE:
        *(int32_t *)member = support_chance(random, 80) ? TODAY + support_between(random, -99, 99)
                                                        : (int32_t)support_random(random);
        break;
    case FIELD_CLOCK:
        *(int32_t *)member = support_between(random, -1, 1441);
        break;
    case FIELD_ID:
        *(uint64_t *)member = support_random(random);
        break;
    case FIELD_CHOICE:
        *(uint8_t *)member = (uint8_t)support_between(random, 0, (int)field->choices->count + 1);
        break;
    case FIELD_SET:
        *(uint32_t *)member = (uint32_t)support_random(random);
        break;
    case FIELD_RECORD:
        random_record(field->record, member, random);
        break;
    case FIELD_RECORDS:
        for (uint32_t i = random_items(field, member, field->record->size, random); i > 0; i--)
            random_record(field->record,
                          (char *)((struct list *)member)->items + (i - 1) * field->record->size,
                          random);
        break;
    case FIELD_TEXTS:
        for (uint32_t i = random_items(field, member, sizeof(struct text), random); i > 0; i--)
            ((struct texts *)member)->items[i - 1] = random_text(random);
        break;
    }
}

static void random_record(const struct record_type *type, void *record, uint64_t *random)
{
    uint64_t has = 0;
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        if (!field->required && support_chance(random, 40))
            continue;
        has |= UINT64_C(1) << i;
        random_field(field, (char *)record + field->offset, random);
    }
    memcpy(record, &has, sizeof has);
}

/* The shares of the reasons add up to the score. */
static void expect_explained(const struct learner_profile *learner,
                             const struct offer_profile *offer, const struct learner *record)
{
    struct prospects prospects;
    learner_expect(record, &catalogue, &prospects);
    struct reason reasons[REASONS_MAX];
    struct score score = score_pair(learner, offer);
    unsigned count = reasons_explain(learner, offer, &prospects, reasons);
    assert_true(count <= REASONS_MAX);
    int64_t credit = 0;
    uint32_t barred = 0;
    for (unsigned i = 0; i < count; i++) {
        credit += reasons[i].credit;
        if (reasons[i].code == REASON_BARRED)
            barred |= 1u << reasons[i].constraint;
    }
    assert_int_equal(barred, score.failed);
    assert_in_range(credit, score.employer > 60 ? score.employer - 60 : 0, score.employer);
}

static void any_record_makes_a_profile(void **state)
{
    (void)state;
    uint64_t random = 4;
    uint32_t failed = 0;
    int matches = 0;
    for (int i = 0; i < 4000; i++) {
        struct learner *learner = arena_alloc(arena, sizeof *learner);
        struct offer *offer = arena_alloc(arena, sizeof *offer);
        random_record(&learner_type, learner, &random);
        random_record(&offer_type, offer, &random);
        struct learner_profile *one = learner_compile(learner, 1, &catalogue);
        struct offer_profile *other = offer_compile(offer, 2, &catalogue);
        assert_non_null(one);
        assert_non_null(other);
        expect_explained(one, other, learner);
        struct score score = score_pair(one, other);
        failed |= score.failed;
        matches += score.total > 0;
        learner_profile_free(one);
        offer_profile_free(other);
        arena_reset(arena);
    }
    assert_int_equal(failed, (1u << CONSTRAINT_END) - 1);
    assert_true(matches > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(skills_are_found_by_id_and_by_words, begin, end),
        cmocka_unit_test_setup_teardown(words_are_found_by_attachment, begin, end),
        cmocka_unit_test_setup_teardown(a_role_stands_in_for_skills, begin, end),
        cmocka_unit_test_setup_teardown(wished_roles_count, begin, end),
        cmocka_unit_test_setup_teardown(terms_are_taken_over, begin, end),
        cmocka_unit_test_setup_teardown(the_farthest_way_of_travel_counts, begin, end),
        cmocka_unit_test_setup_teardown(driving_counts_with_a_licence, begin, end),
        cmocka_unit_test_setup_teardown(larger_licences_include_smaller_ones, begin, end),
        cmocka_unit_test_setup_teardown(protected_fields_change_nothing, begin, end),
        cmocka_unit_test_setup_teardown(any_record_makes_a_profile, begin, end),
    };
    return cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
}
