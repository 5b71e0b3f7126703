/* Proposes a column map and asks whether it is right. */
#ifndef PASSERELLE_CLI_IMPORT_PROPOSE_H
#define PASSERELLE_CLI_IMPORT_PROPOSE_H

#include "command.h"
#include "import_survey.h"

/* The map of a table that came without one; NULL, with *ending, when nothing is recognised, the
 * answer is no, or memory has run out. With yes nothing is asked. */
struct column_map *import_propose(struct context *context, uint8_t kind, const char *path,
                                  const struct survey *survey, bool yes, enum ending *ending);

/* Writes a map to a file; false after having said why not. */
bool import_map_keep(struct context *context, const struct column_map *map, const char *path);

#endif
