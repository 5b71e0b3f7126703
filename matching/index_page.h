/* The inside of an index: for index*.c only.
 *
 * Pages are the leaves of a tree of one level: each holds the records between its lowest key and
 * the next page's. A page has inverted lists of its own, so that a search touches nothing but the
 * lists of the skills asked for in the pages within reach, and a change moves a page's postings,
 * some ten kilobytes, and nothing else. */
#ifndef PASSERELLE_MATCHING_INDEX_PAGE_H
#define PASSERELLE_MATCHING_INDEX_PAGE_H

#include "distance.h"
#include "index.h"

/* A posting is a record's place in its page and the grade. */
enum { PLACE_BITS = 11, GRADE_BITS = 5 };
enum { PAGE_PLACES = 1 << PLACE_BITS, PAGE_POSTINGS = UINT16_MAX };
_Static_assert(PLACE_BITS + GRADE_BITS == 16 && INDEX_GRADES == 1 << GRADE_BITS,
               "a posting has 16 bits");
_Static_assert(PAGE_POSTINGS / INDEX_TERMS_MAX > 2, "a full page can be split");

/* Where a record belongs: by contract, radius, and along a curve over the map, then by handle. */
struct index_key {
    uint64_t place;
    uint32_t handle;
};
uint64_t index_place(const struct gate *gate);
static inline bool key_before(struct index_key one, struct index_key other)
{
    return one.place != other.place ? one.place < other.place : one.handle < other.handle;
}

/* What all records of a page have within it; may be wider than need be after removals. */
struct page_reach {
    struct distance_box box; /* of those with a place */
    bool anywhere;           /* there are some without */
    int32_t radius;          /* the largest */
    int32_t first_day, last_day;
    uint16_t contracts, remotes;
};

/* The records of a page, place by place. Columns are as long as the page has room, a multiple of
 * PAGE_RUN, so that a search can look at whole runs of places. */
enum { PAGE_RUN = 16, PAGE_COLUMNS = 10 };
struct page_columns {
    int32_t *latitudes, *longitudes, *radii;
    uint32_t *ways; /* contracts, and the ways of working in the upper half */
    uint32_t *licences;
    int32_t *days, *notes;
    uint32_t *handles; /* of unused places: the next unused one */
    float *factors;    /* 0 for unused places */
    float *leasts;
};

struct page {
    struct page_reach reach;
    uint32_t records;        /* live ones */
    uint32_t used, capacity; /* places below used hold records or are in the list of unused */
    uint32_t unused;         /* first of the unused ones */
    uint32_t removed;        /* since the reach was measured */
    void *cells;             /* where the columns are */
    struct page_columns columns;
    uint16_t *postings; /* list after list, without gaps */
    uint32_t posting_count, posting_capacity;
    /* Where the lists are: of each shelf of skills the beginning, of each skill the end from there.
     * So that a new posting moves few of these numbers. */
    uint32_t shelves;
    uint16_t *ends;
    uint16_t firsts[]; /* by shelf */
};

enum { SHELF = 64 };
static inline uint32_t page_list_begin(const struct page *page, int32_t skill)
{
    uint32_t first = page->firsts[skill / SHELF];
    return skill % SHELF ? first + page->ends[skill - 1] : first;
}
static inline uint32_t page_list_end(const struct page *page, int32_t skill)
{
    return (uint32_t)page->firsts[skill / SHELF] + page->ends[skill];
}

#define NO_PLACE UINT32_MAX

struct page *page_create(uint32_t skills);
void page_free(struct page *page);
size_t page_bytes(const struct page *page);

/* Room for one record more with so many terms; false when the page is full or out of memory. */
bool page_full(const struct page *page, unsigned terms);
bool page_reserve(struct page *page, unsigned terms);
/* Returns the place. */
uint32_t page_add(struct page *page, uint32_t handle, const struct index_front *front, float factor,
                  const struct index_term *terms, unsigned count);
void page_remove(struct page *page, uint32_t place, const struct index_term *terms, unsigned count);

/* Where each place of a page goes: in which target, and to which place there. */
struct page_plan {
    uint8_t target[PAGE_PLACES];
    uint16_t place[PAGE_PLACES];
};
/* Copies the records and postings of some pages (one or two) into empty ones that have room. */
bool page_make_room(struct page *page, uint32_t places, uint32_t postings);
void page_deal(const struct page *const sources[], const struct page_plan plans[], int source_count,
               struct page *const targets[], int target_count);

struct index_front page_front(const struct page *page, uint32_t place);

static inline bool page_place_used(const struct page *page, uint32_t place)
{
    return page->columns.factors[place] > 0;
}

#endif
