#include "index_internal.h"
#include "lanes.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* All 0 between pages. */
struct index_room {
    uint32_t worths[PAGE_PLACES];
    uint32_t bests[PAGE_PLACES]; /* of the demands of one mark: mark plus worth */
    uint16_t found[PAGE_PLACES];
};

struct index_room *index_room_create(void)
{
    return calloc(1, sizeof(struct index_room));
}

void index_room_free(struct index_room *room)
{
    free(room);
}

struct search {
    const struct index *index;
    struct index_query *query;
    index_visit *visit;
    void *context;
    uint32_t position; /* of the next page in the order */
};

/* -- which pages ---------------------------------------------------------------------------------
 */

static bool page_within(const struct page *page, enum index_side side,
                        const struct index_front *front)
{
    const struct page_reach *reach = &page->reach;
    const struct gate *gate = &front->gate;
    bool offers = side == INDEX_OFFERS;
    if (!page->records || !(reach->contracts & gate->contracts) ||
        !(reach->remotes & gate->remotes))
        return false;
    if (offers ? front->day > reach->last_day : reach->first_day > front->day)
        return false;
    return reach->anywhere || gate->latitude == NOWHERE ||
           !distance_box_beyond(&reach->box, gate->latitude, gate->longitude,
                                offers ? gate->radius : reach->radius);
}

static const struct page *search_next(struct search *search)
{
    const struct index *index = search->index;
    while (search->position < index->page_count) {
        const struct page *page = index->slots[index->order[search->position++]].page;
        if (page_within(page, index->side, &search->query->front))
            return page;
    }
    return NULL;
}

/* -- what a page's records are worth ------------------------------------------------------------
 */

static void list_sum(const struct page *page, const struct index_demand *demand, uint32_t *worths)
{
    const uint16_t *posting = page->postings + page_list_begin(page, demand->skill);
    const uint16_t *end = page->postings + page_list_end(page, demand->skill);
    for (; posting < end; posting++)
        worths[*posting >> GRADE_BITS] += demand->worth[*posting & (INDEX_GRADES - 1)];
}

static void list_best(const struct page *page, const struct index_demand *demand,
                      struct index_room *room)
{
    const uint16_t *posting = page->postings + page_list_begin(page, demand->skill);
    const uint16_t *end = page->postings + page_list_end(page, demand->skill);
    uint32_t mark = demand->mark;
    for (; posting < end; posting++) {
        uint32_t place = *posting >> GRADE_BITS;
        uint32_t worth = demand->worth[*posting & (INDEX_GRADES - 1)];
        uint32_t best = room->bests[place] > mark ? room->bests[place] - mark : 0;
        if (worth <= best)
            continue;
        room->worths[place] += worth - best;
        room->bests[place] = mark + worth;
    }
}

static void page_weigh(const struct page *page, const struct index_query *query,
                       struct index_room *room)
{
    bool marks = false;
    for (uint32_t i = 0; i < query->count; i++) {
        const struct index_demand *demand = &query->demands[i];
        if (demand->mark)
            list_best(page, demand, room);
        else
            list_sum(page, demand, room->worths);
        marks |= demand->mark != 0;
    }
    if (marks)
        memset(room->bests, 0, page->used * sizeof *room->bests);
}

/* -- which records -------------------------------------------------------------------------------
 */

/* What is needed less what roundings may have taken, but more than nothing. */
#define LEAST_SLACK 0.9999f

static float query_least(const struct index_query *query, float own)
{
    float least = query->least;
    if (query->scale > 0 && query->scale * own < least)
        least = query->scale * own;
    return least * LEAST_SLACK > FLT_MIN ? least * LEAST_SLACK : FLT_MIN;
}

static inline unsigned run_enough(const struct page_columns *columns,
                                  const struct index_query *query, uint32_t from,
                                  const uint32_t *worths)
{
    floats given = floats_all(query_least(query, INFINITY));
    floats scale = floats_all(query->scale * LEAST_SLACK);
    unsigned mask = 0;
    for (uint32_t i = 0; i < PAGE_RUN; i += LANES) {
        floats worth = floats_of(ints_load(worths + i)) * floats_load(columns->factors + from + i);
        floats least = given;
        if (query->scale > 0) {
            floats own = floats_load(columns->leasts + from + i) * scale;
            least = floats_smaller(given, floats_larger(own, floats_all(FLT_MIN)));
        }
        mask |= lanes_mask(worth >= least) << i;
    }
    return mask;
}

/* Distances on a map flattened for one page: at least as near as they are. */
struct ground {
    bool flat; /* else everything is near */
    int32_t latitude, longitude;
    float east;   /* metres for 1e-6 degrees */
    float radius; /* below 0: the records have their own */
};
#define METRES_NORTH 0.111195f
#define METRES_SLACK 8 /* roundings to whole metres */
#define RADIUS_SLACK 1.0001f

