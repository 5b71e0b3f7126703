#include "../config/config.h"
#include "arguments.h"
#include "commands.h"

#include <stdlib.h>
#include <string.h>

static enum ending config_run(struct context *context);

const struct command command_config = {
    .name = "config",
    .group = TEXT_GROUP_SETTING_UP,
    .usage = TEXT_CONFIG_USAGE,
    .summary = TEXT_CONFIG_SUMMARY,
    .details = TEXT_CONFIG_DETAILS,
    .choices = "check print",
    .fewest_words = 1,
    .most_words = 2,
    .run = config_run,
};

static enum ending load(struct context *context, const char *path, struct config *config)
{
    struct config_errors *errors = calloc(1, sizeof *errors);
    if (errors == NULL)
        return context_no_memory(context);
    bool whole = config_load(path, config, errors);
    for (unsigned i = 0; i < errors->count; i++)
        fprintf(context->err, "%s\n", errors->text[i]);
    if (errors->total > errors->count)
        say(context->err, MORE_ERRORS, errors->total - errors->count);
    free(errors);
    return whole ? END_OK : END_REJECTED;
}

static enum ending config_run(struct context *context)
{
    const char *action = arguments_word(context->arguments, 0);
    const char *path = arguments_word(context->arguments, 1);
    bool check = strcmp(action, "check") == 0;
    struct config config;
    if (!check && strcmp(action, "print") != 0)
        return context_usage(context, TEXT_WRONG_ACTION, action);
    path = path != NULL ? path : context->config;
    if (path == NULL && check)
        return context_usage(context, TEXT_WRONG_NO_CONFIG, NULL);
    config_defaults(&config);
    enum ending ending = path != NULL ? load(context, path, &config) : END_OK;
    if (ending != END_OK)
        return ending;
    if (check)
        say(context->out, CONFIG_FINE, path);
    else
        config_print(context->out, &config, true);
    return END_OK;
}
