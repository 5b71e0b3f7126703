/* Tries again the places that could not be resolved, after new communes have been adopted. */
#ifndef PASSERELLE_CLI_IMPORT_PLACES_H
#define PASSERELLE_CLI_IMPORT_PLACES_H

#include "command.h"

/* Sends offers and learners whose place has no coordinates once more, as they are stored: the
 * commune they name is known now, or not. Tells how many were resolved. */
enum ending import_places_retry(struct context *context);

#endif
