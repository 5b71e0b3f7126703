/* Everything a text-worker is: a desk for each territory, and what texts are read with. */
#ifndef PASSERELLE_WORKERS_TEXT_READER_H
#define PASSERELLE_WORKERS_TEXT_READER_H

#include "config/config.h"

#include <event2/event.h>
#include <stdbool.h>

struct reader;

/* config must outlive it; on_count tells how many territories it serves. NULL, logged, on
 * failure. */
struct reader *reader_create(struct event_base *base, const struct config *config,
                             void (*on_count)(void *arg, unsigned count), void *arg);
/* Takes no further text; true once none is in hand. */
bool reader_stop(struct reader *reader);
void reader_free(struct reader *reader); /* NULL is fine */

#endif
