#include "board_internal.h"
#include "constraint.h"

#include <assert.h>
#include <math.h>

struct sweep {
    struct board *board;
    enum side_kind kind;
    enum sweep_purpose purpose;
    uint32_t entry; /* or NOBODY: the profile is on no board */
    union profile profile;
    struct top_list *list;
    float scale;
};

/* 0: no match. */
static uint64_t sweep_rank(const struct sweep *sweep, const struct entry *theirs, uint32_t coverage)
{
    bool asks = sweep->kind == SIDE_LEARNERS;
    const struct learner_profile *learner = asks ? sweep->profile.learner : theirs->profile.learner;
    const struct offer_profile *offer = asks ? theirs->profile.offer : sweep->profile.offer;
    if (!constraints_met_inside(learner, offer))
        return 0;
    sweep->board->pairs_scored++;
    struct score score = score_finish(learner, offer, coverage, 0);
    return score.total ? score_rank(score.total, learner->number, offer->number) : 0;
}

/* The square of the total from which on a pair can make a difference to a list. */
static float sweep_least(const struct sweep *sweep, float its)
{
    float own = top_least(sweep->list);
    if (sweep->purpose == SWEEP_SEARCH)
        return own;
    return sweep->purpose == SWEEP_WITHDRAW || its < own ? its : own;
}

/* Whether a pair that passed cannot reach any list once the way and the role are looked at: that
 * spares most of them the look at the profile, far away in memory. The last term is for roundings.
 */
static bool sweep_hopeless(const struct sweep *sweep, const struct index_found *found)
{
    const struct gate *its = &found->front->gate;
    float employer = (float)found->worth;
    uint32_t most;
    if (sweep->kind == SIDE_LEARNERS) {
        employer *= found->factor;
        most = score_learner_most_of(sweep->profile.learner, found->front->note, its);
    } else {
        employer *= 1 / (float)sweep->profile.offer->total_weight;
        most = score_learner_most_with((uint32_t)found->factor, its, &sweep->profile.offer->gate);
    }
    return employer * (float)most * 1.0001f < sweep_least(sweep, found->least);
}

static void sweep_meet(void *context, struct index_query *query, const struct index_found *found)
{
    const struct sweep *sweep = context;
    struct board *board = sweep->board;
    enum side_kind others = side_opposite(sweep->kind);
    uint32_t other = found->handle;
    if (sweep_hopeless(sweep, found))
        return;
    uint64_t rank = sweep_rank(sweep, &board->sides[others].entries[other], found->worth);
    if (!rank)
        return;
    if (sweep->purpose == SWEEP_WITHDRAW) {
        list_remove(board, others, other, rank);
        return;
    }
    if (sweep->entry == NOBODY)
        top_insert(sweep->list, rank, other);
    else
        list_insert(board, sweep->kind, sweep->entry, rank, other);
    if (sweep->purpose == SWEEP_ANNOUNCE)
        list_insert(board, others, other, rank, sweep->entry);
    query->least = sweep->scale * top_least(sweep->list);
}

static void sweep_run(struct sweep *sweep)
{
    struct board *board = sweep->board;
    struct index_query query = {0};
    record_ask(board, sweep->kind, sweep->profile, &query);
    sweep->scale = record_scale(sweep->kind, sweep->profile);
    query.scale = sweep->purpose == SWEEP_SEARCH ? 0 : sweep->scale;
    query.least =
        sweep->purpose == SWEEP_WITHDRAW ? INFINITY : sweep->scale * top_least(sweep->list);
    index_search(board->sides[side_opposite(sweep->kind)].index, board->room, &query, sweep_meet,
                 sweep);
}

void board_sweep(struct board *board, enum side_kind kind, uint32_t entry,
                 enum sweep_purpose purpose)
{
    const struct entry *record = &board->sides[kind].entries[entry];
    struct sweep sweep = {.board = board,
                          .kind = kind,
                          .purpose = purpose,
                          .entry = entry,
                          .profile = record->profile,
                          .list = record->list};
    sweep_run(&sweep);
}

/* -- for a profile that is on no board -----------------------------------------------------------
 */

static bool board_best(struct board *board, enum side_kind kind, union profile profile,
                       uint32_t limit, struct board_best *best)
{
    assert(limit >= 1 && limit <= BOARD_SHOWN);
    struct top_list list = {.depth = limit};
    struct sweep sweep = {.board = board,
                          .kind = kind,
                          .purpose = SWEEP_SEARCH,
                          .entry = NOBODY,
                          .profile = profile,
                          .list = &list};
    best->count = 0;
    if (!record_reserve(board, kind, profile))
        return false;
    sweep_run(&sweep);
    const struct entry *others = board->sides[side_opposite(kind)].entries;
    for (; best->count < list.count; best->count++)
        best->items[best->count] =
            (struct board_match){.number = others[list.others[best->count]].number,
                                 .total = (uint16_t)(list.ranks[best->count] >> RANK_TOTAL_SHIFT)};
    return true;
}

bool board_best_offers(struct board *board, const struct learner_profile *learner, uint32_t limit,
                       struct board_best *best)
{
    return board_best(board, SIDE_LEARNERS, (union profile){.learner = learner}, limit, best);
}

bool board_best_learners(struct board *board, const struct offer_profile *offer, uint32_t limit,
                         struct board_best *best)
{
    return board_best(board, SIDE_OFFERS, (union profile){.offer = offer}, limit, best);
}
