/* Growing arrays. */
#ifndef PASSERELLE_MATCHING_ARRAY_H
#define PASSERELLE_MATCHING_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Room for needed items of item_size bytes; *capacity are there. items is the address of the
 * array's pointer. False when out of memory, with the array as it was. */
static inline bool array_reserve(void *items, size_t *capacity, size_t needed, size_t item_size)
{
    if (needed <= *capacity)
        return true;
    size_t wanted = *capacity + *capacity / 2 + 16;
    if (wanted < needed)
        wanted = needed;
    if (wanted > SIZE_MAX / item_size)
        return false;
    void *array;
    memcpy(&array, items, sizeof array);
    array = realloc(array, wanted * item_size);
    if (!array)
        return false;
    memcpy(items, &array, sizeof array);
    *capacity = wanted;
    return true;
}

/* A growing array of items of one size, zeroed when new. */
struct array {
    void *items;
    size_t count, capacity;
};

/* A new zeroed item at the end; NULL when out of memory. It moves with the next one. */
static inline void *array_add(struct array *array, size_t item_size)
{
    if (!array_reserve(&array->items, &array->capacity, array->count + 1, item_size))
        return NULL;
    void *item = (uint8_t *)array->items + array->count++ * item_size;
    memset(item, 0, item_size);
    return item;
}

static inline void array_clear(struct array *array)
{
    free(array->items);
    *array = (struct array){0};
}

#endif
