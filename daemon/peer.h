/* One request on a ROUTER socket: who sent it, its bytes, and the way back. */
#ifndef PASSERELLE_DAEMON_PEER_H
#define PASSERELLE_DAEMON_PEER_H

#include "proto/message.h"

#include <zmq.h>

enum { PEER_ID_MAX = 255, REQUEST_ID_MAX = 64 };

/* Where an answer goes. */
struct peer {
    uint8_t id[PEER_ID_MAX];
    uint8_t id_size;
    bool delimited; /* an empty frame came first, as from a REQ socket */
    char request_id[REQUEST_ID_MAX + 1];
};

enum peer_result { PEER_NOTHING, PEER_REQUEST, PEER_BAD_FRAMES };

/* Takes one whole message off the socket, without waiting. On PEER_REQUEST the request is in frame,
 * which the caller closes. */
enum peer_result peer_receive(void *socket, struct peer *peer, zmq_msg_t *frame);

/* Sends packed bytes. False when the peer is gone or does not read; the answer is then lost and the
 * client asks again with the same id. */
bool peer_send(void *socket, const struct peer *peer, const void *data, size_t size);
bool peer_reply(void *socket, const struct peer *peer, struct reply *reply);
/* A refusal or a `retry` with one finding. */
bool peer_refuse(void *socket, const struct peer *peer, enum reply_status status,
                 enum error_code code, const char *path, const char *expected);
/* Remembers the request's id for the answer. */
void peer_name_request(struct peer *peer, struct text id);

#endif
