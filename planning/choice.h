/* Which pairs meet, slots left aside: the best choice, which bounds every timetable from above.
 *
 * A minimum-cost flow: from the participants of one side, through the pairs, to those of the other.
 * What somebody's k-th meeting adds falls with k, so a flow takes the better meetings first. Where
 * the pairs do not fall into two sides, each participant stands on both, and half of the best flow
 * bounds what is possible.
 *
 * Windows come in by cuts: of somebody's pairs that can only meet within a set of slots, no more
 * than fit into it are taken. As long as one person's sets are nested or apart, they are nodes of
 * the network. */
#ifndef PASSERELLE_PLANNING_CHOICE_H
#define PASSERELLE_PLANNING_CHOICE_H

#include "worth.h"

struct choice;

/* NULL when out of memory. */
struct choice *choice_create(const struct problem *problem);
void choice_free(struct choice *choice); /* NULL is fine */

/* Finds the best choice; again after pairs were left out. False when out of memory. */
bool choice_solve(struct choice *choice);
/* Adds the cuts that the choice breaks; how many, or -1 when out of memory. The choice is to be
 * solved again when there are any. */
int choice_tighten(struct choice *choice);
bool choice_takes(const struct choice *choice, uint32_t pair);
/* No later choice has this pair. */
void choice_leave_out(struct choice *choice, uint32_t pair);
/* What the choice is worth: no timetable is worth more. Gaps are 0. */
struct worth choice_worth(const struct choice *choice);
/* What at least is lost by taking a pair that is not taken, or leaving out one that is. */
int64_t choice_loss(const struct choice *choice, uint32_t pair);
/* What one missing meeting weighs in a loss. */
int64_t choice_missing_unit(const struct choice *choice);

#endif
