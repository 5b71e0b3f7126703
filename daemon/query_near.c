/* near: which of a page of records nearly fit a learner or an offer. Nothing is searched and
 * nothing is stored: whoever asks goes through the pages and keeps the best. */
#include "daemon/query_page.h"

#include "daemon/explain.h"
#include "runtime/reason_pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKED_DEFAULT = 100, GROUP = 4, PAGE_BYTES = 40 * 1024 };

struct near_state {
    struct number_page page; /* of the other kind */
    uint8_t kind;            /* of the record asked about */
    uint64_t number;
    struct explained own; /* one of its two profiles; no record */
};

static void near_free(struct near_state *state)
{
    learner_profile_free(state->own.learner);
    offer_profile_free(state->own.offer);
    state->own.learner = NULL;
    state->own.offer = NULL;
}

/* Compiles a record that takes part in the matching into its place of a pair. False for others. */
static bool take_side(struct query *query, uint8_t kind, uint64_t number, const redisReply *value,
                      struct explained *pair)
{
    struct arena *arena = query->daemon->arena;
    struct catalogue catalogue = explain_catalogue(query->territory);
    struct stored stored;

    arena_reset(arena);
    void *record = explain_decode(arena, kind, number, value, &stored);
    if (record == NULL || strcmp(stored.state, kind == KIND_LEARNER ? "active" : "open") != 0)
        return false;
    if (kind == KIND_LEARNER) {
        learner_expect(record, &catalogue, &pair->prospects);
        pair->learner = learner_compile(record, number, &catalogue);
        return pair->learner != NULL;
    }
    pair->record = record;
    pair->offer = offer_compile(record, number, &catalogue);
    if (pair->offer != NULL && !offer_profile_closed(pair->offer))
        return true;
    offer_profile_free(pair->offer);
    pair->offer = NULL;
    return false;
}

/* {id, score, employer, learner, title, reasons}: scores as if nothing failed, reasons what does.
 */
static void pack_near(struct query *query, const struct near_state *state, uint64_t number,
                      const struct explained *pair, const struct near_miss *miss)
{
    bool for_learner = state->kind == KIND_LEARNER;

    msgpack_pack_map(&query->packer, for_learner ? 6 : 5);
    query_pack_key_id(query, "id", state->page.kind->letter, number);
    query_pack_key_int(query, "score", miss->score.total);
    query_pack_key_int(query, "employer", miss->score.employer);
    query_pack_key_int(query, "learner", miss->score.learner);
    if (for_learner) {
        query_pack_string(query, "title");
        msgpack_pack_str(&query->packer, pair->record->title.size);
        msgpack_pack_str_body(&query->packer, pair->record->title.data, pair->record->title.size);
    }
    query_pack_string(query, "reasons");
    msgpack_pack_array(&query->packer, miss->gap_count);
    for (unsigned i = 0; i < miss->gap_count; i++) {
        struct reason reason = reason_of_gap(&miss->gaps[i]);
        reason_pack(&query->packer, &reason, query->territory->referential, pair->record);
    }
}

/* Whether it was packed. */
static bool look_at(struct query *query, uint64_t number, const redisReply *value)
{
    struct near_state *state = query->state;
    uint8_t other = state->kind == KIND_LEARNER ? KIND_OFFER : KIND_LEARNER;
    struct explained pair = state->own;
    struct near_miss miss;

    if (!take_side(query, other, number, value, &pair))
        return false;
    bool near = near_miss_find(pair.learner, pair.offer, &pair.prospects, &miss);
    if (near)
        pack_near(query, state, number, &pair, &miss);
    if (other == KIND_LEARNER)
        learner_profile_free(pair.learner);
    else
        offer_profile_free(pair.offer);
    return near;
}

/* Of the page; the first reply is the record asked about. NULL where it did not fit into the
 * query's memory. */
static const redisReply *value_of(const struct query *query, unsigned index)
{
    const redisReply *reply = query->replies[1 + index / GROUP];

    return reply != NULL && index % GROUP < reply->elements ? reply->element[index % GROUP] : NULL;
}

static void near_answer(struct query *query)
{
    struct near_state *state = query->state;
    unsigned taken = 0, packed = 0;

    for (; taken < state->page.count && value_of(query, taken) != NULL; taken++) {
        size_t before = query->buffer.size;
        bool near =
            look_at(query, strtoull(state->page.numbers[taken], NULL, 10), value_of(query, taken));
        if (query->buffer.size > PAGE_BYTES && packed > 0) { /* for the next page */
            query->buffer.size = before;
            break;
        }
        packed += near;
    }
    near_free(state);
    if (taken == 0 && state->page.count > 0) {
        query_reject(query, ERROR_INTERNAL, "body", "records that fit into memory");
        return;
    }
    msgpack_sbuffer list = query->buffer;
    msgpack_sbuffer_init(&query->buffer);
    query_answer_begin(query, 3);
    query_pack_key_int(query, "next", (int64_t)number_page_next(&state->page, taken));
    query_pack_key_int(query, "looked_at", taken);
    query_pack_string(query, "near");
    msgpack_pack_array(&query->packer, packed);
    if (list.size > 0)
        msgpack_sbuffer_write(&query->buffer, list.data, list.size);
    msgpack_sbuffer_destroy(&list);
    query_answer_end(query);
}

static void near_take_own(struct query *query)
{
    struct near_state *state = query->state;
    const redisReply *own = query->replies[0];

    if (own == NULL || own->str == NULL) {
        query_reject(query, ERROR_UNKNOWN_RECORD, "body.id", "an existing learner or offer");
        return;
    }
    /* One that takes no part has no near-misses. */
    if (!take_side(query, state->kind, state->number, own, &state->own)) {
        state->page.count = 0;
        state->page.ended = true;
    }
    state->own.record = NULL; /* its memory serves the others now */
    near_answer(query);
}

static void near_read(struct query *query)
{
    struct near_state *state = query->state;
    char suffix[40], number[24];
    const char *numbers[] = {number};

    snprintf(suffix, sizeof suffix, "record:%s", kind_info(state->kind)->name);
    snprintf(number, sizeof number, "%llu", (unsigned long long)state->number);
    query_read_key(query, "HGET", suffix, 1, numbers);
    snprintf(suffix, sizeof suffix, "record:%s", state->page.kind->name);
    for (unsigned from = 0; from < state->page.count; from += GROUP)
        query_read_key(query, "HMGET", suffix,
                       state->page.count - from < GROUP ? state->page.count - from : GROUP,
                       state->page.numbers + from);
    query_then(query, near_take_own);
}

void query_near(struct query *query)
{
    const struct near_to *body = query->message.body;
    struct near_state *state = arena_alloc(query->arena, sizeof *state);
    bool started = false;

    if (query->territory->referential == NULL) {
        query_reject(query, ERROR_NO_REFERENTIAL, "territory", "an adopted referential first");
        return;
    }
    if (state != NULL) {
        query->state = state;
        state->kind = kind_of_letter(id_letter(body->id));
        state->number = id_number(body->id);
        started = number_page_start(
            query, &state->page, kind_info(state->kind == KIND_LEARNER ? KIND_OFFER : KIND_LEARNER),
            body->has.after ? (uint64_t)body->after : 0,
            body->has.limit ? (unsigned)body->limit : LOOKED_DEFAULT);
    }
    if (!started) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    number_page_read(query, near_read);
}
