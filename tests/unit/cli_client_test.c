/* The client against a server that loses, delays, repeats and garbles its answers. */
#include "cli/client.h"
#include "cli_fake_server.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { LONG_MS = 20000, RESEND_MS = 20 };

static struct fake_server server;

static int setup(void **state)
{
    (void)state;
    memset(&server, 0, sizeof server);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    fake_remove(&server);
    return 0;
}

static struct client *open_client(int64_t timeout_ms, unsigned window)
{
    struct client_options options = {
        .run = server.run,
        .territory = "demo",
        .timeout_ms = timeout_ms,
        .resend_ms = RESEND_MS,
        .window = window,
    };
    return client_open(&options);
}

static void call_status(struct client *client, struct client_reply *reply)
{
    struct overview overview = {.has_bits = 0};
    assert_true(client_call(client, MESSAGE_STATUS, &overview, reply));
}

static const struct reply fine = {.status = REPLY_OK};

/* An event of a few fields. */
static void submit_close(struct client *client, uint64_t number, uint64_t token)
{
    struct target target = {.id = id_make('O', number)};
    struct request request = {.has_bits = 0};
    target.has.id = true;
    assert_true(client_submit(client, &request, MESSAGE_OFFER_CLOSE, &target, token));
}

/* -- answers that get lost, late or twice ------------------------------------------------------ */

static void lose_two(const struct fake_request *request)
{
    if (request->count >= 2)
        fake_reply(request, &fine);
}

static void a_lost_answer_makes_the_same_request_again(void **state)
{
    (void)state;
    struct client_reply reply;
    fake_start(&server, lose_two, NULL);
    struct client *client = open_client(LONG_MS, 1);
    assert_non_null(client);
    call_status(client, &reply);
    assert_int_equal(reply.status, REPLY_OK);
    client_close(client);
    fake_stop(&server);
    assert_true(server.seen >= 3);
    for (unsigned i = 1; i < server.seen; i++) {
        assert_string_equal(server.ids[i], server.ids[0]);
        assert_true(server.sums[i] == server.sums[0]);
    }
}

static void say_all_twice(const struct fake_request *request)
{
    fake_reply(request, &(struct reply){.status = REPLY_OK, .revision = request->count + 1});
    fake_reply(request, &(struct reply){.status = REPLY_OK, .revision = 1000});
}

static void a_second_answer_is_nobodys(void **state)
{
    (void)state;
    struct client_reply reply;
    fake_start(&server, say_all_twice, NULL);
    struct client *client = open_client(LONG_MS, 1);
    for (int i = 1; i <= 20; i++) {
        call_status(client, &reply);
        assert_int_equal(reply.head.revision, i);
    }
    client_close(client);
    fake_stop(&server);
    assert_int_equal(server.seen, 20);
}

static void lose_all(const struct fake_request *request)
{
    (void)request;
}

static void without_an_answer_it_ends_in_time(void **state)
{
    (void)state;
    struct client_reply reply;
    fake_start(&server, lose_all, NULL);
    struct client *client = open_client(3 * RESEND_MS, 1);
    call_status(client, &reply);
    assert_int_equal(reply.status, REPLY_NONE);
    assert_null(reply.tree);
    client_close(client);
    fake_stop(&server);
}

static void a_server_that_comes_back_gets_what_is_in_flight(void **state)
{
    (void)state;
    struct client_reply reply;
    fake_start(&server, lose_all, NULL);
    struct client *client = open_client(LONG_MS, 4);
    submit_close(client, 7, 42);
    struct overview overview = {.has_bits = 0};
    struct request request = {.has_bits = 0};
    assert_true(client_submit(client, &request, MESSAGE_STATUS, &overview, 43));
    fake_stop(&server);
    fake_start(&server, lose_two, NULL);
    uint64_t tokens = 0;
    while (client_next_reply(client, &reply)) {
        assert_int_equal(reply.status, REPLY_OK);
        tokens += reply.token;
    }
    assert_int_equal(tokens, 85);
    client_close(client);
    fake_stop(&server);
}

/* -- retry ------------------------------------------------------------------------------------- */

static const struct errors busy = {.item = {{ERROR_BUSY, "", "a moment"}}, .count = 1, .total = 1};

static void busy_twice(const struct fake_request *request)
{
    struct reply later = {.status = REPLY_RETRY, .errors = &busy, .after_ms = 1};
    fake_reply(request, request->count < 2 ? &later : &fine);
}

