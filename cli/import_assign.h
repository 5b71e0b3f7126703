/* Puts the texts of a cell, converted, into a field of a record. */
#ifndef PASSERELLE_CLI_IMPORT_ASSIGN_H
#define PASSERELLE_CLI_IMPORT_ASSIGN_H

#include "import_convert.h"

/* How many items the list of a field may hold; lists are given room for all of them at once. */
unsigned assign_capacity(const struct field *field);
/* Room for a list of records that has none yet; false without memory. */
bool assign_list_room(const struct field *field, void *member, struct arena *arena);

enum assign_result {
    ASSIGN_DONE,
    ASSIGN_PARTLY, /* some of it was left out; the fault tells */
    ASSIGN_BAD,    /* not a value of this field */
};

/* Fills a field of record, of that type, from texts that are not empty. A value that is there
 * already stays; lists grow. with, or NULL, names fields for the items that do not say them. */
enum assign_result assign(const struct record_type *type, const struct field *field, void *record,
                          const struct texts *values, const struct converter *with,
                          const struct convert_context *context, struct value_fault *fault);

#endif
