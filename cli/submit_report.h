/* Tells what became of each line of a bulk load, and of all of them together. */
#ifndef PASSERELLE_CLI_SUBMIT_REPORT_H
#define PASSERELLE_CLI_SUBMIT_REPORT_H

#include "command.h"

/* Where a line is; the path outlives the report. */
struct submit_place {
    const char *path;
    uint64_t line;
    uint64_t row; /* see below */
};

struct submit_report;

/* brief: only what was refused or has a warning. NULL without memory. */
struct submit_report *submit_report_create(struct context *context, bool brief);
void submit_report_free(struct submit_report *report); /* NULL is fine */

/* Lines are told in their order. True while so many await their answers that another answer must
 * come before the next line begins. */
bool submit_report_full(const struct submit_report *report);
/* The row of the place of the next line, which is then answered or refused. */
uint64_t submit_report_begin(struct submit_report *report);
/* The server's answer to a line; MESSAGE_NONE when the type could not be read. */
void submit_report_answer(struct submit_report *report, const struct submit_place *place,
                          enum message_type type, const struct client_reply *reply);
/* A line that was not sent. */
void submit_report_refused(struct submit_report *report, const struct submit_place *place,
                           enum message_type type, const struct errors *errors);
/* A file that could not be read. */
void submit_report_failed(struct submit_report *report);

/* Prints what is left and the totals. END_OK, END_REJECTED when all was refused, END_PARTIAL. */
enum ending submit_report_end(struct submit_report *report);

#endif
