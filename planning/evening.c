#include "evening.h"

#include <stdlib.h>
#include <string.h>

enum {
    CHAIN_MAX = 24, /* meetings that change slots at once */
    TOUCHED_MAX = 2 * CHAIN_MAX,
    BEYOND_COST = 20, /* of a gap more than the group's wish, against 2 for an ordinary one */
    GAP_COST = 2,
    WATCH_STEPS = 256,
    WARMTHS = 64 /* how often it gets colder */
};

struct evening {
    struct seating *timetable;
    struct chance *chance;
    uint64_t *used;     /* slots in which each participant meets */
    uint32_t *meetings; /* pairs with a slot that have another one open */
    uint32_t meeting_count;
    int limits[GROUPS_MAX]; /* gaps from which on one costs more */
    int8_t *best;
    struct worth best_worth;
    int64_t cost, best_cost;
};

/* -- costs ------------------------------------------------------------------------------------- */

static int64_t person_cost(const struct evening *evening, uint32_t i)
{
    const struct plan_participant *who = &evening->timetable->problem->participants[i];
    int gaps = (int)gaps_count(evening->used[i], who->presence);
    int beyond = gaps - evening->limits[who->group];
    return gaps * GAP_COST + (beyond > 0 ? beyond * BEYOND_COST : 0);
}

/* A gap count is compared with the least one of the group; most often somebody has none. */
static void limits_set(struct evening *evening)
{
    const struct problem *problem = evening->timetable->problem;
    for (uint32_t g = 0; g < problem->group_count; g++)
        evening->limits[g] = SLOTS_MAX;
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        const struct plan_participant *who = &problem->participants[i];
        int wish = problem->groups[who->group].gap_difference;
        int gaps = (int)gaps_count(evening->used[i], who->presence);
        if (wish >= 0 && gaps + wish < evening->limits[who->group])
            evening->limits[who->group] = gaps + wish;
    }
}

static void cost_count(struct evening *evening)
{
    evening->cost = 0;
    for (uint32_t i = 0; i < evening->timetable->problem->participant_count; i++)
        evening->cost += person_cost(evening, i);
}

/* -- chains ------------------------------------------------------------------------------------ */

/* Meetings that change between two slots, each making room for the next. */
struct chain {
    unsigned one, other;
    uint32_t pairs[CHAIN_MAX];
    unsigned count;
    uint32_t touched[TOUCHED_MAX]; /* participants */
    uint64_t before[TOUCHED_MAX];  /* their used slots */
    unsigned touched_count;
};

static bool chain_has(const struct chain *chain, uint32_t pair)
{
    for (unsigned i = 0; i < chain->count; i++)
        if (chain->pairs[i] == pair)
            return true;
    return false;
}

static bool chain_add(const struct evening *evening, struct chain *chain, uint32_t pair)
{
    unsigned slot = (unsigned)evening->timetable->slot_of[pair];
    unsigned to = chain->one + chain->other - slot;
    if (chain->count == CHAIN_MAX || !(evening->timetable->problem->open[pair] & slot_bit(to)))
        return false;
    chain->pairs[chain->count++] = pair;
    return true;
}

/* Those of a cell that leave it with the chain, less those that come into it. */
static int cell_balance(const struct evening *evening, const struct chain *chain, uint32_t resource,
                        unsigned slot)
{
    int balance = 0;
    for (unsigned i = 0; i < chain->count; i++) {
        uint32_t needs[PAIR_NEEDS_MAX];
        unsigned count = seating_needs(evening->timetable, chain->pairs[i], needs);
        for (unsigned k = 0; k < count; k++)
            if (needs[k] == resource)
                balance += (unsigned)evening->timetable->slot_of[chain->pairs[i]] == slot ? 1 : -1;
    }
    return balance;
}

/* Makes room where one of the chain goes: somebody of a cell that is too full joins the chain. */
static bool chain_make_room(struct evening *evening, struct chain *chain, uint32_t resource,
                            unsigned slot)
{
    unsigned count;
    const uint32_t *held = seating_cell(evening->timetable, resource, slot, &count);
    int most = (int)seating_capacity(evening->timetable, resource, slot);
    while ((int)count - cell_balance(evening, chain, resource, slot) > most) {
        uint32_t joins = UINT32_MAX;
        unsigned from = count > 1 ? chance_below(evening->chance, count) : 0;
        for (unsigned i = 0; i < count && joins == UINT32_MAX; i++)
            if (!chain_has(chain, held[(from + i) % count]))
                joins = held[(from + i) % count];
        if (joins == UINT32_MAX || !chain_add(evening, chain, joins))
            return false;
    }
    return true;
}

