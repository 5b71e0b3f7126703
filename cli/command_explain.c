#include "arguments.h"
#include "commands.h"
#include "match_view.h"
#include "record_name.h"
#include "tree.h"

static enum ending explain_run(struct context *context);

const struct command command_explain = {
    .name = "explain",
    .group = TEXT_GROUP_LOOK,
    .usage = TEXT_EXPLAIN_USAGE,
    .summary = TEXT_EXPLAIN_SUMMARY,
    .fewest_words = 2,
    .most_words = 2,
    .run = explain_run,
};

static enum ending explain_run(struct context *context)
{
    struct pair pair = {.has_bits = 0};
    pair.has.learner = pair.has.offer = true;
    enum ending ending =
        record_find_id(context, arguments_word(context->arguments, 0), KIND_LEARNER, &pair.learner);
    if (ending == END_OK)
        ending =
            record_find_id(context, arguments_word(context->arguments, 1), KIND_OFFER, &pair.offer);
    if (ending != END_OK)
        return ending;
    struct client_reply reply;
    ending = context_ask(context, MESSAGE_EXPLAIN, &pair, &reply);
    if (ending != END_OK)
        return ending;
    const msgpack_object *match = tree_item(reply.tree, "matches", 0);
    if (match == NULL) {
        say(context->err, STRANGE_ANSWER);
        return END_AWAY;
    }
    if (context->json) {
        context_print_json(context, match);
        return END_OK;
    }
    match_print(context, match, 0);
    struct text offer = tree_text(match, "offer_state"),
                learner = tree_text(match, "learner_state");
    if (offer.size > 0 && !text_is(offer, "open"))
        say(context->out, EXPLAIN_NOT_OPEN);
    if (learner.size > 0 && !text_is(learner, "active"))
        say(context->out, EXPLAIN_NOT_ACTIVE);
    if (tree_count(match, "failed") > 0)
        say(context->out, EXPLAIN_BARRED);
    return END_OK;
}
