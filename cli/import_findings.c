#include "import_findings.h"

#include <stdlib.h>

/* Warnings shown of each kind; the JSON answer lists more of them. */
enum { WARNINGS_SHOWN = 20, FINDINGS_LISTED = 10000 };

struct import_findings {
    struct context *context;
    struct progress_bar *bar;
    struct row_order *order;
    json_t *list; /* NULL when none is wanted */
    uint64_t warnings, not_shown;
};

/* A finding on its way. */
struct kept {
    struct row_saying saying;
    struct finding finding;
    char *name, *message; /* NULL without memory */
};

static void list_add(json_t *list, const struct finding *finding, const char *message)
{
    static const char *const names[] = {"rejected", "duplicate", "warning"};
    if (!list || json_array_size(list) >= FINDINGS_LISTED)
        return;
    json_array_append_new(list, json_pack("{sssIsIssss}", "file", finding->path, "line",
                                          (json_int_t)finding->line, "column",
                                          (json_int_t)finding->column, "result",
                                          names[finding->severity], "message", message));
}

/* Prints `file:line:column: message`; of the warnings of one kind only the first ones. */
static void tell(struct import_findings *findings, const struct finding *finding, const char *name,
                 const char *message)
{
    bool warning = finding->severity == SEVERITY_WARNING;
    findings->warnings += warning;
    list_add(findings->list, finding, message);
    if (warning && finding->shown && (*finding->shown)++ >= WARNINGS_SHOWN) {
        findings->not_shown++;
        return;
    }
    progress_bar_clear(findings->bar);
    fprintf(findings->context->err, "%s:%u:%u: %s%s%s%s\n", finding->path, finding->line,
            finding->column, warning ? text_of(TEXT_IMPORT_WARNING) : "", name,
            *name ? text_of(TEXT_COLON) : "", message);
}

static void tell_kept(void *arg, struct row_saying *saying)
{
    struct kept *kept = (struct kept *)saying;
    tell(arg, &kept->finding, kept->name ? kept->name : "", kept->message ? kept->message : "");
    free(kept->name);
    free(kept->message);
    free(kept);
}

struct import_findings *findings_create(struct context *context, struct progress_bar *bar)
{
    struct import_findings *findings = calloc(1, sizeof *findings);
    if (!findings)
        return NULL;
    *findings = (struct import_findings){.context = context, .bar = bar};
    findings->order = row_order_create(tell_kept, findings);
    if (!findings->order) {
        free(findings);
        return NULL;
    }
    if (context->json)
        findings->list = json_array();
    return findings;
}

void findings_free(struct import_findings *findings)
{
    if (!findings)
        return;
    row_order_free(findings->order);
    json_decref(findings->list);
    free(findings);
}

struct row_order *findings_order(struct import_findings *findings)
{
    return findings->order;
}

void findings_say(struct import_findings *findings, uint64_t row, struct finding finding,
                  struct text header, char *message)
{
    struct kept *kept = malloc(sizeof *kept);
    if (!kept) { /* out of turn, but said */
        tell(findings, &finding, "", message ? message : "");
        free(message);
        return;
    }
    *kept = (struct kept){
        .finding = finding, .name = text_clean(header.data, header.size), .message = message};
    row_order_say(findings->order, row, &kept->saying);
}

uint64_t findings_end(struct import_findings *findings)
{
    row_order_finish(findings->order);
    progress_bar_clear(findings->bar);
    if (findings->not_shown)
        say(findings->context->err, IMPORT_MORE_WARNINGS, findings->not_shown);
    return findings->warnings;
}

json_t *findings_list(const struct import_findings *findings)
{
    return json_incref(findings->list);
}
