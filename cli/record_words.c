#include "record_words.h"

#include "../proto/choices.h"
#include "../proto/codec.h"
#include "labels.h"
#include "terminal.h"
#include "texts.h"
#include "tree.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_TEXT = 120 };

/* -- labels ------------------------------------------------------------------------------------ */

const char *field_label(const struct field *field)
{
    enum text_id label = text_named("FIELD_", field->name, strlen(field->name));
    return label != TEXT_NONE ? text_of(label) : field->name;
}

#define CHOICE_TEXT(list, constant, wire) TEXT_CHOICE_##list##_##constant,
#define CHOICE_TEXTS(list) static const enum text_id list##_texts[] = {CHOICES_##list(CHOICE_TEXT)};
CHOICES_ALL(CHOICE_TEXTS)

static const struct {
    const char *name;
    const enum text_id *texts;
} choice_lists[] = {
#define CHOICE_LIST(list) {#list, list##_texts},
    CHOICES_ALL(CHOICE_LIST)
#undef CHOICE_LIST
};

const char *choice_label(const struct choices *choices, struct text name)
{
    for (unsigned i = 0; i < choices->count; i++) {
        if (!text_is(name, choices->names[i]))
            continue;
        for (size_t list = 0; list < sizeof choice_lists / sizeof *choice_lists; list++)
            if (strcmp(choice_lists[list].name, choices->name) == 0)
                return text_of(choice_lists[list].texts[i]);
    }
    return NULL;
}

const char *state_label(struct text state)
{
    return text_of(text_named("STATE_", state.data != NULL ? state.data : "", state.size));
}

/* -- values ------------------------------------------------------------------------------------ */

char *date_in_words(struct text wire)
{
    int32_t day;
    int64_t ms;
    char *made = NULL, time[16] = "";
    if (wire.size < 10 || !date_parse(wire.data, 10, &day))
        return text_clean(wire.data != NULL ? wire.data : "", wire.size);
    if (time_parse(wire.data, wire.size, &ms))
        snprintf(time, sizeof time, " %.5s UTC", wire.data + 11);
    int size =
        texts_language() == LANGUAGE_FRENCH
            ? asprintf(&made, "%.2s/%.2s/%.4s%s", wire.data + 8, wire.data + 5, wire.data, time)
            : asprintf(&made, "%.10s%s", wire.data, time);
    return size >= 0 ? made : NULL;
}

static void print_owned(FILE *out, char *text)
{
    if (text != NULL)
        fputs(text, out);
    free(text);
}

/* Numbers whose unit the name tells. */
static void print_number(FILE *out, const char *name, int64_t number)
{
    if (strcmp(name, "weekly_minutes") == 0)
        fprintf(out, "%" PRId64 " h %02" PRId64, number / 60, number % 60);
    else if (strcmp(name, "radius_km") == 0)
        fprintf(out, "%" PRId64 " km", number);
    else if (strcmp(name, "minimum") == 0 || strcmp(name, "maximum") == 0)
        fprintf(out, "%" PRId64 "%s%02" PRId64 " €", number / 100, text_of(TEXT_DECIMAL_POINT),
                number % 100);
    else if (strcmp(name, "latitude") == 0 || strcmp(name, "longitude") == 0)
        fprintf(out, "%.6f°", (double)number / 1e6);
    else if (strcmp(name, "level") == 0 && number >= 1 && number <= 4)
        fputs(text_of((enum text_id)(TEXT_LEVEL_1 + (int)number - 1)), out);
    else
        fprintf(out, "%" PRId64, number);
}

static void print_choice(FILE *out, const struct field *field, const msgpack_object *value)
{
    struct text name = tree_text(value, "");
    const char *label = choice_label(field->choices, name);
    if (label != NULL)
        fputs(label, out);
    else if (name.data != NULL)
        print_owned(out, text_clean(name.data, name.size));
}

static void print_value(FILE *out, const struct labels *labels, const struct field *field,
                        const msgpack_object *value);

/* A text, or what people call it where it is an id of the catalogue. */
static void print_text(FILE *out, const struct labels *labels, const struct field *field,
                       struct text text)
{
    struct text name = {field->name, field->name_size};
    const char *label = labels_find(labels, name, text);
    if (label != NULL)
        fputs(label, out);
    else if (text.data != NULL)
        print_owned(out, text_clean(text.data, text.size));
}

/* The present fields on one line; a flag is its label, when it is true; two times of day are a
 * range.
 */
static void print_brief(FILE *out, const struct labels *labels, const struct record_type *type,
                        const msgpack_object *map)
{
    bool first = true;
    enum field_type before = FIELD_TEXT;
    for (unsigned i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        const msgpack_object *value = tree_find(map, field->name);
        if (value == NULL || (field->type == FIELD_BOOL && !tree_flag(value, "")))
            continue;
        bool range = before == FIELD_CLOCK && field->type == FIELD_CLOCK;
        if (!first)
            fputs(range ? "–" : ", ", out);
        if (field->type == FIELD_BOOL)
            fputs(field_label(field), out);
        else
            print_value(out, labels, field, value);
        before = field->type;
        first = false;
    }
}

static void print_item(FILE *out, const struct labels *labels, const struct field *field,
                       const msgpack_object *item)
{
    if (field->type == FIELD_RECORDS)
        print_brief(out, labels, field->record, item);
    else if (field->type == FIELD_SET)
        print_choice(out, field, item);
    else
        print_text(out, labels, field, tree_text(item, ""));
}

