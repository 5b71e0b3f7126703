/* The link against a peer that says what no Redis should. */
#include "runtime_support.h"

#include "runtime/redis_link.h"

#include <errno.h>
#include <event2/listener.h>
#include <sys/socket.h>
#include <sys/un.h>

enum { PING_SIZE = 14 }; /* bytes of the command as sent, which is also the greeting */

struct subject {
    struct scene scene;
    struct redis_link *link;
    struct evconnlistener *listener;
    int peer; /* the accepted connection; -1: none */
    int accepted;
    int ups;
    int downs;
    int answered;
    int lost;
    char reason[200];
};

static void on_state(void *arg, bool up, const char *reason)
{
    struct subject *subject = arg;
    if (up)
        subject->ups++;
    else
        subject->downs++;
    snprintf(subject->reason, sizeof subject->reason, "%s", reason);
}

static void on_reply(void *arg, const redisReply *reply)
{
    struct subject *subject = arg;
    if (reply)
        subject->answered++;
    else
        subject->lost++;
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address,
                      int length, void *arg)
{
    (void)listener;
    (void)address;
    (void)length;
    struct subject *subject = arg;
    if (subject->peer >= 0)
        close(subject->peer);
    subject->peer = fd;
    subject->accepted++;
}

static void peer_say(struct subject *subject, const void *data, size_t size)
{
    assert_int_equal(send(subject->peer, data, size, MSG_NOSIGNAL), size);
}

/* Reads exactly size bytes of what the link sent. */
static void peer_hear(struct subject *subject, size_t size)
{
    char text[4096];
    size_t heard = 0;
    assert_true(size <= sizeof text);
    while (heard < size) {
        ssize_t got = recv(subject->peer, text + heard, size - heard, MSG_DONTWAIT);
        if (got > 0)
            heard += (size_t)got;
        else
            event_base_loop(subject->scene.base, EVLOOP_ONCE);
    }
}

static void subject_open(struct subject *subject, struct redis_link_options options)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char path[PATH_MAX];
    *subject = (struct subject){.peer = -1};
    scene_open(&subject->scene);
    scene_path(&subject->scene, "peer.sock", path);
    snprintf(address.sun_path, sizeof address.sun_path, "%.100s", path);
    subject->listener =
        evconnlistener_new_bind(subject->scene.base, on_accept, subject, LEV_OPT_CLOSE_ON_FREE, 8,
                                (struct sockaddr *)&address, sizeof address);
    assert_non_null(subject->listener);
    options.socket = path;
    subject->link = redis_link_create(subject->scene.base, &options, on_state, subject);
    assert_non_null(subject->link);
}

static void subject_up(struct subject *subject, struct redis_link_options options)
{
    subject_open(subject, options);
    scene_run_until(&subject->scene, &subject->accepted, 1);
    peer_hear(subject, PING_SIZE);
    peer_say(subject, "+PONG\r\n", 7);
    scene_run_until(&subject->scene, &subject->ups, 1);
}

static void subject_close(struct subject *subject)
{
    redis_link_free(subject->link);
    evconnlistener_free(subject->listener);
    if (subject->peer >= 0)
        close(subject->peer);
    scene_close(&subject->scene);
}

static void send_ping(struct subject *subject)
{
    static const char *const ping[] = {"PING"};
    static const size_t size[] = {4};
    assert_true(redis_link_send(subject->link, on_reply, subject, 1, ping, size));
}

static void writes_wait_for_the_turn(void **state)
{
    (void)state;
    struct subject subject;
    static char text[100 * PING_SIZE + 1];
    subject_up(&subject, (struct redis_link_options){0});
    for (int i = 0; i < 100; i++)
        send_ping(&subject);
    assert_int_equal(recv(subject.peer, text, sizeof text, MSG_DONTWAIT), -1);
    event_base_loop(subject.scene.base, EVLOOP_ONCE);
    assert_int_equal(recv(subject.peer, text, sizeof text, MSG_DONTWAIT), 100 * PING_SIZE);
    subject_close(&subject);
    assert_int_equal(subject.lost, 100);
}

