/* Why a pair fits or not, in plain words. */
#ifndef PASSERELLE_CLI_REASON_WORDS_H
#define PASSERELLE_CLI_REASON_WORDS_H

#include "../matching/score.h"
#include "terminal.h"

#include <msgpack.h>

/* How a reason counts: what fits is COLOUR_GOOD, in part COLOUR_POOR, missing or barred
 * COLOUR_BAD, the rest COLOUR_FAINT. */
enum colour reason_colour(const msgpack_object *reason);
/* One line; malloc'ed, NULL without memory. */
char *reason_in_words(const msgpack_object *reason);
/* A demand of an offer: the constraint, and which licence, authorisation or language (the value of
 * its gap), 0 for all of it. malloc'ed, NULL without memory. */
char *demand_in_words(enum constraint constraint, int item);

#endif
