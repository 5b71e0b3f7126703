/* Builds a referential or a list of communes from catalogues, puts the file where the daemon finds
 * it, and has the territory adopt it. */
#ifndef PASSERELLE_CLI_IMPORT_CATALOGUE_H
#define PASSERELLE_CLI_IMPORT_CATALOGUE_H

#include "command.h"
#include "referential_make.h"

/* Where ROME is in force, a referential without it is refused unless without_rome says that it may
 * go. The communes in force stay; where there are none, the project's own few are taken. */
enum ending import_referential_run(struct context *context,
                                   const struct referential_sources *sources, bool without_rome);
/* Communes from files; the referential in force stays, or the project's own is built. Afterwards
 * places of offers and learners that could not be resolved are tried again. */
enum ending import_communes_run(struct context *context, const char *const *files, unsigned count);

#endif
