#include "title_index.h"

#include "fixed.h"

#include <stdlib.h>
#include <string.h>

void title_index_clear(struct title_index *index)
{
    symbols_clear(&index->terms);
    array_clear(&index->postings);
    free(index->holders);
    free(index->starts);
    free(index->squares);
    free(index->lengths);
    *index = (struct title_index){.titles = 0};
}

bool title_index_add(struct title_index *index, uint32_t title, const char *term, size_t size)
{
    int32_t symbol = symbols_add(&index->terms, term, size);
    struct title_posting *posting = symbol >= 0 && index->postings.count < UINT32_MAX
                                        ? array_add(&index->postings, sizeof *posting)
                                        : NULL;
    if (posting)
        *posting = (struct title_posting){(uint32_t)symbol, title};
    return posting != NULL;
}

/* Puts the titles behind one another by term. They came in order, so that repeats stand together:
 * each is kept once. */
static void sort_postings(struct title_index *index)
{
    const struct title_posting *all = index->postings.items;
    size_t terms = index->terms.count, count = index->postings.count;
    uint32_t *ends = index->starts + 1,
             *holders = index->holders; /* of each term, while they grow */
    for (size_t i = 0; i < count; i++)
        ends[all[i].term]++;
    uint32_t start = 0;
    for (size_t term = 0; term < terms; term++) {
        uint32_t held = ends[term];
        ends[term] = start;
        start += held;
    }
    for (size_t i = 0; i < count; i++)
        holders[ends[all[i].term]++] = all[i].title;
    uint32_t from = 0, kept = 0;
    for (size_t term = 0; term < terms; term++) {
        uint32_t first = kept, end = ends[term];
        for (; from < end; from++)
            if (kept == first || holders[kept - 1] != holders[from])
                holders[kept++] = holders[from];
        ends[term] = kept;
    }
}

/* ln(1 + titles / (those with the term + 1/2)), squared. */
static uint32_t rarity_squared(uint32_t titles, uint32_t with)
{
    uint64_t rarity = (uint64_t)fixed_log_ratio(2 * (uint64_t)titles + 2 * (uint64_t)with + 1,
                                                2 * (uint64_t)with + 1);
    return (uint32_t)(rarity * rarity / ((uint64_t)FIXED_ONE * FIXED_ONE / SQUARE_ONE));
}

/* Rarities of terms and lengths of titles. False when out of memory. */
static bool measure(struct title_index *index)
{
    uint64_t *sums = calloc((size_t)index->titles + 1, sizeof *sums);
    if (!sums)
        return false;
    for (size_t term = 0; term < index->terms.count; term++) {
        uint32_t start = index->starts[term], end = index->starts[term + 1];
        index->squares[term] = rarity_squared(index->titles, end - start);
        for (uint32_t i = start; i < end; i++)
            sums[index->holders[i]] += index->squares[term];
    }
    for (uint32_t i = 0; i < index->titles; i++)
        index->lengths[i] = fixed_length(sums[i]);
    free(sums);
    return true;
}

bool title_index_close(struct title_index *index, uint32_t titles)
{
    size_t terms = index->terms.count;
    index->titles = titles;
    index->holders = calloc(index->postings.count + 1, sizeof *index->holders);
    index->starts = calloc(terms + 1, sizeof *index->starts);
    index->squares = calloc(terms + 1, sizeof *index->squares);
    index->lengths = calloc((size_t)titles + 1, sizeof *index->lengths);
    if (!index->holders || !index->starts || !index->squares || !index->lengths)
        return false;
    sort_postings(index);
    array_clear(&index->postings);
    return measure(index);
}

void title_query_begin(struct title_query *query, const struct title_index *index,
                       uint32_t *products)
{
    query->index = index;
    query->products = products;
    query->count = 0;
    query->squares = 0;
    memset(products, 0, index->titles * sizeof *products);
}

/* No sum overflows: squares are below 2^23, and so many terms are taken at most. */
bool title_query_take(struct title_query *query, const char *term, size_t size)
{
    const struct title_index *index = query->index;
    int32_t symbol = symbols_find(&index->terms, term, size);
    if (symbol < 0 || query->count == TITLE_TERMS_MAX)
        return symbol >= 0;
    for (unsigned i = 0; i < query->count; i++)
        if (query->terms[i] == (uint32_t)symbol)
            return true;
    query->terms[query->count++] = (uint32_t)symbol;
    query->squares += index->squares[symbol];
    for (uint32_t i = index->starts[symbol]; i < index->starts[symbol + 1]; i++)
        query->products[index->holders[i]] += index->squares[symbol];
    return true;
}

void title_query_lengthen(struct title_query *query, uint64_t square)
{
    query->squares += square;
}

void title_query_end(struct title_query *query)
{
    uint32_t length = fixed_length(query->squares);
    for (uint32_t i = 0; i < query->index->titles; i++)
        if (query->products[i] > 0)
            query->products[i] = fixed_cosine(query->products[i], length, query->index->lengths[i]);
}
