#include "referential_resolve.h"

#include "role_graph.h"
#include "skill_graph.h"
#include "skill_namesakes.h"

/* By role, then core before useful, higher level first, then by rank of the skill. */
struct ranked_role_skill {
    struct resolved_role_skill found;
    uint32_t rank;
};

/* Needed while resolving only. */
struct resolving {
    const struct referential_build *build;
    struct referential_counts *counts;
    struct resolved *resolved;
    struct array edges; /* of struct skill_edge */
    int32_t *groups;    /* see skill_graph.h */
    uint32_t *ranks;    /* place of each skill in the order of ids */
};

struct named_skill {
    const char *id;
    int32_t skill;
};

static int compare_names(const void *left, const void *right)
{
    return strcmp(((const struct named_skill *)left)->id, ((const struct named_skill *)right)->id);
}

static bool rank_skills(struct resolving *r)
{
    const struct skill_part *skills = r->build->skills.items;
    size_t count = r->build->skills.count;
    struct named_skill *named = calloc(count + 1, sizeof *named);
    if (!named)
        return false;
    for (size_t i = 0; i < count; i++)
        named[i] = (struct named_skill){symbols_text(&r->build->symbols, skills[i].id), (int32_t)i};
    qsort(named, count, sizeof *named, compare_names);
    for (size_t i = 0; i < count; i++)
        r->ranks[named[i].skill] = (uint32_t)i;
    free(named);
    return true;
}

static bool resolve_skill_links(struct resolving *r)
{
    const struct link_part *links = r->build->skill_links.items;
    for (size_t i = 0; i < r->build->skill_links.count; i++) {
        int32_t from = build_find_skill(r->build, links[i].from);
        int32_t to = build_find_skill(r->build, links[i].to);
        if (from < 0 || to < 0) {
            r->counts->dropped_links++;
            continue;
        }
        struct skill_edge *edge = array_add(&r->edges, sizeof *edge);
        if (!edge)
            return false;
        *edge = (struct skill_edge){from, to, (enum skill_link)links[i].value};
        r->counts->skill_links++;
    }
    return true;
}

static int compare_repeats(const void *left, const void *right)
{
    const struct ranked_role_skill *a = left, *b = right;
    if (a->found.role != b->found.role)
        return a->found.role < b->found.role ? -1 : 1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static int compare_importance(const void *left, const void *right)
{
    const struct ranked_role_skill *a = left, *b = right;
    const struct role_skill *x = &a->found.item, *y = &b->found.item;
    if (a->found.role != b->found.role)
        return a->found.role < b->found.role ? -1 : 1;
    if (x->core != y->core)
        return x->core > y->core ? -1 : 1;
    if (x->level != y->level)
        return x->level > y->level ? -1 : 1;
    return (a->rank > b->rank) - (a->rank < b->rank);
}

static bool find_role_skills(struct resolving *r, struct array *found)
{
    const struct role_skill_part *parts = r->build->role_skills.items;
    for (size_t i = 0; i < r->build->role_skills.count; i++) {
        int32_t role = build_find_role(r->build, parts[i].role);
        int32_t skill = build_find_skill(r->build, parts[i].skill);
        if (role < 0 || skill < 0) {
            r->counts->dropped_links++;
            continue;
        }
        struct ranked_role_skill *next = array_add(found, sizeof *next);
        if (!next)
            return false;
        next->found.role = role;
        next->found.item =
            (struct role_skill){.skill = skill, .core = parts[i].core, .level = parts[i].level};
        next->rank = r->ranks[skill];
    }
    return true;
}

/* Repeats of a role's skill become one; found is in the order of compare_repeats. */
static void merge_repeats(struct array *found)
{
    struct ranked_role_skill *all = found->items;
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        struct ranked_role_skill *last = kept > 0 ? &all[kept - 1] : NULL;
        if (!last || compare_repeats(last, &all[i]) != 0) {
            all[kept++] = all[i];
            continue;
        }
        last->found.item.core |= all[i].found.item.core;
        if (last->found.item.level < all[i].found.item.level)
            last->found.item.level = all[i].found.item.level;
    }
    found->count = kept;
}

