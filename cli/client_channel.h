/* The client's two sockets: how they are opened, and one message at a time. */
#ifndef PASSERELLE_CLI_CLIENT_CHANNEL_H
#define PASSERELLE_CLI_CLIENT_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum channel { CHANNEL_EVENTS, CHANNEL_QUERIES, CHANNEL_COUNT };

/* Whether somebody listens there, tried for up to wait_ms. ZeroMQ would wait for ever; a person
 * wants to know now that nothing runs. False with errno. */
bool channel_listens(const char *run, enum channel channel, int64_t wait_ms);
/* A connected DEALER socket of the ZeroMQ context; NULL with errno. */
void *channel_open(void *context, const char *run, enum channel channel, int high_water);
/* False when the socket takes no more for now. */
bool channel_send(void *socket, const uint8_t *bytes, size_t size);

/* Takes one message and gives its one frame to the function; messages of another shape are
 * dropped. True unless there was none. */
bool channel_receive(void *socket, void (*take)(void *data, const uint8_t *bytes, size_t size),
                     void *data);

#endif
