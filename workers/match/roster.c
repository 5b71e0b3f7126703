#include "workers/match/roster.h"

#include <stdlib.h>

enum { CAPACITY_FIRST = 256 };

/* Open addressing with linear probing; capacity is a power of two, at most half full. */
struct roster {
    struct roster_entry *entries;
    size_t capacity, count;
};

static size_t place_of(const struct roster *roster, uint64_t id)
{
    uint64_t x = id * 0x9e3779b97f4a7c15u;

    return (size_t)(x ^ x >> 32) & (roster->capacity - 1);
}

struct roster *roster_create(void)
{
    struct roster *roster = calloc(1, sizeof *roster);

    if (roster == NULL)
        return NULL;
    roster->capacity = CAPACITY_FIRST;
    roster->entries = calloc(roster->capacity, sizeof *roster->entries);
    if (roster->entries == NULL) {
        free(roster);
        return NULL;
    }
    return roster;
}

void roster_free(struct roster *roster)
{
    if (roster == NULL)
        return;
    free(roster->entries);
    free(roster);
}

/* Where the id is, or the free place where it would go. */
static struct roster_entry *locate(struct roster *roster, uint64_t id)
{
    size_t at = place_of(roster, id);

    while (roster->entries[at].id != 0 && roster->entries[at].id != id)
        at = (at + 1) & (roster->capacity - 1);
    return &roster->entries[at];
}

struct roster_entry *roster_find(struct roster *roster, uint64_t id)
{
    struct roster_entry *entry = locate(roster, id);

    return entry->id == id ? entry : NULL;
}

static bool roster_grow(struct roster *roster)
{
    struct roster bigger = {.capacity = roster->capacity * 2, .count = roster->count};

    bigger.entries = calloc(bigger.capacity, sizeof *bigger.entries);
    if (bigger.entries == NULL)
        return false;
    for (size_t i = 0; i < roster->capacity; i++)
        if (roster->entries[i].id != 0)
            *locate(&bigger, roster->entries[i].id) = roster->entries[i];
    free(roster->entries);
    *roster = bigger;
    return true;
}

struct roster_entry *roster_put(struct roster *roster, uint64_t id)
{
    struct roster_entry *entry = locate(roster, id);

    if (entry->id == id)
        return entry;
    if ((roster->count + 1) * 2 > roster->capacity) {
        if (!roster_grow(roster))
            return NULL;
        entry = locate(roster, id);
    }
    *entry = (struct roster_entry){.id = id, .changes_on = INT32_MAX};
    roster->count++;
    return entry;
}

void roster_remove(struct roster *roster, uint64_t id)
{
    struct roster_entry *entry = roster_find(roster, id);
    size_t hole, at;

    if (entry == NULL)
        return;
    /* Later members of the run move up, so that searches need no tombstones. */
    hole = at = (size_t)(entry - roster->entries);
    for (;;) {
        at = (at + 1) & (roster->capacity - 1);
        if (roster->entries[at].id == 0)
            break;
        size_t home = place_of(roster, roster->entries[at].id);
        if (((at - home) & (roster->capacity - 1)) >= ((at - hole) & (roster->capacity - 1))) {
            roster->entries[hole] = roster->entries[at];
            hole = at;
        }
    }
    roster->entries[hole].id = 0;
    roster->count--;
}

size_t roster_count(const struct roster *roster)
{
    return roster->count;
}

struct roster_entry *roster_next(struct roster *roster, size_t *at)
{
    while (*at < roster->capacity) {
        struct roster_entry *entry = &roster->entries[(*at)++];
        if (entry->id != 0)
            return entry;
    }
    return NULL;
}
