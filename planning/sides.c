#include "sides.h"

#include <string.h>

/* Gives sides to all who hang together with the one in waiting[0]; returns how many, or 0. */
static uint32_t part_walk(const struct problem *problem, uint8_t *sides, uint32_t *waiting)
{
    uint32_t count = 1;
    for (uint32_t done = 0; done < count; done++) {
        uint32_t i = waiting[done];
        for (uint32_t k = problem->pair_start[i]; k < problem->pair_start[i + 1]; k++) {
            uint32_t other = pair_other(&problem->pairs[problem->pair_of[k]], i);
            if (sides[other] == sides[i])
                return 0;
            if (sides[other] != SIDE_NONE)
                continue;
            sides[other] = SIDE_LEFT + SIDE_RIGHT - sides[i];
            waiting[count++] = other;
        }
    }
    return count;
}

static void smaller_to_the_left(uint8_t *sides, const uint32_t *part, uint32_t count)
{
    uint32_t left = 0;
    for (uint32_t k = 0; k < count; k++)
        left += sides[part[k]] == SIDE_LEFT;
    if (left <= count - left)
        return;
    for (uint32_t k = 0; k < count; k++)
        sides[part[k]] = SIDE_LEFT + SIDE_RIGHT - sides[part[k]];
}

bool sides_find(const struct problem *problem, uint8_t *sides, uint32_t *waiting)
{
    memset(sides, SIDE_NONE, problem->participant_count);
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        if (sides[i] != SIDE_NONE || problem->pair_start[i] == problem->pair_start[i + 1])
            continue;
        sides[i] = SIDE_LEFT;
        waiting[0] = i;
        uint32_t count = part_walk(problem, sides, waiting);
        if (count == 0)
            return false;
        smaller_to_the_left(sides, waiting, count);
    }
    return true;
}
