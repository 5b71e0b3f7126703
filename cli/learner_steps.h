/* `learner next-steps`: which skills would open the most offers to a learner. */
#ifndef PASSERELLE_CLI_LEARNER_STEPS_H
#define PASSERELLE_CLI_LEARNER_STEPS_H

#include "command.h"

/* The learner is the second word; options threshold and limit. */
enum ending learner_steps_run(struct context *context);

#endif
