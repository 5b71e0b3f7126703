/* What the searches for roles share: memory to work in, and how they order what they found. */
#ifndef PASSERELLE_MATCHING_ROLE_SEARCH_PARTS_H
#define PASSERELLE_MATCHING_ROLE_SEARCH_PARTS_H

#include "role_index.h"
#include "role_search.h"

enum { ROLE_BEST_TITLES = 3 };

/* How a role answers to the title asked for. */
struct role_likeness {
    uint32_t both;                    /* of its best title by stems and letters, in 1/COSINE_ONE */
    uint32_t stems[ROLE_BEST_TITLES]; /* of its three best titles, falling */
    uint32_t letters[ROLE_BEST_TITLES];
};

/* Weights by number, all zero between queries; touched are those that are not. */
struct sparse {
    uint32_t *weights, *touched;
    uint32_t count;
};
void sparse_add(struct sparse *sparse, uint32_t number, uint32_t weight);
void sparse_clear(struct sparse *sparse);

struct role_search {
    const struct referential *referential;
    struct role_index index;
    struct role_sectors sectors;
    /* of a query: */
    struct sparse title_stems, title_grams; /* likeness of titles, as set_query works it out */
    struct sparse skills;                   /* likeness of skills */
    struct sparse stems, grams;             /* asked for, by rarity */
    struct sparse counts;                   /* of stems asked for */
    struct sparse claim;                    /* what a claim is worth to roles */
    struct role_likeness *likeness;         /* of each role, as all below */
    uint64_t *votes, *title_bag, *text_bag, *definition_bag, *gram_bag, *items;
    uint64_t *spread, *neighbours, *nearest;
    uint64_t *occupation_stems, *occupation_skills; /* of each occupation */
    struct role_found *found;
};

/* What each role scores for the weighted terms, of what the best one does, in 1/FIXED_ONE. */
void role_bag_ask(const struct role_search *search, enum role_postings which,
                  const struct sparse *terms, uint64_t *scores);
/* Of what the best one has, in 1/FIXED_ONE. */
void role_scores_scale(uint64_t *scores, uint32_t roles);

/* Sorts search->found, gives each its share by the likelihood that weights are learned for, e to
 * the score, and copies the first ones. Returns how many. */
unsigned role_found_finish(struct role_search *search, unsigned count, struct role_found *found,
                           unsigned limit);

#endif
