/* What the daemon's parts share. One loop, one thread: anything here may be used anywhere. */
#ifndef PASSERELLE_DAEMON_DAEMON_H
#define PASSERELLE_DAEMON_DAEMON_H

#include "config/config.h"
#include "daemon/batch.h"
#include "daemon/counters.h"
#include "daemon/store.h"
#include "daemon/territory.h"
#include "proto/arena.h"
#include "runtime/seal.h"

#include <event2/event.h>

struct intake;
struct queries;
struct feed;
struct upkeep;

struct daemon {
    struct event_base *base;
    const struct config *config;
    struct seal_key *key;
    void *zmq;
    struct arena *arena; /* of the message or record at hand; reset by whoever begins with one */
    struct territories *territories;
    struct store *store;
    struct batches *batches;
    struct intake *intake;
    struct queries *queries;
    struct feed *feed;
    struct upkeep *upkeep;
    unsigned searches; /* nearest-name searches left in this second */
    int64_t started_ms;
    bool stopping;
};

#endif
