#include "arguments.h"
#include "commands.h"
#include "manual.h"

static enum ending help_run(struct context *context);

static const struct command_option help_options[] = {
    {"man", TEXT_NONE, TEXT_HELP_MAN, NULL},
};

const struct command command_help = {
    .name = "help",
    .group = TEXT_GROUP_PROGRAM,
    .usage = TEXT_HELP_USAGE,
    .summary = TEXT_HELP_SUMMARY,
    .most_words = 1,
    .options = help_options,
    .option_count = sizeof help_options / sizeof *help_options,
    .run = help_run,
};

static enum ending help_run(struct context *context)
{
    const char *name = arguments_word(context->arguments, 0);
    if (arguments_has(context->arguments, "man")) {
        manual_page(context);
        return END_OK;
    }
    if (name == NULL) {
        manual_overview(context, context->out);
        return END_OK;
    }
    const struct command *command = command_of_name(name);
    if (command == NULL)
        return context_usage(context, TEXT_WRONG_COMMAND, name);
    manual_command(context, command);
    return END_OK;
}
