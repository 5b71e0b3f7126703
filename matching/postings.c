#include "postings.h"

static bool list_valid(const struct posting *items, uint32_t count, uint32_t limit)
{
    for (uint32_t i = 0; i < count; i++)
        if (items[i].owner >= limit || items[i].weight > POSTING_WEIGHT_MAX ||
            (i > 0 && items[i].owner <= items[i - 1].owner))
            return false;
    return true;
}

bool postings_open(struct postings *postings, const struct section *starts,
                   const struct section *items, uint32_t terms, uint32_t limit)
{
    *postings = (struct postings){.starts = starts->items, .items = items->items, .terms = terms};
    if (terms == UINT32_MAX || starts->count != terms + 1 || postings->starts[0] != 0 ||
        postings->starts[terms] != items->count)
        return false;
    for (uint32_t term = 0; term < terms; term++) {
        uint32_t start = postings->starts[term], end = postings->starts[term + 1];
        if (start > end || end > items->count ||
            !list_valid(postings->items + start, end - start, limit))
            return false;
    }
    return true;
}
