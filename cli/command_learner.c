#include "arguments.h"
#include "commands.h"
#include "learner_steps.h"
#include "record_action.h"

#include <string.h>

static enum ending learner_run(struct context *context);

static const struct command_option learner_options[] = {
    {"reason", TEXT_VALUE_REASON, TEXT_OPTION_REASON, record_reasons},
    {"threshold", TEXT_VALUE_NUMBER, TEXT_OPTION_THRESHOLD, NULL},
    {"limit", TEXT_VALUE_NUMBER, TEXT_OPTION_STEPS_LIMIT, NULL},
};

const struct command command_learner = {
    .name = "learner",
    .group = TEXT_GROUP_CHANGE,
    .usage = TEXT_LEARNER_USAGE,
    .summary = TEXT_LEARNER_SUMMARY,
    .details = TEXT_LEARNER_DETAILS,
    .choices = "withdraw reopen next-steps",
    .fewest_words = 2,
    .most_words = 2,
    .options = learner_options,
    .option_count = sizeof learner_options / sizeof *learner_options,
    .run = learner_run,
};

static enum ending learner_run(struct context *context)
{
    static const struct record_action actions[] = {
        {"withdraw", MESSAGE_LEARNER_WITHDRAW},
        {"reopen", MESSAGE_LEARNER_REOPEN},
    };
    if (strcmp(arguments_word(context->arguments, 0), "next-steps") == 0)
        return learner_steps_run(context);
    return record_action_run(context, actions, sizeof actions / sizeof *actions);
}
