#include "change_view.h"

#include "record_words.h"
#include "tree.h"

#include <inttypes.h>
#include <stdlib.h>

enum { PAGE = 1000 };

void change_print(const struct context *context, const msgpack_object *change)
{
    struct text id = tree_text(change, "id"), operation = tree_text(change, "operation");
    char *clean_id = text_clean(id.data != NULL ? id.data : "", id.size);
    char *day = date_in_words(tree_text(change, "occurred_on"));
    enum text_id words =
        text_named("OPERATION_", operation.data != NULL ? operation.data : "", operation.size);
    if (clean_id != NULL && day != NULL)
        fprintf(context->out, "%10" PRId64 "  %-10s  %-10s  %s\n", tree_number(change, "seq", 0),
                day, clean_id, text_of(words));
    free(clean_id);
    free(day);
}

enum ending changes_show(struct context *context, int64_t *after, int64_t limit, int64_t *shown)
{
    *shown = 0;
    while (*shown < limit) {
        int64_t rest = limit - *shown;
        struct since since = {.after = *after, .limit = rest < PAGE ? rest : PAGE};
        since.has.after = since.has.limit = true;
        struct client_reply reply;
        enum ending ending = context_ask(context, MESSAGE_CHANGES, &since, &reply);
        if (ending != END_OK)
            return ending;
        unsigned count = tree_count(reply.tree, "changes");
        for (unsigned i = 0; i < count; i++) {
            const msgpack_object *change = tree_item(reply.tree, "changes", i);
            if (context->json)
                context_print_json(context, change);
            else
                change_print(context, change);
        }
        *shown += count;
        int64_t next = tree_number(reply.tree, "next", 0);
        if (next <= *after)
            break;
        *after = next;
    }
    return END_OK;
}
