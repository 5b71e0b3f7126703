#include "import_item_time.h"

#include "../proto/records.h"
#include "import_value.h"
#include "import_words.h"

#include <ctype.h>
#include <string.h>

/* -- days and hours -----------------------------------------------------------------------------
 */

/* What is being read of "lun-ven 9h-12h 14h-18h". */
struct week {
    bool days[8];
    unsigned last_day;
    bool range;   /* a word or dash that joins two days came last */
    int32_t from; /* -1: none is open */
    bool any_hours;
};

static void week_day(struct week *week, unsigned day)
{
    if (week->any_hours) /* a new group of days: the former hours are written already */
        *week = (struct week){.from = -1};
    if (week->range && week->last_day)
        for (unsigned between = week->last_day; between < day; between++)
            week->days[between] = true;
    week->days[day] = true;
    week->last_day = day;
    week->range = false;
}

static bool week_clock(struct week *week, int32_t minutes, struct hours *hours, unsigned *count)
{
    week->any_hours = true;
    if (week->from < 0) {
        week->from = minutes;
        return true;
    }
    for (unsigned day = 1; day <= 7; day++) {
        if (!week->days[day])
            continue;
        if (*count == ITEM_RECORDS_MAX || minutes <= week->from)
            return false;
        struct hours *item = &hours[(*count)++];
        item->day = (uint8_t)day;
        item->from = week->from;
        item->to = minutes;
        item->has.day = item->has.from = item->has.to = true;
    }
    week->from = -1;
    return true;
}

/* The length of a clock time such as 9h30 or 09:30 at the start of a text. */
static uint32_t clock_length(struct text text)
{
    uint32_t size = 0;
    while (size < text.size &&
           (isdigit((unsigned char)text.data[size]) || strchr("hH:", text.data[size])))
        size++;
    return size;
}

/* Letters, those beyond ASCII included. */
static uint32_t word_length(struct text text)
{
    uint32_t size = 0;
    while (size < text.size && (isalpha((unsigned char)text.data[size]) || text.data[size] & 0x80))
        size++;
    return size;
}

enum item_result item_read_hours(struct text text, struct arena *arena, void *records,
                                 unsigned *count)
{
    (void)arena;
    struct week week = {.from = -1};
    const struct choices *days = hours_type.fields[0].choices;
    while (text.size > 0) {
        uint32_t clock = isdigit((unsigned char)*text.data) ? clock_length(text) : 0;
        uint32_t word = clock ? 0 : word_length(text), length = clock ? clock : word ? word : 1;
        struct text part = {text.data, length};
        unsigned day = word ? words_choice(days, part) : 0;
        char words[VALUE_WORDS_SIZE];
        value_words(part, words);
        int32_t minutes;
        if (day)
            week_day(&week, day);
        else if (*text.data == '-' || strcmp(words, "au") == 0 || strcmp(words, "to") == 0)
            week.range = week.last_day > 0;
        if (clock && (!week.last_day || !value_clock(part, &minutes) ||
                      !week_clock(&week, minutes, records, count)))
            return ITEM_UNKNOWN;
        text.data += length;
        text.size -= length;
    }
    return *count && week.from < 0 ? ITEM_READ : ITEM_UNKNOWN;
}

/* -- rhythm -------------------------------------------------------------------------------------
 */

/* The next number of a text and what follows it up to the next number. */
static bool number_next(struct text *text, int64_t scale, int64_t *number, struct text *before,
                        struct text *after)
{
    uint32_t at = 0;
    while (at < text->size && !isdigit((unsigned char)text->data[at]))
        at++;
    *before = (struct text){text->data, at};
    struct text rest = {text->data + at, text->size - at};
    if (!rest.size || !value_number(rest, scale, number))
        return false;
    uint32_t digits = 0;
    while (digits < rest.size && (isdigit((unsigned char)rest.data[digits]) ||
                                  (strchr(" ,.", rest.data[digits]) && digits + 1 < rest.size &&
                                   isdigit((unsigned char)rest.data[digits + 1]))))
        digits++;
    uint32_t end = digits;
    while (end < rest.size && !isdigit((unsigned char)rest.data[end]))
        end++;
    *after = (struct text){rest.data + digits, end - digits};
    *text = (struct text){rest.data + digits, rest.size - digits};
    return true;
}

static bool has_part(struct text text, const char *part)
{
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    return strstr(words, part) != NULL;
}

enum item_result item_read_rhythm(struct text text, struct arena *arena, void *records,
                                  unsigned *count)
{
    (void)arena;
    enum { WEEK = 5 }; /* working days */
    struct rhythm *rhythm = records;
    struct text before, after[2], rest = text;
    int64_t days[2];
    for (unsigned i = 0; i < 2; i++) {
        if (!number_next(&rest, 1, &days[i], &before, &after[i]))
            return ITEM_UNKNOWN;
        if (has_part(after[i], "sem") || has_part(after[i], "week"))
            days[i] *= WEEK;
    }
    bool school_first = has_part(after[0], "ecole") || has_part(after[0], "formation") ||
                        has_part(after[0], "cours") || has_part(after[0], "school");
    rhythm->company_days = days[school_first];
    rhythm->school_days = days[!school_first];
    rhythm->has.company_days = rhythm->has.school_days = true;
    *count = 1;
    return ITEM_READ;
}

/* -- pay ----------------------------------------------------------------------------------------
 */

static unsigned period_of(struct text text, int64_t cents)
{
    char words[VALUE_WORDS_SIZE];
    value_words(text, words);
    for (const char *word = words; *word; word += strcspn(word, " "), word += *word == ' ') {
        unsigned period = words_choice(pay_type.fields[2].choices, text_of_string(word));
        if (period)
            return period;
    }
    /* nobody is paid so much an hour, or so little a year */
    return cents < 10000 ? PERIOD_HOUR : cents < 1000000 ? PERIOD_MONTH : PERIOD_YEAR;
}

/* "k€" or "K" behind a number. */
static bool is_thousands(struct text after)
{
    char words[VALUE_WORDS_SIZE];
    value_words(after, words);
    return words[0] == 'k' && (words[1] == ' ' || words[1] == 0);
}

enum item_result item_read_pay(struct text text, struct arena *arena, void *records,
                               unsigned *count)
{
    (void)arena;
    struct pay *pay = records;
    struct text before, after, rest = text;
    int64_t amounts[2];
    unsigned found = 0;
    bool thousands = false;
    while (found < 2 && number_next(&rest, 100, &amounts[found], &before, &after)) {
        thousands |= is_thousands(after);
        found++;
    }
    if (found == 0)
        return ITEM_UNKNOWN;
    for (unsigned i = 0; i < found; i++)
        amounts[i] *= thousands && amounts[i] < 100000 ? 1000 : 1;
    if (found == 2 && amounts[1] < amounts[0])
        found = 1; /* "1 801 € sur 12 mois" */
    pay->minimum = amounts[0];
    pay->has.minimum = true;
    pay->maximum = amounts[found - 1];
    pay->has.maximum = true;
    pay->period = (uint8_t)period_of(text, amounts[0]);
    pay->has.period = true;
    *count = 1;
    return ITEM_READ;
}
