#include "runtime_support.h"

#include "runtime/service.h"

#include <sys/socket.h>
#include <sys/un.h>

struct subject {
    struct scene scene;
    struct service *service;
    int manager; /* the socket a manager listens on */
    int stops;
    int last_signal;
    int reloads;
};

static void on_stop(void *arg, int signal)
{
    struct subject *subject = arg;
    subject->stops++;
    subject->last_signal = signal;
}

static void on_reload(void *arg)
{
    ((struct subject *)arg)->reloads++;
}

static void subject_open(struct subject *subject)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char path[PATH_MAX];
    *subject = (struct subject){0};
    scene_open(&subject->scene);
    scene_path(&subject->scene, "notify.sock", path);
    snprintf(address.sun_path, sizeof address.sun_path, "%.100s", path);
    subject->manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(subject->manager, (struct sockaddr *)&address, sizeof address), 0);
    setenv("NOTIFY_SOCKET", path, 1);
    const struct service_handlers handlers = {
        .on_stop = on_stop, .on_reload = on_reload, .arg = subject};
    subject->service = service_create(subject->scene.base, &handlers);
    assert_non_null(subject->service);
}

static void subject_close(struct subject *subject)
{
    service_free(subject->service);
    close(subject->manager);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    scene_close(&subject->scene);
}

/* The next notification; "" when there is none. */
static const char *notified(const struct subject *subject)
{
    static char text[512];
    ssize_t got = recv(subject->manager, text, sizeof text - 1, MSG_DONTWAIT);
    text[got > 0 ? got : 0] = '\0';
    return text;
}

static void notifications(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject);
    assert_string_equal(notified(&subject), "");
    service_ready(subject.service);
    assert_string_equal(notified(&subject), "READY=1");
    service_status(subject.service, "store %s\nREADY=0", "away");
    assert_string_equal(notified(&subject), "STATUS=store away READY=0");
    service_reloading(subject.service);
    assert_string_equal(notified(&subject), "RELOADING=1");
    service_stopping(subject.service);
    assert_string_equal(notified(&subject), "STOPPING=1");
    unsetenv("NOTIFY_SOCKET");
    service_ready(subject.service); /* nobody listens */
    subject_close(&subject);
}

/* It would hang here otherwise. */
static void a_manager_that_does_not_read_is_not_waited_for(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject);
    for (int i = 0; i < 1000; i++)
        service_status(subject.service, "%d", i);
    assert_string_equal(notified(&subject), "STATUS=0");
    subject_close(&subject);
}

static void watchdog_pings_from_the_loop(void **state)
{
    (void)state;
    struct subject subject;
    char pid[16];
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    setenv("WATCHDOG_USEC", "2000", 1);
    setenv("WATCHDOG_PID", pid, 1);
    subject_open(&subject);
    for (int i = 0; i < 2; i++) {
        event_base_loop(subject.scene.base, EVLOOP_ONCE);
        assert_string_equal(notified(&subject), "WATCHDOG=1");
    }
    subject_close(&subject);
}

static void signals_come_through_the_loop(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject);
    raise(SIGTERM);
    assert_int_equal(subject.stops, 0);
    scene_run_until(&subject.scene, &subject.stops, 1);
    assert_int_equal(subject.last_signal, SIGTERM);
    raise(SIGHUP);
    scene_run_until(&subject.scene, &subject.reloads, 1);
    raise(SIGINT);
    scene_run_until(&subject.scene, &subject.stops, 2);
    assert_int_equal(subject.last_signal, SIGINT);
    raise(SIGPIPE); /* ignored */
    subject_close(&subject);
}

static void a_child_is_detached(void **state)
{
    (void)state;
    struct subject subject;
    int status = 0;
    subject_open(&subject);
    setenv("WATCHDOG_USEC", "1000000", 1);
    pid_t pid = fork();
    if (pid == 0) {
        service_child_detach();
        if (getenv("NOTIFY_SOCKET") || getenv("WATCHDOG_USEC"))
            _exit(1);
        raise(SIGTERM);
        _exit(2);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
    subject_close(&subject);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notifications),
        cmocka_unit_test(a_manager_that_does_not_read_is_not_waited_for),
        cmocka_unit_test(watchdog_pings_from_the_loop),
        cmocka_unit_test(signals_come_through_the_loop),
        cmocka_unit_test(a_child_is_detached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
