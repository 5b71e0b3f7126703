#include "daemon/query.h"

#include "runtime/log.h"
#include "runtime/zmq_watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUERY_MEMORY = 1 << 20, IN_FLIGHT_MAX = 24, WAITING_MAX = 128, CLIENT_QUEUE = 32 };
_Static_assert((int)CLIENT_QUEUE > (int)IN_FLIGHT_MAX, "answers that end at once fit");

/* A query that has not begun. */
struct waiting {
    struct peer peer;
    zmq_msg_t frame;
};

/* Queries are taken off the socket even when none can begin: what clients that have gone away leave
 * there is memory too, and nothing bounds how many of them there are. */
struct queries {
    struct daemon *daemon;
    void *socket;
    struct zmq_watch *watch;
    unsigned in_flight;
    struct waiting waiting[WAITING_MAX]; /* a ring */
    unsigned first, waiting_count;
    bool beginning; /* or stopped: none may begin */
};

static void queries_begin(struct queries *queries);

static void query_free(struct query *query)
{
    struct queries *queries = query->daemon->queries;

    msgpack_sbuffer_destroy(&query->buffer);
    arena_free(query->arena); /* query itself is in it */
    queries->in_flight--;
    queries_begin(queries);
}

static void query_fail(struct query *query, enum reply_status status, enum error_code code,
                       const char *path, const char *expected)
{
    struct queries *queries = query->daemon->queries;

    count(QUERIES_FAILED);
    peer_refuse(queries->socket, &query->peer, status, code, path, expected);
    zmq_watch_kick(queries->watch);
    query_free(query);
}

void query_reject(struct query *query, enum error_code code, const char *path, const char *expected)
{
    query_fail(query, error_retry_helps(code) ? REPLY_RETRY : REPLY_REJECTED, code, path, expected);
}

/* -- reads ------------------------------------------------------------------------------------- */

/* A copy of a reply in the arena, as deep as Redis nests here; NULL when it does not fit. */
static redisReply *reply_copy(struct arena *arena, const redisReply *reply, int depth)
{
    redisReply *copy = depth > 0 ? arena_alloc(arena, sizeof *copy) : NULL;

    if (copy == NULL)
        return NULL;
    copy->type = reply->type;
    copy->integer = reply->integer;
    if (reply->str != NULL) {
        copy->str = arena_copy(arena, reply->str, (size_t)reply->len);
        copy->len = reply->len;
        return copy->str != NULL ? copy : NULL;
    }
    if (reply->type != REDIS_REPLY_ARRAY)
        return copy;
    copy->element = arena_alloc(arena, reply->elements * sizeof(redisReply *) + 1);
    for (size_t i = 0; copy->element != NULL && i < reply->elements; i++) {
        copy->element[i] = reply_copy(arena, reply->element[i], depth - 1);
        if (copy->element[i] == NULL)
            return copy; /* cut where memory ends; elements says how many fitted */
        copy->elements++;
    }
    return copy->element != NULL ? copy : NULL;
}

struct read {
    struct query *query;
    unsigned index;
};

static void query_continue(struct query *query)
{
    query_step_fn *then = query->then;

    if (query->arrived < query->reads || then == NULL)
        return;
    query->then = NULL;
    if (query->failed)
        query_fail(query, REPLY_RETRY, ERROR_STORE_AWAY, "", "the same query again");
    else
        then(query);
}

static void on_read(void *arg, const redisReply *reply)
{
    struct read *read = arg;
    struct query *query = read->query;

    query->arrived++;
    if (reply == NULL || reply->type == REDIS_REPLY_ERROR) {
        query->failed = true;
        if (reply != NULL && !redis_reply_is_unavailable(reply))
            log_error("query.read_failed", LOG_TEXT("type", query->message.info->name),
                      LOG_TEXT("answer", reply->str));
    } else {
        query->replies[read->index] = reply_copy(query->arena, reply, 5);
    }
    query_continue(query);
}

void query_read(struct query *query, unsigned count, const char *const *words)
{
    struct read *read = arena_alloc(query->arena, sizeof *read);
    size_t sizes[QUERY_ARGUMENTS_MAX];

    if (read == NULL || query->reads == QUERY_READS_MAX || count > QUERY_ARGUMENTS_MAX) {
        query->failed = true;
        return;
    }
    for (unsigned i = 0; i < count; i++)
        sizes[i] = strlen(words[i]);
    *read = (struct read){query, query->reads};
    if (store_read(query->daemon->store, on_read, read, (int)count, words, sizes))
        query->reads++;
    else
        query->failed = true;
}

