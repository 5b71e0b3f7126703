#include "query_lines.h"

#include <stdlib.h>
#include <string.h>

/* Four digits behind the point. */
enum { ANSWER_FORMAT = JSON_COMPACT | JSON_REAL_PRECISION(4) };

struct answering {
    struct context *context;
    query_answer *answer;
    void *state;
    bool errors_in_answers;
    unsigned line, good, bad;
};

static const struct {
    enum text_id wrong;
    enum error_code code;
    const char *path, *expected;
} line_errors[] = {
    {TEXT_QUERY_TOO_LONG, ERROR_TOO_LARGE, "", "at most 64 KiB"},
    {TEXT_QUERY_NOT_JSON, ERROR_NOT_JSON, "", "a JSON object"},
    {TEXT_QUERY_NO_ID, ERROR_BAD_FORMAT, "id", "text of 1 to 256 bytes"},
};

bool query_errors_answer(json_t *answer, const struct errors *errors)
{
    json_t *list = json_array();
    bool made = json_object_set_new(answer, "errors", list) == 0;
    for (unsigned i = 0; made && i < errors->count; i++)
        made =
            json_array_append_new(
                list, json_pack("{ss ss ss}", "code", error_name(errors->item[i].code), "path",
                                errors->item[i].path, "expected", errors->item[i].expected)) == 0;
    return made;
}

json_t *query_line_read(const char *line, size_t size, enum text_id *wrong)
{
    json_error_t error;
    json_t *question = json_loadb(line, size, JSON_REJECT_DUPLICATES, &error);
    const json_t *id = json_object_get(question, "id");
    *wrong = TEXT_NONE;
    if (!json_is_object(question))
        *wrong = TEXT_QUERY_NOT_JSON;
    else if (!json_is_string(id) || json_string_length(id) < 1 ||
             json_string_length(id) > QUERY_ID_MAX)
        *wrong = TEXT_QUERY_NO_ID;
    if (*wrong == TEXT_NONE)
        return question;
    json_decref(question);
    return NULL;
}

/* At once: who asks may wait for the answer before the next question. */
static void end_answer(FILE *out)
{
    fputc('\n', out);
    fflush(out);
}

static enum text_id answer_question(struct answering *answering, const json_t *question)
{
    FILE *out = answering->context->out;
    json_t *answer = json_pack("{sO}", "id", json_object_get(question, "id"));
    enum text_id wrong =
        answer ? answering->answer(answering->state, question, answer) : TEXT_NO_MEMORY;
    if (wrong == TEXT_NONE && json_dumpf(answer, out, ANSWER_FORMAT) != 0)
        wrong = ferror(out) ? TEXT_NONE : TEXT_NO_MEMORY;
    if (wrong == TEXT_NONE)
        end_answer(out);
    answering->bad += wrong == TEXT_NONE && json_object_get(answer, "errors") != NULL;
    answering->good += wrong == TEXT_NONE && json_object_get(answer, "errors") == NULL;
    json_decref(answer);
    return wrong;
}

/* False without memory. */
static bool answer_line_error(struct answering *answering, enum text_id wrong)
{
    struct errors errors = {.count = 0};
    for (size_t i = 0; i < sizeof line_errors / sizeof *line_errors; i++)
        if (line_errors[i].wrong == wrong)
            errors_add(&errors, line_errors[i].code, line_errors[i].path, "%s",
                       line_errors[i].expected);
    json_t *answer = json_pack("{si}", "line", (int)answering->line);
    bool made = answer != NULL && query_errors_answer(answer, &errors) &&
                (json_dumpf(answer, answering->context->out, ANSWER_FORMAT) == 0 ||
                 ferror(answering->context->out));
    if (made)
        end_answer(answering->context->out);
    json_decref(answer);
    return made;
}

static enum text_id take_line(struct answering *answering, const char *line, size_t size)
{
    enum text_id wrong;
    json_t *question = query_line_read(line, size, &wrong);
    if (question != NULL)
        wrong = answer_question(answering, question);
    json_decref(question);
    return wrong;
}

/* Reads a line without its end; false at the end of the input. One that is too long is read to its
 * end, and size is then QUERY_LINE_MAX + 1. */
static bool read_line(FILE *in, char line[QUERY_LINE_MAX], size_t *size)
{
    int c = getc(in);
    for (*size = 0; c != EOF && c != '\n'; c = getc(in)) {
        if (*size < QUERY_LINE_MAX)
            line[*size] = (char)c;
        *size += *size <= QUERY_LINE_MAX;
    }
    return c != EOF || *size > 0;
}

/* Behind a byte order mark, as some editors write it. */
static const char *without_mark(const char *line, size_t *size)
{
    if (*size < 3 || memcmp(line, "\xef\xbb\xbf", 3) != 0)
        return line;
    *size -= 3;
    return line + 3;
}

static bool is_blank(const char *line, size_t size)
{
    while (size > 0 && (line[size - 1] == ' ' || line[size - 1] == '\t' || line[size - 1] == '\r'))
        size--;
    return size == 0;
}

static enum ending take_lines(struct answering *answering, char line[QUERY_LINE_MAX])
{
    struct context *context = answering->context;
    size_t size;
    while (!ferror(context->out) && read_line(context->in, line, &size)) {
        answering->line++;
        enum text_id wrong = TEXT_QUERY_TOO_LONG;
        if (size <= QUERY_LINE_MAX) {
            const char *text = answering->line == 1 ? without_mark(line, &size) : line;
            if (is_blank(text, size))
                continue;
            wrong = take_line(answering, text, size);
        }
        if (wrong == TEXT_NO_MEMORY)
            return context_no_memory(context);
        answering->bad += wrong != TEXT_NONE;
        if (wrong != TEXT_NONE && answering->errors_in_answers) {
            if (!answer_line_error(answering, wrong))
                return context_no_memory(context);
        } else if (wrong != TEXT_NONE)
            say(context->err, QUERY_LINE, answering->line, text_of(wrong));
    }
    if (answering->bad == 0)
        return END_OK;
    return answering->good > 0 ? END_PARTIAL : END_REJECTED;
}

static enum ending run(struct answering *answering)
{
    char *line = malloc(QUERY_LINE_MAX);
    enum ending ending =
        line != NULL ? take_lines(answering, line) : context_no_memory(answering->context);
    free(line);
    return ending;
}

enum ending query_lines_run(struct context *context, query_answer *answer, void *state)
{
    struct answering answering = {.context = context, .answer = answer, .state = state};
    return run(&answering);
}

enum ending query_lines_run_all(struct context *context, query_answer *answer, void *state)
{
    struct answering answering = {
        .context = context, .answer = answer, .state = state, .errors_in_answers = true};
    return run(&answering);
}