/* Says it with one command pending; the link must drop the connection and count that one. */
static void drops_after(const char *said, size_t size, int answered, const char *reason)
{
    struct subject subject;
    subject_up(&subject, (struct redis_link_options){0});
    send_ping(&subject);
    peer_say(&subject, said, size);
    scene_run_until(&subject.scene, &subject.downs, 1);
    assert_int_equal(subject.answered, answered);
    assert_int_equal(subject.lost, 1 - answered);
    if (!strstr(subject.reason, reason))
        fail_msg("reason \"%s\"", subject.reason);
    scene_run_until(&subject.scene, &subject.accepted, 2); /* and tries again */
    subject_close(&subject);
}

static void malformed_replies(void **state)
{
    (void)state;
    drops_after("garbage\r\n", 9, 0, "Protocol error");
    drops_after("\0\0\0\0", 4, 0, "Protocol error");
    drops_after("*2147483647\r\n", 13, 0, "memory");
    drops_after("*99999999999999\r\n", 17, 0, "");
    drops_after("$99999999999999\r\n", 17, 0, "");
    drops_after("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n", 40, 0, "nested");
}

static void unasked_replies(void **state)
{
    (void)state;
    drops_after("+OK\r\n+MORE\r\n", 12, 1, "nobody asked");
    drops_after("+OK\r\n*1\r\n", 9, 1, "nobody asked");
    drops_after("+OK\r\n-ERR going away\r\n", 22, 1, "ERR going away");
    struct subject subject;
    subject_up(&subject, (struct redis_link_options){0});
    peer_say(&subject, "+HELLO\r\n", 8);
    scene_run_until(&subject.scene, &subject.downs, 1);
    assert_string_equal(subject.reason, "a reply that nobody asked for");
    subject_close(&subject);
}

static void refused_with_an_error(void **state)
{
    (void)state;
    static const char error[] = "-ERR max number of clients reached\r\n";
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){0});
    scene_run_until(&subject.scene, &subject.accepted, 1);
    peer_say(&subject, error, sizeof error - 1);
    close(subject.peer);
    subject.peer = -1;
    scene_run_until(&subject.scene, &subject.downs, 1);
    assert_int_equal(subject.ups, 0);
    assert_string_equal(subject.reason, "ERR max number of clients reached");
    subject_close(&subject);
}

static void a_reply_without_end(void **state)
{
    (void)state;
    static const char head[] = "$100000000\r\n";
    static char data[4096];
    struct subject subject;
    subject_up(&subject, (struct redis_link_options){.reply_max = 100000});
    send_ping(&subject);
    peer_say(&subject, head, sizeof head - 1);
    for (int sent = 0; subject.downs == 0; sent += (int)sizeof data) {
        assert_true(sent < 200000);
        peer_say(&subject, data, sizeof data);
        for (int turns = 0; turns < 3; turns++)
            event_base_loop(subject.scene.base, EVLOOP_NONBLOCK);
    }
    assert_string_equal(subject.reason, "a reply over its limit");
    assert_int_equal(subject.lost, 1);
    subject_close(&subject);
}

static void many_replies_within_the_limit(void **state)
{
    (void)state;
    static char data[50000];
    struct subject subject;
    subject_up(&subject, (struct redis_link_options){.reply_max = 100000});
    for (int i = 0; i < 10; i++)
        send_ping(&subject);
    for (int i = 1; i <= 10; i++) {
        peer_say(&subject, "$50000\r\n", 8);
        peer_say(&subject, data, sizeof data);
        peer_say(&subject, "\r\n", 2);
        scene_run_until(&subject.scene, &subject.answered, i);
    }
    assert_int_equal(subject.downs, 0);
    subject_close(&subject);
}

static void the_end_of_the_connection(void **state)
{
    (void)state;
    struct subject subject;
    subject_up(&subject, (struct redis_link_options){0});
    send_ping(&subject);
    close(subject.peer);
    subject.peer = -1;
    assert_true(redis_link_up(subject.link)); /* not noticed yet */
    scene_run_until(&subject.scene, &subject.downs, 1);
    assert_int_equal(subject.lost, 1);
    assert_false(redis_link_up(subject.link));
    subject_close(&subject);
    assert_int_equal(subject.lost, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_wait_for_the_turn),
        cmocka_unit_test(malformed_replies),
        cmocka_unit_test(unasked_replies),
        cmocka_unit_test(refused_with_an_error),
        cmocka_unit_test(a_reply_without_end),
        cmocka_unit_test(many_replies_within_the_limit),
        cmocka_unit_test(the_end_of_the_connection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
