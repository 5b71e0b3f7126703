/* A server for tests of the program: answers on the daemon's sockets from a thread, as its script
 * says. */
#ifndef PASSERELLE_TESTS_CLI_FAKE_SERVER_H
#define PASSERELLE_TESTS_CLI_FAKE_SERVER_H

#include "cli/tree.h"
#include "proto/message.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

enum { FAKE_SEEN_MAX = 4096, FAKE_ENVELOPE_MAX = 64 };

struct fake_server;

/* One request as it came. */
struct fake_request {
    struct fake_server *server;
    void *socket;
    char peer[FAKE_ENVELOPE_MAX];
    size_t peer_size;
    const msgpack_object *tree;
    const uint8_t *bytes;
    size_t size;
    unsigned count; /* requests before it */
};

typedef void fake_answer_fn(const struct fake_request *request);

struct fake_server {
    char directory[64], run[80];
    void *context, *control, *feed;
    pthread_t thread;
    fake_answer_fn *answer;
    void (*subscribed)(struct fake_server *server); /* somebody follows the feed; or NULL */
    void *data;                                     /* the script's own */
    /* What came; to be read after fake_stop. */
    unsigned seen;
    char ids[FAKE_SEEN_MAX][65];
    uint64_t sums[FAKE_SEEN_MAX]; /* of the bytes */
};

static inline void fake_send(const struct fake_request *request, const void *bytes, size_t size)
{
    zmq_send(request->socket, request->peer, request->peer_size, ZMQ_SNDMORE);
    zmq_send(request->socket, bytes, size, 0);
}

static inline void fake_reply(const struct fake_request *request, const struct reply *reply)
{
    msgpack_sbuffer packed;
    msgpack_sbuffer_init(&packed);
    msgpack_packer packer;
    msgpack_packer_init(&packer, &packed, msgpack_sbuffer_write);
    struct reply whole = *reply;
    if (whole.id.data == NULL)
        whole.id = tree_text(request->tree, "id");
    reply_encode(&whole, &packer);
    fake_send(request, packed.data, packed.size);
    msgpack_sbuffer_destroy(&packed);
}

/* Answers with JSON, the head of an `ok` answer put in front: fields as `"next":0,"records":[]`. */
static inline void fake_reply_json(const struct fake_request *request, const char *fields)
{
    struct text id = tree_text(request->tree, "id");
    struct errors errors = {.count = 0};
    struct arena *arena = arena_create(1 << 20);
    char *json;
    size_t size = 0;
    if (asprintf(&json, "{\"v\":1,\"id\":\"%.*s\",\"status\":\"ok\"%s%s}", (int)id.size, id.data,
                 *fields != '\0' ? "," : "", fields) < 0)
        abort();
    uint8_t *bytes = json_to_wire(json, strlen(json), arena, &size, &errors);
    if (bytes == NULL) {
        fprintf(stderr, "the script's JSON is wrong: %s\n", json);
        abort();
    }
    fake_send(request, bytes, size);
    free(json);
    arena_free(arena);
}

static inline bool fake_is(const struct fake_request *request, const char *type)
{
    return text_is(tree_text(request->tree, "type"), type);
}

static inline void fake_take(struct fake_server *server, void *socket, struct arena *arena)
{
    struct fake_request request = {.server = server, .socket = socket, .count = server->seen};
    static _Thread_local uint8_t bytes[WIRE_REQUEST_MAX + 1];
    int size = zmq_recv(socket, request.peer, sizeof request.peer, 0);
    if (size < 0)
        return;
    request.peer_size = (size_t)size;
    size = zmq_recv(socket, bytes, sizeof bytes, 0);
    struct errors errors = {.count = 0};
    arena_reset(arena);
    request.bytes = bytes;
    request.size = (size_t)size;
    request.tree = wire_unpack(bytes, request.size, arena, &errors);
    if (request.tree == NULL || server->seen == FAKE_SEEN_MAX)
        abort();
    struct text id = tree_text(request.tree, "id");
    snprintf(server->ids[server->seen], sizeof server->ids[0], "%.*s", (int)id.size, id.data);
    for (size_t i = 0; i < request.size; i++)
        server->sums[server->seen] = server->sums[server->seen] * 31 + bytes[i];
    server->seen++;
    server->answer(&request);
}

