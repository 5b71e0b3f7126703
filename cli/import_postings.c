#include "import_postings.h"

#include "../runtime/clock.h"
#include "import_reference.h"
#include "import_value.h"
#include "json_objects.h"
#include "posting.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MAX = 128 * 1024 * 1024 };

/* A file in hand. */
struct document {
    struct import_run *run;
    const char *path;
    char *data;
    size_t size;
    struct row_context context;
    char source[SOURCE_NAME_SIZE];
};

/* -- the file -----------------------------------------------------------------------------------
 */

/* Whether the first bytes may be those of JSON or of a page. */
static bool may_hold_json(FILE *file)
{
    char start[64];
    size_t size = fread(start, 1, sizeof start, file), at = 0;
    if (size >= 3 && memcmp(start, "\xef\xbb\xbf", 3) == 0)
        at = 3;
    while (at < size && strchr(" \t\r\n", start[at]) && start[at])
        at++;
    return at < size && (start[at] == '{' || start[at] == '[' || start[at] == '<');
}

/* Reads the file; false when it is not for this reader. */
static bool document_read(struct document *document)
{
    struct stat status;
    FILE *file = fopen(document->path, "re");
    bool good = file && fstat(fileno(file), &status) == 0 && S_ISREG(status.st_mode) &&
                status.st_size > 0 && status.st_size <= FILE_MAX && may_hold_json(file);
    if (good) {
        rewind(file);
        document->data = malloc((size_t)status.st_size);
        document->run->no_memory |= !document->data;
        good = document->data != NULL;
    }
    if (good) {
        document->size = fread(document->data, 1, (size_t)status.st_size, file);
        document->context = (struct row_context){document->run->arena, clock_day(clock_wall_ms()),
                                                 (int64_t)status.st_mtim.tv_sec * 1000 +
                                                     status.st_mtim.tv_nsec / 1000000};
        source_of_path(document->path, document->source);
    }
    if (file)
        fclose(file);
    return good;
}

/* Whether what is in it are postings: one of the lists they come in, or the first object. */
static bool document_recognise(const struct document *document)
{
    struct json_objects objects;
    struct json_object_span span;
    enum span_result result;
    bool known = false;
    json_objects_begin(&objects, document->data, document->size);
    while (!known && (result = json_objects_next(&objects, &span)) == SPAN_OBJECT) {
        json_t *object = json_loadb(span.data, span.size, 0, NULL);
        known = posting_form_of(object) != POSTING_NONE;
        bool more = json_object_get(object, "@type") != NULL; /* JSON-LD of something else */
        json_decref(object);
        if (!more)
            break;
    }
    return known || objects.in_lists;
}

/* -- offers -------------------------------------------------------------------------------------
 */

/* Something that is no offer, where one should be. */
static void problem_tell(struct document *document, enum text_id what, const char *detail,
                         const struct json_object_span *span)
{
    struct row_findings findings = {.count = 1, .total = 1, .bad = true};
    findings.item[0] = (struct row_finding){
        .line = span->line,
        .column = span->column,
        .header = text_of_string(span->path),
        .fault = {what, text_of_string(detail)},
    };
    import_report_findings(document->run->report, document->path, &findings);
}

static void posting_take(struct document *document, const struct json_object_span *span,
                         const json_t *object)
{
    struct import_run *run = document->run;
    struct row_findings findings;
    arena_reset(run->arena);
    struct posting posting = {
        .context = &document->context,
        .source = text_of_string(run->options->source ? run->options->source : document->source),
        .offer = arena_alloc(run->arena, sizeof *posting.offer),
        .findings = &findings,
        .line = span->line,
        .column = span->column,
        .path = span->path,
    };
    if (!posting.offer) {
        run->no_memory = true;
        return;
    }
    bool good = posting_read(&posting, object);
    import_report_findings(run->report, document->path, &findings);
    struct import_place place = {
        .path = document->path, .line = span->line, .column = span->column};
    if (good)
        sender_take(run->sender, posting.offer, posting_form_of(object) == POSTING_SCHEMA_ORG,
                    &place);
}

static void object_take(struct document *document, const struct json_object_span *span)
{
    struct import_run *run = document->run;
    struct import_counts *counts = import_report_counts(run->report);
    json_error_t error;
    json_t *object = json_loadb(span->data, span->size, 0, &error);
    enum posting_form form = posting_form_of(object);
    if (object && form == POSTING_NONE && json_object_get(object, "@type")) {
        json_decref(object); /* JSON-LD about something else: the site, the firm */
        return;
    }
    counts->rows++;
    sender_make_room(run->sender);
    import_report_row_begin(run->report);
    if (!object)
        problem_tell(document, TEXT_IMPORT_NOT_JSON, error.text, span);
    else if (form == POSTING_NONE)
        problem_tell(document, TEXT_IMPORT_NO_POSTING, "", span);
    else
        posting_take(document, span, object);
    import_report_row_end(run->report);
    json_decref(object);
}

static void other_take(struct document *document, enum span_result result,
                       const struct json_object_span *span)
{
    struct import_report *report = document->run->report;
    bool large = result == SPAN_OTHER && span->size > JSON_OBJECT_MAX;
    import_report_counts(report)->rows++;
    sender_make_room(document->run->sender);
    import_report_row_begin(report);
    problem_tell(document,
                 large                     ? TEXT_IMPORT_TABLE_TOO_LARGE
                 : result == SPAN_UNCLOSED ? TEXT_IMPORT_UNCLOSED
                                           : TEXT_IMPORT_NO_POSTING,
                 "", span);
    import_report_row_end(report);
}

static void postings_take(struct document *document)
{
    struct import_run *run = document->run;
    struct json_objects objects;
    struct json_object_span span;
    enum span_result result;
    progress_bar_start(&run->bar, run->context->err, document->path, (int64_t)document->size,
                       clock_monotonic_ms());
    json_objects_begin(&objects, document->data, document->size);
    while (import_run_goes_on(run) && (result = json_objects_next(&objects, &span)) != SPAN_END) {
        if (result == SPAN_OBJECT)
            object_take(document, &span);
        else
            other_take(document, result, &span);
        progress_bar_move(&run->bar, (int64_t)objects.at, clock_monotonic_ms());
    }
}

bool import_postings(struct import_run *run, const char *path)
{
    struct document document = {.run = run, .path = path};
    bool here = document_read(&document) && document_recognise(&document);
    if (here) {
        struct journal journal;
        uint8_t hash[CONTENT_HASH_SIZE];
        crypto_generichash(hash, sizeof hash, (const uint8_t *)document.data, document.size, NULL,
                           0);
        import_run_file_begin(run, path, hash, &journal);
        postings_take(&document);
        import_run_file_end(run, &journal);
    }
    free(document.data);
    return here || run->no_memory;
}
