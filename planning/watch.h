/* Chance, and how a long computation asks whether to go on. There is no clock here: the caller has
 * one. */
#ifndef PASSERELLE_PLANNING_WATCH_H
#define PASSERELLE_PLANNING_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Asked often, every millisecond or so; false stops the computation soon, with what it has. */
struct watch {
    bool (*go_on)(void *state); /* NULL: go on to the end */
    void *state;
};

static inline bool watch_goes_on(const struct watch *watch)
{
    return watch->go_on == NULL || watch->go_on(watch->state);
}

/* xorshift64*, by Marsaglia and Vigna. */
struct chance {
    uint64_t state; /* never 0 */
};

static inline struct chance chance_from(uint64_t seed)
{
    return (struct chance){(seed * 0x9e3779b97f4a7c15u) | 1};
}

/* A number below bound, which is not 0. */
static inline uint32_t chance_below(struct chance *chance, uint32_t bound)
{
    chance->state ^= chance->state >> 12;
    chance->state ^= chance->state << 25;
    chance->state ^= chance->state >> 27;
    uint32_t high = (uint32_t)((chance->state * 0x2545f4914f6cdd1du) >> 32);
    return (uint32_t)(((uint64_t)high * bound) >> 32);
}

#endif
