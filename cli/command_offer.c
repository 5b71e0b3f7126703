#include "arguments.h"
#include "commands.h"
#include "offer_confirm.h"
#include "offer_cost_view.h"
#include "record_action.h"

#include <string.h>

static enum ending offer_run(struct context *context);

static const struct command_option offer_options[] = {
    {"reason", TEXT_VALUE_REASON, TEXT_OPTION_REASON, record_reasons},
    {"corrections", TEXT_VALUE_FILE, TEXT_OFFER_CORRECTIONS, NULL},
    {"revision", TEXT_VALUE_NUMBER, TEXT_OFFER_REVISION, NULL},
    {"threshold", TEXT_VALUE_NUMBER, TEXT_OPTION_THRESHOLD, NULL},
    {"limit", TEXT_VALUE_NUMBER, TEXT_OPTION_COSTS_LIMIT, NULL},
};

const struct command command_offer = {
    .name = "offer",
    .group = TEXT_GROUP_CHANGE,
    .usage = TEXT_OFFER_USAGE,
    .summary = TEXT_OFFER_SUMMARY,
    .details = TEXT_OFFER_DETAILS,
    .choices = "confirm close withdraw reopen costs",
    .fewest_words = 2,
    .most_words = 2,
    .options = offer_options,
    .option_count = sizeof offer_options / sizeof *offer_options,
    .run = offer_run,
};

static enum ending confirm_run(struct context *context)
{
    int64_t revision;
    if (!arguments_number(context->arguments, "revision", 0, INT64_MAX, -1, &revision))
        return context_usage(context, TEXT_WRONG_NUMBER, "--revision");
    return offer_confirm(context, arguments_word(context->arguments, 1),
                         arguments_value(context->arguments, "corrections"), revision);
}

static enum ending offer_run(struct context *context)
{
    static const struct record_action actions[] = {
        {"close", MESSAGE_OFFER_CLOSE},
        {"withdraw", MESSAGE_OFFER_WITHDRAW},
        {"reopen", MESSAGE_OFFER_REOPEN},
    };
    if (strcmp(arguments_word(context->arguments, 0), "confirm") == 0)
        return confirm_run(context);
    if (strcmp(arguments_word(context->arguments, 0), "costs") == 0)
        return offer_costs_run(context);
    return record_action_run(context, actions, sizeof actions / sizeof *actions);
}
