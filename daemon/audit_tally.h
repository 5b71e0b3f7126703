/* The counts of an audit: who is shown how often, added up by groups. Knows persons while it
 * counts, and tells cells only. No I/O. */
#ifndef PASSERELLE_DAEMON_AUDIT_TALLY_H
#define PASSERELLE_DAEMON_AUDIT_TALLY_H

#include "matching/parity.h"
#include "proto/records.h"

#include <stddef.h>

struct audit_tally;

enum {
    AUDIT_LEARNERS_MAX = 1000000, /* and as many offers */
    AUDIT_PROGRAMMES_MAX = 200,
    AUDIT_COHORTS_MAX = 5000,
    AUDIT_LIST_MAX = 32,
};

/* day is the territory's; an offer's first `top` learners count as selected. NULL when out of
 * memory. */
struct audit_tally *audit_tally_create(int32_t day, unsigned top);
void audit_tally_free(struct audit_tally *tally); /* NULL is fine */

/* First the cohorts, then the active learners, then lists and statistics in any order. A number
 * that comes again is passed over. All are false when out of memory or over a bound above. */
bool audit_tally_cohort(struct audit_tally *tally, uint64_t cohort, uint64_t programme);
bool audit_tally_learner(struct audit_tally *tally, uint64_t learner, uint64_t cohort);
struct audit_shown {
    uint64_t learner;
    uint16_t score;
};
/* An offer's stored list; it counts in the order in which it is shown on the day. */
bool audit_tally_list(struct audit_tally *tally, uint64_t offer, const struct audit_shown *shown,
                      unsigned count);
bool audit_tally_statistics(struct audit_tally *tally, uint64_t learner,
                            const struct statistics *statistics);

/* By what groups are told apart. */
#define AUDIT_DIMENSIONS(X)                                                                        \
    X(GENDER, "gender")                                                                            \
    X(AGE, "age")                                                                                  \
    X(DIPLOMA, "diploma")                                                                          \
    X(STATUS, "status")                                                                            \
    X(PRIORITY_AREA, "priority_area")                                                              \
    X(MINIMUM_INCOME, "minimum_income")                                                            \
    X(PROGRAMME, "programme")
enum audit_dimension {
#define AUDIT_CONSTANT(constant, wire) AUDIT_##constant,
    AUDIT_DIMENSIONS(AUDIT_CONSTANT)
#undef AUDIT_CONSTANT
        AUDIT_DIMENSION_END
};

enum { AUDIT_CELLS_MAX = AUDIT_PROGRAMMES_MAX + 1, AUDIT_NAME_SIZE = 32 };
struct audit_table {
    const char *name;
    struct parity_cell total;
    char names[AUDIT_CELLS_MAX][AUDIT_NAME_SIZE]; /* wire names, P4, or not_given */
    struct parity_cell cells[AUDIT_CELLS_MAX];    /* small ones hidden */
    unsigned count;
};
/* Cells without any learner are left out. */
void audit_tally_table(const struct audit_tally *tally, enum audit_dimension dimension,
                       struct audit_table *table);
uint32_t audit_tally_offers(const struct audit_tally *tally); /* with a list */

#endif
