#include "runtime_support.h"

#include "runtime/metrics.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

static struct metric entries[] = {
    {"test_events_total", "result=\"created\"", "Events by result.", METRIC_COUNTER, 0, 3},
    {"test_events_total", "result=\"stale\"", NULL, METRIC_COUNTER, 0, 4},
    {"test_commit_seconds_total", NULL, "Time spent.", METRIC_COUNTER, 1000000, 2500000},
    {"test_queue", NULL, "Events waiting.", METRIC_GAUGE, 0, -1},
};

static void on_scrape(void *arg)
{
    entries[3].value = *(const int *)arg;
}

static int queue = 9;
static const struct metrics table = {entries, 4, on_scrape, &queue};

static const char page[] = "# HELP test_events_total Events by result.\n"
                           "# TYPE test_events_total counter\n"
                           "test_events_total{result=\"created\"} 3\n"
                           "test_events_total{result=\"stale\"} 4\n"
                           "# HELP test_commit_seconds_total Time spent.\n"
                           "# TYPE test_commit_seconds_total counter\n"
                           "test_commit_seconds_total 2.5\n"
                           "# HELP test_queue Events waiting.\n"
                           "# TYPE test_queue gauge\n"
                           "test_queue 9\n";

struct subject {
    struct scene scene;
    char path[PATH_MAX];
    struct metrics_server *server;
};

static void subject_open(struct subject *subject)
{
    const char *reason = "";
    scene_open(&subject->scene);
    scene_path(&subject->scene, "metrics.sock", subject->path);
    subject->server = metrics_server_create(subject->scene.base, subject->path, &table, &reason);
    assert_non_null(subject->server);
}

static void subject_close(struct subject *subject)
{
    metrics_server_free(subject->server);
    assert_int_equal(access(subject->path, F_OK), -1);
    scene_close(&subject->scene);
}

static int client_open(const struct subject *subject)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%.100s", subject->path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void client_send(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), 0), strlen(text));
}

/* Turns the loop until the server has closed the connection; what it said. */
static const char *client_answer(struct subject *subject, int fd)
{
    static char text[16384];
    size_t size = 0;
    for (;;) {
        ssize_t got = recv(fd, text + size, sizeof text - 1 - size, MSG_DONTWAIT);
        if (got == 0 || (got < 0 && errno != EAGAIN))
            break;
        if (got > 0)
            size += (size_t)got;
        else
            event_base_loop(subject->scene.base, EVLOOP_ONCE);
    }
    text[size] = '\0';
    close(fd);
    return text;
}

static const char *asked(struct subject *subject, const char *request)
{
    int fd = client_open(subject);
    client_send(fd, request);
    return client_answer(subject, fd);
}

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static void the_page(void **state)
{
    (void)state;
    struct subject subject;
    struct stat status;
    subject_open(&subject);
    assert_int_equal(stat(subject.path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0660);
    const char *answer = asked(&subject, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_true(starts(answer, "HTTP/1.1 200 OK\r\n"));
    const char *body = strstr(answer, "\r\n\r\n");
    assert_non_null(body);
    assert_string_equal(body + 4, page);
    char length[40];
    snprintf(length, sizeof length, "Content-Length: %zu\r\n", strlen(page));
    assert_non_null(strstr(answer, length));
    assert_true(starts(asked(&subject, "GET /metrics?x=1 HTTP/1.1\r\n\r\n"), "HTTP/1.1 200 "));
    subject_close(&subject);
}

static void nothing_else(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject);
    assert_true(starts(asked(&subject, "GET / HTTP/1.1\r\n\r\n"), "HTTP/1.1 404 "));
    assert_true(starts(asked(&subject, "GET /metricsx HTTP/1.1\r\n\r\n"), "HTTP/1.1 404 "));
    assert_true(starts(asked(&subject, "POST /metrics HTTP/1.1\r\n\r\n"), "HTTP/1.1 405 "));
    assert_true(starts(asked(&subject, "\r\n\r\n"), "HTTP/1.1 405 "));
    static char big[8000];
    memset(big, 'x', sizeof big - 1);
    memcpy(big, "GET /metrics HTTP/1.1\r\nX: ", 26);
    assert_true(starts(asked(&subject, big), "HTTP/1.1 431 "));
    subject_close(&subject);
}

static void a_request_in_pieces(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject);
    int fd = client_open(&subject);
    static const char *const pieces[] = {"GET /met", "rics HTTP/1.1\r", "\n\r", "\n"};
    for (size_t i = 0; i < 4; i++) {
        client_send(fd, pieces[i]);
        for (int turns = 0; turns < 5; turns++)
            event_base_loop(subject.scene.base, EVLOOP_NONBLOCK);
    }
    assert_true(starts(client_answer(&subject, fd), "HTTP/1.1 200 "));
    subject_close(&subject);
}

