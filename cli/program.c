#include "program.h"

#include "../runtime/clock.h"
#include "arguments.h"
#include "commands.h"
#include "manual.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TIMEOUT_S = 15, TIMEOUT_MAX_S = 24 * 3600 };
static const char default_territory[] = "demo";
/* Where an installed system has its configuration. */
static const char site_config[] = "/etc/passerelle/passerelle.conf";

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

/* The words after the command are as many as it takes. */
static enum ending check_words(struct context *context)
{
    const struct command *command = context->command;
    unsigned count = arguments_count(context->arguments);
    if (count < command->fewest_words)
        return context_usage(context, TEXT_WRONG_TOO_FEW, NULL);
    if (count > command->most_words)
        return context_usage(context, TEXT_WRONG_TOO_MANY,
                             arguments_word(context->arguments, command->most_words));
    return END_OK;
}

static enum ending unknown_command(struct context *context, const char *word)
{
    const struct command *nearest = command_nearest(word);
    context_usage(context, TEXT_WRONG_COMMAND, word);
    if (nearest != NULL)
        say(context->err, DID_YOU_MEAN, nearest->name);
    return END_USAGE;
}

/* The options that every command takes. */
static enum ending read_globals(struct context *context)
{
    const struct arguments *arguments = context->arguments;
    const char *state = arguments_value(arguments, "state");
    const char *territory = arguments_value(arguments, "territory");
    int64_t seconds;
    if (!arguments_number(arguments, "timeout", 1, TIMEOUT_MAX_S, TIMEOUT_S, &seconds))
        return context_usage(context, TEXT_WRONG_NUMBER, "--timeout");
    context->config = arguments_value(arguments, "config");
    context->state =
        state != NULL || context->config != NULL ? state : environment("PASSERELLE_STATE");
    if (context->state == NULL && context->config == NULL && access(site_config, R_OK) == 0)
        context->config = site_config;
    if (territory == NULL)
        territory = environment("PASSERELLE_TERRITORY");
    context->territory = territory != NULL ? territory : default_territory;
    context->json = arguments_has(arguments, "json");
    context->timeout_ms = seconds * 1000;
    return END_OK;
}

static enum ending run_command(struct context *context)
{
    const struct arguments *arguments = context->arguments;
    context->command = arguments_command(arguments);
    if (arguments_has(arguments, "version"))
        return command_version.run(context);
    if (arguments_command_word(arguments) == NULL) {
        manual_overview(context, arguments_has(arguments, "help") ? context->out : context->err);
        return arguments_has(arguments, "help") ? END_OK : END_USAGE;
    }
    if (context->command == NULL)
        return unknown_command(context, arguments_command_word(arguments));
    if (arguments_has(arguments, "help")) {
        manual_command(context, context->command);
        return END_OK;
    }
    enum ending ending = check_words(context);
    if (ending == END_OK)
        ending = read_globals(context);
    return ending == END_OK ? context->command->run(context) : ending;
}

static enum ending run_with(struct context *context, const struct arguments_error *error)
{
    enum text_language language;
    const char *wanted = arguments_value(context->arguments, "lang");
    if (wanted != NULL && !language_parse(wanted, &language))
        return context_usage(context, TEXT_WRONG_LANGUAGE, wanted);
    if (wanted != NULL)
        texts_speak(language);
    context->command = arguments_command(context->arguments);
    if (error->what != TEXT_NONE)
        return context_usage(context, error->what, error->culprit);
    return run_command(context);
}

enum ending program_run(int argc, char *const *argv, FILE *in, FILE *out, FILE *err)
{
    const char *named = environment("PASSERELLE_PROGRAM"); /* by a script that calls it */
    struct context context = {
        .program = named != NULL ? named
                   : argc > 0    ? argv[0]
                                 : "passerelle",
        .in = in,
        .out = out,
        .err = err,
        .terminal = terminal_of(out),
    };
    texts_speak(language_of_environment());
    struct arguments_error error;
    struct arguments *arguments = arguments_read(argc, argv, &error);
    if (arguments == NULL)
        return context_no_memory(&context);
    context.arguments = arguments;
    enum ending ending = run_with(&context, &error);
    client_close(context.client);
    arguments_free(arguments);
    if (fflush(out) != 0 && ending == END_OK)
        ending = END_PARTIAL;
    return ending;
}
