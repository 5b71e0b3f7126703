#include "arguments.h"
#include "commands.h"
#include "record_action.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum ending erase_run(struct context *context);

static const struct command_option erase_options[] = {
    {"yes", TEXT_NONE, TEXT_ERASE_YES, NULL},
    {"reason", TEXT_VALUE_REASON, TEXT_OPTION_REASON, record_reasons},
};

const struct command command_erase = {
    .name = "erase",
    .group = TEXT_GROUP_PERSON,
    .usage = TEXT_RECORD_USAGE,
    .summary = TEXT_ERASE_SUMMARY,
    .details = TEXT_ERASE_DETAILS,
    .fewest_words = 1,
    .most_words = 1,
    .options = erase_options,
    .option_count = sizeof erase_options / sizeof *erase_options,
    .run = erase_run,
};

/* True when the person types the record's name once more. */
static bool is_confirmed(struct context *context, const char *word)
{
    char line[160], *question = phrase(ERASE_QUESTION, word);
    fputs(question != NULL ? question : "", context->err);
    fflush(context->err);
    free(question);
    if (fgets(line, sizeof line, context->in) == NULL)
        return false;
    line[strcspn(line, "\n")] = '\0';
    return strcmp(line, word) == 0;
}

static enum ending erase_run(struct context *context)
{
    const char *word = arguments_word(context->arguments, 0);
    struct target target = {.has_bits = 0};
    if (!record_reason(context, &target))
        return context_usage(context, TEXT_WRONG_REASON,
                             arguments_value(context->arguments, "reason"));
    enum ending ending = record_find_id(context, word, KIND_ABSENT, &target.id);
    if (ending != END_OK)
        return ending;
    target.has.id = true;
    enum message_type type = message_of(OPERATION_ERASE, kind_of_letter(id_letter(target.id)));
    if (type == MESSAGE_NONE)
        return context_usage(context, TEXT_WRONG_ERASE, word);
    if (!arguments_has(context->arguments, "yes") && !is_confirmed(context, word)) {
        say(context->err, NOT_ERASED);
        return END_REJECTED;
    }
    struct request request = {.has_bits = 0};
    return context_do(context, &request, type, &target);
}
