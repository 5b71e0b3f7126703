#include "arguments.h"
#include "change_view.h"
#include "commands.h"
#include "follower.h"
#include "tree.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static enum ending watch_run(struct context *context);

static const struct command_option watch_options[] = {
    {"count", TEXT_VALUE_NUMBER, TEXT_WATCH_COUNT, NULL},
};

const struct command command_watch = {
    .name = "watch",
    .group = TEXT_GROUP_LOOK,
    .summary = TEXT_WATCH_SUMMARY,
    .details = TEXT_WATCH_DETAILS,
    .options = watch_options,
    .option_count = sizeof watch_options / sizeof *watch_options,
    .run = watch_run,
};

enum {
    SILENCE_MS = 5000,
    PATIENCE_MS = 3000,
    TOGETHER_MAX = 1000, /* messages of the feed that ring the bell once */
};

static volatile sig_atomic_t stopped;

static void on_signal(int signal)
{
    (void)signal;
    stopped = 1;
}

/* The first Ctrl-C ends the loop; a second one ends the program. */
static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    stopped = 0;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

struct watching {
    struct context *context;
    struct follower *follower;
    int64_t after; /* the last change shown */
    int64_t left;  /* lines that may still be shown */
    bool lost;     /* the server does not answer */
};

/* The number of the territory's last change; endings as context_ask. */
static enum ending find_last_change(struct context *context, int64_t *seq)
{
    struct client_reply reply;
    const msgpack_object *territory;
    enum ending ending = context_territory(context, &reply, &territory);
    if (ending == END_OK)
        *seq = tree_number(territory, "seq", 0);
    return ending;
}

/* Shows what has changed. The feed only rings the bell: the log has every change, in order. */
static enum ending show_changes(struct watching *watching)
{
    struct context *context = watching->context;
    int64_t shown;
    context->quiet = watching->lost;
    enum ending ending = changes_show(context, &watching->after, watching->left, &shown);
    context->quiet = false;
    watching->left -= shown;
    if (ending == END_AWAY && !watching->lost)
        say(context->err, WATCH_LOST);
    else if (ending == END_OK && watching->lost)
        say(context->err, WATCH_BACK);
    watching->lost = ending == END_AWAY;
    fflush(context->out);
    if (ending != END_REJECTED)
        return END_OK;
    return find_last_change(context, &watching->after); /* the log was trimmed behind us */
}

/* One line for all lists that changed together. */
static void show_lists(struct watching *watching, const msgpack_object *message)
{
    struct context *context = watching->context;
    unsigned count = tree_count(message, "ids");
    watching->left--;
    if (context->json) {
        context_print_json(context, message);
    } else {
        fprintf(context->out, "%12s%s", "", text_of(TEXT_WATCH_MATCHES));
        for (unsigned i = 0; i < count; i++) {
            struct text id = tree_text(tree_item(message, "ids", i), "");
            char *clean = text_clean(id.data != NULL ? id.data : "", id.size);
            fprintf(context->out, " %s", clean != NULL ? clean : "");
            free(clean);
        }
        fputc('\n', context->out);
    }
    fflush(context->out);
}

static enum ending watch_loop(struct watching *watching)
{
    enum ending ending = END_OK;
    while (!stopped && watching->left > 0 && ending == END_OK) {
        const msgpack_object *message = follower_next(watching->follower, SILENCE_MS);
        bool changed = message == NULL;
        for (unsigned i = 0; message != NULL && watching->left > 0 && i < TOGETHER_MAX; i++) {
            if (text_is(tree_text(message, "kind"), "matches"))
                show_lists(watching, message);
            else
                changed = true;
            message = follower_next(watching->follower, 0);
        }
        if (changed && !stopped)
            ending = show_changes(watching);
    }
    return ending;
}

static enum ending watch_run(struct context *context)
{
    struct watching watching = {.context = context};
    char run[RUN_DIRECTORY_SIZE];
    if (!arguments_number(context->arguments, "count", 1, INT64_MAX, INT64_MAX, &watching.left))
        return context_usage(context, TEXT_WRONG_NUMBER, "--count");
    if (context->timeout_ms > PATIENCE_MS)
        context->timeout_ms = PATIENCE_MS;
    if (!context_run_directory(context, run))
        return END_USAGE;
    watching.follower = follower_open(run, context->territory);
    if (watching.follower == NULL) {
        say(context->err, CANNOT_CONNECT, run, strerror(errno));
        return END_AWAY;
    }
    enum ending ending = find_last_change(context, &watching.after);
    if (ending == END_OK) {
        catch_signals();
        say(context->err, WATCH_STARTED, context->territory);
        ending = watch_loop(&watching);
    }
    follower_close(watching.follower);
    return ending;
}
