#include "flow.h"

#include <stdlib.h>
#include <string.h>

enum { NONE = -1, UNLIMITED = INT32_MAX };
enum { STATE_UPPER = -1, STATE_TREE = 0, STATE_LOWER = 1 };

/* The place of a node in the tree. */
struct place {
    int32_t parent, child, next, previous; /* first child; neighbours among the parent's children */
    int32_t depth;
    uint32_t arc; /* to or from the parent */
    bool upwards; /* the arc leads to the parent */
};

/* The arcs behind those of the caller lead from each node to the root, at a cost that no path
 * reaches: they hold the first tree together and are not looked at again. */
struct flow_tree {
    struct place *places;
    int8_t *states;    /* of arcs */
    uint32_t next_arc; /* where the search for an entering arc goes on */
    uint32_t block;    /* arcs looked at in one go */
    uint64_t pivots;
    bool started;
};

struct flow *flow_create(uint32_t nodes, uint32_t arcs)
{
    struct flow *flow = calloc(1, sizeof *flow);
    if (flow == NULL)
        return NULL;
    size_t all = (size_t)arcs + nodes;
    flow->node_count = nodes;
    flow->arcs = calloc(all + 1, sizeof *flow->arcs);
    flow->supply = calloc(nodes + 1, sizeof *flow->supply);
    flow->price = calloc(nodes + 1, sizeof *flow->price);
    flow->tree = calloc(1, sizeof *flow->tree);
    if (flow->tree != NULL) {
        flow->tree->places = calloc(nodes + 1, sizeof *flow->tree->places);
        flow->tree->states = malloc(all + 1);
    }
    if (flow->arcs != NULL && flow->supply != NULL && flow->price != NULL && flow->tree != NULL &&
        flow->tree->places != NULL && flow->tree->states != NULL)
        return flow;
    flow_free(flow);
    return NULL;
}

void flow_free(struct flow *flow)
{
    if (flow == NULL)
        return;
    if (flow->tree != NULL) {
        free(flow->tree->places);
        free(flow->tree->states);
    }
    free(flow->tree);
    free(flow->arcs);
    free(flow->supply);
    free(flow->price);
    free(flow);
}

uint32_t flow_add(struct flow *flow, uint32_t from, uint32_t to, int32_t capacity, int64_t cost)
{
    flow->arcs[flow->arc_count] = (struct flow_arc){from, to, capacity, 0, cost};
    return flow->arc_count++;
}

uint64_t flow_pivots(const struct flow *flow)
{
    return flow->tree->pivots;
}

/* -- the tree ---------------------------------------------------------------------------------- */

static void child_add(struct place *places, int32_t parent, int32_t node)
{
    int32_t first = places[parent].child;
    places[node].parent = parent;
    places[node].previous = NONE;
    places[node].next = first;
    if (first != NONE)
        places[first].previous = node;
    places[parent].child = node;
}

static void child_remove(struct place *places, int32_t node)
{
    const struct place *place = &places[node];
    if (place->previous != NONE)
        places[place->previous].next = place->next;
    else
        places[place->parent].child = place->next;
    if (place->next != NONE)
        places[place->next].previous = place->previous;
}

/* Below the top of a subtree, every node in turn; NONE after the last one. */
static int32_t subtree_next(const struct place *places, int32_t top, int32_t node)
{
    if (places[node].child != NONE)
        return places[node].child;
    while (node != top && places[node].next == NONE)
        node = places[node].parent;
    return node == top ? NONE : places[node].next;
}

/* Prices and depths below top, after its arc or parent has changed. */
static void subtree_update(struct flow *flow, int32_t top)
{
    struct place *places = flow->tree->places;
    const struct flow_arc *arc = &flow->arcs[places[top].arc];
    int32_t parent = places[top].parent;
    int64_t price =
        places[top].upwards ? flow->price[parent] - arc->cost : flow->price[parent] + arc->cost;
    int64_t change = price - flow->price[top];
    for (int32_t node = top; node != NONE; node = subtree_next(places, top, node)) {
        flow->price[node] += change;
        places[node].depth = places[places[node].parent].depth + 1;
    }
}

/* -- the start --------------------------------------------------------------------------------- */

/* How much more than its arcs to the root carry has to leave each node. */
static void excess_count(const struct flow *flow, int64_t *excess)
{
    for (uint32_t i = 0; i < flow->node_count; i++)
        excess[i] = flow->supply[i];
    for (uint32_t a = 0; a < flow->arc_count; a++) {
        const struct flow_arc *arc = &flow->arcs[a];
        if (arc->to == flow->node_count || arc->flow == 0)
            continue;
        excess[arc->from] -= arc->flow;
        excess[arc->to] += arc->flow;
    }
}

