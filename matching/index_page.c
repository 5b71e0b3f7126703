#include "index_page.h"

#include <stdlib.h>
#include <string.h>

enum { CELL_SIZE = 4, REMOTES_SHIFT = 16 };
_Static_assert(PAGE_PLACES % PAGE_RUN == 0, "a full page has whole runs");

static uint32_t shelves_for(uint32_t skills)
{
    return skills / SHELF + 1;
}

/* The shelves and all that is on them come in one block with the page. */
struct page *page_create(uint32_t skills)
{
    uint32_t shelves = shelves_for(skills);
    struct page *page = calloc(1, sizeof *page + shelves * (SHELF + 1) * sizeof *page->firsts);
    if (!page)
        return NULL;
    page->shelves = shelves;
    page->ends = page->firsts + shelves;
    page->unused = NO_PLACE;
    return page;
}

void page_free(struct page *page)
{
    if (!page)
        return;
    free(page->cells);
    free(page->postings);
    free(page);
}

size_t page_bytes(const struct page *page)
{
    return sizeof *page + page->shelves * (SHELF + 1) * sizeof *page->firsts +
           page->capacity * PAGE_COLUMNS * CELL_SIZE +
           page->posting_capacity * sizeof *page->postings;
}

/* -- room ----------------------------------------------------------------------------------------
 */

static void columns_spread(struct page_columns *columns, void *cells, uint32_t capacity)
{
    int32_t *numbers = cells;
    uint32_t *sets = cells;
    float *fractions = cells;
    columns->latitudes = numbers;
    columns->longitudes = numbers + capacity;
    columns->radii = numbers + 2 * (size_t)capacity;
    columns->days = numbers + 3 * (size_t)capacity;
    columns->ways = sets + 4 * (size_t)capacity;
    columns->licences = sets + 5 * (size_t)capacity;
    columns->handles = sets + 6 * (size_t)capacity;
    columns->factors = fractions + 7 * (size_t)capacity;
    columns->leasts = fractions + 8 * (size_t)capacity;
    columns->notes = numbers + 9 * (size_t)capacity;
}

static bool places_grow(struct page *page, uint32_t capacity)
{
    capacity = (capacity + PAGE_RUN - 1) / PAGE_RUN * PAGE_RUN;
    uint8_t *cells = calloc(capacity, PAGE_COLUMNS * CELL_SIZE);
    if (!cells)
        return false;
    const uint8_t *old = page->cells;
    for (size_t i = 0; old && i < PAGE_COLUMNS; i++)
        memcpy(cells + i * capacity * CELL_SIZE, old + i * page->capacity * CELL_SIZE,
               page->capacity * CELL_SIZE);
    free(page->cells);
    page->cells = cells;
    page->capacity = capacity;
    columns_spread(&page->columns, cells, capacity);
    return true;
}

static bool postings_grow(struct page *page, uint32_t capacity)
{
    uint16_t *postings = reallocarray(page->postings, capacity, sizeof *postings);
    if (!postings)
        return false;
    page->postings = postings;
    page->posting_capacity = capacity;
    return true;
}

bool page_make_room(struct page *page, uint32_t places, uint32_t postings)
{
    return (places <= page->capacity || places_grow(page, places)) &&
           (postings <= page->posting_capacity || postings_grow(page, postings));
}

bool page_full(const struct page *page, unsigned terms)
{
    return (page->unused == NO_PLACE && page->used == PAGE_PLACES) ||
           page->posting_count + terms > PAGE_POSTINGS;
}

static uint32_t smaller(uint32_t one, uint32_t other)
{
    return one < other ? one : other;
}

/* An eighth more than there is at a time: pages are many, and what they keep free adds up. */
bool page_reserve(struct page *page, unsigned terms)
{
    uint32_t places = page->capacity;
    uint32_t postings = page->posting_capacity;
    if (page_full(page, terms))
        return false;
    if (page->unused == NO_PLACE && page->used == places)
        places = smaller(places + places / 8 + 16, PAGE_PLACES);
    if (page->posting_count + terms > postings)
        postings = smaller(postings + postings / 8 + 2 * INDEX_TERMS_MAX, PAGE_POSTINGS);
    return page_make_room(page, places, postings);
}

