/* Runs the processes of one state: starts them in order, each when the one before is ready, starts
 * again what dies, after a pause that grows, and stops all in the opposite order.
 *
 * Readiness is told by the notification protocol of systemd (READY=1 on NOTIFY_SOCKET). */
#ifndef PASSERELLE_CLI_SUPERVISOR_H
#define PASSERELLE_CLI_SUPERVISOR_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { SUPERVISED_MAX = 40, SUPERVISED_ARGUMENTS_MAX = 24 };

struct supervised {
    const char *name;                           /* of its log file and in messages */
    const char *argv[SUPERVISED_ARGUMENTS_MAX]; /* NULL-terminated; argv[0] is a path */
};

/* Adds an argument to what a program is run with; false when there is no room for it. */
bool supervised_add(struct supervised *item, const char *argument);

struct supervisor;

struct supervisor_handlers {
    void (*on_ready)(void *arg); /* all are ready for the first time */
    void (*on_restart)(void *arg, const char *name, int status); /* one died; waitpid's status */
    void (*on_failed)(void *arg, const char *name); /* one cannot be started for good */
    void (*on_stopped)(void *arg);                  /* all are gone after supervisor_stop */
    void *arg;
};

/* Logs go to <log_directory>/<name>.log; notify_path is the socket to make. The items' texts must
 * outlive it. NULL with errno on failure. */
struct supervisor *supervisor_create(struct event_base *base, const char *log_directory,
                                     const char *notify_path,
                                     const struct supervisor_handlers *handlers);
void supervisor_free(struct supervisor *supervisor); /* kills what still runs */

/* In the order of starting; before supervisor_start. False when there are too many, or no NULL ends
 * the item's arguments. */
bool supervisor_add(struct supervisor *supervisor, const struct supervised *item);
void supervisor_start(struct supervisor *supervisor);
/* SIGTERM, last started first; SIGKILL after ten seconds each. */
void supervisor_stop(struct supervisor *supervisor);

/* Runs a program once beside the others, its output in <name>.log; on_done gets waitpid's status.
 * False, and on_done is not called, when it cannot be run, or no NULL ends its arguments. */
bool supervisor_run(struct supervisor *supervisor, const struct supervised *item,
                    void (*on_done)(void *arg, int status), void *arg);

#endif
