/* The matches of a record, however many pages they come in. */
#ifndef PASSERELLE_CLI_MATCH_PAGES_H
#define PASSERELLE_CLI_MATCH_PAGES_H

#include "command.h"

/* Takes one match; it lasts until the function returns. False when out of memory. */
typedef bool match_take_fn(void *arg, const msgpack_object *match);

/* Asks for at most so many of a learner's or an offer's matches and gives them on, best first. */
enum ending matches_ask(struct context *context, uint64_t id, int64_t most, match_take_fn *take,
                        void *arg);

#endif
