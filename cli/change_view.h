/* Entries of the change log, in words. */
#ifndef PASSERELLE_CLI_CHANGE_VIEW_H
#define PASSERELLE_CLI_CHANGE_VIEW_H

#include "command.h"

/* One line: number, day, record, what happened. */
void change_print(const struct context *context, const msgpack_object *change);

/* Shows the changes after *after, page by page up to limit, and moves it on; *shown counts them.
 * JSON when the context says so. Endings as context_ask. */
enum ending changes_show(struct context *context, int64_t *after, int64_t limit, int64_t *shown);

#endif
