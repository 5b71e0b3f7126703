/* Slots for pairs that fall into two sides and can meet at any time: König's theorem. */
#ifndef PASSERELLE_PLANNING_COLOURING_H
#define PASSERELLE_PLANNING_COLOURING_H

#include "seating.h"

/* Whether these pairs can always be given slots: nobody has a window, nothing is shared, tables do
 * not run out. They must fall into two sides, and nobody may have more than fit into the slots. */
bool colouring_fits(const struct seating *timetable, const uint32_t *pairs, uint32_t count);

/* Puts all the pairs into an empty timetable. False when out of memory. */
bool colouring_make(struct seating *timetable, const uint32_t *pairs, uint32_t count);

#endif
