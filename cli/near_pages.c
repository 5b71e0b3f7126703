#include "near_pages.h"

#include "tree.h"

#include <stdlib.h>

enum { PAGE_LIMIT = 200, NEAR_BYTES_MAX = 1 << 16 };

/* One near-miss in memory of its own, which it needs longer than its page lasts. */
struct kept {
    struct arena *arena;
    const msgpack_object *match;
    int64_t score;
};

struct best {
    struct kept items[NEAR_SHOWN_MAX];
    unsigned count, most;
};

static void kept_free(struct kept *kept)
{
    arena_free(kept->arena);
    *kept = (struct kept){.arena = NULL};
}

/* After those as good as it, which came first. False without memory. */
static bool best_add(struct best *best, const msgpack_object *match)
{
    struct kept kept = {.score = tree_number(match, "score", 0)};
    if (best->count == best->most && best->items[best->count - 1].score >= kept.score)
        return true;
    kept.arena = arena_create(NEAR_BYTES_MAX);
    kept.match = kept.arena != NULL ? tree_copy(match, kept.arena) : NULL;
    if (kept.match == NULL) {
        kept_free(&kept);
        return false;
    }
    if (best->count == best->most)
        kept_free(&best->items[--best->count]);
    unsigned at = best->count++;
    for (; at > 0 && best->items[at - 1].score < kept.score; at--)
        best->items[at] = best->items[at - 1];
    best->items[at] = kept;
    return true;
}

/* Takes one page; next is what the one after it comes after, 0 at the end. */
static enum ending take_page(struct context *context, struct near_to *body, struct best *best)
{
    struct client_reply reply;
    enum ending ending = context_ask(context, MESSAGE_NEAR, body, &reply);
    if (ending != END_OK)
        return ending;
    for (unsigned i = 0; i < tree_count(reply.tree, "near"); i++)
        if (!best_add(best, tree_item(reply.tree, "near", i)))
            return context_no_memory(context);
    int64_t next = tree_number(reply.tree, "next", 0);
    /* The numbers go up, so that there is an end whatever a server says. */
    body->after = next > body->after ? next : 0;
    body->has.after = true;
    return END_OK;
}

enum ending near_ask(struct context *context, uint64_t id, unsigned most, match_take_fn *take,
                     void *arg)
{
    struct near_to body = {.id = id, .limit = PAGE_LIMIT};
    struct best best = {.most = most < NEAR_SHOWN_MAX ? most : NEAR_SHOWN_MAX};
    enum ending ending = END_OK;
    body.has.id = body.has.limit = true;
    do
        ending = take_page(context, &body, &best);
    while (ending == END_OK && body.after > 0);
    for (unsigned i = 0; i < best.count; i++) {
        if (ending == END_OK && !take(arg, best.items[i].match))
            ending = context_no_memory(context);
        kept_free(&best.items[i]);
    }
    return ending;
}