static void connections_are_capped(void **state)
{
    (void)state;
    struct subject subject;
    int idle[16];
    char byte;
    subject_open(&subject);
    for (int i = 0; i < 16; i++)
        idle[i] = client_open(&subject);
    int late = client_open(&subject);
    client_send(late, "GET /metrics HTTP/1.1\r\n\r\n");
    for (int turns = 0; turns < 50; turns++)
        event_base_loop(subject.scene.base, EVLOOP_NONBLOCK);
    assert_int_equal(recv(late, &byte, 1, MSG_DONTWAIT), -1);
    close(idle[3]);
    assert_true(starts(client_answer(&subject, late), "HTTP/1.1 200 "));
    for (int i = 0; i < 16; i++)
        if (i != 3)
            close(idle[i]);
    subject_close(&subject);
}

/* One byte a turn keeps a connection busy; it is closed all the same. */
static void a_slow_request_is_cut(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject);
    int fd = client_open(&subject);
    client_send(fd, "GET /metrics HTTP/1.1\r\n");
    assert_string_equal(client_answer(&subject, fd), "");
    subject_close(&subject);
}

static void stale_sockets_and_taken_paths(void **state)
{
    (void)state;
    struct subject subject;
    const char *reason = "";
    subject_open(&subject);
    assert_null(metrics_server_create(subject.scene.base, subject.path, &table, &reason));
    assert_string_equal(reason, "the path is taken");
    char path[PATH_MAX];
    scene_path(&subject.scene, "file", path);
    close(open(path, O_CREAT | O_WRONLY, 0600));
    assert_null(metrics_server_create(subject.scene.base, path, &table, &reason));
    assert_string_equal(reason, "the path is taken");
    assert_int_equal(access(path, F_OK), 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    scene_path(&subject.scene, "stale.sock", path);
    snprintf(address.sun_path, sizeof address.sun_path, "%.100s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
    struct metrics_server *second =
        metrics_server_create(subject.scene.base, path, &table, &reason);
    assert_non_null(second);
    metrics_server_free(second);
    subject_close(&subject);
}

static void only_loopback(void **state)
{
    (void)state;
    struct scene scene;
    const char *reason = "";
    static const char *const refused[] = {
        "0.0.0.0:9100", "10.0.0.1:9100",  "[::]:9100", "127.0.0.1",
        "127.0.0.1:0",  "example.org:80", ""};
    scene_open(&scene);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_null(metrics_server_create(scene.base, refused[i], &table, &reason));
        assert_string_equal(reason, "neither a socket's path nor a loopback host:port");
    }
    /* A port that is free at the moment. */
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    close(fd);
    char text[32];
    snprintf(text, sizeof text, "localhost:%d", ntohs(address.sin_port));
    struct metrics_server *server = metrics_server_create(scene.base, text, &table, &reason);
    assert_non_null(server);
    metrics_server_free(server);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page),
        cmocka_unit_test(nothing_else),
        cmocka_unit_test(a_request_in_pieces),
        cmocka_unit_test(connections_are_capped),
        cmocka_unit_test(a_slow_request_is_cut),
        cmocka_unit_test(stale_sockets_and_taken_paths),
        cmocka_unit_test(only_loopback),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
