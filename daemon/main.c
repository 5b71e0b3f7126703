/* passerelled: takes events in, has them committed, answers queries, publishes the feed. */
#include "daemon/counters.h"
#include "daemon/daemon.h"
#include "daemon/feed.h"
#include "daemon/intake.h"
#include "daemon/query.h"
#include "daemon/upkeep.h"
#include "runtime/clock.h"
#include "runtime/file_map.h"
#include "runtime/log.h"
#include "runtime/service.h"

#include <errno.h>
#include <getopt.h>
#include <malloc.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

enum {
    TRIM_THRESHOLD = 4 << 20,
    EXIT_CONFIG = 78, /* EX_CONFIG of sysexits.h: restarting will not help */
    MESSAGE_MEMORY = 1 << 20,
    STOP_WITHIN_MS = 5000,
    STOP_LOOK_MS = 20,
};

struct process {
    struct daemon daemon;
    struct config config;
    struct service *service;
    struct metrics metrics;
    struct metrics_server *metrics_server;
    struct event *stop_timer;
    int64_t stop_by_ms;
    int lock;
};

static void usage(FILE *out)
{
    fprintf(out, "usage: passerelled [--config FILE] [--check-config | --print-config]\n"
                 "\n"
                 "  --config FILE    read this file; without it, the defaults hold\n"
                 "  --check-config   report every error of the configuration and exit\n"
                 "  --print-config   print the configuration in force and exit\n"
                 "  --version        print the version and exit\n");
}

/* -- running ----------------------------------------------------------------------------------- */

static void on_store(void *arg, bool up)
{
    struct process *process = arg;

    counters[COUNT_STORE_UP].value = up;
    if (process->daemon.intake == NULL)
        return;
    intake_store_changed(process->daemon.intake, up);
    if (up) {
        service_ready(process->service);
        service_status(process->service, "%u territories",
                       territories_count(process->daemon.territories));
    } else {
        service_status(process->service, "waiting for the store");
    }
}

static void on_stop_look(evutil_socket_t fd, short what, void *arg)
{
    struct process *process = arg;

    (void)fd, (void)what;
    if (intake_drain(process->daemon.intake) || clock_monotonic_ms() >= process->stop_by_ms)
        event_base_loopbreak(process->daemon.base);
}

/* What was taken in is answered first; a second signal does not wait. */
static void on_stop(void *arg, int signal)
{
    static const struct timeval look = {0, STOP_LOOK_MS * 1000};
    struct process *process = arg;

    if (process->daemon.stopping) {
        event_base_loopbreak(process->daemon.base);
        return;
    }
    log_notice("daemon.stopping", LOG_INT("signal", signal));
    service_stopping(process->service);
    process->daemon.stopping = true;
    process->stop_by_ms = clock_monotonic_ms() + STOP_WITHIN_MS;
    event_add(process->stop_timer, &look);
    on_stop_look(-1, 0, process);
}

static void on_scrape(void *arg)
{
    struct process *process = arg;

    counters[COUNT_COMMITS_PENDING].value = (int64_t)batches_pending(process->daemon.batches);
}

/* -- starting ---------------------------------------------------------------------------------- */

/* The socket directory is the only guard of the sockets until clients have keys: ours, and 0700. */
static bool directory_prepare(const char *path)
{
    struct stat status;

    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        log_error("daemon.directory_failed", LOG_TEXT("path", path),
                  LOG_TEXT("reason", strerror(errno)));
        return false;
    }
    if (lstat(path, &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != geteuid() ||
        chmod(path, 0700) != 0) {
        log_error("daemon.directory_unsafe", LOG_TEXT("path", path),
                  LOG_TEXT("expected", "a directory of this user, mode 0700"));
        return false;
    }
    return true;
}

static bool lock_take(struct process *process)
{
    char path[CONFIG_TEXT_SIZE + 24];
    pid_t holder = 0;

    snprintf(path, sizeof path, "%s/passerelled.lock", process->config.daemon_state_directory);
    process->lock = file_lock(path, &holder);
    if (process->lock >= 0)
        return true;
    if (errno == EWOULDBLOCK)
        log_error("daemon.already_running", LOG_TEXT("lock", path), LOG_INT("pid", holder));
    else
        log_error("daemon.lock_failed", LOG_TEXT("lock", path),
                  LOG_TEXT("reason", strerror(errno)));
    return false;
}

static bool key_load(struct process *process)
{
    char path[CONFIG_TEXT_SIZE];
    const char *reason = "";

    config_key_file(&process->config, path);
    process->daemon.key = seal_key_load(path, &reason);
    if (process->daemon.key == NULL)
        log_error("daemon.key_unusable", LOG_TEXT("path", path), LOG_TEXT("reason", reason));
    return process->daemon.key != NULL;
}

static bool metrics_start(struct process *process)
{
    const char *address = process->config.daemon_metrics, *reason = "";

    process->metrics = (struct metrics){
        .entries = counters, .count = COUNT_END, .on_scrape = on_scrape, .arg = process};
    if (address[0] == '\0')
        return true;
    process->metrics_server =
        metrics_server_create(process->daemon.base, address, &process->metrics, &reason);
    if (process->metrics_server == NULL)
        log_error("metrics.bind_failed", LOG_TEXT("address", address), LOG_TEXT("reason", reason));
    return process->metrics_server != NULL;
}

