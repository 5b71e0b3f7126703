/* Inverted lists inside a built file: for each term the owners that have it. */
#ifndef PASSERELLE_MATCHING_POSTINGS_H
#define PASSERELLE_MATCHING_POSTINGS_H

#include "sections.h"

/* No weight is above, so that the sums of queries fit. */
enum { POSTING_WEIGHT_MAX = 1 << 22 };

struct posting {
    uint32_t owner, weight;
};
/* Two sections: where the list of each term begins, and their end; then the lists. */
struct postings {
    const uint32_t *starts;
    const struct posting *items; /* of a term by increasing owner, each once */
    uint32_t terms;
};

/* Takes the two sections; false unless they are lists of so many terms with owners below limit. */
bool postings_open(struct postings *postings, const struct section *starts,
                   const struct section *items, uint32_t terms, uint32_t limit);

/* The list of a term below terms. */
static inline const struct posting *postings_of(const struct postings *postings, uint32_t term,
                                                uint32_t *count)
{
    *count = postings->starts[term + 1] - postings->starts[term];
    return postings->items + postings->starts[term];
}

#endif
