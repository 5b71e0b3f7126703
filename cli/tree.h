/* Reading the msgpack trees of answers: what is absent or of another type reads as NULL, 0. */
#ifndef PASSERELLE_CLI_TREE_H
#define PASSERELLE_CLI_TREE_H

#include "../proto/arena.h"
#include "../proto/field.h"

#include <jansson.h>
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

/* The same tree in an arena, which outlasts its answer; NULL without memory. */
const msgpack_object *tree_copy(const msgpack_object *tree, struct arena *arena);
/* The same tree to keep and to change; NULL without memory, or for NULL. */
json_t *tree_to_json(const msgpack_object *tree);

#endif
