#include "import_report.h"

#include "import_findings.h"
#include "tree.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { CULPRIT_SHOWN = 80 };

struct import_report {
    struct context *context;
    struct progress_bar *bar;
    struct import_counts counts;
    json_t *refused; /* of the JSON answer; NULL when none is wanted */
    struct import_findings *findings;
    unsigned shown_texts[TEXT_END], shown_errors[ERROR_END];
    uint64_t row;      /* in hand */
    uint64_t left_out; /* rows that were not imported */
    bool failed;       /* a file could not be read */
};

struct import_report *import_report_create(struct context *context, struct progress_bar *bar)
{
    struct import_report *report = calloc(1, sizeof *report);
    if (!report)
        return NULL;
    report->context = context;
    report->bar = bar;
    report->findings = findings_create(context, bar);
    if (!report->findings) {
        free(report);
        return NULL;
    }
    if (context->json)
        report->refused = json_array();
    return report;
}

void import_report_free(struct import_report *report)
{
    if (!report)
        return;
    findings_free(report->findings);
    json_decref(report->refused);
    free(report);
}

struct import_counts *import_report_counts(struct import_report *report)
{
    return &report->counts;
}

bool import_report_full(const struct import_report *report)
{
    return row_order_full(findings_order(report->findings));
}

void import_report_row_begin(struct import_report *report)
{
    report->row = row_order_begin(findings_order(report->findings));
}

void import_report_row_end(struct import_report *report)
{
    row_order_end(findings_order(report->findings), report->row);
    report->row = ROW_NONE;
}

uint64_t import_report_row_await(struct import_report *report)
{
    uint64_t row = report->row;
    report->row = ROW_NONE;
    return row;
}

/* -- in words -----------------------------------------------------------------------------------
 */

/* The culprit cut and cleaned, in the sentence that takes it. */
static char *fault_in_words(const struct value_fault *fault)
{
    struct text culprit = fault->culprit;
    bool cut = culprit.size > CULPRIT_SHOWN;
    char *clean = text_clean(culprit.data, text_fit(culprit.data, culprit.size, CULPRIT_SHOWN)),
         *shown = NULL;
    if (!clean || asprintf(&shown, "%s%s", clean, cut ? "…" : "") < 0)
        shown = NULL;
    char *words = text_make(fault->what, shown ? shown : "");
    free(clean);
    free(shown);
    return words;
}

/* An error whose column is named needs no path. */
static char *placed_error_in_words(const struct error *error, struct text header)
{
    struct error placed = *error;
    if (header.size)
        placed.path[0] = 0;
    return error_in_words(&placed);
}

void import_report_findings(struct import_report *report, const char *path,
                            const struct row_findings *findings)
{
    for (unsigned i = 0; i < findings->count; i++) {
        const struct row_finding *finding = &findings->item[i];
        if (findings->bad && finding->warning)
            continue; /* the row is refused for something else */
        bool is_fault = finding->fault.what != TEXT_NONE;
        char *words = is_fault ? fault_in_words(&finding->fault)
                               : placed_error_in_words(&finding->error, finding->header);
        struct finding said = {
            .path = path,
            .line = finding->line,
            .column = finding->column,
            .severity = finding->warning ? SEVERITY_WARNING : SEVERITY_REJECTED,
            .shown = is_fault ? &report->shown_texts[finding->fault.what]
                              : &report->shown_errors[finding->error.code],
        };
        findings_say(report->findings, report->row, said, finding->header, words);
    }
    report->counts.rejected += findings->bad;
    report->left_out += findings->bad;
}

