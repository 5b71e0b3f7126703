#include "placing.h"

#include <stdlib.h>
#include <string.h>

enum { FAST = 1 << 20, REQUIRED = 1 << 10, ORDINARY = 1, WATCH_STEPS = 64, TENURE = 8 };

struct placing {
    struct seating *timetable;
    struct chance *chance;
    uint32_t *waiting; /* wanted, without a slot */
    uint32_t waiting_count;
    uint32_t *place; /* of each pair in waiting, + 1; 0: not there */
    bool *fast;
    uint64_t *tabu_until; /* of each pair and slot, a step */
    int8_t *best;         /* slots of all pairs in the best state */
    uint64_t step;
};

struct placing *placing_create(struct seating *timetable, struct chance *chance)
{
    const struct problem *problem = timetable->problem;
    size_t pairs = problem->pair_count + 1;
    struct placing *placing = calloc(1, sizeof *placing);
    if (placing == NULL)
        return NULL;
    placing->timetable = timetable;
    placing->chance = chance;
    placing->waiting = malloc(pairs * sizeof *placing->waiting);
    placing->place = calloc(pairs, sizeof *placing->place);
    placing->fast = calloc(pairs, sizeof *placing->fast);
    placing->tabu_until = calloc(pairs * problem->slot_count, sizeof *placing->tabu_until);
    placing->best = malloc(pairs);
    if (placing->waiting != NULL && placing->place != NULL && placing->fast != NULL &&
        placing->tabu_until != NULL && placing->best != NULL)
        return placing;
    placing_free(placing);
    return NULL;
}

void placing_free(struct placing *placing)
{
    if (placing == NULL)
        return;
    free(placing->waiting);
    free(placing->place);
    free(placing->fast);
    free(placing->tabu_until);
    free(placing->best);
    free(placing);
}

const uint32_t *placing_waiting(const struct placing *placing)
{
    return placing->waiting;
}

static void wait_begin(struct placing *placing, uint32_t pair)
{
    placing->waiting[placing->waiting_count++] = pair;
    placing->place[pair] = placing->waiting_count;
}

static void wait_end(struct placing *placing, uint32_t pair)
{
    uint32_t place = placing->place[pair] - 1;
    uint32_t last = placing->waiting[--placing->waiting_count];
    placing->waiting[place] = last;
    placing->place[last] = place + 1;
    placing->place[pair] = 0;
}

void placing_want(struct placing *placing, uint32_t pair)
{
    if (placing->timetable->slot_of[pair] == NO_SLOT && placing->place[pair] == 0)
        wait_begin(placing, pair);
}

void placing_hold(struct placing *placing, uint32_t pair, bool fast)
{
    placing->fast[pair] = fast;
}

void placing_drop(struct placing *placing, uint32_t pair)
{
    if (placing->timetable->slot_of[pair] != NO_SLOT)
        seating_take(placing->timetable, pair);
    if (placing->place[pair] != 0)
        wait_end(placing, pair);
}

/* -- moves ------------------------------------------------------------------------------------- */

static uint32_t weight(const struct placing *placing, uint32_t pair)
{
    if (placing->fast[pair])
        return FAST;
    return placing->timetable->problem->pairs[pair].required ? REQUIRED : ORDINARY;
}

/* A pair that takes a slot, and those that must leave it. */
struct move {
    uint32_t pair;
    unsigned slot;
    uint32_t victims[PAIR_NEEDS_MAX];
    unsigned victim_count;
    uint32_t cost;
};

static bool is_victim(const struct move *move, uint32_t pair)
{
    for (unsigned i = 0; i < move->victim_count; i++)
        if (move->victims[i] == pair)
            return true;
    return false;
}

/* Of those in a full cell, the lightest; among equals chance decides. */
static void victim_choose(struct placing *placing, uint32_t resource, struct move *move)
{
    unsigned count;
    const uint32_t *held = seating_cell(placing->timetable, resource, move->slot, &count);
    uint32_t best = UINT32_MAX, lightest = UINT32_MAX;
    unsigned from = count > 1 ? chance_below(placing->chance, count) : 0;
    for (unsigned i = 0; i < count; i++) {
        uint32_t pair = held[(from + i) % count];
        if (is_victim(move, pair))
            return;
        if (weight(placing, pair) < lightest) {
            lightest = weight(placing, pair);
            best = pair;
        }
    }
    move->victims[move->victim_count++] = best;
    move->cost += lightest;
}

