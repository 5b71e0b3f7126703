/* A process's place in the system: notifies its manager, keeps its watchdog, takes its signals. */
#ifndef PASSERELLE_RUNTIME_SERVICE_H
#define PASSERELLE_RUNTIME_SERVICE_H

#include <event2/event.h>

struct service;

struct service_handlers {
    void (*on_stop)(void *arg, int signal); /* SIGTERM or SIGINT; may be called again */
    void (*on_reload)(void *arg);           /* SIGHUP; NULL ignores it */
    void *arg;
};

/* Takes SIGTERM, SIGINT and SIGHUP in the loop, ignores SIGPIPE, and pings the watchdog at half of
 * WATCHDOG_USEC when there is one. NULL when out of memory. */
struct service *service_create(struct event_base *base, const struct service_handlers *handlers);
void service_free(struct service *service); /* NULL is fine */

/* Each may be called at any time, again, and without a manager listening. */
void service_ready(struct service *service);
void service_reloading(struct service *service); /* followed by service_ready */
void service_stopping(struct service *service);
void service_status(struct service *service, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* For a child between fork and exec: neither notifies nor pings in our name, and has the signals'
 * default actions again. */
void service_child_detach(void);

#endif
