/* Why a pair fits or not, in plain words. */
#ifndef PASSERELLE_CLI_REASON_WORDS_H
#define PASSERELLE_CLI_REASON_WORDS_H

#include "terminal.h"

#include <msgpack.h>

/* How a reason counts: what fits is COLOUR_GOOD, in part COLOUR_POOR, missing or barred
 * COLOUR_BAD, the rest COLOUR_FAINT. */
enum colour reason_colour(const msgpack_object *reason);
/* One line; malloc'ed, NULL without memory. */
char *reason_in_words(const msgpack_object *reason);

#endif
