#include "arguments.h"
#include "commands.h"
#include "grid.h"
#include "tree.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static enum ending find_run(struct context *context);

static const struct command_option find_options[] = {
    {"limit", TEXT_VALUE_NUMBER, TEXT_FIND_LIMIT, NULL},
};

const struct command command_find = {
    .name = "find",
    .group = TEXT_GROUP_LOOK,
    .usage = TEXT_FIND_USAGE,
    .summary = TEXT_FIND_SUMMARY,
    .details = TEXT_FIND_DETAILS,
    .choices = "skill role commune",
    .fewest_words = 2,
    .most_words = UINT_MAX,
    .options = find_options,
    .option_count = sizeof find_options / sizeof *find_options,
    .run = find_run,
};

/* What can be searched, and what is shown of it. */
static const struct catalogue_view {
    const char *word, *items;
    enum message_type type;
    struct grid_column columns[3];
    const char *keys[3];
} views[] = {
    {"skill",
     "skills",
     MESSAGE_SKILL_FIND,
     {{TEXT_COLUMN_CATALOGUE_ID, false, false},
      {TEXT_COLUMN_FRENCH, false, true},
      {TEXT_COLUMN_ENGLISH, false, true}},
     {"id", "french", "english"}},
    {"role",
     "roles",
     MESSAGE_ROLE_FIND,
     {{TEXT_COLUMN_CATALOGUE_ID, false, false},
      {TEXT_COLUMN_ROME, false, false},
      {TEXT_COLUMN_LABEL, false, true}},
     {"id", "rome", ""}},
    {"commune",
     "communes",
     MESSAGE_COMMUNE_FIND,
     {{TEXT_COLUMN_CODE, false, false}, {TEXT_COLUMN_NAME, false, true}, {TEXT_NONE, false, false}},
     {"code", "name", "none"}},
};

static const struct catalogue_view *view_of(const char *word)
{
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (strcmp(views[i].word, word) == 0)
            return &views[i];
    return NULL;
}

/* An empty key stands for the label in the language spoken. */
static struct text cell_of(const msgpack_object *item, const char *key)
{
    if (*key != '\0')
        return tree_text(item, key);
    struct text french = tree_text(item, "french"), english = tree_text(item, "english");
    bool wants_french = texts_language() == LANGUAGE_FRENCH || english.size == 0;
    return wants_french ? french : english;
}

static bool add_item(struct grid *grid, const struct catalogue_view *view,
                     const msgpack_object *item)
{
    char *cells[3];
    for (unsigned i = 0; i < 3; i++) {
        struct text text = cell_of(item, view->keys[i]);
        cells[i] = text_clean(text.data != NULL ? text.data : "", text.size);
    }
    bool added = grid_add(grid, (const char *const[]){cells[0], cells[1], cells[2]});
    for (unsigned i = 0; i < 3; i++)
        free(cells[i]);
    return added;
}

static enum ending show_found(struct context *context, const struct catalogue_view *view,
                              const msgpack_object *tree)
{
    unsigned count = tree_count(tree, view->items);
    struct grid *grid = grid_create(&context->terminal, context->out, view->columns, 3);
    bool whole = grid != NULL;
    for (unsigned i = 0; i < count && whole; i++) {
        const msgpack_object *item = tree_item(tree, view->items, i);
        if (context->json)
            context_print_json(context, item);
        else
            whole = add_item(grid, view, item);
    }
    grid_free(grid);
    if (!whole)
        return context_no_memory(context);
    if (count == 0 && !context->json)
        say(context->err, NOTHING_FOUND);
    return count > 0 ? END_OK : END_REJECTED;
}

static enum ending find_run(struct context *context)
{
    const char *word = arguments_word(context->arguments, 0);
    const struct catalogue_view *view = view_of(word);
    if (view == NULL)
        return context_usage(context, TEXT_WRONG_FIND, word);
    struct search search = {.has_bits = 0};
    if (!arguments_number(context->arguments, "limit", 1, 20, 10, &search.limit))
        return context_usage(context, TEXT_WRONG_NUMBER, "--limit");
    char *joined = arguments_join(context->arguments, 1, arguments_count(context->arguments));
    if (joined == NULL)
        return context_no_memory(context);
    search.has.words = search.has.limit = true;
    search.words = (struct text){joined, (uint32_t)strlen(joined)};
    struct client_reply reply;
    enum ending ending = context_ask(context, view->type, &search, &reply);
    if (ending == END_OK)
        ending = show_found(context, view, reply.tree);
    free(joined);
    return ending;
}
