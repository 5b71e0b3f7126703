#include "arena.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_FIRST = 16 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    max_align_t bytes[];
};

struct arena {
    struct block *blocks; /* the one in use first */
    size_t limit, held, used;
};

struct arena *arena_create(size_t limit)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->limit = limit;
    return arena;
}

static void blocks_free(struct block *block)
{
    while (block) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    blocks_free(arena->blocks);
    free(arena);
}

/* Adds a block with room for size, doubling so that a large message needs few. */
static bool arena_grow(struct arena *arena, size_t size)
{
    size_t left = arena->limit - arena->held;
    if (size > left)
        return false;
    size_t wanted = arena->blocks ? 2 * arena->blocks->size : BLOCK_FIRST;
    if (wanted > left)
        wanted = left;
    if (wanted < size)
        wanted = size;
    struct block *block = malloc(sizeof *block + wanted);
    if (!block)
        return false;
    block->next = arena->blocks;
    block->size = wanted;
    block->used = 0;
    arena->blocks = block;
    arena->held += wanted;
    return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    if (size > arena->limit)
        return NULL;
    size = (size + align - 1) / align * align;
    if (size == 0)
        size = align;
    struct block *block = arena->blocks;
    if (!block || block->size - block->used < size) {
        if (!arena_grow(arena, size))
            return NULL;
        block = arena->blocks;
    }
    void *memory = (char *)block->bytes + block->used;
    block->used += size;
    arena->used += size;
    return memset(memory, 0, size);
}

char *arena_copy(struct arena *arena, const char *data, size_t size)
{
    if (size >= arena->limit)
        return NULL;
    char *copy = arena_alloc(arena, size + 1);
    if (copy && size > 0)
        memcpy(copy, data, size);
    return copy;
}

void arena_reset(struct arena *arena)
{
    struct block *kept = arena->blocks;
    arena->used = 0;
    if (!kept)
        return;
    /* The newest block is the largest, but for one cut short by the limit. */
    blocks_free(kept->next);
    kept->next = NULL;
    kept->used = 0;
    arena->held = kept->size;
}

size_t arena_used(const struct arena *arena)
{
    return arena->used;
}
