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
/* Where it comes from; NULL: not from there. */
struct referential_sources {
    bool starter;        /* the project's own catalogue */
    const char *rome;    /* folder of ROME 4.0 */
    const char *esco;    /* folder of ESCO */
    const char *mapping; /* file of ESCO's occupations and ROME's titles; needs rome */
};
/* Otherwise than END_OK after having said on err what is wrong; nothing is to be freed then. */
enum ending referential_make(struct context *context, const struct referential_sources *sources,
                             struct made_referential *made);

#endif