/* Among a node's arcs to the root, which the caller adds cheapest first, the first one that is not
 * filled belongs to the tree. */
static void root_arcs_fill(struct flow *flow, int64_t *excess)
{
    struct place *places = flow->tree->places;
    for (uint32_t a = 0; a < flow->arc_count + flow->node_count; a++) {
        struct flow_arc *arc = &flow->arcs[a];
        if (arc->to != flow->node_count)
            continue;
        bool fits = excess[arc->from] < arc->capacity;
        arc->flow = fits ? (int32_t)excess[arc->from] : arc->capacity;
        excess[arc->from] -= arc->flow;
        if (!fits || places[arc->from].parent != NONE)
            continue;
        flow->tree->states[a] = STATE_TREE;
        places[arc->from].arc = a;
        places[arc->from].upwards = true;
        child_add(places, (int32_t)flow->node_count, (int32_t)arc->from);
    }
}

static int64_t cost_beyond(const struct flow *flow)
{
    int64_t largest = 1;
    for (uint32_t a = 0; a < flow->arc_count; a++) {
        int64_t cost = flow->arcs[a].cost;
        cost = cost < 0 ? -cost : cost;
        largest = cost > largest ? cost : largest;
    }
    int64_t most = INT64_MAX / 16;
    return largest > most / (flow->node_count + 1) ? most : largest * (flow->node_count + 1);
}

static void states_set(struct flow *flow)
{
    for (uint32_t a = 0; a < flow->arc_count; a++) {
        const struct flow_arc *arc = &flow->arcs[a];
        flow->tree->states[a] =
            arc->flow > 0 && arc->flow == arc->capacity ? STATE_UPPER : STATE_LOWER;
    }
}

static bool tree_start(struct flow *flow)
{
    struct flow_tree *tree = flow->tree;
    int64_t *excess = calloc(flow->node_count + 1, sizeof *excess);
    if (excess == NULL)
        return false;
    int64_t beyond = cost_beyond(flow);
    for (uint32_t i = 0; i <= flow->node_count; i++)
        tree->places[i] =
            (struct place){.parent = NONE, .child = NONE, .next = NONE, .previous = NONE};
    for (uint32_t i = 0; i < flow->node_count; i++) {
        flow->arcs[flow->arc_count + i] =
            (struct flow_arc){i, flow->node_count, UNLIMITED, 0, beyond};
        tree->states[flow->arc_count + i] = STATE_LOWER;
    }
    excess_count(flow, excess);
    states_set(flow);
    root_arcs_fill(flow, excess);
    free(excess);
    for (uint32_t a = 0; a < flow->arc_count; a++)
        if (tree->states[a] == STATE_LOWER && flow->arcs[a].flow > 0)
            tree->states[a] = STATE_UPPER;
    flow->price[flow->node_count] = 0;
    for (uint32_t i = 0; i < flow->node_count; i++)
        subtree_update(flow, (int32_t)i);
    tree->block = 32;
    while ((uint64_t)tree->block * tree->block < flow->arc_count)
        tree->block++;
    tree->started = true;
    return true;
}

/* -- pivots ------------------------------------------------------------------------------------ */

/* The arc whose price is most wrong within the next block that has one; NONE when all are right. */
static int64_t entering_arc(struct flow *flow)
{
    struct flow_tree *tree = flow->tree;
    const int64_t *price = flow->price;
    int64_t worst = 0, found = NONE;
    uint32_t a = tree->next_arc, left = tree->block;
    for (uint32_t seen = 0; seen < flow->arc_count; seen++) {
        const struct flow_arc *arc = &flow->arcs[a];
        int64_t cost = tree->states[a] * (arc->cost + price[arc->from] - price[arc->to]);
        if (cost < worst) {
            worst = cost;
            found = a;
        }
        a = a + 1 == flow->arc_count ? 0 : a + 1;
        if (--left == 0) {
            if (found != NONE)
                break;
            left = tree->block;
        }
    }
    tree->next_arc = a;
    return found;
}

struct pivot {
    uint32_t entering;
    int32_t first, second; /* flow is pushed through the entering arc from first to second */
    int32_t join;          /* where their ways to the root meet */
    int32_t out;           /* the node whose arc to its parent leaves; NONE: the entering one */
    bool out_is_first;     /* it is on the way from first */
    int32_t push;
};

static int32_t tree_join(const struct place *places, int32_t one, int32_t other)
{
    while (one != other) {
        if (places[one].depth >= places[other].depth)
            one = places[one].parent;
        else
            other = places[other].parent;
    }
    return one;
}

