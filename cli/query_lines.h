/* Questions as JSON Lines on the input, an answer for each on the output. */
#ifndef PASSERELLE_CLI_QUERY_LINES_H
#define PASSERELLE_CLI_QUERY_LINES_H

#include "command.h"

#include <jansson.h>

enum { QUERY_LINE_MAX = 64 * 1024, QUERY_ID_MAX = 256 };

/* Fills in the answer, which has the question's id already. TEXT_NONE, or what is wrong with the
 * question; TEXT_NO_MEMORY ends all. */
typedef enum text_id query_answer(void *state, const json_t *question, json_t *answer);

/* A question, read; NULL with what is wrong. json_decref() it. */
json_t *query_line_read(const char *line, size_t size, enum text_id *wrong);

/* Answers every line until the input ends. A line that is no question is named on err as
 * `line N: …`: END_PARTIAL, or END_REJECTED when nothing could be answered. Empty lines are passed
 * over. */
enum ending query_lines_run(struct context *context, query_answer *answer, void *state);
/* The same with an answer for every line, `{"line": N, "errors": […]}` where it is no question. */
enum ending query_lines_run_all(struct context *context, query_answer *answer, void *state);

/* Gives an answer what is wrong with its question: `errors`, a list of code, path and expected; the
 * line counts as one that could not be answered. False without memory. */
bool query_errors_answer(json_t *answer, const struct errors *errors);

#endif
