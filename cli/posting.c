#include "posting.h"

#include "../proto/message.h"
#include "import_assign.h"
#include "import_reference.h"
#include "import_rows_parts.h"
#include "import_value.h"
#include "tree.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_SIZE = 192, NUMBER_SIZE = 32 };

/* -- members ------------------------------------------------------------------------------------
 */

const json_t *posting_member(const json_t *object, const char *path)
{
    char key[64];
    while (object && *path) {
        size_t size = strcspn(path, ".");
        if (json_is_array(object))
            object = json_array_get(object, 0);
        snprintf(key, sizeof key, "%.*s", (int)size, path);
        object = json_object_get(object, key);
        path += size + (path[size] == '.');
    }
    return json_is_null(object) ? NULL : object;
}

static struct text text_trim(const char *data, size_t size)
{
    while (size && strchr(" \t\r\n", *data))
        data++, size--;
    while (size && strchr(" \t\r\n", data[size - 1]))
        size--;
    return (struct text){data, (uint32_t)size};
}

struct text posting_text(const struct posting *posting, const json_t *object, const char *path)
{
    const json_t *member = posting_member(object, path);
    char number[NUMBER_SIZE] = "";
    if (json_is_array(member))
        member = json_array_get(member, 0);
    if (json_is_string(member))
        return text_trim(json_string_value(member), json_string_length(member));
    if (json_is_boolean(member))
        return text_of_string(json_is_true(member) ? "true" : "false");
    if (json_is_integer(member))
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(member));
    else if (json_is_real(member))
        snprintf(number, sizeof number, "%.10g", json_real_value(member));
    const char *copy = arena_copy(posting->context->arena, number, strlen(number));
    return text_of_string(copy ? copy : "");
}

/* -- findings -----------------------------------------------------------------------------------
 */

static struct row_finding *finding_place(struct posting *posting, const char *from, bool warning)
{
    char path[PATH_SIZE];
    struct row_finding *finding = finding_add(posting->findings, warning);
    snprintf(path, sizeof path, "%s%s%s", posting->path, *posting->path && *from ? "." : "", from);
    const char *header = arena_copy(posting->context->arena, path, strlen(path));
    finding->line = posting->line;
    finding->column = posting->column;
    finding->header = text_of_string(header ? header : "");
    return finding;
}

void posting_no_memory(struct posting *posting)
{
    finding_place(posting, "", false)->fault = (struct value_fault){TEXT_NO_MEMORY, {"", 0}};
}

/* -- fields -------------------------------------------------------------------------------------
 */

void posting_fill(struct posting *posting, const char *field, struct text text, const char *from)
{
    const struct record_type *type = &offer_type;
    void *record = posting->offer;
    const char *dot = strchr(field, '.');
    const struct field *of, *outer = NULL;
    if (text.size == 0)
        return;
    if (dot) {
        outer = field_of_name(type, field, (size_t)(dot - field), 0);
        record = (char *)record + outer->offset;
        type = outer->record;
        field = dot + 1;
    }
    of = field_of_name(type, field, strlen(field), 0);
    struct convert_context context = {posting->context->arena, posting->context->today};
    struct texts values = {&text, 1};
    struct value_fault fault;
    if (assign(type, of, record, &values, NULL, &context, &fault) != ASSIGN_DONE)
        finding_place(posting, from, fault.what != TEXT_NO_MEMORY)->fault = fault;
    if (outer && *(const uint64_t *)record)
        posting->offer->has_bits |= field_bit(&offer_type, outer);
}

void posting_fill_url(struct posting *posting, struct text url, const char *from)
{
    if (url.size <= (uint64_t)field_of_name(&offer_type, "url", 3, 0)->max)
        posting_fill(posting, "url", url, from);
}

void posting_fill_format(struct posting *posting, const char *field, const char *from,
                         const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int size = vasprintf(&text, format, arguments);
    va_end(arguments);
    const char *copy = size < 0 ? NULL : arena_copy(posting->context->arena, text, (size_t)size);
    if (size >= 0)
        free(text);
    if (copy)
        posting_fill(posting, field, text_trim(copy, (size_t)size), from);
    else
        posting_no_memory(posting);
}

void posting_require(struct posting *posting, struct text skill, struct text words, bool required,
                     const char *from)
{
    const struct field *field = field_of_name(&offer_type, "requirements", 12, 0);
    struct offer *offer = posting->offer;
    if (!skill.size && !words.size)
        return;
    if (!assign_list_room(field, &offer->requirements, posting->context->arena)) {
        posting_no_memory(posting);
        return;
    }
    if (offer->requirements.count == (uint32_t)field->max) {
        if (!posting->overfull)
            finding_place(posting, from, true)->fault =
                (struct value_fault){TEXT_IMPORT_TOO_MANY, text_of_string("60")};
        posting->overfull = true;
        return;
    }
    const struct field *texts = requirement_type.fields;
    struct requirement *requirement = &offer->requirements.items[offer->requirements.count++];
    *requirement = (struct requirement){.skill = skill, .words = words, .required = required};
    requirement->has.skill = skill.size > 0 && skill.size <= (uint64_t)texts[0].max;
    requirement->has.words = words.size > 0;
    requirement->has.required = true;
    while (words.size > (uint64_t)texts[1].max ||
           (words.size < requirement->words.size && (words.data[words.size] & 0xC0) == 0x80))
        words.size--;
    requirement->words = words;
    offer->has.requirements = true;
}

