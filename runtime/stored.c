#include "runtime/stored.h"

#include "proto/message.h"

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

static bool word_hash(const char *word, size_t size, char hash[STORED_HASH_SIZE + 1])
{
    hash[0] = '\0';
    if (word != NULL && size == 1 && *word == '-')
        return true;
    if (word == NULL || size > STORED_HASH_SIZE)
        return false;
    memcpy(hash, word, size);
    hash[size] = '\0';
    return true;
}

/* What versions up to 8 of the function library wrote: the header is a line of words. */
static bool line_parse(const char *data, size_t size, struct stored *stored)
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
    word = header_word(&at, end, &length);
    if (!word_hash(word, length, stored->reference))
        return false;
    word = header_word(&at, end, &length);
    if (!word_hash(word, length, stored->person))
        return false;
    stored->names = header_word(&at, end, &stored->names_size);
    if (stored->names == NULL)
        return false;
    if (stored->names_size == 1 && *stored->names == '-')
        stored->names_size = 0;
    stored->fields = (const uint8_t *)end + 1;
    stored->size = size - (size_t)(end + 1 - data);
    return true;
}

/* Where the parts of a header are; numbers are big-endian. */
enum {
    AT_STATE = 0, /* its place in the kind's list, from 1 */
    AT_NAMES_SIZE = 1,
    AT_REVISION = 3, /* 0: as it was created */
    AT_LETTER = 9,
    AT_REFERENCE = 10,
    AT_PERSON = 42,
    AT_OBSERVED = 74,
};
static const char nobody[STORED_HASH_SIZE + 1] = "--------------------------------";

static uint64_t number_read(const char *bytes, size_t size)
{
    uint64_t number = 0;

    for (size_t i = 0; i < size; i++)
        number = number << 8 | (uint8_t)bytes[i];
    return number;
}

static void number_write(uint8_t *bytes, size_t size, uint64_t number)
{
    for (size_t i = size; i-- > 0; number >>= 8)
        bytes[i] = (uint8_t)number;
}

/* The state of that place, from 1, in a kind's comma-separated list; false when there is none. */
static bool state_read(char letter, uint8_t place, char state[16])
{
    const struct kind_info *kind = kind_info(kind_of_letter(letter));
    const char *at = kind != NULL ? kind->states : "";

    for (; place > 1 && *at != '\0'; place--) {
        at += strcspn(at, ",");
        at += *at == ',';
    }
    size_t size = strcspn(at, ",");
    if (place == 0 || size == 0 || size >= sizeof(char[16]))
        return false;
    memcpy(state, at, size);
    state[size] = '\0';
    return true;
}

/* The place of a state in its kind's list; 0 when it is not there. */
static uint8_t state_place(char letter, const char *state)
{
    const struct kind_info *kind = kind_info(kind_of_letter(letter));
    const char *at = kind != NULL ? kind->states : "";
    size_t size = strlen(state);

    for (uint8_t place = 1; *at != '\0'; place++) {
        size_t length = strcspn(at, ",");
        if (length == size && memcmp(at, state, size) == 0)
            return place;
        at += length;
        at += *at == ',';
    }
    return 0;
}

static void hash_read(const char *bytes, char hash[STORED_HASH_SIZE + 1])
{
    bool none = memcmp(bytes, nobody, STORED_HASH_SIZE) == 0;

    memcpy(hash, bytes, STORED_HASH_SIZE);
    hash[none ? 0 : STORED_HASH_SIZE] = '\0';
}

bool stored_parse(uint64_t number, const char *data, size_t size, struct stored *stored)
{
    if (size > 0 && *data >= '0' && *data <= '9')
        return line_parse(data, size, stored);
    if (size <= STORED_HEADER_SIZE)
        return false;
    uint64_t revision = number_read(data + AT_REVISION, AT_LETTER - AT_REVISION);
    stored->names = data + STORED_HEADER_SIZE;
    stored->names_size = number_read(data + AT_NAMES_SIZE, AT_REVISION - AT_NAMES_SIZE);
    if (!state_read(data[AT_LETTER], (uint8_t)data[AT_STATE], stored->state) ||
        stored->names_size >= size - STORED_HEADER_SIZE)
        return false;
    stored->revision = (int64_t)(revision != 0 ? revision : number);
    stored->created = number;
    hash_read(data + AT_REFERENCE, stored->reference);
    hash_read(data + AT_PERSON, stored->person);
    stored->observed_ms =
        (int64_t)number_read(data + AT_OBSERVED, STORED_HEADER_SIZE - AT_OBSERVED);
    stored->fields = (const uint8_t *)stored->names + stored->names_size;
    stored->size = size - STORED_HEADER_SIZE - stored->names_size;
    return true;
}

void stored_write_header(uint8_t header[STORED_HEADER_SIZE], const char *state, char letter,
                         const char *reference, const char *person, int64_t observed_ms,
                         size_t names_size)
{
    header[AT_STATE] = state_place(letter, state);
    number_write(header + AT_NAMES_SIZE, AT_REVISION - AT_NAMES_SIZE, names_size);
    number_write(header + AT_REVISION, AT_LETTER - AT_REVISION, 0);
    header[AT_LETTER] = (uint8_t)letter;
    memcpy(header + AT_REFERENCE, reference, STORED_HASH_SIZE);
    memcpy(header + AT_PERSON, person[0] != '\0' ? person : nobody, STORED_HASH_SIZE);
    number_write(header + AT_OBSERVED, STORED_HEADER_SIZE - AT_OBSERVED, (uint64_t)observed_ms);
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
