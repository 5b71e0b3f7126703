#include "submit_report.h"

#include "grid.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_TOGETHER = 200 };

static const struct grid_column columns[] = {
    {TEXT_COLUMN_LINE, false, true},    {TEXT_COLUMN_EVENT, false, false},
    {TEXT_COLUMN_RESULT, false, false}, {TEXT_COLUMN_ID, false, false},
    {TEXT_COLUMN_REMARK, false, true},
};
enum { COLUMNS = sizeof columns / sizeof *columns, COLUMN_RESULT = 2 };

struct submit_report {
    struct context *context;
    struct grid *grid;
    bool brief, file_failed;
    unsigned rows;
    uint64_t created, updated, unchanged, stale, done, refused, unanswered;
};

struct submit_report *submit_report_create(struct context *context, bool brief)
{
    struct submit_report *report = calloc(1, sizeof *report);
    if (report == NULL)
        return NULL;
    report->context = context;
    report->brief = brief;
    report->grid = grid_create(&context->terminal, context->out, columns, COLUMNS);
    if (report->grid == NULL) {
        free(report);
        return NULL;
    }
    return report;
}

void submit_report_free(struct submit_report *report)
{
    if (report == NULL)
        return;
    grid_free(report->grid);
    free(report);
}

/* -- one line ---------------------------------------------------------------------------------- */

static const char *type_name(enum message_type type)
{
    const struct message_info *info = message_info(type);
    return info != NULL ? info->name : "?";
}

/* The row of a line; further findings have rows of their own below. */
static void add_rows(struct submit_report *report, const struct submit_place *place,
                     enum message_type type, const char *result, const char *id, enum colour colour,
                     const struct errors *errors)
{
    char *where = NULL;
    if (asprintf(&where, "%s:%" PRIu64, place->path, place->line) < 0)
        where = NULL;
    unsigned count = errors->count > 0 ? errors->count : 1;
    for (unsigned i = 0; i < count; i++) {
        char *remark = i < errors->count ? error_in_words(&errors->item[i]) : NULL;
        const char *cells[COLUMNS] = {where, type_name(type), result, id, remark};
        for (unsigned column = 0; i > 0 && column < COLUMNS - 1; column++)
            cells[column] = "";
        grid_add(report->grid, cells);
        if (i == 0)
            grid_colour(report->grid, COLUMN_RESULT, colour);
        free(remark);
    }
    free(where);
    report->rows += count;
    if (report->rows >= ROWS_TOGETHER) {
        grid_flush(report->grid);
        fflush(report->context->out);
        report->rows = 0;
    }
}

static json_t *errors_json(const struct errors *errors)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < errors->count; i++)
        json_array_append_new(list, json_pack("{ssssss}", "code", error_name(errors->item[i].code),
                                              "path", errors->item[i].path, "expected",
                                              errors->item[i].expected));
    return list;
}

