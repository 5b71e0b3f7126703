/* What the programs of bench/matching share: the clock, quantiles, random numbers. */
#ifndef PASSERELLE_BENCH_MEASURE_H
#define PASSERELLE_BENCH_MEASURE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

/* Seconds. */
static inline double measure_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static inline int measure_compare(const void *one, const void *other)
{
    const double *a = one;
    const double *b = other;
    return (*a > *b) - (*a < *b);
}

/* Sorts the values. */
static inline double measure_quantile(double *values, size_t count, double share)
{
    qsort(values, count, sizeof *values, measure_compare);
    return values[(size_t)((double)(count - 1) * share)];
}

/* splitmix64 */
static inline uint64_t measure_random(uint64_t *state)
{
    uint64_t value = *state += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

#endif
