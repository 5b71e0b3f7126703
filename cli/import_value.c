#include "import_value.h"

#include "../matching/words.h"
#include "../proto/codec.h"
#include "table_number.h"

#include <stdio.h>
#include <string.h>

struct text text_of_string(const char *string)
{
    return (struct text){string, (uint32_t)strlen(string)};
}

size_t value_words(struct text text, char words[VALUE_WORDS_SIZE])
{
    return words_normalise(text.data, text.size, words, VALUE_WORDS_SIZE);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads at most limit digits; returns how many there were. */
static unsigned digits_read(const char **at, const char *end, unsigned limit, int64_t *number)
{
    unsigned count = 0;
    *number = 0;
    for (; *at < end && is_digit(**at) && count < limit; (*at)++, count++)
        *number = *number * 10 + (**at - '0');
    return count;
}

/* -- dates --------------------------------------------------------------------------------------
 */

struct civil_date {
    int64_t day, month, year;
    unsigned year_digits;
};

static bool civil_to_days(struct civil_date date, int32_t latest, int32_t *days)
{
    char text[DATE_TEXT_SIZE + 8]; /* gcc cannot see the bounds below */
    if (date.year_digits == 2) {
        date_print(latest, text);
        int64_t pivot = (int64_t)(text[2] - '0') * 10 + (text[3] - '0') + 10;
        date.year += date.year <= pivot ? 2000 : 1900;
    }
    if (date.year < 1000 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1 ||
        date.day > 31)
        return false;
    snprintf(text, sizeof text, "%04d-%02d-%02d", (int)date.year, (int)date.month, (int)date.day);
    return date_parse(text, strlen(text), days);
}

/* The number of a month named, or shortened to three letters or more; 0 when it is none. */
static int64_t month_of_word(const char *word, size_t size)
{
    static const char *const months[][2] = {
        {"janvier", "january"}, {"fevrier", "february"},  {"mars", "march"},
        {"avril", "april"},     {"mai", "may"},           {"juin", "june"},
        {"juillet", "july"},    {"aout", "august"},       {"septembre", "september"},
        {"octobre", "october"}, {"novembre", "november"}, {"decembre", "december"},
    };
    for (int64_t month = 0; month < 12 && size >= 3; month++)
        if (strncmp(months[month][0], word, size) == 0 ||
            strncmp(months[month][1], word, size) == 0)
            return month + 1;
    return 0;
}

/* "31 decembre 2004", with a weekday before it or not. */
static bool date_in_words(struct text text, int32_t latest, int32_t *days)
{
    char words[VALUE_WORDS_SIZE];
    size_t size = value_words(text, words);
    struct civil_date date = {0};
    for (char *word = words, *next; word < words + size; word = next) {
        next = word + strcspn(word, " ");
        size_t length = (size_t)(next - word);
        const char *at = word;
        int64_t number;
        unsigned digits = digits_read(&at, next, 5, &number);
        if (digits == 0 && date.month == 0)
            date.month = month_of_word(word, length);
        else if (digits > 0 && date.day == 0 && date.month == 0 && digits <= 2)
            date.day = number; /* 1er counts as 1 */
        else if (digits > 0 && date.month > 0 && date.year_digits == 0 && at == next) {
            date.year = number;
            date.year_digits = digits;
        }
        next += *next == ' ';
    }
    return date.day && date.month && (date.year_digits == 2 || date.year_digits == 4) &&
           civil_to_days(date, latest, days);
}

/* What may follow a date: nothing, or a time of day. */
static bool ends_date(const char *at, const char *end)
{
    if (at == end)
        return true;
    if (*at != ' ' && *at != 'T')
        return false;
    int64_t hour;
    at++;
    return digits_read(&at, end, 2, &hour) > 0 && at < end && (*at == ':' || *at == 'h');
}

static bool serial_date(int64_t number, int32_t *days)
{
    enum { SERIAL_FIRST = 10000, SERIAL_LAST = 80000 }; /* 1927 to 2119 */
    if (number < SERIAL_FIRST || number > SERIAL_LAST)
        return false;
    *days = serial_to_days(number, false);
    return true;
}

bool value_date(struct text text, enum date_order order, int32_t latest, int32_t *days)
{
    const char *at = text.data, *end = text.data + text.size;
    int64_t part[3];
    unsigned digits[3] = {0};
    digits[0] = digits_read(&at, end, 8, &part[0]);
    if (digits[0] == 5 && (at == end || *at == '.' || *at == ','))
        return serial_date(part[0], days);
    if (digits[0] == 8 && at == end)
        return civil_to_days(
            (struct civil_date){part[0] % 100, part[0] / 100 % 100, part[0] / 10000, 4}, latest,
            days);
    if (digits[0] == 0 || at == end || !strchr("/-. ", *at))
        return date_in_words(text, latest, days);
    char separator = *at++;
    digits[1] = digits_read(&at, end, 4, &part[1]);
    if (digits[1] == 0 || at == end || *at != separator)
        return date_in_words(text, latest, days);
    at++;
    digits[2] = digits_read(&at, end, 4, &part[2]);
    if (!ends_date(at, end) || digits[1] > 2)
        return false;
    if (digits[0] == 4 && digits[2] >= 1 && digits[2] <= 2)
        return civil_to_days((struct civil_date){part[2], part[1], part[0], 4}, latest, days);
    if (digits[0] > 2 || (digits[2] != 2 && digits[2] != 4))
        return false;
    bool month_first = order == DATE_MONTH_FIRST;
    return civil_to_days(
        (struct civil_date){part[month_first], part[!month_first], part[2], digits[2]}, latest,
        days);
}

/* -- numbers ------------------------------------------------------------------------------------
 */

/* Bytes of a space between thousands: plain, no-break, narrow no-break. */
static size_t thousands_space(const char *at, const char *end)
{
    if (at < end && *at == ' ')
        return 1;
    if (end - at >= 2 && memcmp(at, "\xc2\xa0", 2) == 0)
        return 2;
    if (end - at >= 3 && memcmp(at, "\xe2\x80\xaf", 3) == 0)
        return 3;
    return 0;
}

static bool three_digits_at(const char *at, const char *end)
{
    return end - at >= 3 && is_digit(at[0]) && is_digit(at[1]) && is_digit(at[2]) &&
           (end - at == 3 || !is_digit(at[3]));
}

bool value_number(struct text text, int64_t scale, int64_t *number)
{
    const char *at = text.data, *end = text.data + text.size;
    bool negative = at < end && *at == '-';
    at += negative;
    int64_t whole;
    unsigned count = digits_read(&at, end, 12, &whole);
    if (count == 0 || (at < end && is_digit(*at)))
        return false;
    for (size_t space; count <= 12 && (space = thousands_space(at, end)) > 0 &&
                       three_digits_at(at + space, end);) {
        int64_t group;
        at += space;
        count += digits_read(&at, end, 3, &group);
        whole = whole * 1000 + group;
    }
    int64_t part = 0, unit = 1;
    if (end - at >= 2 && (*at == ',' || *at == '.') && is_digit(at[1]))
        for (at++; at < end && is_digit(*at) && unit < 1000000000; at++, unit *= 10)
            part = part * 10 + (*at - '0');
    int64_t value = whole * scale + (part * scale + unit / 2) / unit;
    *number = negative ? -value : value;
    return true;
}

/* Whether a word of the normal form starts so. */
static bool has_word(const char *words, const char *start)
{
    for (const char *at = words; (at = strstr(at, start)); at++)
        if (at == words || at[-1] == ' ')
            return true;
    return false;
}

static bool word_is(const char *words, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words, list[i]) == 0)
            return true;
    return false;
}

