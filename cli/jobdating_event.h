/* All of a job dating in memory: its slots, firms, learners, helpers, what is said of pairs, how
 * well they go together. */
#ifndef PASSERELLE_CLI_JOBDATING_EVENT_H
#define PASSERELLE_CLI_JOBDATING_EVENT_H

#include "../runtime/jobdating_slots.h"
#include "jobdating_view.h"

enum { EVENT_SEATS_MAX = 20 };

struct event_firm {
    uint64_t id;
    const struct attendance *record;
    unsigned table[EVENT_SEATS_MAX]; /* of each recruiter, from 1; 0: none */
};

struct event_learner {
    uint64_t id;
    const struct registration *record;
    unsigned suitable; /* firms with an offer that fits */
};

struct event_helper {
    uint64_t id;
    const struct helper *record;
};

/* A learner and a firm, by their places in the arrays below. */
struct event_pair {
    uint32_t learner, firm;
    const struct meeting *said; /* NULL: nothing */
    uint64_t offer;             /* the best one; 0: none was compared */
    int32_t score;              /* SCORE_ONE at most; of a near-miss as if nothing failed */
    bool fits, near;
};

struct event {
    struct arena *arena;
    struct jobdating_view *view;
    struct jobdating_slot slots[JOBDATING_SLOTS_MAX];
    unsigned slot_count;
    struct event_firm *firms;
    struct event_learner *learners; /* who is invited or confirmed */
    struct event_helper *helpers;
    struct event_pair *pairs; /* learner by learner, firm by firm */
    uint32_t firm_count, learner_count, helper_count;
    unsigned table_count; /* tables there are; 0: as many as recruiters */
};

/* The job dating that the second word names, with scores of now. Endings as context_ask; freed by
 * the caller after END_OK. */
enum ending event_load(struct context *context, struct event **event);
void event_free(struct event *event); /* NULL is fine */

struct event_pair *event_pair(const struct event *event, uint32_t learner, uint32_t firm);
/* Places by the number of a registration or an attendance; UINT32_MAX when it is not there. */
uint32_t event_learner_of(const struct event *event, uint64_t number);
uint32_t event_firm_of(const struct event *event, uint64_t number);
unsigned event_recruiters(const struct event_firm *firm);
/* Of a learner: the registration's, or the job dating's. */
unsigned event_minimum(const struct event *event, const struct event_learner *learner);
unsigned event_maximum(const struct event *event, const struct event_learner *learner);

#endif
