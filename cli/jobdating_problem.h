/* A job dating as the planner sees it. */
#ifndef PASSERELLE_CLI_JOBDATING_PROBLEM_H
#define PASSERELLE_CLI_JOBDATING_PROBLEM_H

#include "../planning/problem.h"
#include "gathering.h"

/* Participants are the firms in their order, then the learners in theirs. Two may meet when an
 * offer of the firm fits the learner; where the job dating says so, also near-misses, and firms
 * without a fitting offer for learners who would fall short of their minimum. Nobody meets whom one
 * of the two refuses, nor at a table without what the learner needs. Sealed; NULL when out of
 * memory. */
struct problem *gathering_problem(const struct gathering *gathering);

/* Whether the learner and the firm may meet at all, and with which score. */
bool gathering_pair_allowed(const struct gathering *gathering, const struct gathering_pair *pair,
                            int32_t *score);

#endif
