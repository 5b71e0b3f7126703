/* Days since 1970 and dates of the civil calendar. */
#ifndef PASSERELLE_MATCHING_RECOGNISE_CALENDAR_H
#define PASSERELLE_MATCHING_RECOGNISE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

struct civil_date {
    int32_t year, month, day; /* month and day from 1 */
};

/* Howard Hinnant's days_from_civil and civil_from_days
 * (howardhinnant.github.io/date_algorithms.html). */
int32_t calendar_days(struct civil_date date);
struct civil_date calendar_date(int32_t days);
int32_t calendar_month_length(int32_t year, int32_t month);
/* Whether there is such a day, in the years 1900 to 2199. */
bool calendar_valid(struct civil_date date);
/* 1 Monday .. 7 Sunday */
int32_t calendar_weekday(int32_t days);

#endif
