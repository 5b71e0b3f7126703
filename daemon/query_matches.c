/* matches and explain: reads stored lists, recomputes the reasons of the few pairs shown. */
#include "daemon/query.h"

#include "daemon/explain.h"
#include "runtime/stored.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_DEFAULT = 20, LIST_MAX = 32, RANK_DIGITS = 16, ANSWER_BYTES = 40 * 1024 };
_Static_assert(EXPLAIN_BYTES < ANSWER_BYTES - 1024, "a page has room for a match");

/* One line of the answer on its way. */
struct candidate {
    uint64_t number; /* of the other record */
    uint16_t score;
    uint64_t rank;
};

struct matches_state {
    char letter; /* of the record asked about */
    uint64_t number;
    unsigned limit, count;
    unsigned from; /* candidates of the pages before */
    struct candidate *candidates;
    int64_t cursor; /* the lowest of the slots read */
};

/* A pair with its records, ready to be explained. The offer's record lasts until the next pair. */
struct pair_profiles {
    struct explained of;
    char offer_state[16], learner_state[16];
};

static void pair_free(struct pair_profiles *pair)
{
    learner_profile_free(pair->of.learner);
    offer_profile_free(pair->of.offer);
}

static bool pair_load(struct query *query, uint64_t learner, const redisReply *learner_value,
                      uint64_t offer, const redisReply *offer_value, struct pair_profiles *pair)
{
    struct catalogue catalogue = explain_catalogue(query->territory);
    struct stored stored;

    memset(pair, 0, sizeof *pair);
    struct arena *arena = query->daemon->arena;
    arena_reset(arena);
    const struct learner *learner_record =
        explain_decode(arena, KIND_LEARNER, learner, learner_value, &stored);
    if (learner_record == NULL)
        return false;
    memcpy(pair->learner_state, stored.state, sizeof pair->learner_state);
    pair->of.record = explain_decode(arena, KIND_OFFER, offer, offer_value, &stored);
    if (pair->of.record == NULL)
        return false;
    memcpy(pair->offer_state, stored.state, sizeof pair->offer_state);
    learner_expect(learner_record, &catalogue, &pair->of.prospects);
    pair->of.learner = learner_compile(learner_record, learner, &catalogue);
    pair->of.offer = offer_compile(pair->of.record, offer, &catalogue);
    if (pair->of.learner == NULL || pair->of.offer == NULL) {
        pair_free(pair);
        return false;
    }
    return true;
}

/* -- matches ----------------------------------------------------------------------------------- */

