#include "role_neighbours.h"

#include "fixed.h"
#include "role_index_build.h"
#include "role_vectors.h"

#include <stdlib.h>
#include <string.h>

enum {
    CANDIDATES_MAX = 150, /* the most alike ones, which alone are scored */
    MOVE_WEIGHT = 8,      /* of what the catalogue itself says to be near */
    CANDIDATE_MOVE = 4 * COSINE_ONE,
    WEIGHT_ONE = 1 << 10,
};

/* What roles are compared by, as vectors of terms; a family is a parent with its children. */
enum view { ALL_STEMS, DEFINITIONS, TITLES, SKILLS, FAMILIES, VIEWS };

/* What a score is the weighted sum of, each in 1/FIXED_ONE; roots are square roots of cosines. */
enum feature {
    ALL,
    ALL_ROOT,
    DEFINITION_ROOT,
    TITLE_ROOT,
    SKILL_ROOT,
    FAMILY,
    SAME_PARENT,
    IS_PARENT, /* the other is nobody's child */
    ALL_IF_PARENT,
    FEATURE_COUNT
};

/* Learned on the development half of bench/quality's task near (docs/quality.md). */
static const int32_t weights[FEATURE_COUNT] = {
    [ALL] = -17719,        [ALL_ROOT] = 20085,  [DEFINITION_ROOT] = 2002,
    [TITLE_ROOT] = 1317,   [SKILL_ROOT] = 3071, [FAMILY] = 3895,
    [SAME_PARENT] = -2176, [IS_PARENT] = 1676,  [ALL_IF_PARENT] = -3413,
};

struct comparing {
    const struct role_indexing *indexing;
    uint32_t roles;
    struct role_vectors views[VIEWS];
    uint32_t *rows[VIEWS]; /* cosines of the role at hand and all */
    int32_t *parents;      /* of each role: its parent, or itself */
};

static void comparing_clear(struct comparing *comparing)
{
    for (unsigned i = 0; i < VIEWS; i++) {
        role_vectors_clear(&comparing->views[i]);
        free(comparing->rows[i]);
    }
    free(comparing->parents);
}

static bool find_parents(struct comparing *comparing)
{
    const struct role_indexing *indexing = comparing->indexing;
    comparing->parents = calloc((size_t)comparing->roles + 1, sizeof *comparing->parents);
    for (int32_t role = 0; comparing->parents && role < (int32_t)comparing->roles; role++) {
        int32_t parent = referential_role_parent(indexing->referential, role);
        comparing->parents[role] = indexing->owners[parent == REFERENTIAL_NONE ? role : parent];
    }
    return comparing->parents != NULL;
}

/* -- views --------------------------------------------------------------------------------------
 */

static bool fill_view(struct comparing *comparing, enum view view, const struct postings *counts)
{
    return role_vectors_fill(&comparing->views[view], counts, comparing->roles);
}

/* From the stems of each role: of each stem the roles, or the families of roles. */
static bool fill_stems(struct comparing *comparing, enum view view, bool families)
{
    const struct postings_build *stems = &comparing->indexing->role_stems;
    struct postings_build lists = {.count = 0};
    bool whole = true;
    for (uint32_t role = 0; whole && role < comparing->roles; role++)
        for (uint32_t i = stems->starts[role]; whole && i < stems->starts[role + 1]; i++)
            whole = postings_add(&lists, stems->items[i].owner,
                                 families ? (uint32_t)comparing->parents[role] : role,
                                 stems->items[i].weight);
    whole = whole && postings_finish(&lists, (uint32_t)comparing->indexing->stems.count);
    if (whole) {
        struct postings postings = postings_made(&lists);
        whole = fill_view(comparing, view, &postings);
    }
    postings_build_clear(&lists);
    return whole;
}

static bool fill_views(struct comparing *comparing)
{
    const struct role_indexing *indexing = comparing->indexing;
    struct postings titles = postings_made(&indexing->title_bag.fields[0]);
    struct postings definitions = postings_made(&indexing->definition_bag.fields[0]);
    struct postings skills = postings_made(&indexing->lists[SKILL_ROLES]);
    bool whole = fill_stems(comparing, ALL_STEMS, false) && fill_stems(comparing, FAMILIES, true) &&
                 fill_view(comparing, TITLES, &titles) &&
                 fill_view(comparing, DEFINITIONS, &definitions) &&
                 fill_view(comparing, SKILLS, &skills);
    for (unsigned i = 0; i < VIEWS; i++)
        whole =
            (comparing->rows[i] = calloc((size_t)comparing->roles + 1, sizeof(uint32_t))) && whole;
    return whole;
}

/* -- scores -------------------------------------------------------------------------------------
 */

static int32_t from_cosine(uint64_t cosine)
{
    return (int32_t)(cosine * (FIXED_ONE / COSINE_ONE));
}