/* The whole chain that one meeting's change from its slot to another one causes. */
static bool chain_find(struct evening *evening, struct chain *chain, uint32_t pair, unsigned to)
{
    chain->one = (unsigned)evening->timetable->slot_of[pair];
    chain->other = to;
    chain->count = 0;
    if (!chain_add(evening, chain, pair))
        return false;
    for (unsigned done = 0; done < chain->count; done++) {
        uint32_t needs[PAIR_NEEDS_MAX], moving = chain->pairs[done];
        unsigned count = seating_needs(evening->timetable, moving, needs);
        unsigned goes = chain->one + chain->other - (unsigned)evening->timetable->slot_of[moving];
        for (unsigned k = 0; k < count; k++)
            if (!chain_make_room(evening, chain, needs[k], goes))
                return false;
    }
    return true;
}

static void chain_swap(struct evening *evening, const struct chain *chain)
{
    unsigned to[CHAIN_MAX];
    for (unsigned i = 0; i < chain->count; i++) {
        to[i] = chain->one + chain->other - (unsigned)evening->timetable->slot_of[chain->pairs[i]];
        seating_take(evening->timetable, chain->pairs[i]);
    }
    for (unsigned i = 0; i < chain->count; i++)
        seating_put(evening->timetable, chain->pairs[i], to[i]);
}

static void touch(struct evening *evening, struct chain *chain, uint32_t i)
{
    for (unsigned k = 0; k < chain->touched_count; k++)
        if (chain->touched[k] == i)
            return;
    chain->before[chain->touched_count] = evening->used[i];
    chain->touched[chain->touched_count++] = i;
}

static int64_t touched_cost(const struct evening *evening, const struct chain *chain)
{
    int64_t cost = 0;
    for (unsigned k = 0; k < chain->touched_count; k++)
        cost += person_cost(evening, chain->touched[k]);
    return cost;
}

static uint64_t used_after(const struct evening *evening, uint32_t i, const struct chain *chain)
{
    const struct seating *timetable = evening->timetable;
    uint64_t used = evening->used[i] & ~slot_bit(chain->one) & ~slot_bit(chain->other);
    uint32_t row = i * timetable->problem->slot_count;
    used |= timetable->load[row + chain->one] > 0 ? slot_bit(chain->one) : 0;
    return used | (timetable->load[row + chain->other] > 0 ? slot_bit(chain->other) : 0);
}

/* Swaps, and tells by how much the cost has grown. */
static int64_t chain_apply(struct evening *evening, struct chain *chain)
{
    chain->touched_count = 0;
    for (unsigned i = 0; i < chain->count; i++) {
        touch(evening, chain, evening->timetable->problem->pairs[chain->pairs[i]].first);
        touch(evening, chain, evening->timetable->problem->pairs[chain->pairs[i]].second);
    }
    int64_t before = touched_cost(evening, chain);
    chain_swap(evening, chain);
    for (unsigned k = 0; k < chain->touched_count; k++)
        evening->used[chain->touched[k]] = used_after(evening, chain->touched[k], chain);
    return touched_cost(evening, chain) - before;
}

static void chain_undo(struct evening *evening, const struct chain *chain)
{
    chain_swap(evening, chain);
    for (unsigned k = 0; k < chain->touched_count; k++)
        evening->used[chain->touched[k]] = chain->before[k];
}

/* -- annealing --------------------------------------------------------------------------------- */

/* A random meeting and a slot near one in which one of its people has another meeting. */
static bool step_choose(struct evening *evening, uint32_t *pair, unsigned *to)
{
    const struct problem *problem = evening->timetable->problem;
    *pair = evening->meetings[chance_below(evening->chance, evening->meeting_count)];
    uint64_t slots = problem->open[*pair] & ~slot_bit((unsigned)evening->timetable->slot_of[*pair]);
    if (slots == 0)
        return false;
    const struct plan_pair *who = &problem->pairs[*pair];
    uint32_t i = chance_below(evening->chance, 2) ? who->first : who->second;
    uint64_t near = evening->used[i] << 1 | evening->used[i] >> 1;
    if ((slots & near) != 0 && chance_below(evening->chance, 4) != 0)
        slots &= near;
    for (uint32_t skip = chance_below(evening->chance, slots_count(slots)); skip > 0; skip--)
        slots &= slots - 1;
    *to = slots_lowest(slots);
    return true;
}

