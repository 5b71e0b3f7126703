/* References for rows that have none, and keys by which rows of a file are recognised again. */
#ifndef PASSERELLE_CLI_IMPORT_REFERENCE_H
#define PASSERELLE_CLI_IMPORT_REFERENCE_H

#include "table_reader.h"

/* 64 bits of a hash of source and reference. */
uint64_t reference_key(struct text source, struct text reference);
/* The same of a person's names and birth date; of the record's own name for other kinds. 0 when
 * there is no name. */
uint64_t identity_key(uint8_t kind, const void *record);

enum { MADE_REFERENCE_SIZE = 4 + 16 + 1 };
/* "row-" and a hash in letters: of the names and birth date of a learner or the name and SIRET of
 * an employer, otherwise of all cells of the row. */
void reference_make(uint8_t kind, const void *record, const struct table_row *row,
                    char reference[MADE_REFERENCE_SIZE]);

/* A name for the source of a file's records, from the file's: "offres_2026-11.csv" makes "offres".
 */
enum { SOURCE_NAME_SIZE = 41 };
void source_of_path(const char *path, char source[SOURCE_NAME_SIZE]);

#endif
