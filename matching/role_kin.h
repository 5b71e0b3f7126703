/* The roles most alike a role by their skills and by the moves between them. */
#ifndef PASSERELLE_MATCHING_ROLE_KIN_H
#define PASSERELLE_MATCHING_ROLE_KIN_H

#include "referential.h"

enum { ROLE_KIN_MAX = 15 };

struct role_kin_share {
    int32_t role;   /* REFERENTIAL_NONE behind the last */
    uint32_t share; /* in 1/FIXED_ONE; those of a role come to one */
};
/* ROLE_KIN_MAX for each role of the referential, greatest first; ties by role. free() them; NULL
 * when out of memory. */
struct role_kin_share *role_kin_create(const struct referential *referential);

/* What roles score, spread: of each the shares of its kin's scores. */
void role_kin_spread(const struct role_kin_share *kin, int32_t roles, const uint64_t *scores,
                     uint64_t *spread);

#endif
