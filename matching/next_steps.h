/* What a learner could learn next: the sets of missing skills that open the most offers. An offer
 * is open to a learner when no hard constraint fails and the score reaches a threshold; a training
 * step gives a skill at STEP_LEVEL, attested. */
#ifndef PASSERELLE_MATCHING_NEXT_STEPS_H
#define PASSERELLE_MATCHING_NEXT_STEPS_H

#include "score.h"

enum {
    STEP_LEVEL = 3,
    STEP_SIZE_MAX = 3,
    STEP_SKILLS_MAX = 64,      /* looked at: those that would bring the most offers nearest */
    STEP_OFFERS_MAX = 10000,   /* out of reach so far, looked at; the first that are added */
    STEP_DEMANDS_MAX = 300000, /* of all of these */
};

struct step_search;

/* The learner's profile must outlive it. threshold: 1..SCORE_ONE. NULL when out of memory. */
struct step_search *step_search_create(const struct learner_profile *learner, uint16_t threshold);
void step_search_free(struct step_search *search); /* NULL is fine */

/* Notes an offer; its profile may be freed then. False when out of memory. All offers come before
 * the first question. */
bool step_search_add(struct step_search *search, const struct offer_profile *offer);

struct step_counts {
    uint32_t open;     /* already */
    uint32_t barred;   /* by a hard constraint: no skill helps */
    uint32_t beyond;   /* not to be reached by skills alone */
    uint32_t reach;    /* that skills may open */
    uint32_t left_out; /* beyond the bounds above */
};
void step_search_count(const struct step_search *search, struct step_counts *counts);

struct next_step {
    int32_t skills[STEP_SIZE_MAX]; /* by usefulness */
    unsigned size;
    uint32_t opened; /* offers */
};
/* The sets of that size, 1..STEP_SIZE_MAX, that open the most offers, best first, at most limit;
 * only sets that open more than each smaller set in them. Every set of the skills looked at is
 * tried. Returns how many, or -1 when out of memory. */
int step_search_best(struct step_search *search, unsigned size, struct next_step *steps,
                     unsigned limit);
/* How many offers a set of any skills would open, such as those a module teaches; -1 when out of
 * memory. */
int64_t step_search_opened(struct step_search *search, const int32_t *skills, unsigned count);

#endif
