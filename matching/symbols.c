#include "symbols.h"

enum { TEXT_MAX = 256 * 1024 * 1024 };

uint32_t text_hash(const char *text, size_t size)
{
    uint64_t hash = 0xCBF29CE484222325U; /* FNV-1a, then mixed: the tables use the low bits */
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (uint8_t)text[i]) * 0x100000001B3U;
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93U;
    return (uint32_t)(hash >> 32);
}

void symbols_clear(struct symbols *symbols)
{
    free(symbols->text);
    free(symbols->offsets);
    free(symbols->slots);
    *symbols = (struct symbols){0};
}

const char *symbols_text(const struct symbols *symbols, int32_t symbol)
{
    return symbols->text + symbols->offsets[symbol];
}

/* The slot of the string, or the empty one where it belongs. */
static size_t find_slot(const struct symbols *symbols, const char *text, size_t size)
{
    size_t at = text_hash(text, size) & (symbols->slot_count - 1);
    for (; symbols->slots[at] != 0; at = (at + 1) & (symbols->slot_count - 1)) {
        const char *known = symbols_text(symbols, (int32_t)(symbols->slots[at] - 1));
        if (strncmp(known, text, size) == 0 && known[size] == '\0')
            break;
    }
    return at;
}

static bool grow_slots(struct symbols *symbols)
{
    if ((symbols->count + 1) * 2 <= symbols->slot_count)
        return true;
    size_t slot_count = symbols->slot_count ? symbols->slot_count * 2 : 1024;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots)
        return false;
    free(symbols->slots);
    symbols->slots = slots;
    symbols->slot_count = slot_count;
    for (size_t i = 0; i < symbols->count; i++) {
        const char *text = symbols_text(symbols, (int32_t)i);
        slots[find_slot(symbols, text, strlen(text))] = (uint32_t)i + 1;
    }
    return true;
}

int32_t symbols_find(const struct symbols *symbols, const char *text, size_t size)
{
    if (symbols->slot_count == 0)
        return SYMBOL_NONE;
    return (int32_t)symbols->slots[find_slot(symbols, text, size)] - 1;
}

int32_t symbols_add(struct symbols *symbols, const char *text, size_t size)
{
    if (size >= TEXT_MAX - symbols->size || !grow_slots(symbols))
        return SYMBOL_NONE;
    size_t slot = find_slot(symbols, text, size);
    if (symbols->slots[slot] != 0)
        return (int32_t)symbols->slots[slot] - 1;
    char *grown_text = array_grow(symbols->text, &symbols->capacity, symbols->size + size + 1, 1);
    if (!grown_text)
        return SYMBOL_NONE;
    symbols->text = grown_text;
    uint32_t *offsets = array_grow(symbols->offsets, &symbols->offsets_capacity, symbols->count + 1,
                                   sizeof *offsets);
    if (!offsets)
        return SYMBOL_NONE;
    symbols->offsets = offsets;
    memcpy(symbols->text + symbols->size, text, size);
    symbols->text[symbols->size + size] = '\0';
    symbols->offsets[symbols->count] = (uint32_t)symbols->size;
    symbols->size += size + 1;
    symbols->slots[slot] = (uint32_t)++symbols->count;
    return (int32_t)symbols->count - 1;
}
