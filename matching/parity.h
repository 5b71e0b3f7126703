/* Groups compared without telling about any person: counts in cells, small cells hidden, and
 * intervals of what the counts can say. */
#ifndef PASSERELLE_MATCHING_PARITY_H
#define PASSERELLE_MATCHING_PARITY_H

#include <stdbool.h>
#include <stdint.h>

enum { PARITY_CELL_MIN = 10 }; /* learners; a cell with fewer is hidden */

struct parity_cell {
    uint32_t learners, selected;
    uint64_t exposure; /* sum over the learners, in 1e-4 */
    uint64_t squares;  /* sum of the squares of their exposures, in 1e-4 */
    bool hidden;
};

/* Hides every cell with some but fewer than minimum learners; and further ones, the smallest first,
 * until what all hidden cells hold together could not be told from the total either: two cells or
 * more, with minimum learners together. Where this needs a cell that is not there, all are hidden.
 * Returns how many are hidden. */
unsigned parity_hide(struct parity_cell *cells, unsigned count, uint32_t minimum);

struct interval {
    double value, low, high;
    bool known; /* false: too little to say */
};
/* 95 % intervals. The share of so many: Wilson's score interval. */
struct interval parity_share(uint32_t some, uint32_t all);
/* The ratio of two shares: log method (Katz et al. 1978). Unknown when a count is 0, or all
 * of both are selected. */
struct interval parity_share_ratio(const struct parity_cell *group, const struct parity_cell *rest);
/* The ratio of the mean exposures: the same on the variances of the means (delta method). */
struct interval parity_exposure_ratio(const struct parity_cell *group,
                                      const struct parity_cell *rest);

#endif
