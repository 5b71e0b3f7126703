/* Follows the feed of one territory: what the daemon publishes as it happens. The feed may lose
 * messages, at a restart for one; who needs all of them asks for `changes`. */
#ifndef PASSERELLE_CLI_FOLLOWER_H
#define PASSERELLE_CLI_FOLLOWER_H

#include <msgpack.h>

struct follower;

/* NULL with errno. Connects again by itself whenever the daemon comes back. */
struct follower *follower_open(const char *run, const char *territory);
void follower_close(struct follower *follower); /* NULL is fine */

/* The next message, valid until the next call; NULL when none came in time, or a signal did. */
const msgpack_object *follower_next(struct follower *follower, long wait_ms);

#endif
