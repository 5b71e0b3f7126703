#include "reference_cache.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 1 << 17, ENTRIES_MAX = PLACES / 2, HASH_SIZE = 16 };

/* The hash stands for the name: 16 bytes of BLAKE2b do not collide. id 0: a free place. */
struct entry {
    uint8_t hash[HASH_SIZE];
    uint64_t id;
};

struct reference_cache {
    unsigned count;
    struct entry entries[PLACES];
};

struct reference_cache *reference_cache_create(void)
{
    return calloc(1, sizeof(struct reference_cache));
}

void reference_cache_free(struct reference_cache *cache)
{
    free(cache);
}

static void name_hash(uint8_t kind, const char *name, size_t size, uint8_t hash[HASH_SIZE])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, HASH_SIZE);
    crypto_generichash_update(&state, &kind, 1);
    crypto_generichash_update(&state, (const uint8_t *)name, size);
    crypto_generichash_final(&state, hash, HASH_SIZE);
}

/* The place of a hash, or the free one where it belongs. */
static size_t place_of(const struct reference_cache *cache, const uint8_t hash[HASH_SIZE])
{
    uint64_t start;
    memcpy(&start, hash, sizeof start);
    size_t place = start % PLACES;
    while (cache->entries[place].id != 0 &&
           memcmp(cache->entries[place].hash, hash, HASH_SIZE) != 0)
        place = (place + 1) % PLACES;
    return place;
}

void reference_cache_put(struct reference_cache *cache, uint8_t kind, const char *name, size_t size,
                         uint64_t id)
{
    uint8_t hash[HASH_SIZE];
    name_hash(kind, name, size, hash);
    if (cache->count == ENTRIES_MAX)
        memset(cache, 0, sizeof *cache);
    struct entry *entry = &cache->entries[place_of(cache, hash)];
    cache->count += entry->id == 0;
    memcpy(entry->hash, hash, HASH_SIZE);
    entry->id = id;
}

uint64_t reference_cache_find(const struct reference_cache *cache, uint8_t kind, const char *name,
                              size_t size)
{
    uint8_t hash[HASH_SIZE];
    name_hash(kind, name, size, hash);
    return cache->entries[place_of(cache, hash)].id;
}
