#include "import_places.h"

#include "tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 100, ARENA_MAX = 4 * 1024 * 1024 };

/* A stored record to send again: its bytes, since answers do not last. */
struct stored {
    void *data;
    size_t size;
    int64_t revision;
};

struct retrying {
    struct context *context;
    struct client *client;
    struct arena *arena;
    struct stored page[PAGE];
    unsigned count;
    uint64_t tried, resolved;
    bool away;
};

static bool is_unresolved(const msgpack_object *record)
{
    const msgpack_object *place = tree_find(record, "place");
    return place && !tree_find(place, "latitude") &&
           (tree_find(place, "commune") || tree_find(place, "town"));
}

/* Keeps the records of a page that are to be tried; false without memory. */
static bool page_take(struct retrying *retrying, const msgpack_object *tree)
{
    unsigned count = tree_count(tree, "records");
    for (unsigned i = 0; i < count && retrying->count < PAGE; i++) {
        const msgpack_object *item = tree_item(tree, "records", i);
        const msgpack_object *record = tree_find(item, "record");
        if (!is_unresolved(record))
            continue;
        msgpack_sbuffer buffer;
        msgpack_packer packer;
        msgpack_sbuffer_init(&buffer);
        msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
        if (msgpack_pack_object(&packer, *record) != 0) {
            msgpack_sbuffer_destroy(&buffer);
            return false;
        }
        retrying->page[retrying->count++] =
            (struct stored){buffer.data, buffer.size, tree_number(item, "revision", 0)};
    }
    return true;
}

static void answer_take(struct retrying *retrying)
{
    struct client_reply reply;
    if (!client_next_reply(retrying->client, &reply))
        return;
    retrying->away |= reply.status == REPLY_NONE || reply.status == REPLY_RETRY;
    retrying->resolved += reply.status == REPLY_OK && text_is(reply.head.result, "updated");
}

/* Sends one record as it is; one that another change has overtaken is let be. */
static void record_send(struct retrying *retrying, enum message_type type,
                        const struct stored *stored)
{
    struct errors errors = {.count = 0};
    const struct record_type *record_type = message_info(type)->body;
    arena_reset(retrying->arena);
    const msgpack_object *map = wire_unpack(stored->data, stored->size, retrying->arena, &errors);
    void *record = arena_alloc(retrying->arena, record_type->size);
    if (!map || !record || !record_decode(record_type, map, record, retrying->arena, "", &errors))
        return;
    struct request request = {.lenient = true, .if_revision = stored->revision};
    request.has.lenient = request.has.if_revision = true;
    while (client_full(retrying->client))
        answer_take(retrying);
    retrying->tried += client_submit(retrying->client, &request, type, record, 0);
}

static void page_send(struct retrying *retrying, enum message_type type)
{
    for (unsigned i = 0; i < retrying->count; i++) {
        if (!retrying->away)
            record_send(retrying, type, &retrying->page[i]);
        free(retrying->page[i].data);
    }
    retrying->count = 0;
    while (client_waiting(retrying->client) > 0)
        answer_take(retrying);
}

static enum ending kind_retry(struct retrying *retrying, uint8_t kind, enum message_type type)
{
    struct page page = {.kind = kind, .limit = PAGE, .personal = kind == KIND_LEARNER};
    page.has.kind = page.has.limit = page.has.personal = page.has.after = true;
    for (;;) {
        struct client_reply reply;
        enum ending ending = context_ask(retrying->context, MESSAGE_RECORD_LIST, &page, &reply);
        if (ending != END_OK)
            return ending;
        int64_t next = tree_number(reply.tree, "next", 0);
        bool taken = page_take(retrying, reply.tree);
        page_send(retrying, type);
        if (!taken)
            return context_no_memory(retrying->context);
        if (retrying->away)
            return END_AWAY;
        if (next <= page.after)
            return END_OK;
        page.after = next;
    }
}

enum ending import_places_retry(struct context *context)
{
    struct retrying retrying = {.context = context, .client = context_client(context)};
    if (!retrying.client)
        return END_AWAY;
    retrying.arena = arena_create(ARENA_MAX);
    if (!retrying.arena)
        return context_no_memory(context);
    enum ending ending = kind_retry(&retrying, KIND_LEARNER, MESSAGE_LEARNER_PUT);
    if (ending == END_OK)
        ending = kind_retry(&retrying, KIND_OFFER, MESSAGE_OFFER_PUT);
    if (ending == END_AWAY && retrying.away)
        say(context->err, STILL_BUSY);
    if (retrying.tried && !context->json)
        say(context->out, IMPORT_PLACES, retrying.resolved, retrying.tried);
    arena_free(retrying.arena);
    return ending;
}
