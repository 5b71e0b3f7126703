/* A timetable on its way between the planner, its record and people. */
#ifndef PASSERELLE_CLI_JOBDATING_TIMETABLE_H
#define PASSERELLE_CLI_JOBDATING_TIMETABLE_H

#include "jobdating_problem.h"

struct timetable_meeting {
    uint32_t learner, firm; /* places in the gathering's arrays */
    unsigned slot;
    unsigned table; /* from 1; 0: none, by video */
};

struct timetable_view {
    struct timetable_meeting *items; /* by slot, then firm, then learner */
    uint32_t count;
    uint32_t gone; /* meetings of whom is no longer there */
    int64_t missing, sum, bound, gaps;
    bool proven;
    bool published; /* there is one */
};

/* The published one. Endings as context_ask; freed by the caller after END_OK. */
enum ending timetable_load(struct context *context, const struct gathering *gathering,
                           struct timetable_view *view);
void timetable_free(struct timetable_view *view);
/* Puts the meetings in order and gives each a table of its firm. */
void timetable_settle(const struct gathering *gathering, struct timetable_view *view);
/* Makes it the published one, in one event. */
enum ending timetable_publish(struct context *context, const struct gathering *gathering,
                              const struct timetable_view *view);

#endif
