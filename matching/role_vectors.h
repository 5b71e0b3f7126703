/* Roles as vectors of terms, tf / (tf + 1) · ln(roles / those with it), and how alike two are. */
#ifndef PASSERELLE_MATCHING_ROLE_VECTORS_H
#define PASSERELLE_MATCHING_ROLE_VECTORS_H

#include "postings_build.h"

/* Zeroed memory is an empty one. */
struct role_vectors {
    struct postings_build roles_of_term, terms_of_role; /* weights in 1/128 */
    uint32_t *lengths;                                  /* fixed_length */
    uint64_t *products;                                 /* of one role and all others */
    uint32_t roles;
};

/* counts has how often each role has each term. False when out of memory. */
bool role_vectors_fill(struct role_vectors *vectors, const struct postings *counts, uint32_t roles);
void role_vectors_clear(struct role_vectors *vectors);
/* The cosines of a role and all, itself 0, in 1/COSINE_ONE. */
void role_vectors_compare(struct role_vectors *vectors, uint32_t role, uint32_t *cosines);

#endif
