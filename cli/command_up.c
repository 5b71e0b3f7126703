#include "../runtime/clock.h"
#include "../runtime/file_map.h"
#include "../runtime/service.h"
#include "arguments.h"
#include "commands.h"
#include "data_directory.h"
#include "supervisor.h"
#include "up_state.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORKERS_DEFAULT = 2, WORKERS_MAX = 16, STOP_WITHIN_MS = 60000, LOOK_EVERY_MS = 50 };

static enum ending up_run(struct context *context);

static const struct command_option options[] = {
    {"no-demo", TEXT_NONE, TEXT_UP_NO_DEMO_HELP, NULL},
    {"detach", TEXT_NONE, TEXT_UP_DETACH_HELP, NULL},
    {"stop", TEXT_NONE, TEXT_UP_STOP_HELP, NULL},
    {"workers", TEXT_VALUE_NUMBER, TEXT_UP_WORKERS_HELP, NULL},
};

const struct command command_up = {
    .name = "up",
    .group = TEXT_GROUP_SETTING_UP,
    .summary = TEXT_UP_SUMMARY,
    .details = TEXT_UP_DETAILS,
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = up_run,
};

enum { DEMO_FILES_MAX = 8, PROGRAM_SIZE = PATH_MAX };

struct up {
    struct context *context;
    struct up_state state;
    struct event_base *base;
    struct supervisor *supervisor;
    struct service *service;
    int64_t workers;
    bool demo, stop_asked, failed, announced;
    unsigned step;
    const char *option, *value; /* what names this state in the commands that are proposed */
    int ready_pipe;             /* -1 unless detached: where the waiting parent is told */
    char self[PROGRAM_SIZE], daemon[PROGRAM_SIZE], match[PROGRAM_SIZE], text[PROGRAM_SIZE];
    char demo_files[DEMO_FILES_MAX][PROGRAM_SIZE];
    unsigned demo_count;
    char worker_names[WORKERS_MAX][24];
};

/* -- where programs and data are --------------------------------------------------------------- */

