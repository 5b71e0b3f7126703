/* What a table of records shows: the columns of each kind. */
#ifndef PASSERELLE_CLI_LIST_VIEW_H
#define PASSERELLE_CLI_LIST_VIEW_H

#include "command.h"
#include "grid.h"
#include "labels.h"

struct list_view;

/* NULL when that kind has none. */
const struct list_view *list_view_of(uint8_t kind);

/* A table for records of that view; with personal, also names. NULL without memory. */
struct grid *list_view_grid(const struct context *context, const struct list_view *view,
                            bool personal);
/* Notes the skills and roles that its columns show of a stored record, an item of `records`. False
 * without memory. */
bool list_view_note(struct labels *labels, const struct list_view *view,
                    const msgpack_object *stored);
/* Adds the record, with the labels there are; labels may be NULL. False without memory. */
bool list_view_add(struct grid *grid, const struct list_view *view, const struct labels *labels,
                   bool personal, const msgpack_object *stored);

#endif
