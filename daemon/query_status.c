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

enum { SHOWN_MAX = 72 }; /* territories in one reply */

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
                   {"attachments", STATUS_ATTACHMENTS}},
      strings[] = {{"label", STATUS_LABEL},
                   {"day", STATUS_DAY},
                   {"model", STATUS_MODEL},
                   {"referential", STATUS_REFERENTIAL},
                   {"communes", STATUS_COMMUNES}};
    unsigned slots = reply->elements >= STATUS_SLOT
                         ? (unsigned)((reply->elements - STATUS_SLOT) / SLOT_FIELDS)
                         : 0;

    msgpack_pack_map(&query->packer, 17);
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

static void status_answer(struct query *query)
{
    struct daemon *daemon = query->daemon;
    unsigned count = 0;

    for (unsigned i = 0; i < query->reads; i++)
        count += query->replies[i] != NULL && query->replies[i]->elements >= STATUS_SLOT;
    query_answer_begin(query, 4);
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
    query_pack_string(query, "territories");
    msgpack_pack_array(&query->packer, count);
    for (unsigned i = 0; i < query->reads; i++)
        if (query->replies[i] != NULL && query->replies[i]->elements >= STATUS_SLOT)
            pack_territory(query, territories_at(daemon->territories, i), query->replies[i]);
    query_answer_end(query);
}

/* With the store away, the answer says so instead of failing. */
void query_status(struct query *query)
{
    unsigned count = territories_count(query->daemon->territories);

    for (unsigned i = 0; i < count && i < SHOWN_MAX && store_up(query->daemon->store); i++) {
        const char *words[] = {"FCALL_RO", "territory_status", "1",
                               territories_at(query->daemon->territories, i)->key};
        query_read(query, 4, words);
    }
    query_then(query, status_answer);
}
