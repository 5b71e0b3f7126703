/* From what a build collected about occupations to the records of a referential file. */
#ifndef PASSERELLE_MATCHING_OCCUPATION_RESOLVE_H
#define PASSERELLE_MATCHING_OCCUPATION_RESOLVE_H

#include "referential_parts.h"

/* The arrays hold what the sections of referential_format.h do, but that strings are symbols of
 * the build yet. */
struct resolved_occupations {
    struct array occupations, titles, skills, roles;
};

/* Counts what was dropped. False when out of memory; to be cleared in any case. */
bool resolved_occupations_fill(struct resolved_occupations *resolved,
                               const struct referential_build *build,
                               struct referential_counts *counts);
void resolved_occupations_clear(struct resolved_occupations *resolved);

#endif