static inline void *fake_bind(struct fake_server *server, int type, const char *name)
{
    char endpoint[128];
    int none = 0;
    void *socket = zmq_socket(server->context, type);
    snprintf(endpoint, sizeof endpoint, "ipc://%s/%s", server->run, name);
    zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof none);
    if (socket == NULL || zmq_bind(socket, endpoint) != 0)
        abort();
    return socket;
}

static inline void fake_follow(struct fake_server *server)
{
    char message[64] = "";
    zmq_recv(server->feed, message, sizeof message, 0);
    if (message[0] == 1 && server->subscribed != NULL)
        server->subscribed(server);
}

static inline void *fake_main(void *data)
{
    struct fake_server *server = data;
    void *intake = fake_bind(server, ZMQ_ROUTER, "intake.sock");
    void *query = fake_bind(server, ZMQ_ROUTER, "query.sock");
    void *control = zmq_socket(server->context, ZMQ_PAIR);
    struct arena *arena = arena_create(4 << 20);
    server->feed = fake_bind(server, ZMQ_XPUB, "feed.sock");
    zmq_connect(control, "inproc://control");
    zmq_send(control, "up", 2, 0);
    zmq_pollitem_t items[] = {{intake, 0, ZMQ_POLLIN, 0},
                              {query, 0, ZMQ_POLLIN, 0},
                              {control, 0, ZMQ_POLLIN, 0},
                              {server->feed, 0, ZMQ_POLLIN, 0}};
    while (zmq_poll(items, 4, -1) >= 0 && items[2].revents == 0) {
        if (items[3].revents != 0)
            fake_follow(server);
        for (int i = 0; i < 2; i++)
            if (items[i].revents != 0)
                fake_take(server, items[i].socket, arena);
    }
    zmq_close(intake);
    zmq_close(query);
    zmq_close(server->feed);
    zmq_close(control);
    arena_free(arena);
    return NULL;
}

/* Publishes a message of the feed; from the script only. */
static inline void fake_publish(struct fake_server *server, const char *topic, const char *json)
{
    struct errors errors = {.count = 0};
    struct arena *arena = arena_create(1 << 20);
    size_t size = 0;
    uint8_t *bytes = json_to_wire(json, strlen(json), arena, &size, &errors);
    zmq_send(server->feed, topic, strlen(topic), ZMQ_SNDMORE);
    zmq_send(server->feed, bytes, size, 0);
    arena_free(arena);
}

/* Starts serving in a directory of its own, or again in the one it had. */
static inline void fake_start(struct fake_server *server, fake_answer_fn *answer, void *data)
{
    char word[8];
    if (server->directory[0] == '\0') {
        snprintf(server->directory, sizeof server->directory, "/tmp/passerelle-test-XXXXXX");
        if (mkdtemp(server->directory) == NULL)
            abort();
        snprintf(server->run, sizeof server->run, "%s/run", server->directory);
        if (mkdir(server->run, 0700) != 0)
            abort();
    }
    server->answer = answer;
    server->data = data;
    server->seen = 0;
    memset(server->sums, 0, sizeof server->sums);
    server->context = zmq_ctx_new();
    server->control = zmq_socket(server->context, ZMQ_PAIR);
    zmq_bind(server->control, "inproc://control");
    if (pthread_create(&server->thread, NULL, fake_main, server) != 0)
        abort();
    zmq_recv(server->control, word, sizeof word, 0);
}

static inline void fake_stop(struct fake_server *server)
{
    zmq_send(server->control, "stop", 4, 0);
    pthread_join(server->thread, NULL);
    zmq_close(server->control);
    zmq_ctx_term(server->context);
}

static inline void fake_remove(struct fake_server *server)
{
    static const char *const names[] = {"intake.sock", "query.sock", "feed.sock"};
    char path[160];
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", server->run, names[i]);
        unlink(path);
    }
    rmdir(server->run);
    rmdir(server->directory);
    server->directory[0] = '\0';
}

#endif
