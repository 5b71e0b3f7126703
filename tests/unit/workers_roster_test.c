#include "workers/match/roster.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { IDS = 700, STEPS = 200000 };

/* Against an array: what is in, and nothing else, through many puts and removals. */
static void behaves_like_a_set(void **state)
{
    static bool in[IDS];
    struct roster *roster = roster_create();
    uint64_t random = 7;
    size_t count = 0;

    (void)state;
    assert_non_null(roster);
    for (int step = 0; step < STEPS; step++) {
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
        unsigned i = (unsigned)(random >> 33) % IDS;
        uint64_t id = ((uint64_t)'L' << 56) + i + 1;
        assert_int_equal(roster_find(roster, id) != NULL, in[i]);
        if (random >> 40 & 1) {
            assert_non_null(roster_put(roster, id));
            count += !in[i];
            in[i] = true;
        } else {
            roster_remove(roster, id);
            count -= in[i];
            in[i] = false;
        }
        assert_int_equal(roster_count(roster), count);
    }
    size_t at = 0, walked = 0;
    struct roster_entry *entry;
    while ((entry = roster_next(roster, &at)) != NULL) {
        assert_true(in[(entry->id & 0xffffff) - 1]);
        walked++;
    }
    assert_int_equal(walked, count);
    roster_free(roster);
}

static void keeps_what_is_noted(void **state)
{
    struct roster *roster = roster_create();

    (void)state;
    assert_non_null(roster);
    for (uint64_t id = 1; id <= 5000; id++) {
        struct roster_entry *entry = roster_put(roster, id);
        assert_non_null(entry);
        assert_int_equal(entry->changes_on, INT32_MAX);
        entry->changes_on = (int32_t)id;
    }
    for (uint64_t id = 1; id <= 5000; id += 3)
        roster_remove(roster, id);
    for (uint64_t id = 2; id <= 5000; id += 3)
        assert_int_equal(roster_find(roster, id)->changes_on, id);
    roster_free(roster);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(behaves_like_a_set),
        cmocka_unit_test(keeps_what_is_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
