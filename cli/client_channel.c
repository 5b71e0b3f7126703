#include "client_channel.h"

#include "../proto/codec.h"
#include "../runtime/clock.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <zmq.h>

enum {
    PROBE_MS = 50,
    RECONNECT_MS = 50,
    RECONNECT_MAX_MS = 1000,
};

static const char *const channel_names[CHANNEL_COUNT] = {"intake.sock", "query.sock"};

static bool address_of(const char *run, enum channel channel, struct sockaddr_un *address)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    int size =
        snprintf(address->sun_path, sizeof address->sun_path, "%s/%s", run, channel_names[channel]);
    if (size >= 0 && (size_t)size < sizeof address->sun_path)
        return true;
    errno = ENAMETOOLONG;
    return false;
}

static bool somebody_listens(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return false;
    bool listens = connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;
    int why = errno;
    close(fd);
    errno = why;
    return listens;
}

bool channel_listens(const char *run, enum channel channel, int64_t wait_ms)
{
    struct sockaddr_un address;
    if (!address_of(run, channel, &address))
        return false;
    int64_t end = clock_monotonic_ms() + wait_ms;
    while (!somebody_listens(&address)) {
        int why = errno;
        if (clock_monotonic_ms() >= end)
            return false;
        poll(NULL, 0, PROBE_MS);
        errno = why;
    }
    return true;
}

static bool set_option(void *socket, int option, int value)
{
    return zmq_setsockopt(socket, option, &value, sizeof value) == 0;
}

void *channel_open(void *context, const char *run, enum channel channel, int high_water)
{
    struct sockaddr_un address;
    if (!address_of(run, channel, &address))
        return NULL;
    char endpoint[sizeof address.sun_path + 6];
    snprintf(endpoint, sizeof endpoint, "ipc://%s", address.sun_path);
    int64_t largest = WIRE_REQUEST_MAX; /* no message is larger, either way */
    void *socket = zmq_socket(context, ZMQ_DEALER);
    if (socket == NULL)
        return NULL;
    if (set_option(socket, ZMQ_LINGER, 0) && set_option(socket, ZMQ_SNDHWM, high_water) &&
        set_option(socket, ZMQ_RCVHWM, high_water) &&
        set_option(socket, ZMQ_RECONNECT_IVL, RECONNECT_MS) &&
        set_option(socket, ZMQ_RECONNECT_IVL_MAX, RECONNECT_MAX_MS) &&
        zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &largest, sizeof largest) == 0 &&
        zmq_connect(socket, endpoint) == 0)
        return socket;
    int why = errno;
    zmq_close(socket);
    errno = why;
    return NULL;
}

bool channel_send(void *socket, const uint8_t *bytes, size_t size)
{
    return zmq_send(socket, bytes, size, ZMQ_DONTWAIT) >= 0;
}

bool channel_receive(void *socket, void (*take)(void *data, const uint8_t *bytes, size_t size),
                     void *data)
{
    zmq_msg_t frame;
    zmq_msg_init(&frame);
    if (zmq_msg_recv(&frame, socket, ZMQ_DONTWAIT) < 0) {
        zmq_msg_close(&frame);
        return false;
    }
    bool more = zmq_msg_more(&frame) != 0;
    /* The empty frame that REP-like servers put in front. */
    if (more && zmq_msg_size(&frame) == 0 && zmq_msg_recv(&frame, socket, ZMQ_DONTWAIT) >= 0)
        more = zmq_msg_more(&frame) != 0;
    if (!more)
        take(data, zmq_msg_data(&frame), zmq_msg_size(&frame));
    while (more && zmq_msg_recv(&frame, socket, ZMQ_DONTWAIT) >= 0)
        more = zmq_msg_more(&frame) != 0;
    zmq_msg_close(&frame);
    return true;
}
