/* Records in words: labels of fields, choices and states, and values as people read them. */
#ifndef PASSERELLE_CLI_RECORD_WORDS_H
#define PASSERELLE_CLI_RECORD_WORDS_H

#include "../proto/field.h"

#include <msgpack.h>
#include <stdio.h>

struct labels;
struct terminal;

/* In the language spoken; without a text of ours, the wire name itself. */
const char *field_label(const struct field *field);
/* NULL when it is not one of the choices. */
const char *choice_label(const struct choices *choices, struct text name);
const char *state_label(struct text state);

/* A date or a time: 2026-11-22, in French 22/11/2026, then 06:15 UTC. Malloc'ed. */
char *date_in_words(struct text wire);

/* A value on one line, cleaned, lists joined by commas: malloc'ed; "" for NULL; NULL without
 * memory. labels may be NULL, here and below. */
char *value_in_words(const struct labels *labels, const struct field *field,
                     const msgpack_object *value);

/* Prints the fields of a record that are present, a line each, in table order; ids that have a
 * label by it. */
void record_print(FILE *out, const struct terminal *terminal, const struct labels *labels,
                  const struct record_type *type, const msgpack_object *map, unsigned indent);
/* The field along a path such as place.town; NULL when there is none. */
const struct field *field_along(const struct record_type *type, const char *path);

#endif
