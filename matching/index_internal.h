/* The inside of an index: its pages in order, and where each record is. For index*.c only. */
#ifndef PASSERELLE_MATCHING_INDEX_INTERNAL_H
#define PASSERELLE_MATCHING_INDEX_INTERNAL_H

#include "index_page.h"

struct index_slot {
    struct page *page;    /* NULL: unused */
    struct index_key low; /* no record of the page is before that, none of the next page's after */
};

/* Room to split a page in. */
struct index_sorted {
    struct index_key key;
    uint16_t place;
};

struct index {
    enum index_side side;
    uint32_t skills;
    size_t records;
    uint32_t *named;          /* by skill: terms */
    struct index_slot *slots; /* a page keeps its slot, so that locations last */
    uint32_t slot_count, slot_capacity;
    uint32_t *order; /* slots with a page, by their lowest key */
    uint32_t page_count;
    uint32_t *locations; /* by handle: slot and place, or NO_PLACE */
    uint32_t location_count;
    struct page_plan plans[2];
    struct index_sorted sorted[PAGE_PLACES];
};

static inline uint32_t location_make(uint32_t slot, uint32_t place)
{
    return slot << PLACE_BITS | place;
}
static inline uint32_t location_place(uint32_t location)
{
    return location & (PAGE_PLACES - 1);
}
static inline uint32_t location_slot(uint32_t location)
{
    return location >> PLACE_BITS;
}

/* -- index_order.c -------------------------------------------------------------------------------
 */

/* Position in the order of the page where a key belongs. */
uint32_t order_find(const struct index *index, struct index_key key);
bool order_start(struct index *index);
/* Halves a page; false when out of memory. */
bool order_split(struct index *index, uint32_t position);
/* Makes one page of this and a neighbour where they would fill no more than half of it. */
void order_join(struct index *index, uint32_t position);

#endif
