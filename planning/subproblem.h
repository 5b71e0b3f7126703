/* A problem with some of another one's pairs, in fewer slots. */
#ifndef PASSERELLE_PLANNING_SUBPROBLEM_H
#define PASSERELLE_PLANNING_SUBPROBLEM_H

#include "seating.h"

struct subproblem {
    const struct problem *whole;
    struct problem *problem;
    uint32_t *origin; /* of each pair, its index in the whole problem */
};

/* The same people, without pairs. NULL when out of memory. */
struct subproblem *subproblem_create(const struct problem *whole);
void subproblem_free(struct subproblem *sub); /* NULL is fine */

/* Adds a pair of the whole problem; each at most once. */
void subproblem_add(struct subproblem *sub, uint32_t pair, uint64_t window, bool required);
/* After the last pair; NULL when out of memory, and then sub is freed. NULL is fine. */
struct subproblem *subproblem_seal(struct subproblem *sub);

/* Makes the timetable, which is of the whole problem, hold just these meetings. */
void subproblem_put(const struct subproblem *sub, const int8_t *slot_of, struct seating *timetable);

#endif
