/* Timetables and verdicts as JSON. */
#ifndef PASSERELLE_CLI_PLAN_PRINT_H
#define PASSERELLE_CLI_PLAN_PRINT_H

#include "../planning/plan.h"
#include "plan_file.h"

/* The meetings of an answer, by slot; malloc'ed, NULL without memory. */
struct plan_meeting *plan_meetings(const struct problem *problem, const int8_t *slot_of,
                                   uint32_t *count);

/* All of these return NULL without memory. */
json_t *plan_meetings_json(const struct plan_file *file, const struct plan_meeting *meetings,
                           uint32_t count);
json_t *plan_worth_json(const struct worth *worth);
/* Who has fewer meetings than their minimum, and why, in a sentence each. */
json_t *plan_short_json(const struct plan_file *file, const int8_t *slot_of);
/* What the checker says: valid, faults with a sentence each, objective. */
json_t *plan_verdict_json(const struct plan_file *file, const struct plan_meeting *meetings,
                          const struct verdict *verdict);

/* How far the sum may be from the best possible, as a share of the bound; 0 when proven. */
double plan_distance(const struct plan_answer *answer);

#endif
