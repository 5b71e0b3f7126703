#include "supervisor.h"

#include "../runtime/clock.h"
#include "../runtime/service.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PAUSE_FIRST_MS = 100,
    PAUSE_MAX_MS = 5000,
    HEALTHY_MS = 10000, /* having run so long, a death is a new one */
    KILL_AFTER_MS = 10000,
    TICK_MS = 50,
    LOG_BYTES_MAX = 16 << 20,
    EXIT_CONFIG = 78, /* what our programs end with when a restart cannot help */
};

enum child_state { CHILD_WAITING, CHILD_STARTING, CHILD_READY, CHILD_PAUSED, CHILD_GONE };

struct child {
    struct supervised item;
    enum child_state state;
    pid_t pid;
    int64_t started_ms, due_ms; /* monotonic; due: next start, or SIGKILL */
    int pause_ms;
    bool killed;
};

struct supervisor {
    struct event_base *base;
    const char *log_directory;
    char notify_path[108];
    int notify;
    struct supervisor_handlers handlers;
    struct child children[SUPERVISED_MAX];
    unsigned count;
    struct child task; /* what supervisor_run started */
    void (*on_task)(void *arg, int status);
    void *task_arg;
    struct event *notified, *child_signal, *tick;
    bool started, all_ready, stopping, stopped;
};

/* -- arguments --------------------------------------------------------------------------------- */

/* How many arguments there are; SUPERVISED_ARGUMENTS_MAX when no NULL ends them. */
static unsigned argument_count(const struct supervised *item)
{
    unsigned count = 0;

    while (count < SUPERVISED_ARGUMENTS_MAX && item->argv[count] != NULL)
        count++;
    return count;
}

bool supervised_add(struct supervised *item, const char *argument)
{
    unsigned count = argument_count(item);

    if (count + 1 >= SUPERVISED_ARGUMENTS_MAX)
        return false;
    item->argv[count] = argument;
    item->argv[count + 1] = NULL;
    return true;
}

/* -- processes --------------------------------------------------------------------------------- */

