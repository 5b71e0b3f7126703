/* The link against a real Redis that is killed, stopped and restarted. */
#include "runtime_support.h"

#include "runtime/clock.h"
#include "runtime/redis_link.h"

enum { DOWNS_TIMED = 6 };

struct subject {
    struct scene scene;
    struct redis_link *link;
    int ups;
    int downs;
    int64_t down_ms[DOWNS_TIMED]; /* when it went down, the first times */
    int answered;
    int lost;
    int64_t last; /* value of the last integer reply */
    bool in_order;
    int sends_refused;
    char reason[200];
};

static void on_state(void *arg, bool up, const char *reason)
{
    struct subject *subject = arg;
    if (up) {
        subject->ups++;
    } else {
        if (subject->downs < DOWNS_TIMED)
            subject->down_ms[subject->downs] = clock_monotonic_ms();
        subject->downs++;
    }
    snprintf(subject->reason, sizeof subject->reason, "%s", reason);
    assert_int_equal(redis_link_up(subject->link), up);
    if (!up)
        assert_int_equal(redis_link_pending(subject->link), 0);
}

static bool send_words(struct redis_link *link, redis_link_reply_fn *callback, void *arg,
                       const char *first, const char *second)
{
    const char *argv[] = {first, second};
    const size_t sizes[] = {strlen(first), second ? strlen(second) : 0};
    return redis_link_send(link, callback, arg, second ? 2 : 1, argv, sizes);
}

static void on_reply(void *arg, const redisReply *reply)
{
    struct subject *subject = arg;
    if (!reply) {
        subject->lost++;
        assert_false(redis_link_up(subject->link));
        subject->sends_refused += !send_words(subject->link, on_reply, subject, "PING", NULL);
        return;
    }
    subject->answered++;
    if (reply->type == REDIS_REPLY_INTEGER) {
        subject->in_order = subject->in_order && reply->integer == subject->last + 1;
        subject->last = reply->integer;
    }
}

static void subject_open(struct subject *subject, struct redis_link_options options)
{
    static char path[PATH_MAX];
    *subject = (struct subject){.in_order = true};
    scene_open(&subject->scene);
    scene_path(&subject->scene, "redis.sock", path);
    if (!options.host)
        options.socket = path;
    subject->link = redis_link_create(subject->scene.base, &options, on_state, subject);
    assert_non_null(subject->link);
}

static void subject_close(struct subject *subject)
{
    redis_link_free(subject->link);
    scene_close(&subject->scene);
}

static void pipelined_replies_come_in_order(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){0});
    pid_t pid = redis_start(&subject.scene, NULL);
    assert_false(send_words(subject.link, on_reply, &subject, "INCR", "n")); /* still down */
    scene_run_until(&subject.scene, &subject.ups, 1);
    for (int i = 0; i < 5000; i++)
        assert_true(send_words(subject.link, on_reply, &subject, "INCR", "n"));
    assert_int_equal(redis_link_pending(subject.link), 5000);
    scene_run_until(&subject.scene, &subject.answered, 5000);
    assert_true(subject.in_order);
    assert_int_equal(subject.last, 5000);
    assert_int_equal(subject.lost, 0);
    redis_kill(pid);
    subject_close(&subject);
}

static void killed_and_restarted(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){0});
    pid_t pid = redis_start(&subject.scene, NULL);
    scene_run_until(&subject.scene, &subject.ups, 1);
    int downs = subject.downs;
    kill(pid, SIGSTOP); /* so that nothing is answered before it dies */
    for (int i = 0; i < 100; i++)
        assert_true(send_words(subject.link, on_reply, &subject, "INCR", "n"));
    redis_kill(pid);
    scene_run_until(&subject.scene, &subject.downs, downs + 1);
    assert_int_equal(subject.lost, 100);
    assert_int_equal(subject.sends_refused, 100);
    assert_int_equal(subject.answered, 0);
    assert_true(subject.reason[0] != '\0');
    pid = redis_start(&subject.scene, NULL);
    scene_run_until(&subject.scene, &subject.ups, 2);
    assert_true(send_words(subject.link, on_reply, &subject, "INCR", "n"));
    scene_run_until(&subject.scene, &subject.answered, 1);
    assert_int_equal(subject.lost, 100);
    redis_kill(pid);
    subject_close(&subject);
}

