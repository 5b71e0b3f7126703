#include "skill_graph.h"

#include "referential_format.h"

/* What a claim counts for when a requirement asks for a skill in this relation to it. */
static const uint16_t path_nearness[] = {
    [PATH_SAME] = NEARNESS_ONE,
    [PATH_NARROWER] = 208,
    [PATH_BROADER] = 128,
    [PATH_RELATED] = 96,
};

static int32_t group_of(int32_t *groups, int32_t skill)
{
    while (groups[skill] != skill) {
        groups[skill] = groups[groups[skill]];
        skill = groups[skill];
    }
    return skill;
}

void skill_groups(const struct skill_edge *edges, size_t count, int32_t *groups, int32_t skills)
{
    for (int32_t i = 0; i < skills; i++)
        groups[i] = i;
    for (size_t i = 0; i < count; i++) {
        if (edges[i].link != LINK_SAME)
            continue;
        int32_t from = group_of(groups, edges[i].from), to = group_of(groups, edges[i].to);
        if (from < to)
            groups[to] = from;
        else
            groups[from] = to;
    }
    for (int32_t i = 0; i < skills; i++)
        groups[i] = group_of(groups, i);
}

/* A claim of a skill of one group counts for those of another. */
struct group_edge {
    int32_t from, to;
    enum skill_path path;
};

static int compare_edges(const void *left, const void *right)
{
    const struct group_edge *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    return (a->path > b->path) - (a->path < b->path);
}

static bool add_edge(struct array *edges, int32_t from, int32_t to, enum skill_path path)
{
    struct group_edge *edge = array_add(edges, sizeof *edge);
    if (edge)
        *edge = (struct group_edge){from, to, path};
    return edge != NULL;
}

/* Both directions of all links between groups, by from, each pair with its best path. */
static bool take_edges(const struct skill_edge *edges, size_t count, const int32_t *groups,
                       struct array *taken)
{
    for (size_t i = 0; i < count; i++) {
        int32_t from = groups[edges[i].from], to = groups[edges[i].to];
        bool directed = edges[i].link == LINK_BROADER;
        if (from == to)
            continue;
        if (!add_edge(taken, from, to, directed ? PATH_NARROWER : PATH_RELATED) ||
            !add_edge(taken, to, from, directed ? PATH_BROADER : PATH_RELATED))
            return false;
    }
    array_sort(taken, sizeof(struct group_edge), compare_edges);
    struct group_edge *all = taken->items;
    size_t kept = 0;
    for (size_t i = 0; i < taken->count; i++) {
        if (kept == 0 || all[i].from != all[kept - 1].from || all[i].to != all[kept - 1].to)
            all[kept++] = all[i];
    }
    taken->count = kept;
    return true;
}

/* Members of each group one after another: those of g at members[starts[g]..starts[g + 1]). */
struct membership {
    int32_t *members;
    uint32_t *starts;
};

static bool membership_fill(struct membership *membership, const int32_t *groups, int32_t skills)
{
    membership->members = calloc((size_t)skills + 1, sizeof *membership->members);
    membership->starts = calloc((size_t)skills + 2, sizeof *membership->starts);
    if (!membership->members || !membership->starts)
        return false;
    uint32_t *ends = membership->starts + 1; /* counts, then starts, at last ends */
    for (int32_t i = 0; i < skills; i++)
        ends[groups[i] + 1]++;
    for (int32_t i = 0; i < skills; i++)
        ends[i + 1] += ends[i];
    for (int32_t i = 0; i < skills; i++)
        membership->members[ends[groups[i]]++] = i;
    return true;
}

/* A list being gathered: each entry with its place among equals. */
struct candidate {
    struct near_skill near;
    uint32_t rank;
};

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->near.nearness != b->near.nearness)
        return a->near.nearness > b->near.nearness ? -1 : 1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static bool gather(struct array *candidates, const struct membership *membership, int32_t group,
                   enum skill_path path, const uint32_t *ranks)
{
    for (uint32_t i = membership->starts[group]; i < membership->starts[group + 1]; i++) {
        struct candidate *candidate = array_add(candidates, sizeof *candidate);
        if (!candidate)
            return false;
        int32_t skill = membership->members[i];
        candidate->near = (struct near_skill){skill, path_nearness[path], (uint16_t)path};
        candidate->rank = ranks[skill];
    }
    return true;
}

/* The skill itself, then the candidates but for it. */
static bool emit(struct array *near, int32_t skill, const struct array *candidates,
                 uint32_t *length)
{
    const struct candidate *all = candidates->items;
    struct near_skill *self = array_add(near, sizeof *self);
    if (!self)
        return false;
    *self = (struct near_skill){skill, NEARNESS_ONE, PATH_SAME};
    *length = 1;
    for (size_t i = 0; i < candidates->count && *length < SKILL_NEAR_MAX; i++) {
        if (all[i].near.skill == skill)
            continue;
        struct near_skill *next = array_add(near, sizeof *next);
        if (!next)
            return false;
        *next = all[i].near;
        ++*length;
    }
    return true;
}

static size_t first_edge(const struct array *edges, int32_t group)
{
    const struct group_edge *all = edges->items;
    size_t low = 0, high = edges->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all[middle].from < group)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool gather_group(struct array *candidates, const struct membership *membership,
                         const struct array *edges, int32_t group, const uint32_t *ranks)
{
    const struct group_edge *all = edges->items;
    candidates->count = 0;
    if (!gather(candidates, membership, group, PATH_SAME, ranks))
        return false;
    for (size_t i = first_edge(edges, group); i < edges->count && all[i].from == group; i++) {
        if (!gather(candidates, membership, all[i].to, all[i].path, ranks))
            return false;
    }
    array_sort(candidates, sizeof(struct candidate), compare_candidates);
    return true;
}

bool skill_near_lists(const struct skill_edge *edges, size_t count, const int32_t *groups,
                      const uint32_t *ranks, int32_t skills, struct array *near, uint32_t *lengths)
{
    struct array taken = {0}, candidates = {0};
    struct membership membership = {0};
    bool done =
        take_edges(edges, count, groups, &taken) && membership_fill(&membership, groups, skills);
    for (int32_t i = 0; done && i < skills; i++)
        done = gather_group(&candidates, &membership, &taken, groups[i], ranks) &&
               emit(near, i, &candidates, &lengths[i]);
    array_clear(&taken);
    array_clear(&candidates);
    free(membership.members);
    free(membership.starts);
    return done;
}

/* The logarithm to base 2 of a positive value, in 1/256. */
static uint32_t log2_256(uint32_t value)
{
    uint32_t whole = 31 - (uint32_t)__builtin_clz(value);
    uint64_t rest = ((uint64_t)value << 31) >> whole; /* 1..2, in 1/2^31 */
    uint32_t fraction = 0;
    for (int bit = 7; bit >= 0; bit--) {
        rest = (rest * rest) >> 31;
        if (rest >> 32) {
            fraction |= 1U << bit;
            rest >>= 1;
        }
    }
    return whole << 8 | fraction;
}

unsigned skill_weight(uint32_t uses, uint32_t roles)
{
    if (uses <= 1 || roles <= 1)
        return WEIGHT_MAX;
    uint32_t full = log2_256(roles), used = log2_256(uses < roles ? uses : roles);
    return WEIGHT_MIN + ((WEIGHT_MAX - WEIGHT_MIN) * (full - used) + full / 2) / full;
}
