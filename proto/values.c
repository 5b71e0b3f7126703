/* Wire forms of dates, times and ids. Each value has exactly one form, so that what is read prints
 * as it was. */
#include "codec.h"
#include "message.h"
#include "text.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2199, DAY_MINUTES = 24 * 60 };
#define DAY_MS INT64_C(86400000)
#define NUMBER_MAX ((UINT64_C(1) << 48) - 1)

/* Days since 1970-01-01 in the proleptic Gregorian calendar, with years that begin in March so that
 * the leap day comes last. */
static int32_t days_of(int32_t year, int32_t month, int32_t day)
{
    int32_t shifted = month > 2 ? year : year - 1;
    int32_t era = shifted / 400;
    int32_t year_of_era = shifted % 400;
    int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct civil {
    int32_t year, month, day;
};

static struct civil civil_of(int32_t days)
{
    int32_t shifted = days + 719468;
    int32_t era = shifted / 146097;
    int32_t day_of_era = shifted % 146097;
    int32_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month = (5 * day_of_year + 2) / 153;
    int32_t year = year_of_era + era * 400;
    return (struct civil){
        .year = month >= 10 ? year + 1 : year,
        .month = month >= 10 ? month - 9 : month + 3,
        .day = day_of_year - (153 * month + 2) / 5 + 1,
    };
}

static int32_t month_days(int32_t year, int32_t month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

bool date_is_valid(int32_t days)
{
    return days >= days_of(YEAR_FIRST, 1, 1) && days <= days_of(YEAR_LAST, 12, 31);
}

bool time_is_valid(int64_t ms)
{
    return ms >= days_of(YEAR_FIRST, 1, 1) * DAY_MS && ms < days_of(YEAR_LAST + 1, 1, 1) * DAY_MS;
}

bool clock_is_valid(int32_t minutes)
{
    return minutes >= 0 && minutes <= DAY_MINUTES;
}

bool id_is_valid(uint64_t id)
{
    return kind_of_letter(id_letter(id)) != KIND_ABSENT && id_number(id) > 0 &&
           id_make(id_letter(id), id_number(id)) == id;
}

/* Reads digits after the punctuation that must precede them; false when either is not there. */
static bool digits(const char **at, char before, int count, int32_t *value)
{
    if (before && *(*at)++ != before)
        return false;
    *value = 0;
    while (count-- > 0) {
        char c = *(*at)++;
        if (c < '0' || c > '9')
            return false;
        *value = *value * 10 + (c - '0');
    }
    return true;
}

/* The reverse: prints exactly count digits. */
static char *put_digits(char *at, char before, int count, int64_t value)
{
    if (before)
        *at++ = before;
    for (int i = count; i-- > 0; value /= 10)
        at[i] = (char)('0' + value % 10);
    return at + count;
}

bool date_parse(const char *text, size_t size, int32_t *days)
{
    int32_t year, month, day;
    if (size != DATE_TEXT_SIZE - 1 || !digits(&text, 0, 4, &year) ||
        !digits(&text, '-', 2, &month) || !digits(&text, '-', 2, &day))
        return false;
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month))
        return false;
    *days = days_of(year, month, day);
    return true;
}

void date_print(int32_t days, char text[DATE_TEXT_SIZE])
{
    text[0] = '\0';
    if (!date_is_valid(days))
        return;
    struct civil civil = civil_of(days);
    text = put_digits(text, 0, 4, civil.year);
    text = put_digits(text, '-', 2, civil.month);
    text = put_digits(text, '-', 2, civil.day);
    *text = '\0';
}

bool time_parse(const char *text, size_t size, int64_t *ms)
{
    int32_t days, hour, minute, second, fraction;
    if (size != TIME_TEXT_SIZE - 1 || !date_parse(text, DATE_TEXT_SIZE - 1, &days))
        return false;
    const char *at = text + DATE_TEXT_SIZE - 1;
    if (!digits(&at, 'T', 2, &hour) || !digits(&at, ':', 2, &minute) ||
        !digits(&at, ':', 2, &second) || !digits(&at, '.', 3, &fraction) || *at != 'Z')
        return false;
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    *ms = days * DAY_MS + ((hour * 60 + minute) * 60 + second) * INT64_C(1000) + fraction;
    return true;
}

void time_print(int64_t ms, char text[TIME_TEXT_SIZE])
{
    text[0] = '\0';
    if (!time_is_valid(ms))
        return;
    int64_t of_day = ms % DAY_MS;
    if (of_day < 0)
        of_day += DAY_MS;
    date_print((int32_t)((ms - of_day) / DAY_MS), text);
    text = put_digits(text + DATE_TEXT_SIZE - 1, 'T', 2, of_day / 3600000);
    text = put_digits(text, ':', 2, of_day / 60000 % 60);
    text = put_digits(text, ':', 2, of_day / 1000 % 60);
    text = put_digits(text, '.', 3, of_day % 1000);
    *text++ = 'Z';
    *text = '\0';
}

bool clock_parse(const char *text, size_t size, int32_t *minutes)
{
    int32_t hour, minute;
    if (size != CLOCK_TEXT_SIZE - 1 || !digits(&text, 0, 2, &hour) ||
        !digits(&text, ':', 2, &minute))
        return false;
    if (minute > 59 || hour * 60 + minute > DAY_MINUTES)
        return false;
    *minutes = hour * 60 + minute;
    return true;
}

void clock_print(int32_t minutes, char text[CLOCK_TEXT_SIZE])
{
    text[0] = '\0';
    if (!clock_is_valid(minutes))
        return;
    text = put_digits(text, 0, 2, minutes / 60);
    text = put_digits(text, ':', 2, minutes % 60);
    *text = '\0';
}

bool id_parse(const char *text, size_t size, uint64_t *id)
{
    if (size < 2 || size >= ID_TEXT_SIZE || text[1] == '0')
        return false;
    uint64_t number = 0;
    for (size_t i = 1; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        number = number * 10 + (uint64_t)(text[i] - '0');
    }
    if (number > NUMBER_MAX || kind_of_letter(text[0]) == KIND_ABSENT)
        return false;
    *id = id_make(text[0], number);
    return true;
}

void id_print(uint64_t id, char text[ID_TEXT_SIZE])
{
    text[0] = '\0';
    if (!id_is_valid(id))
        return;
    int count = 0;
    for (uint64_t number = id_number(id); number > 0; number /= 10)
        count++;
    *put_digits(text, id_letter(id), count, (int64_t)id_number(id)) = '\0';
}

uint64_t id_make(char letter, uint64_t number)
{
    return (uint64_t)(unsigned char)letter << 56 | (number & NUMBER_MAX);
}

char id_letter(uint64_t id)
{
    return (char)(id >> 56);
}

uint64_t id_number(uint64_t id)
{
    return id & NUMBER_MAX;
}
