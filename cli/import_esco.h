/* Reads the official files of ESCO (European Commission; the CSV download in French and English,
 * plain or gzip) into a referential being built, and the mapping of its occupations to ROME's job
 * titles that France's public employment service made.
 *
 * Skills become skills "esco:<last part of the address>", with their other labels as aliases, their
 * broader skills and related ones. Occupations are kept with their skills when the mapping leads
 * from them to a role. */
#ifndef PASSERELLE_CLI_IMPORT_ESCO_H
#define PASSERELLE_CLI_IMPORT_ESCO_H

#include "../matching/referential_build.h"
#include "catalogue_file.h"

#define ESCO_PREFIX "esco:"
enum { ESCO_ID_SIZE = 64 };
/* "http://data.europa.eu/esco/<kind>/<name>" → "esco:<name>"; false for anything else. */
bool esco_id(const char *address, const char *kind, char id[ESCO_ID_SIZE]);

/* dir holds the files: skills_fr, occupations_fr and the occupations' skills at least. False after
 * a problem: the build is then incomplete. */
bool import_esco(const char *dir, struct referential_build *build, struct import_problems *problems,
                 const struct import_progress *progress);

/* file: columns esco_occupation_uri, rome_appellation_ogr, relation; rome is the folder of ROME's
 * files, which tells whose titles these are. Titles that it does not know are passed over. */
bool import_mapping(const char *file, const char *rome, struct referential_build *build,
                    struct import_problems *problems, const struct import_progress *progress);

#endif
