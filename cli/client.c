#include "client.h"

#include "../runtime/clock.h"
#include "client_channel.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

enum {
    FLIGHTS = CLIENT_WINDOW_MAX + 1,
    ANSWER_ARENA_MAX = 4 * 1024 * 1024,
    RESEND_MS = 2000,
    RESEND_MAX_MS = 16000,
    RETRY_MIN_MS = 5,
    RETRY_MAX_MS = 10000,
    FULL_MS = 20, /* before a second try when the socket takes no more */
    LISTEN_MS = 1000,
};

enum flight_state { FLIGHT_FREE, FLIGHT_WAITING, FLIGHT_SETTLED };

/* One request from its submission until its answer is taken. */
struct flight {
    enum flight_state state;
    enum channel channel;
    char id[CLIENT_REQUEST_ID_MAX];
    uint32_t id_size;
    uint64_t token;
    uint8_t *bytes;
    size_t size;
    int64_t deadline, send_at, resend_ms;
    uint64_t settled; /* order of settling */
    uint8_t *answer;  /* the last one, `retry` while waiting; NULL when there is none */
    size_t answer_size;
    bool too_large;
};

struct client {
    void *context;
    void *sockets[CHANNEL_COUNT];
    char *territory;
    int64_t timeout_ms, resend_ms;
    unsigned window, used;
    uint64_t settled;
    struct arena *arena;            /* of the answer being looked at */
    uint8_t *taken;                 /* bytes of the answer taken last; its tree points into them */
    struct flight flights[FLIGHTS]; /* the last one is for calls */
};

/* -- opening ----------------------------------------------------------------------------------- */

static bool client_connect(struct client *client, const char *run)
{
    int64_t wait_ms = client->timeout_ms < LISTEN_MS ? client->timeout_ms : LISTEN_MS;
    if (!channel_listens(run, CHANNEL_EVENTS, wait_ms))
        return false;
    client->context = zmq_ctx_new();
    for (int i = 0; i < CHANNEL_COUNT && client->context != NULL; i++)
        if ((client->sockets[i] = channel_open(client->context, run, i, 2 * CLIENT_WINDOW_MAX)) ==
            NULL)
            return false;
    return client->context != NULL;
}

struct client *client_open(const struct client_options *options)
{
    if (sodium_init() < 0) {
        errno = EIO;
        return NULL;
    }
    struct client *client = calloc(1, sizeof *client);
    if (client == NULL)
        return NULL;
    client->timeout_ms = options->timeout_ms;
    client->resend_ms = options->resend_ms > 0 ? options->resend_ms : RESEND_MS;
    client->window = options->window < 1                   ? 1
                     : options->window > CLIENT_WINDOW_MAX ? CLIENT_WINDOW_MAX
                                                           : options->window;
    client->arena = arena_create(ANSWER_ARENA_MAX);
    client->territory = options->territory != NULL ? strdup(options->territory) : NULL;
    bool whole = client->arena != NULL && (options->territory == NULL || client->territory != NULL);
    if (!whole)
        errno = ENOMEM;
    if (whole && client_connect(client, options->run))
        return client;
    int why = errno;
    client_close(client);
    errno = why;
    return NULL;
}

static void flight_clear(struct flight *flight)
{
    free(flight->bytes);
    free(flight->answer);
    *flight = (struct flight){.state = FLIGHT_FREE};
}

void client_close(struct client *client)
{
    if (client == NULL)
        return;
    for (unsigned i = 0; i < FLIGHTS; i++)
        flight_clear(&client->flights[i]);
    for (int i = 0; i < CHANNEL_COUNT; i++)
        if (client->sockets[i] != NULL)
            zmq_close(client->sockets[i]);
    if (client->context != NULL)
        zmq_ctx_term(client->context);
    arena_free(client->arena);
    free(client->taken);
    free(client->territory);
    free(client);
}

/* -- submitting -------------------------------------------------------------------------------- */

void client_make_id(char id[CLIENT_ID_SIZE])
{
    uint8_t random[(CLIENT_ID_SIZE - 1) / 2];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(id, CLIENT_ID_SIZE, random, sizeof random);
}

bool client_full(const struct client *client)
{
    return client->used >= client->window;
}

unsigned client_waiting(const struct client *client)
{
    return client->used;
}

static void flight_settle(struct client *client, struct flight *flight)
{
    flight->state = FLIGHT_SETTLED;
    flight->settled = client->settled++;
    free(flight->bytes);
    flight->bytes = NULL;
}

static struct flight *free_flight(struct client *client)
{
    for (unsigned i = 0; i < FLIGHTS; i++)
        if (client->flights[i].state == FLIGHT_FREE)
            return &client->flights[i];
    return NULL;
}

