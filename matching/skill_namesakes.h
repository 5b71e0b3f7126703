/* Skills of several catalogues that are called the same. */
#ifndef PASSERELLE_MATCHING_SKILL_NAMESAKES_H
#define PASSERELLE_MATCHING_SKILL_NAMESAKES_H

#include "referential_parts.h"

/* Adds to edges (of struct skill_edge) that a skill is the same as the first one with its French
 * label in normal form, if their ids are of different catalogues ("rome:…", "esco:…", or without a
 * colon). False when out of memory. */
bool skill_namesakes_link(struct array *edges, const struct referential_build *build);

#endif
