/* Distances between places, in integers, so that every machine finds the same. */
#ifndef PASSERELLE_MATCHING_DISTANCE_H
#define PASSERELLE_MATCHING_DISTANCE_H

#include <stdbool.h>
#include <stdint.h>

/* Metres as the crow flies between two points in 1e-6 degrees. On a flat map stretched for the mean
 * latitude: within 1 % up to 1000 km below 60 degrees of latitude. The same in both directions. */
int64_t distance_metres(int32_t latitude, int32_t longitude, int32_t other_latitude,
                        int32_t other_longitude);
/* Whether that is at most radius metres; cheaper. */
bool distance_within(int32_t latitude, int32_t longitude, int32_t other_latitude,
                     int32_t other_longitude, int32_t radius);

/* The integer square root, rounded down. */
uint32_t square_root(uint64_t value);

#endif