/* On the rest of a line, cleaned; lists are joined by commas. */
static void print_value(FILE *out, const struct labels *labels, const struct field *field,
                        const msgpack_object *value)
{
    struct text text = tree_text(value, "");
    switch (field->type) {
    case FIELD_BOOL:
        fputs(text_of(tree_flag(value, "") ? TEXT_YES : TEXT_NO), out);
        break;
    case FIELD_INT:
        print_number(out, field->name, tree_number(value, "", 0));
        break;
    case FIELD_CHOICE:
        print_choice(out, field, value);
        break;
    case FIELD_DATE:
    case FIELD_TIME:
        print_owned(out, date_in_words(text));
        break;
    case FIELD_RECORD:
        print_brief(out, labels, field->record, value);
        break;
    case FIELD_SET:
    case FIELD_RECORDS:
    case FIELD_TEXTS:
        for (unsigned i = 0; i < tree_count(value, ""); i++) {
            fputs(i > 0 ? ", " : "", out);
            print_item(out, labels, field, tree_item(value, "", i));
        }
        break;
    case FIELD_TEXT:
    case FIELD_CLOCK:
    case FIELD_ID:
        print_text(out, labels, field, text);
        break;
    }
}

char *value_in_words(const struct labels *labels, const struct field *field,
                     const msgpack_object *value)
{
    char *made = NULL;
    size_t size;
    FILE *out = open_memstream(&made, &size);
    if (out == NULL)
        return NULL;
    if (value != NULL)
        print_value(out, labels, field, value);
    if (fclose(out) != 0) {
        free(made);
        return NULL;
    }
    return made;
}

/* -- whole records ----------------------------------------------------------------------------- */

/* Several lines of a person's text stay several lines. */
static void print_long_text(FILE *out, const struct terminal *terminal, struct text text,
                            unsigned indent)
{
    while (text.size > 0) {
        const char *end = memchr(text.data, '\n', text.size);
        size_t size = end != NULL ? (size_t)(end - text.data) : text.size;
        char *line = text_clean(text.data, size);
        if (line != NULL)
            text_print_wrapped(out, line, indent, terminal->width);
        free(line);
        size += end != NULL;
        text.data += size;
        text.size -= (uint32_t)size;
    }
}

static bool is_long(const struct field *field, const msgpack_object *value)
{
    struct text text = tree_text(value, "");
    bool breaks = text.data != NULL && memchr(text.data, '\n', text.size) != NULL;
    return field->type == FIELD_TEXT && (text.size > LONG_TEXT || breaks);
}

/* Whether the value stands below its label instead of beside it. */
static bool is_block(const struct field *field, const msgpack_object *value)
{
    return field->type == FIELD_RECORD || field->type == FIELD_RECORDS || is_long(field, value);
}

static void print_field(FILE *out, const struct terminal *terminal, const struct labels *labels,
                        const struct field *field, const msgpack_object *value, unsigned indent,
                        unsigned widest)
{
    const char *label = field_label(field);
    fprintf(out, "%*s%s%s%s", (int)indent, "", terminal_colour(terminal, COLOUR_FAINT), label,
            terminal_colour(terminal, COLOUR_PLAIN));
    if (field->type == FIELD_RECORD) {
        fputc('\n', out);
        record_print(out, terminal, labels, field->record, value, indent + 2);
    } else if (field->type == FIELD_RECORDS) {
        fputc('\n', out);
        for (unsigned i = 0; i < tree_count(value, ""); i++) {
            fprintf(out, "%*s- ", (int)indent + 2, "");
            print_item(out, labels, field, tree_item(value, "", i));
            fputc('\n', out);
        }
    } else if (is_long(field, value)) {
        fputc('\n', out);
        print_long_text(out, terminal, tree_text(value, ""), indent + 2);
    } else {
        unsigned rest = widest - text_columns(label, strlen(label));
        fprintf(out, "%*s", (int)rest + 2, "");
        print_value(out, labels, field, value);
        fputc('\n', out);
    }
}

void record_print(FILE *out, const struct terminal *terminal, const struct labels *labels,
                  const struct record_type *type, const msgpack_object *map, unsigned indent)
{
    unsigned widest = 0;
    for (unsigned i = 0; i < type->count; i++) {
        const char *label = field_label(&type->fields[i]);
        unsigned columns = text_columns(label, strlen(label));
        const msgpack_object *value = tree_find(map, type->fields[i].name);
        if (value != NULL && !is_block(&type->fields[i], value) && columns > widest)
            widest = columns;
    }
    for (unsigned i = 0; i < type->count; i++) {
        const msgpack_object *value = tree_find(map, type->fields[i].name);
        if (value != NULL)
            print_field(out, terminal, labels, &type->fields[i], value, indent, widest);
    }
}

const struct field *field_along(const struct record_type *type, const char *path)
{
    const struct field *found = NULL;
    while (type != NULL && *path != '\0') {
        size_t size = strcspn(path, ".");
        found = NULL;
        for (unsigned i = 0; i < type->count && found == NULL; i++)
            if (strlen(type->fields[i].name) == size &&
                memcmp(type->fields[i].name, path, size) == 0)
                found = &type->fields[i];
        if (found == NULL)
            return NULL;
        type = found->record;
        path += size;
        path += *path == '.';
    }
    return *path == '\0' ? found : NULL;
}
