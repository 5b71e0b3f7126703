/* Tells what becomes of the rows of an import, and of all of them together. */
#ifndef PASSERELLE_CLI_IMPORT_REPORT_H
#define PASSERELLE_CLI_IMPORT_REPORT_H

#include "command.h"
#include "import_rows.h"
#include "progress_bar.h"

struct import_counts {
    uint64_t rows, created, updated, unchanged, stale, checked;
    uint64_t duplicates; /* listed; those of another name are not imported */
    uint64_t rejected, warnings, unanswered;
};

struct import_report;

/* bar is taken off the terminal before anything is printed. NULL without memory. */
struct import_report *import_report_create(struct context *context, struct progress_bar *bar);
void import_report_free(struct import_report *report); /* NULL is fine */
struct import_counts *import_report_counts(struct import_report *report);

/* Findings are told in the order of the rows. Rows whose answer is awaited keep those after them
 * waiting; true while there are so many that another answer must come first. */
bool import_report_full(const struct import_report *report);
/* The next row begins: what is found from now on, but for answers, is about it. */
void import_report_row_begin(struct import_report *report);
/* It ends, unless its answer is awaited. */
void import_report_row_end(struct import_report *report);
/* It will end with its answer; the row of the place of that answer. */
uint64_t import_report_row_await(struct import_report *report);

/* A table, or a row of one, that cannot be read; a row counts as rejected. */
void import_report_problem(struct import_report *report, const char *path,
                           const struct table_problem *problem, bool row);
/* What was found in a row before it was sent; a bad one counts as rejected. */
void import_report_findings(struct import_report *report, const char *path,
                            const struct row_findings *findings);
/* A file that was not imported for a reason said already. */
void import_report_failed(struct import_report *report);
/* A row that repeats another one of its file. */
void import_report_repeat(struct import_report *report, const char *path, uint32_t line,
                          uint32_t column, uint32_t first_line);
/* A column that was left out because of what it holds. */
void import_report_refused(struct import_report *report, const char *path, uint32_t line,
                           uint32_t column, struct text header);

/* Where an answer belongs: the row, and the plan that finds columns by paths (or NULL). */
struct import_place {
    const char *path;
    const struct row_plan *plan;
    uint32_t line, column; /* column: of the reference */
    uint64_t row;
};
/* What the server made of a row. */
void import_report_answer(struct import_report *report, const struct import_place *place,
                          const struct client_reply *reply);

/* Prints the totals. END_OK, END_PARTIAL when something was not imported, END_REJECTED when nothing
 * was, END_AWAY when answers are missing. */
enum ending import_report_end(struct import_report *report);

#endif
