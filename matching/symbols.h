/* A pool of distinct strings, each known by a small number. */
#ifndef PASSERELLE_MATCHING_SYMBOLS_H
#define PASSERELLE_MATCHING_SYMBOLS_H

#include "array.h"

enum { SYMBOL_NONE = -1 };

struct symbols {
    char *text; /* NUL-terminated strings one after another */
    size_t size, capacity;
    uint32_t *offsets; /* of each symbol in text */
    size_t count, offsets_capacity;
    uint32_t *slots; /* hash table of symbol + 1 */
    size_t slot_count;
};

/* Zeroed memory is an empty pool. */
void symbols_clear(struct symbols *symbols);
/* The number of the string, new or known; SYMBOL_NONE when out of memory or beyond 256 MB. */
int32_t symbols_add(struct symbols *symbols, const char *text, size_t size);
int32_t symbols_find(const struct symbols *symbols, const char *text, size_t size);
const char *symbols_text(const struct symbols *symbols, int32_t symbol);

/* The hash of the built files' tables, too: changing it changes their format. */
uint32_t text_hash(const char *text, size_t size);

#endif