static void stopped_server_meets_the_deadline(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){.reply_ms = 50, .connect_ms = 50});
    pid_t pid = redis_start(&subject.scene, NULL);
    scene_run_until(&subject.scene, &subject.ups, 1);
    int downs = subject.downs;
    kill(pid, SIGSTOP);
    assert_true(send_words(subject.link, on_reply, &subject, "PING", NULL));
    scene_run_until(&subject.scene, &subject.downs, downs + 1);
    assert_int_equal(subject.lost, 1);
    assert_string_equal(subject.reason, "no reply in time");
    /* A stopped server still lets us connect, as far as the kernel goes, and says nothing. */
    scene_run_until(&subject.scene, &subject.downs, downs + 2);
    assert_string_equal(subject.reason, "no connection in time");
    kill(pid, SIGCONT);
    scene_run_until(&subject.scene, &subject.ups, 2);
    redis_kill(pid);
    subject_close(&subject);
}

/* The deadline of a reply does not wait for a later one of the connection that was made. */
static void replies_are_due_before_the_connection_was(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject,
                 (struct redis_link_options){.reply_ms = 50, .connect_ms = 10 * 1000 * GUARD_S});
    pid_t pid = redis_start(&subject.scene, NULL);
    scene_run_until(&subject.scene, &subject.ups, 1);
    int downs = subject.downs;
    kill(pid, SIGSTOP);
    assert_true(send_words(subject.link, on_reply, &subject, "PING", NULL));
    scene_run_until(&subject.scene, &subject.downs, downs + 1);
    redis_kill(pid);
    subject_close(&subject);
}

static void wrong_password_is_told(void **state)
{
    (void)state;
    static const char *const secured[] = {"--requirepass", "right", NULL};
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){.password = "wrong"});
    pid_t pid = redis_start(&subject.scene, secured);
    while (!strstr(subject.reason, "WRONGPASS"))
        event_base_loop(subject.scene.base, EVLOOP_ONCE);
    assert_int_equal(subject.ups, 0);
    redis_kill(pid);
    subject_close(&subject);
}

static void no_password_is_told(void **state)
{
    (void)state;
    static const char *const secured[] = {"--requirepass", "right", NULL};
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){0});
    pid_t pid = redis_start(&subject.scene, secured);
    while (!strstr(subject.reason, "NOAUTH"))
        event_base_loop(subject.scene.base, EVLOOP_ONCE);
    assert_int_equal(subject.ups, 0);
    redis_kill(pid);
    subject_close(&subject);
}

static void user_and_password(void **state)
{
    (void)state;
    static const char *const secured[] = {"--user", "worker", "on",      ">right", "~*", "+@all",
                                          "-ping",  "--user", "default", "off",    NULL};
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){.user = "worker", .password = "right"});
    pid_t pid = redis_start(&subject.scene, secured);
    scene_run_until(&subject.scene, &subject.ups, 1);
    redis_kill(pid);
    subject_close(&subject);
}

static void refused_connections_are_tried_again(void **state)
{
    (void)state;
    struct subject subject;
    /* Port 1 of loopback: refused asynchronously. */
    subject_open(&subject, (struct redis_link_options){.host = "localhost", .port = 1});
    scene_run_until(&subject.scene, &subject.downs, 3);
    assert_int_equal(subject.ups, 0);
    assert_string_equal(subject.reason, "Connection refused");
    subject_close(&subject);
    subject_open(&subject, (struct redis_link_options){0}); /* there is no such socket */
    scene_run_until(&subject.scene, &subject.downs, 3);
    assert_string_equal(subject.reason, "No such file or directory");
    subject_close(&subject);
}

/* After pauses of 50, 100, 200 ms and so on, more or less a quarter; half is asked for, as a busy
 * machine may note the time late. */
static void attempts_come_ever_later(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){0}); /* there is no such socket */
    scene_run_until(&subject.scene, &subject.downs, DOWNS_TIMED);
    for (int i = 3; i < DOWNS_TIMED; i++)
        assert_true(subject.down_ms[i] - subject.down_ms[i - 1] >= (50 << (i - 1)) / 2);
    subject_close(&subject);
}

