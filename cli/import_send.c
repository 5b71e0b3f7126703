#include "import_send.h"

#include "../runtime/fault.h"
#include "import_reference.h"
#include "import_seen.h"

#include <stdlib.h>

/* A record whose answer has not come. */
struct pending {
    bool used;
    uint64_t key; /* of its reference */
    struct import_place place;
};

struct sender {
    struct client *client;
    struct import_report *report;
    uint8_t kind;
    const struct journal *journal;
    struct seen *seen; /* of the file in hand */
    msgpack_sbuffer body;
    struct pending pending[CLIENT_WINDOW_MAX];
    bool away, no_memory;
};

struct sender *sender_create(struct client *client, struct import_report *report, uint8_t kind)
{
    struct sender *sender = calloc(1, sizeof *sender);
    if (!sender)
        return NULL;
    sender->client = client;
    sender->report = report;
    sender->kind = kind;
    msgpack_sbuffer_init(&sender->body);
    return sender;
}

void sender_free(struct sender *sender)
{
    if (!sender)
        return;
    seen_free(sender->seen);
    msgpack_sbuffer_destroy(&sender->body);
    free(sender);
}

void sender_begin(struct sender *sender, const struct journal *journal)
{
    seen_free(sender->seen);
    sender->journal = journal;
    sender->seen = seen_create();
    sender->no_memory |= !sender->seen;
}

bool sender_away(const struct sender *sender)
{
    return sender->away;
}

bool sender_no_memory(const struct sender *sender)
{
    return sender->no_memory;
}

/* -- answers ------------------------------------------------------------------------------------
 */

static void answer_take(struct sender *sender)
{
    struct client_reply reply;
    if (!client_next_reply(sender->client, &reply))
        return;
    struct pending *pending = &sender->pending[reply.token];
    sender->away |= reply.status == REPLY_NONE || reply.status == REPLY_RETRY;
    import_report_answer(sender->report, &pending->place, &reply);
    pending->used = false;
    FAULT_POINT("import-row-answered");
}

void sender_end(struct sender *sender)
{
    while (sender->client && client_waiting(sender->client) > 0)
        answer_take(sender);
}

void sender_make_room(struct sender *sender)
{
    while (sender->client && import_report_full(sender->report))
        answer_take(sender);
}

/* Records with the same reference are never in flight together: one that has to be sent again would
 * be overtaken by the other. */
static bool is_in_flight(const struct sender *sender, uint64_t key)
{
    for (unsigned i = 0; i < CLIENT_WINDOW_MAX; i++)
        if (sender->pending[i].used && sender->pending[i].key == key)
            return true;
    return false;
}

/* -- one record ---------------------------------------------------------------------------------
 */

static enum message_type put_of(uint8_t kind)
{
    return kind == KIND_LEARNER ? MESSAGE_LEARNER_PUT
           : kind == KIND_OFFER ? MESSAGE_OFFER_PUT
                                : MESSAGE_EMPLOYER_PUT;
}

/* The id of the request: a hash of the run and of the record. */
static bool id_make_stable(struct sender *sender, const void *record, char id[JOURNAL_ID_SIZE])
{
    msgpack_packer packer;
    sender->body.size = 0;
    msgpack_packer_init(&packer, &sender->body, msgpack_sbuffer_write);
    record_encode(kind_info(sender->kind)->record, record, PRIVACY_ALL, &packer);
    if (!sender->body.data)
        return false;
    journal_request_id(sender->journal, sender->body.data, sender->body.size, id);
    return true;
}

static void record_send(struct sender *sender, const void *record, bool draft, uint64_t key,
                        const struct import_place *place)
{
    char id[JOURNAL_ID_SIZE];
    while (!sender->away && (client_full(sender->client) || is_in_flight(sender, key)))
        answer_take(sender);
    if (sender->away)
        return;
    unsigned token = 0;
    while (sender->pending[token].used)
        token++;
    struct request request = {.occurred_on = sender->journal->day, .lenient = true, .draft = draft};
    request.has.id = request.has.occurred_on = request.has.lenient = true;
    request.has.draft = draft;
    sender->no_memory |= !id_make_stable(sender, record, id);
    request.id = (struct text){id, JOURNAL_ID_SIZE - 1};
    if (sender->no_memory ||
        !client_submit(sender->client, &request, put_of(sender->kind), record, token)) {
        sender->no_memory = true;
        return;
    }
    sender->pending[token] = (struct pending){true, key, *place};
    sender->pending[token].place.row = import_report_row_await(sender->report);
}

/* Whether a record repeats one before it. The same reference under another name is for the server
 * to judge. */
static bool is_repeat(struct sender *sender, const struct seen_row *row,
                      const struct import_place *place)
{
    const struct seen_row *first = seen_find(sender->seen, row->key);
    if (!first) {
        sender->no_memory |= !seen_add(sender->seen, row);
        return false;
    }
    if (sender->kind == KIND_LEARNER && first->identity != row->identity)
        return false;
    import_report_repeat(sender->report, place->path, place->line, place->column, first->line);
    return true;
}

void sender_take(struct sender *sender, const void *record, bool draft,
                 const struct import_place *place)
{
    const struct offer *head = record; /* all stored records begin alike */
    struct seen_row row = {reference_key(head->source, head->reference),
                           identity_key(sender->kind, record), place->line};
    if (sender->away || sender->no_memory || is_repeat(sender, &row, place))
        return;
    if (sender->client)
        record_send(sender, record, draft, row.key, place);
    else
        import_report_counts(sender->report)->checked++;
}
