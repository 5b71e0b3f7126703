#include "arguments.h"
#include "commands.h"

#include <string.h>

static enum ending territory_run(struct context *context);

static const struct command_option territory_options[] = {
    {"label", TEXT_VALUE_TEXT, TEXT_TERRITORY_LABEL, NULL},
    {"slots", TEXT_VALUE_NUMBER, TEXT_TERRITORY_SLOTS, NULL},
};

const struct command command_territory = {
    .name = "territory",
    .group = TEXT_GROUP_SETTING_UP,
    .usage = TEXT_TERRITORY_USAGE,
    .summary = TEXT_TERRITORY_SUMMARY,
    .details = TEXT_TERRITORY_DETAILS,
    .choices = "create",
    .fewest_words = 2,
    .most_words = 2,
    .options = territory_options,
    .option_count = sizeof territory_options / sizeof *territory_options,
    .run = territory_run,
};

static enum ending territory_run(struct context *context)
{
    const char *action = arguments_word(context->arguments, 0);
    const char *name = arguments_word(context->arguments, 1);
    const char *label = arguments_value(context->arguments, "label");
    if (strcmp(action, "create") != 0)
        return context_usage(context, TEXT_WRONG_ACTION, action);
    if (label == NULL)
        return context_usage(context, TEXT_WRONG_NO_LABEL, NULL);
    struct territory_settings body = {.label = {label, (uint32_t)strlen(label)}};
    if (!arguments_number(context->arguments, "slots", 1, 64, 2, &body.slots))
        return context_usage(context, TEXT_WRONG_NUMBER, "--slots");
    body.has.label = true;
    body.has.slots = arguments_has(context->arguments, "slots");
    struct request request = {.territory = {name, (uint32_t)strlen(name)}};
    request.has.territory = true;
    return context_do(context, &request, MESSAGE_TERRITORY_PUT, &body);
}