bool value_yes(struct text text, bool *yes)
{
    static const char *const good[] = {"oui", "o", "yes", "y", "vrai", "true", "x", "1", "ok"};
    static const char *const bad[] = {"non", "n", "no", "faux", "false", "0", "aucun", "aucune"};
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    bool is_good = word_is(words, good, sizeof good / sizeof *good);
    if (!is_good && !word_is(words, bad, sizeof bad / sizeof *bad))
        return false;
    *yes = is_good;
    return true;
}

bool value_months(struct text text, int64_t *months)
{
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    static const char *const units[] = {"an", "ans", "annee", "annees", "a", "year", "years"};
    int64_t tenths;
    if (value_number(text, 10, &tenths)) {
        const char *unit = words + strcspn(words, "abcdefghijklmnopqrstuvwxyz");
        char first[16] = "";
        memcpy(first, unit, strcspn(unit, " ") < sizeof first ? strcspn(unit, " ") : 0);
        bool years = word_is(first, units, sizeof units / sizeof *units);
        *months = years ? tenths * 12 / 10 + (has_word(words, "demi") ? 6 : 0) : tenths / 10;
        return tenths >= 0;
    }
    if (!has_word(words, "debutant") && !has_word(words, "sans") && !has_word(words, "aucun") &&
        !has_word(words, "none") && !has_word(words, "beginner"))
        return false;
    *months = 0;
    return true;
}

