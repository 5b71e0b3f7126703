#include "commands.h"
#include "grid.h"
#include "record_words.h"
#include "tree.h"

#include <inttypes.h>
#include <stdlib.h>

static enum ending status_run(struct context *context);

const struct command command_status = {
    .name = "status",
    .group = TEXT_GROUP_LOOK,
    .summary = TEXT_STATUS_SUMMARY,
    .details = TEXT_STATUS_DETAILS,
    .run = status_run,
};

static char *clean_at(const msgpack_object *tree, const char *path)
{
    struct text text = tree_text(tree, path);
    return text_clean(text.data != NULL ? text.data : "", text.size);
}

/* How far the matches of a territory are: in words, malloc'ed. */
static char *progress_words(const msgpack_object *territory, enum colour *colour)
{
    int64_t seq = tree_number(territory, "seq", 0), behind = 0;
    unsigned slots = tree_count(territory, "slots"), idle = 0;
    for (unsigned i = 0; i < slots; i++) {
        const msgpack_object *slot = tree_item(territory, "slots", i);
        int64_t cursor = tree_number(slot, "cursor", 0);
        idle += !tree_flag(slot, "live");
        if (seq - cursor > behind)
            behind = seq - cursor;
    }
    *colour = idle > 0 ? COLOUR_BAD : behind > 0 ? COLOUR_POOR : COLOUR_GOOD;
    if (idle > 0)
        return phrase(STATUS_NO_WORKER, idle, slots);
    if (behind > 0)
        return phrase(STATUS_BEHIND, behind);
    return phrase(STATUS_UP_TO_DATE);
}

/* A list, or how many. */
static int64_t quarantined(const msgpack_object *territory)
{
    unsigned listed = tree_count(territory, "quarantine");
    return listed > 0 ? listed : tree_number(territory, "quarantine", 0);
}

static bool add_territory(struct grid *grid, const msgpack_object *territory)
{
    char learners[24], offers[24], seq[24];
    enum colour colour;
    char *name = clean_at(territory, "name"), *label = clean_at(territory, "label");
    char *day = date_in_words(tree_text(territory, "day"));
    char *progress = progress_words(territory, &colour);
    snprintf(learners, sizeof learners, "%" PRId64, tree_number(territory, "learners", 0));
    snprintf(offers, sizeof offers, "%" PRId64, tree_number(territory, "offers", 0));
    snprintf(seq, sizeof seq, "%" PRId64, tree_number(territory, "seq", 0));
    bool added =
        grid_add(grid, (const char *const[]){name, label, day, learners, offers, seq, progress});
    grid_colour(grid, 6, colour);
    free(name);
    free(label);
    free(day);
    free(progress);
    return added;
}

static bool print_territories(struct context *context, const msgpack_object *tree)
{
    static const struct grid_column columns[] = {
        {TEXT_COLUMN_TERRITORY, false, false}, {TEXT_COLUMN_LABEL, false, true},
        {TEXT_COLUMN_DAY, false, false},       {TEXT_COLUMN_LEARNERS, true, false},
        {TEXT_COLUMN_OFFERS, true, false},     {TEXT_COLUMN_CHANGES, true, false},
        {TEXT_COLUMN_MATCHES, false, true},
    };
    struct grid *grid = grid_create(&context->terminal, context->out, columns, 7);
    bool whole = grid != NULL;
    for (unsigned i = 0; i < tree_count(tree, "territories") && whole; i++)
        whole = add_territory(grid, tree_item(tree, "territories", i));
    grid_free(grid);
    for (unsigned i = 0; i < tree_count(tree, "territories"); i++) {
        const msgpack_object *territory = tree_item(tree, "territories", i);
        char *name = clean_at(territory, "name");
        if (quarantined(territory) > 0 && name != NULL)
            say(context->out, STATUS_QUARANTINE, name, quarantined(territory));
        free(name);
    }
    return whole;
}

static void print_store(struct context *context, const msgpack_object *tree)
{
    if (!tree_flag(tree, "store.up"))
        say(context->out, STATUS_STORE_AWAY);
    else if (text_is(tree_text(tree, "store.durability"), "always"))
        say(context->out, STATUS_STORE_ALWAYS);
    else
        say(context->out, STATUS_STORE_EVERYSEC);
}

static enum ending status_run(struct context *context)
{
    struct nothing nothing = {.has_bits = 0};
    struct client_reply reply;
    enum ending ending = context_ask(context, MESSAGE_STATUS, &nothing, &reply);
    if (ending != END_OK)
        return ending;
    if (context->json) {
        context_print_json(context, reply.tree);
        return END_OK;
    }
    char *version = clean_at(reply.tree, "version");
    say(context->out, STATUS_RUNNING, version != NULL ? version : "");
    free(version);
    print_store(context, reply.tree);
    if (tree_count(reply.tree, "territories") == 0) {
        say(context->out, STATUS_NO_TERRITORY);
        return END_OK;
    }
    fputc('\n', context->out);
    return print_territories(context, reply.tree) ? END_OK : context_no_memory(context);
}