static int32_t room_left(const struct flow_arc *arc, bool growing)
{
    return growing ? arc->capacity - arc->flow : arc->flow;
}

/* Of several arcs that stop the push, the last one on the cycle as seen from the join leaves: that
 * keeps every node able to send to the root, so that the method does not run in circles. */
static void leaving_find(const struct flow *flow, struct pivot *pivot)
{
    const struct place *places = flow->tree->places;
    pivot->out = NONE;
    pivot->push = flow->arcs[pivot->entering].capacity;
    for (int32_t u = pivot->first; u != pivot->join; u = places[u].parent) {
        int32_t room = room_left(&flow->arcs[places[u].arc], !places[u].upwards);
        if (room < pivot->push) {
            pivot->push = room;
            pivot->out = u;
            pivot->out_is_first = true;
        }
    }
    for (int32_t u = pivot->second; u != pivot->join; u = places[u].parent) {
        int32_t room = room_left(&flow->arcs[places[u].arc], places[u].upwards);
        if (room <= pivot->push) {
            pivot->push = room;
            pivot->out = u;
            pivot->out_is_first = false;
        }
    }
}

static void push_along(struct flow *flow, const struct pivot *pivot)
{
    const struct place *places = flow->tree->places;
    if (pivot->push == 0)
        return;
    flow->arcs[pivot->entering].flow += flow->tree->states[pivot->entering] * pivot->push;
    for (int32_t u = pivot->first; u != pivot->join; u = places[u].parent)
        flow->arcs[places[u].arc].flow += places[u].upwards ? -pivot->push : pivot->push;
    for (int32_t u = pivot->second; u != pivot->join; u = places[u].parent)
        flow->arcs[places[u].arc].flow += places[u].upwards ? pivot->push : -pivot->push;
}

/* Hangs the part below the leaving arc on the entering one: the nodes from the entering arc up to
 * the leaving one change places with their parents. */
static void tree_rehang(struct flow *flow, const struct pivot *pivot)
{
    struct place *places = flow->tree->places;
    int32_t node = pivot->out_is_first ? pivot->first : pivot->second;
    int32_t top = node, above = pivot->out_is_first ? pivot->second : pivot->first;
    uint32_t arc = pivot->entering;
    bool upwards = flow->arcs[arc].from == (uint32_t)node;
    for (bool last = false; !last;) {
        struct place old = places[node];
        last = node == pivot->out;
        child_remove(places, node);
        child_add(places, above, node);
        places[node].arc = arc;
        places[node].upwards = upwards;
        arc = old.arc;
        upwards = !old.upwards;
        above = node;
        node = old.parent;
    }
    subtree_update(flow, top);
}

static void pivot_make(struct flow *flow, uint32_t entering)
{
    struct flow_tree *tree = flow->tree;
    const struct flow_arc *arc = &flow->arcs[entering];
    bool forwards = tree->states[entering] == STATE_LOWER;
    struct pivot pivot = {.entering = entering};
    pivot.first = (int32_t)(forwards ? arc->from : arc->to);
    pivot.second = (int32_t)(forwards ? arc->to : arc->from);
    pivot.join = tree_join(tree->places, pivot.first, pivot.second);
    leaving_find(flow, &pivot);
    push_along(flow, &pivot);
    tree->pivots++;
    if (pivot.out == NONE) {
        tree->states[entering] = (int8_t)-tree->states[entering];
        return;
    }
    uint32_t leaving = tree->places[pivot.out].arc;
    tree->states[entering] = STATE_TREE;
    tree->states[leaving] = flow->arcs[leaving].flow == 0 ? STATE_LOWER : STATE_UPPER;
    tree_rehang(flow, &pivot);
}

/* Prices of the whole tree, after costs have changed. */
static void prices_update(struct flow *flow)
{
    const struct place *places = flow->tree->places;
    int32_t root = (int32_t)flow->node_count;
    for (int32_t u = subtree_next(places, root, root); u != NONE;
         u = subtree_next(places, root, u)) {
        const struct flow_arc *arc = &flow->arcs[places[u].arc];
        int64_t above = flow->price[places[u].parent];
        flow->price[u] = places[u].upwards ? above - arc->cost : above + arc->cost;
    }
}

bool flow_solve(struct flow *flow)
{
    if (flow->tree->started)
        prices_update(flow);
    else if (!tree_start(flow))
        return false;
    int64_t entering;
    while ((entering = entering_arc(flow)) != NONE)
        pivot_make(flow, (uint32_t)entering);
    for (uint32_t i = 0; i < flow->node_count; i++)
        if (flow->arcs[flow->arc_count + i].flow > 0)
            return false;
    return true;
}