static bool resolve_role_skills(struct resolving *r)
{
    struct array found = {0};
    bool done = find_role_skills(r, &found);
    if (done && found.count > 0) {
        struct ranked_role_skill *all = found.items;
        array_sort(&found, sizeof *all, compare_repeats);
        merge_repeats(&found);
        array_sort(&found, sizeof *all, compare_importance);
        for (size_t i = 0; done && i < found.count; i++) {
            struct resolved_role_skill *item = array_add(&r->resolved->role_skills, sizeof *item);
            done = item != NULL;
            if (item)
                *item = all[i].found;
        }
        r->counts->role_skills = (unsigned)found.count;
    }
    array_clear(&found);
    return done;
}

/* A skill is as frequent as its group: same skills of two catalogues are used by roles of both. */
static bool weigh_skills(struct resolving *r)
{
    struct resolved *resolved = r->resolved;
    const struct resolved_role_skill *items = resolved->role_skills.items;
    uint32_t *uses = calloc((size_t)resolved->skills + 1, sizeof *uses);
    int32_t *last_role = calloc((size_t)resolved->skills + 1, sizeof *last_role); /* + 1 */
    bool done = uses && last_role;
    for (size_t i = 0; done && i < resolved->role_skills.count; i++) {
        int32_t group = r->groups[items[i].item.skill];
        uses[group] += last_role[group] != items[i].role + 1;
        last_role[group] = items[i].role + 1;
    }
    for (int32_t i = 0; done && i < resolved->skills; i++)
        resolved->weights[i] = skill_weight(uses[r->groups[i]], (uint32_t)resolved->roles);
    free(uses);
    free(last_role);
    return done;
}

static bool resolve_role_links(struct resolving *r)
{
    const struct link_part *links = r->build->role_links.items;
    for (size_t i = 0; i < r->build->role_links.count; i++) {
        int32_t from = build_find_role(r->build, links[i].from);
        int32_t to = build_find_role(r->build, links[i].to);
        if (from < 0 || to < 0) {
            r->counts->dropped_links++;
            continue;
        }
        struct role_edge *edge = array_add(&r->resolved->role_edges, sizeof *edge);
        if (!edge)
            return false;
        *edge = (struct role_edge){from, to, links[i].value};
        r->counts->role_links++;
    }
    const struct role_part *roles = r->build->roles.items;
    int32_t *homes = calloc((size_t)r->resolved->roles + 1, sizeof *homes);
    if (!homes)
        return false;
    for (int32_t i = 0; i < r->resolved->roles; i++) {
        int32_t home = build_find_role(r->build, roles[i].rome);
        homes[i] = home == i ? REFERENTIAL_NONE : home;
    }
    bool done = role_edges_complete(&r->resolved->role_edges, homes, r->resolved->roles);
    free(homes);
    return done;
}

static bool resolve(struct resolving *r)
{
    struct resolved *resolved = r->resolved;
    const struct skill_edge *edges;
    if (!r->groups || !r->ranks || !resolved->weights || !resolved->near_lengths ||
        !rank_skills(r) || !resolve_skill_links(r) || !skill_namesakes_link(&r->edges, r->build))
        return false;
    edges = r->edges.items;
    skill_groups(edges, r->edges.count, r->groups, resolved->skills);
    return skill_near_lists(edges, r->edges.count, r->groups, r->ranks, resolved->skills,
                            &resolved->skill_near, resolved->near_lengths) &&
           resolve_role_skills(r) && weigh_skills(r) && resolve_role_links(r);
}

bool resolved_fill(struct resolved *resolved, const struct referential_build *build,
                   struct referential_counts *counts)
{
    size_t skills = build->skills.count;
    *resolved = (struct resolved){.skills = (int32_t)skills, .roles = (int32_t)build->roles.count};
    resolved->weights = calloc(skills + 1, sizeof *resolved->weights);
    resolved->near_lengths = calloc(skills + 1, sizeof *resolved->near_lengths);
    struct resolving resolving = {.build = build,
                                  .counts = counts,
                                  .resolved = resolved,
                                  .groups = calloc(skills + 1, sizeof *resolving.groups),
                                  .ranks = calloc(skills + 1, sizeof *resolving.ranks)};
    bool done = resolve(&resolving);
    array_clear(&resolving.edges);
    free(resolving.groups);
    free(resolving.ranks);
    return done;
}

void resolved_clear(struct resolved *resolved)
{
    array_clear(&resolved->skill_near);
    array_clear(&resolved->role_skills);
    array_clear(&resolved->role_edges);
    free(resolved->weights);
    free(resolved->near_lengths);
    *resolved = (struct resolved){0};
}