/* A log that has grown large becomes <name>.log.1. */
static int log_file_open(const struct supervisor *supervisor, const char *name)
{
    char path[512], old[520];
    struct stat status;

    snprintf(path, sizeof path, "%s/%s.log", supervisor->log_directory, name);
    if (stat(path, &status) == 0 && status.st_size > LOG_BYTES_MAX) {
        snprintf(old, sizeof old, "%s.1", path);
        rename(path, old);
    }
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void run_child(const struct supervisor *supervisor, const struct supervised *item, int log,
                      pid_t parent)
{
    char *argv[SUPERVISED_ARGUMENTS_MAX] = {NULL};
    int null = open("/dev/null", O_RDONLY);

    service_child_detach();
    setenv("NOTIFY_SOCKET", supervisor->notify_path, 1);
    /* If the supervisor is killed, what it started must not live on unseen. */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(1);
    setpgid(0, 0); /* Ctrl-C reaches the supervisor alone, which stops the others in order */
    dup2(null, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    if (item->argv[0] == NULL)
        _exit(127);
    for (unsigned i = 0; i < argument_count(item); i++)
        argv[i] = strdup(item->argv[i]);
    execv(item->argv[0], argv);
    dprintf(STDERR_FILENO, "cannot run %s: %s\n", item->argv[0], strerror(errno));
    _exit(127);
}

static bool child_start(struct supervisor *supervisor, struct child *child)
{
    pid_t parent = getpid();
    int log = log_file_open(supervisor, child->item.name);

    child->pid = log >= 0 ? fork() : -1;
    if (child->pid == 0)
        run_child(supervisor, &child->item, log, parent);
    if (log >= 0)
        close(log);
    child->started_ms = clock_monotonic_ms();
    child->killed = false;
    child->state = CHILD_STARTING;
    return child->pid > 0;
}

/* The children in order: the next starts when the one before is ready. */
static void start_next(struct supervisor *supervisor)
{
    if (supervisor->stopping || !supervisor->started)
        return;
    for (unsigned i = 0; i < supervisor->count; i++) {
        struct child *child = &supervisor->children[i];
        if (child->state == CHILD_WAITING && !child_start(supervisor, child)) {
            child->state = CHILD_PAUSED;
            child->due_ms = clock_monotonic_ms() + PAUSE_MAX_MS;
        }
        if (child->state != CHILD_READY && !supervisor->all_ready)
            return;
    }
    if (!supervisor->all_ready) {
        supervisor->all_ready = true;
        supervisor->handlers.on_ready(supervisor->handlers.arg);
    }
}

static void stop_next(struct supervisor *supervisor)
{
    for (unsigned i = supervisor->count; i-- > 0;) {
        struct child *child = &supervisor->children[i];
        if (child->pid <= 0)
            continue;
        if (child->state != CHILD_GONE) {
            child->state = CHILD_GONE;
            child->due_ms = clock_monotonic_ms() + KILL_AFTER_MS;
            kill(child->pid, SIGTERM);
        }
        return; /* one at a time */
    }
    if (supervisor->task.pid > 0 || supervisor->stopped)
        return;
    supervisor->stopped = true;
    supervisor->handlers.on_stopped(supervisor->handlers.arg);
}

static void child_died(struct supervisor *supervisor, struct child *child, int status)
{
    int64_t now = clock_monotonic_ms();

    child->pid = 0;
    if (supervisor->stopping)
        return;
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_CONFIG) {
        child->state = CHILD_GONE;
        supervisor->handlers.on_failed(supervisor->handlers.arg, child->item.name);
        return;
    }
    supervisor->handlers.on_restart(supervisor->handlers.arg, child->item.name, status);
    if (child->pause_ms == 0 || now - child->started_ms >= HEALTHY_MS)
        child->pause_ms = PAUSE_FIRST_MS;
    else
        child->pause_ms = child->pause_ms * 2 < PAUSE_MAX_MS ? child->pause_ms * 2 : PAUSE_MAX_MS;
    child->state = CHILD_PAUSED;
    child->due_ms = now + child->pause_ms;
}

/* -- events ------------------------------------------------------------------------------------ */

static void on_child(evutil_socket_t fd, short what, void *arg)
{
    struct supervisor *supervisor = arg;
    int status;
    pid_t pid;

    (void)fd, (void)what;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == supervisor->task.pid) {
            supervisor->task.pid = 0;
            if (!supervisor->stopping)
                supervisor->on_task(supervisor->task_arg, status);
            continue;
        }
        for (unsigned i = 0; i < supervisor->count; i++)
            if (supervisor->children[i].pid == pid)
                child_died(supervisor, &supervisor->children[i], status);
    }
    if (supervisor->stopping)
        stop_next(supervisor);
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
    struct supervisor *supervisor = arg;
    int64_t now = clock_monotonic_ms();

    (void)fd, (void)what;
    for (unsigned i = 0; i < supervisor->count; i++) {
        struct child *child = &supervisor->children[i];
        if (child->state == CHILD_PAUSED && now >= child->due_ms && !supervisor->stopping)
            child->state = CHILD_WAITING;
        if (child->state == CHILD_GONE && child->pid > 0 && now >= child->due_ms &&
            !child->killed) {
            child->killed = true;
            kill(child->pid, SIGKILL);
        }
    }
    start_next(supervisor);
}

/* Who sent a notification; 0 when the kernel did not say. */
static pid_t sender_of(struct msghdr *message)
{
    struct ucred credentials;

    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL;
         part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_CREDENTIALS)
            continue;
        memcpy(&credentials, CMSG_DATA(part), sizeof credentials);
        return credentials.pid;
    }
    return 0;
}

