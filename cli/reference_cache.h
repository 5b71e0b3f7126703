/* Remembers which id a source and reference stand for, so that a bulk load asks once for each. */
#ifndef PASSERELLE_CLI_REFERENCE_CACHE_H
#define PASSERELLE_CLI_REFERENCE_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reference_cache;

/* NULL without memory. Holds a bounded number and forgets all of them when it is full. */
struct reference_cache *reference_cache_create(void);
void reference_cache_free(struct reference_cache *cache); /* NULL is fine */

/* name is `source:reference`. */
void reference_cache_put(struct reference_cache *cache, uint8_t kind, const char *name, size_t size,
                         uint64_t id);
/* 0 when it is not known. */
uint64_t reference_cache_find(const struct reference_cache *cache, uint8_t kind, const char *name,
                              size_t size);

#endif
