#include "runtime_support.h"

#include "runtime/clock.h"
#include "runtime/zmq_watch.h"

#include <errno.h>
#include <poll.h>
#include <zmq.h>

/* Two connected sockets of one process; ours is watched. */
struct pair {
    struct scene scene;
    void *context;
    void *ours;
    void *theirs;
    struct zmq_watch *watch;
    int served;
    int pause_after; /* messages; 0: never */
    bool reply;
};

static enum zmq_watch_step on_readable(void *arg)
{
    struct pair *pair = arg;
    char text[8];
    int size = zmq_recv(pair->ours, text, sizeof text, ZMQ_DONTWAIT);
    if (size < 0)
        return ZMQ_WATCH_NONE;
    assert_int_equal(size, 1);
    pair->served++;
    if (pair->reply)
        assert_int_equal(zmq_send(pair->ours, "r", 1, ZMQ_DONTWAIT), 1);
    return pair->pause_after == 0 || pair->served < pair->pause_after ? ZMQ_WATCH_TOOK
                                                                      : ZMQ_WATCH_PAUSE;
}

static void pair_open(struct pair *pair)
{
    *pair = (struct pair){0};
    scene_open(&pair->scene);
    pair->context = zmq_ctx_new();
    pair->ours = zmq_socket_bounded(pair->context, ZMQ_PAIR, NULL);
    pair->theirs = zmq_socket_bounded(pair->context, ZMQ_PAIR, NULL);
    assert_int_equal(zmq_bind(pair->ours, "inproc://pair"), 0);
    assert_int_equal(zmq_connect(pair->theirs, "inproc://pair"), 0);
    pair->watch = zmq_watch_create(pair->scene.base, pair->ours, on_readable, pair);
    assert_non_null(pair->watch);
}

static void pair_close(struct pair *pair)
{
    zmq_watch_free(pair->watch);
    zmq_close(pair->ours);
    zmq_close(pair->theirs);
    zmq_ctx_term(pair->context);
    scene_close(&pair->scene);
}

static void they_send(struct pair *pair, int count)
{
    for (int i = 0; i < count; i++)
        assert_int_equal(zmq_send(pair->theirs, "m", 1, ZMQ_DONTWAIT), 1);
}

/* Turns the loop until nothing is ready. */
static void settle(struct pair *pair)
{
    for (int turns = 0; turns < 50; turns++)
        event_base_loop(pair->scene.base, EVLOOP_NONBLOCK);
}

static bool fd_readable(void *socket)
{
    struct pollfd poll_fd = {.events = POLLIN};
    size_t size = sizeof poll_fd.fd;
    zmq_getsockopt(socket, ZMQ_FD, &poll_fd.fd, &size);
    return poll(&poll_fd, 1, 0) == 1;
}

/* Sends until a send has swallowed the signal. ZeroMQ looks at its signals in a send only when it
 * has not done so for some 3,000,000 ticks of the processor, hence the repetition. */
static void send_until_silent(struct pair *pair)
{
    while (fd_readable(pair->ours)) {
        for (int64_t start = clock_monotonic_us(); clock_monotonic_us() - start < 1000;)
            continue;
        assert_int_equal(zmq_send(pair->ours, "s", 1, ZMQ_DONTWAIT), 1);
    }
}

static void messages_are_served(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair);
    settle(&pair);
    assert_int_equal(pair.served, 0);
    they_send(&pair, 3);
    settle(&pair);
    assert_int_equal(pair.served, 3);
    pair_close(&pair);
}

static void a_message_before_the_watch(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair);
    zmq_watch_free(pair.watch);
    they_send(&pair, 1);
    send_until_silent(&pair);
    pair.watch = zmq_watch_create(pair.scene.base, pair.ours, on_readable, &pair);
    settle(&pair);
    assert_int_equal(pair.served, 1);
    pair_close(&pair);
}

/* The trap: a message arrives, we send, and the descriptor stays silent about the message. */
static void a_send_elsewhere_swallows_the_signal(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair);
    settle(&pair);
    for (int round = 1; round <= 5; round++) {
        they_send(&pair, 1);
        assert_true(fd_readable(pair.ours));
        send_until_silent(&pair);
        settle(&pair);
        assert_int_equal(pair.served, round - 1); /* it really is a trap */
        zmq_watch_kick(pair.watch);
        settle(&pair);
        assert_int_equal(pair.served, round);
    }
    pair_close(&pair);
}

static void replies_within_the_callback(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair);
    pair.reply = true;
    settle(&pair);
    they_send(&pair, 10);
    settle(&pair);
    assert_int_equal(pair.served, 10);
    pair_close(&pair);
}

static void a_turn_has_a_budget(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair);
    settle(&pair);
    they_send(&pair, 1000);
    for (int turn = 1; turn <= 3; turn++) {
        event_base_loop(pair.scene.base, EVLOOP_ONCE);
        assert_true(pair.served > 0);
        assert_true(pair.served <= turn * 128); /* 64 by the descriptor, 64 by the timer */
    }
    settle(&pair);
    assert_int_equal(pair.served, 1000);
    pair_close(&pair);
}

