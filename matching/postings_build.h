/* Makes inverted lists (postings.h). */
#ifndef PASSERELLE_MATCHING_POSTINGS_BUILD_H
#define PASSERELLE_MATCHING_POSTINGS_BUILD_H

#include "array.h"
#include "postings.h"

/* Zeroed memory is an empty one. */
struct postings_build {
    struct array added; /* of struct { term, owner, weight } */
    uint32_t *starts;   /* once finished, as struct postings has them */
    struct posting *items;
    uint32_t count, terms;
};

/* Weights of the same term and owner add up. False when out of memory. */
bool postings_add(struct postings_build *build, uint32_t term, uint32_t owner, uint32_t weight);
/* No more come; terms is above all that came. False when out of memory. */
bool postings_finish(struct postings_build *build, uint32_t terms);
void postings_build_clear(struct postings_build *build);

/* Once finished: to be read as if from a file. */
struct postings postings_made(const struct postings_build *build);

#endif