static void retry_is_tried_again(void **state)
{
    (void)state;
    struct client_reply reply;
    fake_start(&server, busy_twice, NULL);
    struct client_options options = {.run = server.run,
                                     .timeout_ms = LONG_MS,
                                     .resend_ms = LONG_MS, /* so that only retry sends again */
                                     .window = 1};
    struct client *client = client_open(&options);
    call_status(client, &reply);
    assert_int_equal(reply.status, REPLY_OK);
    client_close(client);
    fake_stop(&server);
    assert_int_equal(server.seen, 3);
    assert_string_equal(server.ids[2], server.ids[0]);
}

static void always_busy(const struct fake_request *request)
{
    fake_reply(request, &(struct reply){.status = REPLY_RETRY, .errors = &busy, .after_ms = 1});
}

static void retry_without_end_tells_why(void **state)
{
    (void)state;
    struct client_reply reply;
    fake_start(&server, always_busy, NULL);
    struct client *client = open_client(500, 1);
    call_status(client, &reply);
    assert_int_equal(reply.status, REPLY_RETRY);
    assert_int_equal(reply.errors.item[0].code, ERROR_BUSY);
    client_close(client);
    fake_stop(&server);
}

/* -- garbage ----------------------------------------------------------------------------------- */

static void garble(const struct fake_request *request)
{
    static const struct text nobody = {"nobody", 6};
    static const uint8_t huge[] = {0xdd, 0xff, 0, 0, 0};
    static const uint8_t no_map[] = {0x93, 1, 2, 3};
    fake_send(request, "", 0);
    fake_send(request, huge, sizeof huge);
    fake_send(request, no_map, sizeof no_map);
    fake_send(request, request->bytes, request->size); /* a request is no reply */
    fake_reply(request, &(struct reply){.status = REPLY_OK, .id = nobody});
    zmq_send(request->socket, request->peer, request->peer_size, ZMQ_SNDMORE);
    zmq_send(request->socket, "a", 1, ZMQ_SNDMORE);
    zmq_send(request->socket, "", 0, ZMQ_SNDMORE);
    zmq_send(request->socket, "b", 1, 0);
    /* The empty frame in front that some servers put. */
    zmq_send(request->socket, request->peer, request->peer_size, ZMQ_SNDMORE);
    zmq_send(request->socket, "", 0, ZMQ_SNDMORE);
    msgpack_sbuffer packed;
    msgpack_sbuffer_init(&packed);
    msgpack_packer packer;
    msgpack_packer_init(&packer, &packed, msgpack_sbuffer_write);
    reply_encode(&(struct reply){.status = REPLY_OK, .id = tree_text(request->tree, "id")},
                 &packer);
    zmq_send(request->socket, packed.data, packed.size, 0);
    msgpack_sbuffer_destroy(&packed);
}

static void garbage_is_passed_over(void **state)
{
    (void)state;
    struct client_reply reply;
    fake_start(&server, garble, NULL);
    struct client_options options = {
        .run = server.run, .timeout_ms = LONG_MS, .resend_ms = LONG_MS, .window = 1};
    struct client *client = client_open(&options);
    call_status(client, &reply);
    assert_int_equal(reply.status, REPLY_OK);
    call_status(client, &reply);
    assert_int_equal(reply.status, REPLY_OK);
    client_close(client);
    fake_stop(&server);
    assert_int_equal(server.seen, 2);
}

/* -- the window -------------------------------------------------------------------------------- */

enum { WINDOW = 8, ALL = 203 };

/* Answers in fours, the last one first. */
struct holding {
    struct fake_request held[4];
    char ids[4][65];
    unsigned count;
};

static void answer_backwards(const struct fake_request *request)
{
    struct holding *holding = request->server->data;
    struct text id = tree_text(request->tree, "id");
    holding->held[holding->count] = *request;
    snprintf(holding->ids[holding->count++], 65, "%.*s", (int)id.size, id.data);
    unsigned left = ALL - request->count - 1;
    if (holding->count < 4 && left > 0)
        return;
    while (holding->count > 0) {
        holding->count--;
        const char *kept = holding->ids[holding->count];
        fake_reply(&holding->held[holding->count],
                   &(struct reply){.status = REPLY_OK, .id = {kept, (uint32_t)strlen(kept)}});
    }
}

