/* The rules that tables cannot say, by decoding messages and by checking structs made by hand. */
#include "proto_support.h"

static union {
    struct learner learner;
    struct offer offer;
    struct request request;
    struct employer employer;
    struct cohort cohort;
} room;

/* Decodes as a stored record would be, then checks. */
static void check(const struct record_type *type, const char *json)
{
    assert_true(type->size <= sizeof room);
    memset(&room, 0, sizeof room);
    errors = (struct errors){0};
    if (!record_decode(type, tree_of(json), &room, arena, "", &errors))
        fail_msg("%s: %s: %s", json, errors.item[0].path, errors.item[0].expected);
    bool fine = record_check(type, &room, "body", &errors);
    assert_int_equal(fine, errors.total == 0);
}

static void right(const struct record_type *type, const char *json)
{
    check(type, json);
    if (errors.total > 0)
        fail_msg("%s: %s: %s", json, errors.item[0].path, errors.item[0].expected);
}

static void wrong(const struct record_type *type, const char *json, enum error_code code,
                  const char *path)
{
    check(type, json);
    if (errors.total != 1)
        fail_msg("%s: %u errors", json, errors.total);
    assert_error(code, path, NULL);
}

static void hours_end_after_they_start(void **state)
{
    (void)state;
    right(&hours_type, "{\"day\":\"monday\",\"from\":\"07:30\",\"to\":\"07:31\"}");
    wrong(&hours_type, "{\"day\":\"monday\",\"from\":\"07:30\",\"to\":\"07:30\"}",
          ERROR_INCONSISTENT, "body.to");
    check(&hours_type, "{\"day\":\"monday\",\"from\":\"07:30\",\"to\":\"07:00\"}");
    assert_error(ERROR_INCONSISTENT, "body.to", "after the start, 07:30");
}

static void ends_do_not_precede_starts(void **state)
{
    (void)state;
    right(&stage_type, "{\"name\":\"n\",\"starts_on\":\"2026-01-02\",\"ends_on\":\"2026-01-02\"}");
    wrong(&stage_type, "{\"name\":\"n\",\"starts_on\":\"2026-01-02\",\"ends_on\":\"2026-01-01\"}",
          ERROR_INCONSISTENT, "body.ends_on");
    wrong(&stage_entry_type,
          "{\"stage\":\"n\",\"entered_on\":\"2026-01-02\",\"left_on\":\"2026-01-01\"}",
          ERROR_INCONSISTENT, "body.left_on");
    wrong(&pay_type, "{\"minimum\":2,\"maximum\":1,\"period\":\"hour\"}", ERROR_INCONSISTENT,
          "body.maximum");
    static const char head[] = "\"source\":\"s\",\"reference\":\"r\",\"observed_at\":"
                               "\"2026-11-22T06:15:00.000Z\"";
    char json[300];
    snprintf(json, sizeof json, "{%s,\"minimum_hours\":35,\"maximum_hours\":20}", head);
    wrong(&learner_type, json, ERROR_INCONSISTENT, "body.maximum_hours");
    snprintf(json, sizeof json,
             "{%s,\"title\":\"t\",\"starts_on\":\"2026-01-02\",\"ends_on\":\"2026-01-01\"}", head);
    wrong(&offer_type, json, ERROR_INCONSISTENT, "body.ends_on");
    snprintf(json, sizeof json,
             "{%s,\"programme\":\"P1\",\"name\":\"t\",\"starts_on\":\"2026-01-02\","
             "\"ends_on\":\"2026-01-01\"}",
             head);
    wrong(&cohort_type, json, ERROR_INCONSISTENT, "body.ends_on");
}

static void skills_have_an_id_or_words(void **state)
{
    (void)state;
    right(&claim_type, "{\"skill\":\"s\"}");
    right(&requirement_type, "{\"words\":\"s\"}");
    wrong(&claim_type, "{\"level\":1}", ERROR_MISSING_FIELD, "body");
    wrong(&requirement_type, "{\"level\":1}", ERROR_MISSING_FIELD, "body");
}

