#include "entries.h"

#include "symbols.h"

#include <string.h>

uint32_t entries_slot_count(uint32_t count)
{
    uint32_t slots = 4;
    while (slots < (uint64_t)count * 2 && slots < UINT32_C(1) << 31)
        slots *= 2;
    return slots;
}

static bool is_entry(const struct entries *entries, uint32_t entry, const char *text, size_t size)
{
    const struct entry *known = &entries->items[entry];
    return known->size == size && memcmp(entries->strings + known->text, text, size) == 0;
}

/* The slot of the string, or the empty one where it belongs. A table without empty slots, which
 * only a wrong file has, is searched once around. */
static uint32_t find_slot(const struct entries *entries, const uint32_t *slots, const char *text,
                          size_t size)
{
    uint32_t mask = entries->slot_count - 1;
    uint32_t at = text_hash(text, size) & mask;
    for (uint32_t probes = 0; probes < mask && slots[at] != 0; probes++, at = (at + 1) & mask) {
        if (is_entry(entries, slots[at] - 1, text, size))
            break;
    }
    return at;
}

void entries_index(const struct entries *entries, uint32_t *slots)
{
    for (uint32_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->items[i];
        uint32_t at = find_slot(entries, slots, entries->strings + entry->text, entry->size);
        if (slots[at] == 0)
            slots[at] = i + 1;
    }
}

bool entries_open(struct entries *entries, const struct section *items, const struct section *slots,
                  const struct section *strings, uint32_t limit)
{
    *entries = (struct entries){.items = items->items,
                                .slots = slots->items,
                                .count = items->count,
                                .slot_count = slots->count,
                                .strings = strings->items};
    for (uint32_t i = 0; i < items->count; i++) {
        const struct entry *entry = &entries->items[i];
        if (!string_valid(strings, entry->text) || entry->size >= strings->count - entry->text ||
            entries->strings[entry->text + entry->size] != '\0' || entry->value >= limit)
            return false;
    }
    if (slots->count == 0 || (slots->count & (slots->count - 1)) != 0)
        return false;
    for (uint32_t i = 0; i < slots->count; i++) {
        if (entries->slots[i] > items->count)
            return false;
    }
    return true;
}

int32_t entries_find(const struct entries *entries, const char *text, size_t size)
{
    uint32_t entry = entries->slots[find_slot(entries, entries->slots, text, size)];
    /* The search may have ended at a stranger; see find_slot. */
    if (entry == 0 || !is_entry(entries, entry - 1, text, size))
        return REFERENTIAL_NONE;
    return (int32_t)entries->items[entry - 1].value;
}
