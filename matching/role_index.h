/* What roles are searched by, worked out once when a referential is built and kept in its file: the
 * section SECTION_ROLE_INDEX, itself a container of sections. Everything in it is an integer.
 *
 * Roles that share a ROME code count as one, their owner: the role that has the code as its id, or
 * the first. Lists of roles below are of owners. */
#ifndef PASSERELLE_MATCHING_ROLE_INDEX_H
#define PASSERELLE_MATCHING_ROLE_INDEX_H

#include "entries.h"
#include "role_kin.h"
#include "role_neighbours.h"
#include "set_index.h"

/* Lists by stem (stem.h), by run of letters (role_words.h), or by skill. */
enum role_postings {
    TITLE_STEMS,       /* titles, as sets */
    TITLE_GRAMS,       /* titles, as sets */
    TITLE_BAG,         /* roles, by all their titles (role_bag.h) */
    TEXT_BAG,          /* roles, by definition, skills and ways in */
    DEFINITION_BAG,    /* roles, by definition alone */
    ROLE_GRAMS,        /* roles, by the runs of letters in the stems of all of these */
    SKILL_STEMS,       /* skills of roles, by French label, as sets */
    ENGLISH_GRAMS,     /* skills, by English label, as sets */
    OCCUPATION_STEMS,  /* occupations, by their skills' labels: unit vectors in 1/COSINE_ONE */
    SKILL_ROLES,       /* roles of a skill: SKILL_CORE or SKILL_USEFUL */
    SKILL_OCCUPATIONS, /* occupations of a skill: 2 essential, 1 optional */
    ROLE_POSTINGS_COUNT
};
enum { SKILL_USEFUL = 2, SKILL_CORE = 3 };
enum { ROLE_BAG_GRAM_MIN = 4 }; /* the shortest runs of letters in ROLE_GRAMS */

enum role_index_section {
    INDEX_STRINGS,
    INDEX_STEMS, /* struct entry: the number of each stem */
    INDEX_STEM_SLOTS,
    INDEX_GRAMS,
    INDEX_GRAM_SLOTS,
    INDEX_OWNERS,             /* int32_t of each role */
    INDEX_TITLE_OWNERS,       /* int32_t of each title */
    INDEX_KIN,                /* struct role_kin_share, ROLE_KIN_MAX of each role */
    INDEX_NEIGHBOURS,         /* struct role_neighbour, ROLE_NEIGHBOURS_MAX of each role */
    INDEX_OCCUPATION_LENGTHS, /* uint32_t: see role_index_occupations.c */
    INDEX_TITLE_STEM_LENGTHS, /* uint32_t: set_lengths() of the sets */
    INDEX_TITLE_GRAM_LENGTHS,
    INDEX_SKILL_STEM_LENGTHS,
    INDEX_ENGLISH_LENGTHS,
    INDEX_POSTINGS, /* starts and items of each enum role_postings in turn */
    INDEX_SECTION_COUNT = INDEX_POSTINGS + 2 * ROLE_POSTINGS_COUNT
};

#define ROLE_INDEX_MAGIC "PSLRIX\0\1"
extern const uint32_t role_index_item_sizes[INDEX_SECTION_COUNT];

struct role_index {
    struct section sections[INDEX_SECTION_COUNT];
    struct entries stems, grams;
    const int32_t *owners, *title_owners;
    const struct role_kin_share *kin;
    const struct role_neighbour *neighbours;
    const uint32_t *occupation_lengths;
    struct postings postings[ROLE_POSTINGS_COUNT];
    struct set_index title_stems, title_grams, skill_stems, english_grams;
    uint32_t roles, titles, skills, occupations;
};

/* Takes the section of an open referential, checking all of it. NULL, or the reason why not. */
const char *role_index_open(struct role_index *index, const struct referential *referential);

/* ln(1 + occupations / (those with it + 1/2)), in 1/FIXED_ONE. */
uint32_t occupation_rarity(uint32_t occupations, uint32_t with);

/* REFERENTIAL_NONE for one that no text has. */
int32_t role_index_stem(const struct role_index *index, const char *text, size_t size);
int32_t role_index_gram(const struct role_index *index, const char *text, size_t size);

#endif
