/* One connection to Redis in a libevent loop that comes back by itself, with deadlines and bounds
 * on what waits. Request and reply only: no subscriptions, no MONITOR. The process must ignore
 * SIGPIPE, as service.h makes it. */
#ifndef PASSERELLE_RUNTIME_REDIS_LINK_H
#define PASSERELLE_RUNTIME_REDIS_LINK_H

#include <event2/event.h>
#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct redis_link;

/* up: commands may be sent. Down: reason says why, for people; also after each failed attempt to
 * connect. Every command that was pending has had its callback before. */
typedef void redis_link_state_fn(void *arg, bool up, const char *reason);
/* Called exactly once. reply is NULL when the connection was lost before the answer came: whether
 * the command ran is then unknown. It dies when the callback returns. */
typedef void redis_link_reply_fn(void *arg, const redisReply *reply);
/* Connected and authenticated, not yet up: prepare with redis_link_send_early(), then call
 * redis_link_ready() or redis_link_refuse(). */
typedef void redis_link_connected_fn(void *arg, struct redis_link *link);

/* Texts are copied. Zero means the default in brackets. */
struct redis_link_options {
    const char *socket;                    /* of at most 106 bytes; NULL or "": host and port */
    const char *host;                      /* a numeric address, or localhost */
    uint16_t port;                         /* [6379] */
    const char *user;                      /* NULL or "": the default user */
    const char *password;                  /* NULL or "": no AUTH */
    int connect_ms;                        /* until connected and authenticated [2000] */
    int reply_ms;                          /* the oldest command waits at most this [5000] */
    size_t pending_max;                    /* commands without a reply [8192] */
    size_t queued_max;                     /* bytes not yet written [16 MiB] */
    size_t reply_max;                      /* bytes of one reply [64 MiB] */
    redis_link_connected_fn *on_connected; /* NULL: up at once */
    void *on_connected_arg;
};

/* Starts connecting on the loop's next turn; retries for ever, after 50 ms doubling to 2 s.
 * NULL when out of memory or the address is no address. */
struct redis_link *redis_link_create(struct event_base *base,
                                     const struct redis_link_options *options,
                                     redis_link_state_fn *on_state, void *arg);
/* Every pending command gets its callback with NULL; on_state is not called. Safe from within any
 * of the link's callbacks. NULL is fine. */
void redis_link_free(struct redis_link *link);

/* False, and no callback ever, when the link is down or a bound is reached. callback may be NULL.
 * Written once per turn of the loop, however many are sent. argv is copied. */
bool redis_link_send(struct redis_link *link, redis_link_reply_fn *callback, void *arg, int argc,
                     const char *const *argv, const size_t *argvlen);
/* The same while preparing, between on_connected and redis_link_ready. */
bool redis_link_send_early(struct redis_link *link, redis_link_reply_fn *callback, void *arg,
                           int argc, const char *const *argv, const size_t *argvlen);
void redis_link_ready(struct redis_link *link);
/* Drops the connection, for reason, and tries again later; when preparing or up. */
void redis_link_refuse(struct redis_link *link, const char *reason);

bool redis_link_up(const struct redis_link *link);
size_t redis_link_pending(const struct redis_link *link); /* commands without a reply */
size_t redis_link_room(const struct redis_link *link);    /* how many more may be sent; 0: down */

/* The error means "not now": loading, read-only, failing to save, out of memory, not (or no
 * longer) authenticated, busy. True for NULL as well. */
bool redis_reply_is_unavailable(const redisReply *reply);

#endif