void import_report_problem(struct import_report *report, const char *path,
                           const struct table_problem *problem, bool row)
{
    static const enum text_id texts[] = {
        [TABLE_FAULT_OPEN] = TEXT_IMPORT_TABLE_OPEN,
        [TABLE_FAULT_READ] = TEXT_IMPORT_TABLE_READ,
        [TABLE_FAULT_MEMORY] = TEXT_NO_MEMORY,
        [TABLE_FAULT_EMPTY] = TEXT_IMPORT_TABLE_EMPTY,
        [TABLE_FAULT_UTF16] = TEXT_IMPORT_TABLE_UTF16,
        [TABLE_FAULT_FORMAT] = TEXT_IMPORT_TABLE_FORMAT,
        [TABLE_FAULT_NO_SHEET] = TEXT_IMPORT_TABLE_NO_SHEET,
        [TABLE_FAULT_ENCRYPTED] = TEXT_IMPORT_TABLE_ENCRYPTED,
        [TABLE_FAULT_TOO_LARGE] = TEXT_IMPORT_TABLE_TOO_LARGE,
        [TABLE_FAULT_QUOTE] = TEXT_IMPORT_TABLE_QUOTE,
        [TABLE_FAULT_ENCODING] = TEXT_IMPORT_TABLE_ENCODING,
        [TABLE_FAULT_EXTRA_CELLS] = TEXT_IMPORT_TABLE_EXTRA_CELLS,
    };
    struct value_fault fault = {texts[problem->fault],
                                {problem->detail, (uint32_t)strlen(problem->detail)}};
    struct finding said = {.path = path,
                           .line = problem->line ? problem->line : 1,
                           .column = problem->column ? problem->column : 1,
                           .severity = SEVERITY_REJECTED};
    findings_say(report->findings, report->row, said, (struct text){"", 0}, fault_in_words(&fault));
    report->counts.rejected += row;
    report->left_out += row;
    report->failed |= !row;
}

void import_report_failed(struct import_report *report)
{
    report->failed = true;
}

void import_report_repeat(struct import_report *report, const char *path, uint32_t line,
                          uint32_t column, uint32_t first_line)
{
    struct finding said = {
        .path = path, .line = line, .column = column, .severity = SEVERITY_DUPLICATE};
    report->counts.duplicates++;
    report->left_out++;
    findings_say(report->findings, report->row, said, (struct text){"", 0},
                 phrase(IMPORT_SAME_AS_LINE, first_line));
}

void import_report_refused(struct import_report *report, const char *path, uint32_t line,
                           uint32_t column, struct text header)
{
    char *name = text_clean(header.data, header.size);
    progress_bar_clear(report->bar);
    say(report->context->err, IMPORT_COLUMN_REFUSED, path, line, column, name ? name : "");
    if (report->refused)
        json_array_append_new(report->refused,
                              json_pack("{sssssI}", "file", path, "header", name ? name : "",
                                        "column", (json_int_t)column));
    free(name);
}

/* -- answers ------------------------------------------------------------------------------------
 */

static void result_count(struct import_counts *counts, struct text result)
{
    if (text_is(result, "created"))
        counts->created++;
    else if (text_is(result, "updated"))
        counts->updated++;
    else if (text_is(result, "stale"))
        counts->stale++;
    else
        counts->unchanged++;
}

/* The record that an error or warning names at its start, such as L12. */
static void record_named(const struct error *error, char name[ID_TEXT_SIZE])
{
    snprintf(name, ID_TEXT_SIZE, "%.*s", (int)strcspn(error->expected, ": ,"), error->expected);
}

static void duplicate_say(struct import_report *report, const struct import_place *place,
                          const struct error *error, uint64_t record)
{
    char other[ID_TEXT_SIZE], own[ID_TEXT_SIZE] = "";
    record_named(error, other);
    if (record)
        id_print(record, own);
    char *words =
        record ? phrase(IMPORT_DUPLICATE_WITH, own, other) : phrase(IMPORT_DUPLICATE_OF, other);
    struct finding said = {.path = place->path,
                           .line = place->line,
                           .column = place->column,
                           .severity = SEVERITY_DUPLICATE};
    findings_say(report->findings, place->row, said, (struct text){"", 0}, words);
}

static void error_say(struct import_report *report, const struct import_place *place,
                      const struct error *error, bool warning)
{
    const struct table_row row = {.line = place->line};
    const char *path = strncmp(error->path, "body.", 5) == 0 ? error->path + 5 : error->path;
    struct finding said = {.path = place->path,
                           .severity = warning ? SEVERITY_WARNING : SEVERITY_REJECTED,
                           .shown = &report->shown_errors[error->code]};
    struct text header;
    row_locate(place->plan, &row, path, &said.line, &said.column, &header);
    findings_say(report->findings, place->row, said, header, placed_error_in_words(error, header));
}

static void answer_count(struct import_report *report, const struct client_reply *reply,
                         bool duplicate)
{
    report->counts.duplicates += duplicate;
    report->left_out += reply->status != REPLY_OK;
    if (reply->status == REPLY_OK)
        result_count(&report->counts, reply->head.result);
    else
        report->counts.rejected += !duplicate;
}

