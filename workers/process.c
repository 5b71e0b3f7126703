#include "workers/process.h"

#include "runtime/clock.h"
#include "runtime/log.h"
#include "runtime/service.h"

#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    EXIT_CONFIG = 78, /* EX_CONFIG of sysexits.h: restarting will not help */
    STOP_WITHIN_MS = 3000,
    STOP_LOOK_MS = 20,
};

struct process {
    const struct worker_kind *kind;
    struct config config;
    struct event_base *base;
    struct service *service;
    void *worker;
    struct event *stop_timer;
    int64_t stop_by_ms;
};

static void on_count(void *arg, unsigned count)
{
    struct process *process = arg;

    service_status(process->service, "%u %s", count, process->kind->counted);
}

static void on_stop_look(evutil_socket_t fd, short what, void *arg)
{
    struct process *process = arg;

    (void)fd, (void)what;
    if (process->kind->stop(process->worker) || clock_monotonic_ms() >= process->stop_by_ms)
        event_base_loopbreak(process->base);
}

static void on_stop(void *arg, int signal)
{
    static const struct timeval look = {0, STOP_LOOK_MS * 1000};
    struct process *process = arg;

    if (process->stop_by_ms != 0) {
        event_base_loopbreak(process->base);
        return;
    }
    log_notice("worker.stopping", LOG_INT("signal", signal));
    service_stopping(process->service);
    process->stop_by_ms = clock_monotonic_ms() + STOP_WITHIN_MS;
    event_add(process->stop_timer, &look);
    on_stop_look(-1, 0, process);
}

static int run(struct process *process)
{
    const struct service_handlers handlers = {.on_stop = on_stop, .arg = process};

    log_open(process->kind->program, (enum log_level)process->config.daemon_log_level);
    process->base = event_base_new();
    if (process->base == NULL)
        return EXIT_FAILURE;
    process->service = service_create(process->base, &handlers);
    process->stop_timer = event_new(process->base, -1, EV_PERSIST, on_stop_look, process);
    if (process->service != NULL && process->stop_timer != NULL)
        process->worker = process->kind->create(process->base, &process->config, on_count, process);
    bool started = process->worker != NULL;
    if (started) {
        service_ready(process->service);
        event_base_dispatch(process->base);
    }
    process->kind->free(process->worker);
    if (process->stop_timer != NULL)
        event_free(process->stop_timer);
    service_free(process->service);
    event_base_free(process->base);
    log_flush();
    return started ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool config_read(const char *path, struct config *config)
{
    struct config_errors errors;

    config_defaults(config);
    if (path == NULL || config_load(path, config, &errors))
        return true;
    for (unsigned i = 0; i < errors.count; i++)
        fprintf(stderr, "%s\n", errors.text[i]);
    return false;
}

int worker_process_run(const struct worker_kind *kind, int argc, char **argv)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"help", no_argument, NULL, 'h'},
                                            {"version", no_argument, NULL, 'v'},
                                            {NULL, 0, NULL, 0}};
    static const char usage[] = "usage: %s [--config FILE]\n";
    static struct process process;
    const char *path = NULL;
    int option;

    process.kind = kind;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'c':
            path = optarg;
            break;
        case 'h':
            printf(usage, kind->program);
            return EXIT_SUCCESS;
        case 'v':
            printf("%s %s\n", kind->program, PASSERELLE_VERSION);
            return EXIT_SUCCESS;
        default:
            fprintf(stderr, usage, kind->program);
            return 2;
        }
    }
    if (optind < argc || sodium_init() < 0) {
        fprintf(stderr, usage, kind->program);
        return 2;
    }
    return config_read(path, &process.config) ? run(&process) : EXIT_CONFIG;
}