static void codes_have_their_formats(void **state)
{
    (void)state;
    right(&place_type, "{\"commune\":\"59512\",\"postcode\":\"59100\",\"department\":\"59\"}");
    right(&place_type, "{\"commune\":\"2A004\",\"postcode\":\"20000\",\"department\":\"2B\"}");
    right(&place_type, "{\"commune\":\"97411\",\"department\":\"974\"}");
    wrong(&place_type, "{\"commune\":\"2C004\"}", ERROR_BAD_FORMAT, "body.commune");
    wrong(&place_type, "{\"commune\":\"5951a\"}", ERROR_BAD_FORMAT, "body.commune");
    wrong(&place_type, "{\"commune\":\"A9512\"}", ERROR_BAD_FORMAT, "body.commune");
    wrong(&place_type, "{\"postcode\":\"2A004\"}", ERROR_BAD_FORMAT, "body.postcode");
    wrong(&place_type, "{\"department\":\"2C\"}", ERROR_BAD_FORMAT, "body.department");
    wrong(&place_type, "{\"department\":\"595\"}", ERROR_BAD_FORMAT, "body.department");
    wrong(&place_type, "{\"latitude\":50690000}", ERROR_INCONSISTENT, "body.longitude");
    wrong(&place_type, "{\"longitude\":3180000}", ERROR_INCONSISTENT, "body.latitude");
    right(&language_type, "{\"code\":\"en\"}");
    wrong(&language_type, "{\"code\":\"EN\"}", ERROR_BAD_FORMAT, "body.code");
    wrong(&language_type, "{\"code\":\"e1\"}", ERROR_BAD_FORMAT, "body.code");
    right(&contact_type, "{\"email\":\"zoe@example.org\"}");
    static const char *const mail[] = {"zoe", "@b.fr", "abc@", "a@b@c", "a b@c.fr", "a@b\\n.fr"};
    for (size_t i = 0; i < sizeof mail / sizeof mail[0]; i++) {
        char json[64];
        snprintf(json, sizeof json, "{\"email\":\"%s\"}", mail[i]);
        wrong(&contact_type, json, ERROR_BAD_FORMAT, "body.email");
    }
    wrong(&employer_contact_type, "{\"email\":\"ab@\"}", ERROR_BAD_FORMAT, "body.email");
    right(&adoption_type,
          "{\"referential\":\"0123456789abcdef\",\"communes\":\"0123456789abcdef\"}");
    wrong(&adoption_type,
          "{\"referential\":\"0123456789abcdeF\",\"communes\":\"0123456789abcdef\"}",
          ERROR_BAD_FORMAT, "body.referential");
    wrong(&adoption_type,
          "{\"referential\":\"0123456789abcdef\",\"communes\":\"../../etc/passwd\"}",
          ERROR_BAD_FORMAT, "body.communes");
}

static void employer_numbers_are_digits(void **state)
{
    (void)state;
    static const char form[] = "{\"source\":\"s\",\"reference\":\"r\",\"observed_at\":"
                               "\"2026-11-22T06:15:00.000Z\",\"name\":\"n\",\"siret\":\"%s\"}";
    char json[200];
    snprintf(json, sizeof json, form, "73282932000074");
    right(&employer_type, json);
    snprintf(json, sizeof json, form, "7328293200007x");
    wrong(&employer_type, json, ERROR_BAD_FORMAT, "body.siret");
}

