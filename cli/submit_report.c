#include "submit_report.h"

#include "grid.h"
#include "row_order.h"

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
    struct row_order *order;
    bool brief, file_failed;
    unsigned rows;
    uint64_t created, updated, unchanged, stale, done, refused, unanswered;
};

/* -- one line ---------------------------------------------------------------------------------- */

static const char *type_name(enum message_type type)
{
    const struct message_info *info = message_info(type);
    return info != NULL ? info->name : "?";
}

/* What became of one, until all before it are told. */
struct kept {
    struct row_saying saying;
    struct submit_place place;
    enum message_type type;
    enum reply_status status;
    enum text_id words; /* for the result */
    char id[ID_TEXT_SIZE], result[16];
    struct errors errors;
};

/* The row of a line; further findings have rows of their own below. */
static void add_rows(struct submit_report *report, const struct kept *kept)
{
    const struct errors *errors = &kept->errors;
    char *where = NULL;
    if (asprintf(&where, "%s:%" PRIu64, kept->place.path, kept->place.line) < 0)
        where = NULL;
    unsigned count = errors->count > 0 ? errors->count : 1;
    for (unsigned i = 0; i < count; i++) {
        char *remark = i < errors->count ? error_in_words(&errors->item[i]) : NULL;
        const char *cells[COLUMNS] = {where, type_name(kept->type), text_of(kept->words), kept->id,
                                      remark};
        for (unsigned column = 0; i > 0 && column < COLUMNS - 1; column++)
            cells[column] = "";
        grid_add(report->grid, cells);
        if (i == 0)
            grid_colour(report->grid, COLUMN_RESULT,
                        kept->status == REPLY_OK ? COLOUR_GOOD : COLOUR_BAD);
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

static void print_line_json(struct submit_report *report, const struct kept *kept)
{
    static const char *const statuses[] = {[REPLY_NONE] = "none",
#define STATUS_NAME(constant, wire) [REPLY_##constant] = (wire),
                                           REPLY_STATUSES(STATUS_NAME)
#undef STATUS_NAME
    };
    json_t *root =
        json_pack("{sssIssss}", "file", kept->place.path, "line", (json_int_t)kept->place.line,
                  "type", type_name(kept->type), "status", statuses[kept->status]);
    if (root == NULL)
        return;
    if (*kept->id != '\0')
        json_object_set_new(root, "record", json_string(kept->id));
    if (*kept->result != '\0')
        json_object_set_new(root, "result", json_string(kept->result));
    if (kept->errors.count > 0)
        json_object_set_new(root, kept->status == REPLY_OK ? "warnings" : "errors",
                            errors_json(&kept->errors));
    char *line = json_dumps(root, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (line != NULL)
        fprintf(report->context->out, "%s\n", line);
    free(line);
    json_decref(root);
}

static void tell(struct submit_report *report, const struct kept *kept)
{
    if (report->brief && kept->status == REPLY_OK && kept->errors.count == 0)
        return;
    if (report->context->json)
        print_line_json(report, kept);
    else
        add_rows(report, kept);
}

static void tell_kept(void *arg, struct row_saying *saying)
{
    tell(arg, (const struct kept *)saying);
    free(saying);
}

/* Without memory to keep it, it is told out of turn. */
static void keep(struct submit_report *report, const struct kept *told)
{
    struct kept *kept = malloc(sizeof *kept);
    if (kept != NULL) {
        *kept = *told;
        row_order_say(report->order, told->place.row, &kept->saying);
    } else {
        tell(report, told);
    }
    row_order_end(report->order, told->place.row);
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
    struct kept kept = {.place = *place,
                        .type = type,
                        .status = reply->status,
                        .words = result_words(reply),
                        .errors = reply->errors};
    struct text result = reply->head.result;
    count_answer(report, reply);
    if (reply->head.record != 0)
        id_print(reply->head.record, kept.id);
    snprintf(kept.result, sizeof kept.result, "%.*s", (int)result.size,
             result.size > 0 ? result.data : "");
    keep(report, &kept);
}

void submit_report_refused(struct submit_report *report, const struct submit_place *place,
                           enum message_type type, const struct errors *errors)
{
    const struct kept kept = {.place = *place,
                              .type = type,
                              .status = REPLY_REJECTED,
                              .words = TEXT_RESULT_rejected,
                              .errors = *errors};
    report->refused++;
    keep(report, &kept);
}

void submit_report_failed(struct submit_report *report)
{
    report->file_failed = true;
}

/* -- all of them ------------------------------------------------------------------------------- */

void submit_report_free(struct submit_report *report)
{
    if (report == NULL)
        return;
    row_order_free(report->order);
    grid_free(report->grid);
    free(report);
}

struct submit_report *submit_report_create(struct context *context, bool brief)
{
    struct submit_report *report = calloc(1, sizeof *report);
    if (report == NULL)
        return NULL;
    report->context = context;
    report->brief = brief;
    report->grid = grid_create(&context->terminal, context->out, columns, COLUMNS);
    report->order = row_order_create(tell_kept, report);
    if (report->grid != NULL && report->order != NULL)
        return report;
    submit_report_free(report);
    return NULL;
}

bool submit_report_full(const struct submit_report *report)
{
    return row_order_full(report->order);
}

uint64_t submit_report_begin(struct submit_report *report)
{
    return row_order_begin(report->order);
}

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
    row_order_finish(report->order);
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
