#include "zmq_watch.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/time.h>
#include <zmq.h>

/* Calls in one turn of the loop, so that one busy socket does not starve the others. */
enum { BUDGET = 64 };

struct zmq_watch {
    void *socket;
    zmq_watch_fn *on_readable;
    void *arg;
    struct event *readable;
    /* A timer of zero rather than event_active(): an event made active from a callback runs in the
     * same turn, before anything else is looked at. */
    struct event *again;
    bool again_set;
    bool paused;
};

static void watch_again(struct zmq_watch *watch)
{
    static const struct timeval at_once = {0, 0};
    if (!watch->again_set)
        watch->again_set = evtimer_add(watch->again, &at_once) == 0;
}

/* Asking for ZMQ_EVENTS is also what arms ZMQ_FD again. */
static bool message_waits(void *socket)
{
    int events = 0;
    size_t size = sizeof events;
    return zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLIN) != 0;
}

/* Takes messages until there is none: asking whether one waits costs two system calls each. */
static void watch_drain(struct zmq_watch *watch, int *calls)
{
    enum zmq_watch_step step = ZMQ_WATCH_TOOK;

    for (; step == ZMQ_WATCH_TOOK && !watch->paused && *calls < BUDGET; ++*calls)
        step = watch->on_readable(watch->arg);
    if (step == ZMQ_WATCH_PAUSE)
        watch->paused = true;
}

static void watch_serve(struct zmq_watch *watch)
{
    int calls = 0;

    while (message_waits(watch->socket)) {
        if (watch->paused)
            return;
        if (calls == BUDGET) {
            watch_again(watch);
            return;
        }
        watch_drain(watch, &calls);
    }
}

static void on_fd(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    watch_serve(arg);
}

static void on_again(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    struct zmq_watch *watch = arg;
    watch->again_set = false;
    watch_serve(watch);
}

struct zmq_watch *zmq_watch_create(struct event_base *base, void *socket, zmq_watch_fn *on_readable,
                                   void *arg)
{
    int fd = -1;
    size_t size = sizeof fd;
    struct zmq_watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        return NULL;
    watch->socket = socket;
    watch->on_readable = on_readable;
    watch->arg = arg;
    if (zmq_getsockopt(socket, ZMQ_FD, &fd, &size) == 0) {
        watch->readable = event_new(base, fd, EV_READ | EV_PERSIST, on_fd, watch);
        watch->again = evtimer_new(base, on_again, watch);
    }
    if (!watch->readable || !watch->again || event_add(watch->readable, NULL) != 0) {
        zmq_watch_free(watch);
        return NULL;
    }
    watch_again(watch); /* a message may have come before the watch did */
    return watch;
}

void zmq_watch_free(struct zmq_watch *watch)
{
    if (!watch)
        return;
    if (watch->readable)
        event_free(watch->readable);
    if (watch->again)
        event_free(watch->again);
    free(watch);
}

void zmq_watch_pause(struct zmq_watch *watch)
{
    watch->paused = true;
}

void zmq_watch_resume(struct zmq_watch *watch)
{
    watch->paused = false;
    watch_again(watch);
}

void zmq_watch_kick(struct zmq_watch *watch)
{
    if (!watch->paused)
        watch_again(watch);
}

static bool set_int(void *socket, int option, int value)
{
    return zmq_setsockopt(socket, option, &value, sizeof value) == 0;
}

static int or_default(int value, int otherwise)
{
    return value != 0 ? value : otherwise;
}

static bool socket_limit(void *socket, int type, const struct zmq_limits *limits)
{
    int64_t bytes = limits->message_bytes != 0 ? limits->message_bytes : 1024 * 1024;
    int queue = or_default(limits->queue, 1000);
    int beat = or_default(limits->heartbeat_ms, 10000);
    int linger = or_default(limits->linger_ms, 500);
    return zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &bytes, sizeof bytes) == 0 &&
           set_int(socket, ZMQ_SNDHWM, queue) && set_int(socket, ZMQ_RCVHWM, queue) &&
           set_int(socket, ZMQ_HANDSHAKE_IVL, or_default(limits->handshake_ms, 5000)) &&
           set_int(socket, ZMQ_HEARTBEAT_IVL, beat) &&
           set_int(socket, ZMQ_HEARTBEAT_TIMEOUT, 3 * beat) &&
           set_int(socket, ZMQ_HEARTBEAT_TTL, 3 * beat) &&
           set_int(socket, ZMQ_LINGER, linger < 0 ? 0 : linger) &&
           set_int(socket, ZMQ_RECONNECT_IVL_MAX, 2000) && set_int(socket, ZMQ_IPV6, 0) &&
           (type != ZMQ_ROUTER || set_int(socket, ZMQ_ROUTER_MANDATORY, 1));
}

void *zmq_socket_bounded(void *context, int type, const struct zmq_limits *limits)
{
    static const struct zmq_limits defaults = {0};
    void *socket = zmq_socket(context, type);
    if (!socket)
        return NULL;
    if (!socket_limit(socket, type, limits ? limits : &defaults)) {
        int saved = errno;
        zmq_close(socket);
        errno = saved;
        return NULL;
    }
    return socket;
}
