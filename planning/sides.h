/* Whether the pairs fall into two sides. */
#ifndef PASSERELLE_PLANNING_SIDES_H
#define PASSERELLE_PLANNING_SIDES_H

#include "problem.h"

enum { SIDE_NONE, SIDE_LEFT, SIDE_RIGHT };

/* Gives each participant who has a pair a side, so that every pair joins both; the smaller part of
 * each connected part is left. False when that cannot be. waiting: room for all participants. */
bool sides_find(const struct problem *problem, uint8_t *sides, uint32_t *waiting);

#endif
