#include "fixed.h"
#include "role_search_parts.h"

#include <stdlib.h>
#include <string.h>

/* -- making -------------------------------------------------------------------------------------
 */

/* Memory that a search works in: so many items of so many bytes. */
struct room {
    void **place;
    size_t count, size;
};

/* In the order of their place in the search; NULL ends them. */
static void list_rooms(struct role_search *search, struct room *rooms)
{
    const struct role_index *index = &search->index;
    size_t roles = index->roles, titles = index->titles, skills = index->skills;
    size_t stems = index->stems.count, grams = index->grams.count;
    const struct {
        struct sparse *sparse;
        size_t count;
    } sparse[] = {{&search->title_stems, titles}, {&search->title_grams, titles},
                  {&search->skills, skills},      {&search->stems, stems},
                  {&search->counts, stems},       {&search->grams, grams},
                  {&search->claim, roles}};
    uint64_t **const by_role[] = {&search->votes,          &search->title_bag,  &search->text_bag,
                                  &search->definition_bag, &search->gram_bag,   &search->items,
                                  &search->spread,         &search->neighbours, &search->nearest};
    for (size_t i = 0; i < sizeof sparse / sizeof *sparse; i++) {
        *rooms++ = (struct room){(void **)&sparse[i].sparse->weights, sparse[i].count, 4};
        *rooms++ = (struct room){(void **)&sparse[i].sparse->touched, sparse[i].count, 4};
    }
    for (size_t i = 0; i < sizeof by_role / sizeof *by_role; i++)
        *rooms++ = (struct room){(void **)by_role[i], roles, sizeof(uint64_t)};
    *rooms++ = (struct room){(void **)&search->occupation_stems, index->occupations, 8};
    *rooms++ = (struct room){(void **)&search->occupation_skills, index->occupations, 8};
    *rooms++ = (struct room){(void **)&search->likeness, roles, sizeof *search->likeness};
    *rooms++ = (struct room){(void **)&search->found, roles, sizeof *search->found};
    *rooms = (struct room){NULL, 0, 0};
}

enum { ROOMS_MAX = 32 };

static bool make_rooms(struct role_search *search)
{
    struct room rooms[ROOMS_MAX];
    list_rooms(search, rooms);
    for (const struct room *room = rooms; room->place; room++)
        if (!(*room->place = calloc(room->count + 1, room->size)))
            return false;
    return true;
}

struct role_search *role_search_create(const struct referential *referential, const char **reason)
{
    struct role_search *search = calloc(1, sizeof *search);
    *reason = "out of memory";
    if (!search)
        return NULL;
    search->referential = referential;
    *reason = role_index_open(&search->index, referential);
    if (!*reason && !make_rooms(search))
        *reason = "out of memory";
    if (*reason) {
        role_search_free(search);
        return NULL;
    }
    return search;
}

void role_search_free(struct role_search *search)
{
    struct room rooms[ROOMS_MAX];
    if (!search)
        return;
    list_rooms(search, rooms);
    for (const struct room *room = rooms; room->place; room++)
        free(*room->place);
    free(search);
}

void role_search_prefer(struct role_search *search, const struct role_sectors *sectors)
{
    search->sectors = *sectors;
}

/* -- weighted terms -----------------------------------------------------------------------------
 */

void sparse_add(struct sparse *sparse, uint32_t number, uint32_t weight)
{
    if (weight == 0)
        return;
    if (sparse->weights[number] == 0)
        sparse->touched[sparse->count++] = number;
    if (sparse->weights[number] <= UINT32_MAX - weight) /* so much counts as no more */
        sparse->weights[number] += weight;
}

void sparse_clear(struct sparse *sparse)
{
    for (uint32_t i = 0; i < sparse->count; i++)
        sparse->weights[sparse->touched[i]] = 0;
    sparse->count = 0;
}

void role_scores_scale(uint64_t *scores, uint32_t roles)
{
    uint64_t best = 1;
    for (uint32_t role = 0; role < roles; role++)
        if (scores[role] > best)
            best = scores[role];
    unsigned shift = 0; /* products fit */
    while (best >> shift > UINT32_MAX)
        shift++;
    for (uint32_t role = 0; role < roles; role++)
        scores[role] = (scores[role] >> shift) * FIXED_ONE / (best >> shift);
}

void role_bag_ask(const struct role_search *search, enum role_postings which,
                  const struct sparse *terms, uint64_t *scores)
{
    memset(scores, 0, search->index.roles * sizeof *scores);
    for (uint32_t i = 0; i < terms->count; i++) {
        uint32_t count, term = terms->touched[i];
        uint64_t weight = terms->weights[term];
        const struct posting *items = postings_of(&search->index.postings[which], term, &count);
        for (uint32_t k = 0; k < count; k++)
            scores[items[k].owner] += weight * items[k].weight;
    }
    role_scores_scale(scores, search->index.roles);
}

/* -- order --------------------------------------------------------------------------------------
 */

static int compare_found(const void *left, const void *right)
{
    const struct role_found *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->role < b->role ? -1 : 1;
}

static void share_out(struct role_found *found, unsigned count)
{
    uint64_t total = 0;
    for (unsigned i = 0; i < count; i++)
        total += fixed_decay((uint64_t)(found[0].score - found[i].score));
    for (unsigned i = 0; i < count; i++)
        found[i].share =
            (uint32_t)((uint64_t)fixed_decay((uint64_t)(found[0].score - found[i].score)) *
                       ROLE_SHARE_ONE / total);
}

unsigned role_search_near(struct role_search *search, int32_t role, struct role_found *found,
                          unsigned limit)
{
    const struct role_index *index = &search->index;
    const struct role_neighbour *neighbours =
        index->neighbours + (size_t)index->owners[role] * ROLE_NEIGHBOURS_MAX;
    unsigned count = 0;
    for (; count < ROLE_NEIGHBOURS_MAX && count < index->roles; count++) {
        if (neighbours[count].role == REFERENTIAL_NONE)
            break;
        search->found[count] =
            (struct role_found){.role = neighbours[count].role, .score = neighbours[count].score};
    }
    return role_found_finish(search, count, found, limit);
}

unsigned role_found_finish(struct role_search *search, unsigned count, struct role_found *found,
                           unsigned limit)
{
    if (count == 0)
        return 0;
    qsort(search->found, count, sizeof *search->found, compare_found);
    share_out(search->found, count);
    if (count > limit)
        count = limit;
    memcpy(found, search->found, count * sizeof *found);
    return count;
}
