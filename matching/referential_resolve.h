/* What a build collected, with ids turned into numbers and links worked out. */
#ifndef PASSERELLE_MATCHING_REFERENTIAL_RESOLVE_H
#define PASSERELLE_MATCHING_REFERENTIAL_RESOLVE_H

#include "referential_parts.h"

/* Skills and roles are numbered in order of declaration. */
struct resolved {
    int32_t skills, roles;
    uint32_t *weights;        /* of each skill */
    uint32_t *near_lengths;   /* of each skill's list in skill_near */
    struct array skill_near;  /* of struct near_skill, lists of all skills in turn */
    struct array role_skills; /* of struct resolved_role_skill, by role, core ones first */
    struct array role_edges;  /* of struct role_edge, by from, then to */
};
struct resolved_role_skill {
    int32_t role;
    struct role_skill item;
};

/* Counts links taken and dropped. False when out of memory; to be cleared in any case. */
bool resolved_fill(struct resolved *resolved, const struct referential_build *build,
                   struct referential_counts *counts);
void resolved_clear(struct resolved *resolved);

#endif
