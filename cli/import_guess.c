#include "import_guess.h"

#include "../proto/message.h"
#include "import_guess_words.h"
#include "import_item.h"
#include "import_value.h"
#include "tree.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct table_sample *table_sample_create(void)
{
    struct table_sample *sample = calloc(1, sizeof *sample);
    if (!sample)
        return NULL;
    sample->arena = arena_create(4 * TABLE_ROW_MAX);
    if (sample->arena)
        return sample;
    free(sample);
    return NULL;
}

void table_sample_free(struct table_sample *sample)
{
    if (!sample)
        return;
    arena_free(sample->arena);
    free(sample);
}

void table_sample_add(struct table_sample *sample, const struct table_row *row)
{
    if (sample->count == SAMPLE_ROWS)
        return;
    struct table_cell *cells = arena_alloc(sample->arena, row->count * sizeof *cells);
    if (!cells)
        return;
    for (unsigned i = 0; i < row->count; i++) {
        cells[i] = row->cells[i];
        cells[i].text.data =
            arena_copy(sample->arena, row->cells[i].text.data, row->cells[i].text.size);
        if (!cells[i].text.data)
            return;
    }
    sample->rows[sample->count++] = (struct table_row){cells, row->count, row->line, {"", 0}};
}

/* -- values -------------------------------------------------------------------------------------
 */

enum { OWN_PATH_SIZE = 64 };

struct guessing {
    uint8_t kind;
    const struct table_row *header;
    const struct table_sample *sample;
    const struct guess_words *chosen[TABLE_COLUMNS_MAX];
    struct guess_words own[TABLE_COLUMNS_MAX]; /* of headers that are paths of fields */
    char own_path[TABLE_COLUMNS_MAX][OWN_PATH_SIZE];
    FILE *out;
};

/* The values of a column of which a test holds, and those that are not empty. */
static unsigned values_count(const struct guessing *guessing, unsigned column,
                             bool (*test)(struct text text), unsigned *filled)
{
    unsigned count = 0;
    *filled = 0;
    for (unsigned i = 0; i < guessing->sample->count; i++) {
        const struct table_row *row = &guessing->sample->rows[i];
        if (column >= row->count || row->cells[column].text.size == 0)
            continue;
        (*filled)++;
        count += test(row->cells[column].text);
    }
    return count;
}

static bool has_character(struct text text, const char *characters)
{
    for (uint32_t i = 0; i < text.size; i++)
        if (strchr(characters, text.data[i]))
            return true;
    return false;
}

static bool has_semicolon(struct text text)
{
    return has_character(text, ";");
}

static bool has_bar(struct text text)
{
    return has_character(text, "|");
}

static bool has_line(struct text text)
{
    return has_character(text, "\n");
}

static bool has_comma(struct text text)
{
    return has_character(text, ",");
}

static bool is_mail(struct text text)
{
    const char *at = memchr(text.data, '@', text.size);
    return at && memchr(at, '.', (size_t)(text.data + text.size - at)) &&
           !has_character(text, " ;,");
}

static unsigned digits_of(struct text text, const char *between)
{
    unsigned digits = 0;
    for (uint32_t i = 0; i < text.size; i++)
        if (isdigit((unsigned char)text.data[i]))
            digits++;
        else if (!strchr(between, text.data[i]))
            return 0;
    return digits;
}

static bool is_phone(struct text text)
{
    unsigned digits = digits_of(text, " .-+");
    return (digits == 10 && text.data[0] == '0') || (digits == 11 && text.data[0] == '+') ||
           (digits == 9 && strchr("67", text.data[0]));
}

static bool is_job_seeker_number(struct text text)
{
    return digits_of(text, "") == 11;
}

/* Only a full year tells a birth date from another one. */
static bool is_birth_date(struct text text)
{
    int32_t days;
    enum { DAY_1940 = -10957, DAY_2012 = 15340 };
    return text.size >= 8 && has_character(text, "/-.") &&
           value_date(text, DATE_DAY_FIRST, 0, &days) && days >= DAY_1940 && days < DAY_2012;
}

/* A date whose second number cannot be a month, and its first can. */
static bool is_month_first(struct text text)
{
    int month = 0, day = 0;
    char date[32] = "";
    if (text.size < sizeof date)
        memcpy(date, text.data, text.size);
    return sscanf(date, "%2d/%2d/", &month, &day) == 2 && month <= 12 && day > 12;
}

