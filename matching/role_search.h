/* Finds the roles that a job title or some skills mean, and those near a role, by the index that is
 * built with a referential (role_index.h). Nothing in it depends on the machine, as all is done in
 * integers. */
#ifndef PASSERELLE_MATCHING_ROLE_SEARCH_H
#define PASSERELLE_MATCHING_ROLE_SEARCH_H

#include "referential.h"

enum { ROLE_SHARE_ONE = 10000 };

struct role_search;

/* The referential stays the caller's and must outlive it. NULL with the reason when its index is
 * damaged, or out of memory. A search is for one caller at a time: it writes into memory of its
 * own. */
struct role_search *role_search_create(const struct referential *referential, const char **reason);
void role_search_free(struct role_search *search); /* NULL is fine */

/* Where jobs are likely to be: domains or grand domains of ROME, "M18", "M". */
enum { ROLE_SECTORS_MAX = 16, ROLE_SECTOR_SIZE = 3 };
struct role_sectors {
    char codes[ROLE_SECTORS_MAX][ROLE_SECTOR_SIZE + 1];
    unsigned count;
};
/* Roles of these are likelier than others to be what a title means, from now on; none at first. */
void role_search_prefer(struct role_search *search, const struct role_sectors *sectors);

struct role_found {
    int32_t role;
    uint32_t share; /* how probable it is among all roles, in 1/ROLE_SHARE_ONE */
    int64_t score;  /* what they are sorted by, in 1/FIXED_ONE (fixed.h) */
};
/* Best first, at most limit; ties by role. Roles that share a ROME code count as one: the role that
 * has the code as its id, or the first. Those that have nothing in common with what was asked are
 * left out. Returns how many. */
unsigned role_search_title(struct role_search *search, const char *title, size_t size,
                           struct role_found *found, unsigned limit);

/* Something that somebody can do: the id of a skill ("rome:100341", "100341", "esco:…" or its
 * address), what it is called, or any words for it. */
struct role_claim {
    const char *text;
    size_t size;
};
/* As above, by all claims together; English words lead to French ones through the labels of skills
 * that the referential knows in both languages. */
unsigned role_search_claims(struct role_search *search, const struct role_claim *claims,
                            unsigned count, enum label_language language, struct role_found *found,
                            unsigned limit);

/* The roles that one could move to from a role, by how alike they are; those that the catalogue
 * itself says count for more. No more than ROLE_NEIGHBOURS_MAX (role_neighbours.h). */
unsigned role_search_near(struct role_search *search, int32_t role, struct role_found *found,
                          unsigned limit);

#endif
