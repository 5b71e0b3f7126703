/* What keeps a pair apart, by how much, and whether that is little: near-misses. */
#ifndef PASSERELLE_MATCHING_GAP_H
#define PASSERELLE_MATCHING_GAP_H

#include "score.h"

enum { LICENCES_MAX = 32, AUTHORISATIONS_MAX = 32 };

/* What a learner is about to have, or had until lately. No score counts on it, so that it is not in
 * a profile. Sets hold bit (n - 1) for choice n; days are FACT_NO_DAY when nobody gave them. */
struct prospects {
    int32_t today;
    int32_t radius_km;                               /* once the licences in progress are held */
    uint32_t licences, authorisations;               /* in progress */
    int32_t licence_on[LICENCES_MAX];                /* day of the examination */
    int32_t authorisation_on[AUTHORISATIONS_MAX];    /* in progress: day it is expected */
    int32_t authorisation_until[AUTHORISATIONS_MAX]; /* expired: last day it was valid */
};
/* Nothing in sight. */
void prospects_start(struct prospects *prospects, int32_t today);

/* What is little, at most. Contract, remote work and rhythm are never missed by little. */
enum {
    NEAR_KM = 15,             /* beyond the radius */
    NEAR_START_DAYS = 28,     /* later than the last day that would do */
    NEAR_WEEK_MINUTES = 300,  /* a week, above or below the learner's bounds */
    NEAR_DAY_MINUTES = 120,   /* of a day's work outside the free hours */
    NEAR_LEVELS = 1,          /* of a language that is spoken */
    NEAR_AGE_DAYS = 90,       /* too young */
    NEAR_PROGRESS_DAYS = 180, /* until something in progress is expected, from the first day on */
    NEAR_CONSTRAINTS = 2,     /* missed at once */
};

enum gap_outlook { OUTLOOK_NONE, OUTLOOK_IN_PROGRESS, OUTLOOK_EXPIRED };

struct gap {
    enum constraint constraint;
    bool near;
    uint8_t level, wanted_level; /* language */
    enum gap_outlook outlook;
    int32_t outlook_on;   /* day expected, or last valid day; FACT_NO_DAY: not given */
    int64_t value, limit; /* by constraint, as in reason.h */
    int64_t by;           /* km, minutes, days or levels; 0 where nothing can be measured */
};

/* A demand of each of the lists of an offer, and one of each other constraint. */
enum { GAPS_MAX = 104 };
/* In the order of the constraints; none for a pair that meets them all. Returns how many. */
unsigned gaps_find(const struct learner_profile *learner, const struct offer_profile *offer,
                   const struct prospects *prospects, struct gap gaps[GAPS_MAX]);
/* Whether there are gaps, all of them near, of NEAR_CONSTRAINTS constraints at most. */
bool gaps_near(const struct gap *gaps, unsigned count);

/* A pair that misses some constraint by little: true, with its score as if it met them all, and its
 * gaps. False for any other pair. */
struct near_miss {
    struct score score; /* failed is 0 */
    struct gap gaps[GAPS_MAX];
    unsigned gap_count;
};
bool near_miss_find(const struct learner_profile *learner, const struct offer_profile *offer,
                    const struct prospects *prospects, struct near_miss *miss);

#endif
