/* All of a job dating in memory: its slots, firms, learners, helpers, what is said of pairs, how
 * well they go together. */
#ifndef PASSERELLE_CLI_GATHERING_H
#define PASSERELLE_CLI_GATHERING_H

#include "../runtime/jobdating_slots.h"
#include "jobdating_view.h"

enum { GATHERING_SEATS_MAX = 20 };

struct gathering_firm {
    uint64_t id;
    const struct attendance *record;
    unsigned table[GATHERING_SEATS_MAX]; /* of each recruiter, from 1; 0: none */
};

struct gathering_learner {
    uint64_t id;
    const struct registration *record;
    unsigned suitable; /* firms with an offer that fits */
};

struct gathering_helper {
    uint64_t id;
    const struct helper *record;
};

/* A learner and a firm, by their places in the arrays below. */
struct gathering_pair {
    uint32_t learner, firm;
    const struct meeting *said; /* NULL: nothing */
    uint64_t offer;             /* the best one; 0: none was compared */
    int32_t score;              /* SCORE_ONE at most; of a near-miss as if nothing failed */
    bool fits, near;
};

struct gathering {
    struct arena *arena;
    struct jobdating_view *view;
    struct jobdating_slot slots[JOBDATING_SLOTS_MAX];
    unsigned slot_count;
    struct gathering_firm *firms;
    struct gathering_learner *learners; /* who is invited or confirmed */
    struct gathering_helper *helpers;
    struct gathering_pair *pairs; /* learner by learner, firm by firm */
    uint32_t firm_count, learner_count, helper_count;
    unsigned table_count; /* tables there are; 0: as many as recruiters */
};

/* The job dating that the second word names, with scores of now. Endings as context_ask; freed by
 * the caller after END_OK. */
enum ending gathering_load(struct context *context, struct gathering **gathering);
void gathering_free(struct gathering *gathering); /* NULL is fine */

struct gathering_pair *gathering_pair(const struct gathering *gathering, uint32_t learner,
                                      uint32_t firm);
/* Places by the number of a registration or an attendance; UINT32_MAX when it is not there. */
uint32_t gathering_learner_of(const struct gathering *gathering, uint64_t number);
uint32_t gathering_firm_of(const struct gathering *gathering, uint64_t number);
unsigned gathering_recruiters(const struct gathering_firm *firm);
/* Of a learner: the registration's, or the job dating's. */
unsigned gathering_minimum(const struct gathering *gathering,
                           const struct gathering_learner *learner);
unsigned gathering_maximum(const struct gathering *gathering,
                           const struct gathering_learner *learner);

#endif
