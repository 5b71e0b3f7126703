#include "runtime/stored.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER_MAX = 512 };

/* The next word of the header, up to a space; NULL past its end. */
static const char *header_word(const char **at, const char *end, size_t *size)
{
    const char *word = *at;
    const char *space;

    if (word >= end)
        return NULL;
    space = memchr(word, ' ', (size_t)(end - word));
    *size = (size_t)((space != NULL ? space : end) - word);
    *at = space != NULL ? space + 1 : end;
    return word;
}

static bool word_number(const char *word, size_t size, int64_t *number)
{
    *number = 0;
    if (word == NULL || size == 0 || size > 15)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (word[i] < '0' || word[i] > '9')
            return false;
        *number = *number * 10 + (word[i] - '0');
    }
    return true;
}

bool stored_parse(const char *data, size_t size, struct stored *stored)
{
    const char *end = memchr(data, '\n', size < HEADER_MAX ? size : HEADER_MAX);
    const char *at = data;
    size_t length = 0;
    int64_t created;

    if (end == NULL)
        return false;
    const char *word = header_word(&at, end, &length);
    if (!word_number(word, length, &stored->revision))
        return false;
    word = header_word(&at, end, &length);
    bool before_1970 = word != NULL && length > 0 && *word == '-';
    if (before_1970)
        word++, length--;
    if (!word_number(word, length, &stored->observed_ms))
        return false;
    if (before_1970)
        stored->observed_ms = -stored->observed_ms;
    word = header_word(&at, end, &length);
    if (word == NULL || length == 0 || length >= sizeof stored->state)
        return false;
    memcpy(stored->state, word, length);
    stored->state[length] = '\0';
    word = header_word(&at, end, &length);
    if (!word_number(word, length, &created))
        return false;
    stored->created = (uint64_t)created;
    stored->fields = (const uint8_t *)end + 1;
    stored->size = size - (size_t)(end + 1 - data);
    return true;
}

bool stored_decode(const struct record_type *type, unsigned privacy, const uint8_t *fields,
                   size_t size, void *record, struct arena *arena)
{
    struct errors errors = {.count = 0};
    const msgpack_object *map = wire_unpack(fields, size, arena, &errors);

    return map != NULL && record_decode_part(type, privacy, map, record, arena, "", &errors);
}

void stored_restore(const struct stored *stored, const struct record_type *type, void *record)
{
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        if (field->privacy != PRIVACY_HEADER)
            continue;
        memcpy((char *)record + field->offset, &stored->observed_ms, sizeof stored->observed_ms);
        *(uint64_t *)record |= field_bit(type, field);
    }
}

bool list_entry_read(const char *packed, size_t size, unsigned i, struct list_entry *entry)
{
    const uint8_t *word = (const uint8_t *)packed + (size_t)i * LIST_ENTRY_SIZE;

    if (((size_t)i + 1) * LIST_ENTRY_SIZE > size)
        return false;
    entry->score = (uint16_t)(word[0] << 8 | word[1]);
    entry->number = 0;
    for (unsigned byte = 2; byte < LIST_ENTRY_SIZE; byte++)
        entry->number = entry->number << 8 | word[byte];
    return true;
}

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
unsigned slot_of_offer(uint64_t number, unsigned slots)
{
    uint64_t x = number + 0x9e3779b97f4a7c15u;

    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    x ^= x >> 31;
    return (unsigned)(x % (slots > 0 ? slots : 1));
}
