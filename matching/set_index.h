/* Owners (titles, labels) that are sets of terms, and how alike a set asked for is to each: the
 * cosine of vectors that have the rarity of a term, ln(1 + owners / (owners with it + 1/2)). */
#ifndef PASSERELLE_MATCHING_SET_INDEX_H
#define PASSERELLE_MATCHING_SET_INDEX_H

#include "postings_build.h"

struct set_index {
    struct postings postings; /* weights do not matter */
    const uint32_t *lengths;  /* of each owner: fixed_length */
    uint32_t owners;
};

/* The lengths to write beside postings: one for each owner; free() them. NULL when out of memory.
 */
uint32_t *set_lengths(const struct postings *postings, uint32_t owners);

enum { SET_TERMS_MAX = 512 };
/* A set to compare with all. */
struct set_query {
    const struct set_index *index;
    uint32_t *products; /* of each owner: what the terms taken share with it, squared */
    uint32_t *touched;  /* the owners that share something, in any order */
    uint32_t touched_count;
    uint32_t terms[SET_TERMS_MAX]; /* those taken, to take each once */
    unsigned count;
    uint64_t squares; /* of all terms taken */
};
/* products, one for each owner, must be all zero; touched has as much room. */
void set_query_begin(struct set_query *query, const struct set_index *index, uint32_t *products,
                     uint32_t *touched);
/* Whether an owner has the term, REFERENTIAL_NONE for none; beyond SET_TERMS_MAX none is taken. */
bool set_query_take(struct set_query *query, int32_t term);
/* A term that no owner has: one of this share, in tenths, of the rarity that it would have. */
void set_query_take_unknown(struct set_query *query, unsigned tenths);
/* Cosines (fixed.h) in the place of the products of those touched. */
void set_query_end(struct set_query *query);
/* Makes products all zero again. */
void set_query_clear(struct set_query *query);

#endif
