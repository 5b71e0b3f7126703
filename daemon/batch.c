#include "daemon/batch.h"

#include "daemon/event_arguments.h"
#include "runtime/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

enum {
    EVENTS_MAX = 64, /* in one call: some milliseconds of the store's time at most */
    BYTES_MAX = 256 * 1024,
    ARGUMENTS_MAX = EVENTS_MAX * EVENT_ARGUMENTS_MAX,
    HEAD_ARGUMENTS = 5,  /* FCALL event_commit 1 <key> <now> */
    GROUP_ARGUMENTS = 2, /* <events> <arguments of each>; what they are about is theirs */
    CALL_ARGUMENTS_MAX = HEAD_ARGUMENTS + EVENTS_MAX * GROUP_ARGUMENTS + ARGUMENTS_MAX,
    NUMBER_SIZE = 24,
};

struct argument {
    size_t at, size; /* in bytes */
};

struct entry {
    redis_link_reply_fn *done;
    void *arg;
    bool put;
    int first, argc; /* of arguments */
};

struct batch {
    TAILQ_ENTRY(batch) next; /* while it gathers */
    struct batches *batches;
    struct territory *territory;
    unsigned count;
    struct entry entries[EVENTS_MAX];
    int argc;
    struct argument arguments[ARGUMENTS_MAX];
    size_t used, room;
    char *bytes; /* of all arguments */
};

/* A call of event_commit, taking shape. */
struct call {
    int argc;
    const char *argv[CALL_ARGUMENTS_MAX];
    size_t sizes[CALL_ARGUMENTS_MAX];
    char numbers[1 + EVENTS_MAX * GROUP_ARGUMENTS][NUMBER_SIZE]; /* texts that argv points to */
    int numbers_used;
};

struct batches {
    struct store *store;
    TAILQ_HEAD(batch_list, batch) gathering;
    struct event *due;
    size_t pending;
};

static void batch_free(struct batch *batch)
{
    free(batch->bytes);
    free(batch);
}

static struct batch *batch_create(struct batches *batches, struct territory *territory)
{
    struct batch *batch = calloc(1, sizeof *batch);

    if (batch != NULL) {
        batch->batches = batches;
        batch->territory = territory;
    }
    return batch;
}

static bool batch_reserve(struct batch *batch, size_t bytes)
{
    size_t room = batch->room != 0 ? batch->room : 4096;

    while (room < batch->used + bytes)
        room *= 2;
    char *grown = room > batch->room ? realloc(batch->bytes, room) : batch->bytes;
    if (grown == NULL)
        return false;
    batch->bytes = grown;
    batch->room = room;
    return true;
}

static void batch_put(struct batch *batch, const void *data, size_t size)
{
    memcpy(batch->bytes + batch->used, data, size);
    batch->arguments[batch->argc++] = (struct argument){batch->used, size};
    batch->used += size;
}

/* Adds an event; false when out of memory. */
static bool batch_add(struct batch *batch, const struct entry *entry, const char *const *argv,
                      const size_t *sizes)
{
    size_t bytes = 0;

    for (int i = 0; i < entry->argc; i++)
        bytes += sizes[i];
    if (!batch_reserve(batch, bytes))
        return false;
    batch->entries[batch->count] = *entry;
    batch->entries[batch->count++].first = batch->argc;
    for (int i = 0; i < entry->argc; i++)
        batch_put(batch, argv[i], sizes[i]);
    return true;
}

/* Tells every event its part of the answer: reply is an array of one for each, or of no use. */
static void batch_finish(struct batch *batch, const redisReply *reply)
{
    bool whole =
        reply != NULL && reply->type == REDIS_REPLY_ARRAY && reply->elements == batch->count;

    batch->batches->pending -= batch->count;
    for (unsigned i = 0; i < batch->count; i++)
        batch->entries[i].done(batch->entries[i].arg, whole ? reply->element[i] : reply);
    batch_free(batch);
}

static void call_add(struct call *call, const char *data, size_t size)
{
    call->argv[call->argc] = data;
    call->sizes[call->argc++] = size;
}

