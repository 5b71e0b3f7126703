#include "field.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool field_is(const struct field *field, const char *name, size_t size)
{
    return field->name_size == size && memcmp(field->name, name, size) == 0;
}

const struct field *field_of_name(const struct record_type *type, const char *name, size_t size,
                                  unsigned near)
{
    for (unsigned i = near; i < type->count; i++)
        if (field_is(&type->fields[i], name, size))
            return &type->fields[i];
    for (unsigned i = 0; i < near && i < type->count; i++)
        if (field_is(&type->fields[i], name, size))
            return &type->fields[i];
    return NULL;
}

unsigned choice_of_name(const struct choices *choices, const char *name, size_t size)
{
    for (unsigned i = 0; i < choices->count; i++)
        if (strncmp(choices->names[i], name, size) == 0 && choices->names[i][size] == '\0')
            return i + 1;
    return 0;
}

const char *choice_name(const struct choices *choices, unsigned choice)
{
    return choice > 0 && choice <= choices->count ? choices->names[choice - 1] : "";
}

/* A text that grows name by name; where one does not fit, an ellipsis ends it. */
struct names {
    char *text;
    size_t capacity, at;
    bool first, full;
};

static struct names names_begin(char *text, size_t capacity, const char *head)
{
    int written = snprintf(text, capacity, "%s", head);
    struct names names = {.text = text, .capacity = capacity, .first = true};
    names.at = written < 0 ? 0 : (size_t)written;
    names.full = names.at >= capacity;
    return names;
}

static void names_add(struct names *names, const char *name, bool last)
{
    static const char more[] = ", …";
    if (names->full)
        return;
    size_t needed = 2 + strlen(name) + (last ? 1 : sizeof more);
    names->full = names->at + needed > names->capacity;
    const char *part = names->full ? "…" : name;
    snprintf(names->text + names->at, names->capacity - names->at, "%s%s", names->first ? "" : ", ",
             part);
    names->at += strlen(names->text + names->at);
    names->first = false;
}

static void expect_names(const char *head, const struct choices *choices, char *text,
                         size_t capacity)
{
    struct names names = names_begin(text, capacity, head);
    for (unsigned i = 0; i < choices->count; i++)
        names_add(&names, choices->names[i], i + 1 == choices->count);
}

void record_expect(const struct record_type *type, char *text, size_t capacity)
{
    struct names names = names_begin(text, capacity, "one of ");
    for (unsigned i = 0; i < type->count; i++)
        names_add(&names, type->fields[i].name, i + 1 == type->count);
}

static void expect_count(const char *what, const struct field *field, const char *of, char *text,
                         size_t capacity)
{
    if (field->min == field->max)
        snprintf(text, capacity, "%s of %" PRId64 " %s", what, field->max, of);
    else
        snprintf(text, capacity, "%s of %" PRId64 " to %" PRId64 " %s", what, field->min,
                 field->max, of);
}

void field_expect(const struct field *field, char *text, size_t capacity)
{
    char of[64];
    switch (field->type) {
    case FIELD_TEXT:
        expect_count("text", field, "bytes", text, capacity);
        break;
    case FIELD_INT:
        snprintf(text, capacity, "integer %" PRId64 "..%" PRId64, field->min, field->max);
        break;
    case FIELD_BOOL:
        snprintf(text, capacity, "true or false");
        break;
    case FIELD_DATE:
        snprintf(text, capacity, "date such as 2026-11-22");
        break;
    case FIELD_TIME:
        snprintf(text, capacity, "time such as 2026-11-22T06:15:00.000Z");
        break;
    case FIELD_CLOCK:
        snprintf(text, capacity, "time of day such as 07:30");
        break;
    case FIELD_ID:
        snprintf(text, capacity, "id such as %c1042", field->min ? (char)field->min : 'L');
        break;
    case FIELD_CHOICE:
        expect_names("one of ", field->choices, text, capacity);
        break;
    case FIELD_SET:
        expect_names("list, each once, of ", field->choices, text, capacity);
        break;
    case FIELD_RECORD:
        snprintf(text, capacity, "map: %s", field->record->name);
        break;
    case FIELD_RECORDS:
        snprintf(of, sizeof of, "maps: %s", field->record->name);
        expect_count("list", field, of, text, capacity);
        break;
    case FIELD_TEXTS:
        snprintf(of, sizeof of, "texts of 1 to %u bytes", field->item_max);
        expect_count("list", field, of, text, capacity);
        break;
    }
}
