/* Reads the official files of ROME 4.0 (France Travail, "unix_referentiel_competence_v460_utf8.csv"
 * and so on, plain or gzip) into a referential being built.
 *
 * Skills and knowledge become skills "rome:<code_ogr>", with the macro-skill they belong to as the
 * broader one; occupations become roles by their code, with their job titles as aliases, the skills
 * of their cohesion as theirs, and the occupations one can move to as near ones. Their short
 * titles, definitions and ways in are kept as texts. */
#ifndef PASSERELLE_CLI_IMPORT_ROME_H
#define PASSERELLE_CLI_IMPORT_ROME_H

#include "../matching/referential.h"
#include "../matching/referential_build.h"
#include "catalogue_file.h"

/* dir holds the files; of several versions the newest is read. False after a problem: the build is
 * then incomplete. */
bool import_rome(const char *dir, struct referential_build *build, struct import_problems *problems,
                 const struct import_progress *progress);

/* Whether any of its skills came from there. */
bool rome_is_part_of(const struct referential *referential);

#endif
