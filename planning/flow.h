/* Minimum-cost flow by the primal network simplex method, on trees that hang from one root.
 *
 * Every node may send what it has to the root, which takes all. Nodes 0 to n - 1, the root is n. */
#ifndef PASSERELLE_PLANNING_FLOW_H
#define PASSERELLE_PLANNING_FLOW_H

#include <stdbool.h>
#include <stdint.h>

struct flow_arc {
    uint32_t from, to;
    int32_t capacity;
    int32_t flow; /* now; between 0 and capacity */
    int64_t cost; /* of each unit */
};

struct flow {
    struct flow_arc *arcs;
    uint32_t arc_count, node_count;
    int32_t *supply; /* of each node but the root; not negative */
    /* Prices after flow_solve(): of node_count + 1 nodes. An arc's reduced cost is
     * cost + price[from] - price[to]; it is not negative where the flow could grow and not positive
     * where it could shrink. */
    int64_t *price;
    struct flow_tree *tree;
};

/* Room for so many arcs. NULL when out of memory. */
struct flow *flow_create(uint32_t nodes, uint32_t arcs);
void flow_free(struct flow *flow); /* NULL is fine */

/* A new arc without flow; there must be room for it. Returns its index. */
uint32_t flow_add(struct flow *flow, uint32_t from, uint32_t to, int32_t capacity, int64_t cost);

/* Finds the cheapest flow. The first call starts from the flow that the arcs have, which must be
 * right but for the arcs from each node to the root: those are filled here, cheapest first. Later
 * calls start from where the last one ended, after costs have changed. False when supply cannot
 * reach the root. */
bool flow_solve(struct flow *flow);

/* How many pivots all calls took. */
uint64_t flow_pivots(const struct flow *flow);

#endif
