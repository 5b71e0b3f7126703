#include "jobdating_view.h"

#include "jobdating.h"
#include "record_name.h"
#include "tree.h"

#include <stdlib.h>

enum { ARENA_MAX = 1024 * 1024 };

static enum ending record_read(struct context *context, struct jobdating_view *view)
{
    struct client_reply reply;
    const msgpack_object *stored;
    struct errors errors = {.count = 0};
    char word[ID_TEXT_SIZE];
    struct jobdating *record = arena_alloc(view->arena, sizeof *record);
    id_print(view->id, word);
    enum ending ending = record_fetch(context, word, KIND_JOBDATING, false, &reply, &stored);
    if (ending != END_OK || record == NULL)
        return ending != END_OK ? ending : context_no_memory(context);
    stored = tree_copy(tree_find(stored, "record"), view->arena);
    if (stored == NULL ||
        !record_decode(&jobdating_type, stored, record, view->arena, "", &errors)) {
        say(context->err, STRANGE_ANSWER);
        return END_AWAY;
    }
    view->record = record;
    view->from = record->sessions.items[0].from;
    view->to = record->sessions.items[record->sessions.count - 1].to;
    return END_OK;
}

enum ending jobdating_view_load(struct context *context, struct jobdating_view **view)
{
    struct jobdating_view *made = calloc(1, sizeof *made);
    *view = NULL;
    if (made == NULL)
        return context_no_memory(context);
    made->arena = arena_create(ARENA_MAX);
    enum ending ending =
        made->arena != NULL ? jobdating_named(context, &made->id) : context_no_memory(context);
    if (ending == END_OK)
        ending = record_read(context, made);
    if (ending == END_OK)
        *view = made;
    else
        jobdating_view_free(made);
    return ending;
}

void jobdating_view_free(struct jobdating_view *view)
{
    if (view == NULL)
        return;
    arena_free(view->arena);
    free(view);
}
