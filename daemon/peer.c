#include "daemon/peer.h"

#include "daemon/counters.h"

#include <string.h>

enum { RETRY_MS = 200 };

static bool more_follows(const zmq_msg_t *frame)
{
    return zmq_msg_more(frame) != 0;
}

/* The rest of a message nobody wants. */
static void drain(void *socket)
{
    zmq_msg_t frame;
    bool more = true;

    while (more) {
        zmq_msg_init(&frame);
        more = zmq_msg_recv(&frame, socket, ZMQ_DONTWAIT) >= 0 && more_follows(&frame);
        zmq_msg_close(&frame);
    }
}

enum peer_result peer_receive(void *socket, struct peer *peer, zmq_msg_t *frame)
{
    zmq_msg_init(frame);
    if (zmq_msg_recv(frame, socket, ZMQ_DONTWAIT) < 0) {
        zmq_msg_close(frame);
        return PEER_NOTHING;
    }
    peer->request_id[0] = '\0';
    peer->delimited = false;
    peer->id_size = (uint8_t)zmq_msg_size(frame); /* ZeroMQ has at most 255 */
    memcpy(peer->id, zmq_msg_data(frame), peer->id_size);
    if (!more_follows(frame)) {
        zmq_msg_close(frame);
        return PEER_BAD_FRAMES;
    }
    /* The parts of one message arrive together: these receives cannot come up empty. */
    if (zmq_msg_recv(frame, socket, ZMQ_DONTWAIT) >= 0 && zmq_msg_size(frame) == 0 &&
        more_follows(frame)) {
        peer->delimited = true;
        zmq_msg_recv(frame, socket, ZMQ_DONTWAIT);
    }
    if (more_follows(frame)) {
        zmq_msg_close(frame);
        drain(socket);
        return PEER_BAD_FRAMES;
    }
    return PEER_REQUEST;
}

bool peer_send(void *socket, const struct peer *peer, const void *data, size_t size)
{
    bool sent = zmq_send(socket, peer->id, peer->id_size, ZMQ_DONTWAIT | ZMQ_SNDMORE) >= 0 &&
                (!peer->delimited || zmq_send(socket, "", 0, ZMQ_DONTWAIT | ZMQ_SNDMORE) >= 0) &&
                zmq_send(socket, data, size, ZMQ_DONTWAIT) >= 0;

    if (!sent)
        count(REPLIES_LOST);
    return sent;
}

bool peer_reply(void *socket, const struct peer *peer, struct reply *reply)
{
    msgpack_sbuffer buffer;
    msgpack_packer packer;

    reply->id = (struct text){peer->request_id, (uint32_t)strlen(peer->request_id)};
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    bool sent = reply_encode(reply, &packer) && peer_send(socket, peer, buffer.data, buffer.size);
    msgpack_sbuffer_destroy(&buffer);
    return sent;
}

bool peer_refuse(void *socket, const struct peer *peer, enum reply_status status,
                 enum error_code code, const char *path, const char *expected)
{
    struct errors errors = {.count = 0};
    struct reply reply = {.status = status, .errors = &errors};

    errors_add(&errors, code, path, "%s", expected);
    if (status == REPLY_RETRY)
        reply.after_ms = RETRY_MS;
    return peer_reply(socket, peer, &reply);
}

void peer_name_request(struct peer *peer, struct text id)
{
    size_t size = id.size <= REQUEST_ID_MAX ? id.size : REQUEST_ID_MAX;

    if (id.data != NULL)
        memcpy(peer->request_id, id.data, size);
    peer->request_id[id.data != NULL ? size : 0] = '\0';
}
