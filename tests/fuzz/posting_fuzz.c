/* Any bytes hold objects within their bounds; each that is a posting makes an offer that holds, or
 * is refused with a reason. */
#include "cli/json_objects.h"
#include "cli/posting.h"
#include "proto/codec.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void object_check(const struct json_object_span *span)
{
    static struct arena *arena;
    if (!arena)
        arena = arena_create(8 * 1024 * 1024);
    arena_reset(arena);
    json_t *object = json_loadb(span->data, span->size, 0, NULL);
    if (posting_form_of(object) != POSTING_NONE) {
        struct row_context context = {arena, 20779, 1000};
        struct row_findings findings;
        struct offer offer = {0};
        struct errors errors = {.count = 0};
        struct posting posting = {.context = &context,
                                  .source = {"fuzz", 4},
                                  .offer = &offer,
                                  .findings = &findings,
                                  .line = span->line,
                                  .column = span->column,
                                  .path = span->path};
        if (posting_read(&posting, object))
            check(record_check(&offer_type, &offer, "", &errors));
        else
            check(findings.bad && findings.total > 0);
    }
    json_decref(object);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    struct json_objects objects;
    struct json_object_span span;
    enum span_result result;
    uint32_t line = 1;
    size_t found = 0;
    json_objects_begin(&objects, text, size);
    while ((result = json_objects_next(&objects, &span)) != SPAN_END) {
        check(++found <= size);
        check(span.data >= text && span.data <= text + size && span.line >= line);
        check(strlen(span.path) < JSON_PATH_SIZE);
        line = span.line;
        if (result != SPAN_OBJECT)
            continue;
        check(span.size > 0 && span.size <= JSON_OBJECT_MAX);
        check(span.data + span.size <= text + size && *span.data == '{');
        object_check(&span);
    }
    return 0;
}