static bool is_day_first(struct text text)
{
    int day = 0, month = 0;
    char date[32] = "";
    if (text.size < sizeof date)
        memcpy(date, text.data, text.size);
    return sscanf(date, "%2d/%2d/", &day, &month) == 2 && day > 12;
}

/* -- choosing -----------------------------------------------------------------------------------
 */

static bool is_chosen(const struct guessing *guessing, const char *path)
{
    for (unsigned i = 0; i < guessing->header->count; i++)
        if (guessing->chosen[i] && strcmp(guessing->chosen[i]->path, path) == 0)
            return true;
    return false;
}

/* A header that is the path of a field itself, such as place.town. */
static const struct guess_words *choose_by_path(struct guessing *guessing, unsigned column)
{
    struct map_step step[MAP_STEPS_MAX];
    struct text header = guessing->header->cells[column].text;
    unsigned steps = map_resolve(kind_info(guessing->kind)->record, header, step);
    if (steps == 0 || header.size >= OWN_PATH_SIZE)
        return NULL;
    const struct field *field = step[steps - 1].field;
    bool nested = field->type == FIELD_RECORD || field->type == FIELD_RECORDS;
    if (nested && (!item_readable(field->record) || step[steps - 1].index >= 0))
        return NULL;
    bool list =
        field->type == FIELD_RECORDS || field->type == FIELD_TEXTS || field->type == FIELD_SET;
    bool date = field->type == FIELD_DATE || field->type == FIELD_TIME;
    memcpy(guessing->own_path[column], header.data, header.size);
    guessing->own[column] = (struct guess_words){guessing->kind, "", guessing->own_path[column], "",
                                                 list   ? SHAPE_LIST
                                                 : date ? SHAPE_DATE
                                                        : SHAPE_PLAIN};
    return &guessing->own[column];
}

/* A column without known words, by its values: nearly all of them must fit. */
static const struct guess_words *choose_by_values(const struct guessing *guessing, unsigned column)
{
    static const struct {
        const char *path;
        bool (*test)(struct text text);
    } tests[] = {
        {"contact.email", is_mail},
        {"contact.phone", is_phone},
        {"reference", is_job_seeker_number},
        {"contact.birth_date", is_birth_date},
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        unsigned filled, fitting = values_count(guessing, column, tests[i].test, &filled);
        if (filled < 3 || fitting * 10 < filled * 9 || is_chosen(guessing, tests[i].path))
            continue;
        const struct guess_words *words = guess_words_of_path(guessing->kind, tests[i].path);
        if (words)
            return words;
    }
    return NULL;
}

/* Of several references one is kept: the one whose words come first. */
static void references_settle(struct guessing *guessing)
{
    const struct guess_words *best = NULL;
    for (unsigned i = 0; i < guessing->header->count; i++) {
        const struct guess_words *words = guessing->chosen[i];
        if (words && words->shape == SHAPE_REFERENCE && (!best || words < best))
            best = words;
    }
    bool kept = false;
    for (unsigned i = 0; i < guessing->header->count; i++) {
        const struct guess_words *words = guessing->chosen[i];
        if (!words || words->shape != SHAPE_REFERENCE)
            continue;
        if (words != best || kept)
            guessing->chosen[i] = NULL;
        kept |= words == best;
    }
}

static void columns_choose(struct guessing *guessing, const bool *refused)
{
    const struct table_row *header = guessing->header;
    for (unsigned i = 0; i < header->count; i++) {
        if (refused[i])
            continue;
        guessing->chosen[i] = choose_by_path(guessing, i);
        if (!guessing->chosen[i])
            guessing->chosen[i] = guess_words_find(guessing->kind, header->cells[i].text);
    }
    for (unsigned i = 0; i < header->count; i++)
        if (!refused[i] && !guessing->chosen[i] && header->cells[i].text.size)
            guessing->chosen[i] = choose_by_values(guessing, i);
    references_settle(guessing);
}

/* -- writing ------------------------------------------------------------------------------------
 */

static void rule_write(const struct guessing *guessing, const char *path, unsigned column,
                       const char *converters)
{
    fprintf(guessing->out, "%s = ", path);
    map_print_column(guessing->out, guessing->header->cells[column].text);
    fprintf(guessing->out, "%s\n", converters);
}

static const char *separator_find(const struct guessing *guessing, unsigned column)
{
    unsigned filled;
    if (values_count(guessing, column, has_semicolon, &filled) > 0)
        return " | split(;)";
    if (values_count(guessing, column, has_bar, &filled) > 0)
        return " | split(|)";
    if (values_count(guessing, column, has_line, &filled) > 0)
        return " | split(line)";
    return values_count(guessing, column, has_comma, &filled) > 0 ? " | split(\",\")"
                                                                  : " | split(;)";
}

