/* What the tests of runtime/ share: a directory of their own, a loop with a guard, a Redis. */
#ifndef PASSERELLE_TESTS_RUNTIME_SUPPORT_H
#define PASSERELLE_TESTS_RUNTIME_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <event2/event.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Past this, a test hangs: the alarm ends the program. Nothing passes or fails by time. */
enum { GUARD_S = 60 };

struct scene {
    char directory[64];
    struct event_base *base;
};

static inline void scene_open(struct scene *scene)
{
    strcpy(scene->directory, "/tmp/passerelle-test-XXXXXX");
    assert_non_null(mkdtemp(scene->directory));
    scene->base = event_base_new();
    assert_non_null(scene->base);
    signal(SIGPIPE, SIG_IGN);
    alarm(GUARD_S);
}

static inline void scene_path(const struct scene *scene, const char *name, char path[PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s/%s", scene->directory, name);
}

static inline void scene_close(struct scene *scene)
{
    char path[PATH_MAX];
    DIR *directory = opendir(scene->directory);
    const struct dirent *entry;
    while (directory && (entry = readdir(directory))) {
        scene_path(scene, entry->d_name, path);
        unlink(path);
    }
    if (directory)
        closedir(directory);
    rmdir(scene->directory);
    event_base_free(scene->base);
    alarm(0);
}

/* Turns the loop until the value is there. */
static inline void scene_run_until(struct scene *scene, const int *value, int wanted)
{
    while (*value < wanted)
        event_base_loop(scene->base, EVLOOP_ONCE);
}

/* A Redis of the test's own on redis.sock in its directory; NULL-terminated further arguments. */
static inline pid_t redis_start(const struct scene *scene, const char *const *more)
{
    char socket[PATH_MAX];
    scene_path(scene, "redis.sock", socket);
    const char *argv[32] = {"redis-server", "--port", "0",     "--unixsocket",   socket,
                            "--save",       "",       "--dir", scene->directory, NULL};
    for (size_t at = 9; more && *more && at < 31; at++)
        argv[at] = *more++;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        int null = open("/dev/null", O_RDWR);
        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execvp("redis-server", (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return pid;
}

/* Until it accepts connections. */
static inline void redis_wait(const struct scene *scene)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char path[PATH_MAX];
    scene_path(scene, "redis.sock", path);
    snprintf(address.sun_path, sizeof address.sun_path, "%.100s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    while (connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        sched_yield();
    close(fd);
}

static inline void redis_kill(pid_t pid)
{
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

#endif
