/* What people call the skills and roles that a record names by their ids. */
#ifndef PASSERELLE_CLI_LABELS_H
#define PASSERELLE_CLI_LABELS_H

#include "command.h"

struct labels;

/* Asks the server for the labels, in the language spoken, of all that the tree names. The tree must
 * not be part of an answer, which the question would end. NULL when there is nothing to ask, no
 * answer, or no memory: people then read the ids. */
struct labels *labels_ask(struct context *context, const msgpack_object *tree);
void labels_free(struct labels *labels); /* NULL is fine */

/* The label of what a field of that name holds, cleaned; NULL when the field holds no ids, or none
 * is known. labels may be NULL. */
const char *labels_find(const struct labels *labels, struct text field, struct text id);

#endif
