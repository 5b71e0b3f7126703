#include "distance.h"

#include <math.h>

enum { COSINE_ONE = 32768, DEGREE = 1000000, METRES_PER_DEGREE = 111195 };

/* Cosines of whole degrees; one more, for the interpolation at the pole. */
static const int32_t cosines[92] = {
    32768, 32763, 32748, 32723, 32688, 32643, 32588, 32524, 32449, 32365, 32270, 32166,
    32052, 31928, 31795, 31651, 31499, 31336, 31164, 30983, 30792, 30592, 30382, 30163,
    29935, 29698, 29452, 29197, 28932, 28660, 28378, 28088, 27789, 27482, 27166, 26842,
    26510, 26170, 25822, 25466, 25102, 24730, 24351, 23965, 23571, 23170, 22763, 22348,
    21926, 21498, 21063, 20622, 20174, 19720, 19261, 18795, 18324, 17847, 17364, 16877,
    16384, 15886, 15384, 14876, 14365, 13848, 13328, 12803, 12275, 11743, 11207, 10668,
    10126, 9580,  9032,  8481,  7927,  7371,  6813,  6252,  5690,  5126,  4560,  3993,
    3425,  2856,  2286,  1715,  1144,  572,   0,     0,
};

static int32_t cosine(int32_t latitude)
{
    uint32_t absolute = latitude < 0 ? 0u - (uint32_t)latitude : (uint32_t)latitude;
    if (absolute > 90 * DEGREE)
        absolute = 90 * DEGREE;
    uint32_t whole = absolute / DEGREE;
    int64_t part = absolute % DEGREE;
    return cosines[whole] + (int32_t)((cosines[whole + 1] - cosines[whole]) * part / DEGREE);
}

static int64_t gap(int32_t one, int32_t other)
{
    int64_t difference = (int64_t)one - other;
    return difference < 0 ? -difference : difference;
}

static int64_t metres(int64_t angle)
{
    return angle * METRES_PER_DEGREE / DEGREE;
}

/* The smaller way round the earth. */
static int64_t angle_east(int32_t longitude, int32_t other)
{
    int64_t angle = gap(longitude, other);
    return angle > 180 * (int64_t)DEGREE ? 360 * (int64_t)DEGREE - angle : angle;
}

static int32_t mean_latitude(int32_t latitude, int32_t other)
{
    return (int32_t)(((int64_t)latitude + other) / 2);
}

static int64_t metres_east(int32_t latitude, int32_t longitude, int32_t other_latitude,
                           int32_t other_longitude)
{
    int32_t mean = mean_latitude(latitude, other_latitude);
    return metres(angle_east(longitude, other_longitude)) * cosine(mean) / COSINE_ONE;
}

int64_t distance_metres(int32_t latitude, int32_t longitude, int32_t other_latitude,
                        int32_t other_longitude)
{
    int64_t north = metres(gap(latitude, other_latitude));
    int64_t east = metres_east(latitude, longitude, other_latitude, other_longitude);
    return square_root((uint64_t)(north * north + east * east));
}

bool distance_within(int32_t latitude, int32_t longitude, int32_t other_latitude,
                     int32_t other_longitude, int32_t radius)
{
    int64_t north = metres(gap(latitude, other_latitude));
    if (north > radius)
        return false;
    int64_t east = metres_east(latitude, longitude, other_latitude, other_longitude);
    /* The root is rounded down: at most radius means below (radius + 1) squared. */
    int64_t limit = (int64_t)radius + 1;
    return north * north + east * east < limit * limit;
}

void distance_box_widen(struct distance_box *box, int32_t latitude, int32_t longitude)
{
    box->south = latitude < box->south ? latitude : box->south;
    box->north = latitude > box->north ? latitude : box->north;
    box->west = longitude < box->west ? longitude : box->west;
    box->east = longitude > box->east ? longitude : box->east;
}

/* The smaller way round the earth to the nearer edge, 0 inside. */
static int64_t box_gap_east(const struct distance_box *box, int32_t longitude)
{
    if (longitude >= box->west && longitude <= box->east)
        return 0;
    int64_t west = angle_east(longitude, box->west);
    int64_t east = angle_east(longitude, box->east);
    return west < east ? west : east;
}

/* At the mean latitude that is farthest from the equator. */
static int32_t box_cosine_least(const struct distance_box *box, int32_t latitude)
{
    int32_t south = cosine(mean_latitude(latitude, box->south));
    int32_t north = cosine(mean_latitude(latitude, box->north));
    return south < north ? south : north;
}

float distance_cosine_least(const struct distance_box *box, int32_t latitude)
{
    return (float)box_cosine_least(box, latitude) / COSINE_ONE;
}

bool distance_box_beyond(const struct distance_box *box, int32_t latitude, int32_t longitude,
                         int32_t radius)
{
    if (box->south > box->north)
        return true;
    int64_t gap_north = latitude < box->south   ? gap(box->south, latitude)
                        : latitude > box->north ? gap(latitude, box->north)
                                                : 0;
    int64_t north = metres(gap_north);
    if (north > radius)
        return true;
    int64_t east =
        metres(box_gap_east(box, longitude)) * box_cosine_least(box, latitude) / COSINE_ONE;
    int64_t limit = (int64_t)radius + 1;
    return north * north + east * east >= limit * limit;
}

/* The machine's own root is off by one at most, where the value has more digits than a double. */
uint32_t square_root(uint64_t value)
{
    double estimate = sqrt((double)value);
    uint64_t root = estimate < UINT32_MAX ? (uint64_t)estimate : UINT32_MAX;
    while (root * root > value)
        root--;
    while (root < UINT32_MAX && (root + 1) * (root + 1) <= value)
        root++;
    return (uint32_t)root;
}
