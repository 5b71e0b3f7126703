/* From links between skills to what a claim of each skill counts for. */
#ifndef PASSERELLE_MATCHING_SKILL_GRAPH_H
#define PASSERELLE_MATCHING_SKILL_GRAPH_H

#include "array.h"
#include "referential_build.h"

struct skill_edge {
    int32_t from, to; /* skills */
    enum skill_link link;
};

/* Same skills, taken together, form a group: groups[skill] is the first skill of its group. */
void skill_groups(const struct skill_edge *edges, size_t count, int32_t *groups, int32_t skills);

/* Appends to near (of struct near_skill) the list of every skill in turn, at most SKILL_NEAR_MAX
 * long, and writes its length; of equally near ones those of smaller rank come first. False when
 * out of memory. */
bool skill_near_lists(const struct skill_edge *edges, size_t count, const int32_t *groups,
                      const uint32_t *ranks, int32_t skills, struct array *near, uint32_t *lengths);

/* The weight of a skill that uses of roles have at their disposal. */
unsigned skill_weight(uint32_t uses, uint32_t roles);

#endif
