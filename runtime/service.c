#include "service.h"

#include "log.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

static const int signals[] = {SIGTERM, SIGINT, SIGHUP};
enum { SIGNALS = sizeof signals / sizeof signals[0] };

struct service {
    struct service_handlers handlers;
    struct event *signals[SIGNALS];
    struct event *watchdog; /* NULL: nobody watches */
};

/* As sd_notify(), which would wait for as long as the manager does not read, and we with it.
 * Returns 0 or an errno. */
static int notify_send(const char *path, const char *state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path), size = strlen(state);
    if ((path[0] != '/' && path[0] != '@') || length >= sizeof address.sun_path)
        return EINVAL;
    memcpy(address.sun_path, path, length);
    if (path[0] == '@') /* an abstract name */
        address.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return errno;
    socklen_t address_size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    ssize_t sent = sendto(fd, state, size, MSG_DONTWAIT | MSG_NOSIGNAL,
                          (const struct sockaddr *)&address, address_size);
    int result = sent < 0 ? errno : 0;
    close(fd);
    return result;
}

static void notify(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    int result = path != NULL ? notify_send(path, state) : 0;
    if (result != 0)
        log_warning("service.notify_failed", LOG_TEXT("state", state), LOG_INT("errno", result));
}

static void on_signal(evutil_socket_t number, short what, void *arg)
{
    (void)what;
    struct service *service = arg;
    if (number != SIGHUP)
        service->handlers.on_stop(service->handlers.arg, (int)number);
    else if (service->handlers.on_reload)
        service->handlers.on_reload(service->handlers.arg);
}

static void on_watchdog(evutil_socket_t fd, short what, void *arg)
{
    (void)fd;
    (void)what;
    (void)arg;
    notify("WATCHDOG=1");
}

/* True also when nobody watches. */
static bool watchdog_start(struct service *service, struct event_base *base)
{
    uint64_t period_us = 0;
    if (sd_watchdog_enabled(0, &period_us) <= 0)
        return true;
    uint64_t half_us = period_us / 2 > 0 ? period_us / 2 : 1;
    struct timeval half = {.tv_sec = (time_t)(half_us / 1000000),
                           .tv_usec = (suseconds_t)(half_us % 1000000)};
    service->watchdog = event_new(base, -1, EV_PERSIST, on_watchdog, service);
    return service->watchdog && event_add(service->watchdog, &half) == 0;
}

struct service *service_create(struct event_base *base, const struct service_handlers *handlers)
{
    struct service *service = calloc(1, sizeof *service);
    if (!service)
        return NULL;
    service->handlers = *handlers;
    signal(SIGPIPE, SIG_IGN);
    bool complete = watchdog_start(service, base);
    for (size_t i = 0; i < SIGNALS; i++) {
        service->signals[i] = evsignal_new(base, signals[i], on_signal, service);
        complete =
            complete && service->signals[i] != NULL && event_add(service->signals[i], NULL) == 0;
    }
    if (!complete) {
        service_free(service);
        return NULL;
    }
    return service;
}

void service_free(struct service *service)
{
    if (!service)
        return;
    for (size_t i = 0; i < SIGNALS; i++)
        if (service->signals[i])
            event_free(service->signals[i]);
    if (service->watchdog)
        event_free(service->watchdog);
    free(service);
}

void service_ready(struct service *service)
{
    (void)service;
    notify("READY=1");
}

void service_reloading(struct service *service)
{
    (void)service;
    notify("RELOADING=1");
}

void service_stopping(struct service *service)
{
    (void)service;
    notify("STOPPING=1");
}

void service_status(struct service *service, const char *format, ...)
{
    (void)service;
    char state[256] = "STATUS=";
    const size_t start = 7;
    va_list args;
    va_start(args, format);
    vsnprintf(state + start, sizeof state - start, format, args);
    va_end(args);
    for (char *c = state + start; *c; c++)
        if (*c == '\n') /* would start another assignment */
            *c = ' ';
    notify(state);
}

void service_child_detach(void)
{
    static const char *const names[] = {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unsetenv(names[i]);
    for (size_t i = 0; i < SIGNALS; i++)
        signal(signals[i], SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
}
