#include "redis_link.h"

#include "clock.h"
#include "redis_attach.h"
#include "redis_options.h"

#include <fcntl.h>
#include <hiredis/sds.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

enum { RETRY_FIRST_MS = 50, RETRY_LAST_MS = 2000, REASON_SIZE = 192 };
/* A loop that comes to its deadlines this late was itself held up, and judges nobody. */
enum { HELD_UP_MS = 1000 };

enum link_state {
    LINK_DOWN,       /* no context; `turn` will connect */
    LINK_CONNECTING, /* until connected and authenticated */
    LINK_PREPARING,  /* the caller's on_connected is at work */
    LINK_UP,
    LINK_FALLING, /* nothing may be sent; `turn` will drop the context and what is pending */
};

struct pending {
    redis_link_reply_fn *callback; /* NULL: nobody waits */
    void *arg;
    int64_t deadline_ms;
};

/* User code runs in calls from link_call_*() alone, never inside hiredis's connect or disconnect
 * callbacks; `depth` counts those calls, so that redis_link_free() works within them. */
struct redis_link {
    struct event_base *base;
    redis_link_state_fn *on_state;
    void *on_state_arg;
    struct redis_link_options options; /* texts are owned */
    enum link_state state;
    redisAsyncContext *context; /* its `data` is this link; NULL once given up */
    struct event *turn;
    struct event *deadline;
    int64_t deadline_due_ms; /* when `deadline` is set to fire; 0: not set */
    int64_t connect_due_ms;
    int retry_ms;
    char reason[REASON_SIZE];
    struct pending *ring; /* options.pending_max of them; first in, first out */
    size_t first;
    size_t count;
    size_t unfinished; /* bytes read since the last reply was complete */
    unsigned depth;
    bool freed;
};

static void timer_set(struct event *timer, int64_t delay_ms)
{
    if (delay_ms < 0)
        delay_ms = 0;
    struct timeval delay = {.tv_sec = (time_t)(delay_ms / 1000),
                            .tv_usec = (suseconds_t)(delay_ms % 1000 * 1000)};
    evtimer_add(timer, &delay);
}

static void deadline_set(struct redis_link *link, int64_t due_ms)
{
    link->deadline_due_ms = due_ms;
    timer_set(link->deadline, due_ms - clock_monotonic_ms());
}

static void link_destroy(struct redis_link *link)
{
    redis_options_clear(&link->options);
    free(link->ring);
    free(link);
}

static void link_leave(struct redis_link *link)
{
    if (--link->depth == 0 && link->freed)
        link_destroy(link);
}

/* Marks the connection as lost; the rest happens on the loop's next turn. */
static void link_fall(struct redis_link *link, const char *reason)
{
    if (link->state == LINK_DOWN || link->state == LINK_FALLING)
        return;
    link->state = LINK_FALLING;
    snprintf(link->reason, sizeof link->reason, "%s", reason);
    timer_set(link->turn, 0);
}

static struct pending pending_take(struct redis_link *link)
{
    struct pending taken = link->ring[link->first];
    link->first = (link->first + 1) % link->options.pending_max;
    link->count--;
    return taken;
}

static void pending_fail(struct redis_link *link)
{
    while (link->count > 0) {
        struct pending taken = pending_take(link);
        if (taken.callback)
            taken.callback(taken.arg, NULL);
    }
}

/* Lets go of the context; hiredis frees it now, or when the callback we are in returns. */
static void context_drop(struct redis_link *link)
{
    redisAsyncContext *context = link->context;
    link->context = NULL;
    if (context) {
        context->data = NULL;
        redisAsyncFree(context);
    }
}

/* Bytes that no command asked for. hiredis asserts on them, unless they are an error. */
static bool is_unasked(const struct redis_link *link, char first)
{
    return link->count == 0 && first != '-';
}

static void on_reply(redisAsyncContext *context, void *reply, void *arg)
{
    (void)arg;
    struct redis_link *link = context->data;
    if (!link || link->count == 0)
        return;
    struct pending taken = pending_take(link);
    const redisReader *reader = context->c.reader;
    link->unfinished = 0;
    link->depth++;
    if (!reply) {
        link_fall(link, context->c.errstr[0] ? context->c.errstr : "connection lost");
    } else if (reader->pos < reader->len && is_unasked(link, reader->buf[reader->pos])) {
        link_fall(link, "a reply that nobody asked for");
        context_drop(link);
    }
    if (taken.callback)
        taken.callback(taken.arg, reply);
    link_leave(link);
}