/* Beside this program, or in the sbin of the same prefix. */
static bool find_program(const char *self, const char *name, char out[PROGRAM_SIZE])
{
    char copy[PROGRAM_SIZE];

    snprintf(copy, sizeof copy, "%s", self);
    const char *directory = dirname(copy);
    snprintf(out, PROGRAM_SIZE, "%.3000s/%s", directory, name);
    if (access(out, X_OK) == 0)
        return true;
    snprintf(out, PROGRAM_SIZE, "%.3000s/../sbin/%s", directory, name);
    return access(out, X_OK) == 0;
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

static int is_demo_file(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot != NULL && strcmp(dot, ".jsonl") == 0;
}

/* False, said, when there are more files than are loaded. */
static bool find_demo(struct up *up)
{
    char directory[PROGRAM_SIZE / 2];
    struct dirent **entries = NULL;

    snprintf(directory, sizeof directory, "%s/demo", data_directory());
    int count = scandir(directory, &entries, is_demo_file, by_name);
    for (int i = 0; i < count; i++) {
        if (up->demo_count < DEMO_FILES_MAX)
            snprintf(up->demo_files[up->demo_count++], PROGRAM_SIZE, "%s/%s", directory,
                     entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    if (count > DEMO_FILES_MAX)
        say(up->context->err, UP_TOO_MANY_FILES, directory, count, (int)DEMO_FILES_MAX);
    return count <= DEMO_FILES_MAX;
}

/* -- the first load ---------------------------------------------------------------------------- */

static void next_step(struct up *up);

/* Lets the parent that waits end with this. */
static void tell(struct up *up, enum ending ending)
{
    char digit = (char)('0' + (int)ending);

    if (up->ready_pipe < 0)
        return;
    if (write(up->ready_pipe, &digit, 1) != 1)
        up->failed = true;
    close(up->ready_pipe);
    up->ready_pipe = -1;
}

static void announce(struct up *up)
{
    FILE *out = up->context->out;
    const char *program = up->context->program;
    const struct up_state *state = &up->state;

    up->announced = true;
    say(out, UP_READY);
    say(out, UP_PLACES, state->root, state->run, state->run, state->run, state->run, state->log);
    say(out, UP_TRY, program, up->option, up->value, program, up->option, up->value);
    if (up->ready_pipe < 0) {
        say(out, UP_CTRL_C);
        fflush(out);
        return;
    }
    say(out, UP_BACKGROUND, program, up->option, up->value);
    fflush(out);
    char path[UP_PATH_SIZE + 16];
    snprintf(path, sizeof path, "%.500s/up.log", state->log);
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    if (log > STDERR_FILENO)
        close(log);
    tell(up, up->failed ? END_PARTIAL : END_OK);
}

static void on_step(void *arg, int status)
{
    struct up *up = arg;

    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        up->step++;
        next_step(up);
        return;
    }
    say(up->context->err, UP_STEP_FAILED, up->state.log);
    up->failed = true;
    announce(up);
}

/* Runs this program with these words; on_done gets the status of waitpid. */
static void run_words(struct up *up, const char *const *words, unsigned count,
                      void (*on_done)(void *arg, int status))
{
    struct supervised item = {.name = "load",
                              .argv = {up->self, words[0], "--state", up->state.root}};
    bool fits = true;

    for (unsigned i = 1; i < count && fits; i++)
        fits = supervised_add(&item, words[i]);
    if (!fits)
        say(up->context->err, UP_TOO_MANY_ARGUMENTS, words[0]);
    if (!fits || !supervisor_run(up->supervisor, &item, on_done, up))
        on_done(up, 1 << 8);
}

static void run_step(struct up *up, const char *const *words, unsigned count)
{
    run_words(up, words, count, on_step);
}

/* What a first start does once all runs; each step can be repeated. */
static void next_step(struct up *up)
{
    const char *territory = up->context->territory;
    const char *submit[DEMO_FILES_MAX + 4] = {"submit", "--territory", territory, "--stable-ids"};
    FILE *out = up->context->out;

    switch (up->step) {
    case 0:
        say(out, UP_LOADING_REFERENTIAL);
        run_step(up,
                 (const char *const[]){"territory", "create", territory, "--label",
                                       up->demo ? "Démonstration" : territory},
                 5);
        break;
    case 1:
        run_step(up, (const char *const[]){"import", "referential", "--territory", territory}, 4);
        break;
    case 2:
        if (!up->demo) {
            up->step++;
            next_step(up);
            return;
        }
        say(out, UP_LOADING_DEMO);
        for (unsigned i = 0; i < up->demo_count; i++)
            submit[4 + i] = up->demo_files[i];
        run_step(up, submit, 4 + up->demo_count);
        break;
    case 3:
        if (up->workers > 0) {
            say(out, UP_LOADING_MATCHES);
            run_step(up, (const char *const[]){"verify", "--territory", territory}, 3);
            break;
        }
        up->step++;
        /* fall through */
    default:
        if (!file_write_atomic(up->state.loaded, "", 0, 0600))
            up->failed = true;
        announce(up);
    }
    fflush(out);
}

/* A state made before: whether all that it holds can be used. */
static void on_looked(void *arg, int status)
{
    struct up *up = arg;

    if (!WIFEXITED(status) || WEXITSTATUS(status) != END_OK)
        say(up->context->err, UP_LOOK_AT_STATUS, up->context->program, up->option, up->value);
    announce(up);
}

/* -- events ------------------------------------------------------------------------------------ */

static void on_ready(void *arg)
{
    struct up *up = arg;

    if (access(up->state.loaded, F_OK) == 0)
        run_words(up, (const char *const[]){"status"}, 1, on_looked);
    else
        next_step(up);
}

static void on_restart(void *arg, const char *name, int status)
{
    struct up *up = arg;

    (void)status;
    say(up->context->err, UP_RESTARTED, name, up->state.log, name);
}

static void on_failed(void *arg, const char *name)
{
    struct up *up = arg;

    say(up->context->err, UP_FAILED, name, up->state.log, name);
    up->failed = true;
    if (!up->announced)
        supervisor_stop(up->supervisor);
}

static void on_stopped(void *arg)
{
    struct up *up = arg;

    event_base_loopbreak(up->base);
}

static void on_stop(void *arg, int signal)
{
    struct up *up = arg;

    (void)signal;
    if (!up->stop_asked)
        say(up->context->out, UP_STOPPING);
    fflush(up->context->out);
    up->stop_asked = true;
    supervisor_stop(up->supervisor);
}

/* -- starting ---------------------------------------------------------------------------------- */

static bool add_processes(struct up *up)
{
    const struct supervised redis = {"redis", {"/usr/bin/redis-server", up->state.redis_conf}};
    const struct supervised daemon = {"passerelled",
                                      {up->daemon, "--config", up->state.daemon_conf}};
    const struct supervised text = {"text", {up->text, "--config", up->state.text_conf}};
    bool good = supervisor_add(up->supervisor, &redis) && supervisor_add(up->supervisor, &daemon) &&
                supervisor_add(up->supervisor, &text);

    for (int64_t i = 0; i < up->workers && good; i++) {
        snprintf(up->worker_names[i], sizeof up->worker_names[i], "match-%d", (int)i + 1);
        const struct supervised worker = {up->worker_names[i],
                                          {up->match, "--config", up->state.match_conf}};
        good = supervisor_add(up->supervisor, &worker);
    }
    return good;
}

static enum ending supervise(struct up *up)
{
    const struct supervisor_handlers handlers = {on_ready, on_restart, on_failed, on_stopped, up};
    const struct service_handlers signals = {.on_stop = on_stop, .arg = up};
    char notify[UP_PATH_SIZE + 16];

    snprintf(notify, sizeof notify, "%.500s/notify.sock", up->state.run);
    up->base = event_base_new();
    if (up->base != NULL) {
        up->service = service_create(up->base, &signals);
        up->supervisor = supervisor_create(up->base, up->state.log, notify, &handlers);
    }
    if (up->service == NULL || up->supervisor == NULL || !add_processes(up)) {
        say(up->context->err, UP_BAD_STATE, up->state.run, strerror(errno));
        up->failed = true;
    } else {
        say(up->context->out, UP_STARTING, (int)up->workers);
        fflush(up->context->out);
        supervisor_start(up->supervisor);
        event_base_dispatch(up->base);
        say(up->context->out, UP_STOPPED, up->state.root);
    }
    supervisor_free(up->supervisor);
    service_free(up->service);
    if (up->base != NULL)
        event_base_free(up->base);
    return up->failed ? END_AWAY : END_OK;
}

/* -- stopping ---------------------------------------------------------------------------------- */

static enum ending stop(struct up *up)
{
    static const struct timespec pause = {0, LOOK_EVERY_MS * 1000000L};
    int64_t deadline = clock_monotonic_ms() + STOP_WITHIN_MS;
    pid_t holder = 0;

    int lock = file_lock(up->state.lock, &holder);
    if (lock >= 0 || errno != EWOULDBLOCK || holder <= 0) {
        say(up->context->err, UP_NOT_RUNNING, up->state.root);
        return END_OK;
    }
    kill(holder, SIGTERM);
    while ((lock = file_lock(up->state.lock, &holder)) < 0) {
        if (clock_monotonic_ms() >= deadline) {
            say(up->context->err, UP_NOT_STOPPED, (int)holder);
            return END_AWAY;
        }
        nanosleep(&pause, NULL);
    }
    say(up->context->out, UP_STOPPED, up->state.root);
    return END_OK;
}

static enum ending start(struct up *up)
{
    struct context *context = up->context;
    const char *culprit = "";
    pid_t holder = 0;

    if (!up_state_create(&up->state)) {
        say(context->err, UP_BAD_STATE, up->state.root, strerror(errno));
        return END_AWAY;
    }
    if (file_lock(up->state.lock, &holder) < 0) {
        if (errno == EWOULDBLOCK)
            say(context->err, UP_RUNNING_ALREADY, up->state.root, (int)holder, context->program,
                up->option, up->value);
        else
            say(context->err, UP_BAD_STATE, up->state.lock, strerror(errno));
        return END_REJECTED;
    }
    if (!up_state_prepare(&up->state, &culprit)) {
        say(context->err, UP_BAD_STATE, culprit, strerror(errno));
        return END_AWAY;
    }
    return supervise(up);
}

/* The parent waits until the child says how it went. */
static enum ending start_detached(struct up *up)
{
    int ends[2];
    char told = 0;

    if (pipe(ends) != 0)
        return END_AWAY;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        setsid();
        up->ready_pipe = ends[1];
        fcntl(ends[1], F_SETFD, FD_CLOEXEC);
        tell(up, start(up));
        exit(0);
    }
    close(ends[1]);
    while (pid > 0 && read(ends[0], &told, 1) < 0 && errno == EINTR)
        continue;
    close(ends[0]);
    if (told == 0)
        say(up->context->err, UP_DIED, up->state.log);
    return told == 0 ? END_AWAY : (enum ending)(told - '0');
}

static enum ending up_run(struct context *context)
{
    static struct up up;
    const char *directory = context->state != NULL ? context->state : "state";

    up.context = context;
    up.ready_pipe = -1;
    up.demo = !arguments_has(context->arguments, "no-demo");
    if (!arguments_number(context->arguments, "workers", 0, WORKERS_MAX, WORKERS_DEFAULT,
                          &up.workers))
        return context_usage(context, TEXT_WRONG_NUMBER, "--workers");
    if (!up_state_locate(&up.state, directory)) {
        say(context->err, UP_BAD_STATE, directory, strerror(errno));
        return END_USAGE;
    }
    /* Without --state, the environment or the root's wrapper names it for them too. */
    bool named = arguments_value(context->arguments, "state") != NULL;
    up.option = named ? " --state " : "";
    up.value = named ? up.state.root : "";
    if (arguments_has(context->arguments, "stop"))
        return stop(&up);
    ssize_t size = readlink("/proc/self/exe", up.self, sizeof up.self - 1);
    if (size < 0 || !find_program(up.self, "passerelled", up.daemon) ||
        !find_program(up.self, "passerelle-match", up.match) ||
        !find_program(up.self, "passerelle-text", up.text)) {
        say(context->err, UP_BAD_STATE, "passerelled", strerror(errno));
        return END_AWAY;
    }
    if (up.demo && !find_demo(&up))
        return END_REJECTED;
    return arguments_has(context->arguments, "detach") ? start_detached(&up) : start(&up);
}
