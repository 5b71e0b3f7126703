#include "bench/talk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

enum { REPLY_MEMORY = 16 << 20, SECONDS_PER_DAY = 86400 };

void talk_die(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(EXIT_FAILURE);
}

void talk_open(struct talk *talk, const char *run, const char *territory)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    *talk = (struct talk){.run = run, .territory = territory};
    talk->context = zmq_ctx_new();
    talk->arena = arena_create(REPLY_MEMORY);
    if (talk->context == NULL || talk->arena == NULL)
        talk_die("out of memory");
    snprintf(talk->run_id, sizeof talk->run_id, "%08x%08x", (unsigned)getpid(),
             (unsigned)(now.tv_sec * 1000 + now.tv_nsec / 1000000));
}

void talk_close(struct talk *talk)
{
    zmq_ctx_term(talk->context);
    arena_free(talk->arena);
}

void *talk_socket(struct talk *talk, int type, const char *name, int queue, int wait_ms)
{
    char address[300];
    int linger = 0;
    void *socket = zmq_socket(talk->context, type);

    snprintf(address, sizeof address, "ipc://%s/%s", talk->run, name);
    if (socket == NULL || zmq_setsockopt(socket, ZMQ_SNDHWM, &queue, sizeof queue) != 0 ||
        zmq_setsockopt(socket, ZMQ_RCVHWM, &queue, sizeof queue) != 0 ||
        zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger) != 0 ||
        zmq_setsockopt(socket, ZMQ_RCVTIMEO, &wait_ms, sizeof wait_ms) != 0 ||
        zmq_connect(socket, address) != 0)
        talk_die("%s: %s", address, zmq_strerror(zmq_errno()));
    return socket;
}

void talk_pack(struct talk *talk, enum message_type type, const void *body, msgpack_sbuffer *buffer)
{
    char id[TALK_ID_SIZE];
    msgpack_packer packer;
    struct request request = {.occurred_on = (int32_t)(time(NULL) / SECONDS_PER_DAY)};

    snprintf(id, sizeof id, "%s%08llx", talk->run_id, (unsigned long long)talk->requests++);
    request.id = (struct text){id, (uint32_t)strlen(id)};
    request.territory = (struct text){talk->territory, (uint32_t)strlen(talk->territory)};
    request.has.id = request.has.territory = true;
    request.has.occurred_on = message_info(type)->operation != OPERATION_NONE;
    msgpack_packer_init(&packer, buffer, msgpack_sbuffer_write);
    if (!message_encode(&request, type, body, &packer))
        talk_die("out of memory");
}

static const msgpack_object *take_reply(struct talk *talk, const void *data, size_t size,
                                        struct reply *reply)
{
    struct errors errors = {.count = 0};

    arena_reset(talk->arena);
    const msgpack_object *tree = wire_unpack(data, size, talk->arena, &errors);
    if (tree == NULL || !reply_decode(tree, reply, &errors))
        talk_die("a reply that is none");
    if (reply->status != REPLY_OK)
        talk_die("not ok: %s at %s, expected %s", error_name(errors.item[0].code),
                 errors.item[0].path, errors.item[0].expected);
    return tree;
}

const msgpack_object *talk_ask(struct talk *talk, void *socket, enum message_type type,
                               const void *body)
{
    static char data[WIRE_REPLY_MAX]; /* the tree points here */
    msgpack_sbuffer buffer;
    struct reply reply;

    msgpack_sbuffer_init(&buffer);
    talk_pack(talk, type, body, &buffer);
    zmq_send(socket, buffer.data, buffer.size, 0);
    msgpack_sbuffer_destroy(&buffer);
    int size = zmq_recv(socket, data, sizeof data, 0);
    if (size < 0 || (size_t)size > sizeof data)
        talk_die("no answer: %s", zmq_strerror(zmq_errno()));
    return take_reply(talk, data, (size_t)size, &reply);
}

int64_t talk_revision(struct talk *talk, const void *data, size_t size, uint64_t *request)
{
    struct reply reply;
    char serial[TALK_ID_SIZE];
    size_t run = strlen(talk->run_id);

    take_reply(talk, data, size, &reply);
    if (reply.id.size <= run || memcmp(reply.id.data, talk->run_id, run) != 0)
        talk_die("a reply to somebody else");
    snprintf(serial, sizeof serial, "%.*s", (int)(reply.id.size - run), reply.id.data + run);
    *request = strtoull(serial, NULL, 16);
    return reply.revision;
}

const msgpack_object *talk_value(const msgpack_object *map, const char *key)
{
    size_t size = strlen(key);

    for (uint32_t i = 0; map != NULL && map->type == MSGPACK_OBJECT_MAP && i < map->via.map.size;
         i++) {
        const msgpack_object_kv *pair = &map->via.map.ptr[i];
        if (pair->key.type == MSGPACK_OBJECT_STR && pair->key.via.str.size == size &&
            memcmp(pair->key.via.str.ptr, key, size) == 0)
            return &pair->val;
    }
    return NULL;
}

int64_t talk_number(const msgpack_object *map, const char *key)
{
    const msgpack_object *value = talk_value(map, key);

    if (value == NULL || (value->type != MSGPACK_OBJECT_POSITIVE_INTEGER &&
                          value->type != MSGPACK_OBJECT_NEGATIVE_INTEGER))
        talk_die("a reply without %s", key);
    return value->via.i64;
}

static bool is_territory(const struct talk *talk, const msgpack_object *item)
{
    const msgpack_object *name = talk_value(item, "name");

    return name != NULL && name->type == MSGPACK_OBJECT_STR &&
           name->via.str.size == strlen(talk->territory) &&
           memcmp(name->via.str.ptr, talk->territory, name->via.str.size) == 0;
}

int64_t talk_cursor(struct talk *talk, void *query_socket)
{
    struct overview body = {.has_bits = 0};
    const msgpack_object *list =
        talk_value(talk_ask(talk, query_socket, MESSAGE_STATUS, &body), "territories");
    int64_t lowest = INT64_MAX;

    for (uint32_t i = 0; list != NULL && i < list->via.array.size; i++) {
        const msgpack_object *slots = talk_value(&list->via.array.ptr[i], "slots");
        if (slots == NULL || !is_territory(talk, &list->via.array.ptr[i]))
            continue;
        for (uint32_t s = 0; s < slots->via.array.size; s++) {
            int64_t cursor = talk_number(&slots->via.array.ptr[s], "cursor");
            lowest = cursor < lowest ? cursor : lowest;
        }
    }
    if (lowest == INT64_MAX)
        talk_die("no territory %s", talk->territory);
    return lowest;
}

double talk_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

void talk_sort(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
}

double talk_quantile(const double *sorted, size_t count, double share)
{
    return count > 0 ? sorted[(size_t)((double)(count - 1) * share)] : 0;
}
