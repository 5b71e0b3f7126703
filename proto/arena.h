/* A bounded bump allocator: what one message or record needs, freed at once. */
#ifndef PASSERELLE_PROTO_ARENA_H
#define PASSERELLE_PROTO_ARENA_H

#include <stddef.h>

struct arena;

/* An arena that never holds more than limit bytes. NULL when out of memory. */
struct arena *arena_create(size_t limit);
void arena_free(struct arena *arena); /* NULL is fine */

/* Zeroed memory, aligned for any type; NULL past the limit. Lives until reset or free. */
void *arena_alloc(struct arena *arena, size_t size);
/* A copy with a NUL behind it. */
char *arena_copy(struct arena *arena, const char *data, size_t size);
/* Forgets everything handed out and keeps one block for the next use. */
void arena_reset(struct arena *arena);
size_t arena_used(const struct arena *arena);

#endif
