#include "index_internal.h"

#include <assert.h>
#include <stdlib.h>

struct index *index_create(enum index_side side, uint32_t skills)
{
    struct index *index = calloc(1, sizeof *index);
    if (!index)
        return NULL;
    index->side = side;
    index->skills = skills;
    index->named = calloc(skills + (size_t)1, sizeof *index->named);
    if (!index->named || !order_start(index)) {
        index_free(index);
        return NULL;
    }
    return index;
}

void index_free(struct index *index)
{
    if (!index)
        return;
    for (uint32_t i = 0; i < index->slot_count; i++)
        page_free(index->slots[i].page);
    free(index->slots);
    free(index->order);
    free(index->locations);
    free(index->named);
    free(index);
}

static bool locations_reserve(struct index *index, uint32_t handle)
{
    uint32_t count = index->location_count;
    if (handle < count)
        return true;
    uint32_t wanted = handle + handle / 4 + 64;
    uint32_t *locations =
        wanted > handle ? reallocarray(index->locations, wanted, sizeof *locations) : NULL;
    if (!locations)
        return false;
    for (uint32_t i = count; i < wanted; i++)
        locations[i] = NO_PLACE;
    index->locations = locations;
    index->location_count = wanted;
    return true;
}

bool index_holds(const struct index *index, uint32_t handle)
{
    return handle < index->location_count && index->locations[handle] != NO_PLACE;
}

bool index_put(struct index *index, uint32_t handle, const struct index_front *front, float factor,
               const struct index_term *terms, unsigned count)
{
    assert(factor > 0 && count <= INDEX_TERMS_MAX && !index_holds(index, handle));
    struct index_key key = {index_place(&front->gate), handle};
    if (!locations_reserve(index, handle))
        return false;
    uint32_t position = order_find(index, key);
    while (page_full(index->slots[index->order[position]].page, count)) {
        if (!order_split(index, position))
            return false;
        position = order_find(index, key);
    }
    uint32_t slot = index->order[position];
    struct page *page = index->slots[slot].page;
    if (!page_reserve(page, count))
        return false;
    uint32_t place = page_add(page, handle, front, factor, terms, count);
    index->locations[handle] = location_make(slot, place);
    index->records++;
    for (unsigned i = 0; i < count; i++)
        index->named[terms[i].skill]++;
    return true;
}

void index_remove(struct index *index, uint32_t handle, const struct index_term *terms,
                  unsigned count)
{
    assert(index_holds(index, handle));
    uint32_t location = index->locations[handle];
    const struct index_slot *slot = &index->slots[location_slot(location)];
    page_remove(slot->page, location_place(location), terms, count);
    index->locations[handle] = NO_PLACE;
    index->records--;
    for (unsigned i = 0; i < count; i++)
        index->named[terms[i].skill]--;
    if (slot->page->records <= PAGE_PLACES / 4)
        order_join(index, order_find(index, slot->low));
}

uint32_t index_named(const struct index *index, int32_t skill)
{
    return index->named[skill];
}

void index_set_least(struct index *index, uint32_t handle, float least)
{
    uint32_t location = index->locations[handle];
    index->slots[location_slot(location)].page->columns.leasts[location_place(location)] = least;
}

void index_count(const struct index *index, struct index_counts *counts)
{
    *counts = (struct index_counts){
        .records = index->records,
        .pages = index->page_count,
        .bytes = sizeof *index + index->location_count * sizeof *index->locations +
                 index->skills * sizeof *index->named +
                 index->slot_capacity * (sizeof *index->slots + sizeof *index->order),
    };
    for (uint32_t i = 0; i < index->slot_count; i++)
        if (index->slots[i].page)
            counts->bytes += page_bytes(index->slots[i].page);
}
