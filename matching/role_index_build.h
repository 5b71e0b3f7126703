/* Makes the index that roles are searched by (role_index.h). */
#ifndef PASSERELLE_MATCHING_ROLE_INDEX_BUILD_H
#define PASSERELLE_MATCHING_ROLE_INDEX_BUILD_H

#include "role_bag.h"
#include "role_index.h"
#include "symbols.h"

/* The bytes of the section, malloc'ed, for a referential that has none yet; NULL when out of
 * memory. */
void *role_index_build(const struct referential *referential, size_t *size);

/* -- its parts ----------------------------------------------------------------------------------
 */

/* An index being put together. Everything is taken in first; only then, when all stems and runs of
 * letters have their numbers, are lists finished. */
struct role_indexing {
    const struct referential *referential;
    uint32_t roles, skills, occupations, titles;
    int32_t *owners;
    struct array title_owners; /* int32_t */
    struct symbols stems, grams;
    struct role_bag title_bag, text_bag, definition_bag;
    struct role_bag gram_bag;
    struct postings_build
        role_stems; /* stems of each role, by owner, as the gram bag counts them */
    struct postings_build lists[ROLE_POSTINGS_COUNT]; /* those that come out of no bag */
    uint32_t *title_stem_lengths, *title_gram_lengths, *skill_stem_lengths, *english_lengths;
    uint32_t *occupation_lengths;
    struct role_kin_share *kin;
    struct role_neighbour *neighbours;
};

/* Titles, definitions and ways in, and skills. False when out of memory. */
bool role_indexing_take_texts(struct role_indexing *indexing);
/* What skills are called and whose they are. */
bool role_indexing_take_skills(struct role_indexing *indexing);
bool role_indexing_take_occupations(struct role_indexing *indexing);
/* Turns the counts of the finished lists into what queries read. False when out of memory. */
bool role_indexing_weigh_occupations(struct role_indexing *indexing);

/* Numbers of the stems of a text of any length, repeats too, put behind those that are there (of
 * uint32_t). False when out of memory. */
bool role_indexing_stems(struct role_indexing *indexing, const char *text, struct array *stems);
/* Likewise the distinct stems of a title or label, and all its runs of letters, in place of those
 * that are there; either may be NULL. */
bool role_indexing_take_apart(struct role_indexing *indexing, const char *text, struct array *stems,
                              struct array *grams);
/* Makes the owner a set of these terms in the lists. */
bool role_indexing_add_set(struct postings_build *lists, const struct array *terms, uint32_t owner);

#endif
