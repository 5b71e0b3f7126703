/* Inside of proto/: decoding with and without the rules that tables cannot say. */
#ifndef PASSERELLE_PROTO_DECODE_H
#define PASSERELLE_PROTO_DECODE_H

#include "codec.h"
#include "path.h"

/* As record_decode, and what record_check adds, in one pass: where a value is wrong, what depends
 * on it is not reported too. */
bool record_decode_strictly(const struct record_type *type, const msgpack_object *map, void *record,
                            struct arena *arena, const char *path, struct errors *errors);

/* Adds an error that says what the field takes. Returns false. */
bool field_refuse(const struct field *field, const struct path *path, enum error_code code,
                  struct errors *errors);

#endif