/* The same with bytes that become the client's, also on failure. */
static bool submit_owned(struct client *client, struct text id, enum message_type type,
                         uint8_t *bytes, size_t size, uint64_t token)
{
    struct flight *flight = free_flight(client);
    if (flight == NULL || bytes == NULL || id.size > CLIENT_REQUEST_ID_MAX) {
        free(bytes);
        return false;
    }
    int64_t now = clock_monotonic_ms();
    bool is_query = message_info(type)->operation == OPERATION_NONE;
    *flight = (struct flight){
        .state = FLIGHT_WAITING,
        .channel = is_query ? CHANNEL_QUERIES : CHANNEL_EVENTS,
        .id_size = id.size,
        .token = token,
        .bytes = bytes,
        .size = size,
        .deadline = now + client->timeout_ms,
        .send_at = now,
        .resend_ms = client->resend_ms,
    };
    memcpy(flight->id, id.data, id.size);
    client->used++;
    if (size > WIRE_REQUEST_MAX) {
        flight->too_large = true;
        flight_settle(client, flight);
    }
    return true;
}

bool client_submit_bytes(struct client *client, struct text id, enum message_type type,
                         const uint8_t *bytes, size_t size, uint64_t token)
{
    if (client_full(client))
        return false;
    uint8_t *copy = malloc(size > 0 ? size : 1);
    if (copy != NULL)
        memcpy(copy, bytes, size);
    return submit_owned(client, id, type, copy, size, token);
}

static struct text text_from(const char *word)
{
    return (struct text){word, (uint32_t)strlen(word)};
}

static bool submit_request(struct client *client, const struct request *request,
                           enum message_type type, const void *body, uint64_t token)
{
    char id[CLIENT_ID_SIZE];
    struct request whole = *request;
    if (!whole.has.id) {
        client_make_id(id);
        whole.has.id = true;
        whole.id = text_from(id);
    }
    if (!whole.has.territory && client->territory != NULL && type != MESSAGE_STATUS) {
        whole.has.territory = true;
        whole.territory = text_from(client->territory);
    }
    if (!whole.has.occurred_on && message_info(type)->operation != OPERATION_NONE) {
        whole.has.occurred_on = true;
        whole.occurred_on = clock_day(clock_wall_ms());
    }
    msgpack_sbuffer packed;
    msgpack_sbuffer_init(&packed);
    msgpack_packer packer;
    msgpack_packer_init(&packer, &packed, msgpack_sbuffer_write);
    if (!message_encode(&whole, type, body, &packer)) {
        msgpack_sbuffer_destroy(&packed);
        return false;
    }
    size_t size = packed.size;
    return submit_owned(client, whole.id, type, (uint8_t *)msgpack_sbuffer_release(&packed), size,
                        token);
}

bool client_submit(struct client *client, const struct request *request, enum message_type type,
                   const void *body, uint64_t token)
{
    return !client_full(client) && submit_request(client, request, type, body, token);
}

/* -- sending and receiving --------------------------------------------------------------------- */

static void send_due(struct client *client, int64_t now)
{
    for (unsigned i = 0; i < FLIGHTS; i++) {
        struct flight *flight = &client->flights[i];
        if (flight->state != FLIGHT_WAITING || flight->send_at > now)
            continue;
        if (!channel_send(client->sockets[flight->channel], flight->bytes, flight->size)) {
            flight->send_at = now + FULL_MS;
            continue;
        }
        flight->send_at = now + flight->resend_ms;
        if (flight->resend_ms < RESEND_MAX_MS)
            flight->resend_ms *= 2;
    }
}

static void settle_late(struct client *client, int64_t now)
{
    for (unsigned i = 0; i < FLIGHTS; i++) {
        struct flight *flight = &client->flights[i];
        if (flight->state == FLIGHT_WAITING && flight->deadline <= now)
            flight_settle(client, flight);
    }
}

/* Decodes an answer into the client's arena. NULL when it is none. */
static const msgpack_object *answer_read(struct client *client, const uint8_t *data, size_t size,
                                         struct reply *head, struct errors *errors)
{
    arena_reset(client->arena);
    struct errors faults = {.count = 0};
    const msgpack_object *tree = wire_unpack(data, size, client->arena, &faults);
    *errors = (struct errors){.count = 0};
    *head = (struct reply){.status = REPLY_NONE};
    return tree != NULL && reply_decode(tree, head, errors) ? tree : NULL;
}

static struct flight *flight_of(struct client *client, enum channel channel, struct text id)
{
    for (unsigned i = 0; i < FLIGHTS; i++) {
        struct flight *flight = &client->flights[i];
        if (flight->state == FLIGHT_WAITING && flight->channel == channel &&
            flight->id_size == id.size && memcmp(flight->id, id.data, id.size) == 0)
            return flight;
    }
    return NULL;
}

