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

/* Points between two latitudes and two longitudes, in 1e-6 degrees. */
struct distance_box {
    int32_t south, north, west, east;
};
#define DISTANCE_BOX_EMPTY                                                                         \
    (struct distance_box)                                                                          \
    {                                                                                              \
        INT32_MAX, INT32_MIN, INT32_MAX, INT32_MIN                                                 \
    }
void distance_box_widen(struct distance_box *box, int32_t latitude, int32_t longitude);
/* Whether no point of the box is within radius metres, as distance_within() has it. May be false
 * when none is, if only by a little; never true when one is. An empty box holds none. */
bool distance_box_beyond(const struct distance_box *box, int32_t latitude, int32_t longitude,
                         int32_t radius);

/* What a degree of longitude is worth of one at the equator, at least, on the way from a latitude
 * to any point of the box. */
float distance_cosine_least(const struct distance_box *box, int32_t latitude);

/* The integer square root, rounded down. */
uint32_t square_root(uint64_t value);

#endif
