/* A lookup table inside a built file: strings, each leading to a number, found by exact string
 * through a precomputed hash table, or by likeness. */
#ifndef PASSERELLE_MATCHING_ENTRIES_H
#define PASSERELLE_MATCHING_ENTRIES_H

#include "sections.h"

/* Two sections: the entries, and a power of two of slots: entry + 1, or 0. */
struct entry {
    uint32_t text;     /* offset of a NUL-terminated string in the strings section */
    uint32_t value;    /* what it leads to */
    uint16_t size;     /* of the string */
    uint16_t trigrams; /* how many distinct ones it has; 0 in tables not searched by likeness */
};
struct entries {
    const struct entry *items;
    const uint32_t *slots;
    uint32_t count, slot_count;
    const char *strings;
};

/* The trigrams to write into an entry. */
uint16_t entry_trigrams(const char *text, size_t size);
/* Slots of a table of so many entries. */
uint32_t entries_slot_count(uint32_t count);
/* Fills slots (zeroed); of equal strings the first keeps the place. */
void entries_index(const struct entries *entries, uint32_t *slots);
/* Takes the two sections; false when a string or value (below limit) is out of bounds. */
bool entries_open(struct entries *entries, const struct section *items, const struct section *slots,
                  const struct section *strings, uint32_t limit);

/* REFERENTIAL_NONE when there is none. */
int32_t entries_find(const struct entries *entries, const char *text, size_t size);
/* The values whose strings share most trigrams with the text, best first, each once. Looks at no
 * more than 160 bytes of it. Ties: the earlier entry. */
unsigned entries_nearest(const struct entries *entries, const char *text, size_t size,
                         int32_t *values, unsigned limit);

#endif
