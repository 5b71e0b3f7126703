#include "command.h"

#include "../config/config.h"
#include "expected_words.h"
#include "tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 64 };

bool context_run_directory(struct context *context, char run[RUN_DIRECTORY_SIZE])
{
    if (context->state != NULL || context->config == NULL) {
        const char *state = context->state != NULL ? context->state : "state";
        int size = snprintf(run, RUN_DIRECTORY_SIZE, "%s/run", state);
        if (size > 0 && size < RUN_DIRECTORY_SIZE)
            return true;
        say(context->err, PATH_TOO_LONG, state);
        return false;
    }
    struct config config;
    struct config_errors errors;
    if (config_load(context->config, &config, &errors)) {
        snprintf(run, RUN_DIRECTORY_SIZE, "%s", config.daemon_runtime_directory);
        return true;
    }
    for (unsigned i = 0; i < errors.count; i++)
        fprintf(context->err, "%s\n", errors.text[i]);
    return false;
}

static void say_not_open(struct context *context, const char *run)
{
    if (errno == ENOENT || errno == ECONNREFUSED)
        say(context->err, NOT_RUNNING, run, context->program);
    else if (errno == EACCES || errno == EPERM)
        say(context->err, NOT_ALLOWED, run);
    else
        say(context->err, CANNOT_CONNECT, run, strerror(errno));
}

struct client *context_client(struct context *context)
{
    char run[RUN_DIRECTORY_SIZE];
    if (context->client != NULL)
        return context->client;
    if (!context_run_directory(context, run))
        return NULL;
    struct client_options options = {
        .run = run,
        .territory = context->territory,
        .timeout_ms = context->timeout_ms,
        .window = WINDOW,
    };
    context->client = client_open(&options);
    if (context->client == NULL)
        say_not_open(context, run);
    return context->client;
}

void usage_say(FILE *file, const struct command *command)
{
    const char *usage = text_of(command->usage);
    say(file, USAGE_LINE, command->name, *usage != '\0' ? " " : "", usage);
}

enum ending context_usage(struct context *context, enum text_id what, const char *culprit)
{
    if (culprit != NULL)
        say(context->err, CULPRIT, text_of(what), culprit);
    else
        fprintf(context->err, "%s\n", text_of(what));
    if (context->command != NULL)
        usage_say(context->err, context->command);
    say(context->err, SEE_HELP, context->command != NULL ? " " : "",
        context->command != NULL ? context->command->name : "");
    return END_USAGE;
}

enum ending context_no_memory(struct context *context)
{
    say(context->err, NO_MEMORY);
    return END_AWAY;
}

/* -- answers ----------------------------------------------------------------------------------- */

static const enum text_id error_texts[ERROR_END] = {
#define ERROR_TEXT(constant, wire, retry, doc) [ERROR_##constant] = TEXT_ERROR_##constant,
    ERRORS_ALL(ERROR_TEXT)
#undef ERROR_TEXT
};

char *error_in_words(const struct error *error)
{
    char *path = text_clean(error->path, strlen(error->path));
    char *expected = expected_in_words(error->expected), *line = NULL;
    if (path != NULL && expected != NULL &&
        asprintf(&line, "%s%s%s%s%s (%s)", path, *path != '\0' ? text_of(TEXT_COLON) : "",
                 text_of(error_texts[error->code]), *expected != '\0' ? text_of(TEXT_COLON) : "",
                 expected, error_name(error->code)) < 0)
        line = NULL;
    free(path);
    free(expected);
    return line;
}

void errors_say(FILE *file, const struct errors *errors)
{
    for (unsigned i = 0; i < errors->count; i++) {
        char *line = error_in_words(&errors->item[i]);
        fprintf(file, "  %s\n", line != NULL ? line : error_name(errors->item[i].code));
        free(line);
    }
    if (errors->total > errors->count)
        say(file, MORE_ERRORS, errors->total - errors->count);
}

