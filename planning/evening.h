/* Fewer idle gaps, with the same pairs: meetings change slots until people wait less, and all about
 * as often. Annealing by chains of exchanges between two slots. */
#ifndef PASSERELLE_PLANNING_EVENING_H
#define PASSERELLE_PLANNING_EVENING_H

#include "watch.h"
#include "worth.h"

/* Works on the timetable and leaves the best state in it; so many steps for each meeting that can
 * move. False when out of memory. */
bool evening_run(struct seating *timetable, struct chance *chance, uint64_t steps,
                 const struct watch *watch);

#endif
