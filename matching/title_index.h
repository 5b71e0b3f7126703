/* Titles, each a set of terms (stems or runs of letters), found by what they share with others. */
#ifndef PASSERELLE_MATCHING_TITLE_INDEX_H
#define PASSERELLE_MATCHING_TITLE_INDEX_H

#include "symbols.h"

#include <stdbool.h>
#include <stdint.h>

struct title_posting {
    uint32_t term, title;
};
/* Zeroed memory is an empty one. Postings are added first, title by title; then it is closed. */
struct title_index {
    struct symbols terms;
    struct array postings; /* of struct title_posting, until it is closed */
    uint32_t *holders;     /* the titles of each term in turn */
    uint32_t *starts;      /* of each term's titles, and the end of all */
    uint32_t *squares;     /* of each term's rarity, in 1/SQUARE_ONE */
    uint32_t *lengths;     /* of each title: fixed_length */
    uint32_t titles;
};

void title_index_clear(struct title_index *index);
/* A term of a title, whose numbers never fall; a repeat counts once. False when out of memory. */
bool title_index_add(struct title_index *index, uint32_t title, const char *term, size_t size);
/* No more come; titles is how many there are. False when out of memory. */
bool title_index_close(struct title_index *index, uint32_t titles);

/* A set of terms to compare titles with. */
enum { TITLE_TERMS_MAX = 512 };
struct title_query {
    const struct title_index *index;
    uint32_t *products; /* of each title: what the terms taken share with it, squared */
    uint32_t terms[TITLE_TERMS_MAX]; /* those taken, to take each once */
    unsigned count;
    uint64_t squares; /* of all terms taken */
};
/* products, one for each title of the index, becomes all zero. */
void title_query_begin(struct title_query *query, const struct title_index *index,
                       uint32_t *products);
/* Whether the index knows the term; beyond TITLE_TERMS_MAX none is taken. */
bool title_query_take(struct title_query *query, const char *term, size_t size);
/* A square in 1/SQUARE_ONE that no title has. */
void title_query_lengthen(struct title_query *query, uint64_t square);
/* Cosines (fixed.h) with every title in the place of the products. */
void title_query_end(struct title_query *query);

#endif
