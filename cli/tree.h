/* Reading the msgpack trees of answers: what is absent or of another type reads as NULL, 0. */
#ifndef PASSERELLE_CLI_TREE_H
#define PASSERELLE_CLI_TREE_H

#include "../proto/field.h"

#include <msgpack.h>

/* The value of a key of a map, or along a path such as place.town; NULL when absent. */
const msgpack_object *tree_find(const msgpack_object *tree, const char *path);
/* The items of a list found there; 0 when it is none. */
unsigned tree_count(const msgpack_object *tree, const char *path);
const msgpack_object *tree_item(const msgpack_object *tree, const char *path, unsigned index);

struct text tree_text(const msgpack_object *tree, const char *path);
int64_t tree_number(const msgpack_object *tree, const char *path, int64_t fallback);
bool tree_flag(const msgpack_object *tree, const char *path);
bool text_is(struct text text, const char *word);

#endif