static void move_weigh(struct placing *placing, struct move *move)
{
    uint32_t needs[PAIR_NEEDS_MAX];
    unsigned count = seating_needs(placing->timetable, move->pair, needs);
    move->victim_count = 0;
    move->cost = 0;
    for (unsigned i = 0; i < count; i++)
        if (!(placing->timetable->free[needs[i]] & slot_bit(move->slot)))
            victim_choose(placing, needs[i], move);
}

static uint64_t *tabu(struct placing *placing, uint32_t pair, unsigned slot)
{
    return &placing->tabu_until[(size_t)pair * placing->timetable->problem->slot_count + slot];
}

/* The cheapest move of any waiting pair that is not tabu; false when there is none. */
static bool move_find(struct placing *placing, struct move *best)
{
    uint32_t equals = 0;
    best->cost = FAST;
    for (uint32_t k = 0; k < placing->waiting_count; k++) {
        struct move move = {.pair = placing->waiting[k]};
        uint64_t slots = placing->timetable->problem->open[move.pair];
        for (; slots != 0; slots &= slots - 1) {
            move.slot = slots_lowest(slots);
            if (*tabu(placing, move.pair, move.slot) > placing->step)
                continue;
            move_weigh(placing, &move);
            if (move.cost > best->cost || move.cost >= FAST)
                continue;
            equals = move.cost < best->cost ? 1 : equals + 1;
            if (equals == 1 || chance_below(placing->chance, equals) == 0)
                *best = move;
            if (move.cost == 0)
                return true;
        }
    }
    return best->cost < FAST;
}

static void move_make(struct placing *placing, const struct move *move)
{
    for (unsigned i = 0; i < move->victim_count; i++) {
        uint32_t victim = move->victims[i];
        seating_take(placing->timetable, victim);
        wait_begin(placing, victim);
        *tabu(placing, victim, move->slot) =
            placing->step + TENURE + placing->waiting_count + chance_below(placing->chance, TENURE);
    }
    wait_end(placing, move->pair);
    seating_put(placing->timetable, move->pair, move->slot);
}

/* -- the search -------------------------------------------------------------------------------- */

static uint64_t waiting_weight(const struct placing *placing)
{
    uint64_t sum = 0;
    for (uint32_t k = 0; k < placing->waiting_count; k++)
        sum += weight(placing, placing->waiting[k]);
    return sum;
}

static void best_keep(struct placing *placing)
{
    memcpy(placing->best, placing->timetable->slot_of, placing->timetable->problem->pair_count);
}

static void best_restore(struct placing *placing)
{
    struct seating *timetable = placing->timetable;
    uint32_t pairs = timetable->problem->pair_count;
    for (uint32_t p = 0; p < pairs; p++)
        if (timetable->slot_of[p] != NO_SLOT && timetable->slot_of[p] != placing->best[p]) {
            seating_take(timetable, p);
            wait_begin(placing, p);
        }
    for (uint32_t p = 0; p < pairs; p++)
        if (placing->best[p] != NO_SLOT && timetable->slot_of[p] == NO_SLOT) {
            wait_end(placing, p);
            seating_put(timetable, p, (unsigned)placing->best[p]);
        }
}

uint32_t placing_run(struct placing *placing, uint64_t steps, const struct watch *watch)
{
    uint64_t best = waiting_weight(placing), end = placing->step + steps;
    bool kept = false;
    while (placing->waiting_count > 0 && placing->step < end) {
        struct move move;
        placing->step++;
        if (placing->step % WATCH_STEPS == 0 && !watch_goes_on(watch))
            break;
        if (!move_find(placing, &move))
            continue;
        if (!kept && move.cost > 0) {
            best_keep(placing);
            kept = true;
        }
        move_make(placing, &move);
        uint64_t now = waiting_weight(placing);
        if (now < best) {
            best = now;
            kept = false;
        }
    }
    if (kept && waiting_weight(placing) > best)
        best_restore(placing);
    return placing->waiting_count;
}
