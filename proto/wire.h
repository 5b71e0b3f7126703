/* Inside of proto/: unpacking that remembers where one value of the outermost map lies. */
#ifndef PASSERELLE_PROTO_WIRE_H
#define PASSERELLE_PROTO_WIRE_H

#include "codec.h"

struct wire_slice {
    size_t offset, size; /* size 0 when the key is absent */
};

/* As wire_unpack; slice gets the bytes of the value under key. */
const msgpack_object *wire_unpack_slice(const uint8_t *data, size_t size, struct arena *arena,
                                        const char *key, struct wire_slice *slice,
                                        struct errors *errors);

#endif
