#include "follower.h"

#include "../proto/codec.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

enum {
    ARENA_MAX = 2 * 1024 * 1024,
    WAITING_MAX = 10000, /* messages kept while we do something else */
    RECONNECT_MS = 100,
    RECONNECT_MAX_MS = 2000,
};

struct follower {
    void *context, *socket;
    struct arena *arena;
    zmq_msg_t message; /* the tree points into it */
    char territory[33];
};

static bool follower_connect(struct follower *follower, const char *run)
{
    char endpoint[sizeof "ipc://" + 4096];
    int size = snprintf(endpoint, sizeof endpoint, "ipc://%s/feed.sock", run);
    if (size < 0 || (size_t)size >= sizeof endpoint) {
        errno = ENAMETOOLONG;
        return false;
    }
    int64_t largest = WIRE_REQUEST_MAX;
    int waiting = WAITING_MAX, none = 0, first = RECONNECT_MS, last = RECONNECT_MAX_MS;
    void *socket = follower->socket;
    return zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof none) == 0 &&
           zmq_setsockopt(socket, ZMQ_RCVHWM, &waiting, sizeof waiting) == 0 &&
           zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &largest, sizeof largest) == 0 &&
           zmq_setsockopt(socket, ZMQ_RECONNECT_IVL, &first, sizeof first) == 0 &&
           zmq_setsockopt(socket, ZMQ_RECONNECT_IVL_MAX, &last, sizeof last) == 0 &&
           zmq_setsockopt(socket, ZMQ_SUBSCRIBE, follower->territory,
                          strlen(follower->territory)) == 0 &&
           zmq_connect(socket, endpoint) == 0;
}

struct follower *follower_open(const char *run, const char *territory)
{
    struct follower *follower = calloc(1, sizeof *follower);
    if (follower == NULL)
        return NULL;
    zmq_msg_init(&follower->message);
    snprintf(follower->territory, sizeof follower->territory, "%s", territory);
    follower->arena = arena_create(ARENA_MAX);
    follower->context = follower->arena != NULL ? zmq_ctx_new() : NULL;
    follower->socket = follower->context != NULL ? zmq_socket(follower->context, ZMQ_SUB) : NULL;
    if (follower->socket != NULL && follower_connect(follower, run))
        return follower;
    int why = errno;
    follower_close(follower);
    errno = why;
    return NULL;
}

void follower_close(struct follower *follower)
{
    if (follower == NULL)
        return;
    zmq_msg_close(&follower->message);
    if (follower->socket != NULL)
        zmq_close(follower->socket);
    if (follower->context != NULL)
        zmq_ctx_term(follower->context);
    arena_free(follower->arena);
    free(follower);
}

/* Receives one frame in place of the one before; more tells whether another follows. */
static bool next_frame(struct follower *follower, bool *more)
{
    zmq_msg_close(&follower->message);
    zmq_msg_init(&follower->message);
    if (zmq_msg_recv(&follower->message, follower->socket, ZMQ_DONTWAIT) < 0)
        return false;
    *more = zmq_msg_more(&follower->message) != 0;
    return true;
}

/* One message of two frames, the topic and a map; NULL when it is anything else. */
static const msgpack_object *take_message(struct follower *follower, bool *any)
{
    bool more = false;
    *any = next_frame(follower, &more);
    if (!*any)
        return NULL;
    const void *topic = zmq_msg_data(&follower->message);
    size_t size = zmq_msg_size(&follower->message);
    /* A subscription is a prefix: "north" would also hear of "north-east". */
    bool ours = more && size == strlen(follower->territory) &&
                memcmp(topic, follower->territory, size) == 0 && next_frame(follower, &more);
    bool whole = ours && !more;
    while (more && next_frame(follower, &more))
        continue;
    if (!whole)
        return NULL;
    struct errors errors = {.count = 0};
    arena_reset(follower->arena);
    return wire_unpack(zmq_msg_data(&follower->message), zmq_msg_size(&follower->message),
                       follower->arena, &errors);
}

const msgpack_object *follower_next(struct follower *follower, long wait_ms)
{
    zmq_pollitem_t item = {follower->socket, 0, ZMQ_POLLIN, 0};
    if (zmq_poll(&item, 1, wait_ms) <= 0)
        return NULL;
    for (unsigned i = 0; i < WAITING_MAX; i++) {
        bool any;
        const msgpack_object *tree = take_message(follower, &any);
        if (tree != NULL || !any)
            return tree;
    }
    return NULL;
}
