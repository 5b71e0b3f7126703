/* What role_search.c makes and role_title.c asks. */
#ifndef PASSERELLE_MATCHING_ROLE_SEARCH_PARTS_H
#define PASSERELLE_MATCHING_ROLE_SEARCH_PARTS_H

#include "role_bag.h"
#include "role_kin.h"
#include "role_search.h"
#include "title_index.h"

enum { ROLE_BEST_TITLES = 3 };

/* How a role answers to the title asked for. */
struct role_likeness {
    uint32_t both;                    /* of its best title by stems and letters, in 1/COSINE_ONE */
    uint32_t stems[ROLE_BEST_TITLES]; /* of its three best titles, falling */
    uint32_t letters[ROLE_BEST_TITLES];
};

struct role_search {
    const struct referential *referential;
    int32_t roles;
    int32_t *owners;       /* of each role: the one that it counts as */
    uint32_t titles;       /* of all roles in turn */
    int32_t *title_owners; /* of each title: its role's owner */
    struct title_index stems, letters;
    struct role_bag title_bag, text_bag; /* by owner */
    struct role_kin_share *kin;
    /* of a query */
    uint32_t *stem_likeness, *letter_likeness; /* of each title */
    struct role_likeness *likeness;            /* of each role, as all below */
    uint64_t *votes, *bag, *text, *spread;
    struct role_found *found;
};

#endif
