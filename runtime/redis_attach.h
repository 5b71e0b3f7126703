/* Serves an asynchronous hiredis context from a libevent loop. Only redis_link.c uses this. */
#ifndef PASSERELLE_RUNTIME_REDIS_ATTACH_H
#define PASSERELLE_RUNTIME_REDIS_ATTACH_H

#include <event2/event.h>
#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stddef.h>

/* What one read of hiredis takes at most. */
enum { REDIS_READ_SIZE = 16384 };

/* Called ahead of each read with the bytes that wait (0: end of file). False: do not read. */
typedef bool redis_attach_fn(redisAsyncContext *context, size_t waiting);

/* False when out of memory. What it makes is freed with the context. */
bool redis_attach(struct event_base *base, redisAsyncContext *context,
                  redis_attach_fn *before_read);

#endif
