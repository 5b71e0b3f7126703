/* jobdating.scores: one firm at a job dating against a page of the learners registered there. Each
 * pair is scored afresh from the records of now; nothing comes from stored lists. */
#include "daemon/query_page.h"

#include "daemon/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_DEFAULT = 100, GROUP = 4, OFFERS_MAX = 20, PAGE_BYTES = 40 * 1024 };

struct scores_state {
    struct number_page page; /* registrations */
    unsigned offer_count;
    const char *offers[OFFERS_MAX]; /* numbers */
    const redisReply *values[OFFERS_MAX];
    struct offer_profile *profiles[OFFERS_MAX]; /* NULL: not open */
    const char **learners;                      /* numbers, of the page's registrations */
};

/* The offer that goes best with a learner. */
struct best {
    unsigned offer;
    uint16_t score;  /* for a near-miss, as if nothing failed */
    uint32_t failed; /* bits of enum constraint */
    bool near;
};

static void scores_free(struct scores_state *state)
{
    for (unsigned i = 0; i < state->offer_count; i++) {
        offer_profile_free(state->profiles[i]);
        state->profiles[i] = NULL;
    }
}

static const char *number_text(struct query *query, uint64_t number)
{
    char text[24];
    int size = snprintf(text, sizeof text, "%llu", (unsigned long long)number);

    return arena_copy(query->arena, text, (size_t)size);
}

/* -- scoring ----------------------------------------------------------------------------------- */

/* Fits before near-misses, these before all others; among equals the offer named first. */
static bool is_better(const struct best *a, const struct best *b)
{
    unsigned a_class = a->failed == 0 ? 0 : a->near ? 1 : 2;
    unsigned b_class = b->failed == 0 ? 0 : b->near ? 1 : 2;

    if (a_class != b_class)
        return a_class < b_class;
    if (a_class < 2)
        return a->score > b->score;
    return __builtin_popcount(a->failed) < __builtin_popcount(b->failed);
}

static struct best pair_score(const struct learner_profile *learner,
                              const struct offer_profile *offer, const struct prospects *prospects,
                              unsigned index)
{
    struct score score = score_pair(learner, offer);
    struct best best = {.offer = index, .score = score.total, .failed = score.failed};
    struct near_miss miss;

    best.near = score.failed != 0 && near_miss_find(learner, offer, prospects, &miss);
    if (best.near)
        best.score = miss.score.total;
    return best;
}

static bool learner_score(struct query *query, uint64_t number, const redisReply *value,
                          struct best *best)
{
    const struct scores_state *state = query->state;
    struct catalogue catalogue = explain_catalogue(query->territory);
    struct prospects prospects;
    struct stored stored;
    bool any = false;

    arena_reset(query->daemon->arena);
    const struct learner *record =
        explain_decode(query->daemon->arena, KIND_LEARNER, number, value, &stored);
    if (record == NULL || strcmp(stored.state, "active") != 0)
        return false;
    learner_expect(record, &catalogue, &prospects);
    struct learner_profile *learner = learner_compile(record, number, &catalogue);
    for (unsigned i = 0; learner != NULL && i < state->offer_count; i++) {
        if (state->profiles[i] == NULL)
            continue;
        struct best one = pair_score(learner, state->profiles[i], &prospects, i);
        if (!any || is_better(&one, best))
            *best = one;
        any = true;
    }
    learner_profile_free(learner);
    return any;
}

/* {registration, offer, score, near, failed}. */
static void pack_best(struct query *query, const char *registration, const struct best *best)
{
    const struct scores_state *state = query->state;

    msgpack_pack_map(&query->packer, 5);
    query_pack_key_id(query, "registration", 'R', strtoull(registration, NULL, 10));
    query_pack_key_id(query, "offer", 'O', strtoull(state->offers[best->offer], NULL, 10));
    query_pack_key_int(query, "score", best->score);
    query_pack_string(query, "near");
    if (best->near)
        msgpack_pack_true(&query->packer);
    else
        msgpack_pack_false(&query->packer);
    query_pack_string(query, "failed");
    msgpack_pack_array(&query->packer, (size_t)__builtin_popcount(best->failed));
    for (unsigned i = 0; i < CONSTRAINT_END; i++)
        if (best->failed >> i & 1)
            query_pack_string(query, constraint_name((enum constraint)i));
}

/* -- steps ------------------------------------------------------------------------------------- */

/* NULL where it did not fit into the query's memory. */
static const redisReply *learner_value(const struct query *query, unsigned index)
{
    const redisReply *reply = query->replies[index / GROUP];

    return reply != NULL && index % GROUP < reply->elements ? reply->element[index % GROUP] : NULL;
}

/* Compiled in the last step: until then a query may end without coming back here. */
static void offers_take(struct query *query)
{
    struct scores_state *state = query->state;
    struct catalogue catalogue = explain_catalogue(query->territory);
    struct stored stored;

    for (unsigned i = 0; i < state->offer_count; i++) {
        uint64_t number = strtoull(state->offers[i], NULL, 10);
        arena_reset(query->daemon->arena);
        const struct offer *offer =
            explain_decode(query->daemon->arena, KIND_OFFER, number, state->values[i], &stored);
        if (offer == NULL || strcmp(stored.state, "open") != 0)
            continue;
        state->profiles[i] = offer_compile(offer, number, &catalogue);
        if (state->profiles[i] != NULL && offer_profile_closed(state->profiles[i])) {
            offer_profile_free(state->profiles[i]);
            state->profiles[i] = NULL;
        }
    }
}

