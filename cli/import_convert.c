#include "import_convert.h"

#include "../proto/codec.h"
#include "import_value.h"
#include "tree.h"

#include <inttypes.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum { VALUES_MAX = 1000 };

bool convert_is_nothing(struct text text)
{
    static const char *const nothing[] = {"",     "n a",     "na",      "nc",
                                          "n c",  "nsp",     "inconnu", "non renseigne",
                                          "null", "unknown", "neant",   "sans objet"};
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (strcmp(words, nothing[i]) == 0)
            return true;
    return false;
}

static bool number_text(const struct convert_context *context, int64_t number, struct text *out)
{
    char text[24];
    int size = snprintf(text, sizeof text, "%" PRId64, number);
    out->data = arena_copy(context->arena, text, (size_t)size);
    out->size = (uint32_t)size;
    return out->data != NULL;
}

/* -- lists --------------------------------------------------------------------------------------
 */

static bool is_separator(char c, struct text separators)
{
    if (c == '\x1f') /* between the items of a JSON list */
        return true;
    if (text_is(separators, "line"))
        return c == '\n' || c == '\r';
    if (text_is(separators, "tab"))
        return c == '\t';
    return memchr(separators.data, c, separators.size) != NULL;
}

static struct text trimmed(struct text text)
{
    while (text.size && strchr(" \t\r\n", text.data[0])) {
        text.data++;
        text.size--;
    }
    while (text.size && strchr(" \t\r\n", text.data[text.size - 1]))
        text.size--;
    return text;
}

/* Splits one text into parts that are not empty; counts them where parts is NULL. */
static unsigned parts_of(struct text text, struct text separators, struct text *parts)
{
    unsigned count = 0;
    uint32_t start = 0;
    for (uint32_t i = 0; i <= text.size; i++) {
        if (i < text.size && !is_separator(text.data[i], separators))
            continue;
        struct text part = trimmed((struct text){text.data + start, i - start});
        start = i + 1;
        if (part.size == 0 || count == VALUES_MAX)
            continue;
        if (parts)
            parts[count] = part;
        count++;
    }
    return count;
}

static bool split(const struct converter *converter, const struct convert_context *context,
                  struct texts *values)
{
    unsigned count = 0;
    for (uint32_t i = 0; i < values->count; i++)
        count += parts_of(values->items[i], converter->argument, NULL);
    struct text *items = arena_alloc(context->arena, (count + 1) * sizeof *items);
    if (!items)
        return false;
    unsigned at = 0;
    for (uint32_t i = 0; i < values->count; i++)
        at += parts_of(values->items[i], converter->argument, items + at);
    *values = (struct texts){items, count};
    return true;
}

/* -- single values ------------------------------------------------------------------------------
 */

/* The word that stands for this one in { … }; without data when the text stays as it is. */
static struct text word_for(const struct converter *converter, struct text text)
{
    char words[VALUE_WORDS_SIZE], from[VALUE_WORDS_SIZE];
    value_words(text, words);
    const struct map_pair *other = NULL;
    for (unsigned i = 0; i < converter->pair_count; i++) {
        const struct map_pair *pair = &converter->pairs[i];
        if (text_is(pair->from, "*")) {
            other = pair;
            continue;
        }
        value_words(pair->from, from);
        bool same =
            pair->from.size == text.size && memcmp(pair->from.data, text.data, text.size) == 0;
        if (same || (*words && strcmp(words, from) == 0))
            return pair->to;
    }
    return other ? other->to : (struct text){NULL, 0};
}

/* Whether a word is written in capitals, as family names often are: "DUPONT", "LE-GOFF". */
static bool is_capitals(struct text word)
{
    unsigned letters = 0;
    for (uint32_t i = 0; i < word.size;) {
        ucs4_t character;
        int length = u8_mbtouc(&character, (const uint8_t *)word.data + i, word.size - i);
        if (uc_is_property_lowercase(character))
            return false;
        letters += uc_is_property_uppercase(character);
        i += (uint32_t)length;
    }
    return letters > 1;
}

/* "DUPONT Jean-Pierre", "Jean-Pierre DUPONT", "Dupont Jean": the words in capitals are the family
 * name, or the first word when none is or all are. */
static struct text name_part(struct text name, bool family)
{
    uint32_t first_end = 0;
    while (first_end < name.size && name.data[first_end] != ' ')
        first_end++;
    uint32_t from = name.size, to = 0; /* the words in capitals */
    for (uint32_t start = 0; start < name.size;) {
        uint32_t end = start;
        while (end < name.size && name.data[end] != ' ')
            end++;
        if (is_capitals((struct text){name.data + start, end - start}) &&
            (from == name.size || to == start - 1)) {
            from = from < start ? from : start;
            to = end;
        }
        start = end + 1;
    }
    if (from >= to || (from == 0 && to == name.size)) {
        from = 0;
        to = first_end;
    }
    struct text head = {name.data, from}, tail = {name.data + to, name.size - to};
    if (family)
        return (struct text){name.data + from, to - from};
    head = trimmed(head);
    return head.size ? head : trimmed(tail);
}

