/* Records written as one text: a skill with its level, a licence, a place, days and hours. */
#ifndef PASSERELLE_CLI_IMPORT_ITEM_H
#define PASSERELLE_CLI_IMPORT_ITEM_H

#include "../proto/arena.h"
#include "../proto/field.h"

/* A text may make several records of a list: "lun-ven 9h-17h" makes five. */
enum { ITEM_RECORDS_MAX = 21 };

enum item_result {
    ITEM_READ,    /* count tells how many; 0 for words such as "aucun" */
    ITEM_UNKNOWN, /* not understood */
    ITEM_ABSENT,  /* records of this type have no such form */
    ITEM_MEMORY,
};

/* Whether records of this type can be read from a text. */
bool item_readable(const struct record_type *type);
/* Reads text into records, an array of ITEM_RECORDS_MAX zeroed structs of the type. Texts point
 * into text or the arena. */
enum item_result item_read(const struct record_type *type, struct text text, struct arena *arena,
                           void *records, unsigned *count);

#endif
