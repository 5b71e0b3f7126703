/* Makes the bytes of a referential from catalogues. */
#ifndef PASSERELLE_CLI_REFERENTIAL_MAKE_H
#define PASSERELLE_CLI_REFERENTIAL_MAKE_H

#include "../matching/referential_build.h"
#include "command.h"

struct made_referential {
    void *data; /* to be freed */
    size_t size;
    char hash[REFERENTIAL_HASH_SIZE];
    struct referential_counts counts;
};
/* From the project's own catalogue if starter, and ROME 4.0 from the directory rome unless it is
 * NULL. Otherwise than END_OK after having said on err what is wrong; nothing is to be freed then.
 */
enum ending referential_make(struct context *context, bool starter, const char *rome,
                             struct made_referential *made);

#endif
