#include "recognise_calendar.h"

int32_t calendar_days(struct civil_date date)
{
    int32_t year = date.month <= 2 ? date.year - 1 : date.year;
    int32_t era = (year >= 0 ? year : year - 399) / 400;
    int32_t of_era = year - era * 400;
    int32_t of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct civil_date calendar_date(int32_t days)
{
    days += 719468;
    int32_t era = (days >= 0 ? days : days - 146096) / 146097;
    int32_t day = days - era * 146097;
    int32_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int32_t of_year = day - (365 * year + year / 4 - year / 100);
    int32_t shifted = (5 * of_year + 2) / 153;
    struct civil_date date = {.year = year + era * 400,
                              .month = shifted < 10 ? shifted + 3 : shifted - 9,
                              .day = of_year - (153 * shifted + 2) / 5 + 1};
    date.year += date.month <= 2;
    return date;
}

int32_t calendar_month_length(int32_t year, int32_t month)
{
    struct civil_date first = {year, month, 1};
    struct civil_date next = {month == 12 ? year + 1 : year, month % 12 + 1, 1};
    return calendar_days(next) - calendar_days(first);
}

bool calendar_valid(struct civil_date date)
{
    return date.year >= 1900 && date.year < 2200 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= calendar_month_length(date.year, date.month);
}

int32_t calendar_weekday(int32_t days)
{
    int32_t of_week = (days + 3) % 7;
    return (of_week < 0 ? of_week + 7 : of_week) + 1;
}
