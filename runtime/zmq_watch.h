/* Serves a ZeroMQ socket from a libevent loop. ZMQ_FD only speaks up when the socket's state
 * changes, and any send or receive may swallow that change, so nothing else may touch it. */
#ifndef PASSERELLE_RUNTIME_ZMQ_WATCH_H
#define PASSERELLE_RUNTIME_ZMQ_WATCH_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

/* What became of a call of on_readable: it took one whole message, there was none, or the watch is
 * to pause. */
enum zmq_watch_step { ZMQ_WATCH_TOOK, ZMQ_WATCH_NONE, ZMQ_WATCH_PAUSE };
/* Receives with ZMQ_DONTWAIT. */
typedef enum zmq_watch_step zmq_watch_fn(void *arg);

struct zmq_watch;

/* Calls on_readable while messages wait, at most 64 times a turn of the loop, from the loop
 * only. The socket stays the caller's and must outlive the watch. NULL when out of memory. */
struct zmq_watch *zmq_watch_create(struct event_base *base, void *socket, zmq_watch_fn *on_readable,
                                   void *arg);
/* Not from within on_readable. NULL is fine. */
void zmq_watch_free(struct zmq_watch *watch);

/* Stops calling on_readable, as ZMQ_WATCH_PAUSE does: back-pressure. */
void zmq_watch_pause(struct zmq_watch *watch);
void zmq_watch_resume(struct zmq_watch *watch);
/* To be called after any send on the socket. Cheap; needless within on_readable. */
void zmq_watch_kick(struct zmq_watch *watch);

/* What a socket is held to. Zero means the default in brackets. */
struct zmq_limits {
    int64_t message_bytes; /* of one frame received [1 MiB] */
    int queue;             /* messages waiting, each way and peer [1000] */
    int handshake_ms;      /* [5000] */
    int heartbeat_ms;      /* between pings; a silent peer is dropped after three [10000] */
    int linger_ms;         /* at close [500]; -1: none */
};

/* A socket of that type with every limit set: also ROUTER_MANDATORY for a ROUTER, no IPv6.
 * NULL limits: all defaults. NULL with errno set on failure. The caller zmq_close()s it. */
void *zmq_socket_bounded(void *context, int type, const struct zmq_limits *limits);

#endif
