#include "runtime/stored.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void splits_header_and_fields(void **state)
{
    static const char value[] = "345 1763791234567 open 12 00ff - E3,C4\n\x81";
    struct stored stored;

    (void)state;
    assert_true(stored_parse(value, sizeof value - 1, &stored));
    assert_int_equal(stored.revision, 345);
    assert_int_equal(stored.observed_ms, 1763791234567);
    assert_string_equal(stored.state, "open");
    assert_int_equal(stored.created, 12);
    assert_int_equal(stored.size, 1);
    assert_int_equal(stored.fields[0], 0x81);
}

static void takes_what_was_observed_before_1970(void **state)
{
    static const char value[] = "345 -315619200000 active 12 00ff - -\n\x81";
    struct stored stored;

    (void)state;
    assert_true(stored_parse(value, sizeof value - 1, &stored));
    assert_int_equal(stored.observed_ms, -315619200000);
}

static void refuses_what_is_no_record(void **state)
{
    static const char *const bad[] = {
        "",
        "\n",
        "1 2 open",
        "x 2 open 1\n",
        "1 2\n",
        "1 2 open\n",
        "1 2 open x\n",
        "1  open 1\n",
        "-1 2 open 1\n",
        "1 - open 1\n",
        "1 --2 open 1\n",
        "1 2 averyveryverylongstate 1\n",
        "9999999999999999999999 2 open 1\n",
    };
    struct stored stored;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(stored_parse(bad[i], strlen(bad[i]), &stored));
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
        cmocka_unit_test(splits_header_and_fields),
        cmocka_unit_test(takes_what_was_observed_before_1970),
        cmocka_unit_test(refuses_what_is_no_record),
        cmocka_unit_test(reads_a_packed_list_to_its_end),
        cmocka_unit_test(slots_are_fixed_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
