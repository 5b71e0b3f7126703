/* Four numbers at once, in the vectors that the compiler has for every machine. */
#ifndef PASSERELLE_MATCHING_LANES_H
#define PASSERELLE_MATCHING_LANES_H

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { LANES = 4 };
typedef float floats __attribute__((vector_size(LANES * 4)));
typedef int32_t ints __attribute__((vector_size(LANES * 4)));

static inline floats floats_load(const float *from)
{
    floats loaded;
    memcpy(&loaded, from, sizeof loaded);
    return loaded;
}

/* Of numbers of 32 bits. */
static inline ints ints_load(const void *from)
{
    ints loaded;
    memcpy(&loaded, from, sizeof loaded);
    return loaded;
}

static inline floats floats_of(ints numbers)
{
    return __builtin_convertvector(numbers, floats);
}

static inline floats floats_all(float one)
{
    return (floats){one, one, one, one};
}

/* Comparing gives lanes that are all ones or all zeroes. */
static inline floats floats_choose(ints first, floats one, floats other)
{
    return (floats)(((ints)one & first) | ((ints)other & ~first));
}

static inline floats floats_smaller(floats one, floats other)
{
    return floats_choose(one < other, one, other);
}

static inline floats floats_larger(floats one, floats other)
{
    return floats_choose(one > other, one, other);
}

/* A bit for each lane of a comparison. */
static inline unsigned lanes_mask(ints lanes)
{
#ifdef __SSE2__
    return (unsigned)_mm_movemask_ps((__m128)lanes);
#else
    unsigned mask = 0;
    for (int i = 0; i < LANES; i++)
        mask |= (unsigned)(lanes[i] & 1) << i;
    return mask;
#endif
}

#endif