static void bad_addresses_are_refused(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene);
    char path[200];
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    struct redis_link_options options = {.host = "redis.example"};
    assert_null(redis_link_create(scene.base, &options, on_state, NULL));
    options = (struct redis_link_options){.socket = path};
    assert_null(redis_link_create(scene.base, &options, on_state, NULL));
    options = (struct redis_link_options){0};
    assert_null(redis_link_create(scene.base, &options, on_state, NULL));
    scene_close(&scene);
}

static void bounds_refuse_more(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){.pending_max = 8, .queued_max = 1000});
    pid_t pid = redis_start(&subject.scene, NULL);
    scene_run_until(&subject.scene, &subject.ups, 1);
    static const char big[2000];
    const char *argv[] = {"ECHO", big};
    const size_t sizes[] = {4, sizeof big};
    assert_false(redis_link_send(subject.link, on_reply, &subject, 2, argv, sizes));
    assert_int_equal(redis_link_room(subject.link), 8);
    for (int i = 0; i < 8; i++)
        assert_true(send_words(subject.link, on_reply, &subject, "INCR", "n"));
    assert_int_equal(redis_link_room(subject.link), 0);
    assert_false(send_words(subject.link, on_reply, &subject, "INCR", "n"));
    scene_run_until(&subject.scene, &subject.answered, 8);
    assert_int_equal(subject.last, 8);
    assert_int_equal(redis_link_room(subject.link), 8);
    redis_kill(pid);
    subject_close(&subject);
}

/* Preparation: refuses the first connection, lets the second one up after a reply. */
struct preparation {
    struct subject *subject;
    int connections;
    int replies;
};

static void on_prepared(void *arg, const redisReply *reply)
{
    struct preparation *preparation = arg;
    struct redis_link *link = preparation->subject->link;
    assert_non_null(reply);
    preparation->replies++;
    assert_false(redis_link_up(link));
    assert_false(send_words(link, on_reply, preparation->subject, "PING", NULL));
    if (preparation->connections == 1)
        redis_link_refuse(link, "not good enough");
    else
        redis_link_ready(link);
}

static void on_connected(void *arg, struct redis_link *link)
{
    static const char *const ping[] = {"PING"};
    static const size_t size[] = {4};
    struct preparation *preparation = arg;
    preparation->connections++;
    assert_true(redis_link_send_early(link, on_prepared, preparation, 1, ping, size));
}

static void preparation_comes_before_up(void **state)
{
    (void)state;
    struct subject subject;
    struct preparation preparation = {.subject = &subject};
    subject_open(&subject, (struct redis_link_options){.on_connected = on_connected,
                                                       .on_connected_arg = &preparation});
    pid_t pid = redis_start(&subject.scene, NULL);
    while (subject.ups == 0 && !strstr(subject.reason, "enough"))
        event_base_loop(subject.scene.base, EVLOOP_ONCE);
    assert_string_equal(subject.reason, "not good enough");
    assert_int_equal(subject.ups, 0);
    scene_run_until(&subject.scene, &subject.ups, 1);
    assert_int_equal(preparation.connections, 2);
    assert_int_equal(preparation.replies, 2);
    redis_kill(pid);
    subject_close(&subject);
}

/* Freeing from within each kind of callback. */
static void free_on_reply(void *arg, const redisReply *reply)
{
    struct subject *subject = arg;
    if (reply)
        subject->answered++;
    else
        subject->lost++;
    struct redis_link *link = subject->link;
    subject->link = NULL;
    redis_link_free(link);
}

static void count_reply(void *arg, const redisReply *reply)
{
    struct subject *subject = arg;
    if (reply)
        subject->answered++;
    else
        subject->lost++;
}

static void freed_within_a_reply(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){0});
    pid_t pid = redis_start(&subject.scene, NULL);
    scene_run_until(&subject.scene, &subject.ups, 1);
    assert_true(send_words(subject.link, count_reply, &subject, "PING", NULL));
    assert_true(send_words(subject.link, free_on_reply, &subject, "PING", NULL));
    for (int i = 0; i < 10; i++)
        assert_true(send_words(subject.link, count_reply, &subject, "PING", NULL));
    scene_run_until(&subject.scene, &subject.lost, 10);
    event_base_loop(subject.scene.base, EVLOOP_NONBLOCK);
    assert_int_equal(subject.answered, 2);
    assert_int_equal(subject.lost, 10);
    redis_kill(pid);
    subject_close(&subject);
}