static int candidate_compare(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;

    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* The candidates that come before a page: it begins behind the rank, in hex digits, that the page
 * before ended with. What comes or goes meanwhile shifts nothing. */
static unsigned page_start(const struct matches_state *state, struct text after)
{
    char digits[RANK_DIGITS + 1];
    unsigned from = 0;

    if (after.size != RANK_DIGITS)
        return 0;
    memcpy(digits, after.data, RANK_DIGITS);
    digits[RANK_DIGITS] = '\0';
    uint64_t rank = strtoull(digits, NULL, 16);
    while (from < state->count && state->candidates[from].rank >= rank)
        from++;
    return from;
}

static void pack_next(struct query *query, const struct matches_state *state, unsigned passed)
{
    char digits[RANK_DIGITS + 1] = "";

    if (passed < state->count)
        snprintf(digits, sizeof digits, "%016" PRIx64, state->candidates[passed - 1].rank);
    query_pack_key_string(query, "next", digits);
}

/* {id, score, employer, learner, title, reasons, reasons_left}. False when either record is gone or
 * no match. */
static bool pack_match(struct query *query, const struct matches_state *state,
                       const struct candidate *candidate, const redisReply *own,
                       const redisReply *other)
{
    bool for_learner = state->letter == 'L';
    struct pair_profiles pair;

    if (!pair_load(query, for_learner ? state->number : candidate->number,
                   for_learner ? own : other, for_learner ? candidate->number : state->number,
                   for_learner ? other : own, &pair))
        return false;
    /* The lists may lag behind the records for a moment: what has closed is not shown. */
    if (strcmp(pair.offer_state, "open") != 0 || strcmp(pair.learner_state, "active") != 0) {
        pair_free(&pair);
        return false;
    }
    struct score score = score_pair(pair.of.learner, pair.of.offer);
    msgpack_pack_map(&query->packer, for_learner ? 7 : 6);
    query_pack_key_id(query, "id", for_learner ? 'O' : 'L', candidate->number);
    query_pack_key_int(query, "score", candidate->score);
    query_pack_key_int(query, "employer", score.employer);
    query_pack_key_int(query, "learner", score.learner);
    if (for_learner) {
        struct text title = pair.of.record->title;
        query_pack_string(query, "title");
        msgpack_pack_str(&query->packer, title.size);
        msgpack_pack_str_body(&query->packer, title.data, title.size);
    }
    explain_pack_reasons(query, &pair.of);
    pair_free(&pair);
    return true;
}

static void matches_answer(struct query *query)
{
    struct matches_state *state = query->state;
    const redisReply *own = query->replies[0], *others = query->replies[1];
    /* Records that did not fit into the query's memory are for the next page. */
    unsigned fitted = others != NULL ? (unsigned)others->elements : 0;
    unsigned passed = state->from, packed = 0;
    msgpack_sbuffer body;

    own = own != NULL && own->elements > 0 ? own->element[0] : NULL;
    for (; passed < state->from + fitted && packed < state->limit; passed++) {
        size_t before = query->buffer.size;
        bool good = pack_match(query, state, &state->candidates[passed], own,
                               others->element[passed - state->from]);
        bool full = query->buffer.size > ANSWER_BYTES;
        if (!good || full)
            query->buffer.size = before;
        if (full) /* none is left out for a worse one that is shorter */
            break;
        packed += good;
    }
    if (passed == state->from && passed < state->count) {
        query_reject(query, ERROR_INTERNAL, "body", "records that fit into memory");
        return;
    }
    body = query->buffer;
    msgpack_sbuffer_init(&query->buffer);
    query_answer_begin(query, 3);
    query_pack_key_int(query, "cursor", state->cursor);
    pack_next(query, state, passed);
    query_pack_string(query, "matches");
    msgpack_pack_array(&query->packer, packed);
    if (body.size > 0)
        msgpack_sbuffer_write(&query->buffer, body.data, body.size);
    msgpack_sbuffer_destroy(&body);
    query_answer_end(query);
}

static void matches_records(struct query *query)
{
    struct matches_state *state = query->state;
    const char *numbers[LIST_MAX + 1];
    char own[24];
    const char *owns[] = {own};
    bool for_learner = state->letter == 'L';

    snprintf(own, sizeof own, "%llu", (unsigned long long)state->number);
    query_forget(query);
    query_read_key(query, "HMGET", for_learner ? "record:learner" : "record:offer", 1, owns);
    unsigned count = state->count - state->from;
    for (unsigned i = 0; i < count; i++) {
        char text[24];
        int size = snprintf(text, sizeof text, "%llu",
                            (unsigned long long)state->candidates[state->from + i].number);
        numbers[i] = arena_copy(query->arena, text, (size_t)size);
        if (numbers[i] == NULL)
            count = i;
    }
    if (count > 0)
        query_read_key(query, "HMGET", for_learner ? "record:offer" : "record:learner", count,
                       numbers);
    query_then(query, matches_answer);
}

/* A learner's offers come in the order of the lists; an offer's learners take turns. */
static uint64_t rank_shown(const struct query *query, const struct list_entry *entry)
{
    const struct matches_state *state = query->state;

    if (state->letter == 'L')
        return score_rank(entry->score, state->number, entry->number);
    return score_turn(entry->score, entry->number, state->number, query->territory->day);
}

/* Merges the partial lists, one reply for each slot read, then the slots' cursors. */
static void matches_merge(struct query *query)
{
    struct matches_state *state = query->state;
    unsigned lists = query->reads / 2;
    struct list_entry entry;

    const redisReply *record = query->replies[query->reads - 1];
    if (record == NULL || record->type != REDIS_REPLY_INTEGER || record->integer == 0) {
        query_reject(query, ERROR_UNKNOWN_RECORD, "body.id", "an existing learner or offer");
        return;
    }
    state->candidates =
        arena_alloc(query->arena, (lists * LIST_MAX + 1) * sizeof(struct candidate));
    for (unsigned i = 0; i < lists && state->candidates != NULL; i++) {
        const redisReply *list = query->replies[2 * i], *cursor = query->replies[2 * i + 1];
        size_t size = list != NULL && list->str != NULL ? (size_t)list->len : 0;
        int64_t at = cursor != NULL && cursor->str != NULL ? strtoll(cursor->str, NULL, 10) : 0;
        state->cursor = i == 0 || at < state->cursor ? at : state->cursor;
        for (unsigned k = 0;
             k < LIST_MAX && list_entry_read(size ? list->str : "", size, k, &entry); k++) {
            state->candidates[state->count++] =
                (struct candidate){entry.number, entry.score, rank_shown(query, &entry)};
        }
    }
    if (state->count > 0)
        qsort(state->candidates, state->count, sizeof(struct candidate), candidate_compare);
    if (state->count > LIST_MAX)
        state->count = LIST_MAX;
    const struct matches_of *body = query->message.body;
    state->from = page_start(state, body->has.after ? body->after : (struct text){"", 0});
    matches_records(query);
}

static void read_list(struct query *query, unsigned slot, const char *name)
{
    char suffix[32];
    const char *list[] = {name}, *cursor[] = {"cursor"};

    snprintf(suffix, sizeof suffix, "lists:%u", slot);
    query_read_key(query, "HGET", suffix, 1, list);
    snprintf(suffix, sizeof suffix, "slot:%u", slot);
    query_read_key(query, "HGET", suffix, 1, cursor);
}

void query_matches(struct query *query)
{
    const struct matches_of *body = query->message.body;
    struct matches_state *state = arena_alloc(query->arena, sizeof *state);
    char name[ID_TEXT_SIZE];
    const char *number[] = {name + 1};
    unsigned slots = query->territory->slots;

    if (state == NULL) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    query->state = state;
    state->letter = id_letter(body->id);
    state->number = id_number(body->id);
    state->limit = body->has.limit ? (unsigned)body->limit : SHOWN_DEFAULT;
    if (state->letter != 'L' && state->letter != 'O') {
        query_reject(query, ERROR_WRONG_KIND, "body.id", "a learner or an offer");
        return;
    }
    if (query->territory->referential == NULL) {
        query_reject(query, ERROR_NO_REFERENTIAL, "territory", "an adopted referential first");
        return;
    }
    id_print(body->id, name);
    if (state->letter == 'O')
        read_list(query, slot_of_offer(state->number, slots), name);
    else
        for (unsigned slot = 0; slot < slots; slot++)
            read_list(query, slot, name);
    query_read_key(query, "HEXISTS", state->letter == 'L' ? "record:learner" : "record:offer", 1,
                   number);
    query_then(query, matches_merge);
}

/* -- explain ----------------------------------------------------------------------------------- */

static void explain_answer(struct query *query)
{
    const struct pair *body = query->message.body;
    const redisReply *learner = query->replies[0], *offer = query->replies[1];
    struct pair_profiles pair;

    if (learner == NULL || learner->str == NULL || offer == NULL || offer->str == NULL) {
        query_reject(query, ERROR_UNKNOWN_RECORD,
                     learner == NULL || learner->str == NULL ? "body.learner" : "body.offer",
                     "an existing record");
        return;
    }
    if (!pair_load(query, id_number(body->learner), learner, id_number(body->offer), offer,
                   &pair)) {
        query_reject(query, ERROR_INTERNAL, "body", "readable records");
        return;
    }
    struct score score = score_pair(pair.of.learner, pair.of.offer);
    unsigned failed = 0;
    for (unsigned i = 0; i < CONSTRAINT_END; i++)
        failed += score.failed >> i & 1;
    query_answer_begin(query, 1);
    query_pack_string(query, "matches");
    msgpack_pack_array(&query->packer, 1);
    msgpack_pack_map(&query->packer, 10);
    query_pack_key_id(query, "id", 'O', id_number(body->offer));
    query_pack_key_string(query, "learner_state", pair.learner_state);
    query_pack_key_string(query, "offer_state", pair.offer_state);
    query_pack_key_int(query, "score", score.total);
    query_pack_key_int(query, "employer", score.employer);
    query_pack_key_int(query, "learner", score.learner);
    query_pack_string(query, "title");
    msgpack_pack_str(&query->packer, pair.of.record->title.size);
    msgpack_pack_str_body(&query->packer, pair.of.record->title.data, pair.of.record->title.size);
    query_pack_string(query, "failed");
    msgpack_pack_array(&query->packer, failed);
    for (unsigned i = 0; i < CONSTRAINT_END; i++)
        if (score.failed >> i & 1)
            query_pack_string(query, constraint_name((enum constraint)i));
    explain_pack_reasons(query, &pair.of);
    pair_free(&pair);
    query_answer_end(query);
}

void query_explain(struct query *query)
{
    const struct pair *body = query->message.body;
    char learner[ID_TEXT_SIZE], offer[ID_TEXT_SIZE];
    const char *learners[] = {learner + 1}, *offers[] = {offer + 1};

    if (query->territory->referential == NULL) {
        query_reject(query, ERROR_NO_REFERENTIAL, "territory", "an adopted referential first");
        return;
    }
    id_print(body->learner, learner);
    id_print(body->offer, offer);
    query_read_key(query, "HGET", "record:learner", 1, learners);
    query_read_key(query, "HGET", "record:offer", 1, offers);
    query_then(query, explain_answer);
}