struct arrival {
    struct client *client;
    enum channel channel;
};

/* An answer that nobody waits for, or that cannot be read, is dropped: if it mattered, the request
 * will be sent again. */
static void accept_answer(void *arrived, const uint8_t *data, size_t size)
{
    const struct arrival *arrival = arrived;
    struct client *client = arrival->client;
    struct reply head;
    struct errors errors;
    if (answer_read(client, data, size, &head, &errors) == NULL || head.id.data == NULL)
        return;
    struct flight *flight = flight_of(client, arrival->channel, head.id);
    uint8_t *copy = flight != NULL ? malloc(size) : NULL;
    if (copy == NULL)
        return;
    memcpy(copy, data, size);
    free(flight->answer);
    flight->answer = copy;
    flight->answer_size = size;
    if (head.status != REPLY_RETRY) {
        flight_settle(client, flight);
        return;
    }
    int64_t after = head.after_ms < RETRY_MIN_MS ? RETRY_MIN_MS : head.after_ms;
    flight->send_at = clock_monotonic_ms() + (after < RETRY_MAX_MS ? after : RETRY_MAX_MS);
}

static void receive_all(struct client *client)
{
    /* A server that never stops sending must not hold us: more than this cannot be expected. */
    for (int i = 0; i < CHANNEL_COUNT; i++) {
        struct arrival arrival = {client, i};
        unsigned budget = 4 * CLIENT_WINDOW_MAX;
        while (budget > 0 && channel_receive(client->sockets[i], accept_answer, &arrival))
            budget--;
    }
}

static int64_t next_moment(const struct client *client)
{
    int64_t next = INT64_MAX;
    for (unsigned i = 0; i < FLIGHTS; i++) {
        const struct flight *flight = &client->flights[i];
        if (flight->state != FLIGHT_WAITING)
            continue;
        if (flight->deadline < next)
            next = flight->deadline;
        if (flight->send_at < next)
            next = flight->send_at;
    }
    return next;
}

/* Sends what is due, waits for something to happen, and takes in what has come, which counts before
 * what is late. */
static void client_turn(struct client *client)
{
    send_due(client, clock_monotonic_ms());
    int64_t rest = next_moment(client) - clock_monotonic_ms();
    if (rest > 0) {
        zmq_pollitem_t items[CHANNEL_COUNT] = {
            {client->sockets[CHANNEL_EVENTS], 0, ZMQ_POLLIN, 0},
            {client->sockets[CHANNEL_QUERIES], 0, ZMQ_POLLIN, 0},
        };
        zmq_poll(items, CHANNEL_COUNT, (long)(rest < 1000 ? rest : 1000));
    }
    receive_all(client);
    settle_late(client, clock_monotonic_ms());
}

/* -- taking answers ---------------------------------------------------------------------------- */

static void flight_take(struct client *client, struct flight *flight, struct client_reply *reply)
{
    *reply = (struct client_reply){.token = flight->token, .status = REPLY_NONE};
    free(client->taken);
    client->taken = flight->answer;
    size_t size = flight->answer_size;
    flight->answer = NULL;
    if (client->taken != NULL)
        reply->tree = answer_read(client, client->taken, size, &reply->head, &reply->errors);
    if (reply->tree != NULL)
        reply->status = reply->head.status;
    if (flight->too_large) {
        reply->status = REPLY_REJECTED;
        errors_add(&reply->errors, ERROR_TOO_LARGE, "", "%d", WIRE_REQUEST_MAX);
    }
    flight_clear(flight);
    client->used--;
}

static struct flight *first_settled(struct client *client)
{
    struct flight *first = NULL;
    for (unsigned i = 0; i < FLIGHTS; i++) {
        struct flight *flight = &client->flights[i];
        if (flight->state == FLIGHT_SETTLED && (first == NULL || flight->settled < first->settled))
            first = flight;
    }
    return first;
}

bool client_next_reply(struct client *client, struct client_reply *reply)
{
    if (client->used == 0)
        return false;
    struct flight *flight;
    while ((flight = first_settled(client)) == NULL)
        client_turn(client);
    flight_take(client, flight, reply);
    return true;
}

bool client_call_with(struct client *client, const struct request *request, enum message_type type,
                      const void *body, struct client_reply *reply)
{
    struct flight *flight = free_flight(client);
    if (flight == NULL || !submit_request(client, request, type, body, UINT64_MAX))
        return false;
    while (flight->state != FLIGHT_SETTLED)
        client_turn(client);
    flight_take(client, flight, reply);
    return true;
}

bool client_call(struct client *client, enum message_type type, const void *body,
                 struct client_reply *reply)
{
    struct request request = {.has_bits = 0};
    return client_call_with(client, &request, type, body, reply);
}