static void answer_say(struct import_report *report, const struct import_place *place,
                       const struct client_reply *reply)
{
    bool good = reply->status == REPLY_OK, duplicate = false;
    for (unsigned i = 0; i < reply->errors.count; i++) {
        const struct error *error = &reply->errors.item[i];
        if (error->code == ERROR_PROBABLE_DUPLICATE) {
            duplicate_say(report, place, error, good ? reply->head.record : 0);
            duplicate = true;
        } else {
            error_say(report, place, error, good);
        }
    }
    answer_count(report, reply, duplicate);
}

void import_report_answer(struct import_report *report, const struct import_place *place,
                          const struct client_reply *reply)
{
    if (reply->status == REPLY_OK || reply->status == REPLY_REJECTED)
        answer_say(report, place, reply);
    else
        report->counts.unanswered++;
    row_order_end(findings_order(report->findings), place->row);
}

/* -- all of them --------------------------------------------------------------------------------
 */

static void counts_print_json(struct import_report *report)
{
    const struct import_counts *counts = &report->counts;
    json_t *root = json_object();
    const struct {
        const char *name;
        uint64_t count;
    } numbers[] = {
        {"rows", counts->rows},
        {"created", counts->created},
        {"changed", counts->updated},
        {"unchanged", counts->unchanged},
        {"stale", counts->stale},
        {"checked", counts->checked},
        {"duplicates", counts->duplicates},
        {"rejected", counts->rejected},
        {"warnings", counts->warnings},
        {"unanswered", counts->unanswered},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        json_object_set_new(root, numbers[i].name, json_integer((json_int_t)numbers[i].count));
    json_object_set(root, "refused_columns", report->refused);
    json_object_set_new(root, "findings", findings_list(report->findings));
    char *text = json_dumps(root, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (text)
        fprintf(report->context->out, "%s\n", text);
    free(text);
    json_decref(root);
}

/* One of the counts behind a comma; the ones that are 0 and of no interest are left out. */
static void count_print(FILE *out, bool *first, bool always, uint64_t count, enum text_id text)
{
    if (count == 0 && !always)
        return;
    char *words = text_make(text, count);
    fprintf(out, "%s%s", *first ? "" : ", ", words ? words : "");
    free(words);
    *first = false;
}

static void counts_print(struct import_report *report)
{
    const struct import_counts *counts = &report->counts;
    FILE *out = report->context->out;
    bool first = true, sent = counts->checked == 0;
    count_print(out, &first, false, counts->checked,
                counts->checked == 1 ? TEXT_IMPORT_COUNT_CHECKED_ONE : TEXT_IMPORT_COUNT_CHECKED);
    count_print(out, &first, sent, counts->created, TEXT_IMPORT_COUNT_CREATED);
    count_print(out, &first, sent, counts->updated, TEXT_IMPORT_COUNT_CHANGED);
    count_print(out, &first, sent, counts->unchanged, TEXT_IMPORT_COUNT_UNCHANGED);
    count_print(out, &first, false, counts->stale, TEXT_IMPORT_COUNT_STALE);
    count_print(out, &first, false, counts->duplicates,
                counts->duplicates == 1 ? TEXT_IMPORT_COUNT_DUPLICATE
                                        : TEXT_IMPORT_COUNT_DUPLICATES);
    count_print(out, &first, false, counts->rejected, TEXT_IMPORT_COUNT_REJECTED);
    count_print(out, &first, false, counts->warnings,
                counts->warnings == 1 ? TEXT_IMPORT_COUNT_WARNING : TEXT_IMPORT_COUNT_WARNINGS);
    fputs(".\n", out);
}

enum ending import_report_end(struct import_report *report)
{
    const struct import_counts *counts = &report->counts;
    report->counts.warnings = findings_end(report->findings);
    if (report->context->json)
        counts_print_json(report);
    else
        counts_print(report);
    uint64_t good =
        counts->created + counts->updated + counts->unchanged + counts->stale + counts->checked;
    if (counts->unanswered)
        return END_AWAY;
    if (report->left_out == 0 && !report->failed)
        return END_OK;
    return good ? END_PARTIAL : END_REJECTED;
}
