/* An open referential, for the files that read it. */
#ifndef PASSERELLE_MATCHING_REFERENTIAL_INTERNAL_H
#define PASSERELLE_MATCHING_REFERENTIAL_INTERNAL_H

#include "referential_format.h"

struct referential {
    struct section sections[SECTION_COUNT];
    const char *strings;
    const struct skill_record *skills;
    const struct role_record *roles;
    const struct near_skill *skill_near;
    const struct role_skill *role_skills;
    const struct role_near *role_near;
    const struct role_text_record *role_texts;
    const struct occupation_record *occupations;
    const struct occupation_title *occupation_titles;
    const struct occupation_skill *occupation_skills;
    const struct occupation_role *occupation_roles;
    struct entries skill_ids, skill_words, role_ids, role_words;
    char hash[REFERENTIAL_HASH_SIZE];
};

/* Whether all that occupations say lies within the file. */
bool occupations_valid(const struct referential *referential);

#endif
