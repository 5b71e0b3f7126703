/* Inside of the column maps. */
#ifndef PASSERELLE_CLI_IMPORT_MAP_PARSE_H
#define PASSERELLE_CLI_IMPORT_MAP_PARSE_H

#include "import_map.h"

/* Clears errors and says that a file cannot be read, from errno. */
void map_error_open(struct map_errors *errors, const char *path);

#endif
