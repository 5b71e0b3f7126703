/* What roles are described by, as bags of terms in fields of different weight, and what each term
 * is worth to a role that has it (BM25F with k1 = 1.2: Robertson, Zaragoza and Taylor 2004). */
#ifndef PASSERELLE_MATCHING_ROLE_BAG_H
#define PASSERELLE_MATCHING_ROLE_BAG_H

#include "postings_build.h"

enum { ROLE_FIELDS_MAX = 4 };

/* Zeroed memory is an empty one. */
struct role_bag {
    struct postings_build fields[ROLE_FIELDS_MAX]; /* counts */
    struct postings_build worth;                   /* once finished, in 1/FIXED_ONE */
};

/* Terms of a role in a field; repeats add up. False when out of memory. */
bool role_bag_add(struct role_bag *bag, unsigned field, uint32_t term, uint32_t role,
                  uint32_t count);

/* How much a field counts, in tenths, and how much its length takes away, in quarters. */
struct role_field {
    unsigned weight, length;
};
/* No more come; all terms and roles are below these. False when out of memory. */
bool role_bag_finish(struct role_bag *bag, uint32_t terms, uint32_t roles,
                     const struct role_field *fields, unsigned field_count);
void role_bag_clear(struct role_bag *bag);

#endif
