/* Slots for a given set of pairs: as many as possible get one. A tabu search over partial
 * timetables: a pair takes a slot and those who are in its way leave theirs. */
#ifndef PASSERELLE_PLANNING_PLACING_H
#define PASSERELLE_PLANNING_PLACING_H

#include "seating.h"
#include "watch.h"

struct placing;

/* Works on the caller's timetable, which must outlive it. NULL when out of memory. */
struct placing *placing_create(struct seating *timetable, struct chance *chance);
void placing_free(struct placing *placing); /* NULL is fine */

/* Wants the pair to have a slot; it is left alone by the search when it is held fast. */
void placing_want(struct placing *placing, uint32_t pair);
void placing_hold(struct placing *placing, uint32_t pair, bool fast);
/* Takes its slot away, if it has one, and wants it no more. */
void placing_drop(struct placing *placing, uint32_t pair);

/* Searches until all that is wanted has a slot, for so many steps at most; returns how many pairs
 * are left without, which waiting[] then holds. The best state found stays in the timetable. */
uint32_t placing_run(struct placing *placing, uint64_t steps, const struct watch *watch);
const uint32_t *placing_waiting(const struct placing *placing);

#endif