void query_read_key(struct query *query, const char *command, const char *suffix, unsigned count,
                    const char *const *words)
{
    const char *all[QUERY_ARGUMENTS_MAX];
    char key[TERRITORY_KEY_SIZE + 40];

    if (count > QUERY_ARGUMENTS_MAX - 2) {
        query->failed = true;
        return;
    }
    snprintf(key, sizeof key, "%s:%s", query->territory->key, suffix);
    all[0] = command;
    all[1] = key;
    for (unsigned i = 0; i < count; i++)
        all[i + 2] = words[i];
    query_read(query, count + 2, all);
}

void query_then(struct query *query, query_step_fn *then)
{
    query->then = then;
    query_continue(query);
}

void query_forget(struct query *query)
{
    query->reads = query->arrived = 0;
    memset(query->replies, 0, sizeof query->replies);
}

/* -- answers ----------------------------------------------------------------------------------- */

void query_pack_string(struct query *query, const char *string)
{
    size_t size = strlen(string);

    msgpack_pack_str(&query->packer, size);
    msgpack_pack_str_body(&query->packer, string, size);
}

void query_pack_key_int(struct query *query, const char *key, int64_t value)
{
    query_pack_string(query, key);
    msgpack_pack_int64(&query->packer, value);
}

void query_pack_key_string(struct query *query, const char *key, const char *value)
{
    query_pack_string(query, key);
    query_pack_string(query, value);
}

void query_pack_key_id(struct query *query, const char *key, char letter, uint64_t number)
{
    char text[ID_TEXT_SIZE];

    id_print(id_make(letter, number), text);
    query_pack_key_string(query, key, text);
}

void query_answer_begin(struct query *query, unsigned fields)
{
    msgpack_pack_map(&query->packer, fields + 3);
    query_pack_key_int(query, "v", 1);
    query_pack_key_string(query, "id", query->peer.request_id);
    query_pack_key_string(query, "status", "ok");
}

void query_answer_end(struct query *query)
{
    struct queries *queries = query->daemon->queries;

    count(QUERIES_OK);
    peer_send(queries->socket, &query->peer, query->buffer.data, query->buffer.size);
    zmq_watch_kick(queries->watch);
    query_free(query);
}

/* -- one query --------------------------------------------------------------------------------- */

static query_step_fn *handler_of(enum message_type type)
{
    switch (type) {
    case MESSAGE_RECORD_GET:
        return query_record_get;
    case MESSAGE_RECORD_LIST:
        return query_record_list;
    case MESSAGE_MATCHES:
        return query_matches;
    case MESSAGE_EXPLAIN:
        return query_explain;
    case MESSAGE_NEAR:
        return query_near;
    case MESSAGE_JOBDATING_SCORES:
        return query_scores;
    case MESSAGE_AUDIT:
        return query_audit;
    case MESSAGE_CHANGES:
        return query_changes;
    case MESSAGE_UNRECOGNISED:
        return query_unrecognised;
    case MESSAGE_DUPLICATES:
        return query_duplicates;
    case MESSAGE_SKILL_FIND:
        return query_skill_find;
    case MESSAGE_ROLE_FIND:
        return query_role_find;
    case MESSAGE_COMMUNE_FIND:
        return query_commune_find;
    case MESSAGE_LABELS:
        return query_labels;
    case MESSAGE_STATUS:
        return query_status;
    default:
        return NULL;
    }
}

/* Decodes; the bytes are copied because the message outlives its frame. */
static bool query_decode(struct query *query, const void *data, size_t size, struct errors *errors)
{
    const uint8_t *copy = (const uint8_t *)arena_copy(query->arena, data, size);
    struct request *request = &query->message.request;

    if (copy == NULL) {
        errors_add(errors, ERROR_TOO_LARGE, "", "a smaller query");
        return false;
    }
    if (!message_decode(copy, size, query->arena, &query->message, errors))
        return false;
    if (handler_of(query->message.type) == NULL) {
        errors_add(errors, ERROR_WRONG_SOCKET, "type", "a query; events go to intake.sock");
        return false;
    }
    if (query->message.type == MESSAGE_STATUS && !request->has.territory)
        return true;
    query->territory = territories_find(query->daemon->territories, request->territory.data,
                                        request->territory.size);
    /* One that is expected alone may be gone before the answer. */
    if (query->territory != NULL && query->territory->slots == 0)
        query->territory = NULL;
    if (query->territory == NULL)
        errors_add(errors, ERROR_UNKNOWN_TERRITORY, "territory", "an existing territory");
    return query->territory != NULL;
}

