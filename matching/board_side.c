#include "board_internal.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE_CAPACITY_FIRST = 64 };

/* -- number to index: open addressing, linear probing --------------------------------------------
 */

static uint32_t table_home(const struct side *side, uint64_t number)
{
    uint64_t hash = number * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(hash >> 32) & (side->table_size - 1);
}

/* The place of a number, or the free one where it belongs. */
static uint32_t table_place(const struct side *side, uint64_t number)
{
    uint32_t at = table_home(side, number);
    while (side->table[at] != NOBODY && side->entries[side->table[at]].number != number)
        at = (at + 1) & (side->table_size - 1);
    return at;
}

uint32_t side_find(const struct side *side, uint64_t number)
{
    return side->table_size ? side->table[table_place(side, number)] : NOBODY;
}

/* Closes the gap: whatever follows moves up unless it would pass its home. */
static void table_remove(struct side *side, uint64_t number)
{
    uint32_t mask = side->table_size - 1;
    uint32_t gap = table_place(side, number);
    for (uint32_t at = (gap + 1) & mask; side->table[at] != NOBODY; at = (at + 1) & mask) {
        uint32_t home = table_home(side, side->entries[side->table[at]].number);
        if (((at - home) & mask) >= ((at - gap) & mask)) {
            side->table[gap] = side->table[at];
            gap = at;
        }
    }
    side->table[gap] = NOBODY;
}

static bool table_grow(struct side *side, uint32_t size)
{
    uint32_t *table = malloc(size * sizeof *table);
    if (!table)
        return false;
    for (uint32_t i = 0; i < size; i++)
        table[i] = NOBODY;
    uint32_t *old = side->table;
    uint32_t old_size = side->table_size;
    side->table = table;
    side->table_size = size;
    for (uint32_t i = 0; i < old_size; i++)
        if (old[i] != NOBODY)
            table[table_place(side, side->entries[old[i]].number)] = old[i];
    free(old);
    return true;
}

/* -- growing -------------------------------------------------------------------------------------
 */

/* array: the address of a pointer to items of that size. */
static bool grow(void *array, size_t item, uint32_t capacity)
{
    void *old;
    memcpy(&old, array, sizeof old);
    void *grown = reallocarray(old, capacity, item);
    if (grown)
        memcpy(array, &grown, sizeof grown);
    return grown != NULL;
}

/* Every list of a side may starve at once. */
static bool starved_grow(struct board *board, uint32_t room)
{
    if (room <= board->starved_room)
        return true;
    if (!grow(&board->starved, sizeof *board->starved, room))
        return false;
    board->starved_room = room;
    return true;
}

static bool side_grow(struct board *board, struct side *side)
{
    uint32_t capacity = side->capacity ? side->capacity * 2 : SIDE_CAPACITY_FIRST;
    if (capacity > NOBODY / 8 || !starved_grow(board, capacity) ||
        !grow(&side->entries, sizeof *side->entries, capacity) || !table_grow(side, capacity * 2))
        return false;
    side->capacity = capacity;
    return true;
}

uint32_t side_add(struct board *board, enum side_kind kind, uint64_t number)
{
    struct side *side = &board->sides[kind];
    uint32_t index = side->unused;
    if (index != NOBODY) {
        side->unused = side->entries[index].next;
    } else {
        if (side->used == side->capacity && !side_grow(board, side))
            return NOBODY;
        index = side->used++;
    }
    side->entries[index] = (struct entry){.number = number, .next = NOBODY};
    side->table[table_place(side, number)] = index;
    return index;
}

void side_release(struct side *side, uint32_t index)
{
    struct entry *entry = &side->entries[index];
    table_remove(side, entry->number);
    *entry = (struct entry){.next = side->unused};
    side->unused = index;
}

void side_free(struct side *side)
{
    free(side->entries);
    free(side->table);
    index_free(side->index);
}
