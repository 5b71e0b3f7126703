#include "board_internal.h"
#include "score_steps.h"

#include <string.h>

/* Where a rank is or belongs: the first place whose rank is not above it. */
static uint32_t list_place(const struct top_list *list, uint64_t rank)
{
    uint32_t low = 0;
    uint32_t high = list->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (list->ranks[middle] > rank)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Moves what is from one place on to another. */
static void list_shift(struct top_list *list, uint32_t from, uint32_t to)
{
    uint32_t moving = list->count - from;
    memmove(&list->ranks[to], &list->ranks[from], moving * sizeof *list->ranks);
    memmove(&list->others[to], &list->others[from], moving * sizeof *list->others);
    list->count = to + moving;
}

uint32_t top_insert(struct top_list *list, uint64_t rank, uint32_t other)
{
    if (rank <= list->floor)
        return NOBODY;
    if (list->count == list->depth) {
        if (rank < list->ranks[list->depth - 1]) {
            list->floor = rank;
            return NOBODY;
        }
        list->floor = list->ranks[--list->count];
    }
    uint32_t place = list_place(list, rank);
    list_shift(list, place, place + 1);
    list->ranks[place] = rank;
    list->others[place] = other;
    return place;
}

float top_least(const struct top_list *list)
{
    float total = (float)(list->floor >> RANK_TOTAL_SHIFT);
    return total * total;
}

/* The index knows what a pair needs to enter the list. */
static void list_tell_least(struct board *board, enum side_kind kind, uint32_t entry,
                            uint64_t floor_before)
{
    const struct side *side = &board->sides[kind];
    const struct top_list *list = side->entries[entry].list;
    if (floor_before >> RANK_TOTAL_SHIFT != list->floor >> RANK_TOTAL_SHIFT)
        index_set_least(side->index, entry, top_least(list));
}

void list_insert(struct board *board, enum side_kind kind, uint32_t entry, uint64_t rank,
                 uint32_t other)
{
    struct top_list *list = board->sides[kind].entries[entry].list;
    uint64_t floor_before = list->floor;
    uint32_t place = top_insert(list, rank, other);
    list_tell_least(board, kind, entry, floor_before);
    if (place < BOARD_SHOWN)
        list_changed(board, kind, entry);
}

bool list_starves(const struct board *board, enum side_kind kind, uint32_t entry)
{
    const struct top_list *list = board->sides[kind].entries[entry].list;
    return list->floor && list->count < BOARD_SHOWN;
}

void list_remove(struct board *board, enum side_kind kind, uint32_t entry, uint64_t rank)
{
    struct top_list *list = board->sides[kind].entries[entry].list;
    if (rank <= list->floor)
        return;
    uint32_t place = list_place(list, rank);
    list_shift(list, place + 1, place);
    if (place < BOARD_SHOWN)
        list_changed(board, kind, entry);
    if (list_starves(board, kind, entry))
        board->starved[board->starved_count++] = entry;
}

void list_clear(struct board *board, enum side_kind kind, uint32_t entry)
{
    struct top_list *list = board->sides[kind].entries[entry].list;
    uint64_t floor_before = list->floor;
    list->count = 0;
    list->floor = 0;
    list_tell_least(board, kind, entry, floor_before);
    list_changed(board, kind, entry);
}

/* -- what is shown -------------------------------------------------------------------------------
 */

static uint32_t list_shown(const struct top_list *list)
{
    return list->count < BOARD_SHOWN ? list->count : BOARD_SHOWN;
}

static uint64_t list_word(const struct board *board, enum side_kind kind,
                          const struct top_list *list, uint32_t place)
{
    const struct entry *others = board->sides[side_opposite(kind)].entries;
    uint64_t total = list->ranks[place] >> RANK_TOTAL_SHIFT;
    return total << RANK_TOTAL_SHIFT | others[list->others[place]].number;
}

size_t list_pack(const struct board *board, enum side_kind kind, uint32_t index,
                 uint8_t packed[BOARD_SHOWN * 8])
{
    const struct top_list *list = board->sides[kind].entries[index].list;
    uint32_t shown = list_shown(list);
    for (uint32_t i = 0; i < shown; i++) {
        uint64_t word = __builtin_bswap64(list_word(board, kind, list, i));
        memcpy(packed + i * sizeof word, &word, sizeof word);
    }
    return shown * sizeof(uint64_t);
}

/* 0 for an empty list only. */
static uint64_t list_hash(const struct board *board, enum side_kind kind, uint32_t index)
{
    const struct top_list *list = board->sides[kind].entries[index].list;
    uint64_t hash = 0;
    for (uint32_t i = 0; i < list_shown(list); i++) {
        hash = (hash ^ list_word(board, kind, list, i)) * UINT64_C(0x9fb21c651e98df25);
        hash ^= hash >> 32;
    }
    return list->count && !hash ? 1 : hash;
}

/* -- changed lists: a queue through the entries --------------------------------------------------
 */

static uint32_t reference_make(enum side_kind kind, uint32_t index)
{
    return index << 1 | (uint32_t)kind;
}

static struct entry *reference_entry(struct board *board, uint32_t reference)
{
    return &board->sides[reference & 1].entries[reference >> 1];
}

void list_changed(struct board *board, enum side_kind kind, uint32_t index)
{
    struct entry *entry = &board->sides[kind].entries[index];
    if (entry->queued)
        return;
    uint32_t reference = reference_make(kind, index);
    if (board->changed_first == NOBODY)
        board->changed_first = reference;
    else
        reference_entry(board, board->changed_last)->next = reference;
    board->changed_last = reference;
    entry->next = NOBODY;
    entry->queued = true;
}

bool board_next_changed(struct board *board, char *letter, uint64_t *number)
{
    while (board->changed_first != NOBODY) {
        uint32_t reference = board->changed_first;
        enum side_kind kind = reference & 1 ? SIDE_OFFERS : SIDE_LEARNERS;
        struct entry *entry = reference_entry(board, reference);
        board->changed_first = entry->next;
        entry->next = NOBODY;
        entry->queued = false;
        *letter = kind == SIDE_OFFERS ? 'O' : 'L';
        *number = entry->number;
        uint64_t before = entry->taken;
        if (entry->list)
            entry->taken = list_hash(board, kind, reference >> 1);
        else
            side_release(&board->sides[kind], reference >> 1);
        if (entry->taken != before)
            return true;
    }
    return false;
}
