/* A job dating as a command reads it: its record and what follows from it. */
#ifndef PASSERELLE_CLI_JOBDATING_VIEW_H
#define PASSERELLE_CLI_JOBDATING_VIEW_H

#include "command.h"

struct jobdating_view {
    struct arena *arena;
    uint64_t id;
    const struct jobdating *record;
    int32_t from, to; /* first start and last end, minutes since midnight */
};

/* The job dating that the second word names. Endings as context_ask; freed by the caller after
 * END_OK. */
enum ending jobdating_view_load(struct context *context, struct jobdating_view **view);
void jobdating_view_free(struct jobdating_view *view); /* NULL is fine */

#endif
