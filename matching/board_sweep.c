#include "board_internal.h"
#include "constraint.h"
#include "score_steps.h"

#include <string.h>

/* -- a learner against the offers ----------------------------------------------------------------
 */

/* What the learner's claims are worth to each skill they count for. Returns how many skills. */
static uint32_t credits_gather(struct board *board, const struct learner_profile *learner)
{
    uint32_t credited = 0;
    const struct profile_claim *claims = profile_claims(learner);
    for (unsigned i = 0; i < learner->claim_count; i++) {
        unsigned count = 0;
        const struct near_skill *near =
            referential_skill_near(board->referential, claims[i].skill, &count);
        for (unsigned j = 0; j < count; j++) {
            uint16_t *credits = board->credits[near[j].skill];
            if (!credits[0])
                board->credited[credited++] = near[j].skill;
            for (unsigned wanted = 1; wanted <= FACT_LEVEL_MAX; wanted++) {
                uint32_t credit =
                    claim_credit(near[j].nearness, claims[i].level, claims[i].evidence, wanted);
                if (credit > credits[wanted - 1])
                    credits[wanted - 1] = (uint16_t)credit;
            }
        }
    }
    return credited;
}

static uint32_t offers_tally(struct board *board, const struct learner_profile *learner)
{
    uint32_t touched = 0;
    uint32_t credited = credits_gather(board, learner);
    for (uint32_t i = 0; i < credited; i++) {
        uint16_t *credits = board->credits[board->credited[i]];
        const struct posting_list *list = &board->sides[SIDE_OFFERS].postings[board->credited[i]];
        for (uint32_t j = 0; j < list->count; j++) {
            const struct posting *posting = &list->items[j];
            struct tally *tally = &board->tallies[posting->index];
            board->touched[touched] = posting->index;
            touched += !tally->coverage;
            tally->coverage += (uint32_t)posting->weight * credits[posting->grade - 1];
        }
        memset(credits, 0, sizeof *board->credits);
    }
    return touched;
}

/* -- an offer against the learners ---------------------------------------------------------------
 */

/* The best of a requirement is kept below the requirement's mark. */
enum { BEST_BITS = 24 };
_Static_assert(3 * 256 * SCORE_ONE < 1 << BEST_BITS, "weight times credit leaves room for a mark");
_Static_assert(FACT_REQUIREMENTS_MAX < 255, "each requirement has a mark");

/* One list of claims for one requirement: of a learner's claims only the best counts. */
static uint32_t claims_tally(struct board *board, const struct posting_list *list,
                             const uint32_t worth[GRADES], uint32_t mark, uint32_t touched)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const struct posting *posting = &list->items[i];
        struct tally *tally = &board->tallies[posting->index];
        uint32_t best = tally->best > mark ? tally->best - mark : 0;
        uint32_t gain = worth[posting->grade];
        if (gain <= best)
            continue;
        board->touched[touched] = posting->index;
        touched += !tally->coverage;
        tally->coverage += gain - best;
        tally->best = mark + gain;
    }
    return touched;
}

static void worth_fill(const struct profile_requirement *requirement, uint32_t nearness,
                       uint32_t worth[GRADES])
{
    for (unsigned level = 1; level <= FACT_LEVEL_MAX; level++)
        for (unsigned evidence = FACT_DECLARED; evidence < FACT_EVIDENCE_END; evidence++)
            worth[claim_grade(level, evidence)] =
                requirement->weight * claim_credit(nearness, level, evidence, requirement->level);
}

static uint32_t learners_tally(struct board *board, const struct offer_profile *offer)
{
    uint32_t touched = 0;
    const struct profile_requirement *requirements = profile_requirements(offer);
    for (uint32_t i = 0; i < offer->requirement_count; i++) {
        uint32_t end = board->counting_start[requirements[i].skill + 1];
        for (uint32_t j = board->counting_start[requirements[i].skill]; j < end; j++) {
            const struct posting_list *list =
                &board->sides[SIDE_LEARNERS].postings[board->countings[j].skill];
            if (!list->count)
                continue;
            uint32_t worth[GRADES] = {0};
            worth_fill(&requirements[i], board->countings[j].nearness, worth);
            touched = claims_tally(board, list, worth, (i + 1) << BEST_BITS, touched);
        }
    }
    return touched;
}

/* -- both ----------------------------------------------------------------------------------------
 */

struct sweep {
    struct board *board;
    enum side_kind kind;
    uint32_t index;
    enum sweep_purpose purpose;
    const struct front *front;
    const struct entry *entry;
    struct side *others;
};

/* The total from which on a pair can make a difference to a list. */
static uint32_t sweep_bound(const struct sweep *sweep, const struct front *its)
{
    uint64_t floor = sweep->front->floor;
    if (sweep->purpose == SWEEP_WITHDRAW ||
        (sweep->purpose == SWEEP_ANNOUNCE && its->floor < floor))
        floor = its->floor;
    return (uint32_t)(floor >> RANK_TOTAL_SHIFT);
}

