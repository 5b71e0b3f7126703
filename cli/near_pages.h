/* Near-misses, asked for page by page; the server keeps no list of them. */
#ifndef PASSERELLE_CLI_NEAR_PAGES_H
#define PASSERELLE_CLI_NEAR_PAGES_H

#include "match_pages.h"

enum { NEAR_SHOWN_MAX = 32 };

/* Goes through all records of the other kind and gives the best near-misses of a learner or an
 * offer, best first, at most `most` (NEAR_SHOWN_MAX). */
enum ending near_ask(struct context *context, uint64_t id, unsigned most, match_take_fn *take,
                     void *arg);

#endif
