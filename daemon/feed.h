/* The feed: publishes what changed, by territory, to whoever subscribed. */
#ifndef PASSERELLE_DAEMON_FEED_H
#define PASSERELLE_DAEMON_FEED_H

#include "daemon/daemon.h"

/* Binds ipc://<directory>/feed.sock. NULL, logged, on failure. A territory without a subscriber
 * costs nothing. */
struct feed *feed_create(struct daemon *daemon);
void feed_free(struct feed *feed);
/* Follows exactly the territories that somebody listens to; to be called when there may be new
 * ones. */
void feed_refresh(struct feed *feed);

#endif
