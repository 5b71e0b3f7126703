/* Sets of slots into which only so many of somebody's meetings fit (Hall's theorem). */
#ifndef PASSERELLE_PLANNING_CUTS_H
#define PASSERELLE_PLANNING_CUTS_H

#include "problem.h"

enum { CUT_NONE = UINT32_MAX };

/* Of the participant's pairs that are open in these slots only, no more than their capacity times
 * the slots can meet. */
struct cut {
    uint32_t participant;
    uint64_t slots;
    uint32_t above; /* the next larger set of the same participant, or CUT_NONE */
    uint32_t next;  /* the next one of the same participant, from small to large */
};

struct cuts;

struct cuts *cuts_create(const struct problem *problem); /* NULL when out of memory */
void cuts_free(struct cuts *cuts);                       /* NULL is fine */

uint32_t cuts_count(const struct cuts *cuts);
const struct cut *cuts_at(const struct cuts *cuts, uint32_t index);
/* The smallest cut that holds all these slots; CUT_NONE when there is none. */
uint32_t cuts_smallest(const struct cuts *cuts, uint32_t participant, uint64_t slots);

/* Whether these pairs of one participant can all have slots of their own; if not, adds a cut that
 * says so, unless it would overlap with another one. False when out of memory. */
bool cuts_find(struct cuts *cuts, uint32_t participant, const uint32_t *pairs, uint32_t count);

#endif
