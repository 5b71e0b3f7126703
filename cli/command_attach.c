#include "arguments.h"
#include "commands.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static enum ending attach_run(struct context *context);

const struct command command_attach = {
    .name = "attach",
    .group = TEXT_GROUP_CHANGE,
    .usage = TEXT_ATTACH_USAGE,
    .summary = TEXT_ATTACH_SUMMARY,
    .details = TEXT_ATTACH_DETAILS,
    .fewest_words = 2,
    .most_words = UINT_MAX,
    .run = attach_run,
};

static enum ending attach_run(struct context *context)
{
    unsigned last = arguments_count(context->arguments) - 1;
    const char *skill = arguments_word(context->arguments, last);
    char *joined = arguments_join(context->arguments, 0, last);
    if (joined == NULL)
        return context_no_memory(context);
    struct attachment attachment = {
        .words = {joined, (uint32_t)strlen(joined)},
        .skill = {skill, (uint32_t)strlen(skill)},
    };
    attachment.has.words = attachment.has.skill = true;
    struct request request = {.has_bits = 0};
    enum ending ending = context_do(context, &request, MESSAGE_SKILL_ATTACH, &attachment);
    free(joined);
    return ending;
}
