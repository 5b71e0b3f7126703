/* Where in a message: a chain from the place itself to the root, printed only for an error. */
#ifndef PASSERELLE_PROTO_PATH_H
#define PASSERELLE_PROTO_PATH_H

#include "error.h"

#include <stdint.h>

struct path {
    const struct path *parent; /* NULL for the root */
    const char *name;          /* a key, or NULL for an item of a list; no NUL needed */
    uint32_t name_size;
    uint32_t index; /* of the item */
};

/* The root: "" or what every path begins with. */
struct path path_root(const char *name);
struct path path_key(const struct path *parent, const char *name, size_t size);
struct path path_item(const struct path *parent, uint32_t index);

/* Adds an error at a place. */
void path_error(const struct path *path, struct errors *errors, enum error_code code,
                const char *expected, ...) __attribute__((format(printf, 4, 5)));

#endif
