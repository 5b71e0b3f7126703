#include "arguments.h"
#include "commands.h"
#include "up_state.h"

#include <errno.h>
#include <string.h>

static enum ending prepare_run(struct context *context);

static const struct command_option options[] = {
    {"run", TEXT_VALUE_DIRECTORY, TEXT_PREPARE_RUN_HELP, NULL},
    {"settings", TEXT_VALUE_DIRECTORY, TEXT_PREPARE_SETTINGS_HELP, NULL},
    {"users", TEXT_NONE, TEXT_PREPARE_USERS_HELP, NULL},
};

const struct command command_prepare = {
    .name = "prepare",
    .group = TEXT_GROUP_SETTING_UP,
    .summary = TEXT_PREPARE_SUMMARY,
    .details = TEXT_PREPARE_DETAILS,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = prepare_run,
};

static enum ending prepare_run(struct context *context)
{
    const char *directory = context->state != NULL ? context->state : "state", *culprit = directory;
    struct up_state state;

    if (!up_state_locate_site(&state, directory, arguments_value(context->arguments, "run"),
                              arguments_value(context->arguments, "settings"))) {
        say(context->err, UP_BAD_STATE, directory, strerror(errno));
        return END_USAGE;
    }
    if (arguments_has(context->arguments, "users") && !up_state_use_users(&state, &culprit)) {
        if (errno == ENAMETOOLONG)
            say(context->err, UP_BAD_STATE, culprit, strerror(errno));
        else
            say(context->err, PREPARE_NO_USER, culprit);
        return END_AWAY;
    }
    if (!up_state_prepare(&state, &culprit)) {
        say(context->err, UP_BAD_STATE, culprit, strerror(errno));
        return END_AWAY;
    }
    say(context->out, PREPARE_DONE, state.root, state.settings);
    return END_OK;
}
