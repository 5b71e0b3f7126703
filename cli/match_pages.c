#include "match_pages.h"

#include "tree.h"

#include <string.h>

enum { PAGE_MAX = 32, RANK_DIGITS = 16 };

enum ending matches_ask(struct context *context, uint64_t id, int64_t most, match_take_fn *take,
                        void *arg)
{
    char after[RANK_DIGITS];
    struct matches_of body = {.id = id, .after = {after, RANK_DIGITS}};
    body.has.id = body.has.limit = true;
    while (most > 0) {
        struct client_reply reply;
        body.limit = most < PAGE_MAX ? most : PAGE_MAX;
        enum ending ending = context_ask(context, MESSAGE_MATCHES, &body, &reply);
        if (ending != END_OK)
            return ending;
        unsigned count = tree_count(reply.tree, "matches");
        for (unsigned i = 0; i < count && most > 0; i++, most--)
            if (!take(arg, tree_item(reply.tree, "matches", i)))
                return context_no_memory(context);
        /* The digits of the ranks go down, so that there is an end whatever a server says. */
        struct text next = tree_text(reply.tree, "next");
        if (next.size != RANK_DIGITS ||
            (body.has.after && memcmp(next.data, after, RANK_DIGITS) >= 0))
            break;
        memcpy(after, next.data, RANK_DIGITS);
        body.has.after = true;
    }
    return END_OK;
}
