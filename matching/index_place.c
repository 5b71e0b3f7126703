#include "index_page.h"

/* Neighbours on Hilbert's curve over the map are neighbours on the map, so that a run of keys
 * covers a compact area: https://en.wikipedia.org/wiki/Hilbert_curve. A step of it is about 300 m.
 */
enum { CURVE_BITS = 16 };

static uint32_t curve_step(int32_t angle, int32_t least, uint32_t range)
{
    return (uint32_t)(((uint64_t)((int64_t)angle - least) << CURVE_BITS) / (range + 1));
}

static uint32_t curve_place(int32_t latitude, int32_t longitude)
{
    uint32_t x = curve_step(longitude, -180000000, 360000000);
    uint32_t y = curve_step(latitude, -90000000, 180000000);
    uint32_t place = 0;
    for (uint32_t half = 1u << (CURVE_BITS - 1); half > 0; half >>= 1) {
        uint32_t east = (x & half) > 0;
        uint32_t north = (y & half) > 0;
        place = place << 2 | ((3 * east) ^ north);
        if (!north) {
            uint32_t was = east ? ~x : x;
            x = east ? ~y : y;
            y = was;
        }
    }
    return place;
}

/* 1 and more for a single contract, 0 for a choice. */
static uint64_t contract_class(const struct gate *gate)
{
    uint32_t contracts = gate->contracts;
    return contracts && !(contracts & (contracts - 1)) ? (uint64_t)__builtin_ctz(contracts) + 1 : 0;
}

/* Up to 4 km, 8 km, and so on. A page of people who go as far reaches hardly further than each. */
static uint64_t radius_class(const struct gate *gate)
{
    enum { SMALLEST = 4000 };
    uint32_t times = gate->radius > 0 ? (uint32_t)gate->radius / SMALLEST : 0;
    return times ? 32 - (uint64_t)__builtin_clz(times) : 0;
}

/* Those without a place apart: a page with one of them can be out of nobody's reach. */
uint64_t index_place(const struct gate *gate)
{
    bool nowhere = gate->latitude == NOWHERE;
    uint64_t area = nowhere ? 0 : curve_place(gate->latitude, gate->longitude);
    uint64_t classes = (uint64_t)nowhere << 10 | contract_class(gate) << 5 | radius_class(gate);
    return classes << (2 * CURVE_BITS) | area;
}