static const char *date_converter(const struct guessing *guessing, unsigned column)
{
    unsigned filled;
    bool month_first = values_count(guessing, column, is_month_first, &filled) > 0 &&
                       values_count(guessing, column, is_day_first, &filled) == 0;
    return month_first ? " | date(mdy)" : "";
}

static void list_write(const struct guessing *guessing, unsigned column, const char *split)
{
    char converters[80];
    snprintf(converters, sizeof converters, "%s%s", split, guessing->chosen[column]->converters);
    rule_write(guessing, guessing->chosen[column]->path, column, converters);
}

static void date_write(const struct guessing *guessing, unsigned column)
{
    const struct guess_words *words = guessing->chosen[column];
    const char *order = date_converter(guessing, column);
    rule_write(guessing, words->path, column, order);
    if (strcmp(words->path, "contact.birth_date") == 0 &&
        !is_chosen(guessing, "statistics.birth_year"))
        rule_write(guessing, "statistics.birth_year", column,
                   *order ? " | date(mdy) | year" : " | year");
}

/* An address of a person needs the postcode and the town a second time. */
static void address_write(const struct guessing *guessing, unsigned column)
{
    const struct guess_words *words = guessing->chosen[column];
    if (guessing->kind != KIND_LEARNER || !is_chosen(guessing, "contact.street"))
        return;
    if (strcmp(words->path, "place.postcode") == 0)
        rule_write(guessing, "contact.postcode", column, words->converters);
    if (strcmp(words->path, "place.town") == 0)
        rule_write(guessing, "contact.town", column, words->converters);
}

static void column_write(const struct guessing *guessing, unsigned column)
{
    const struct guess_words *words = guessing->chosen[column];
    switch (words->shape) {
    case SHAPE_DATE:
        date_write(guessing, column);
        break;
    case SHAPE_LIST:
        list_write(guessing, column, separator_find(guessing, column));
        break;
    case SHAPE_SHORT:
        list_write(guessing, column, " | split(\",;/|\")");
        break;
    case SHAPE_FULL_NAME:
        rule_write(guessing, "contact.family_name", column, " | family_name");
        rule_write(guessing, "contact.given_name", column, " | given_name");
        break;
    case SHAPE_TRAVEL:
        if (is_chosen(guessing, "travel[0].mode"))
            rule_write(guessing, "travel[0].radius_km", column, "");
        else
            rule_write(guessing, "travel", column, " | split(;) | with(mode = car)");
        break;
    case SHAPE_MODE:
        if (is_chosen(guessing, "travel"))
            rule_write(guessing, words->path, column, "");
        break;
    case SHAPE_PLAIN:
    case SHAPE_REFERENCE:
        rule_write(guessing, words->path, column, words->converters);
        address_write(guessing, column);
        break;
    }
}

static void settings_write(const struct guessing *guessing, const char *source)
{
    const struct guess_words *words = NULL;
    for (unsigned i = 0; i < guessing->header->count; i++)
        if (guessing->chosen[i] && guessing->chosen[i]->shape == SHAPE_REFERENCE)
            words = guessing->chosen[i];
    bool is_official = words && strstr(words->converters, "francetravail");
    fprintf(guessing->out, "[import]\nkind = %s\nsource = %s\n\n[fields]\n",
            kind_info(guessing->kind)->name, is_official ? "francetravail" : source);
}

char *guess_map(uint8_t kind, const struct table_row *header, const struct table_sample *sample,
                const bool *refused, const char *source)
{
    char *text = NULL;
    size_t size;
    struct guessing *guessing = calloc(1, sizeof *guessing);
    if (!guessing)
        return NULL;
    guessing->kind = kind;
    guessing->header = header;
    guessing->sample = sample;
    guessing->out = open_memstream(&text, &size);
    if (!guessing->out) {
        free(guessing);
        return NULL;
    }
    columns_choose(guessing, refused);
    settings_write(guessing, source);
    for (unsigned i = 0; i < header->count && i < TABLE_COLUMNS_MAX; i++)
        if (guessing->chosen[i])
            column_write(guessing, i);
    bool whole = fclose(guessing->out) == 0;
    free(guessing);
    if (whole)
        return text;
    free(text);
    return NULL;
}
