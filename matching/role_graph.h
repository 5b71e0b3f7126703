/* From links between roles to the nearness of each pair. */
#ifndef PASSERELLE_MATCHING_ROLE_GRAPH_H
#define PASSERELLE_MATCHING_ROLE_GRAPH_H

#include "array.h"
#include "referential.h"

struct role_edge {
    int32_t from, to; /* roles */
    uint32_t nearness;
};

/* Completes edges (of struct role_edge): a role whose ROME code is the id of another role, its home
 * (homes[role], else REFERENTIAL_NONE), is near its home and stands in for it, at a discount, in
 * the home's links. Leaves them sorted by from and to, each pair once with its greatest nearness.
 * False when out of memory. */
bool role_edges_complete(struct array *edges, const int32_t *homes, int32_t roles);

#endif
