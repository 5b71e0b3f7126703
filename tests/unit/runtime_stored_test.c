#include "runtime/stored.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const char hash[] = "00112233445566778899aabbccddeeff";
static const char other[] = "ffeeddccbbaa99887766554433221100";

/* A value with names "E3,C4" and one byte of fields; returns its size. */
static size_t value_write(uint8_t value[STORED_HEADER_SIZE + 6], const char *person,
                          int64_t observed_ms)
{
    stored_write_header(value, "open", 'O', hash, person, observed_ms, 5);
    memcpy(value + STORED_HEADER_SIZE, "E3,C4\x81", 6);
    return STORED_HEADER_SIZE + 6;
}

static void splits_what_it_writes(void **state)
{
    uint8_t value[STORED_HEADER_SIZE + 6];
    size_t size = value_write(value, other, 1763791234567);
    struct stored stored;

    (void)state;
    assert_true(stored_parse(12, (const char *)value, size, &stored));
    assert_int_equal(stored.revision, 12);
    assert_int_equal(stored.created, 12);
    assert_int_equal(stored.observed_ms, 1763791234567);
    assert_string_equal(stored.state, "open");
    assert_string_equal(stored.reference, hash);
    assert_string_equal(stored.person, other);
    assert_int_equal(stored.names_size, 5);
    assert_memory_equal(stored.names, "E3,C4", 5);
    assert_int_equal(stored.size, 1);
    assert_int_equal(stored.fields[0], 0x81);
}

static void takes_what_changed_and_what_was_observed_before_1970(void **state)
{
    uint8_t value[STORED_HEADER_SIZE + 6];
    size_t size = value_write(value, "", -315619200000);
    struct stored stored;

    (void)state;
    value[7] = 1;
    value[8] = 2;
    assert_true(stored_parse(12, (const char *)value, size, &stored));
    assert_int_equal(stored.revision, 258);
    assert_int_equal(stored.created, 12);
    assert_int_equal(stored.observed_ms, -315619200000);
    assert_string_equal(stored.person, "");
}

static void refuses_what_is_no_record(void **state)
{
    uint8_t value[STORED_HEADER_SIZE + 6];
    size_t size = value_write(value, other, 0);
    struct stored stored;

    (void)state;
    for (size_t cut = 0; cut < size; cut++)
        assert_false(stored_parse(12, (const char *)value, cut, &stored));
    value[2] = 6; /* no fields are left */
    assert_false(stored_parse(12, (const char *)value, size, &stored));
    value[1] = 0xff;
    assert_false(stored_parse(12, (const char *)value, size, &stored));
    value_write(value, other, 0);
    for (unsigned place = 0; place < 256; place++) {
        value[0] = (uint8_t)place;
        assert_int_equal(stored_parse(12, (const char *)value, size, &stored),
                         place >= 1 && place <= 4); /* an offer has four */
    }
    value[0] = 1;
    value[9] = 'X';
    assert_false(stored_parse(12, (const char *)value, size, &stored));
}

static void splits_a_line_of_former_versions(void **state)
{
    static const char value[] = "345 1763791234567 open 12 00ff - E3,C4\n\x81";
    struct stored stored;

    (void)state;
    assert_true(stored_parse(12, value, sizeof value - 1, &stored));
    assert_int_equal(stored.revision, 345);
    assert_int_equal(stored.observed_ms, 1763791234567);
    assert_string_equal(stored.state, "open");
    assert_int_equal(stored.created, 12);
    assert_string_equal(stored.reference, "00ff");
    assert_string_equal(stored.person, "");
    assert_int_equal(stored.names_size, 5);
    assert_memory_equal(stored.names, "E3,C4", 5);
    assert_int_equal(stored.size, 1);
    assert_int_equal(stored.fields[0], 0x81);
}

static void takes_a_line_of_what_was_observed_before_1970(void **state)
{
    static const char value[] = "345 -315619200000 active 12 00ff 11ee -\n\x81";
    struct stored stored;

    (void)state;
    assert_true(stored_parse(12, value, sizeof value - 1, &stored));
    assert_int_equal(stored.observed_ms, -315619200000);
    assert_string_equal(stored.person, "11ee");
    assert_int_equal(stored.names_size, 0);
}

static void refuses_a_line_that_is_no_header(void **state)
{
    static const char *const bad[] = {
        "",
        "\n",
        "1 2 open",
        "x 2 open 1 f - -\n",
        "1 2\n",
        "1 2 open\n",
        "1 2 open x f - -\n",
        "1  open 1 f - -\n",
        "-1 2 open 1 f - -\n",
        "1 - open 1 f - -\n",
        "1 --2 open 1 f - -\n",
        "1 2 averyveryverylongstate 1 f - -\n",
        "9999999999999999999999 2 open 1 f - -\n",
        "1 2 open 1\n",
        "1 2 open 1 f\n",
        "1 2 open 1 f -\n",
        "1 2 open 1 000000000000000000000000000000000 - -\n",
    };
    struct stored stored;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(stored_parse(1, bad[i], strlen(bad[i]), &stored));
}

static void reads_a_packed_list_to_its_end(void **state)
{
    static const char packed[] =
        "\x27\x10\x00\x00\x00\x00\x04\x12\x00\x01\xff\xff\xff\xff\xff\xff\x07";
    struct list_entry entry;

    (void)state;
    assert_true(list_entry_read(packed, 17, 0, &entry));
    assert_int_equal(entry.score, 10000);
    assert_int_equal(entry.number, 1042);
    assert_true(list_entry_read(packed, 17, 1, &entry));
    assert_int_equal(entry.number, 0xffffffffffff);
    assert_false(list_entry_read(packed, 17, 2, &entry));
}

/* The slots of stored lists depend on it: these figures must never change. */
static void slots_are_fixed_for_ever(void **state)
{
    unsigned of_slot[4] = {0};

    (void)state;
    assert_int_equal(slot_of_offer(1, 1), 0);
    for (uint64_t number = 1; number <= 4000; number++)
        of_slot[slot_of_offer(number, 4)]++;
    for (unsigned i = 0; i < 4; i++)
        assert_in_range(of_slot[i], 900, 1100);
    assert_int_equal(slot_of_offer(1, 64), 0x910a2dec89025cc1u % 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_what_it_writes),
        cmocka_unit_test(takes_what_changed_and_what_was_observed_before_1970),
        cmocka_unit_test(refuses_what_is_no_record),
        cmocka_unit_test(splits_a_line_of_former_versions),
        cmocka_unit_test(takes_a_line_of_what_was_observed_before_1970),
        cmocka_unit_test(refuses_a_line_that_is_no_header),
        cmocka_unit_test(reads_a_packed_list_to_its_end),
        cmocka_unit_test(slots_are_fixed_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