static int32_t root_of(uint64_t cosine)
{
    return (int32_t)fixed_root(cosine * (FIXED_ONE / COSINE_ONE) * FIXED_ONE);
}

static void fill_features(const struct comparing *comparing, uint32_t role, uint32_t other,
                          int32_t features[FEATURE_COUNT])
{
    uint32_t *const *rows = comparing->rows;
    int32_t parent = comparing->parents[role], other_parent = comparing->parents[other];
    bool same = parent == other_parent, is_parent = other_parent == (int32_t)other;
    features[ALL] = from_cosine(rows[ALL_STEMS][other]);
    features[ALL_ROOT] = root_of(rows[ALL_STEMS][other]);
    features[DEFINITION_ROOT] = root_of(rows[DEFINITIONS][other]);
    features[TITLE_ROOT] = root_of(rows[TITLES][other]);
    features[SKILL_ROOT] = root_of(rows[SKILLS][other]);
    features[FAMILY] = same ? FIXED_ONE : from_cosine(rows[FAMILIES][other_parent]);
    features[SAME_PARENT] = same ? FIXED_ONE : 0;
    features[IS_PARENT] = is_parent ? FIXED_ONE : 0;
    features[ALL_IF_PARENT] = is_parent ? features[ALL] : 0;
}

static int32_t score_of(const struct comparing *comparing, uint32_t role, uint32_t other)
{
    int32_t features[FEATURE_COUNT];
    int64_t score = 0;
    uint64_t move =
        referential_role_nearness(comparing->indexing->referential, (int32_t)role, (int32_t)other);
    fill_features(comparing, role, other, features);
    for (int i = 0; i < FEATURE_COUNT; i++)
        score += (int64_t)weights[i] * features[i];
    return (int32_t)(score / WEIGHT_ONE + (int64_t)(move * MOVE_WEIGHT * FIXED_ONE / NEARNESS_ONE));
}

/* -- choice -------------------------------------------------------------------------------------
 */

/* Enters a role among the best so far, of which there are at most limit. */
static void enter(struct role_neighbour *best, unsigned *count, unsigned limit, int32_t role,
                  int32_t score)
{
    unsigned at = *count;
    while (at > 0 && best[at - 1].score < score)
        at--;
    if (at == limit)
        return;
    *count += *count < limit;
    memmove(best + at + 1, best + at, (*count - 1 - at) * sizeof *best);
    best[at] = (struct role_neighbour){role, score};
}

/* The most alike owners by a plain sum. */
static unsigned choose_candidates(struct comparing *comparing, uint32_t role,
                                  struct role_neighbour *candidates)
{
    const struct role_indexing *indexing = comparing->indexing;
    unsigned count = 0;
    for (unsigned i = 0; i < VIEWS; i++)
        role_vectors_compare(&comparing->views[i],
                             i == FAMILIES ? (uint32_t)comparing->parents[role] : role,
                             comparing->rows[i]);
    for (uint32_t other = 0; other < comparing->roles; other++) {
        uint32_t sum = comparing->rows[ALL_STEMS][other] + comparing->rows[SKILLS][other] +
                       comparing->rows[FAMILIES][comparing->parents[other]] / 2;
        if (referential_role_nearness(indexing->referential, (int32_t)role, (int32_t)other) > 0)
            sum += CANDIDATE_MOVE;
        if (other != role && indexing->owners[other] == (int32_t)other && sum > 0)
            enter(candidates, &count, CANDIDATES_MAX, (int32_t)other, (int32_t)sum);
    }
    return count;
}

static void choose(struct comparing *comparing, uint32_t role, struct role_neighbour *best)
{
    struct role_neighbour candidates[CANDIDATES_MAX];
    unsigned count = 0, candidate_count = choose_candidates(comparing, role, candidates);
    for (unsigned i = 0; i < ROLE_NEIGHBOURS_MAX; i++)
        best[i] = (struct role_neighbour){REFERENTIAL_NONE, 0};
    for (unsigned i = 0; i < candidate_count; i++)
        enter(best, &count, ROLE_NEIGHBOURS_MAX, candidates[i].role,
              score_of(comparing, role, (uint32_t)candidates[i].role));
}

struct role_neighbour *role_neighbours_create(const struct role_indexing *indexing)
{
    struct comparing comparing = {.indexing = indexing, .roles = indexing->roles};
    struct role_neighbour *neighbours =
        calloc((size_t)indexing->roles + 1, ROLE_NEIGHBOURS_MAX * sizeof *neighbours);
    if (neighbours && find_parents(&comparing) && fill_views(&comparing)) {
        for (uint32_t role = 0; role < indexing->roles; role++)
            if (indexing->owners[role] == (int32_t)role)
                choose(&comparing, role, neighbours + (size_t)role * ROLE_NEIGHBOURS_MAX);
    } else {
        free(neighbours);
        neighbours = NULL;
    }
    comparing_clear(&comparing);
    return neighbours;
}
