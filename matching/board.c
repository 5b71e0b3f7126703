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
    board->referential = referential;
    board->skill_count = (uint32_t)referential_skill_count(referential);
    board->changed_first = board->changed_last = NOBODY;
    for (int kind = 0; kind < SIDES; kind++)
        board->sides[kind].unused = NOBODY;
    board->credits = calloc(board->skill_count + 1, sizeof *board->credits);
    board->credited = calloc(board->skill_count + 1, sizeof *board->credited);
    if (!board->credits || !board->credited || !board_index_create(board)) {
        board_free(board);
        return NULL;
    }
    return board;
}

static void entry_empty(struct entry *entry, enum side_kind kind)
{
    if (kind == SIDE_LEARNERS)
        learner_profile_free(entry->profile.learner);
    else
        offer_profile_free(entry->profile.offer);
    free(entry->list);
    free(entry->positions);
    entry->profile = (union profile){NULL};
    entry->list = NULL;
    entry->positions = NULL;
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
    board_index_free(board);
    free(board->credits);
    free(board->credited);
    free(board->tallies);
    free(board->touched);
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
    board_index_remove(board, kind, index);
    entry_empty(entry, kind);
    side->live--;
    list_changed(board, kind, index);
}

static struct front front_of(enum side_kind kind, union profile profile)
{
    if (kind == SIDE_LEARNERS)
        return (struct front){.gate = profile.learner->gate,
                              .licences = profile.learner->licences,
                              .extent = score_learner_most(profile.learner)};
    return (struct front){.gate = profile.offer->gate,
                          .licences = profile.offer->licences,
                          .extent = profile.offer->total_weight};
}

/* Takes in a profile under a number that has none; the profile is the entry's on success only. */
static bool entry_admit(struct board *board, enum side_kind kind, uint64_t number,
                        union profile profile)
{
    struct side *side = &board->sides[kind];
    struct top_list *list = malloc(sizeof *list);
    uint32_t *positions = calloc(profile_terms(kind, profile) + 1, sizeof *positions);
    uint32_t index = NOBODY;
    if (list && positions && board_index_reserve(board, kind, profile)) {
        index = side_find(side, number);
        if (index == NOBODY)
            index = side_add(board, kind, number);
    }
    if (index == NOBODY) {
        free(list);
        free(positions);
        return false;
    }
    struct entry *entry = &side->entries[index];
    list->count = 0;
    entry->list = list;
    entry->positions = positions;
    entry->profile = profile;
    side->fronts[index] = front_of(kind, profile);
    side->live++;
    board_index_add(board, kind, index);
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
    size_t bytes = side->capacity * (sizeof *side->entries + sizeof *side->fronts) +
                   side->table_size * sizeof *side->table;
    for (uint32_t i = 0; i < side->used; i++) {
        const struct entry *entry = &side->entries[i];
        if (!entry->list)
            continue;
        bytes += sizeof *entry->list;
        bytes += (profile_terms(kind, entry->profile) + 1) * sizeof *entry->positions;
        bytes += kind == SIDE_LEARNERS ? learner_profile_size(entry->profile.learner)
                                       : offer_profile_size(entry->profile.offer);
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
        .bytes = sizeof *board + board_index_bytes(board),
    };
    for (enum side_kind kind = 0; kind < SIDES; kind++)
        counts->bytes += side_bytes(&board->sides[kind], kind);
    counts->bytes +=
        board->room * (sizeof *board->tallies + sizeof *board->touched + sizeof *board->starved);
    counts->bytes += board->skill_count * (sizeof *board->credits + sizeof *board->credited);
}
