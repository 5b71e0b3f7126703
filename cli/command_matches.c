#include "arguments.h"
#include "commands.h"
#include "match_pages.h"
#include "match_view.h"
#include "near_pages.h"
#include "record_name.h"

static enum ending matches_run(struct context *context);

static const struct command_option matches_options[] = {
    {"learner", TEXT_VALUE_RECORD, TEXT_MATCHES_LEARNER, NULL},
    {"offer", TEXT_VALUE_RECORD, TEXT_MATCHES_OFFER, NULL},
    {"limit", TEXT_VALUE_NUMBER, TEXT_MATCHES_LIMIT, NULL},
    {"near", TEXT_NONE, TEXT_MATCHES_NEAR, NULL},
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

struct showing {
    struct context *context;
    unsigned shown;
};

static bool show_match(void *arg, const msgpack_object *match)
{
    struct showing *showing = arg;
    showing->shown++;
    if (showing->context->json)
        context_print_json(showing->context, match);
    else
        match_print(showing->context, match, showing->shown);
    return true;
}

static enum ending matches_run(struct context *context)
{
    struct showing showing = {.context = context};
    int64_t limit;
    uint64_t id = 0;
    if (!arguments_number(context->arguments, "limit", 1, 32, 20, &limit))
        return context_usage(context, TEXT_WRONG_NUMBER, "--limit");
    enum ending ending = find_subject(context, &id);
    if (ending != END_OK)
        return ending;
    bool near = arguments_has(context->arguments, "near");
    ending = near ? near_ask(context, id, (unsigned)limit, show_match, &showing)
                  : matches_ask(context, id, limit, show_match, &showing);
    if (ending == END_OK && showing.shown == 0 && !context->json) {
        if (near)
            say(context->err, NO_NEAR_MISSES);
        else
            say(context->err, NO_MATCHES);
    }
    return ending;
}
