#include "../runtime/file_map.h"
#include "arguments.h"
#include "commands.h"
#include "referential_make.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static enum ending referential_run(struct context *context);

static const struct command_option referential_options[] = {
    {"rome", TEXT_VALUE_DIRECTORY, TEXT_REFERENTIAL_ROME, NULL},
    {"esco", TEXT_VALUE_DIRECTORY, TEXT_REFERENTIAL_ESCO, NULL},
    {"mapping", TEXT_VALUE_FILE, TEXT_REFERENTIAL_MAPPING, NULL},
    {"starter", TEXT_NONE, TEXT_REFERENTIAL_STARTER, NULL},
    {"out", TEXT_VALUE_FILE, TEXT_REFERENTIAL_OUT, NULL},
};

const struct command command_referential = {
    .name = "referential",
    .group = TEXT_GROUP_SETTING_UP,
    .usage = TEXT_REFERENTIAL_USAGE,
    .summary = TEXT_REFERENTIAL_SUMMARY,
    .details = TEXT_REFERENTIAL_DETAILS,
    .choices = "build adopt",
    .fewest_words = 1,
    .most_words = 3,
    .options = referential_options,
    .option_count = sizeof referential_options / sizeof *referential_options,
    .run = referential_run,
};

static enum ending adopt(struct context *context)
{
    const char *referential = arguments_word(context->arguments, 1);
    const char *communes = arguments_word(context->arguments, 2);
    if (communes == NULL)
        return context_usage(context, TEXT_WRONG_TOO_FEW, NULL);
    struct adoption body = {
        .referential = {referential, (uint32_t)strlen(referential)},
        .communes = {communes, (uint32_t)strlen(communes)},
    };
    body.has.referential = body.has.communes = true;
    struct request request = {.has_bits = 0};
    return context_do(context, &request, MESSAGE_REFERENTIAL_ADOPT, &body);
}

static enum ending write_made(struct context *context, const struct made_referential *made,
                              const char *path)
{
    if (!file_write_atomic(path, made->data, made->size, 0644)) {
        say(context->err, IMPORT_CANNOT_WRITE, path, strerror(errno));
        return END_REJECTED;
    }
    if (!context->json)
        say(context->out, REFERENTIAL_WRITTEN, made->hash, path, made->counts.skills,
            made->counts.roles, made->counts.aliases);
    else
        fprintf(context->out,
                "{\"referential\":\"%s\",\"skills\":%u,\"roles\":%u,\"occupations\":%u}\n",
                made->hash, made->counts.skills, made->counts.roles, made->counts.occupations);
    return END_OK;
}

static enum ending build(struct context *context)
{
    const struct arguments *arguments = context->arguments;
    const char *out = arguments_value(arguments, "out");
    struct referential_sources sources = {
        .starter = arguments_has(arguments, "starter"),
        .rome = arguments_value(arguments, "rome"),
        .esco = arguments_value(arguments, "esco"),
        .mapping = arguments_value(arguments, "mapping"),
    };
    struct made_referential made;
    if (arguments_count(arguments) > 1)
        return context_usage(context, TEXT_WRONG_TOO_MANY, arguments_word(arguments, 1));
    if (sources.rome == NULL && sources.esco == NULL && !sources.starter)
        return context_usage(context, TEXT_WRONG_NO_CATALOGUE, NULL);
    if (sources.mapping != NULL && sources.rome == NULL)
        return context_usage(context, TEXT_WRONG_MAPPING_ALONE, NULL);
    if (out == NULL)
        return context_usage(context, TEXT_WRONG_NO_OUT, NULL);
    enum ending ending = referential_make(context, &sources, &made);
    if (ending != END_OK)
        return ending;
    ending = write_made(context, &made, out);
    free(made.data);
    return ending;
}

static enum ending referential_run(struct context *context)
{
    const char *action = arguments_word(context->arguments, 0);
    if (strcmp(action, "build") == 0)
        return build(context);
    if (strcmp(action, "adopt") == 0)
        return adopt(context);
    return context_usage(context, TEXT_WRONG_ACTION, action);
}
