/* `offer confirm`: a draft becomes an offer. */
#ifndef PASSERELLE_CLI_OFFER_CONFIRM_H
#define PASSERELLE_CLI_OFFER_CONFIRM_H

#include "command.h"

/* word names the offer. Without corrections it is taken as it was understood; with them (the path
 * of a JSON object, "-" for the standard input) fields of that object replace what was understood,
 * and null takes one out. revision: refused unless the offer is at it; -1: any. */
enum ending offer_confirm(struct context *context, const char *word, const char *corrections,
                          int64_t revision);

#endif
