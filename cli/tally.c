#include "tally.h"

#include <stdlib.h>
#include <string.h>

static bool tally_grow(struct tally *tally)
{
    size_t capacity = tally->capacity > 0 ? tally->capacity * 2 : 256;
    struct tally_item *bigger = realloc(tally->items, capacity * sizeof *bigger);

    if (bigger == NULL)
        return false;
    tally->items = bigger;
    tally->capacity = capacity;
    return true;
}

bool tally_add(struct tally *tally, const char *name, size_t size)
{
    if (tally->count == tally->capacity && !tally_grow(tally))
        return false;
    char *copy = strndup(name, size);
    if (copy == NULL)
        return false;
    tally->items[tally->count++] = (struct tally_item){.name = copy, .count = 1};
    return true;
}

static int item_compare(const void *left, const void *right)
{
    const struct tally_item *a = left, *b = right;

    return strcmp(a->name, b->name);
}

void tally_settle(struct tally *tally)
{
    size_t kept = 0;

    if (tally->count > 0)
        qsort(tally->items, tally->count, sizeof *tally->items, item_compare);
    for (size_t i = 0; i < tally->count; i++) {
        if (kept > 0 && strcmp(tally->items[kept - 1].name, tally->items[i].name) == 0) {
            tally->items[kept - 1].count += tally->items[i].count;
            free(tally->items[i].name);
        } else {
            tally->items[kept++] = tally->items[i];
        }
    }
    tally->count = kept;
}

struct tally_item *tally_take(struct tally *tally, const char *name)
{
    const struct tally_item key = {.name = (char *)(size_t)name};
    struct tally_item *item = tally->count > 0 ? bsearch(&key, tally->items, tally->count,
                                                         sizeof *tally->items, item_compare)
                                               : NULL;

    if (item != NULL)
        item->taken = true;
    return item;
}

void tally_clear(struct tally *tally)
{
    for (size_t i = 0; i < tally->count; i++)
        free(tally->items[i].name);
    free(tally->items);
    *tally = (struct tally){.items = NULL};
}
