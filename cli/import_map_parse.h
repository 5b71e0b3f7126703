/* Inside of the column maps. */
#ifndef PASSERELLE_CLI_IMPORT_MAP_PARSE_H
#define PASSERELLE_CLI_IMPORT_MAP_PARSE_H

#include "import_map.h"

/* Bytes of a header in a map; a longer one is cut when it is printed. */
enum { HEADER_MAX = 4096 };

/* Clears errors and says that a file cannot be read, from errno. */
void map_error_open(struct map_errors *errors, const char *path);

#endif
