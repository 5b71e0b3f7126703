/* Proof that scores ignore what they must: every protected field of every learner is changed, and
 * what follows is compared byte for byte. */
#ifndef PASSERELLE_CLI_BLIND_SWAP_H
#define PASSERELLE_CLI_BLIND_SWAP_H

#include "territory_load.h"

enum { SWAP_TOLD_MAX = 20, SWAP_OFFERS_MAX = 20000, SWAP_PAIRS_MAX = 5000000 };

struct swap_result {
    unsigned fields; /* changed, of each learner */
    unsigned swaps;  /* ways of changing them */
    uint64_t learners, offers;
    uint64_t pairs;               /* scored before and after each swap */
    uint64_t differing;           /* learners with any byte that differs */
    uint64_t told[SWAP_TOLD_MAX]; /* the first of them: ids */
};

/* The protected fields are all with class personal or statistics, and those that only say who sent
 * the learner where: cohort, prescriber, stages. Profiles of all active learners are compared, and
 * scores with all open offers, or with offers in turn where that would be more than SWAP_PAIRS_MAX
 * pairs. Endings as context_ask. */
enum ending blind_swap_run(struct context *context, struct swap_result *result);

/* Changes every protected field of a learner: swap 0 to the first or least value, 1 to the last or
 * greatest, 2 to none at all. Texts point into static memory. Returns how many fields. */
enum { SWAPS = 3 };
unsigned blind_swap_change(struct learner *learner, unsigned swap);

#endif