static void freed_within_a_lost_reply(void **state)
{
    (void)state;
    struct subject subject;
    subject_open(&subject, (struct redis_link_options){0});
    pid_t pid = redis_start(&subject.scene, NULL);
    scene_run_until(&subject.scene, &subject.ups, 1);
    kill(pid, SIGSTOP);
    assert_true(send_words(subject.link, count_reply, &subject, "PING", NULL));
    assert_true(send_words(subject.link, free_on_reply, &subject, "PING", NULL));
    assert_true(send_words(subject.link, count_reply, &subject, "PING", NULL));
    redis_kill(pid);
    scene_run_until(&subject.scene, &subject.lost, 3);
    event_base_loop(subject.scene.base, EVLOOP_NONBLOCK);
    assert_int_equal(subject.lost, 3);
    subject_close(&subject);
}

static void free_on_state(void *arg, bool up, const char *reason)
{
    struct subject *subject = arg;
    (void)reason;
    if (up)
        subject->ups++;
    else
        subject->downs++;
    struct redis_link *link = subject->link;
    subject->link = NULL;
    redis_link_free(link);
}

static void free_on_connected(void *arg, struct redis_link *link)
{
    struct subject *subject = arg;
    subject->ups++;
    subject->link = NULL;
    redis_link_free(link);
}

static void freed_within_state_and_connected(void **state)
{
    (void)state;
    struct subject subject = {0};
    char path[PATH_MAX];
    scene_open(&subject.scene);
    scene_path(&subject.scene, "redis.sock", path);
    struct redis_link_options options = {.socket = path};
    subject.link = redis_link_create(subject.scene.base, &options, free_on_state, &subject);
    scene_run_until(&subject.scene, &subject.downs, 1); /* nobody is there */
    struct redis_link_options port = {.host = "127.0.0.1", .port = 1};
    subject.link = redis_link_create(subject.scene.base, &port, free_on_state, &subject);
    scene_run_until(&subject.scene, &subject.downs, 2);
    pid_t pid = redis_start(&subject.scene, NULL);
    redis_wait(&subject.scene);
    subject.link = redis_link_create(subject.scene.base, &options, free_on_state, &subject);
    scene_run_until(&subject.scene, &subject.ups, 1);
    options.on_connected = free_on_connected;
    options.on_connected_arg = &subject;
    subject.link = redis_link_create(subject.scene.base, &options, free_on_state, &subject);
    scene_run_until(&subject.scene, &subject.ups, 2);
    event_base_loop(subject.scene.base, EVLOOP_NONBLOCK);
    redis_kill(pid);
    scene_close(&subject.scene);
}

static void unavailable_replies(void **state)
{
    (void)state;
    char loading[] = "LOADING Redis is loading the dataset in memory";
    char misconf[] = "MISCONF Errors writing to the AOF file";
    char wrong[] = "WRONGTYPE Operation against a key";
    char prefix[] = "OOMPH is another word";
    redisReply reply = {.type = REDIS_REPLY_ERROR, .str = loading};
    assert_true(redis_reply_is_unavailable(&reply));
    reply.str = misconf;
    assert_true(redis_reply_is_unavailable(&reply));
    reply.str = wrong;
    assert_false(redis_reply_is_unavailable(&reply));
    reply.str = prefix;
    assert_false(redis_reply_is_unavailable(&reply));
    reply = (redisReply){.type = REDIS_REPLY_STATUS, .str = loading};
    assert_false(redis_reply_is_unavailable(&reply));
    assert_true(redis_reply_is_unavailable(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pipelined_replies_come_in_order),
        cmocka_unit_test(killed_and_restarted),
        cmocka_unit_test(stopped_server_meets_the_deadline),
        cmocka_unit_test(replies_are_due_before_the_connection_was),
        cmocka_unit_test(wrong_password_is_told),
        cmocka_unit_test(no_password_is_told),
        cmocka_unit_test(user_and_password),
        cmocka_unit_test(refused_connections_are_tried_again),
        cmocka_unit_test(attempts_come_ever_later),
        cmocka_unit_test(bad_addresses_are_refused),
        cmocka_unit_test(bounds_refuse_more),
        cmocka_unit_test(preparation_comes_before_up),
        cmocka_unit_test(freed_within_a_reply),
        cmocka_unit_test(freed_within_a_lost_reply),
        cmocka_unit_test(freed_within_state_and_connected),
        cmocka_unit_test(unavailable_replies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