static void query_start(struct queries *queries, const struct peer *peer, const void *data,
                        size_t size)
{
    struct arena *arena = arena_create(QUERY_MEMORY);
    struct query *query = arena != NULL ? arena_alloc(arena, sizeof *query) : NULL;
    struct errors errors = {.count = 0};

    if (query == NULL) {
        arena_free(arena);
        peer_refuse(queries->socket, peer, REPLY_RETRY, ERROR_BUSY, "", "the same query again");
        zmq_watch_kick(queries->watch);
        return;
    }
    query->daemon = queries->daemon;
    query->arena = arena;
    query->peer = *peer;
    msgpack_sbuffer_init(&query->buffer);
    msgpack_packer_init(&query->packer, &query->buffer, msgpack_sbuffer_write);
    queries->in_flight++;
    bool good = query_decode(query, data, size, &errors);
    peer_name_request(&query->peer, query->message.request.id);
    if (good) {
        handler_of(query->message.type)(query);
        return;
    }
    struct reply reply = {.status = REPLY_REJECTED, .errors = &errors};
    count(QUERIES_FAILED);
    peer_reply(queries->socket, &query->peer, &reply);
    zmq_watch_kick(queries->watch);
    query_free(query);
}

/* -- waiting ----------------------------------------------------------------------------------- */

/* Begins what waits, as far as there is room. A query that ends at once comes back here. */
static void queries_begin(struct queries *queries)
{
    if (queries->beginning)
        return;
    queries->beginning = true;
    while (queries->waiting_count > 0 && queries->in_flight < IN_FLIGHT_MAX) {
        struct waiting *next = &queries->waiting[queries->first];
        query_start(queries, &next->peer, zmq_msg_data(&next->frame), zmq_msg_size(&next->frame));
        zmq_msg_close(&next->frame);
        queries->first = (queries->first + 1) % WAITING_MAX;
        queries->waiting_count--;
    }
    queries->beginning = false;
}

static void query_refuse(struct queries *queries, struct peer *peer, zmq_msg_t *frame)
{
    struct message message;
    struct errors errors = {.count = 0};
    struct arena *arena = queries->daemon->arena;

    arena_reset(arena);
    (void)message_decode(zmq_msg_data(frame), zmq_msg_size(frame), arena, &message, &errors);
    peer_name_request(peer, message.request.id);
    count(QUERIES_FAILED);
    peer_refuse(queries->socket, peer, REPLY_RETRY, ERROR_BUSY, "", "the same query again");
}

static void query_wait(struct queries *queries, struct peer *peer, zmq_msg_t *frame)
{
    if (queries->waiting_count == WAITING_MAX) {
        query_refuse(queries, peer, frame);
        return;
    }
    struct waiting *last =
        &queries->waiting[(queries->first + queries->waiting_count) % WAITING_MAX];
    last->peer = *peer;
    zmq_msg_init(&last->frame);
    zmq_msg_move(&last->frame, frame);
    queries->waiting_count++;
    queries_begin(queries);
}

/* -- the socket -------------------------------------------------------------------------------- */

static enum zmq_watch_step on_readable(void *arg)
{
    struct queries *queries = arg;
    struct peer peer;
    zmq_msg_t frame;

    switch (peer_receive(queries->socket, &peer, &frame)) {
    case PEER_NOTHING:
        return ZMQ_WATCH_NONE;
    case PEER_BAD_FRAMES:
        peer_refuse(queries->socket, &peer, REPLY_REJECTED, ERROR_BAD_FRAMES, "",
                    "one frame, or an empty one and one");
        break;
    case PEER_REQUEST:
        query_wait(queries, &peer, &frame);
        zmq_msg_close(&frame);
        break;
    }
    return ZMQ_WATCH_TOOK;
}

struct queries *queries_create(struct daemon *daemon)
{
    /* Answers are large, and a client has no reason to ask again before it has read. But all that
     * are in flight may be one client's, and end at once. */
    const struct zmq_limits limits = {.message_bytes = WIRE_REQUEST_MAX, .queue = CLIENT_QUEUE};
    struct queries *queries = calloc(1, sizeof *queries);
    char address[300];

    if (queries == NULL)
        return NULL;
    queries->daemon = daemon;
    queries->socket = zmq_socket_bounded(daemon->zmq, ZMQ_ROUTER, &limits);
    snprintf(address, sizeof address, "ipc://%s/query.sock",
             daemon->config->daemon_runtime_directory);
    if (queries->socket == NULL || zmq_bind(queries->socket, address) != 0) {
        log_error("query.bind_failed", LOG_TEXT("address", address),
                  LOG_TEXT("reason", zmq_strerror(zmq_errno())));
        queries_free(queries);
        return NULL;
    }
    queries->watch = zmq_watch_create(daemon->base, queries->socket, on_readable, queries);
    if (queries->watch == NULL) {
        queries_free(queries);
        return NULL;
    }
    return queries;
}

void queries_stop(struct queries *queries)
{
    if (queries != NULL)
        queries->beginning = true;
}

void queries_free(struct queries *queries)
{
    if (queries == NULL)
        return;
    zmq_watch_free(queries->watch);
    for (; queries->waiting_count > 0; queries->waiting_count--) {
        zmq_msg_close(&queries->waiting[queries->first].frame);
        queries->first = (queries->first + 1) % WAITING_MAX;
    }
    if (queries->socket != NULL)
        zmq_close(queries->socket);
    free(queries);
}
