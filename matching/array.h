/* Growing arrays. */
#ifndef PASSERELLE_MATCHING_ARRAY_H
#define PASSERELLE_MATCHING_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for needed (at least one) items of item_size bytes, of which *capacity are there.
 * Returns where they are now; NULL when out of memory, with the items as they were. */
static inline void *array_grow(void *items, size_t *capacity, size_t needed, size_t item_size)
{
    if (items && needed <= *capacity)
        return items;
    size_t wanted = *capacity + *capacity / 2 + 16;
    if (wanted < needed)
        wanted = needed;
    if (wanted > SIZE_MAX / item_size)
        return NULL;
    void *grown = realloc(items, wanted * item_size);
    if (grown)
        *capacity = wanted;
    return grown;
}

/* A growing array of items of one size. Zeroed memory is an empty one. */
struct array {
    void *items;
    size_t count, capacity;
};

/* A new zeroed item at the end; NULL when out of memory. It moves with the next one. */
static inline void *array_add(struct array *array, size_t item_size)
{
    void *items = array_grow(array->items, &array->capacity, array->count + 1, item_size);
    if (!items)
        return NULL;
    array->items = items;
    void *item = (uint8_t *)items + array->count++ * item_size;
    memset(item, 0, item_size);
    return item;
}

static inline void array_sort(struct array *array, size_t item_size,
                              int (*compare)(const void *, const void *))
{
    if (array->items)
        qsort(array->items, array->count, item_size, compare);
}

static inline void array_clear(struct array *array)
{
    free(array->items);
    *array = (struct array){0};
}

#endif