static void print_line_json(struct submit_report *report, const struct submit_place *place,
                            enum message_type type, const char *status, const char *id,
                            struct text result, const struct errors *errors)
{
    json_t *root = json_pack("{sssIssss}", "file", place->path, "line", (json_int_t)place->line,
                             "type", type_name(type), "status", status);
    if (root == NULL)
        return;
    if (*id != '\0')
        json_object_set_new(root, "record", json_string(id));
    if (result.size > 0)
        json_object_set_new(root, "result", json_stringn(result.data, result.size));
    if (errors->count > 0)
        json_object_set_new(root, strcmp(status, "ok") == 0 ? "warnings" : "errors",
                            errors_json(errors));
    char *line = json_dumps(root, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (line != NULL)
        fprintf(report->context->out, "%s\n", line);
    free(line);
    json_decref(root);
}

static void count_answer(struct submit_report *report, const struct client_reply *reply)
{
    struct text result = reply->head.result;
    const struct {
        const char *result;
        uint64_t *counter;
    } counters[] = {
        {"created", &report->created},
        {"updated", &report->updated},
        {"unchanged", &report->unchanged},
        {"stale", &report->stale},
    };
    uint64_t *counter = &report->done;
    for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
        if (result.size == strlen(counters[i].result) &&
            memcmp(result.data, counters[i].result, result.size) == 0)
            counter = counters[i].counter;
    if (reply->status == REPLY_REJECTED)
        counter = &report->refused;
    else if (reply->status != REPLY_OK)
        counter = &report->unanswered;
    ++*counter;
}

static enum text_id result_words(const struct client_reply *reply)
{
    struct text result = reply->head.result;
    if (reply->status == REPLY_NONE)
        return TEXT_RESULT_none;
    if (reply->status == REPLY_RETRY)
        return TEXT_RESULT_retry;
    if (reply->status == REPLY_REJECTED)
        return TEXT_RESULT_rejected;
    enum text_id words = text_named("RESULT_", result.data != NULL ? result.data : "", result.size);
    return words != TEXT_NONE ? words : TEXT_DONE;
}

void submit_report_answer(struct submit_report *report, const struct submit_place *place,
                          enum message_type type, const struct client_reply *reply)
{
    static const char *const statuses[] = {[REPLY_NONE] = "none",
#define STATUS_NAME(constant, wire) [REPLY_##constant] = (wire),
                                           REPLY_STATUSES(STATUS_NAME)
#undef STATUS_NAME
    };
    char id[ID_TEXT_SIZE] = "";
    bool fine = reply->status == REPLY_OK;
    count_answer(report, reply);
    if (reply->head.record != 0)
        id_print(reply->head.record, id);
    if (report->brief && fine && reply->errors.count == 0)
        return;
    if (report->context->json)
        print_line_json(report, place, type, statuses[reply->status], id, reply->head.result,
                        &reply->errors);
    else
        add_rows(report, place, type, text_of(result_words(reply)), id,
                 fine ? COLOUR_GOOD : COLOUR_BAD, &reply->errors);
}

void submit_report_refused(struct submit_report *report, const struct submit_place *place,
                           enum message_type type, const struct errors *errors)
{
    report->refused++;
    if (report->context->json)
        print_line_json(report, place, type, "rejected", "", (struct text){NULL, 0}, errors);
    else
        add_rows(report, place, type, text_of(TEXT_RESULT_rejected), "", COLOUR_BAD, errors);
}

void submit_report_failed(struct submit_report *report)
{
    report->file_failed = true;
}

/* -- all of them ------------------------------------------------------------------------------- */

static void say_count(FILE *file, bool *first, uint64_t count, enum text_id what)
{
    if (count == 0)
        return;
    fprintf(file, "%s%" PRIu64 " %s", *first ? "" : ", ", count, text_of(what));
    *first = false;
}

enum ending submit_report_end(struct submit_report *report)
{
    FILE *err = report->context->err;
    uint64_t good =
        report->created + report->updated + report->unchanged + report->stale + report->done;
    bool first = true;
    grid_flush(report->grid);
    fflush(report->context->out);
    say_count(err, &first, report->created, TEXT_COUNT_CREATED);
    say_count(err, &first, report->updated, TEXT_COUNT_UPDATED);
    say_count(err, &first, report->unchanged, TEXT_COUNT_UNCHANGED);
    say_count(err, &first, report->stale, TEXT_COUNT_STALE);
    say_count(err, &first, report->done, TEXT_COUNT_DONE);
    say_count(err, &first, report->refused, TEXT_COUNT_REFUSED);
    say_count(err, &first, report->unanswered, TEXT_COUNT_UNANSWERED);
    fprintf(err, "%s\n", first ? text_of(TEXT_COUNT_NOTHING) : ".");
    if (report->refused == 0 && report->unanswered == 0 && !report->file_failed)
        return END_OK;
    return good > 0 ? END_PARTIAL : END_REJECTED;
}