static bool prefixed(const struct converter *converter, const struct convert_context *context,
                     struct text text, struct text *out)
{
    uint32_t digits = 0;
    while (digits < text.size && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    *out = text;
    if (digits == 0 || (digits < text.size && text.data[digits] != ':'))
        return true;
    uint32_t size = converter->argument.size + 1 + text.size;
    char *joined = arena_alloc(context->arena, size + 1);
    if (!joined)
        return false;
    memcpy(joined, converter->argument.data, converter->argument.size);
    joined[converter->argument.size] = ':';
    memcpy(joined + converter->argument.size + 1, text.data, text.size);
    *out = (struct text){joined, size};
    return true;
}

static enum text_id date_convert(const struct converter *converter,
                                 const struct convert_context *context, struct text *value,
                                 bool *memory)
{
    enum date_order order = text_is(converter->argument, "mdy") ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
    int32_t days;
    char date[DATE_TEXT_SIZE];
    if (!value_date(*value, order, context->today, &days))
        return TEXT_IMPORT_NOT_DATE;
    date_print(days, date);
    value->size = converter->kind == CONVERTER_YEAR ? 4 : (uint32_t)strlen(date);
    value->data = arena_copy(context->arena, date, value->size);
    *memory = value->data != NULL;
    return TEXT_NONE;
}

static bool has_digit(struct text text)
{
    for (uint32_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

/* The legal working time of a week, in minutes. */
enum { FULL_TIME = 35 * 60 };

static bool is_full_time(struct text text)
{
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    return strstr(words, "plein") || strcmp(words, "full time") == 0;
}

/* Turns a length or amount into a whole number; a text without any digit means nothing. */
static enum text_id number_convert(enum converter_kind kind, const struct convert_context *context,
                                   struct text *value, bool *memory)
{
    int64_t number = 0;
    bool good;
    switch (kind) {
    case CONVERTER_MONTHS:
        good = value_months(*value, &number);
        if (!good && !has_digit(*value)) {
            value->size = 0;
            return TEXT_NONE;
        }
        break;
    case CONVERTER_HOURS:
        good = value_minutes(*value, &number);
        if (!good && !has_digit(*value)) {
            good = is_full_time(*value);
            number = FULL_TIME;
            if (!good) {
                value->size = 0;
                return TEXT_NONE;
            }
        }
        break;
    case CONVERTER_DEGREES:
        good = value_number(*value, 1000000, &number);
        break;
    default:
        good = value_number(*value, 100, &number);
        break;
    }
    if (!good)
        return kind == CONVERTER_MONTHS  ? TEXT_IMPORT_NOT_MONTHS
               : kind == CONVERTER_HOURS ? TEXT_IMPORT_NOT_HOURS
                                         : TEXT_IMPORT_NOT_NUMBER;
    *memory = number_text(context, number, value);
    return TEXT_NONE;
}

/* Converts one text in place; an empty one goes. */
static enum text_id value_convert(const struct converter *converter,
                                  const struct convert_context *context, struct text *value,
                                  bool *memory)
{
    struct text word;
    switch (converter->kind) {
    case CONVERTER_DATE:
    case CONVERTER_YEAR:
        return date_convert(converter, context, value, memory);
    case CONVERTER_MONTHS:
    case CONVERTER_HOURS:
    case CONVERTER_DEGREES:
    case CONVERTER_CENTS:
        return number_convert(converter->kind, context, value, memory);
    case CONVERTER_POSTCODE:
        *value = value_postcode(*value, context->arena);
        break;
    case CONVERTER_PHONE:
        *value = value_phone(*value, context->arena);
        break;
    case CONVERTER_FRANCETRAVAIL:
        *value = value_francetravail(*value, context->arena);
        break;
    case CONVERTER_CODES:
        *memory = prefixed(converter, context, *value, value);
        break;
    case CONVERTER_FAMILY_NAME:
        *value = name_part(*value, true);
        break;
    case CONVERTER_GIVEN_NAME:
        *value = name_part(*value, false);
        break;
    case CONVERTER_WORDS:
        word = word_for(converter, *value);
        *value = word.data ? word : *value;
        break;
    case CONVERTER_SPLIT:
    case CONVERTER_WITH:
    case CONVERTER_END:
        break;
    }
    *memory &= value->data != NULL;
    return TEXT_NONE;
}

bool convert(const struct converter *converter, const struct convert_context *context,
             struct texts *values, struct value_fault *fault)
{
    bool memory = true;
    if (converter->kind == CONVERTER_SPLIT)
        memory = split(converter, context, values);
    bool each = converter->kind != CONVERTER_SPLIT && converter->kind != CONVERTER_WITH;
    /* a converter of its own for words may say what nothing stands for */
    bool skip_nothing = converter->kind != CONVERTER_WORDS;
    uint32_t kept = 0;
    for (uint32_t i = 0; each && memory && i < values->count; i++) {
        struct text value = values->items[i];
        if (skip_nothing && convert_is_nothing(value))
            continue;
        *fault = (struct value_fault){value_convert(converter, context, &value, &memory),
                                      values->items[i]};
        if (fault->what != TEXT_NONE)
            return false;
        if (value.size)
            values->items[kept++] = value;
    }
    if (each)
        values->count = kept;
    *fault = (struct value_fault){memory ? TEXT_NONE : TEXT_NO_MEMORY, {"", 0}};
    return memory;
}