static void references_of_france_travail_have_a_format(void **state)
{
    (void)state;
    static const char form[] = "{\"source\":\"%s\",\"reference\":\"%s\",\"observed_at\":"
                               "\"2026-11-22T06:15:00.000Z\"}";
    static const struct {
        const char *source, *reference;
        bool fine;
    } rows[] = {
        {"francetravail", "12345678901", true},
        {"francetravail", "1234567A", true},
        {"francetravail", "1234567b", true},
        {"francetravail", "AB12CD34", true},
        {"francetravail", "1234567890", false},
        {"francetravail", "1234567890a", false},
        {"francetravail", "123456789012", false},
        {"francetravail", "1234-67A", false},
        {"centre", "1", true},
        {"francetravail2", "1", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char json[200];
        snprintf(json, sizeof json, form, rows[i].source, rows[i].reference);
        if (rows[i].fine)
            right(&learner_type, json);
        else
            wrong(&learner_type, json, ERROR_BAD_FORMAT, "body.reference");
    }
}

static const char *matches_after(const char *after)
{
    static char json[80];
    snprintf(json, sizeof json, "{\"id\":\"O1\",\"after\":\"%s\"}", after);
    return json;
}

static void targets_are_named(void **state)
{
    (void)state;
    right(&target_type, "{\"id\":\"L1\"}");
    right(&target_type, "{\"source\":\"s\",\"reference\":\"r\"}");
    wrong(&target_type, "{\"source\":\"s\"}", ERROR_MISSING_FIELD, "body");
    wrong(&target_type, "{}", ERROR_MISSING_FIELD, "body");
    right(&get_type, "{\"id\":\"L1\"}");
    wrong(&get_type, "{\"source\":\"s\",\"reference\":\"r\"}", ERROR_MISSING_FIELD, "body");
    right(&get_type, "{\"kind\":\"offer\",\"source\":\"s\",\"reference\":\"r\"}");
    right(&matches_of_type, "{\"id\":\"O1\"}");
    wrong(&matches_of_type, "{\"id\":\"E1\"}", ERROR_WRONG_KIND, "body.id");
    static const char *const cursors[] = {"1b580123456789ab", "0001000000000000",
                                          "2710ffffffffffff"};
    static const char *const others[] = {"1b580123456789AB", "0x1b580123456789",
                                         "the page before!", "0000ffffffffffff",
                                         "2711000000000000", "ffffffffffffffff"};
    for (size_t i = 0; i < sizeof cursors / sizeof *cursors; i++)
        right(&matches_of_type, matches_after(cursors[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        wrong(&matches_of_type, matches_after(others[i]), ERROR_BAD_FORMAT, "body.after");
}

static void social_security_numbers_are_refused_in_bodies(void **state)
{
    (void)state;
    wrong(&claim_type, "{\"words\":\"soudeur 1 85 05 78 006 084 91\"}",
          ERROR_SOCIAL_SECURITY_NUMBER, "body.words");
    check(&claim_type, "{\"words\":\"soudeur 1 85 05 78 006 084 91\"}");
    assert_null(strstr(errors.item[0].expected, "85"));
    wrong(&module_type, "{\"name\":\"n\",\"skills\":[\"a\",\"185057800608491\"]}",
          ERROR_SOCIAL_SECURITY_NUMBER, "body.skills[1]");
    wrong(&learner_type,
          "{\"source\":\"s\",\"reference\":\"185057800608491\",\"observed_at\":"
          "\"2026-11-22T06:15:00.000Z\",\"claims\":[{\"words\":\"w\"}]}",
          ERROR_SOCIAL_SECURITY_NUMBER, "body.reference");
    /* A request id is made by chance; nobody wrote a number there. */
    right(&request_type, "{\"v\":1,\"id\":\"185057800608491\",\"type\":\"status\"}");
}

/* -- structs made by hand -----------------------------------------------------------------------
 */

static void check_offer(const struct offer *offer, enum error_code code, const char *path)
{
    record_check(&offer_type, offer, "", &errors);
    assert_error(code, path, NULL);
}

static void hand_made_records_are_checked_in_full(void **state)
{
    (void)state;
    struct offer good = {
        .source = {"s", 1}, .reference = {"r", 1}, .title = {"t", 1}, .observed_at = 1};
    good.has.source = good.has.reference = good.has.title = good.has.observed_at = true;
    assert_true(record_check(&offer_type, &good, "", &errors));

    struct offer offer = good;
    offer.has.title = false;
    check_offer(&offer, ERROR_MISSING_FIELD, "title");
    offer = good;
    offer.title = (struct text){NULL, 1};
    check_offer(&offer, ERROR_OUT_OF_BOUNDS, "title");
    offer.title = (struct text){"\xff", 1};
    check_offer(&offer, ERROR_BAD_UTF8, "title");
    offer = good;
    offer.observed_at = INT64_MAX;
    check_offer(&offer, ERROR_OUT_OF_BOUNDS, "observed_at");
    offer = good;
    offer.has.contract = true;
    check_offer(&offer, ERROR_OUT_OF_BOUNDS, "contract");
    offer.contract = CONTRACT_END;
    check_offer(&offer, ERROR_OUT_OF_BOUNDS, "contract");
    offer = good;
    offer.has.authorisations = true;
    offer.authorisations = CHOICE_BIT(AUTHORISATION_END);
    check_offer(&offer, ERROR_OUT_OF_BOUNDS, "authorisations");
    offer = good;
    offer.has.starts_on = true;
    offer.starts_on = INT32_MAX;
    check_offer(&offer, ERROR_OUT_OF_BOUNDS, "starts_on");
    offer = good;
    offer.has.positions = true;
    check_offer(&offer, ERROR_OUT_OF_BOUNDS, "positions");
    offer = good;
    offer.has.employer = true;
    check_offer(&offer, ERROR_BAD_FORMAT, "employer");
    offer.employer = id_make('L', 3);
    check_offer(&offer, ERROR_WRONG_KIND, "employer");
    offer = good;
    offer.has.place = true;
    check_offer(&offer, ERROR_MISSING_FIELD, "place");
    struct hours hours = {.day = DAY_MONDAY, .from = 60, .to = 1441};
    hours.has.day = hours.has.from = hours.has.to = true;
    offer = good;
    offer.has.schedule = true;
    offer.schedule.items = &hours;
    offer.schedule.count = 1;
    check_offer(&offer, ERROR_OUT_OF_BOUNDS, "schedule[0].to");
    offer.schedule.count = 22;
    check_offer(&offer, ERROR_OUT_OF_BOUNDS, "schedule");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(hours_end_after_they_start),
        TEST(ends_do_not_precede_starts),
        TEST(skills_have_an_id_or_words),
        TEST(codes_have_their_formats),
        TEST(employer_numbers_are_digits),
        TEST(references_of_france_travail_have_a_format),
        TEST(targets_are_named),
        TEST(social_security_numbers_are_refused_in_bodies),
        TEST(hand_made_records_are_checked_in_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
