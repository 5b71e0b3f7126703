/* What the load generators share: the daemon's sockets, requests and replies, times. Whatever goes
 * wrong here ends the program: a measurement with errors is none. */
#ifndef PASSERELLE_BENCH_TALK_H
#define PASSERELLE_BENCH_TALK_H

#include "proto/message.h"

enum { TALK_ID_SIZE = 33, TALK_WAIT_MS = 60000 };

struct talk {
    const char *run;       /* directory of the daemon's sockets */
    const char *territory; /* of all requests */
    void *context;
    struct arena *arena; /* of the reply at hand */
    char run_id[17];     /* makes request ids unique */
    uint64_t requests;
};

/* Prints to stderr and exits. */
_Noreturn void talk_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

void talk_open(struct talk *talk, const char *run, const char *territory);
void talk_close(struct talk *talk);
/* A connected socket; queue: messages each way, 0 for no limit; wait_ms: of a receive. */
void *talk_socket(struct talk *talk, int type, const char *name, int queue, int wait_ms);

/* Packs a request with a fresh id, dated today, into a buffer to be cleared by the caller. */
void talk_pack(struct talk *talk, enum message_type type, const void *body,
               msgpack_sbuffer *buffer);
/* Sends and waits for the reply, which must be ok; the tree holds until the next reply. */
const msgpack_object *talk_ask(struct talk *talk, void *socket, enum message_type type,
                               const void *body);
/* The revision in an event's reply, which must be ok; *request counts the requests from 0. */
int64_t talk_revision(struct talk *talk, const void *data, size_t size, uint64_t *request);

/* The value under a key, NULL when absent. */
const msgpack_object *talk_value(const msgpack_object *map, const char *key);
int64_t talk_number(const msgpack_object *map, const char *key);

/* The lowest cursor of the territory's slots. */
int64_t talk_cursor(struct talk *talk, void *query_socket);

double talk_now(void); /* seconds, monotonic */
/* Sorts; then talk_quantile(…, 0.5) is the median. */
void talk_sort(double *values, size_t count);
double talk_quantile(const double *sorted, size_t count, double share);

#endif
