#include "import_rows.h"

#include "../proto/message.h"
#include "../proto/records.h"
#include "import_reference.h"
#include "import_rows_parts.h"
#include "import_value.h"
#include "tree.h"

#include <string.h>

/* Every stored record begins with source, reference and time. */
struct head {
    uint64_t has_bits;
    struct text source, reference;
    int64_t observed_at;
};
#define HEAD_MATCHES(record)                                                                       \
    _Static_assert(offsetof(struct record, source) == offsetof(struct head, source) &&             \
                       offsetof(struct record, reference) == offsetof(struct head, reference) &&   \
                       offsetof(struct record, observed_at) == offsetof(struct head, observed_at), \
                   #record)
HEAD_MATCHES(learner);
HEAD_MATCHES(offer);
HEAD_MATCHES(employer);
enum { HEAD_SOURCE = 1, HEAD_REFERENCE = 2, HEAD_OBSERVED_AT = 4 };

/* A made reference has not the form of France Travail's, so it needs another source. */
static bool head_complete(uint8_t kind, struct text source, const struct row_context *context,
                          const struct table_row *row, void *record)
{
    struct head *head = record;
    char reference[MADE_REFERENCE_SIZE];
    if (!(head->has_bits & HEAD_SOURCE))
        head->source = source.size ? source : text_of_string("import");
    if (!(head->has_bits & HEAD_REFERENCE)) {
        reference_make(kind, record, row, reference);
        const char *copy = arena_copy(context->arena, reference, strlen(reference));
        if (!copy)
            return false;
        head->reference = text_of_string(copy);
        if (text_is(head->source, "francetravail"))
            head->source = text_of_string("import");
    }
    if (!(head->has_bits & HEAD_OBSERVED_AT))
        head->observed_at = context->observed_at;
    head->has_bits |= HEAD_SOURCE | HEAD_REFERENCE | HEAD_OBSERVED_AT;
    return true;
}

/* No cell of a row may hold a social-security number, mapped or not. */
static void numbers_refuse(const struct building *building)
{
    for (unsigned i = 0; i < building->row->count; i++) {
        const struct table_cell *cell = &building->row->cells[i];
        if (row_plan_is_refused(building->plan, i) ||
            !text_has_social_security_number(cell->text.data, cell->text.size))
            continue;
        struct row_finding *finding = finding_add(building->findings, false);
        finding->fault = (struct value_fault){TEXT_IMPORT_SOCIAL_SECURITY, {"", 0}};
        finding->line = cell->line;
        finding->column = cell->column;
        finding->header = building->plan->header->cells[i].text;
    }
}

bool row_build(const struct row_plan *plan, const struct row_context *context,
               const struct table_row *row, void *record, struct row_findings *findings)
{
    const struct record_type *type = kind_info(plan->map->kind)->record;
    struct building building = {plan, context, row, record, findings};
    *findings = (struct row_findings){.count = 0};
    numbers_refuse(&building);
    if (findings->bad)
        return false;
    rules_apply_all(&building);
    record_settle(&building, type);
    if (findings->bad) /* what follows would only say it again */
        return false;
    struct errors errors = {.count = 0};
    if (!head_complete(plan->map->kind, plan->map->source, context, row, record))
        errors_add(&errors, ERROR_TOO_LARGE, "reference", "%s", "");
    else
        record_check(type, record, "", &errors);
    for (unsigned i = 0; i < errors.count; i++)
        finding_of_error(findings, plan, row, &errors.item[i], false);
    return !findings->bad;
}

/* -- rows that are records --------------------------------------------------------------------- */

bool row_is_record(const struct record_type *type, const struct table_row *header)
{
    for (unsigned i = 0; i < header->count; i++) {
        struct text name = header->cells[i].text;
        const char *dot = memchr(name.data, '.', name.size);
        if (!field_of_name(type, name.data, dot ? (size_t)(dot - name.data) : name.size, 0))
            return false;
    }
    return header->count > 0;
}

static bool is_missing_head(const struct error *error)
{
    return error->code == ERROR_MISSING_FIELD &&
           (strcmp(error->path, "source") == 0 || strcmp(error->path, "reference") == 0 ||
            strcmp(error->path, "observed_at") == 0);
}

bool row_decode(const struct record_type *type, struct text source,
                const struct row_context *context, const struct table_row *row, void *record,
                struct row_findings *findings)
{
    struct errors errors = {.count = 0};
    size_t size;
    *findings = (struct row_findings){.count = 0};
    const uint8_t *wire =
        json_to_wire(row->json.data, row->json.size, context->arena, &size, &errors);
    const msgpack_object *map = wire ? wire_unpack(wire, size, context->arena, &errors) : NULL;
    if (map)
        record_decode(type, map, record, context->arena, "", &errors);
    for (unsigned i = 0; i < errors.count; i++)
        if (!is_missing_head(&errors.item[i]))
            finding_of_error(findings, NULL, row, &errors.item[i], false);
    findings->bad |= errors.total > errors.count;
    if (findings->bad)
        return false;
    uint8_t kind = type == &learner_type ? KIND_LEARNER
                   : type == &offer_type ? KIND_OFFER
                                         : KIND_EMPLOYER;
    if (head_complete(kind, source, context, row, record))
        return true;
    finding_add(findings, false)->fault = (struct value_fault){TEXT_NO_MEMORY, {"", 0}};
    return false;
}
