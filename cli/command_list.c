#include "arguments.h"
#include "commands.h"
#include "list_view.h"
#include "record_name.h"
#include "tree.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static enum ending list_run(struct context *context);

static const struct command_option list_options[] = {
    {"personal", TEXT_NONE, TEXT_OPTION_PERSONAL, NULL},
    {"limit", TEXT_VALUE_NUMBER, TEXT_LIST_LIMIT, NULL},
};

const struct command command_list = {
    .name = "list",
    .group = TEXT_GROUP_LOOK,
    .usage = TEXT_LIST_USAGE,
    .summary = TEXT_LIST_SUMMARY,
    .details = TEXT_LIST_DETAILS,
    .choices = "learners offers employers programmes cohorts attachments unrecognised duplicates",
    .fewest_words = 1,
    .most_words = 1,
    .options = list_options,
    .option_count = sizeof list_options / sizeof *list_options,
    .run = list_run,
};

enum { PAGE = 200, ARENA_MAX = 4 * 1024 * 1024 };

/* What a listing does with one page of the server's answers. */
struct listing {
    struct context *context;
    struct grid *grid;
    int64_t left; /* items that may still be shown */
    const struct list_view *view;
    struct labels *labels; /* of the records listed so far */
    struct arena *arena;   /* of one page; NULL in JSON, which has no labels */
};

static bool is_personal(const struct listing *listing)
{
    return arguments_has(listing->context->arguments, "personal");
}

static bool add_record(const struct listing *listing, const msgpack_object *stored)
{
    return list_view_add(listing->grid, listing->view, listing->labels, is_personal(listing),
                         stored);
}

/* -- words and duplicates ---------------------------------------------------------------------- */

static bool add_words(const struct listing *listing, const msgpack_object *item)
{
    struct text words = tree_text(item, "words");
    char learners[24], *clean = text_clean(words.data != NULL ? words.data : "", words.size);
    snprintf(learners, sizeof learners, "%" PRId64, tree_number(item, "learners", 0));
    bool added = grid_add(listing->grid, (const char *const[]){learners, clean});
    free(clean);
    return added;
}

static bool add_duplicates(const struct listing *listing, const msgpack_object *item)
{
    char *line = NULL;
    size_t size;
    FILE *out = open_memstream(&line, &size);
    if (out == NULL)
        return false;
    for (unsigned i = 0; i < tree_count(item, ""); i++) {
        struct text id = tree_text(tree_item(item, "", i), "");
        fprintf(out, "%s%.*s", i > 0 ? ", " : "", (int)id.size, id.data != NULL ? id.data : "");
    }
    bool added = fclose(out) == 0 && grid_add(listing->grid, (const char *const[]){line});
    free(line);
    return added;
}

/* -- pages ------------------------------------------------------------------------------------- */

/* Shows the items of one page. False without memory. */
static bool show_page(struct listing *listing, const msgpack_object *tree, const char *items,
                      bool (*add)(const struct listing *, const msgpack_object *))
{
    unsigned count = tree_count(tree, items);
    for (unsigned i = 0; i < count && listing->left > 0; i++, listing->left--) {
        const msgpack_object *item = tree_item(tree, items, i);
        if (listing->context->json)
            context_print_json(listing->context, item);
        else if (!add(listing, item))
            return false;
    }
    return true;
}

/* The page as it is shown: for people it is kept while the server is asked what the skills and
 * roles in it are called. NULL without memory. */
static const msgpack_object *page_labelled(struct listing *listing, const msgpack_object *tree)
{
    if (listing->arena == NULL)
        return tree;
    arena_reset(listing->arena);
    const msgpack_object *page = tree_copy(tree, listing->arena);
    unsigned count = page != NULL ? tree_count(page, "records") : 0;
    for (unsigned i = 0; i < count && i < listing->left; i++)
        if (!list_view_note(listing->labels, listing->view, tree_item(page, "records", i)))
            return NULL;
    if (page != NULL)
        labels_ask(listing->labels, listing->context);
    return page;
}