static void sweep_score(const struct sweep *sweep, uint32_t other, uint32_t coverage)
{
    const struct entry *theirs = &sweep->others->entries[other];
    bool learner = sweep->kind == SIDE_LEARNERS;
    const struct entry *one = learner ? sweep->entry : theirs;
    const struct entry *offer = learner ? theirs : sweep->entry;
    if (!constraints_met_inside(one->profile.learner, offer->profile.offer))
        return;
    struct score score = score_finish(one->profile.learner, offer->profile.offer, coverage, 0);
    sweep->board->pairs_scored++;
    if (!score.total)
        return;
    uint64_t rank = score_rank(score.total, one->number, offer->number);
    if (sweep->purpose == SWEEP_WITHDRAW) {
        list_remove(sweep->board, side_opposite(sweep->kind), other, rank);
        return;
    }
    list_insert(sweep->board, sweep->kind, sweep->index, rank, other);
    if (sweep->purpose == SWEEP_ANNOUNCE)
        list_insert(sweep->board, side_opposite(sweep->kind), other, rank, sweep->index);
}

static bool sweep_hopeless(const struct sweep *sweep, const struct front *its, uint32_t coverage)
{
    bool learner = sweep->kind == SIDE_LEARNERS;
    const struct front *one = learner ? sweep->front : its;
    const struct front *offer = learner ? its : sweep->front;
    return score_below(coverage, offer->extent, one->extent, sweep_bound(sweep, its));
}

/* Most pairs end here: at a gate, or because they cannot reach any list. The cheap conditions are
 * taken together, since each alone is hard to predict. */
static bool sweep_passes(const struct sweep *sweep, uint32_t other, uint32_t coverage)
{
    const struct front *its = &sweep->others->fronts[other];
    bool learner = sweep->kind == SIDE_LEARNERS;
    const struct front *one = learner ? sweep->front : its;
    const struct front *offer = learner ? its : sweep->front;
    unsigned possible = gate_contract(&one->gate, &offer->gate);
    possible &= gate_remote(&one->gate, &offer->gate);
    possible &= (offer->licences & ~one->licences) == 0;
    possible &= !sweep_hopeless(sweep, its, coverage);
    return possible;
}

static void sweep_meet(const struct sweep *sweep, uint32_t other, uint32_t coverage)
{
    const struct front *its = &sweep->others->fronts[other];
    bool learner = sweep->kind == SIDE_LEARNERS;
    const struct gate *one = learner ? &sweep->front->gate : &its->gate;
    const struct gate *offer = learner ? &its->gate : &sweep->front->gate;
    /* The list has filled up since the pair passed. */
    if (!sweep_hopeless(sweep, its, coverage) && gate_distance(one, offer))
        sweep_score(sweep, other, coverage);
}

/* Keeps those that pass at the beginning of the touched, their coverage where it is. */
static uint32_t sweep_sift(const struct sweep *sweep, uint32_t touched)
{
    struct board *board = sweep->board;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < touched; i++) {
        uint32_t other = board->touched[i];
        bool passes = sweep_passes(sweep, other, board->tallies[other].coverage);
        board->touched[kept] = other;
        kept += passes;
        if (!passes)
            board->tallies[other] = (struct tally){0};
    }
    return kept;
}

/* Entries and profiles lie all over memory: they are asked for some pairs before their turn. */
enum { ENTRY_AHEAD = 16, PROFILE_AHEAD = 8, PROFILE_HEAD = sizeof(struct offer_profile) };

static void sweep_prefetch(const struct sweep *sweep, uint32_t i, uint32_t kept)
{
    const struct entry *entries = sweep->others->entries;
    const uint32_t *touched = sweep->board->touched;
    if (i + ENTRY_AHEAD < kept)
        __builtin_prefetch(&entries[touched[i + ENTRY_AHEAD]]);
    if (i + PROFILE_AHEAD < kept) {
        const char *profile = (const char *)entries[touched[i + PROFILE_AHEAD]].profile.learner;
        __builtin_prefetch(profile + PROFILE_HEAD / 4); /* it may begin anywhere in a line */
        __builtin_prefetch(profile + PROFILE_HEAD - 1);
    }
}

void board_sweep(struct board *board, enum side_kind kind, uint32_t index,
                 enum sweep_purpose purpose)
{
    struct side *side = &board->sides[kind];
    struct sweep sweep = {
        .board = board,
        .kind = kind,
        .index = index,
        .purpose = purpose,
        .front = &side->fronts[index],
        .entry = &side->entries[index],
        .others = &board->sides[side_opposite(kind)],
    };
    uint32_t touched = kind == SIDE_LEARNERS ? offers_tally(board, sweep.entry->profile.learner)
                                             : learners_tally(board, sweep.entry->profile.offer);
    uint32_t kept = sweep_sift(&sweep, touched);
    for (uint32_t i = 0; i < kept; i++) {
        uint32_t other = board->touched[i];
        uint32_t coverage = board->tallies[other].coverage;
        sweep_prefetch(&sweep, i, kept);
        board->tallies[other] = (struct tally){0};
        sweep_meet(&sweep, other, coverage);
    }
}
