#include "index_internal.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_MAX = 1 << (32 - PLACE_BITS) };

static struct page *order_page(const struct index *index, uint32_t position)
{
    return index->slots[index->order[position]].page;
}

/* The last page whose lowest key is not after the key; the first one if there is none. */
uint32_t order_find(const struct index *index, struct index_key key)
{
    uint32_t low = 0;
    uint32_t high = index->page_count;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (key_before(key, index->slots[index->order[middle]].low))
            high = middle;
        else
            low = middle;
    }
    return low;
}

/* -- slots ---------------------------------------------------------------------------------------
 */

static bool slots_reserve(struct index *index)
{
    if (index->page_count < index->slot_capacity)
        return true;
    uint32_t wanted = index->slot_capacity + index->slot_capacity / 2 + 4;
    if (wanted >= SLOTS_MAX)
        return false;
    struct index_slot *slots = reallocarray(index->slots, wanted, sizeof *slots);
    if (slots)
        index->slots = slots;
    uint32_t *order = reallocarray(index->order, wanted, sizeof *order);
    if (order)
        index->order = order;
    if (slots && order)
        index->slot_capacity = wanted;
    return slots && order;
}

static uint32_t slot_take(struct index *index)
{
    for (uint32_t i = 0; i < index->slot_count; i++)
        if (!index->slots[i].page)
            return i;
    return index->slot_count++;
}

/* A new page in the order; there is room for its slot. */
static void order_insert(struct index *index, uint32_t position, struct index_slot slot)
{
    uint32_t at = slot_take(index);
    index->slots[at] = slot;
    memmove(index->order + position + 1, index->order + position,
            (index->page_count - position) * sizeof *index->order);
    index->order[position] = at;
    index->page_count++;
}

static void order_drop(struct index *index, uint32_t position)
{
    struct index_slot *slot = &index->slots[index->order[position]];
    page_free(slot->page);
    slot->page = NULL;
    index->page_count--;
    memmove(index->order + position, index->order + position + 1,
            (index->page_count - position) * sizeof *index->order);
}

bool order_start(struct index *index)
{
    struct index_slot first = {.page = NULL};
    if (!slots_reserve(index) || !(first.page = page_create(index->skills)))
        return false;
    order_insert(index, 0, first);
    return true;
}

static void locations_follow(struct index *index, uint32_t slot)
{
    const struct page *page = index->slots[slot].page;
    for (uint32_t place = 0; place < page->used; place++)
        if (page_place_used(page, place))
            index->locations[page->columns.handles[place]] = location_make(slot, place);
}

/* -- splitting -----------------------------------------------------------------------------------
 */

static int sorted_compare(const void *one, const void *other)
{
    const struct index_sorted *a = one;
    const struct index_sorted *b = other;
    return key_before(a->key, b->key) ? -1 : key_before(b->key, a->key) ? 1 : 0;
}

static uint32_t page_sort(const struct page *page, struct index_sorted sorted[PAGE_PLACES])
{
    uint32_t count = 0;
    for (uint32_t place = 0; place < page->used; place++) {
        if (!page_place_used(page, place))
            continue;
        struct index_front front = page_front(page, place);
        sorted[count++] =
            (struct index_sorted){.key = {index_place(&front.gate), page->columns.handles[place]},
                                  .place = (uint16_t)place};
    }
    qsort(sorted, count, sizeof *sorted, sorted_compare);
    return count;
}

static void plan_halves(struct page_plan *plan, const struct index_sorted sorted[PAGE_PLACES],
                        uint32_t count)
{
    uint32_t half = count / 2;
    for (uint32_t i = 0; i < count; i++) {
        plan->target[sorted[i].place] = i >= half;
        plan->place[sorted[i].place] = (uint16_t)(i < half ? i : i - half);
    }
}

static uint32_t plan_postings(const struct page_plan *plan, const struct page *page,
                              unsigned target)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < page->posting_count; i++)
        count += plan->target[page->postings[i] >> GRADE_BITS] == target;
    return count;
}

/* With some room to grow in. */
static struct page *page_create_for(uint32_t skills, uint32_t places, uint32_t postings)
{
    struct page *page = page_create(skills);
    if (page && page_make_room(page, places + places / 8, postings + postings / 8))
        return page;
    page_free(page);
    return NULL;
}

bool order_split(struct index *index, uint32_t position)
{
    uint32_t slot = index->order[position];
    struct page *page = index->slots[slot].page;
    struct page_plan *plan = &index->plans[0];
    uint32_t count = page_sort(page, index->sorted);
    plan_halves(plan, index->sorted, count);
    uint32_t postings = plan_postings(plan, page, 0);
    uint32_t others = page->posting_count - postings;
    if (!slots_reserve(index))
        return false;
    struct page *halves[2] = {page_create_for(index->skills, count / 2, postings),
                              page_create_for(index->skills, count - count / 2, others)};
    if (!halves[0] || !halves[1]) {
        page_free(halves[0]);
        page_free(halves[1]);
        return false;
    }
    page_deal((const struct page *const[]){page}, plan, 1, halves, 2);
    page_free(page);
    index->slots[slot].page = halves[0];
    order_insert(index, position + 1, (struct index_slot){halves[1], index->sorted[count / 2].key});
    locations_follow(index, slot);
    locations_follow(index, index->order[position + 1]);
    return true;
}

/* -- joining -------------------------------------------------------------------------------------
 */

static uint32_t plan_all(struct page_plan *plan, const struct page *page, uint32_t from)
{
    for (uint32_t place = 0; place < page->used; place++) {
        plan->target[place] = 0;
        plan->place[place] = (uint16_t)from;
        from += page_place_used(page, place);
    }
    return from;
}

static bool pages_fit(const struct page *one, const struct page *other)
{
    return one->records + other->records <= PAGE_PLACES / 2 &&
           one->posting_count + other->posting_count <= PAGE_POSTINGS / 2;
}

/* A page and the next one; nothing happens when out of memory. */
static void order_join_next(struct index *index, uint32_t position)
{
    const struct page *pages[2] = {order_page(index, position), order_page(index, position + 1)};
    uint32_t count = plan_all(&index->plans[0], pages[0], 0);
    count = plan_all(&index->plans[1], pages[1], count);
    struct page *joined =
        page_create_for(index->skills, count, pages[0]->posting_count + pages[1]->posting_count);
    if (!joined)
        return;
    page_deal(pages, index->plans, 2, &joined, 1);
    struct index_slot *slot = &index->slots[index->order[position]];
    page_free(slot->page);
    slot->page = joined;
    order_drop(index, position + 1);
    locations_follow(index, index->order[position]);
}

void order_join(struct index *index, uint32_t position)
{
    const struct page *page = order_page(index, position);
    if (index->page_count == 1)
        return;
    if (page->records == 0)
        order_drop(index, position);
    else if (position > 0 && pages_fit(order_page(index, position - 1), page))
        order_join_next(index, position - 1);
    else if (position + 1 < index->page_count && pages_fit(page, order_page(index, position + 1)))
        order_join_next(index, position);
}