static enum ending list_records(struct listing *listing, uint8_t kind)
{
    struct page page = {.kind = kind, .limit = PAGE, .after = 0};
    page.has.kind = page.has.limit = page.has.after = page.has.personal = true;
    page.personal = is_personal(listing);
    while (listing->left > 0) {
        struct client_reply reply;
        enum ending ending = context_ask(listing->context, MESSAGE_RECORD_LIST, &page, &reply);
        if (ending != END_OK)
            return ending;
        const msgpack_object *shown = page_labelled(listing, reply.tree);
        if (shown == NULL || !show_page(listing, shown, "records", add_record))
            return context_no_memory(listing->context);
        int64_t next = tree_number(shown, "next", 0);
        if (next <= page.after)
            break;
        page.after = next;
    }
    return END_OK;
}

static enum ending list_since(struct listing *listing, enum message_type type, const char *items,
                              bool (*add)(const struct listing *, const msgpack_object *))
{
    struct since since = {.limit = 1000, .after = 0};
    since.has.limit = since.has.after = true;
    while (listing->left > 0) {
        struct client_reply reply;
        enum ending ending = context_ask(listing->context, type, &since, &reply);
        if (ending != END_OK)
            return ending;
        if (!show_page(listing, reply.tree, items, add))
            return context_no_memory(listing->context);
        /* Where the server scans a hash, its cursors come in any order and end with 0. */
        int64_t next = tree_number(reply.tree, "next", 0);
        if (next <= 0 || next == since.after)
            break;
        since.after = next;
    }
    return END_OK;
}

static enum ending list_kind(struct listing *listing, uint8_t kind)
{
    struct context *context = listing->context;
    listing->view = list_view_of(kind);
    listing->grid = list_view_grid(context, listing->view, is_personal(listing));
    listing->labels = labels_create();
    listing->arena = context->json ? NULL : arena_create(ARENA_MAX);
    if (listing->grid == NULL || listing->labels == NULL ||
        (listing->arena == NULL && !context->json))
        return context_no_memory(context);
    return list_records(listing, kind);
}

static enum ending list_words(struct listing *listing)
{
    static const struct grid_column columns[] = {{TEXT_COLUMN_LEARNERS, true, false},
                                                 {TEXT_COLUMN_WORDS, false, true}};
    struct context *context = listing->context;
    listing->grid = grid_create(&context->terminal, context->out, columns, 2);
    return listing->grid != NULL ? list_since(listing, MESSAGE_UNRECOGNISED, "words", add_words)
                                 : context_no_memory(context);
}

static enum ending list_duplicates(struct listing *listing)
{
    static const struct grid_column columns[] = {{TEXT_COLUMN_SAME_PERSON, false, true}};
    struct context *context = listing->context;
    listing->grid = grid_create(&context->terminal, context->out, columns, 1);
    return listing->grid != NULL
               ? list_since(listing, MESSAGE_DUPLICATES, "duplicates", add_duplicates)
               : context_no_memory(context);
}

static enum ending list_run(struct context *context)
{
    const char *word = arguments_word(context->arguments, 0);
    struct listing listing = {.context = context};
    int64_t limit;
    if (!arguments_number(context->arguments, "limit", 1, INT64_MAX, INT64_MAX, &limit))
        return context_usage(context, TEXT_WRONG_NUMBER, "--limit");
    listing.left = limit;
    uint8_t kind = kind_of_word(word);
    enum ending ending;
    if (kind != KIND_ABSENT)
        ending = list_kind(&listing, kind);
    else if (strcmp(word, "unrecognised") == 0)
        ending = list_words(&listing);
    else if (strcmp(word, "duplicates") == 0)
        ending = list_duplicates(&listing);
    else
        return context_usage(context, TEXT_WRONG_LIST, word);
    if (ending == END_OK && !context->json && listing.left == limit)
        say(context->err, NOTHING_TO_LIST);
    grid_free(listing.grid);
    labels_free(listing.labels);
    arena_free(listing.arena);
    return ending;
}
