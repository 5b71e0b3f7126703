/* Why somebody has fewer meetings than their minimum: the smallest set of reasons that explains it.
 */
#ifndef PASSERELLE_PLANNING_SHORTAGE_H
#define PASSERELLE_PLANNING_SHORTAGE_H

#include "seating.h"

/* What stands in the way of a pair that does not meet; the first one that holds. */
enum shortage_reason {
    SHORTAGE_APART,  /* the two are never there in the same slot */
    SHORTAGE_HELPER, /* what the meeting needs is not there when they are */
    SHORTAGE_FULL,   /* the other one has no room left when both are there */
    SHORTAGE_SHARED, /* what the meeting needs, or every table, is taken then */
    SHORTAGE_BUSY,   /* the person meets others in all these slots, or has their maximum */
    SHORTAGE_REASONS
};

struct shortage {
    uint32_t participant;
    uint32_t wanted, got; /* minimum, and meetings */
    uint32_t suitable;    /* pairs that are not forbidden */
    /* Suitable pairs that do not meet, by reason. Only the fewest reasons that together leave fewer
     * than the minimum are kept, the others are 0; none when too few are suitable. */
    uint32_t blocked[SHORTAGE_REASONS];
    /* However little the others got, this person could not have had more. */
    bool alone;
};

/* Explains one participant; false when they have their minimum. */
bool shortage_explain(const struct seating *timetable, uint32_t participant,
                      struct shortage *shortage);

#endif