static bool process_start(struct process *process)
{
    struct daemon *daemon = &process->daemon;
    const struct service_handlers handlers = {.on_stop = on_stop, .arg = process};
    char directory[CONFIG_TEXT_SIZE];

    daemon->config = &process->config;
    daemon->started_ms = clock_monotonic_ms();
    if (!clock_zone_set(process->config.daemon_day_zone)) {
        log_error("daemon.zone_unknown", LOG_TEXT("zone", process->config.daemon_day_zone));
        return false;
    }
    if (!directory_prepare(process->config.daemon_runtime_directory) || !lock_take(process) ||
        !key_load(process))
        return false;
    config_referential_directory(&process->config, directory);
    daemon->base = event_base_new();
    daemon->zmq = zmq_ctx_new();
    daemon->arena = arena_create(MESSAGE_MEMORY);
    daemon->territories = territories_create(directory);
    if (daemon->base == NULL || daemon->zmq == NULL || daemon->arena == NULL ||
        daemon->territories == NULL)
        return false;
    process->service = service_create(daemon->base, &handlers);
    process->stop_timer = event_new(daemon->base, -1, EV_PERSIST, on_stop_look, process);
    daemon->store =
        store_create(daemon->base, &process->config, daemon->territories, on_store, process);
    if (process->service == NULL || process->stop_timer == NULL || daemon->store == NULL)
        return false;
    daemon->batches = batches_create(daemon->base, daemon->store);
    if (daemon->batches == NULL)
        return false;
    daemon->intake = intake_create(daemon);
    daemon->queries = queries_create(daemon);
    daemon->feed = feed_create(daemon);
    daemon->upkeep = upkeep_create(daemon);
    return daemon->intake != NULL && daemon->queries != NULL && daemon->feed != NULL &&
           daemon->upkeep != NULL && metrics_start(process);
}

static void process_end(struct process *process)
{
    struct daemon *daemon = &process->daemon;

    metrics_server_free(process->metrics_server);
    /* First the store: what is in flight gets its last word while all it speaks to is there. */
    queries_stop(daemon->queries);
    store_free(daemon->store);
    batches_free(daemon->batches);
    upkeep_free(daemon->upkeep);
    feed_free(daemon->feed);
    queries_free(daemon->queries);
    intake_free(daemon->intake);
    if (process->stop_timer != NULL)
        event_free(process->stop_timer);
    service_free(process->service);
    territories_free(daemon->territories);
    arena_free(daemon->arena);
    if (daemon->zmq != NULL)
        zmq_ctx_term(daemon->zmq);
    if (daemon->base != NULL)
        event_base_free(daemon->base);
    seal_key_free(daemon->key);
    if (process->lock >= 0)
        close(process->lock);
    log_flush();
}

/* -- the command line -------------------------------------------------------------------------- */

static bool config_read(const char *path, struct config *config)
{
    struct config_errors errors;

    config_defaults(config);
    if (path == NULL || config_load(path, config, &errors))
        return true;
    for (unsigned i = 0; i < errors.count; i++)
        fprintf(stderr, "%s\n", errors.text[i]);
    if (errors.total > errors.count)
        fprintf(stderr, "and %u more\n", errors.total - errors.count);
    return false;
}

static int run(struct process *process)
{
    log_open("passerelled", (enum log_level)process->config.daemon_log_level);
    bool started = process_start(process);
    if (started) {
        log_notice("daemon.started", LOG_TEXT("version", PASSERELLE_VERSION),
                   LOG_TEXT("directory", process->config.daemon_runtime_directory));
        event_base_dispatch(process->daemon.base);
    }
    process_end(process);
    return started ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"check-config", no_argument, NULL, 'k'},
        {"print-config", no_argument, NULL, 'p'}, {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'v'},      {NULL, 0, NULL, 0}};
    static struct process process = {.lock = -1};
    const char *path = NULL;
    int option, action = 0;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'c':
            path = optarg;
            break;
        case 'h':
            usage(stdout);
            return EXIT_SUCCESS;
        case 'v':
            puts("passerelled " PASSERELLE_VERSION);
            return EXIT_SUCCESS;
        case '?':
            usage(stderr);
            return 2;
        default:
            action = option;
        }
    }
    /* A nonce for each sealed part: none of them is worth a system call. */
    randombytes_set_implementation(&randombytes_internal_implementation);
    /* What one turn of the loop frees, the next one wants again. */
    mallopt(M_TRIM_THRESHOLD, TRIM_THRESHOLD);
    if (optind < argc || sodium_init() < 0) {
        usage(stderr);
        return 2;
    }
    if (!config_read(path, &process.config))
        return EXIT_CONFIG;
    if (action == 'p')
        config_print(stdout, &process.config, false);
    return action != 0 ? EXIT_SUCCESS : run(&process);
}
