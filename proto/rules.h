/* Inside of proto/: what a table cannot say about a record. */
#ifndef PASSERELLE_PROTO_RULES_H
#define PASSERELLE_PROTO_RULES_H

#include "field.h"
#include "path.h"

/* Applies the rules of one record, not those of the records it holds. Only fields that are present
 * are looked at, and these must be well-formed. */
void rules_apply(const struct record_type *type, const void *record, const struct path *path,
                 struct errors *errors);

/* The rule of every text of a body; an envelope has none that people write. False after an error.
 */
bool rules_apply_text(const struct field *field, struct text text, const struct path *path,
                      struct errors *errors);

#endif
