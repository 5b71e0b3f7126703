#include "set_index.h"

#include "fixed.h"

#include <stdlib.h>

static uint32_t square_of(uint64_t rarity)
{
    return (uint32_t)(rarity * rarity / ((uint64_t)FIXED_ONE * FIXED_ONE / SQUARE_ONE));
}

/* ln(1 + owners / (those with the term + 1/2)), squared, in 1/SQUARE_ONE. */
static uint32_t rarity_squared(uint64_t owners, uint64_t with)
{
    return square_of((uint64_t)fixed_log_ratio(2 * owners + 2 * with + 1, 2 * with + 1));
}

uint32_t *set_lengths(const struct postings *postings, uint32_t owners)
{
    uint64_t *sums = calloc((size_t)owners + 1, sizeof *sums);
    uint32_t *lengths = calloc((size_t)owners + 1, sizeof *lengths);
    for (uint32_t term = 0; sums && lengths && term < postings->terms; term++) {
        uint32_t count;
        const struct posting *items = postings_of(postings, term, &count);
        uint32_t square = rarity_squared(owners, count);
        for (uint32_t i = 0; i < count; i++)
            sums[items[i].owner] += square;
    }
    for (uint32_t i = 0; sums && lengths && i < owners; i++)
        lengths[i] = fixed_length(sums[i]);
    if (!sums) {
        free(lengths);
        lengths = NULL;
    }
    free(sums);
    return lengths;
}

void set_query_begin(struct set_query *query, const struct set_index *index, uint32_t *products,
                     uint32_t *touched)
{
    query->index = index;
    query->products = products;
    query->touched = touched;
    query->touched_count = 0;
    query->count = 0;
    query->squares = 0;
}

static bool is_taken(const struct set_query *query, uint32_t term)
{
    for (unsigned i = 0; i < query->count; i++)
        if (query->terms[i] == term)
            return true;
    return false;
}

/* No sum overflows: squares are below 2^23, and so many terms are taken at most. No square is 0, so
 * that each owner is touched once: no list is longer than there are owners. */
bool set_query_take(struct set_query *query, int32_t term)
{
    uint32_t count;
    if (term < 0)
        return false;
    const struct posting *items = postings_of(&query->index->postings, (uint32_t)term, &count);
    if (count == 0 || query->count == SET_TERMS_MAX || is_taken(query, (uint32_t)term))
        return count > 0;
    uint32_t square = rarity_squared(query->index->owners, count);
    query->terms[query->count++] = (uint32_t)term;
    query->squares += square;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t owner = items[i].owner;
        if (query->products[owner] == 0)
            query->touched[query->touched_count++] = owner;
        query->products[owner] += square;
    }
    return true;
}

void set_query_take_unknown(struct set_query *query, unsigned tenths)
{
    query->squares += (uint64_t)square_of((uint64_t)fixed_log(query->index->owners)) * tenths / 10;
}

void set_query_end(struct set_query *query)
{
    uint32_t length = fixed_length(query->squares);
    for (uint32_t i = 0; i < query->touched_count; i++) {
        uint32_t owner = query->touched[i];
        query->products[owner] =
            fixed_cosine(query->products[owner], length, query->index->lengths[owner]);
    }
}

void set_query_clear(struct set_query *query)
{
    for (uint32_t i = 0; i < query->touched_count; i++)
        query->products[query->touched[i]] = 0;
    query->touched_count = 0;
}
