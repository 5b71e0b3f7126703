/* What every table must keep to, whatever is added to it. */
#include "proto_support.h"

static const struct record_type *const types[] = {
#define TYPE(record) &record##_type,
    RECORDS_ALL(TYPE)
#undef TYPE
};
enum { TYPES = sizeof types / sizeof types[0] };

#define FOR_EACH_FIELD(type, field)                                                                \
    for (unsigned t = 0; t < TYPES; t++)                                                           \
        for (const struct record_type *type = types[t]; type; type = NULL)                         \
            for (const struct field *field = type->fields; field < type->fields + type->count;     \
                 field++)

static void members_and_bits_are_where_the_table_says(void **state)
{
    (void)state;
    struct learner learner = {0};
    learner.has.free_hours = true;
    const struct field *field = field_of_name(&learner_type, "free_hours", 10, 0);
    assert_non_null(field);
    assert_true(learner.has_bits == field_bit(&learner_type, field));
    assert_ptr_equal((char *)&learner + field->offset, &learner.free_hours);
    struct offer offer = {.has_bits = 0};
    offer.has.pay = true;
    field = field_of_name(&offer_type, "pay", 3, 5);
    assert_true(offer.has_bits == field_bit(&offer_type, field));
    assert_ptr_equal((char *)&offer + field->offset, &offer.pay);
    assert_int_equal(offer_type.size, sizeof offer);
    assert_null(field_of_name(&offer_type, "pa", 2, 0));
}

static void names_are_distinct(void **state)
{
    (void)state;
    FOR_EACH_FIELD(type, field)
    {
        assert_int_equal(field->name_size, strlen(field->name));
        assert_ptr_equal(field_of_name(type, field->name, field->name_size, 0), field);
        assert_ptr_equal(field_of_name(type, field->name, field->name_size, type->count), field);
    }
}

/* A member lies within the struct, after has_bits and after the member before. */
static void members_follow_each_other(void **state)
{
    (void)state;
    FOR_EACH_FIELD(type, field)
    {
        size_t before = field == type->fields ? sizeof(uint64_t) - 1 : field[-1].offset;
        assert_true(field->offset > before);
        assert_true(field->offset < type->size);
    }
}

/* A leaf's class decides in which stored part it goes; its container must not say otherwise. */
static void nested_fields_have_the_class_of_their_container(void **state)
{
    (void)state;
    FOR_EACH_FIELD(type, field)
    {
        if (field->type != FIELD_RECORD && field->type != FIELD_RECORDS)
            continue;
        for (unsigned i = 0; i < field->record->count; i++)
            if (field->record->fields[i].privacy != field->privacy)
                fail_msg("%s.%s.%s", type->name, field->name, field->record->fields[i].name);
    }
}

static void bounds_make_sense(void **state)
{
    (void)state;
    FOR_EACH_FIELD(type, field)
    {
        assert_true(field->min <= field->max || field->type == FIELD_ID);
        bool has_choices = field->type == FIELD_CHOICE || field->type == FIELD_SET;
        assert_int_equal(field->choices != NULL, has_choices);
        if (has_choices)
            assert_in_range(field->choices->count, 1, 32);
        if (field->type == FIELD_ID && field->min)
            assert_true(kind_of_letter((char)field->min) != KIND_ABSENT);
        bool nests = field->type == FIELD_RECORD || field->type == FIELD_RECORDS;
        assert_int_equal(field->record != NULL, nests);
        assert_true(field->doc && *field->doc);
    }
}

static void choices_are_found_by_name(void **state)
{
    (void)state;
    FOR_EACH_FIELD(type, field)
    {
        for (unsigned i = 0; field->choices && i < field->choices->count; i++) {
            const char *name = field->choices->names[i];
            assert_int_equal(choice_of_name(field->choices, name, strlen(name)), i + 1);
            assert_string_equal(choice_name(field->choices, i + 1), name);
            assert_int_equal(choice_of_name(field->choices, name, strlen(name) - 1) == i + 1, 0);
        }
    }
    const struct choices *licences = licence_type.fields[0].choices;
    assert_int_equal(choice_of_name(licences, "b", 1), LICENCE_B);
    assert_int_equal(choice_of_name(licences, "", 0), 0);
    assert_int_equal(choice_of_name(licences, "b96x", 4), 0);
    assert_string_equal(choice_name(licences, 0), "");
    assert_string_equal(choice_name(licences, LICENCE_END), "");
}