static void call_number(struct call *call, int64_t number)
{
    char *text = call->numbers[call->numbers_used++];
    int size = snprintf(text, NUMBER_SIZE, "%lld", (long long)number);

    call_add(call, text, (size_t)size);
}

static void call_argument(struct call *call, const struct batch *batch, unsigned event, int index)
{
    const struct argument *argument = &batch->arguments[batch->entries[event].first + index];

    call_add(call, batch->bytes + argument->at, argument->size);
}

/* How many arguments there are of the events of a group. All puts have as many, and those at their
 * end that are empty in every one are left out. */
static int group_arguments(const struct batch *batch, unsigned first, unsigned count)
{
    int argc = batch->entries[first].argc;

    for (bool empty = batch->entries[first].put; empty; argc -= empty)
        for (unsigned i = first; empty && i < first + count; i++)
            empty = batch->arguments[batch->entries[i].first + argc - 1].size == 0;
    return argc;
}

/* Adds events as one group: what they are about, then all their first arguments, all second ones,
 * and so on. */
static void call_group(struct call *call, const struct batch *batch, unsigned first, unsigned count)
{
    int argc = group_arguments(batch, first, count);

    call_number(call, count);
    call_number(call, argc - 1);
    call_argument(call, batch, first, 0);
    for (int j = 1; j < argc; j++) {
        for (unsigned i = first; i < first + count; i++)
            call_argument(call, batch, i, j);
    }
}

static bool is_about_the_same(const struct batch *batch, unsigned left, unsigned right)
{
    const struct argument *what = &batch->arguments[batch->entries[left].first];
    const struct argument *other = &batch->arguments[batch->entries[right].first];

    return what->size == other->size &&
           memcmp(batch->bytes + what->at, batch->bytes + other->at, what->size) == 0;
}

/* Puts in a row that are about the same make one group; every other event is one of its own. */
static unsigned group_size(const struct batch *batch, unsigned first)
{
    unsigned end = first + 1;

    while (batch->entries[first].put && end < batch->count && batch->entries[end].put &&
           is_about_the_same(batch, first, end))
        end++;
    return end - first;
}

static void on_answered(void *arg, const redisReply *reply);

static bool batch_call(struct batch *batch)
{
    struct call call = {.argc = 0};
    const char *key = batch->territory->key;

    call_add(&call, "FCALL", 5);
    call_add(&call, "event_commit", 12);
    call_add(&call, "1", 1);
    call_add(&call, key, strlen(key));
    call_number(&call, clock_wall_ms());
    for (unsigned i = 0, count; i < batch->count; i += count) {
        count = group_size(batch, i);
        call_group(&call, batch, i, count);
    }
    return store_commit(batch->batches->store, on_answered, batch, call.argc, call.argv,
                        call.sizes);
}

static void batch_send(struct batch *batch)
{
    batch->territory->calls_under_way++;
    batch->territory->events_under_way += batch->count;
    if (!batch_call(batch))
        on_answered(batch, NULL);
}

static void batch_send_gathered(struct batch *batch)
{
    TAILQ_REMOVE(&batch->batches->gathering, batch, next);
    batch->territory->gathering = NULL;
    batch_send(batch);
}

/* Sends one event of a batch in a call of its own. */
static void batch_send_alone(const struct batch *batch, const struct entry *entry)
{
    struct batch *alone = batch_create(batch->batches, batch->territory);
    const char *argv[EVENT_ARGUMENTS_MAX];
    size_t sizes[EVENT_ARGUMENTS_MAX];

    for (int i = 0; i < entry->argc; i++) {
        argv[i] = batch->bytes + batch->arguments[entry->first + i].at;
        sizes[i] = batch->arguments[entry->first + i].size;
    }
    if (alone != NULL && batch_add(alone, entry, argv, sizes)) {
        batch_send(alone);
        return;
    }
    if (alone != NULL)
        batch_free(alone);
    batch->batches->pending--;
    entry->done(entry->arg, NULL);
}

static bool is_malformed(const redisReply *reply)
{
    return reply != NULL && reply->type == REDIS_REPLY_ERROR &&
           strncmp(reply->str, "MALFORMED", strlen("MALFORMED")) == 0;
}

