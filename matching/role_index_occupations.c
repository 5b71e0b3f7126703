/* Occupations of the other catalogue by their skills, taken into an index: as vectors of the stems
 * of their skills' labels, and as vectors of the skills themselves. */
#include "fixed.h"
#include "occupation.h"
#include "role_index_build.h"

#include <stdlib.h>

enum { ESSENTIAL = 2, OPTIONAL = 1 }; /* in halves */

static bool take_skill(struct role_indexing *indexing, uint32_t occupation,
                       const struct occupation_skill *item, struct array *stems)
{
    const char *label = referential_skill_label(indexing->referential, item->skill, LABEL_FRENCH);
    uint32_t halves = item->essential ? ESSENTIAL : OPTIONAL;
    stems->count = 0;
    if (!role_indexing_stems(indexing, label, stems) ||
        !postings_add(&indexing->lists[SKILL_OCCUPATIONS], (uint32_t)item->skill, occupation,
                      halves))
        return false;
    const uint32_t *numbers = stems->items;
    for (size_t i = 0; i < stems->count; i++)
        if (!postings_add(&indexing->lists[OCCUPATION_STEMS], numbers[i], occupation, halves))
            return false;
    return true;
}

bool role_indexing_take_occupations(struct role_indexing *indexing)
{
    struct array stems = {0};
    bool whole = true;
    for (int32_t i = 0; whole && i < (int32_t)indexing->occupations; i++) {
        unsigned count;
        const struct occupation_skill *items =
            referential_occupation_skills(indexing->referential, i, &count);
        for (unsigned k = 0; whole && k < count; k++)
            whole = take_skill(indexing, (uint32_t)i, &items[k], &stems);
    }
    array_clear(&stems);
    return whole;
}

uint32_t occupation_rarity(uint32_t occupations, uint32_t with)
{
    return (uint32_t)fixed_log_ratio(2 * (uint64_t)occupations + 2 * (uint64_t)with + 1,
                                     2 * (uint64_t)with + 1);
}

/* tf / (tf + 1) · rarity, in 1/4096; tf is in halves. */
static uint32_t stem_weight(uint32_t halves, uint32_t rarity)
{
    return (uint32_t)((uint64_t)rarity * halves / (halves + 2) / (FIXED_ONE / 4096));
}

/* Counts become parts of unit vectors. */
static void weigh_stems(struct postings_build *lists, uint32_t occupations, uint64_t *squares)
{
    for (uint32_t stem = 0; stem < lists->terms; stem++) {
        uint32_t start = lists->starts[stem], end = lists->starts[stem + 1];
        uint32_t rarity = occupation_rarity(occupations, end - start);
        for (uint32_t i = start; i < end; i++) {
            struct posting *item = &lists->items[i];
            item->weight = stem_weight(item->weight, rarity);
            squares[item->owner] += (uint64_t)item->weight * item->weight;
        }
    }
    for (uint32_t i = 0; i < occupations; i++)
        squares[i] = fixed_root(squares[i]);
    for (uint32_t i = 0; i < lists->count; i++) {
        uint64_t length = squares[lists->items[i].owner];
        uint64_t part = (uint64_t)lists->items[i].weight * COSINE_ONE;
        lists->items[i].weight = (uint32_t)(length > 0 ? part / length : 0);
    }
}

/* Square roots of the lengths of vectors of x · rarity, x being 1 for essential skills and 1/2 for
 * others; in 1/FIXED_ONE. */
static void measure_skills(const struct postings_build *lists, uint32_t occupations,
                           uint64_t *squares, uint32_t *lengths)
{
    for (uint32_t skill = 0; skill < lists->terms; skill++) {
        uint32_t start = lists->starts[skill], end = lists->starts[skill + 1];
        uint64_t rarity = occupation_rarity(occupations, end - start) / (FIXED_ONE / 256);
        for (uint32_t i = start; i < end; i++) {
            uint64_t part = rarity * lists->items[i].weight;
            squares[lists->items[i].owner] += part * part; /* in 1/4 of 1/FIXED_ONE */
        }
    }
    for (uint32_t i = 0; i < occupations; i++) {
        uint64_t length = fixed_root((squares[i] / 4) << 16);
        lengths[i] = (uint32_t)fixed_root(length << 16);
    }
}

bool role_indexing_weigh_occupations(struct role_indexing *indexing)
{
    uint32_t count = indexing->occupations;
    uint64_t *stems = calloc((size_t)count + 1, sizeof *stems);
    uint64_t *skills = calloc((size_t)count + 1, sizeof *skills);
    indexing->occupation_lengths = calloc((size_t)count + 1, sizeof(uint32_t));
    bool whole = stems && skills && indexing->occupation_lengths;
    if (whole) {
        weigh_stems(&indexing->lists[OCCUPATION_STEMS], count, stems);
        measure_skills(&indexing->lists[SKILL_OCCUPATIONS], count, skills,
                       indexing->occupation_lengths);
    }
    free(stems);
    free(skills);
    return whole;
}
