/* The fewest gaps when it is given which pairs meet, proven: gap counts that differ as little as
 * possible first. Satisfiability of one count after the other, from none upwards. */
#ifndef PASSERELLE_PLANNING_SPACING_H
#define PASSERELLE_PLANNING_SPACING_H

#include "watch.h"
#include "worth.h"

struct spacing;

/* All pairs that are open somewhere must meet. NULL when out of memory, or when the problem is too
 * large for it. */
struct spacing *spacing_create(const struct problem *problem);
void spacing_free(struct spacing *spacing); /* NULL is fine */

enum spacing_answer {
    SPACING_FOUND,      /* a timetable, in slot_of */
    SPACING_BOUND,      /* there is none with so few: the bound has risen */
    SPACING_IMPOSSIBLE, /* not all the pairs can meet */
    SPACING_PROVEN,     /* nothing is better than best */
    SPACING_STOPPED     /* by the watch, or memory */
};

/* One step towards the proof: best is what is known so far, bound is raised by what was found to be
 * impossible. slot_of has room for all pairs. */
enum spacing_answer spacing_step(struct spacing *spacing, const struct worth *best,
                                 struct worth *bound, int8_t *slot_of, const struct watch *watch);

#endif