static void paused_until_resumed(void **state)
{
    (void)state;
    struct pair pair;
    pair_open(&pair);
    pair.pause_after = 3;
    they_send(&pair, 10);
    settle(&pair);
    assert_int_equal(pair.served, 3);
    they_send(&pair, 1);
    zmq_watch_kick(pair.watch);
    settle(&pair);
    assert_int_equal(pair.served, 3);
    pair.pause_after = 0;
    zmq_watch_resume(pair.watch);
    settle(&pair);
    assert_int_equal(pair.served, 11);
    zmq_watch_pause(pair.watch);
    they_send(&pair, 1);
    settle(&pair);
    assert_int_equal(pair.served, 11);
    zmq_watch_resume(pair.watch);
    settle(&pair);
    assert_int_equal(pair.served, 12);
    pair_close(&pair);
}

static int option_of(void *socket, int option)
{
    int value = -2;
    size_t size = sizeof value;
    assert_int_equal(zmq_getsockopt(socket, option, &value, &size), 0);
    return value;
}

static void every_limit_is_set(void **state)
{
    (void)state;
    void *context = zmq_ctx_new();
    static const struct zmq_limits limits = {.message_bytes = 5000,
                                             .queue = 7,
                                             .handshake_ms = 800,
                                             .heartbeat_ms = 900,
                                             .linger_ms = -1};
    void *router = zmq_socket_bounded(context, ZMQ_ROUTER, &limits);
    int64_t bytes = 0;
    size_t size = sizeof bytes;
    assert_int_equal(zmq_getsockopt(router, ZMQ_MAXMSGSIZE, &bytes, &size), 0);
    assert_int_equal(bytes, 5000);
    assert_int_equal(option_of(router, ZMQ_SNDHWM), 7);
    assert_int_equal(option_of(router, ZMQ_RCVHWM), 7);
    assert_int_equal(option_of(router, ZMQ_HANDSHAKE_IVL), 800);
    assert_int_equal(option_of(router, ZMQ_HEARTBEAT_IVL), 900);
    assert_int_equal(option_of(router, ZMQ_HEARTBEAT_TIMEOUT), 2700);
    assert_int_equal(option_of(router, ZMQ_HEARTBEAT_TTL), 2700);
    assert_int_equal(option_of(router, ZMQ_LINGER), 0);
    assert_int_equal(option_of(router, ZMQ_IPV6), 0);
    zmq_close(router);
    void *plain = zmq_socket_bounded(context, ZMQ_DEALER, NULL);
    assert_int_equal(option_of(plain, ZMQ_SNDHWM), 1000);
    assert_int_equal(option_of(plain, ZMQ_LINGER), 500);
    zmq_close(plain);
    assert_null(zmq_socket_bounded(context, 9999, NULL));
    assert_int_equal(errno, EINVAL);
    zmq_ctx_term(context);
}

static void a_router_never_drops_silently(void **state)
{
    (void)state;
    static const struct zmq_limits limits = {.queue = 10, .linger_ms = -1};
    void *context = zmq_ctx_new();
    void *router = zmq_socket_bounded(context, ZMQ_ROUTER, &limits);
    void *dealer = zmq_socket_bounded(context, ZMQ_DEALER, &limits);
    char text[8];
    int sent = 0, received = 0;
    zmq_bind(router, "inproc://router");
    zmq_setsockopt(dealer, ZMQ_ROUTING_ID, "peer", 4);
    zmq_connect(dealer, "inproc://router");
    zmq_send(dealer, "hello", 5, 0);
    assert_int_equal(zmq_recv(router, text, sizeof text, 0), 4);
    assert_int_equal(zmq_recv(router, text, sizeof text, 0), 5);
    while (zmq_send(router, "peer", 4, ZMQ_SNDMORE | ZMQ_DONTWAIT) == 4 && sent < 200) {
        assert_int_equal(zmq_send(router, "m", 1, ZMQ_DONTWAIT), 1);
        sent++;
    }
    assert_int_equal(errno, EAGAIN);
    assert_true(sent < 200);
    while (zmq_recv(dealer, text, sizeof text, ZMQ_DONTWAIT) == 1)
        received++;
    assert_int_equal(received, sent);
    assert_int_equal(zmq_send(router, "nobody", 6, ZMQ_SNDMORE | ZMQ_DONTWAIT), -1);
    assert_int_equal(errno, EHOSTUNREACH);
    zmq_close(router);
    zmq_close(dealer);
    zmq_ctx_term(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_served),
        cmocka_unit_test(a_message_before_the_watch),
        cmocka_unit_test(a_send_elsewhere_swallows_the_signal),
        cmocka_unit_test(replies_within_the_callback),
        cmocka_unit_test(a_turn_has_a_budget),
        cmocka_unit_test(paused_until_resumed),
        cmocka_unit_test(every_limit_is_set),
        cmocka_unit_test(a_router_never_drops_silently),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
