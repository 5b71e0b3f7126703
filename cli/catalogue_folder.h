/* Finds the files of a catalogue in its folder. */
#ifndef PASSERELLE_CLI_CATALOGUE_FOLDER_H
#define PASSERELLE_CLI_CATALOGUE_FOLDER_H

#include <stdbool.h>

enum { CATALOGUE_PATH_SIZE = 4096 };

/* The path of the newest table (.csv or .tsv, plain or gzip) whose name holds one of the stems
 * (with
 * '|' between them) behind '_' or at the start, and before a version or the extension. Of several
 * stems the first that is there. False when none is. */
bool catalogue_folder_find(const char *dir, const char *stems, char path[CATALOGUE_PATH_SIZE]);

#endif
