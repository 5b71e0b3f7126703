/* A synchronous client of the daemon. Requests are in flight in a window; each has a deadline and
 * is sent again with the same id, after silence or when the server says `retry`, until it is
 * settled. Answers are matched by id, so an answer may come late, twice or never without harm. */
#ifndef PASSERELLE_CLI_CLIENT_H
#define PASSERELLE_CLI_CLIENT_H

#include "../proto/message.h"

enum {
    CLIENT_WINDOW_MAX = 256,
    CLIENT_ID_SIZE = 33,        /* of a made id with its NUL */
    CLIENT_REQUEST_ID_MAX = 64, /* bytes of any id */
};

struct client_options {
    const char *run;       /* directory of the daemon's sockets */
    const char *territory; /* of requests that name none; may be NULL */
    int64_t timeout_ms;    /* for one request, repeats included */
    int64_t resend_ms;     /* silence after which a request is sent again; 0: a default */
    unsigned window;       /* most requests in flight, 1..CLIENT_WINDOW_MAX */
};

struct client;

/* NULL with errno: ENAMETOOLONG when the path of a socket is too long, ENOMEM, or whatever
 * connect(2) says when nobody listens there, which is tried for up to a second. */
struct client *client_open(const struct client_options *options);
void client_close(struct client *client); /* NULL is fine; forgets what is in flight */

/* What became of a request. Belongs to the client and holds until the next call on it. */
struct client_reply {
    uint64_t token;
    enum reply_status status;   /* REPLY_NONE: no answer in time; REPLY_RETRY: still busy then */
    struct reply head;          /* unless REPLY_NONE */
    struct errors errors;       /* of the head: errors, or warnings when REPLY_OK */
    const msgpack_object *tree; /* the whole answer; NULL when there is none */
};

/* Asks and waits. Events get today as their day, all get a fresh id. False only without memory. */
bool client_call(struct client *client, enum message_type type, const void *body,
                 struct client_reply *reply);
/* The same with an envelope: fields absent from it are filled in. */
bool client_call_with(struct client *client, const struct request *request, enum message_type type,
                      const void *body, struct client_reply *reply);

/* True while no further request can be submitted: take answers first. */
bool client_full(const struct client *client);
/* Requests submitted whose answers have not been taken. */
unsigned client_waiting(const struct client *client);

/* Submits without waiting; the answer comes from client_next_reply with this token. Fields absent
 * from the envelope are filled in. False when full or without memory. A request that is too large
 * is answered by the client itself. */
bool client_submit(struct client *client, const struct request *request, enum message_type type,
                   const void *body, uint64_t token);
/* The same for a request already packed; id is its id. */
bool client_submit_bytes(struct client *client, struct text id, enum message_type type,
                         const uint8_t *bytes, size_t size, uint64_t token);

/* Waits for the next request submitted to be settled, in any order. False when none is waiting. */
bool client_next_reply(struct client *client, struct client_reply *reply);

/* A random request id: 32 hex digits. */
void client_make_id(char id[CLIENT_ID_SIZE]);

#endif
