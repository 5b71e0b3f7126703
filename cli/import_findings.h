/* What is found in the rows of an import, told in their order: a line each, and in JSON a list. */
#ifndef PASSERELLE_CLI_IMPORT_FINDINGS_H
#define PASSERELLE_CLI_IMPORT_FINDINGS_H

#include "command.h"
#include "progress_bar.h"
#include "row_order.h"

#include <jansson.h>

enum severity { SEVERITY_REJECTED, SEVERITY_DUPLICATE, SEVERITY_WARNING };

struct finding {
    const char *path; /* of the file; outlasts the findings */
    uint32_t line, column;
    enum severity severity;
    unsigned *shown; /* how often this was warned of; NULL for what is always shown */
};

struct import_findings;

/* bar is taken off the terminal before anything is printed. NULL without memory. */
struct import_findings *findings_create(struct context *context, struct progress_bar *bar);
void findings_free(struct import_findings *findings); /* NULL is fine */
/* The order of the rows. */
struct row_order *findings_order(struct import_findings *findings);

/* What is found in a row that has not ended, or ROW_NONE. header is that of the column and may be
 * empty; the message is malloc'ed and taken over, NULL where there was no memory for it. */
void findings_say(struct import_findings *findings, uint64_t row, struct finding finding,
                  struct text header, char *message);
/* No more will be found: returns how many warnings there were, after having said how many of them
 * were not shown. */
uint64_t findings_end(struct import_findings *findings);
/* The list of the JSON answer, to be released. */
json_t *findings_list(const struct import_findings *findings);

#endif
