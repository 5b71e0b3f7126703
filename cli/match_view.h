/* One match on the screen: how well it fits, and why. */
#ifndef PASSERELLE_CLI_MATCH_VIEW_H
#define PASSERELLE_CLI_MATCH_VIEW_H

#include "command.h"

/* rank 0: none is shown. */
void match_print(const struct context *context, const msgpack_object *match, unsigned rank);

#endif
