/* What a timetable is worth. */
#ifndef PASSERELLE_PLANNING_WORTH_H
#define PASSERELLE_PLANNING_WORTH_H

#include "seating.h"

/* Most important first. */
struct worth {
    int64_t unheld;  /* required pairs that do not meet */
    int64_t missing; /* meetings missing to the minimums */
    int64_t sum;     /* scores and bonuses; the only one of which more is better */
    int64_t uneven;  /* by how much gap counts differ more than wished, over all groups */
    int64_t gaps;    /* idle gaps of all participants */
};

/* Less than 0 when the first one is worth less, more than 0 when it is worth more. */
int worth_compare(const struct worth *one, const struct worth *other);

/* Gaps of somebody who meets in the used slots: maximal runs of unused slots between two used ones,
 * but for those in which they are never present. */
unsigned gaps_count(uint64_t used, uint64_t presence);

struct worth seating_worth(const struct seating *timetable);

#endif
