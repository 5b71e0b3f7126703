/* From an event to its arguments of the function event_commit (docs/architecture.md, "Redis
 * functions"). */
#ifndef PASSERELLE_DAEMON_EVENT_ARGUMENTS_H
#define PASSERELLE_DAEMON_EVENT_ARGUMENTS_H

#include "daemon/daemon.h"
#include "daemon/prepare.h"

enum { EVENT_ARGUMENTS_MAX = 24 };

/* What the event is about, then its arguments from the request key on. Texts point to the arena, to
 * the event or to constants. */
struct event_arguments {
    struct arena *arena;
    const char *argv[EVENT_ARGUMENTS_MAX];
    size_t sizes[EVENT_ARGUMENTS_MAX];
    int count;
    bool failed; /* out of memory or too many */
};

/* Of a commit. client scopes the request id. */
void event_arguments_commit(struct event_arguments *arguments, struct daemon *daemon,
                            struct territory *territory, const char *client,
                            const struct message *message, const struct prepared *prepared);
/* Of asking whether the same request has had its answer. */
void event_arguments_recall(struct event_arguments *arguments, struct daemon *daemon,
                            const char *client, const struct message *message);

#endif
