/* Reads the project's own catalogue, skills.csv and roles.csv (config/referential/README.md), into
 * a referential being built. */
#ifndef PASSERELLE_CLI_IMPORT_STARTER_H
#define PASSERELLE_CLI_IMPORT_STARTER_H

#include "../matching/referential_build.h"
#include "catalogue_file.h"

/* dir holds the files. Links must lead to skills and roles of the files; those that mean the same
 * as an item of another catalogue ("rome:100341") need not. False after a problem: the build is
 * then incomplete. */
bool import_starter(const char *dir, struct referential_build *build,
                    struct import_problems *problems, const struct import_progress *progress);

#endif
