/* The synthetic load as profiles, for the product's score. What the load does not say is added, the
 * same for every run: a graph in which every fifth skill has four narrower ones and is related to
 * the one of the next five; evidence and levels; a role for each offer and up to three wished for
 * by a learner; days for a third of both. */
#ifndef PASSERELLE_BENCH_FULL_H
#define PASSERELLE_BENCH_FULL_H

#include "matching/board.h"
#include "synthetic.h"

enum { FULL_ROLES = 500, FULL_TODAY = 20000 };

struct full {
    void *bytes;
    struct referential *referential;
    struct board *board;              /* empty */
    int32_t skills[SYNTHETIC_SKILLS]; /* of the referential, by the load's */
    int32_t roles[FULL_ROLES];
};

/* False when out of memory. */
bool full_open(struct full *full);
void full_close(struct full *full);
/* NULL when out of memory. Numbers are one more than the record's. */
struct learner_profile *full_learner(const struct full *full, const struct synthetic *learners,
                                     uint32_t record);
struct offer_profile *full_offer(const struct full *full, const struct synthetic *offers,
                                 uint32_t record);

#endif
