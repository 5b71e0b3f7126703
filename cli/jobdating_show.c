#include "arguments.h"
#include "jobdating.h"
#include "jobdating_part.h"
#include "list_view.h"
#include "record_name.h"
#include "record_words.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_MAX = 1024 * 1024 };

/* The kinds of parts, in the order in which they are shown. */
static const struct {
    uint8_t kind;
    enum text_id heading;
    const char *name; /* in JSON */
} shown[] = {
    {KIND_ATTENDANCE, TEXT_JOBDATING_FIRMS, "attendances"},
    {KIND_REGISTRATION, TEXT_JOBDATING_LEARNERS, "registrations"},
    {KIND_HELPER, TEXT_JOBDATING_HELPERS, "helpers"},
    {KIND_MEETING, TEXT_JOBDATING_PAIRS, "meetings"},
};

struct showing {
    struct context *context;
    const struct list_view *view;
    struct grid *grid;
    bool personal;
    unsigned count;
    json_t *list; /* in JSON */
};

static bool show_part(void *arg, const msgpack_object *stored)
{
    struct showing *showing = arg;
    if (showing->context->json)
        return json_array_append_new(showing->list, tree_to_json(stored)) == 0;
    if (showing->count++ == 0 && showing->grid == NULL)
        showing->grid = list_view_grid(showing->context, showing->view, showing->personal);
    return showing->grid != NULL &&
           list_view_add(showing->grid, showing->view, NULL, showing->personal, stored);
}

/* -- list -------------------------------------------------------------------------------------- */

enum ending jobdating_list(struct context *context)
{
    struct showing showing = {.context = context, .view = list_view_of(KIND_JOBDATING)};
    showing.list = json_array();
    enum ending ending = parts_each(context, 0, KIND_JOBDATING, false, show_part, &showing);
    grid_free(showing.grid);
    size_t index;
    json_t *item;
    json_array_foreach(showing.list, index, item)
    {
        char *line = json_dumps(item, JSON_COMPACT);
        fprintf(context->out, "%s\n", line != NULL ? line : "");
        free(line);
    }
    json_decref(showing.list);
    if (ending == END_OK && !context->json && showing.count == 0)
        say(context->err, NOTHING_TO_LIST);
    return ending;
}

/* -- show -------------------------------------------------------------------------------------- */

static void print_head(struct context *context, const msgpack_object *stored)
{
    struct text id = tree_text(stored, "id");
    fprintf(context->out, "%.*s  %s\n", (int)id.size, id.data != NULL ? id.data : "",
            state_label(tree_text(stored, "state")));
    record_print(context->out, &context->terminal, NULL, &jobdating_type,
                 tree_find(stored, "record"), 2);
}

static enum ending show_parts(struct context *context, uint64_t id, json_t *all)
{
    enum ending ending = END_OK;
    for (size_t i = 0; ending == END_OK && i < sizeof shown / sizeof *shown; i++) {
        struct showing showing = {.context = context,
                                  .view = list_view_of(shown[i].kind),
                                  .personal = arguments_has(context->arguments, "personal")};
        if (context->json)
            json_object_set_new(all, shown[i].name, showing.list = json_array());
        else
            fprintf(context->out, "\n%s\n", text_of(shown[i].heading));
        ending = parts_each(context, id, shown[i].kind, showing.personal, show_part, &showing);
        grid_free(showing.grid);
        if (!context->json && showing.count == 0)
            fprintf(context->out, "  %s\n", text_of(TEXT_JOBDATING_NONE));
    }
    return ending;
}

enum ending jobdating_show(struct context *context)
{
    struct client_reply reply;
    const msgpack_object *stored;
    uint64_t id;
    enum ending ending = jobdating_named(context, &id);
    char word[ID_TEXT_SIZE];
    if (ending != END_OK)
        return ending;
    id_print(id, word);
    ending = record_fetch(context, word, KIND_JOBDATING, false, &reply, &stored);
    if (ending != END_OK)
        return ending;
    json_t *all = tree_to_json(stored);
    if (!context->json)
        print_head(context, stored);
    ending = all != NULL ? show_parts(context, id, all) : context_no_memory(context);
    if (ending == END_OK && context->json) {
        char *line = json_dumps(all, JSON_COMPACT);
        fprintf(context->out, "%s\n", line != NULL ? line : "");
        free(line);
    }
    json_decref(all);
    return ending;
}
