/* Imports offers that are free text: mails, text files, PDFs; each becomes a draft. */
#ifndef PASSERELLE_CLI_IMPORT_FREE_TEXTS_H
#define PASSERELLE_CLI_IMPORT_FREE_TEXTS_H

#include "import_run.h"

/* A file, or a folder whose files are taken in the order of their names. False after having said on
 * err why nothing can be read. */
bool import_free_texts(struct import_run *run, const char *path);

#endif
