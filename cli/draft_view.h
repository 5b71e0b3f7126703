/* An offer that waits for its confirmation: what was understood of its text, in words. */
#ifndef PASSERELLE_CLI_DRAFT_VIEW_H
#define PASSERELLE_CLI_DRAFT_VIEW_H

#include "command.h"
#include "labels.h"

/* Notes the ids in it; false without memory. stored is an answer's record; without a draft in it,
 * neither does anything. */
bool draft_note(struct labels *labels, const msgpack_object *stored);
void draft_print(struct context *context, const struct labels *labels,
                 const msgpack_object *stored);

#endif
