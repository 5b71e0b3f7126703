#include "commands.h"
#include "grid.h"
#include "record_words.h"
#include "tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

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

static struct grid *territories_grid(struct context *context)
{
    static const struct grid_column columns[] = {
        {TEXT_COLUMN_TERRITORY, false, false}, {TEXT_COLUMN_LABEL, false, true},
        {TEXT_COLUMN_DAY, false, false},       {TEXT_COLUMN_LEARNERS, true, false},
        {TEXT_COLUMN_OFFERS, true, false},     {TEXT_COLUMN_CHANGES, true, false},
        {TEXT_COLUMN_MATCHES, false, true},
    };
    return grid_create(&context->terminal, context->out, columns, sizeof columns / sizeof *columns);
}

static void print_head(struct context *context, const msgpack_object *tree)
{
    char *version = clean_at(tree, "version");
    say(context->out, STATUS_RUNNING, version != NULL ? version : "");
    free(version);
    if (!tree_flag(tree, "store.up"))
        say(context->out, STATUS_STORE_AWAY);
    else if (text_is(tree_text(tree, "store.durability"), "always"))
        say(context->out, STATUS_STORE_ALWAYS);
    else
        say(context->out, STATUS_STORE_EVERYSEC);
    if (tree_count(tree, "territories") == 0)
        say(context->out, STATUS_NO_TERRITORY);
    else
        fputc('\n', context->out);
}

/* -- pages ------------------------------------------------------------------------------------- */

enum { NAME_SIZE = 33 };

/* Asks for the territories after that name, or from the beginning when it is empty, and puts the
 * name in its place after which the next page begins; empty at the end. */
static enum ending ask_page(struct context *context, char after[NAME_SIZE],
                            struct client_reply *reply)
{
    struct overview body = {.after = {after, (uint32_t)strlen(after)}};
    char next[NAME_SIZE] = "";
    body.has.after = *after != '\0';
    enum ending ending = context_ask(context, MESSAGE_STATUS, &body, reply);
    if (ending != END_OK)
        return ending;
    struct text told = tree_text(reply->tree, "next");
    if (told.size > 0 && told.size < NAME_SIZE)
        memcpy(next, told.data, told.size);
    snprintf(after, NAME_SIZE, "%s", strcmp(next, after) > 0 ? next : "");
    return END_OK;
}

static enum ending print_json(struct context *context)
{
    char after[NAME_SIZE] = "";
    json_t *whole = NULL;
    do {
        struct client_reply reply;
        enum ending ending = ask_page(context, after, &reply);
        json_t *page = ending == END_OK ? tree_to_json(reply.tree) : NULL;
        if (whole == NULL)
            whole = json_incref(page);
        else
            json_array_extend(json_object_get(whole, "territories"),
                              json_object_get(page, "territories"));
        json_decref(page);
        if (page == NULL) {
            json_decref(whole);
            return ending != END_OK ? ending : context_no_memory(context);
        }
    } while (*after != '\0');
    json_object_del(whole, "next");
    char *line = json_dumps(whole, JSON_COMPACT);
    json_decref(whole);
    if (line == NULL)
        return context_no_memory(context);
    fprintf(context->out, "%s\n", line);
    free(line);
    return END_OK;
}

/* What needs a look; false when the territory does not work as it should. */
static bool note_territory(const msgpack_object *territory, FILE *notes)
{
    char *name = clean_at(territory, "name");
    bool unreadable =
        tree_text(territory, "referential").size > 0 && !tree_flag(territory, "referential_open");
    if (name != NULL && tree_number(territory, "drafts", 0) > 0)
        say(notes, STATUS_DRAFTS, name, tree_number(territory, "drafts", 0),
            tree_number(territory, "unread", 0));
    if (name != NULL && quarantined(territory) > 0)
        say(notes, STATUS_QUARANTINE, name, quarantined(territory));
    if (name != NULL && unreadable)
        say(notes, STATUS_UNREADABLE, name, name);
    free(name);
    return !unreadable;
}

/* Prints the rows; what needs a look goes to notes. */
static enum ending print_pages(struct context *context, struct grid *grid, FILE *notes)
{
    char after[NAME_SIZE] = "";
    bool headed = false, works = true;
    do {
        struct client_reply reply;
        enum ending ending = ask_page(context, after, &reply);
        if (ending != END_OK)
            return ending;
        if (!headed)
            print_head(context, reply.tree);
        headed = true;
        for (unsigned i = 0; i < tree_count(reply.tree, "territories"); i++) {
            const msgpack_object *territory = tree_item(reply.tree, "territories", i);
            works = note_territory(territory, notes) && works;
            if (!add_territory(grid, territory))
                return context_no_memory(context);
        }
    } while (*after != '\0');
    return works ? END_OK : END_PARTIAL;
}

static enum ending status_run(struct context *context)
{
    if (context->json)
        return print_json(context);
    char *text = NULL;
    size_t size = 0;
    FILE *notes = open_memstream(&text, &size);
    struct grid *grid = territories_grid(context);
    enum ending ending = notes != NULL && grid != NULL ? print_pages(context, grid, notes)
                                                       : context_no_memory(context);
    grid_free(grid);
    if (notes != NULL && fclose(notes) == 0)
        fputs(text, context->out);
    free(text);
    return ending;
}
