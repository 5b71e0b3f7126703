/* Puts occupations of another catalogue and their mapping to roles into a referential being built;
 * strings and results as in referential_build.h. Only occupations that stand for a role that the
 * referential has are kept. */
#ifndef PASSERELLE_MATCHING_OCCUPATION_BUILD_H
#define PASSERELLE_MATCHING_OCCUPATION_BUILD_H

#include "occupation.h"
#include "referential_build.h"

/* Something that an occupation is called; all of the three may come in any order. */
bool referential_build_occupation_title(struct referential_build *build, const char *occupation,
                                        enum label_language language, const char *title);
bool referential_build_occupation_skill(struct referential_build *build, const char *occupation,
                                        const char *skill, bool essential);
/* strength: 1..OCCUPATION_STRENGTH_ONE; of repeats the greatest counts. */
bool referential_build_occupation_role(struct referential_build *build, const char *occupation,
                                       const char *role, unsigned strength);

#endif
