/* The score of a pair: fixed-point, reproducible, versioned. */
#ifndef PASSERELLE_MATCHING_SCORE_H
#define PASSERELLE_MATCHING_SCORE_H

#include "profile.h"

/* Changing anything that can change a score means a new version. */
#define SCORE_VERSION 2
enum { SCORE_ONE = 10000 };
enum { MODEL_ID_SIZE = 40 };
/* "m2-<referential hash>": what, with the records, determines every score. */
void model_id(const struct referential *referential, char id[MODEL_ID_SIZE]);

/* Hard constraints; a bit each. */
#define CONSTRAINTS_ALL(X)                                                                         \
    X(CONTRACT, "contract")                                                                        \
    X(START, "start")                                                                              \
    X(HOURS, "hours")                                                                              \
    X(SCHEDULE, "schedule")                                                                        \
    X(DISTANCE, "distance")                                                                        \
    X(REMOTE, "remote")                                                                            \
    X(RHYTHM, "rhythm")                                                                            \
    X(LICENCE, "licence")                                                                          \
    X(AUTHORISATION, "authorisation")                                                              \
    X(LANGUAGE, "language")                                                                        \
    X(AGE, "age")

enum constraint {
#define CONSTRAINT_CONSTANT(constant, wire) CONSTRAINT_##constant,
    CONSTRAINTS_ALL(CONSTRAINT_CONSTANT)
#undef CONSTRAINT_CONSTANT
        CONSTRAINT_END
};
const char *constraint_name(enum constraint constraint);

struct score {
    uint16_t total;    /* 0..SCORE_ONE; 0 is no match */
    uint16_t employer; /* how well the learner serves the offer */
    uint16_t learner;  /* how well the offer serves the learner */
    uint16_t reserved;
    uint32_t failed; /* bit per enum constraint; total is 0 unless 0 */
};

/* All of the pair. */
struct score score_pair(const struct learner_profile *learner, const struct offer_profile *offer);

/* Order of matches: greater is better, ties broken by a hash of the pair; never equal for different
 * pairs with the same learner or the same offer. score_rank packs score (top 16 bits) and hash. */
uint64_t score_rank(uint16_t total, uint64_t learner_number, uint64_t offer_number);

/* The order in which an offer's learners are shown on a day, as a rank: by the whole percent of
 * their scores, and those of the same percent in an order that differs from offer to offer and from
 * day to day, so that no one of near-equals is always first. Never for stored lists. */
uint64_t score_turn(uint16_t total, uint64_t learner_number, uint64_t offer_number, int32_t day);

#endif
