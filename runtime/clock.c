#include "clock.h"

#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DAY_S = 86400 };

static int64_t clock_read_us(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_monotonic_us(void)
{
    return clock_read_us(CLOCK_MONOTONIC);
}

int64_t clock_monotonic_ms(void)
{
    return clock_read_us(CLOCK_MONOTONIC) / 1000;
}

int64_t clock_wall_ms(void)
{
    return clock_read_us(CLOCK_REALTIME) / 1000 + FAULT_CLOCK_MS();
}

bool clock_zone_set(const char *zone)
{
    /* libc takes an unknown zone for UTC without a word: look for its file first. */
    char path[128];
    if (zone[0] == '\0' || zone[0] == '/' || strstr(zone, "..") ||
        (size_t)snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone) >= sizeof path ||
        access(path, R_OK) != 0 || setenv("TZ", zone, 1) != 0)
        return false;
    tzset();
    return true;
}

static int32_t day_of_second(int64_t second)
{
    time_t time = (time_t)second;
    struct tm tm;
    if (!localtime_r(&time, &tm))
        return 0;
    struct tm date = {.tm_year = tm.tm_year, .tm_mon = tm.tm_mon, .tm_mday = tm.tm_mday};
    return (int32_t)(timegm(&date) / DAY_S);
}

int32_t clock_day(int64_t wall_ms)
{
    int64_t second = wall_ms / 1000;
    return day_of_second(wall_ms % 1000 < 0 ? second - 1 : second);
}

int64_t clock_day_start(int32_t day)
{
    /* No zone is further than 15 hours from UTC. */
    int64_t before = (int64_t)day * DAY_S - 15 * 3600;
    int64_t reached = (int64_t)day * DAY_S + 15 * 3600;
    while (reached - before > 1) {
        int64_t middle = before + (reached - before) / 2;
        if (day_of_second(middle) >= day)
            reached = middle;
        else
            before = middle;
    }
    return reached * 1000;
}
