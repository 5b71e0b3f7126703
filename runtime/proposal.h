/* What is recognised in the text of an offer, as the offer that would come of it. Pure. */
#ifndef PASSERELLE_RUNTIME_PROPOSAL_H
#define PASSERELLE_RUNTIME_PROPOSAL_H

#include "matching/communes.h"
#include "matching/recogniser.h"
#include "matching/referential.h"
#include "proto/arena.h"
#include "proto/records.h"

enum { PROPOSAL_QUESTIONS_MAX = 3 };

/* What to read it with. */
struct proposal_means {
    struct recogniser *recogniser;
    const struct referential *referential;
    const struct communes *communes; /* may be NULL */
    const char *hash;                /* of the referential */
    struct recognition *recognition; /* room for one */
};

struct proposal {
    struct offer offer;           /* as it would be: what it says itself, and what was recognised */
    struct recognised recognised; /* for its employer to look at */
    bool whole;                   /* its role or a skill is known */
};

/* Reads title and description. Dates count from the day of observed_at. What the law forbids to ask
 * is told, and goes into nothing else. Texts point into the offer, the referential and the arena;
 * false without memory. */
bool proposal_make(const struct proposal_means *means, const struct offer *offer,
                   struct arena *arena, struct proposal *proposal);

#endif
