/* From an event to its part of a call of event_commit, and from its answer to a reply. */
#ifndef PASSERELLE_DAEMON_COMMIT_H
#define PASSERELLE_DAEMON_COMMIT_H

#include "daemon/daemon.h"
#include "daemon/prepare.h"

/* Called exactly once. reply->id is not set; errors and warnings die when it returns. */
typedef void commit_done_fn(void *arg, const struct reply *reply);

/* Begins the commit of a prepared event. client scopes the request id. Warnings, NULL for none, are
 * copied. False, and done is not called, when the store takes no more. */
bool commit_event(struct daemon *daemon, struct territory *territory, const char *client,
                  const struct message *message, const struct prepared *prepared,
                  const struct errors *warnings, commit_done_fn *done, void *arg);
/* Answers an event that is refused for errors, which are copied: as it was answered before, when it
 * is the repeat of one that was accepted (what was in force then may no longer be), else with them.
 * False as above. */
bool commit_recall(struct daemon *daemon, struct territory *territory, const char *client,
                   const struct message *message, const struct errors *errors, commit_done_fn *done,
                   void *arg);

#endif
