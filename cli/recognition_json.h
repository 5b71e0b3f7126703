/* What was recognised in a text, as JSON. */
#ifndef PASSERELLE_CLI_RECOGNITION_JSON_H
#define PASSERELLE_CLI_RECOGNITION_JSON_H

#include "../matching/recogniser.h"

#include <jansson.h>

/* Adds language, roles, skills, titles, constraints, flags and private to the answer; spans count
 * Unicode code points of the text. False when out of memory. */
bool recognition_in_json(json_t *answer, const struct recognition *recognition,
                         const struct referential *referential, const char *text,
                         enum recognised_text kind);

#endif