static struct ground ground_of(const struct page *page, const struct search *search)
{
    const struct gate *gate = &search->query->front.gate;
    const struct distance_box *box = &page->reach.box;
    enum { HALF_WAY_ROUND = 180000000 };
    return (struct ground){
        .flat = !page->reach.anywhere && gate->latitude != NOWHERE &&
                (int64_t)box->east - gate->longitude <= HALF_WAY_ROUND &&
                (int64_t)gate->longitude - box->west <= HALF_WAY_ROUND,
        .latitude = gate->latitude,
        .longitude = gate->longitude,
        .east = METRES_NORTH * distance_cosine_least(box, gate->latitude),
        .radius = search->index->side == INDEX_OFFERS ? (float)gate->radius : -1,
    };
}

static inline unsigned run_near(const struct page_columns *columns, const struct ground *ground,
                                uint32_t from)
{
    floats given = floats_all(ground->radius);
    unsigned mask = 0;
    for (uint32_t i = 0; i < PAGE_RUN; i += LANES) {
        ints latitude = ints_load(columns->latitudes + from + i);
        ints longitude = ints_load(columns->longitudes + from + i);
        floats north = floats_of(latitude - ground->latitude) * METRES_NORTH;
        floats east = floats_of(longitude - ground->longitude) * ground->east;
        floats radius = given;
        if (ground->radius < 0)
            radius = floats_of(ints_load(columns->radii + from + i));
        radius += METRES_SLACK;
        mask |= lanes_mask(north * north + east * east <= radius * radius * RADIUS_SLACK) << i;
    }
    return mask;
}

static uint32_t page_sift(const struct page *page, const struct search *search,
                          struct index_room *room)
{
    struct ground ground = ground_of(page, search);
    uint32_t found = 0;
    for (uint32_t from = 0; from < page->used; from += PAGE_RUN) {
        unsigned mask = run_enough(&page->columns, search->query, from, room->worths + from);
        if (mask && ground.flat)
            mask &= run_near(&page->columns, &ground, from);
        for (; mask; mask &= mask - 1)
            room->found[found++] = (uint16_t)(from + (uint32_t)__builtin_ctz(mask));
    }
    return found;
}

static bool place_enough(const struct page *page, const struct index_query *query, uint32_t place,
                         uint32_t worth)
{
    return (float)worth * page->columns.factors[place] >=
           query_least(query, page->columns.leasts[place]);
}

static bool gate_open(const struct index_front *learner, const struct index_front *offer)
{
    return gate_contract(&learner->gate, &offer->gate) &&
           gate_remote(&learner->gate, &offer->gate) && !(offer->licences & ~learner->licences) &&
           learner->day <= offer->day && gate_distance(&learner->gate, &offer->gate);
}

/* What is needed may have risen since a record was found. */
static void page_show(const struct page *page, const struct search *search,
                      const struct index_room *room, uint32_t found)
{
    struct index_query *query = search->query;
    const struct page_columns *columns = &page->columns;
    for (uint32_t i = 0; i < found; i++) {
        uint32_t place = room->found[i];
        uint32_t worth = room->worths[place];
        if (!place_enough(page, query, place, worth))
            continue;
        struct index_front its = page_front(page, place);
        struct index_found shown = {columns->handles[place], worth, columns->factors[place],
                                    columns->leasts[place], &its};
        if (search->index->side == INDEX_OFFERS ? gate_open(&query->front, &its)
                                                : gate_open(&its, &query->front))
            search->visit(search->context, query, &shown);
    }
}

/* -- the search ----------------------------------------------------------------------------------
 */

/* Lists and where they are lie all over a page that nobody looked at for a while: both are asked
 * for while the pages before are at hand. Of a list the beginning does, in lines of 64 bytes. */
enum { LINE_POSTINGS = 64 / sizeof(uint16_t) };

static void page_ask_ends(const struct page *page, const struct index_query *query)
{
    for (uint32_t i = 0; page && i < query->count; i++)
        __builtin_prefetch(&page->ends[query->demands[i].skill]);
}

static void page_ask_lists(const struct page *page, const struct index_query *query)
{
    for (uint32_t i = 0; page && i < query->count; i++) {
        const uint16_t *list = page->postings + page_list_begin(page, query->demands[i].skill);
        __builtin_prefetch(list);
        __builtin_prefetch(list + LINE_POSTINGS);
    }
}

void index_search(const struct index *index, struct index_room *room, struct index_query *query,
                  index_visit *visit, void *context)
{
    struct search search = {.index = index, .query = query, .visit = visit, .context = context};
    const struct page *page = search_next(&search);
    const struct page *next = search_next(&search);
    page_ask_ends(next, query);
    while (page) {
        const struct page *after = next ? search_next(&search) : NULL;
        page_ask_ends(after, query);
        page_ask_lists(next, query);
        page_weigh(page, query, room);
        page_show(page, &search, room, page_sift(page, &search, room));
        memset(room->worths, 0, page->used * sizeof *room->worths);
        page = next;
        next = after;
    }
}
