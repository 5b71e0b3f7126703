/* Applies the converters of a column map to the text of a cell. */
#ifndef PASSERELLE_CLI_IMPORT_CONVERT_H
#define PASSERELLE_CLI_IMPORT_CONVERT_H

#include "import_map.h"
#include "texts.h"

struct convert_context {
    struct arena *arena;
    int32_t today; /* where years of two digits end */
};

/* What is wrong with a value: a text that takes the culprit as its only argument. */
struct value_fault {
    enum text_id what; /* TEXT_NONE: nothing is */
    struct text culprit;
};

/* Replaces the texts by what a converter makes of them, in forms that import_assign.h reads; texts
 * that mean nothing go. False with the fault. CONVERTER_WITH changes nothing. */
bool convert(const struct converter *converter, const struct convert_context *context,
             struct texts *values, struct value_fault *fault);

/* "-", "n/a", "non renseigné", "?": said in a cell when there is nothing to say. */
bool convert_is_nothing(struct text text);

#endif