static void a_window_is_kept_full_and_never_over(void **state)
{
    (void)state;
    static struct holding holding;
    struct client_reply reply;
    bool answered[ALL] = {false};
    unsigned sent = 0, taken = 0;
    fake_start(&server, answer_backwards, &holding);
    struct client_options options = {.run = server.run,
                                     .territory = "demo",
                                     .timeout_ms = LONG_MS,
                                     .resend_ms = LONG_MS,
                                     .window = WINDOW};
    struct client *client = client_open(&options);
    while (taken < ALL) {
        while (sent < ALL && !client_full(client))
            submit_close(client, sent + 1, sent), sent++;
        assert_true(client_waiting(client) <= WINDOW);
        assert_true(client_next_reply(client, &reply));
        assert_int_equal(reply.status, REPLY_OK);
        assert_false(answered[reply.token]);
        answered[reply.token] = true;
        taken++;
    }
    assert_false(client_next_reply(client, &reply));
    client_close(client);
    fake_stop(&server);
    assert_int_equal(server.seen, ALL);
}

static void a_full_window_takes_no_more_but_calls(void **state)
{
    (void)state;
    struct client_reply reply;
    struct target target = {.id = id_make('O', 3)};
    struct request request = {.has_bits = 0};
    target.has.id = true;
    fake_start(&server, lose_two, NULL);
    struct client *client = open_client(LONG_MS, 1);
    submit_close(client, 1, 1);
    assert_true(client_full(client));
    assert_false(client_submit(client, &request, MESSAGE_OFFER_CLOSE, &target, 2));
    call_status(client, &reply);
    assert_int_equal(reply.status, REPLY_OK);
    assert_true(client_next_reply(client, &reply));
    assert_int_equal(reply.token, 1);
    client_close(client);
    fake_stop(&server);
}

/* -- what it fills in, and what it does not send ----------------------------------------------- */

static void check_envelope(const struct fake_request *request)
{
    bool whole = tree_number(request->tree, "v", 0) == 1 &&
                 text_is(tree_text(request->tree, "territory"), "demo") &&
                 tree_text(request->tree, "occurred_on").size == 10 &&
                 tree_text(request->tree, "id").size == 32;
    fake_reply(request, &(struct reply){.status = REPLY_OK, .revision = whole ? 1 : 2});
}

static void an_event_gets_its_envelope(void **state)
{
    (void)state;
    struct client_reply reply;
    fake_start(&server, check_envelope, NULL);
    struct client *client = open_client(LONG_MS, 2);
    submit_close(client, 5, 9);
    assert_true(client_next_reply(client, &reply));
    assert_int_equal(reply.head.revision, 1);
    assert_int_equal(reply.token, 9);
    client_close(client);
    fake_stop(&server);
}

static void what_is_too_large_is_refused_here(void **state)
{
    (void)state;
    static uint8_t bytes[WIRE_REQUEST_MAX + 1];
    struct client_reply reply;
    fake_start(&server, lose_all, NULL);
    struct client *client = open_client(LONG_MS, 2);
    assert_true(client_submit_bytes(client, (struct text){"x", 1}, MESSAGE_OFFER_PUT, bytes,
                                    sizeof bytes, 5));
    assert_true(client_next_reply(client, &reply));
    assert_int_equal(reply.status, REPLY_REJECTED);
    assert_int_equal(reply.errors.item[0].code, ERROR_TOO_LARGE);
    assert_int_equal(reply.token, 5);
    client_close(client);
    fake_stop(&server);
    assert_int_equal(server.seen, 0);
}

static void when_nobody_listens_it_says_so(void **state)
{
    (void)state;
    char path[120];
    fake_start(&server, lose_all, NULL);
    fake_stop(&server);
    snprintf(path, sizeof path, "%s/intake.sock", server.run);
    unlink(path);
    assert_null(open_client(1, 1));
    assert_int_equal(errno, ENOENT);
    FILE *stale = fopen(path, "w");
    assert_non_null(stale);
    fclose(stale);
    assert_null(open_client(1, 1));
    assert_int_equal(errno, ECONNREFUSED);
    struct client_options options = {.run = path, .timeout_ms = 1, .window = 1};
    char deep[300];
    memset(deep, 'd', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    options.run = deep;
    assert_null(client_open(&options));
    assert_int_equal(errno, ENAMETOOLONG);
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_lost_answer_makes_the_same_request_again),
        CASE(a_second_answer_is_nobodys),
        CASE(without_an_answer_it_ends_in_time),
        CASE(a_server_that_comes_back_gets_what_is_in_flight),
        CASE(retry_is_tried_again),
        CASE(retry_without_end_tells_why),
        CASE(garbage_is_passed_over),
        CASE(a_window_is_kept_full_and_never_over),
        CASE(a_full_window_takes_no_more_but_calls),
        CASE(an_event_gets_its_envelope),
        CASE(what_is_too_large_is_refused_here),
        CASE(when_nobody_listens_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
