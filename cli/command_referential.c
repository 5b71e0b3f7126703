#include "arguments.h"
#include "commands.h"

#include <string.h>

static enum ending referential_run(struct context *context);

const struct command command_referential = {
    .name = "referential",
    .group = TEXT_GROUP_SETTING_UP,
    .usage = TEXT_REFERENTIAL_USAGE,
    .summary = TEXT_REFERENTIAL_SUMMARY,
    .details = TEXT_REFERENTIAL_DETAILS,
    .choices = "adopt",
    .fewest_words = 3,
    .most_words = 3,
    .run = referential_run,
};

static enum ending referential_run(struct context *context)
{
    const char *action = arguments_word(context->arguments, 0);
    const char *referential = arguments_word(context->arguments, 1);
    const char *communes = arguments_word(context->arguments, 2);
    if (strcmp(action, "adopt") != 0)
        return context_usage(context, TEXT_WRONG_ACTION, action);
    struct adoption body = {
        .referential = {referential, (uint32_t)strlen(referential)},
        .communes = {communes, (uint32_t)strlen(communes)},
    };
    body.has.referential = body.has.communes = true;
    struct request request = {.has_bits = 0};
    return context_do(context, &request, MESSAGE_REFERENTIAL_ADOPT, &body);
}
