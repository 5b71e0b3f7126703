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

#endif
