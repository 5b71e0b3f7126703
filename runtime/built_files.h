/* The built referentials and lists of communes of a directory: opened by hash, mapped, shared, kept
 * open for good, since answers and profiles point into them. */
#ifndef PASSERELLE_RUNTIME_BUILT_FILES_H
#define PASSERELLE_RUNTIME_BUILT_FILES_H

#include "matching/communes.h"
#include "matching/referential.h"

struct built_files;

struct built_files *built_files_create(const char *directory); /* NULL when out of memory */
void built_files_free(struct built_files *files);              /* NULL is fine */

/* <hash>.referential and <hash>.communes. NULL and a static reason when the file is missing, bad,
 * or does not have that hash. */
const struct referential *built_files_referential(struct built_files *files, const char *hash,
                                                  const char **reason);
const struct communes *built_files_communes(struct built_files *files, const char *hash,
                                            const char **reason);

#endif
