#include "board_internal.h"
#include "score_steps.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct board *board_create(const struct referential *referential)
{
    struct board *board = calloc(1, sizeof *board);
    if (!board)
        return NULL;
    uint32_t skills = (uint32_t)referential_skill_count(referential);
    board->referential = referential;
    board->changed_first = board->changed_last = NOBODY;
    board->sides[SIDE_LEARNERS].index = index_create(INDEX_LEARNERS, skills);
    board->sides[SIDE_OFFERS].index = index_create(INDEX_OFFERS, skills);
    for (int kind = 0; kind < SIDES; kind++)
        board->sides[kind].unused = NOBODY;
    board->demands = demands_create(referential);
    board->room = index_room_create();
    if (!board->sides[SIDE_LEARNERS].index || !board->sides[SIDE_OFFERS].index || !board->demands ||
        !board->room) {
        board_free(board);
        return NULL;
    }
    return board;
}

static void entry_empty(struct entry *entry, enum side_kind kind)
{
    record_free(kind, entry->profile);
    free(entry->list);
    entry->profile = (union profile){NULL};
    entry->list = NULL;
}

void board_free(struct board *board)
{
    if (!board)
        return;
    for (enum side_kind kind = 0; kind < SIDES; kind++) {
        for (uint32_t i = 0; i < board->sides[kind].used; i++)
            entry_empty(&board->sides[kind].entries[i], kind);
        side_free(&board->sides[kind]);
    }
    demands_free(board->demands);
    index_room_free(board->room);
    free(board->starved);
    free(board);
}

/* -- coming and going ----------------------------------------------------------------------------
 */

/* Searches the lists of one side that have become too short, unless they have filled up since. */
static void board_feed_starved(struct board *board, enum side_kind kind)
{
    for (uint32_t i = 0; i < board->starved_count; i++) {
        uint32_t index = board->starved[i];
        if (!list_starves(board, kind, index))
            continue;
        list_clear(board, kind, index);
        board_sweep(board, kind, index, SWEEP_SEARCH);
        board->searches++;
    }
    board->starved_count = 0;
}

/* The ranks that the record has in the other side's lists are found by scoring it once more: that
 * costs time only when a record changes, and no memory. */
static void entry_withdraw(struct board *board, enum side_kind kind, uint32_t index)
{
    struct side *side = &board->sides[kind];
    struct entry *entry = &side->entries[index];
    if (!board->loading)
        board_sweep(board, kind, index, SWEEP_WITHDRAW);
    record_remove(side, kind, index, entry->profile);
    entry_empty(entry, kind);
    side->live--;
    list_changed(board, kind, index);
}

/* Takes in a profile under a number that has none; the profile is the entry's on success only. */
static bool entry_admit(struct board *board, enum side_kind kind, uint64_t number,
                        union profile profile)
{
    struct side *side = &board->sides[kind];
    struct top_list *list = malloc(sizeof *list);
    uint32_t index = NOBODY;
    if (list && record_reserve(board, kind, profile)) {
        index = side_find(side, number);
        if (index == NOBODY)
            index = side_add(board, kind, number);
    }
    if (index == NOBODY || !record_put(side, kind, index, profile)) {
        free(list);
        return false;
    }
    struct entry *entry = &side->entries[index];
    list->count = 0;
    list->floor = 0;
    list->depth = LIST_DEPTH;
    entry->list = list;
    entry->profile = profile;
    side->live++;
    list_changed(board, kind, index);
    if (!board->loading)
        board_sweep(board, kind, index, SWEEP_ANNOUNCE);
    return true;
}

static void board_remove(struct board *board, enum side_kind kind, uint64_t number)
{
    uint32_t index = side_find(&board->sides[kind], number);
    if (index != NOBODY && board->sides[kind].entries[index].list)
        entry_withdraw(board, kind, index);
}

static bool same_bytes(const void *one, size_t size, const void *other, size_t other_size)
{
    return size == other_size && memcmp(one, other, size) == 0;
}

/* -- the public calls ----------------------------------------------------------------------------
 */