static void say_not_ok(struct context *context, const struct client_reply *reply)
{
    if (reply->status == REPLY_NONE) {
        say(context->err, NO_ANSWER, (int)((context->timeout_ms + 999) / 1000));
        return;
    }
    if (reply->status == REPLY_REJECTED)
        say(context->err, REFUSED);
    else
        say(context->err, STILL_BUSY);
    errors_say(context->err, &reply->errors);
}

enum ending context_judge(struct context *context, const struct client_reply *reply)
{
    if (reply->status == REPLY_OK)
        return END_OK;
    if (!context->quiet)
        say_not_ok(context, reply);
    return reply->status == REPLY_REJECTED ? END_REJECTED : END_AWAY;
}

enum ending context_ask_with(struct context *context, const struct request *request,
                             enum message_type type, const void *body, struct client_reply *reply)
{
    struct client *client = context_client(context);
    if (client == NULL)
        return END_AWAY;
    if (!client_call_with(client, request, type, body, reply))
        return context_no_memory(context);
    return context_judge(context, reply);
}

enum ending context_ask(struct context *context, enum message_type type, const void *body,
                        struct client_reply *reply)
{
    struct request request = {.has_bits = 0};
    return context_ask_with(context, &request, type, body, reply);
}

enum ending context_territory(struct context *context, struct client_reply *reply,
                              const msgpack_object **territory)
{
    struct overview all = {.has_bits = 0};
    struct request request = {
        .territory = {context->territory, (uint32_t)strlen(context->territory)}};
    struct client *client = context_client(context);
    request.has.territory = true;
    if (client == NULL)
        return END_AWAY;
    if (!client_call_with(client, &request, MESSAGE_STATUS, &all, reply))
        return context_no_memory(context);
    bool unknown = reply->status == REPLY_REJECTED && reply->errors.count > 0 &&
                   reply->errors.item[0].code == ERROR_UNKNOWN_TERRITORY;
    enum ending ending = unknown ? END_OK : context_judge(context, reply);
    if (ending != END_OK)
        return ending;
    *territory = unknown ? NULL : tree_item(reply->tree, "territories", 0);
    if (text_is(tree_text(*territory, "name"), context->territory))
        return END_OK;
    bool away =
        !unknown && tree_find(reply->tree, "store") != NULL && !tree_flag(reply->tree, "store.up");
    if (away)
        say(context->err, STATUS_STORE_AWAY);
    else
        say(context->err, NO_TERRITORY, context->territory);
    return away ? END_AWAY : END_REJECTED;
}

enum ending context_tell(struct context *context, enum message_type type,
                         const struct client_reply *reply)
{
    enum ending ending = context_judge(context, reply);
    if (ending != END_OK)
        return ending;
    if (context->json) {
        context_print_json(context, reply->tree);
        return END_OK;
    }
    struct text result = reply->head.result;
    enum text_id words = text_named("RESULT_", result.data != NULL ? result.data : "", result.size);
    if (words == TEXT_NONE)
        words = TEXT_DONE;
    else if (message_info(type)->operation == OPERATION_ERASE)
        words = TEXT_OPERATION_erase;
    char id[ID_TEXT_SIZE];
    if (reply->head.record != 0) {
        id_print(reply->head.record, id);
        fprintf(context->out, "%s%s", id, text_of(TEXT_COLON));
    }
    fprintf(context->out, "%s\n", text_of(words));
    errors_say(context->out, &reply->errors);
    return END_OK;
}

enum ending context_do(struct context *context, const struct request *request,
                       enum message_type type, const void *body)
{
    struct client_reply reply;
    enum ending ending = context_ask_with(context, request, type, body, &reply);
    return ending == END_OK ? context_tell(context, type, &reply) : ending;
}

void context_print_json(struct context *context, const msgpack_object *tree)
{
    char *line = wire_to_json(tree, false);
    if (line != NULL)
        fprintf(context->out, "%s\n", line);
    free(line);
}
