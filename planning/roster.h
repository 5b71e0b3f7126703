/* A timetable in the making: which pair meets in which slot, and who and what is free when. */
#ifndef PASSERELLE_PLANNING_ROSTER_H
#define PASSERELLE_PLANNING_ROSTER_H

#include "problem.h"

enum { NO_SLOT = -1, PAIR_NEEDS_MAX = PAIR_SHARED_MAX + 3 };

/* What can be taken in a slot: participants first, then shared resources, then the tables. A cell
 * is one of them in one slot. */
struct roster {
    const struct problem *problem;
    uint32_t resource_count;
    uint64_t *free;   /* of each resource, the slots in which there is room */
    uint32_t *start;  /* of each cell, the place of its first pair in held */
    uint32_t *held;   /* pairs in the cells */
    uint16_t *load;   /* how many are in each cell */
    int8_t *slot_of;  /* of each pair, or NO_SLOT */
    uint16_t *degree; /* meetings of each participant */
};

/* Without any meeting. NULL when out of memory. */
struct roster *roster_create(const struct problem *problem);
void roster_free(struct roster *roster); /* NULL is fine */

/* What a pair takes in its slot; returns how many. Tables are there only when they may run out. */
unsigned roster_needs(const struct roster *roster, uint32_t pair, uint32_t needs[PAIR_NEEDS_MAX]);
/* Slots in which a pair could be put as things are, windows included. */
uint64_t roster_room(const struct roster *roster, uint32_t pair);

/* The pair must have no slot, and there must be room. */
void roster_put(struct roster *roster, uint32_t pair, unsigned slot);
void roster_take(struct roster *roster, uint32_t pair); /* must have a slot */

/* The pairs in a cell. */
static inline const uint32_t *roster_cell(const struct roster *roster, uint32_t resource,
                                          unsigned slot, unsigned *count)
{
    uint32_t cell = resource * roster->problem->slot_count + slot;
    *count = roster->load[cell];
    return &roster->held[roster->start[cell]];
}

/* Room in a cell in all. */
static inline uint32_t roster_capacity(const struct roster *roster, uint32_t resource,
                                       unsigned slot)
{
    uint32_t cell = resource * roster->problem->slot_count + slot;
    return roster->start[cell + 1] - roster->start[cell];
}

/* The slots in which a participant meets. */
uint64_t roster_used(const struct roster *roster, uint32_t participant);

#endif
