#include "arguments.h"
#include "commands.h"
#include "match_view.h"
#include "record_name.h"
#include "tree.h"

static enum ending matches_run(struct context *context);

static const struct command_option matches_options[] = {
    {"learner", TEXT_VALUE_RECORD, TEXT_MATCHES_LEARNER, NULL},
    {"offer", TEXT_VALUE_RECORD, TEXT_MATCHES_OFFER, NULL},
    {"limit", TEXT_VALUE_NUMBER, TEXT_MATCHES_LIMIT, NULL},
};

const struct command command_matches = {
    .name = "matches",
    .group = TEXT_GROUP_LOOK,
    .usage = TEXT_MATCHES_USAGE,
    .summary = TEXT_MATCHES_SUMMARY,
    .details = TEXT_MATCHES_DETAILS,
    .most_words = 1,
    .options = matches_options,
    .option_count = sizeof matches_options / sizeof *matches_options,
    .run = matches_run,
};

/* Whose matches: exactly one of the word and the two options. */
static enum ending find_subject(struct context *context, uint64_t *id)
{
    const char *word = arguments_word(context->arguments, 0);
    const char *learner = arguments_value(context->arguments, "learner");
    const char *offer = arguments_value(context->arguments, "offer");
    if ((word != NULL) + (learner != NULL) + (offer != NULL) != 1)
        return context_usage(context, TEXT_WRONG_MATCHES, NULL);
    if (word != NULL)
        return record_find_id(context, word, KIND_ABSENT, id);
    return learner != NULL ? record_find_id(context, learner, KIND_LEARNER, id)
                           : record_find_id(context, offer, KIND_OFFER, id);
}

static enum ending matches_run(struct context *context)
{
    struct matches_of body = {.has_bits = 0};
    if (!arguments_number(context->arguments, "limit", 1, 32, 20, &body.limit))
        return context_usage(context, TEXT_WRONG_NUMBER, "--limit");
    enum ending ending = find_subject(context, &body.id);
    if (ending != END_OK)
        return ending;
    body.has.id = body.has.limit = true;
    struct client_reply reply;
    ending = context_ask(context, MESSAGE_MATCHES, &body, &reply);
    if (ending != END_OK)
        return ending;
    unsigned count = tree_count(reply.tree, "matches");
    for (unsigned i = 0; i < count; i++) {
        const msgpack_object *match = tree_item(reply.tree, "matches", i);
        if (context->json)
            context_print_json(context, match);
        else
            match_print(context, match, i + 1);
    }
    if (count == 0 && !context->json)
        say(context->err, NO_MATCHES);
    return END_OK;
}
