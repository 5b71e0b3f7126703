/* Repair on the day: the problem has changed, and a timetable is in force. What must be held is,
 * then as few meetings as possible are moved, then the rest is planned as well as it can be. */
#ifndef PASSERELLE_PLANNING_REPAIR_H
#define PASSERELLE_PLANNING_REPAIR_H

#include "watch.h"
#include "worth.h"

struct repair {
    int8_t *slot_of;      /* of each pair, or NO_SLOT */
    uint32_t moved;       /* meetings of the old timetable in another slot, or dropped */
    uint32_t moved_bound; /* no timetable moves fewer */
    struct worth worth;
    bool proven; /* fewest moved, and no better worth with those that stay */
};

/* old: the slot that each pair of the changed problem had, or NO_SLOT; meetings of people who are
 * gone are not in it. frozen: pairs that keep their slot, whatever is wished (NULL: none); a frozen
 * pair that can no longer meet then counts as moved. The same arguments give the same timetable,
 * unless the watch stops the search. False when out of memory. */
bool repair_make(const struct problem *problem, const int8_t *old, const bool *frozen,
                 uint64_t seed, const struct watch *watch, struct repair *repair);
void repair_clear(struct repair *repair);

#endif
