/* A timetable in the making: which pair meets in which slot, and who and what is free when. */
#ifndef PASSERELLE_PLANNING_SEATING_H
#define PASSERELLE_PLANNING_SEATING_H

#include "problem.h"

enum { NO_SLOT = -1, PAIR_NEEDS_MAX = PAIR_SHARED_MAX + 3 };

/* What can be taken in a slot: participants first, then shared resources, then the tables. A cell
 * is one of them in one slot. */
struct seating {
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
struct seating *seating_create(const struct problem *problem);
void seating_free(struct seating *timetable); /* NULL is fine */

/* What a pair takes in its slot; returns how many. Tables are there only when they may run out. */
unsigned seating_needs(const struct seating *timetable, uint32_t pair,
                       uint32_t needs[PAIR_NEEDS_MAX]);
/* Slots in which a pair could be put as things are, windows included. */
uint64_t seating_room(const struct seating *timetable, uint32_t pair);

/* The pair must have no slot, and there must be room. */
void seating_put(struct seating *timetable, uint32_t pair, unsigned slot);
void seating_take(struct seating *timetable, uint32_t pair); /* must have a slot */

/* The pairs in a cell. */
static inline const uint32_t *seating_cell(const struct seating *timetable, uint32_t resource,
                                           unsigned slot, unsigned *count)
{
    uint32_t cell = resource * timetable->problem->slot_count + slot;
    *count = timetable->load[cell];
    return &timetable->held[timetable->start[cell]];
}

/* Room in a cell in all. */
static inline uint32_t seating_capacity(const struct seating *timetable, uint32_t resource,
                                        unsigned slot)
{
    uint32_t cell = resource * timetable->problem->slot_count + slot;
    return timetable->start[cell + 1] - timetable->start[cell];
}

/* The slots in which a participant meets. */
uint64_t seating_used(const struct seating *timetable, uint32_t participant);

#endif