static bool before_read(redisAsyncContext *context, size_t waiting)
{
    struct redis_link *link = context->data;
    size_t taken = waiting < REDIS_READ_SIZE ? waiting : REDIS_READ_SIZE;
    char first = '-';
    if (!link || link->state == LINK_CONNECTING)
        return true;
    if (link->count == 0 && waiting > 0 &&
        recv(context->c.fd, &first, 1, MSG_PEEK | MSG_DONTWAIT) == 1 && is_unasked(link, first)) {
        link_fall(link, "a reply that nobody asked for");
        return false;
    }
    link->unfinished += taken;
    if (link->unfinished > link->options.reply_max) {
        link_fall(link, "a reply over its limit");
        return false;
    }
    return link->state != LINK_FALLING;
}

/* The one place where commands are handed to hiredis. */
static bool command_send(struct redis_link *link, redis_link_reply_fn *callback, void *arg,
                         int argc, const char *const *argv, const size_t *argvlen)
{
    redisAsyncContext *context = link->context;
    size_t size = 16;
    for (int i = 0; i < argc; i++)
        size += argvlen[i] + 16;
    if (link->count == link->options.pending_max ||
        size > link->options.queued_max - sdslen(context->c.obuf))
        return false;
    const redisCallback *last = context->replies.tail;
    if (redisAsyncCommandArgv(context, on_reply, NULL, argc, (const char **)(uintptr_t)argv,
                              argvlen) != REDIS_OK)
        return false;
    if (context->replies.tail == last) { /* hiredis does not tell that it had no memory for it */
        link_fall(link, "out of memory");
        return false;
    }
    int64_t due_ms = clock_monotonic_ms() + link->options.reply_ms;
    size_t at = (link->first + link->count) % link->options.pending_max;
    link->ring[at] = (struct pending){callback, arg, due_ms};
    link->count++;
    if (link->deadline_due_ms == 0 || due_ms < link->deadline_due_ms)
        deadline_set(link, due_ms);
    return true;
}

bool redis_link_send(struct redis_link *link, redis_link_reply_fn *callback, void *arg, int argc,
                     const char *const *argv, const size_t *argvlen)
{
    return link->state == LINK_UP && command_send(link, callback, arg, argc, argv, argvlen);
}

bool redis_link_send_early(struct redis_link *link, redis_link_reply_fn *callback, void *arg,
                           int argc, const char *const *argv, const size_t *argvlen)
{
    return link->state == LINK_PREPARING && command_send(link, callback, arg, argc, argv, argvlen);
}

void redis_link_ready(struct redis_link *link)
{
    if (link->state != LINK_PREPARING)
        return;
    link->state = LINK_UP;
    link->retry_ms = RETRY_FIRST_MS;
    link->depth++;
    link->on_state(link->on_state_arg, true, "");
    link_leave(link);
}

void redis_link_refuse(struct redis_link *link, const char *reason)
{
    link_fall(link, reason);
}

static void on_auth(void *arg, const redisReply *reply)
{
    struct redis_link *link = arg;
    if (reply && reply->type == REDIS_REPLY_ERROR)
        link_fall(link, reply->str);
}

/* PING shows whether the server serves us at all. Not being allowed to PING is no obstacle. */
static void on_ping(void *arg, const redisReply *reply)
{
    struct redis_link *link = arg;
    if (!reply || link->state != LINK_CONNECTING)
        return;
    if (reply->type == REDIS_REPLY_ERROR && strncmp(reply->str, "NOPERM", 6) != 0) {
        link_fall(link, reply->str);
        return;
    }
    link->state = LINK_PREPARING;
    if (link->options.on_connected)
        link->options.on_connected(link->options.on_connected_arg, link);
    else
        redis_link_ready(link);
}

static bool greet(struct redis_link *link)
{
    const char *user = link->options.user;
    const char *password = link->options.password;
    if (password) {
        const char *auth[] = {"AUTH", user ? user : password, password};
        const size_t sizes[] = {4, strlen(auth[1]), strlen(password)};
        if (!command_send(link, on_auth, link, user ? 3 : 2, auth, sizes))
            return false;
    }
    static const char *const ping[] = {"PING"};
    static const size_t ping_size[] = {4};
    return command_send(link, on_ping, link, 1, ping, ping_size);
}

/* Nothing but bookkeeping here: freeing the context within this callback would crash. */
static void on_connect(const redisAsyncContext *context, int status)
{
    struct redis_link *link = context->data;
    if (!link)
        return;
    if (status != REDIS_OK) {
        link->context = NULL; /* hiredis frees it */
        link_fall(link, context->c.errstr);
    } else if (!greet(link)) {
        link_fall(link, "out of memory");
    }
}

