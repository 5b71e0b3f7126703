#include "commands.h"
#include "record_action.h"

static enum ending offer_run(struct context *context);

static const struct command_option offer_options[] = {
    {"reason", TEXT_VALUE_REASON, TEXT_OPTION_REASON, record_reasons},
};

const struct command command_offer = {
    .name = "offer",
    .group = TEXT_GROUP_CHANGE,
    .usage = TEXT_OFFER_USAGE,
    .summary = TEXT_OFFER_SUMMARY,
    .details = TEXT_OFFER_DETAILS,
    .choices = "close withdraw reopen",
    .fewest_words = 2,
    .most_words = 2,
    .options = offer_options,
    .option_count = sizeof offer_options / sizeof *offer_options,
    .run = offer_run,
};

static enum ending offer_run(struct context *context)
{
    static const struct record_action actions[] = {
        {"close", MESSAGE_OFFER_CLOSE},
        {"withdraw", MESSAGE_OFFER_WITHDRAW},
        {"reopen", MESSAGE_OFFER_REOPEN},
    };
    return record_action_run(context, actions, sizeof actions / sizeof *actions);
}