/* -- times --------------------------------------------------------------------------------------
 */

/* "+02:00", "+0200" or "Z" as minutes. */
static bool zone_read(const char *at, const char *end, int *minutes)
{
    int hour, minute;
    *minutes = 0;
    if (at == end || *at == 'Z' || *at == 'z')
        return true;
    if ((*at != '+' && *at != '-') || end - at < 5)
        return false;
    const char *rest = at[3] == ':' ? at + 4 : at + 3;
    if (rest + 2 > end)
        return false;
    hour = (at[1] - '0') * 10 + at[2] - '0';
    minute = (rest[0] - '0') * 10 + rest[1] - '0';
    if (hour < 0 || hour > 14 || minute < 0 || minute > 59)
        return false;
    *minutes = (*at == '-' ? -1 : 1) * (hour * 60 + minute);
    return true;
}

bool posting_time(struct text text, int64_t *ms)
{
    enum { DATE = DATE_TEXT_SIZE - 1, MINUTES = DATE + 6, SECONDS = MINUTES + 3 };
    char form[TIME_TEXT_SIZE] = "0000-00-00T00:00:00.000Z";
    int zone;
    if (text.size < DATE)
        return false;
    memcpy(form, text.data, DATE);
    if (text.size == DATE)
        return time_parse(form, TIME_TEXT_SIZE - 1, ms);
    const char *at = text.data + DATE, *end = text.data + text.size;
    if ((*at != 'T' && *at != ' ') || text.size < MINUTES)
        return false;
    memcpy(form + DATE + 1, at + 1, 5);
    at = text.data + MINUTES;
    if (text.size >= SECONDS && *at == ':') {
        memcpy(form + MINUTES, at, 3);
        at += 3;
    }
    if (at < end && *at == '.')
        for (at++; at < end && *at >= '0' && *at <= '9';)
            at++; /* parts of a second decide nothing */
    if (!zone_read(at, end, &zone) || !time_parse(form, TIME_TEXT_SIZE - 1, ms))
        return false;
    *ms -= zone * INT64_C(60000);
    return true;
}

/* -- all of it ----------------------------------------------------------------------------------
 */

static bool type_is(const json_t *type, const char *name)
{
    for (size_t i = 0; i < json_array_size(type); i++)
        if (type_is(json_array_get(type, i), name))
            return true;
    const char *text = json_string_value(type);
    const char *slash = text ? strrchr(text, '/') : NULL; /* as a whole address */
    return text && strcmp(slash ? slash + 1 : text, name) == 0;
}

enum posting_form posting_form_of(const json_t *object)
{
    if (type_is(json_object_get(object, "@type"), "JobPosting"))
        return POSTING_SCHEMA_ORG;
    bool france_travail = json_object_get(object, "intitule") &&
                          (json_object_get(object, "id") || json_object_get(object, "romeCode"));
    return france_travail ? POSTING_FRANCE_TRAVAIL : POSTING_NONE;
}

/* Source, reference and time, where the object did not tell them. */
static void head_complete(struct posting *posting)
{
    struct offer *offer = posting->offer;
    struct table_cell cells[] = {
        {.text = offer->title}, {.text = offer->employer_name}, {.text = offer->place.town}};
    const struct table_row row = {cells, 3, posting->line, {"", 0}};
    char reference[MADE_REFERENCE_SIZE];
    if (!offer->has.source)
        offer->source = posting->source;
    if (!offer->has.reference) {
        reference_make(KIND_OFFER, offer, &row, reference);
        const char *copy = arena_copy(posting->context->arena, reference, strlen(reference));
        if (!copy)
            posting_no_memory(posting);
        offer->reference = text_of_string(copy ? copy : "");
    }
    if (!offer->has.observed_at)
        offer->observed_at = posting->context->observed_at;
    offer->has.source = offer->has.reference = offer->has.observed_at = true;
}

bool posting_read(struct posting *posting, const json_t *object)
{
    const struct table_row row = {.line = posting->line};
    struct building building = {NULL, posting->context, &row, posting->offer, posting->findings};
    struct errors errors = {.count = 0};
    *posting->findings = (struct row_findings){.count = 0};
    if (posting_form_of(object) == POSTING_FRANCE_TRAVAIL)
        posting_read_francetravail(posting, object);
    else
        posting_read_schema_org(posting, object);
    head_complete(posting);
    unsigned before = posting->findings->count;
    record_settle(&building, &offer_type);
    record_check(&offer_type, posting->offer, posting->path, &errors);
    for (unsigned i = 0; i < errors.count; i++)
        finding_of_error(posting->findings, NULL, &row, &errors.item[i], false);
    for (unsigned i = before; i < posting->findings->count; i++)
        posting->findings->item[i].column = posting->column;
    return !posting->findings->bad;
}
