/* A link's own copy of its options. Only redis_link.c uses this. */
#ifndef PASSERELLE_RUNTIME_REDIS_OPTIONS_H
#define PASSERELLE_RUNTIME_REDIS_OPTIONS_H

#include "redis_link.h"

/* Copies the texts and puts the defaults in; empty texts become NULL. False when out of memory or
 * the address is no address; to is to be cleared in any case. */
bool redis_options_copy(struct redis_link_options *to, const struct redis_link_options *from);
void redis_options_clear(struct redis_link_options *options); /* wipes the texts */

#endif
