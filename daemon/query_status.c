/* status: how the daemon, the store and each territory are. */
#include "daemon/query.h"

#include "runtime/clock.h"
#include "runtime/store_access.h"
#include "runtime/territory_status.h"

#include <stdlib.h>
#include <string.h>

#ifndef PASSERELLE_VERSION
#error "the build names the version"
#endif

/* READ_MAX: territories asked about for one page. */
enum { READ_MAX = 72, PAGE_BYTES = 40 * 1024 };

struct status_state {
    struct territory *territories[READ_MAX];
    unsigned count;
    bool more; /* beyond those counted */
};

static long long number_at(const redisReply *reply, size_t index)
{
    return strtoll(redis_reply_string(reply, index), NULL, 10);
}

static void pack_slot(struct query *query, const redisReply *reply, unsigned slot)
{
    size_t at = STATUS_SLOT + (size_t)slot * SLOT_FIELDS;
    bool live = number_at(reply, at + SLOT_LEFT) > 0;

    msgpack_pack_map(&query->packer, 6);
    query_pack_key_int(query, "slot", slot);
    query_pack_key_string(query, "owner", redis_reply_string(reply, at + SLOT_OWNER));
    query_pack_key_int(query, "epoch", number_at(reply, at + SLOT_EPOCH));
    query_pack_key_int(query, "cursor", number_at(reply, at + SLOT_CURSOR));
    query_pack_key_int(query, "attempts", number_at(reply, at + SLOT_ATTEMPTS));
    query_pack_string(query, "live");
    if (live)
        msgpack_pack_true(&query->packer);
    else
        msgpack_pack_false(&query->packer);
}

static void pack_territory(struct query *query, const struct territory *territory,
                           const redisReply *reply)
{
    static const struct {
        const char *key;
        unsigned at;
    } numbers[] = {{"seq", STATUS_SEQ},
                   {"log", STATUS_LOG},
                   {"quarantine", STATUS_QUARANTINE},
                   {"learners", STATUS_LEARNERS},
                   {"offers", STATUS_OFFERS},
                   {"employers", STATUS_EMPLOYERS},
                   {"programmes", STATUS_PROGRAMMES},
                   {"cohorts", STATUS_COHORTS},
                   {"attachments", STATUS_ATTACHMENTS},
                   {"drafts", STATUS_DRAFTS},
                   {"unread", STATUS_UNREAD}},
      strings[] = {{"label", STATUS_LABEL},
                   {"day", STATUS_DAY},
                   {"model", STATUS_MODEL},
                   {"referential", STATUS_REFERENTIAL},
                   {"communes", STATUS_COMMUNES}};
    unsigned slots = reply->elements >= STATUS_SLOT
                         ? (unsigned)((reply->elements - STATUS_SLOT) / SLOT_FIELDS)
                         : 0;

    msgpack_pack_map(&query->packer, 19);
    query_pack_key_string(query, "name", territory->name);
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++)
        query_pack_key_string(query, strings[i].key, redis_reply_string(reply, strings[i].at));
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        query_pack_key_int(query, numbers[i].key, number_at(reply, numbers[i].at));
    query_pack_string(query, "referential_open");
    if (territory->referential != NULL)
        msgpack_pack_true(&query->packer);
    else
        msgpack_pack_false(&query->packer);
    query_pack_string(query, "slots");
    msgpack_pack_array(&query->packer, slots);
    for (unsigned i = 0; i < slots; i++)
        pack_slot(query, reply, i);
}

/* False where it did not fit into the query's memory: the territory is for the next page. */
static bool reply_is_whole(const redisReply *reply)
{
    return reply != NULL &&
           (strcmp(redis_reply_string(reply, 0), "rejected") == 0 ||
            (reply->elements > STATUS_SLOTS &&
             reply->elements ==
                 STATUS_SLOT + (size_t)number_at(reply, STATUS_SLOTS) * SLOT_FIELDS));
}

/* Packs the territories that fit into the page. Returns how many the page has come past. */
static unsigned pack_territories(struct query *query, unsigned *packed)
{
    const struct status_state *state = query->state;
    unsigned passed = 0;

    *packed = 0;
    for (; passed < state->count && reply_is_whole(query->replies[passed]); passed++) {
        const redisReply *reply = query->replies[passed];
        size_t before = query->buffer.size;
        if (reply->elements < STATUS_SLOT) /* gone from the store */
            continue;
        pack_territory(query, state->territories[passed], reply);
        if (query->buffer.size > PAGE_BYTES && *packed > 0) {
            query->buffer.size = before;
            break;
        }
        ++*packed;
    }
    return passed;
}

static void status_answer(struct query *query)
{
    const struct status_state *state = query->state;
    struct daemon *daemon = query->daemon;
    unsigned packed, passed = pack_territories(query, &packed);
    bool last = passed == state->count && !state->more;
    msgpack_sbuffer territories = query->buffer;

    if (passed == 0 && state->count > 0) {
        query_reject(query, ERROR_INTERNAL, "body", "territories that fit into memory");
        return;
    }
    msgpack_sbuffer_init(&query->buffer);
    query_answer_begin(query, 5);
    query_pack_key_string(query, "version", PASSERELLE_VERSION);
    query_pack_key_int(query, "uptime_ms", clock_monotonic_ms() - daemon->started_ms);
    query_pack_string(query, "store");
    msgpack_pack_map(&query->packer, 2);
    query_pack_key_string(query, "durability", store_durability(daemon->store));
    query_pack_string(query, "up");
    if (store_up(daemon->store))
        msgpack_pack_true(&query->packer);
    else
        msgpack_pack_false(&query->packer);
    query_pack_key_string(query, "next", last ? "" : state->territories[passed - 1]->name);
    query_pack_string(query, "territories");
    msgpack_pack_array(&query->packer, packed);
    msgpack_sbuffer_write(&query->buffer, territories.data, territories.size);
    msgpack_sbuffer_destroy(&territories);
    query_answer_end(query);
}

/* The territories that the page may hold. */
static void choose_territories(struct query *query, struct status_state *state)
{
    struct territories *territories = query->daemon->territories;
    const struct overview *body = query->message.body;
    struct text after = body->has.after ? body->after : (struct text){"", 0};
    unsigned first = territories_after(territories, after.data, after.size);

    if (query->territory != NULL) {
        state->territories[state->count++] = query->territory;
        return;
    }
    state->more = territories_count(territories) - first > READ_MAX;
    while (state->count < READ_MAX && first < territories_count(territories))
        state->territories[state->count++] = territories_at(territories, first++);
}

/* With the store away, the answer says so instead of failing. */
void query_status(struct query *query)
{
    struct status_state *state = arena_alloc(query->arena, sizeof *state);

    if (state == NULL) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    query->state = state;
    if (store_up(query->daemon->store))
        choose_territories(query, state);
    for (unsigned i = 0; i < state->count; i++) {
        const char *words[] = {"FCALL_RO", "territory_status", "1", state->territories[i]->key};
        query_read(query, 4, words);
    }
    query_then(query, status_answer);
}