static void scores_answer(struct query *query)
{
    struct scores_state *state = query->state;
    unsigned taken = 0, packed = 0;
    msgpack_sbuffer body;

    offers_take(query);
    for (; taken < state->page.count && learner_value(query, taken) != NULL; taken++) {
        struct best best;
        if (query->buffer.size > PAGE_BYTES)
            break;
        uint64_t number = strtoull(state->learners[taken], NULL, 10);
        if (!learner_score(query, number, learner_value(query, taken), &best))
            continue;
        pack_best(query, state->page.numbers[taken], &best);
        packed++;
    }
    scores_free(state);
    if (taken == 0 && state->page.count > 0) {
        query_reject(query, ERROR_INTERNAL, "body", "records that fit into memory");
        return;
    }
    body = query->buffer;
    msgpack_sbuffer_init(&query->buffer);
    query_answer_begin(query, 2);
    query_pack_key_int(query, "next", (int64_t)number_page_next(&state->page, taken));
    query_pack_string(query, "scores");
    msgpack_pack_array(&query->packer, packed);
    if (body.size > 0)
        msgpack_sbuffer_write(&query->buffer, body.data, body.size);
    msgpack_sbuffer_destroy(&body);
    query_answer_end(query);
}

/* The learners of the page; one that is gone reads as number 0, which nobody has. */
static void learners_take(struct query *query, const redisReply *registrations)
{
    struct scores_state *state = query->state;
    struct stored stored;

    for (unsigned i = 0; i < state->page.count; i++) {
        const redisReply *value =
            registrations != NULL && i < registrations->elements ? registrations->element[i] : NULL;
        arena_reset(query->daemon->arena);
        const struct registration *registration =
            explain_decode(query->daemon->arena, KIND_REGISTRATION,
                           strtoull(state->page.numbers[i], NULL, 10), value, &stored);
        state->learners[i] =
            number_text(query, registration != NULL ? id_number(registration->learner) : 0);
        if (state->learners[i] == NULL)
            state->page.count = i; /* the page ends here */
    }
}

static void scores_read(struct query *query)
{
    struct scores_state *state = query->state;

    state->learners = arena_alloc(query->arena, (state->page.count + 1) * sizeof *state->learners);
    if (state->learners == NULL) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    for (unsigned i = 0; i < state->offer_count; i++)
        state->values[i] = query->replies[i];
    learners_take(query, query->replies[state->offer_count]);
    query_forget(query);
    for (unsigned from = 0; from < state->page.count; from += GROUP) {
        unsigned group = state->page.count - from < GROUP ? state->page.count - from : GROUP;
        query_read_key(query, "HMGET", "record:learner", group, state->learners + from);
    }
    query_then(query, scores_answer);
}

static void scores_registered(struct query *query)
{
    struct scores_state *state = query->state;

    for (unsigned i = 0; i < state->offer_count; i++)
        query_read_key(query, "HGET", "record:offer", 1, &state->offers[i]);
    if (state->page.count > 0)
        query_read_key(query, "HMGET", "record:registration", state->page.count,
                       state->page.numbers);
    query_then(query, scores_read);
}

static void scores_attending(struct query *query)
{
    struct scores_state *state = query->state;
    const struct scores_of *body = query->message.body;
    struct stored stored;
    const struct attendance *attendance = explain_decode(
        query->arena, KIND_ATTENDANCE, id_number(body->attendance), query->replies[0], &stored);

    if (attendance == NULL) {
        query_reject(query, ERROR_UNKNOWN_RECORD, "body.attendance", "an existing record");
        return;
    }
    for (uint32_t i = 0; i < attendance->offers.count && i < OFFERS_MAX; i++) {
        const char *number = number_text(query, id_number(attendance->offers.items[i].offer));
        if (number != NULL)
            state->offers[state->offer_count++] = number;
    }
    query_forget(query);
    if (!number_page_start(query, &state->page, kind_info(KIND_REGISTRATION),
                           body->has.after ? (uint64_t)body->after : 0,
                           body->has.limit ? (unsigned)body->limit : PAGE_DEFAULT)) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    number_page_read_parts(query, attendance->jobdating, scores_registered);
}

void query_scores(struct query *query)
{
    const struct scores_of *body = query->message.body;
    struct scores_state *state = arena_alloc(query->arena, sizeof *state);
    const char *number = number_text(query, id_number(body->attendance));

    if (state == NULL || number == NULL) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    query->state = state;
    if (query->territory->referential == NULL) {
        query_reject(query, ERROR_NO_REFERENTIAL, "territory", "an adopted referential first");
        return;
    }
    query_read_key(query, "HGET", "record:attendance", 1, &number);
    query_then(query, scores_attending);
}
