/* A job dating as the planner sees it. */
#ifndef PASSERELLE_CLI_JOBDATING_PROBLEM_H
#define PASSERELLE_CLI_JOBDATING_PROBLEM_H

#include "../planning/problem.h"
#include "jobdating_event.h"

/* Participants are the firms in their order, then the learners in theirs. Two may meet when an
 * offer of the firm fits the learner; where the job dating says so, also near-misses, and firms
 * without a fitting offer for learners who would fall short of their minimum. Nobody meets whom one
 * of the two refuses, nor at a table without what the learner needs. Sealed; NULL when out of
 * memory. */
struct problem *event_problem(const struct event *event);

/* Whether the learner and the firm may meet at all, and with which score. */
bool event_pair_allowed(const struct event *event, const struct event_pair *pair, int32_t *score);

#endif