/* Reads "9", "9h", "9h30", "9 h 30", "09:30". */
static bool hours_minutes(const char *at, const char *end, int64_t *minutes)
{
    int64_t hours, rest = 0;
    if (digits_read(&at, end, 3, &hours) == 0)
        return false;
    while (at < end && *at == ' ')
        at++;
    if (at < end && strchr("hH:", *at)) {
        at++;
        while (at < end && *at == ' ')
            at++;
        if (digits_read(&at, end, 2, &rest) == 0)
            rest = 0;
    }
    *minutes = hours * 60 + rest;
    return rest < 60;
}

bool value_minutes(struct text text, int64_t *minutes)
{
    const char *end = text.data + text.size;
    if (memchr(text.data, ',', text.size) || memchr(text.data, '.', text.size))
        return value_number(text, 60, minutes);
    return hours_minutes(text.data, end, minutes);
}

bool value_clock(struct text text, int32_t *minutes)
{
    int64_t value;
    if (!hours_minutes(text.data, text.data + text.size, &value) || value > 24 * 60)
        return false;
    *minutes = (int32_t)value;
    return true;
}

/* -- identifiers --------------------------------------------------------------------------------
 */

/* The digits of a text that holds nothing but them and the characters of between. Returns how many
 * there are; 0 when there is anything else, or more than fit. */
static size_t digits_only(struct text text, const char *between, char *digits, size_t capacity)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++) {
        size_t space = thousands_space(text.data + i, text.data + text.size);
        if (is_digit(text.data[i]) && count < capacity)
            digits[count++] = text.data[i];
        else if (space > 0)
            i += space - 1;
        else if (!strchr(between, text.data[i]))
            return 0;
    }
    return count;
}

/* The digits with zeros in front, to that many. */
static struct text zeros_before(struct arena *arena, const char *digits, size_t count,
                                size_t wanted)
{
    char *copy = arena_alloc(arena, wanted + 1);
    if (!copy)
        return (struct text){NULL, 0};
    memset(copy, '0', wanted - count);
    memcpy(copy + wanted - count, digits, count);
    return (struct text){copy, (uint32_t)wanted};
}

struct text value_postcode(struct text text, struct arena *arena)
{
    char digits[5];
    if (text.size > 2 && (text.data[0] == 'F' || text.data[0] == 'f') && text.data[1] == '-') {
        text.data += 2;
        text.size -= 2;
    }
    size_t count = digits_only(text, "", digits, sizeof digits);
    return count == 4 || count == 5 ? zeros_before(arena, digits, count, 5) : text;
}

struct text value_phone(struct text text, struct arena *arena)
{
    char digits[20];
    for (uint32_t i = 4; i < text.size; i++)
        if (strchr("/;,\n", text.data[i]))
            text.size = i; /* the first of two numbers */
    size_t count = digits_only(text, ".-()", digits, sizeof digits);
    if (count == 9 && digits[0] != '0')
        return zeros_before(arena, digits, 9, 10);
    if (count >= 4)
        return zeros_before(arena, digits, count, count);
    return text;
}

struct text value_francetravail(struct text text, struct arena *arena)
{
    char digits[11];
    size_t count = digits_only(text, "", digits, sizeof digits);
    if (count == 9 || count == 10)
        return zeros_before(arena, digits, count, 11);
    if (count == 6 || count == 7)
        return zeros_before(arena, digits, count, 8);
    return count ? zeros_before(arena, digits, count, count) : text;
}
