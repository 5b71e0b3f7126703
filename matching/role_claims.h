/* What somebody's words for a skill mean to a search for roles. */
#ifndef PASSERELLE_MATCHING_ROLE_CLAIMS_H
#define PASSERELLE_MATCHING_ROLE_CLAIMS_H

#include "role_search_parts.h"

enum { CLAIM_SKILLS_MAX = 3 };
/* Skills, best first: one that is named, of likeness COSINE_ONE, or some that are like the words.
 */
struct claim_meaning {
    struct claim_skill {
        int32_t skill;
        uint32_t likeness; /* in 1/COSINE_ONE */
    } skills[CLAIM_SKILLS_MAX];
    unsigned count;
};
struct claim_meaning role_claim_meaning(struct role_search *search, const struct role_claim *claim,
                                        enum label_language language);

#endif