static void on_disconnect(const redisAsyncContext *context, int status)
{
    (void)status;
    struct redis_link *link = context->data;
    if (!link)
        return;
    link->context = NULL;
    link_fall(link, context->c.errstr[0] ? context->c.errstr : "connection lost");
}

static redisAsyncContext *context_open(const struct redis_link_options *options)
{
    return options->socket ? redisAsyncConnectUnix(options->socket)
                           : redisAsyncConnect(options->host, options->port);
}

static void link_connect(struct redis_link *link)
{
    redisAsyncContext *context = context_open(&link->options);
    link->state = LINK_CONNECTING;
    link->unfinished = 0;
    link->connect_due_ms = clock_monotonic_ms() + link->options.connect_ms;
    if (!context) {
        link_fall(link, "out of memory");
        return;
    }
    if (context->err != 0) {
        link_fall(link, context->errstr);
        redisAsyncFree(context);
        return;
    }
    fcntl(context->c.fd, F_SETFD, FD_CLOEXEC);
    if (!redis_attach(link->base, context, before_read)) {
        link_fall(link, "out of memory");
        redisAsyncFree(context);
        return;
    }
    context->data = link;
    link->context = context;
    redisAsyncSetConnectCallback(context, on_connect);
    redisAsyncSetDisconnectCallback(context, on_disconnect);
    deadline_set(link, link->connect_due_ms);
}

static void link_drop(struct redis_link *link)
{
    context_drop(link);
    evtimer_del(link->deadline);
    link->deadline_due_ms = 0;
    pending_fail(link);
    if (link->freed)
        return;
    link->state = LINK_DOWN;
    int wait_ms = link->retry_ms * 3 / 4 + (int)randombytes_uniform((uint32_t)link->retry_ms / 2);
    link->retry_ms = link->retry_ms * 2 < RETRY_LAST_MS ? link->retry_ms * 2 : RETRY_LAST_MS;
    timer_set(link->turn, wait_ms);
    link->on_state(link->on_state_arg, false, link->reason);
}

static void on_turn(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    struct redis_link *link = arg;
    link->depth++;
    if (link->state == LINK_FALLING)
        link_drop(link);
    else if (link->state == LINK_DOWN)
        link_connect(link);
    link_leave(link);
}

/* When the next deadline is due; 0: there is none. */
static int64_t deadline_next(const struct redis_link *link)
{
    if (link->state == LINK_CONNECTING)
        return link->connect_due_ms;
    return link->count > 0 ? link->ring[link->first].deadline_ms : 0;
}

static void on_deadline(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    struct redis_link *link = arg;
    int64_t now_ms = clock_monotonic_ms();
    int64_t next_ms = deadline_next(link);
    bool held_up = now_ms - link->deadline_due_ms > HELD_UP_MS;
    link->deadline_due_ms = 0;
    if (link->state == LINK_FALLING || next_ms == 0)
        return;
    if (next_ms > now_ms)
        deadline_set(link, next_ms);
    else if (held_up)
        deadline_set(link, now_ms + HELD_UP_MS);
    else
        link_fall(link,
                  link->state == LINK_CONNECTING ? "no connection in time" : "no reply in time");
}

struct redis_link *redis_link_create(struct event_base *base,
                                     const struct redis_link_options *options,
                                     redis_link_state_fn *on_state, void *arg)
{
    struct redis_link *link = calloc(1, sizeof *link);
    if (!link)
        return NULL;
    link->base = base;
    link->on_state = on_state;
    link->on_state_arg = arg;
    link->retry_ms = RETRY_FIRST_MS;
    bool complete = redis_options_copy(&link->options, options);
    link->ring = calloc(link->options.pending_max, sizeof *link->ring);
    link->turn = evtimer_new(base, on_turn, link);
    link->deadline = evtimer_new(base, on_deadline, link);
    if (!complete || !link->ring || !link->turn || !link->deadline) {
        redis_link_free(link);
        return NULL;
    }
    timer_set(link->turn, 0);
    return link;
}

void redis_link_free(struct redis_link *link)
{
    if (!link || link->freed)
        return;
    link->freed = true;
    link->depth++;
    link->state = LINK_DOWN;
    context_drop(link);
    pending_fail(link);
    if (link->turn)
        event_free(link->turn);
    if (link->deadline)
        event_free(link->deadline);
    link->turn = link->deadline = NULL;
    link_leave(link);
}

bool redis_link_up(const struct redis_link *link)
{
    return link->state == LINK_UP;
}

size_t redis_link_pending(const struct redis_link *link)
{
    return link->count;
}

size_t redis_link_room(const struct redis_link *link)
{
    return link->state == LINK_UP ? link->options.pending_max - link->count : 0;
}
