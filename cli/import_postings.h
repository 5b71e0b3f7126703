/* Imports offers as others publish them: pages of France Travail's API, JobPostings of schema.org.
 */
#ifndef PASSERELLE_CLI_IMPORT_POSTINGS_H
#define PASSERELLE_CLI_IMPORT_POSTINGS_H

#include "import_run.h"

/* False when the file holds none: it is then for another reader. */
bool import_postings(struct import_run *run, const char *path);

#endif
