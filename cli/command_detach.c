#include "arguments.h"
#include "commands.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static enum ending detach_run(struct context *context);

const struct command command_detach = {
    .name = "detach",
    .group = TEXT_GROUP_CHANGE,
    .usage = TEXT_DETACH_USAGE,
    .summary = TEXT_DETACH_SUMMARY,
    .fewest_words = 1,
    .most_words = UINT_MAX,
    .run = detach_run,
};

static enum ending detach_run(struct context *context)
{
    char *joined = arguments_join(context->arguments, 0, arguments_count(context->arguments));
    if (joined == NULL)
        return context_no_memory(context);
    struct words body = {.words = {joined, (uint32_t)strlen(joined)}};
    body.has.words = true;
    struct request request = {.has_bits = 0};
    enum ending ending = context_do(context, &request, MESSAGE_SKILL_DETACH, &body);
    free(joined);
    return ending;
}
