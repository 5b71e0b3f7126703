/* The records of a referential file; the container is described in sections.h. */
#ifndef PASSERELLE_MATCHING_REFERENTIAL_FORMAT_H
#define PASSERELLE_MATCHING_REFERENTIAL_FORMAT_H

#include "entries.h"
#include "occupation.h"

#define REFERENTIAL_MAGIC "PSLREF\0\3"
enum { SKILL_NEAR_MAX = 64, ID_MAX = 64, LEVEL_MAX = 4, WEIGHT_MIN = 64, WEIGHT_MAX = 256 };

enum referential_section {
    SECTION_STRINGS,
    SECTION_SKILLS,
    SECTION_ROLES,
    SECTION_SKILL_NEAR,  /* struct near_skill, slices of the skills */
    SECTION_ROLE_SKILLS, /* struct role_skill, slices of the roles */
    SECTION_ROLE_NEAR,   /* slices of the roles, by increasing role */
    SECTION_SKILL_IDS,
    SECTION_SKILL_ID_SLOTS,
    SECTION_SKILL_WORDS, /* normal forms of labels and aliases */
    SECTION_SKILL_WORD_SLOTS,
    SECTION_ROLE_IDS, /* ids, and ROME codes that are no id */
    SECTION_ROLE_ID_SLOTS,
    SECTION_ROLE_WORDS,
    SECTION_ROLE_WORD_SLOTS,
    SECTION_ROLE_TEXTS, /* struct role_text_record, slices of the roles */
    SECTION_OCCUPATIONS,
    SECTION_OCCUPATION_TITLES, /* struct occupation_title, slices of the occupations, as all below
                                */
    SECTION_OCCUPATION_SKILLS,
    SECTION_OCCUPATION_ROLES,
    SECTION_ROLE_INDEX, /* bytes; see role_index.h */
    SECTION_COUNT
};

/* Texts are offsets into the strings. */
struct skill_record {
    uint32_t id, french, english;
    uint32_t near_start, near_count;
    uint32_t weight;
};
struct role_record {
    uint32_t id, rome, french, english;
    uint32_t skills_start, skills_count;
    uint32_t near_start, near_count;
    uint32_t texts_start, texts_count;
    int32_t parent; /* a role, or REFERENTIAL_NONE */
};
struct role_text_record {
    uint32_t text, kind; /* enum role_text */
};
struct occupation_record {
    uint32_t id;
    uint32_t titles_start, titles_count;
    uint32_t skills_start, skills_count;
    uint32_t roles_start, roles_count;
};

extern const uint32_t referential_item_sizes[SECTION_COUNT];

#endif