/* Metropolis' rule in integers: with cost differences of 1 or more, one in warmth is accepted at
 * the least difference, and ever fewer beyond. */
static bool accepts(struct evening *evening, int64_t change, uint32_t rarity)
{
    if (change <= 0)
        return true;
    if (rarity == 0 || change > 3 * GAP_COST)
        return false;
    for (int64_t k = 0; k < change; k += GAP_COST)
        if (chance_below(evening->chance, rarity) != 0)
            return false;
    return true;
}

static void best_keep(struct evening *evening)
{
    struct worth worth = seating_worth(evening->timetable);
    evening->best_cost = evening->cost;
    if (worth_compare(&worth, &evening->best_worth) <= 0)
        return;
    evening->best_worth = worth;
    memcpy(evening->best, evening->timetable->slot_of, evening->timetable->problem->pair_count);
}

static void best_restore(struct evening *evening)
{
    struct seating *timetable = evening->timetable;
    for (uint32_t k = 0; k < evening->meeting_count; k++)
        seating_take(timetable, evening->meetings[k]);
    for (uint32_t k = 0; k < evening->meeting_count; k++)
        seating_put(timetable, evening->meetings[k], (unsigned)evening->best[evening->meetings[k]]);
}

static void step(struct evening *evening, uint32_t rarity)
{
    struct chain chain;
    uint32_t pair;
    unsigned to;
    if (!step_choose(evening, &pair, &to) || !chain_find(evening, &chain, pair, to))
        return;
    int64_t change = chain_apply(evening, &chain);
    if (accepts(evening, change, rarity))
        evening->cost += change;
    else
        chain_undo(evening, &chain);
}

static void anneal(struct evening *evening, uint64_t steps, const struct watch *watch)
{
    for (uint64_t k = 0; k < steps && evening->cost > 0; k++) {
        uint64_t phase = k * WARMTHS / steps;
        /* From one in 8 to one in 2,000; the last phases only go downhill. */
        uint32_t rarity = phase + 4 >= WARMTHS ? 0 : 8u << (phase / 8);
        if (k % WATCH_STEPS == 0 && !watch_goes_on(watch))
            return;
        if (k * WARMTHS % steps < WARMTHS)
            limits_set(evening), cost_count(evening);
        step(evening, rarity);
        /* While it falls fast, keeping each best state would cost more than the steps. */
        if (evening->cost < evening->best_cost && (k % 1024 == 0 || phase + 4 >= WARMTHS))
            best_keep(evening);
    }
}

static bool evening_make(struct evening *evening)
{
    const struct problem *problem = evening->timetable->problem;
    evening->used = malloc((problem->participant_count + 1) * sizeof *evening->used);
    evening->meetings = malloc((problem->pair_count + 1) * sizeof *evening->meetings);
    evening->best = malloc(problem->pair_count + 1);
    if (evening->used == NULL || evening->meetings == NULL || evening->best == NULL)
        return false;
    for (uint32_t i = 0; i < problem->participant_count; i++)
        evening->used[i] = seating_used(evening->timetable, i);
    for (uint32_t p = 0; p < problem->pair_count; p++)
        if (evening->timetable->slot_of[p] != NO_SLOT && slots_count(problem->open[p]) > 1)
            evening->meetings[evening->meeting_count++] = p;
    limits_set(evening);
    cost_count(evening);
    evening->best_cost = evening->cost;
    evening->best_worth = seating_worth(evening->timetable);
    memcpy(evening->best, evening->timetable->slot_of, problem->pair_count);
    return true;
}

bool evening_run(struct seating *timetable, struct chance *chance, uint64_t steps,
                 const struct watch *watch)
{
    struct evening evening = {.timetable = timetable, .chance = chance};
    bool good = evening_make(&evening);
    if (good && evening.meeting_count > 0) {
        anneal(&evening, steps * evening.meeting_count, watch);
        best_keep(&evening);
        best_restore(&evening);
    }
    free(evening.used);
    free(evening.meetings);
    free(evening.best);
    return good;
}
