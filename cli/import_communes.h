/* Reads communes from La Poste's official file of postcodes (Hexasmal; plain or gzip, UTF-8 or
 * Windows-1252) or from the project's own communes.csv into a file of communes being built. */
#ifndef PASSERELLE_CLI_IMPORT_COMMUNES_H
#define PASSERELLE_CLI_IMPORT_COMMUNES_H

#include "../matching/communes.h"
#include "catalogue_file.h"

/* False after a problem: the build is then incomplete. Several files can go into one build; the
 * first that names a commune decides how its name is written. */
bool import_communes(const char *path, struct communes_build *build,
                     struct import_problems *problems, const struct import_progress *progress);

#endif
