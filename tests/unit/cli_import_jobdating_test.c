/* Windows, sessions, tables and ids as people write them. */
#include "cli/import_item.h"
#include "cli/import_value.h"
#include "proto/codec.h"
#include "proto/records.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(1 << 20);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* NULL when the text is not understood. */
static void *item(const struct record_type *type, const char *text)
{
    void *records = arena_alloc(arena, ITEM_RECORDS_MAX * type->size);
    unsigned count;
    enum item_result result = item_read(type, text_of_string(text), arena, records, &count);
    if (result == ITEM_UNKNOWN)
        return NULL;
    assert_int_equal(result, ITEM_READ);
    assert_int_equal(count, 1);
    return records;
}

static void windows_are_read(void **state)
{
    (void)state;
    static const char *const good[] = {"13:30-15:00", "13h30 - 15h", "13h30 à 15h00", "13:30–15h",
                                       "13h30 to 15:00"};
    static const char *const bad[] = {"13:30",        "13:30-",  "-15:00",
                                      "13:30-15:00x", "25h-26h", "matin"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const struct window *window = item(&window_type, good[i]);
        assert_non_null(window);
        assert_int_equal(window->from, 810);
        assert_int_equal(window->to, 900);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_null(item(&window_type, bad[i]));
}

static void sessions_are_read(void **state)
{
    (void)state;
    const struct session *session = item(&session_type, "13:30-17:00 10+4");
    assert_non_null(session);
    assert_int_equal(session->slot_minutes, 10);
    assert_int_equal(session->changeover_minutes, 4);
    session = item(&session_type, "9h à 12h 15");
    assert_non_null(session);
    assert_false(session->has.changeover_minutes);
    assert_null(item(&session_type, "13:30-17:00"));
    assert_null(item(&session_type, "13:30-17:00 10+"));
    assert_null(item(&session_type, "13:30-17:00 10+4 5"));
}

static void tables_are_read(void **state)
{
    (void)state;
    const struct table *table = item(&table_type, "A2 (rdc+ground_floor+quiet)");
    assert_non_null(table);
    assert_int_equal(table->name.size, 2);
    assert_int_equal(table->features, CHOICE_BIT(NEED_GROUND_FLOOR) | CHOICE_BIT(NEED_QUIET));
    table = item(&table_type, "Salle Exemple");
    assert_non_null(table);
    assert_false(table->has.features);
    assert_null(item(&table_type, "A2 (ground_floor"));
    assert_null(item(&table_type, "A2 (moon)"));
    assert_null(item(&table_type, "(quiet)"));
}

static void ids_are_of_their_kind(void **state)
{
    (void)state;
    const struct offer_brought *offer = item(&offer_brought_type, "O12");
    const struct helper_needed *helper = item(&helper_needed_type, "H8");
    assert_non_null(offer);
    assert_non_null(helper);
    assert_true(offer->offer == id_make('O', 12) && helper->helper == id_make('H', 8));
    assert_null(item(&offer_brought_type, "L12"));
    assert_null(item(&helper_needed_type, "T2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(windows_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sessions_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tables_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_are_of_their_kind, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