bool board_put_learner(struct board *board, uint64_t number, struct learner_profile *profile)
{
    assert(profile->number == number);
    uint32_t index = side_find(&board->sides[SIDE_LEARNERS], number);
    const struct learner_profile *old =
        index == NOBODY ? NULL : board->sides[SIDE_LEARNERS].entries[index].profile.learner;
    if (old && same_bytes(old, learner_profile_size(old), profile, learner_profile_size(profile))) {
        learner_profile_free(profile);
        return true;
    }
    board_remove(board, SIDE_LEARNERS, number);
    bool admitted = entry_admit(board, SIDE_LEARNERS, number, (union profile){.learner = profile});
    if (!admitted)
        learner_profile_free(profile);
    board_feed_starved(board, SIDE_OFFERS);
    return admitted;
}

bool board_put_offer(struct board *board, uint64_t number, struct offer_profile *profile)
{
    assert(profile->number == number);
    uint32_t index = side_find(&board->sides[SIDE_OFFERS], number);
    const struct offer_profile *old =
        index == NOBODY ? NULL : board->sides[SIDE_OFFERS].entries[index].profile.offer;
    bool closed = offer_profile_closed(profile);
    if (old && same_bytes(old, offer_profile_size(old), profile, offer_profile_size(profile))) {
        offer_profile_free(profile);
        return true;
    }
    board_remove(board, SIDE_OFFERS, number);
    bool admitted =
        !closed && entry_admit(board, SIDE_OFFERS, number, (union profile){.offer = profile});
    if (!admitted)
        offer_profile_free(profile);
    board_feed_starved(board, SIDE_LEARNERS);
    return admitted || closed;
}

void board_remove_learner(struct board *board, uint64_t number)
{
    board_remove(board, SIDE_LEARNERS, number);
    board_feed_starved(board, SIDE_OFFERS);
}

void board_remove_offer(struct board *board, uint64_t number)
{
    board_remove(board, SIDE_OFFERS, number);
    board_feed_starved(board, SIDE_LEARNERS);
}

size_t board_pack(const struct board *board, char letter, uint64_t number,
                  uint8_t packed[BOARD_SHOWN * 8])
{
    enum side_kind kind = letter == 'O' ? SIDE_OFFERS : SIDE_LEARNERS;
    uint32_t index = side_find(&board->sides[kind], number);
    if (index == NOBODY || !board->sides[kind].entries[index].list)
        return 0;
    return list_pack(board, kind, index, packed);
}

void board_load_begin(struct board *board)
{
    board->loading = true;
    for (enum side_kind kind = 0; kind < SIDES; kind++)
        for (uint32_t i = 0; i < board->sides[kind].used; i++)
            if (board->sides[kind].entries[i].list)
                list_clear(board, kind, i);
}

bool board_load_step(struct board *board, uint32_t count)
{
    struct side *learners = &board->sides[SIDE_LEARNERS];
    if (board->loading) {
        board->loading = false;
        board->sweeping = true;
        board->swept = 0;
    }
    if (!board->sweeping)
        return true;
    for (; board->swept < learners->used && count > 0; board->swept++, count--)
        if (learners->entries[board->swept].list)
            board_sweep(board, SIDE_LEARNERS, board->swept, SWEEP_ANNOUNCE);
    board->sweeping = board->swept < learners->used;
    return !board->sweeping;
}

void board_load_end(struct board *board)
{
    while (!board_load_step(board, UINT32_MAX))
        continue;
}

static size_t side_bytes(const struct side *side, enum side_kind kind)
{
    struct index_counts counts;
    index_count(side->index, &counts);
    size_t bytes = counts.bytes + side->capacity * sizeof *side->entries +
                   side->table_size * sizeof *side->table;
    for (uint32_t i = 0; i < side->used; i++) {
        const struct entry *entry = &side->entries[i];
        if (entry->list)
            bytes += sizeof *entry->list + record_bytes(kind, entry->profile);
    }
    return bytes;
}

void board_count(const struct board *board, struct board_counts *counts)
{
    *counts = (struct board_counts){
        .learners = board->sides[SIDE_LEARNERS].live,
        .offers = board->sides[SIDE_OFFERS].live,
        .pairs_scored = board->pairs_scored,
        .searches = board->searches,
        .bytes = sizeof *board + demands_bytes(board->demands) +
                 board->starved_room * sizeof *board->starved,
    };
    for (enum side_kind kind = 0; kind < SIDES; kind++)
        counts->bytes += side_bytes(&board->sides[kind], kind);
}
