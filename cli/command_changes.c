#include "arguments.h"
#include "change_view.h"
#include "commands.h"

static enum ending changes_run(struct context *context);

static const struct command_option changes_options[] = {
    {"after", TEXT_VALUE_NUMBER, TEXT_CHANGES_AFTER, NULL},
    {"limit", TEXT_VALUE_NUMBER, TEXT_CHANGES_LIMIT, NULL},
};

const struct command command_changes = {
    .name = "changes",
    .group = TEXT_GROUP_LOOK,
    .summary = TEXT_CHANGES_SUMMARY,
    .details = TEXT_CHANGES_DETAILS,
    .options = changes_options,
    .option_count = sizeof changes_options / sizeof *changes_options,
    .run = changes_run,
};

static enum ending changes_run(struct context *context)
{
    int64_t after, limit, shown;
    if (!arguments_number(context->arguments, "after", 0, INT64_MAX, 0, &after))
        return context_usage(context, TEXT_WRONG_NUMBER, "--after");
    if (!arguments_number(context->arguments, "limit", 1, INT64_MAX, INT64_MAX, &limit))
        return context_usage(context, TEXT_WRONG_NUMBER, "--limit");
    enum ending ending = changes_show(context, &after, limit, &shown);
    if (ending == END_OK && shown == 0 && !context->json)
        say(context->err, NO_CHANGES);
    return ending;
}
