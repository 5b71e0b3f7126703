/* What every worker's program is: its command line, its configuration, its loop, its end. */
#ifndef PASSERELLE_WORKERS_PROCESS_H
#define PASSERELLE_WORKERS_PROCESS_H

#include "config/config.h"

#include <event2/event.h>
#include <stdbool.h>

struct worker_kind {
    const char *program; /* its name */
    const char *counted; /* what it tells systemd to hold, such as "slots" */
    /* on_count tells how many of them it holds. NULL, logged, when it cannot start. */
    void *(*create)(struct event_base *base, const struct config *config,
                    void (*on_count)(void *arg, unsigned count), void *arg);
    bool (*stop)(void *worker); /* asks it to; true once it has */
    void (*free)(void *worker); /* NULL is fine */
};

/* The program's exit code. */
int worker_process_run(const struct worker_kind *kind, int argc, char **argv);

#endif