/* The store refused the call as a whole, and wrote nothing: which of the events it is about, each
 * finds out by itself. */
static void batch_send_apart(struct batch *batch)
{
    for (unsigned i = 0; i < batch->count; i++)
        batch_send_alone(batch, &batch->entries[i]);
    batch_free(batch);
}

static void on_answered(void *arg, const redisReply *reply)
{
    struct batch *batch = arg;
    struct batches *batches = batch->batches;

    batch->territory->calls_under_way--;
    batch->territory->events_under_way -= batch->count;
    if (!TAILQ_EMPTY(&batches->gathering))
        event_active(batches->due, EV_TIMEOUT, 0);
    if (batch->count > 1 && is_malformed(reply))
        batch_send_apart(batch);
    else
        batch_finish(batch, reply);
}

/* One call is synced while the next is decoded: halves of what is under way keep both the store and
 * us busy, and share each sync among as many events as can be had. */
static bool is_due(const struct batch *batch)
{
    const struct territory *territory = batch->territory;

    return territory->calls_under_way == 0 ||
           (territory->calls_under_way == 1 && batch->count >= territory->events_under_way);
}

static void on_due(evutil_socket_t fd, short what, void *arg)
{
    struct batches *batches = arg;
    struct batch *batch, *next;

    (void)fd, (void)what;
    for (batch = TAILQ_FIRST(&batches->gathering); batch != NULL; batch = next) {
        next = TAILQ_NEXT(batch, next);
        if (is_due(batch))
            batch_send_gathered(batch);
    }
}

/* The batch that has room for so many bytes more; a full one is sent first. */
static struct batch *batch_for(struct batches *batches, struct territory *territory, size_t bytes)
{
    struct batch *batch = territory->gathering;

    if (batch != NULL && (batch->count == EVENTS_MAX || batch->used + bytes > BYTES_MAX))
        batch_send_gathered(batch);
    else if (batch != NULL)
        return batch;
    batch = batch_create(batches, territory);
    if (batch == NULL)
        return NULL;
    territory->gathering = batch;
    TAILQ_INSERT_TAIL(&batches->gathering, batch, next);
    return batch;
}

/* One that gathers, and nothing came of it. */
static void batch_forget(struct batch *batch)
{
    TAILQ_REMOVE(&batch->batches->gathering, batch, next);
    batch->territory->gathering = NULL;
    batch_free(batch);
}

bool batches_add(struct batches *batches, struct territory *territory, bool put,
                 redis_link_reply_fn *done, void *arg, int argc, const char *const *argv,
                 const size_t *sizes)
{
    const struct entry entry = {.done = done, .arg = arg, .put = put, .argc = argc};
    size_t bytes = 0;

    for (int i = 0; i < argc; i++)
        bytes += sizes[i];
    if (argc > EVENT_ARGUMENTS_MAX || !store_up(batches->store))
        return false;
    struct batch *batch = batch_for(batches, territory, bytes);
    if (batch == NULL)
        return false;
    if (!batch_add(batch, &entry, argv, sizes)) {
        if (batch->count == 0)
            batch_forget(batch);
        return false;
    }
    batches->pending++;
    event_active(batches->due, EV_TIMEOUT, 0);
    return true;
}

struct batches *batches_create(struct event_base *base, struct store *store)
{
    struct batches *batches = calloc(1, sizeof *batches);

    if (batches == NULL)
        return NULL;
    batches->store = store;
    TAILQ_INIT(&batches->gathering);
    batches->due = event_new(base, -1, 0, on_due, batches);
    if (batches->due == NULL) {
        free(batches);
        return NULL;
    }
    return batches;
}

void batches_free(struct batches *batches)
{
    struct batch *batch;

    if (batches == NULL)
        return;
    while ((batch = TAILQ_FIRST(&batches->gathering)) != NULL) {
        TAILQ_REMOVE(&batches->gathering, batch, next);
        batch->territory->gathering = NULL;
        batch_finish(batch, NULL);
    }
    event_free(batches->due);
    free(batches);
}

size_t batches_pending(const struct batches *batches)
{
    return batches->pending;
}