static void assert_expects(const struct record_type *type, const char *name, const char *expected)
{
    char text[200];
    field_expect(field_of_name(type, name, strlen(name), 0), text, sizeof text);
    assert_string_equal(text, expected);
}

static void fields_say_what_they_take(void **state)
{
    (void)state;
    assert_expects(&claim_type, "words", "text of 1 to 160 bytes");
    assert_expects(&claim_type, "level", "integer 1..4");
    assert_expects(&place_type, "commune", "text of 5 bytes");
    assert_expects(&learner_type, "roles", "list of 0 to 8 texts of 1 to 64 bytes");
    assert_expects(&learner_type, "claims", "list of 0 to 120 maps: claim");
    assert_expects(&learner_type, "contact", "map: contact");
    assert_expects(&learner_type, "cohort", "id such as C1042");
    assert_expects(&target_type, "id", "id such as L1042");
    assert_expects(&day_type, "day", "date such as 2026-11-22");
    assert_expects(&hours_type, "from", "time of day such as 07:30");
    assert_expects(&offer_type, "adults_only", "true or false");
    assert_expects(&offer_type, "remote", "one of none, partial, full");
    assert_expects(&learner_type, "remote", "list, each once, of none, partial, full");
}

static void expectations_are_cut_at_a_name(void **state)
{
    (void)state;
    const struct field *contract = field_of_name(&offer_type, "contract", 8, 0);
    char text[40];
    field_expect(contract, text, 25);
    assert_string_equal(text, "one of cdi, cdd, …");
    char whole[200];
    field_expect(contract, whole, sizeof whole);
    assert_null(strstr(whole, "…"));
    field_expect(contract, text, strlen(whole) < sizeof text ? 0 : sizeof text);
    assert_string_equal(text, "one of cdi, cdd, temporary, …");
    record_expect(&pay_type, whole, sizeof whole);
    assert_string_equal(whole, "one of minimum, maximum, period");
    for (size_t capacity = 12; capacity < 200; capacity++) {
        record_expect(&offer_type, whole, capacity);
        assert_true(strlen(whole) < capacity);
    }
}

static void kinds_and_messages_are_found(void **state)
{
    (void)state;
    for (uint8_t kind = KIND_ABSENT + 1; kind < KIND_END; kind++) {
        const struct kind_info *info = kind_info(kind);
        assert_int_equal(kind_of_letter(info->letter), kind);
        assert_string_equal(info->name, info->record->name);
        assert_int_equal(strncmp(info->states, info->initial_state, strlen(info->initial_state)),
                         0);
    }
    assert_null(kind_info(KIND_ABSENT));
    assert_null(kind_info(KIND_END));
    assert_int_equal(kind_of_letter('Z'), KIND_ABSENT);
    for (enum message_type type = MESSAGE_NONE + 1; type < MESSAGE_END; type++) {
        const struct message_info *info = message_info(type);
        assert_int_equal(message_of_name(info->name, strlen(info->name)), type);
        /* A state message leads to a state that its kind has. */
        if (info->operation == OPERATION_STATE)
            assert_non_null(strstr(kind_info(info->kind)->states, info->state));
    }
    assert_null(message_info(MESSAGE_NONE));
    assert_null(message_info(MESSAGE_END));
    assert_int_equal(message_of_name("learner.pu", 10), MESSAGE_NONE);
    assert_string_equal(operation_name(OPERATION_PUT), "put");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_and_bits_are_where_the_table_says),
        cmocka_unit_test(names_are_distinct),
        cmocka_unit_test(members_follow_each_other),
        cmocka_unit_test(nested_fields_have_the_class_of_their_container),
        cmocka_unit_test(bounds_make_sense),
        cmocka_unit_test(choices_are_found_by_name),
        cmocka_unit_test(fields_say_what_they_take),
        cmocka_unit_test(expectations_are_cut_at_a_name),
        cmocka_unit_test(kinds_and_messages_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