/* -- postings: the lists stand one behind the other, without gaps -------------------------------
 */

static uint16_t posting_make(uint32_t place, uint8_t grade)
{
    return (uint16_t)(place << GRADE_BITS | grade);
}

static void list_lengthen(struct page *page, int32_t skill, uint16_t by)
{
    uint32_t shelf = (uint32_t)skill / SHELF;
    for (uint32_t i = (uint32_t)skill; i < (shelf + 1) * SHELF; i++)
        page->ends[i] = (uint16_t)(page->ends[i] + by);
    for (uint32_t i = shelf + 1; i < page->shelves; i++)
        page->firsts[i] = (uint16_t)(page->firsts[i] + by);
}

static void postings_move(struct page *page, uint32_t to, uint32_t from, uint32_t count)
{
    memmove(page->postings + to, page->postings + from, count * sizeof *page->postings);
}

/* From the last list on: what follows a list moves up by as many as are still to be placed. */
static void postings_insert(struct page *page, uint32_t place, const struct index_term *terms,
                            unsigned count)
{
    uint32_t end = page->posting_count;
    for (unsigned left = count; left > 0; left--) {
        uint32_t at = page_list_end(page, terms[left - 1].skill);
        postings_move(page, at + left, at, end - at);
        page->postings[at + left - 1] = posting_make(place, terms[left - 1].grade);
        end = at;
    }
    for (unsigned i = 0; i < count; i++)
        list_lengthen(page, terms[i].skill, 1);
    page->posting_count += count;
}

static uint32_t posting_find(const struct page *page, int32_t skill, uint16_t posting)
{
    uint32_t at = page_list_begin(page, skill);
    while (page->postings[at] != posting)
        at++;
    return at;
}

static void postings_delete(struct page *page, uint32_t place, const struct index_term *terms,
                            unsigned count)
{
    uint32_t gaps[INDEX_TERMS_MAX + 1];
    for (unsigned i = 0; i < count; i++)
        gaps[i] = posting_find(page, terms[i].skill, posting_make(place, terms[i].grade));
    gaps[count] = page->posting_count;
    for (unsigned i = 0; i < count; i++)
        postings_move(page, gaps[i] - i, gaps[i] + 1, gaps[i + 1] - gaps[i] - 1);
    for (unsigned i = 0; i < count; i++)
        list_lengthen(page, terms[i].skill, UINT16_MAX); /* by one less */
    page->posting_count -= count;
}

/* -- reach ---------------------------------------------------------------------------------------
 */

static void reach_widen(struct page_reach *reach, const struct index_front *front, bool first)
{
    const struct gate *gate = &front->gate;
    if (first)
        *reach = (struct page_reach){
            .box = DISTANCE_BOX_EMPTY, .first_day = front->day, .last_day = front->day};
    if (gate->latitude == NOWHERE)
        reach->anywhere = true;
    else
        distance_box_widen(&reach->box, gate->latitude, gate->longitude);
    if (gate->radius > reach->radius)
        reach->radius = gate->radius;
    if (front->day < reach->first_day)
        reach->first_day = front->day;
    if (front->day > reach->last_day)
        reach->last_day = front->day;
    reach->contracts |= gate->contracts;
    reach->remotes |= gate->remotes;
}

static void page_measure(struct page *page)
{
    bool first = true;
    page->removed = 0;
    for (uint32_t place = 0; place < page->used; place++) {
        if (!page_place_used(page, place))
            continue;
        struct index_front front = page_front(page, place);
        reach_widen(&page->reach, &front, first);
        first = false;
    }
}

/* -- records -------------------------------------------------------------------------------------
 */

struct index_front page_front(const struct page *page, uint32_t place)
{
    const struct page_columns *columns = &page->columns;
    return (struct index_front){
        .gate = {.latitude = columns->latitudes[place],
                 .longitude = columns->longitudes[place],
                 .radius = columns->radii[place],
                 .contracts = (uint16_t)columns->ways[place],
                 .remotes = (uint16_t)(columns->ways[place] >> REMOTES_SHIFT)},
        .licences = columns->licences[place],
        .day = columns->days[place],
        .note = columns->notes[place],
    };
}

