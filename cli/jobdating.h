/* What `passerelle jobdating` does, one function for each of its first words. */
#ifndef PASSERELLE_CLI_JOBDATING_H
#define PASSERELLE_CLI_JOBDATING_H

#include "command.h"

typedef enum ending jobdating_action(struct context *context);

/* jobdating_change.c */
jobdating_action jobdating_create, jobdating_alter, jobdating_firm, jobdating_learner,
    jobdating_helper, jobdating_pair, jobdating_remove, jobdating_state;
/* jobdating_show.c */
jobdating_action jobdating_list, jobdating_show;
/* jobdating_invite.c */
jobdating_action jobdating_invite, jobdating_promote;
/* jobdating_plan.c */
jobdating_action jobdating_plan, jobdating_check, jobdating_timetable;
/* jobdating_export.c */
jobdating_action jobdating_export;
/* jobdating_import.c */
jobdating_action jobdating_import;

/* The job dating that the second word names. */
enum ending jobdating_named(struct context *context, uint64_t *id);

#endif
