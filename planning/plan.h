/* The planner: a timetable for a problem, with a bound that tells how far from the best possible it
 * may be. In this order: required pairs, minimums, the sum of scores and bonuses, gap counts that
 * differ little, few gaps. The same seed and steps give the same timetable. */
#ifndef PASSERELLE_PLANNING_PLAN_H
#define PASSERELLE_PLANNING_PLAN_H

#include "watch.h"
#include "worth.h"

struct plan;

/* The problem must be sealed and outlive the plan. NULL when out of memory. */
struct plan *plan_create(const struct problem *problem, uint64_t seed);
void plan_free(struct plan *plan); /* NULL is fine */

/* How long it tries: attempts at a better sum, and as many thousand steps for each meeting that can
 * move, against gaps. 12 when not set. */
void plan_set_effort(struct plan *plan, unsigned effort);

/* Plans until there is nothing left to improve or the watch stops it, and may be called again to go
 * on. The answer is valid at any time, also while the watch is asked. False when out of memory. */
bool plan_run(struct plan *plan, const struct watch *watch);

struct plan_answer {
    const int8_t *slot_of; /* of each pair, or NO_SLOT */
    struct worth worth;
    struct worth bound; /* no timetable is worth more, level by level as far as worth equals it */
    bool proven;        /* required pairs, minimums and sum are the best possible */
    bool gaps_proven;   /* and so are the gaps */
    bool done;          /* there is nothing left to do */
};

/* Lasts until the plan goes on. */
struct plan_answer plan_answer(const struct plan *plan);

#endif