static void page_fill(struct page *page, uint32_t place, uint32_t handle,
                      const struct index_front *front, float factor)
{
    const struct gate *gate = &front->gate;
    struct page_columns *columns = &page->columns;
    columns->latitudes[place] = gate->latitude;
    columns->longitudes[place] = gate->longitude;
    columns->radii[place] = gate->radius;
    columns->days[place] = front->day;
    columns->notes[place] = front->note;
    columns->ways[place] = gate->contracts | (uint32_t)gate->remotes << REMOTES_SHIFT;
    columns->licences[place] = front->licences;
    columns->handles[place] = handle;
    columns->factors[place] = factor;
    columns->leasts[place] = 0;
}

static uint32_t page_take_place(struct page *page)
{
    uint32_t place = page->unused;
    if (place == NO_PLACE)
        return page->used++;
    page->unused = page->columns.handles[place];
    return place;
}

uint32_t page_add(struct page *page, uint32_t handle, const struct index_front *front, float factor,
                  const struct index_term *terms, unsigned count)
{
    uint32_t place = page_take_place(page);
    page_fill(page, place, handle, front, factor);
    postings_insert(page, place, terms, count);
    reach_widen(&page->reach, front, page->records == 0);
    page->records++;
    return place;
}

void page_remove(struct page *page, uint32_t place, const struct index_term *terms, unsigned count)
{
    postings_delete(page, place, terms, count);
    page->columns.factors[place] = 0;
    page->columns.latitudes[place] =
        0; /* not NOWHERE: runs are measured with their unused places */
    page->columns.handles[place] = page->unused;
    page->unused = place;
    page->records--;
    if (++page->removed > page->records / 2)
        page_measure(page);
}

/* -- dealing out ---------------------------------------------------------------------------------
 */

static void *page_cell(const struct page *page, size_t column, uint32_t place)
{
    return (uint8_t *)page->cells + (column * page->capacity + place) * CELL_SIZE;
}

static void records_deal(const struct page *source, const struct page_plan *plan,
                         struct page *const targets[])
{
    for (uint32_t place = 0; place < source->used; place++) {
        if (!page_place_used(source, place))
            continue;
        struct page *target = targets[plan->target[place]];
        uint32_t to = plan->place[place];
        for (size_t i = 0; i < PAGE_COLUMNS; i++)
            memcpy(page_cell(target, i, to), page_cell(source, i, place), CELL_SIZE);
        target->records++;
        target->used++;
    }
}

static void list_deal(const struct page *source, const struct page_plan *plan, int32_t skill,
                      struct page *const targets[])
{
    uint32_t end = page_list_end(source, skill);
    for (uint32_t at = page_list_begin(source, skill); at < end; at++) {
        uint16_t posting = source->postings[at];
        uint32_t place = posting >> GRADE_BITS;
        struct page *target = targets[plan->target[place]];
        target->postings[target->posting_count++] =
            posting_make(plan->place[place], posting & (INDEX_GRADES - 1));
    }
}

/* Skill by skill, also those that pad the last shelf. */
static void shelf_deal(const struct page *const sources[], const struct page_plan plans[],
                       int source_count, uint32_t shelf, struct page *const targets[],
                       int target_count)
{
    for (int j = 0; j < target_count; j++)
        targets[j]->firsts[shelf] = (uint16_t)targets[j]->posting_count;
    for (uint32_t skill = shelf * SHELF; skill < (shelf + 1) * SHELF; skill++) {
        for (int i = 0; i < source_count; i++)
            list_deal(sources[i], &plans[i], (int32_t)skill, targets);
        for (int j = 0; j < target_count; j++)
            targets[j]->ends[skill] =
                (uint16_t)(targets[j]->posting_count - targets[j]->firsts[shelf]);
    }
}

void page_deal(const struct page *const sources[], const struct page_plan plans[], int source_count,
               struct page *const targets[], int target_count)
{
    for (int i = 0; i < source_count; i++)
        records_deal(sources[i], &plans[i], targets);
    for (uint32_t shelf = 0; shelf < sources[0]->shelves; shelf++)
        shelf_deal(sources, plans, source_count, shelf, targets, target_count);
    for (int j = 0; j < target_count; j++)
        page_measure(targets[j]);
}
