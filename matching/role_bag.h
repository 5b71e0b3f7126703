/* What roles are described by, as bags of stems in fields of different weight, and how well a role
 * answers to some stems (BM25F). */
#ifndef PASSERELLE_MATCHING_ROLE_BAG_H
#define PASSERELLE_MATCHING_ROLE_BAG_H

#include "symbols.h"

#include <stdbool.h>
#include <stdint.h>

enum { ROLE_FIELDS_MAX = 4 };

struct role_posting {
    uint32_t term, role, count; /* count is of the field, then the weight in 1/FIXED_ONE */
};
/* Zeroed memory is an empty one. Stems are added first; then it is closed. */
struct role_bag {
    struct symbols terms;
    struct array fields[ROLE_FIELDS_MAX]; /* of struct role_posting, until it is closed */
    struct array latest[ROLE_FIELDS_MAX]; /* uint32_t by term: its latest posting + 1, or 0 */
    struct array postings;                /* by term, then role */
    uint32_t *starts;                     /* of each term in the postings, and their end */
    uint32_t roles;
};

void role_bag_clear(struct role_bag *bag);
/* The number of a stem, new or known; SYMBOL_NONE when out of memory. */
int32_t role_bag_term(struct role_bag *bag, const char *term, size_t size);
/* A stem of a role in a field; repeats add up. False when out of memory. */
bool role_bag_add(struct role_bag *bag, unsigned field, uint32_t role, int32_t term);

/* How much a field counts, in tenths, and how much its length takes away, in quarters. */
struct role_field {
    unsigned weight, length;
};
/* No more come. False when out of memory. */
bool role_bag_close(struct role_bag *bag, uint32_t roles, const struct role_field *fields,
                    unsigned field_count);

/* Adds what a stem is worth to each role that has it. */
void role_bag_score(const struct role_bag *bag, const char *term, size_t size, uint64_t *scores);

#endif
