/* What people call the skills and roles that a record names by their ids. */
#ifndef PASSERELLE_CLI_LABELS_H
#define PASSERELLE_CLI_LABELS_H

#include "command.h"

struct labels;

/* NULL without memory. */
struct labels *labels_create(void);
void labels_free(struct labels *labels); /* NULL is fine */

/* Notes the ids in what a field of that name holds; no name for a whole record. False without
 * memory. */
bool labels_note(struct labels *labels, struct text field, const msgpack_object *value);
/* Asks the server, in the language spoken, about the ids noted since it was asked last. This ends
 * the answer before. Of ids without a label people read the ids. */
void labels_ask(struct labels *labels, struct context *context);

/* The label of what a field of that name holds, cleaned; NULL when the field holds no ids, or none
 * is known. labels may be NULL. */
const char *labels_find(const struct labels *labels, struct text field, struct text id);

#endif