static void on_notified(evutil_socket_t fd, short what, void *arg)
{
    struct supervisor *supervisor = arg;
    char text[1024], control[CMSG_SPACE(sizeof(struct ucred))];

    (void)what;
    for (;;) {
        struct iovec part = {text, sizeof text - 1};
        struct msghdr message = {.msg_iov = &part,
                                 .msg_iovlen = 1,
                                 .msg_control = control,
                                 .msg_controllen = sizeof control};
        ssize_t size = recvmsg(fd, &message, MSG_DONTWAIT);
        if (size < 0)
            break;
        text[size] = '\0';
        pid_t pid = sender_of(&message);
        for (unsigned i = 0; i < supervisor->count && pid > 0; i++)
            if (supervisor->children[i].pid == pid &&
                supervisor->children[i].state == CHILD_STARTING &&
                (strncmp(text, "READY=1", 7) == 0 || strstr(text, "\nREADY=1") != NULL))
                supervisor->children[i].state = CHILD_READY;
    }
    start_next(supervisor);
}

/* -- life -------------------------------------------------------------------------------------- */

static int notify_open(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int yes = 1, fd;

    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    unlink(path);
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

struct supervisor *supervisor_create(struct event_base *base, const char *log_directory,
                                     const char *notify_path,
                                     const struct supervisor_handlers *handlers)
{
    static const struct timeval tick = {0, TICK_MS * 1000};
    struct supervisor *supervisor = calloc(1, sizeof *supervisor);

    if (supervisor == NULL)
        return NULL;
    supervisor->base = base;
    supervisor->log_directory = log_directory;
    supervisor->handlers = *handlers;
    supervisor->notify = notify_open(notify_path);
    if (supervisor->notify < 0) {
        free(supervisor);
        return NULL;
    }
    snprintf(supervisor->notify_path, sizeof supervisor->notify_path, "%s", notify_path);
    supervisor->notified =
        event_new(base, supervisor->notify, EV_READ | EV_PERSIST, on_notified, supervisor);
    supervisor->child_signal = evsignal_new(base, SIGCHLD, on_child, supervisor);
    supervisor->tick = event_new(base, -1, EV_PERSIST, on_tick, supervisor);
    if (supervisor->notified == NULL || supervisor->child_signal == NULL ||
        supervisor->tick == NULL || event_add(supervisor->notified, NULL) != 0 ||
        event_add(supervisor->child_signal, NULL) != 0 || event_add(supervisor->tick, &tick) != 0) {
        supervisor_free(supervisor);
        return NULL;
    }
    return supervisor;
}

void supervisor_free(struct supervisor *supervisor)
{
    if (supervisor == NULL)
        return;
    for (unsigned i = supervisor->count; i-- > 0;)
        if (supervisor->children[i].pid > 0)
            kill(supervisor->children[i].pid, SIGKILL);
    if (supervisor->task.pid > 0)
        kill(supervisor->task.pid, SIGKILL);
    if (supervisor->notified != NULL)
        event_free(supervisor->notified);
    if (supervisor->child_signal != NULL)
        event_free(supervisor->child_signal);
    if (supervisor->tick != NULL)
        event_free(supervisor->tick);
    close(supervisor->notify);
    unlink(supervisor->notify_path);
    free(supervisor);
}

bool supervisor_add(struct supervisor *supervisor, const struct supervised *item)
{
    if (supervisor->count == SUPERVISED_MAX || argument_count(item) == SUPERVISED_ARGUMENTS_MAX)
        return false;
    supervisor->children[supervisor->count++].item = *item;
    return true;
}

void supervisor_start(struct supervisor *supervisor)
{
    supervisor->started = true;
    start_next(supervisor);
}

void supervisor_stop(struct supervisor *supervisor)
{
    supervisor->stopping = true;
    if (supervisor->task.pid > 0)
        kill(supervisor->task.pid, SIGTERM);
    stop_next(supervisor);
}

bool supervisor_run(struct supervisor *supervisor, const struct supervised *item,
                    void (*on_done)(void *arg, int status), void *arg)
{
    if (supervisor->task.pid > 0 || supervisor->stopping ||
        argument_count(item) == SUPERVISED_ARGUMENTS_MAX)
        return false;
    supervisor->task.item = *item;
    supervisor->on_task = on_done;
    supervisor->task_arg = arg;
    return child_start(supervisor, &supervisor->task);
}
