/* Any text is a window, a session, a table or an id, or is refused; what is read is checked by the
 * record's own rules without harm. The first byte chooses which. */
#include "cli/import_item.h"
#include "proto/codec.h"
#include "proto/records.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct record_type *const types[] = {&window_type, &session_type, &table_type,
                                                      &offer_brought_type, &helper_needed_type};
    static struct arena *arena;
    if (arena == NULL)
        arena = arena_create(1 << 20);
    if (arena == NULL || size < 2 || size > 4096)
        return 0;
    arena_reset(arena);
    const struct record_type *type = types[data[0] % 5];
    struct text text = {arena_copy(arena, (const char *)data + 1, size - 1), (uint32_t)size - 1};
    void *records = arena_alloc(arena, ITEM_RECORDS_MAX * type->size);
    struct errors errors = {.count = 0};
    unsigned count;
    if (text.data == NULL || records == NULL ||
        item_read(type, text, arena, records, &count) != ITEM_READ)
        return 0;
    if (count > ITEM_RECORDS_MAX)
        abort();
    for (unsigned i = 0; i < count; i++)
        (void)record_check(type, (const char *)records + i * type->size, "", &errors);
    return 0;
}
