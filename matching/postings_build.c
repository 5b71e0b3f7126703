#include "postings_build.h"

struct addition {
    uint32_t term;
    struct posting posting;
};

bool postings_add(struct postings_build *build, uint32_t term, uint32_t owner, uint32_t weight)
{
    struct addition *addition =
        build->added.count < UINT32_MAX - 1 ? array_add(&build->added, sizeof *addition) : NULL;
    if (addition)
        *addition = (struct addition){term, {owner, weight}};
    return addition != NULL;
}

/* Puts the additions behind one another by term, in the order in which they came. */
static void sort_by_term(struct postings_build *build)
{
    const struct addition *all = build->added.items;
    uint32_t *ends = build->starts + 1; /* counts, then starts, at last ends */
    for (size_t i = 0; i < build->added.count; i++)
        ends[all[i].term]++;
    uint32_t start = 0;
    for (uint32_t term = 0; term < build->terms; term++) {
        uint32_t held = ends[term];
        ends[term] = start;
        start += held;
    }
    for (size_t i = 0; i < build->added.count; i++)
        build->items[ends[all[i].term]++] = all[i].posting;
}

static int compare_owners(const void *left, const void *right)
{
    uint32_t a = ((const struct posting *)left)->owner, b = ((const struct posting *)right)->owner;
    return (a > b) - (a < b);
}

static bool in_order(const struct posting *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (items[i].owner < items[i - 1].owner)
            return false;
    return true;
}

/* Sorts the lists by owner and adds repeats up. */
static void merge(struct postings_build *build)
{
    uint32_t kept = 0, start = 0;
    for (uint32_t term = 0; term < build->terms; term++) {
        uint32_t end = build->starts[term + 1], first = kept;
        if (!in_order(build->items + start, end - start))
            qsort(build->items + start, end - start, sizeof *build->items, compare_owners);
        for (; start < end; start++) {
            if (kept > first && build->items[kept - 1].owner == build->items[start].owner)
                build->items[kept - 1].weight += build->items[start].weight;
            else
                build->items[kept++] = build->items[start];
        }
        build->starts[term + 1] = kept;
    }
    build->count = kept;
}

bool postings_finish(struct postings_build *build, uint32_t terms)
{
    build->terms = terms;
    build->starts = calloc((size_t)terms + 1, sizeof *build->starts);
    build->items = calloc(build->added.count + 1, sizeof *build->items);
    if (!build->starts || !build->items)
        return false;
    sort_by_term(build);
    merge(build);
    array_clear(&build->added);
    return true;
}

void postings_build_clear(struct postings_build *build)
{
    array_clear(&build->added);
    free(build->starts);
    free(build->items);
    *build = (struct postings_build){.count = 0};
}

struct postings postings_made(const struct postings_build *build)
{
    return (struct postings){build->starts, build->items, build->terms};
}
