#include "arguments.h"
#include "commands.h"
#include "jobdating.h"

#include <limits.h>
#include <string.h>

static enum ending jobdating_run(struct context *context);

static const struct command_option jobdating_options[] = {
    {"personal", TEXT_NONE, TEXT_OPTION_PERSONAL, NULL},
    {"seconds", TEXT_VALUE_NUMBER, TEXT_JOBDATING_SECONDS, NULL},
    {"seed", TEXT_VALUE_NUMBER, TEXT_JOBDATING_SEED, NULL},
};

const struct command command_jobdating = {
    .name = "jobdating",
    .group = TEXT_GROUP_JOBDATING,
    .usage = TEXT_JOBDATING_USAGE,
    .summary = TEXT_JOBDATING_SUMMARY,
    .details = TEXT_JOBDATING_DETAILS,
    .choices = "create change firm learner helper pair remove import invite promote plan check "
               "timetable export list show start end cancel reopen",
    .fewest_words = 1,
    .most_words = UINT_MAX,
    .options = jobdating_options,
    .option_count = sizeof jobdating_options / sizeof *jobdating_options,
    .run = jobdating_run,
};

static const struct {
    const char *word;
    unsigned fewest, most; /* words, the first one included */
    jobdating_action *run;
} actions[] = {
    {"create", 2, UINT_MAX, jobdating_create},
    {"change", 3, UINT_MAX, jobdating_alter},
    {"firm", 3, UINT_MAX, jobdating_firm},
    {"learner", 3, UINT_MAX, jobdating_learner},
    {"helper", 3, UINT_MAX, jobdating_helper},
    {"pair", 5, UINT_MAX, jobdating_pair},
    {"remove", 2, 3, jobdating_remove},
    {"import", 3, UINT_MAX, jobdating_import},
    {"invite", 3, 3, jobdating_invite},
    {"promote", 2, 3, jobdating_promote},
    {"plan", 2, 2, jobdating_plan},
    {"check", 2, 2, jobdating_check},
    {"timetable", 2, 2, jobdating_timetable},
    {"export", 3, 3, jobdating_export},
    {"list", 1, 1, jobdating_list},
    {"show", 2, 2, jobdating_show},
    {"start", 2, 2, jobdating_state},
    {"end", 2, 2, jobdating_state},
    {"cancel", 2, 2, jobdating_state},
    {"reopen", 2, 2, jobdating_state},
};

static enum ending jobdating_run(struct context *context)
{
    const char *word = arguments_word(context->arguments, 0);
    unsigned words = arguments_count(context->arguments);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].word, word) != 0)
            continue;
        if (words < actions[i].fewest)
            return context_usage(context, TEXT_WRONG_TOO_FEW, word);
        if (words > actions[i].most)
            return context_usage(context, TEXT_WRONG_TOO_MANY,
                                 arguments_word(context->arguments, actions[i].most));
        return actions[i].run(context);
    }
    return context_usage(context, TEXT_WRONG_ACTION, word);
}
