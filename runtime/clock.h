/* The clocks of a process. Deadlines are monotonic; records carry wall time. */
#ifndef PASSERELLE_RUNTIME_CLOCK_H
#define PASSERELLE_RUNTIME_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);
int64_t clock_wall_ms(void); /* since 1970, UTC */

/* Sets the time zone of the whole process, such as "Europe/Paris"; false when unknown here. */
bool clock_zone_set(const char *zone);
/* The date in the process's time zone, in days since 1970. */
int32_t clock_day(int64_t wall_ms);
/* When that day starts there: midnight, or the first moment after it that exists. */
int64_t clock_day_start(int32_t day);

#endif
