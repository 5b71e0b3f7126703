/* The report of an audit, for people: plain text, or one HTML page that stands alone. */
#ifndef PASSERELLE_CLI_AUDIT_REPORT_H
#define PASSERELLE_CLI_AUDIT_REPORT_H

#include "../matching/parity.h"
#include "blind_swap.h"

#include <jansson.h>

/* A group beside all the others of its table. */
struct audit_row {
    char *label; /* in the language spoken */
    struct text name;
    struct parity_cell cell; /* hidden: nothing else is known */
    struct interval share, selection, exposure;
};

enum { AUDIT_ROWS_MAX = 256 };
struct audit_group {
    struct text name;
    struct audit_row rows[AUDIT_ROWS_MAX];
    unsigned count;
};
/* From a table of the answer. False without memory; to be freed in any case. */
bool audit_group_read(struct audit_group *group, const msgpack_object *table);
void audit_group_free(struct audit_group *group);

/* answer: the daemon's, kept. swap may be NULL when none was made. False without memory. */
bool audit_report_text(const struct context *context, const msgpack_object *answer,
                       const struct swap_result *swap);
bool audit_report_html(const struct context *context, FILE *out, const msgpack_object *answer,
                       const struct swap_result *swap);
/* NULL without memory. */
json_t *audit_report_json(const msgpack_object *answer, const struct swap_result *swap);

#endif
