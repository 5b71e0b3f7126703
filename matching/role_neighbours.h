/* The roles that one could move to from a role, told by what they are called, what they need and
 * where they stand in the catalogue. */
#ifndef PASSERELLE_MATCHING_ROLE_NEIGHBOURS_H
#define PASSERELLE_MATCHING_ROLE_NEIGHBOURS_H

#include "referential.h"

enum { ROLE_NEIGHBOURS_MAX = 50 };

struct role_neighbour {
    int32_t role;  /* REFERENTIAL_NONE behind the last */
    int32_t score; /* in 1/FIXED_ONE; best first, ties by role */
};

struct role_indexing;
/* ROLE_NEIGHBOURS_MAX for each role that is its own owner (role_index.h), from what an index has
 * taken in and finished. free() them; NULL when out of memory. */
struct role_neighbour *role_neighbours_create(const struct role_indexing *indexing);

#endif
