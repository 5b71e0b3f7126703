/* Occupations of another catalogue (ESCO) that a referential maps to its roles: what they are
 * called, which skills they need, and which roles they stand for. */
#ifndef PASSERELLE_MATCHING_OCCUPATION_H
#define PASSERELLE_MATCHING_OCCUPATION_H

#include "referential.h"

int32_t referential_occupation_count(const struct referential *referential);
/* "esco:" and the last part of its address. */
const char *referential_occupation_id(const struct referential *referential, int32_t occupation);

struct occupation_title {
    uint32_t text;     /* see referential_occupation_title */
    uint32_t language; /* enum label_language */
};
unsigned referential_occupation_title_count(const struct referential *referential,
                                            int32_t occupation);
const char *referential_occupation_title(const struct referential *referential, int32_t occupation,
                                         unsigned index, enum label_language *language);

struct occupation_skill {
    int32_t skill;
    uint32_t essential; /* 1: every holder needs it; 0: some do */
};
/* By increasing skill. */
const struct occupation_skill *referential_occupation_skills(const struct referential *referential,
                                                             int32_t occupation, unsigned *count);

enum { OCCUPATION_STRENGTH_ONE = 10 };
struct occupation_role {
    int32_t role;
    uint32_t strength; /* 1..OCCUPATION_STRENGTH_ONE: how exactly the one is the other */
};
/* By increasing role. */
const struct occupation_role *referential_occupation_roles(const struct referential *referential,
                                                           int32_t occupation, unsigned *count);

#endif
