/* What each demand of an offer costs it: how many learners would be candidates if that one demand
 * were given up, and are none because of it alone. A learner is a candidate when no hard constraint
 * fails and the score reaches a threshold. */
#ifndef PASSERELLE_MATCHING_OFFER_COSTS_H
#define PASSERELLE_MATCHING_OFFER_COSTS_H

#include "gap.h"

struct offer_cost {
    enum constraint constraint; /* CONSTRAINT_END: a skill */
    int32_t item;    /* skill; or value of the gap (licence, authorisation, language), 0: all of the
                      * constraint */
    bool required;   /* skill */
    uint32_t gained; /* learners */
};

struct cost_search;

/* The offer's profile must outlive it. threshold: 1..SCORE_ONE. NULL when out of memory. */
struct cost_search *cost_search_create(const struct offer_profile *offer, uint16_t threshold);
void cost_search_free(struct cost_search *search); /* NULL is fine */

void cost_search_add(struct cost_search *search, const struct learner_profile *learner);

struct cost_counts {
    uint32_t learners, candidates;
    uint32_t barred; /* by constraints, several of them or too low a score besides included */
};
void cost_search_count(const struct cost_search *search, struct cost_counts *counts);

/* Demands that cost somebody, the dearest first; at most COSTS_MAX. Single licences, authorisations
 * and languages are told where an offer asks for several. Returns how many. */
enum { COSTS_MAX = 192 };
unsigned cost_search_best(const struct cost_search *search, struct offer_cost costs[COSTS_MAX]);

#endif
