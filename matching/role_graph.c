#include "role_graph.h"

enum { HOME_NEARNESS = 230 };

static bool add_edge(struct array *edges, int32_t from, int32_t to, uint32_t nearness)
{
    if (nearness == 0)
        return true;
    struct role_edge *edge = array_add(edges, sizeof *edge);
    if (edge)
        *edge = (struct role_edge){from, to, nearness};
    return edge != NULL;
}

static uint32_t discounted(uint32_t nearness)
{
    return nearness * HOME_NEARNESS / NEARNESS_ONE;
}

static int compare_edges(const void *left, const void *right)
{
    const struct role_edge *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    return (a->nearness < b->nearness) - (a->nearness > b->nearness);
}

static void sort_and_merge(struct array *edges)
{
    struct role_edge *all = edges->items;
    array_sort(edges, sizeof *all, compare_edges);
    size_t kept = 0;
    for (size_t i = 0; i < edges->count; i++) {
        bool repeat =
            kept > 0 && all[i].from == all[kept - 1].from && all[i].to == all[kept - 1].to;
        if (!repeat)
            all[kept++] = all[i];
    }
    edges->count = kept;
}

/* Roles by home, those of one home one after another. */
struct tenant {
    int32_t home, role;
};

static int compare_tenants(const void *left, const void *right)
{
    const struct tenant *a = left, *b = right;
    if (a->home != b->home)
        return a->home < b->home ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

static bool list_tenants(struct array *tenants, const int32_t *homes, int32_t roles)
{
    for (int32_t i = 0; i < roles; i++) {
        if (homes[i] == REFERENTIAL_NONE)
            continue;
        struct tenant *tenant = array_add(tenants, sizeof *tenant);
        if (!tenant)
            return false;
        *tenant = (struct tenant){homes[i], i};
    }
    array_sort(tenants, sizeof(struct tenant), compare_tenants);
    return true;
}

/* Where the tenants of the home begin; they end where another home begins. */
static size_t first_tenant(const struct array *tenants, int32_t home)
{
    const struct tenant *all = tenants->items;
    size_t low = 0, high = tenants->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].home < home)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_tenant(const struct array *tenants, size_t at, int32_t home)
{
    return at < tenants->count && ((const struct tenant *)tenants->items)[at].home == home;
}

/* Each edge again with the tenants of its start in its place, or of its end. */
static bool stand_in(struct array *edges, const struct array *tenants, bool at_start)
{
    const struct tenant *all = tenants->items;
    size_t count = edges->count;
    for (size_t i = 0; i < count; i++) {
        struct role_edge edge = ((struct role_edge *)edges->items)[i];
        int32_t home = at_start ? edge.from : edge.to;
        for (size_t t = first_tenant(tenants, home); is_tenant(tenants, t, home); t++) {
            int32_t role = all[t].role;
            if (!add_edge(edges, at_start ? role : edge.from, at_start ? edge.to : role,
                          discounted(edge.nearness)))
                return false;
        }
    }
    return true;
}

/* Between home and tenant, both ways. */
static bool move_in(struct array *edges, const struct array *tenants)
{
    const struct tenant *all = tenants->items;
    for (size_t i = 0; i < tenants->count; i++) {
        if (!add_edge(edges, all[i].home, all[i].role, HOME_NEARNESS) ||
            !add_edge(edges, all[i].role, all[i].home, HOME_NEARNESS))
            return false;
    }
    return true;
}

bool role_edges_complete(struct array *edges, const int32_t *homes, int32_t roles)
{
    struct array tenants = {0};
    bool done = list_tenants(&tenants, homes, roles) && stand_in(edges, &tenants, true) &&
                stand_in(edges, &tenants, false) && move_in(edges, &tenants);
    array_clear(&tenants);
    sort_and_merge(edges);
    return done;
}
