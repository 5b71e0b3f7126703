#include "cli/tally.h"
#include "cli/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* -- a store whose answers are made up before they are asked for ------------------------------- */

struct rig {
    struct verify verify;
    int server;
    char *told;
    size_t told_size;
};

/* One answer after the other, as hiredis sends nothing while it has answers left: in packets. */
static void rig_answer(const struct rig *rig, const char *answer)
{
    enum { PACKET = 8000 }; /* hiredis reads no more than 16 KiB at once */

    for (size_t size = strlen(answer); size > 0;) {
        size_t some = size < PACKET ? size : PACKET;
        assert_int_equal(write(rig->server, answer, some), some);
        answer += some;
        size -= some;
    }
}

static void rig_open(struct rig *rig, const char *const *answers, size_t count)
{
    int pair[2];

    *rig = (struct rig){.verify = {.key = "p:{demo}"}};
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    rig->server = pair[1];
    for (size_t i = 0; i < count; i++)
        rig_answer(rig, answers[i]);
    assert_int_equal(shutdown(rig->server, SHUT_WR), 0);
    rig->verify.redis = redisConnectFd(pair[0]);
    assert_non_null(rig->verify.redis);
    rig->verify.out = open_memstream(&rig->told, &rig->told_size);
    assert_non_null(rig->verify.out);
}

/* What it asked, as it was sent. */
static void rig_asked(struct rig *rig, char *text, size_t size)
{
    size_t length = 0;
    ssize_t some;

    while ((some = recv(rig->server, text + length, size - 1 - length, MSG_DONTWAIT)) > 0)
        length += (size_t)some;
    text[length] = '\0';
}

static void rig_close(struct rig *rig)
{
    redisFree(rig->verify.redis);
    close(rig->server);
    fclose(rig->verify.out);
    free(rig->told);
}

/* -- walking ----------------------------------------------------------------------------------- */

struct heard {
    char text[200];
};

static void hear_pair(struct verify *verify, const redisReply *name, const redisReply *value,
                      void *arg)
{
    struct heard *heard = arg;
    size_t size = strlen(heard->text);

    (void)verify;
    snprintf(heard->text + size, sizeof heard->text - size, "%s=%s ", name->str, value->str);
}

static void a_walk_tells_each_pair_once(void **state)
{
    static const char *const answers[] = {
        ("*2\r\n$2\r\n17\r\n*6\r\n$1\r\n1\r\n$1\r\na\r\n$1\r\n2\r\n$1\r\nb\r\n"
         "$1\r\n1\r\n$1\r\na\r\n"),
        "*2\r\n$1\r\n9\r\n*0\r\n",
        "*2\r\n$1\r\n0\r\n*4\r\n$1\r\n2\r\n$1\r\nb\r\n$1\r\n3\r\n$1\r\nc\r\n"};
    struct heard heard = {""};
    struct rig rig;
    char asked[400];

    (void)state;
    rig_open(&rig, answers, 3);
    verify_walk(&rig.verify, "HSCAN", ":find", hear_pair, &heard);
    assert_string_equal(heard.text, "1=a 2=b 3=c ");
    assert_false(rig.verify.away);
    assert_int_equal(rig.verify.problems, 0);
    rig_asked(&rig, asked, sizeof asked);
    assert_non_null(strstr(asked, "HSCAN\r\n$13\r\np:{demo}:find\r\n$1\r\n0\r\n"));
    assert_non_null(strstr(asked, "\r\n$2\r\n17\r\n"));
    assert_non_null(strstr(asked, "\r\n$1\r\n9\r\n"));
    rig_close(&rig);
}

static void count_pair(struct verify *verify, const redisReply *name, const redisReply *value,
                       void *arg)
{
    (void)verify, (void)name, (void)value;
    ++*(unsigned *)arg;
}

static void a_walk_remembers_many(void **state)
{
    enum { PAIRS = 1500, SIZE = PAIRS * 24 + 100 };
    char *texts[2] = {malloc(SIZE), malloc(SIZE)};
    const char *const answers[] = {texts[0], texts[1]};
    unsigned count = 0;
    struct rig rig;

    (void)state;
    for (int round = 0; round < 2; round++) { /* all of them twice */
        assert_non_null(texts[round]);
        size_t size =
            (size_t)snprintf(texts[round], SIZE, "*2\r\n$1\r\n%d\r\n*%d\r\n", 1 - round, 2 * PAIRS);
        for (int i = 0; i < PAIRS; i++)
            size += (size_t)snprintf(texts[round] + size, SIZE - size, "$4\r\n%d\r\n$1\r\nx\r\n",
                                     1000 + i);
    }
    rig_open(&rig, answers, 2);
    verify_walk(&rig.verify, "HSCAN", ":find", count_pair, &count);
    assert_int_equal(count, PAIRS);
    rig_close(&rig);
    free(texts[0]);
    free(texts[1]);
}

static void a_walk_ends_when_the_store_goes_away(void **state)
{
    static const char *const answers[] = {"",
                                          "*2\r\n$2\r\n17\r\n*0\r\n",
                                          "*2\r\n*0\r\n$1\r\n0\r\n",
                                          "*1\r\n$1\r\n0\r\n",
                                          "*2\r\n$1\r\n0\r\n*2\r\n$1\r\n1\r\n:5\r\n",
                                          "-LOADING Redis is loading\r\n"};
    unsigned count = 0;
    struct rig rig;

    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        rig_open(&rig, &answers[i], 1);
        verify_walk(&rig.verify, "HSCAN", ":find", count_pair, &count);
        assert_true(rig.verify.away);
        assert_int_equal(count, 0);
        rig_close(&rig);
    }
}

static void hear_entry(struct verify *verify, const redisReply *entry, void *arg)
{
    struct heard *heard = arg;
    size_t size = strlen(heard->text);

    (void)verify;
    snprintf(heard->text + size, sizeof heard->text - size, "%s ", entry->element[0]->str);
}

static void a_stream_is_walked_in_pieces(void **state)
{
    static const char *const answers[] = {
        "*2\r\n*2\r\n$3\r\n0-1\r\n*0\r\n*2\r\n$3\r\n0-2\r\n*0\r\n",
        "*1\r\n*2\r\n$3\r\n0-3\r\n*0\r\n", "*0\r\n"};
    struct heard heard = {""};
    struct rig rig;
    char asked[400];

    (void)state;
    rig_open(&rig, answers, 3);
    verify_stream(&rig.verify, ":log", hear_entry, &heard);
    assert_string_equal(heard.text, "0-1 0-2 0-3 ");
    assert_false(rig.verify.away);
    rig_asked(&rig, asked, sizeof asked);
    assert_non_null(strstr(asked, "\r\n(0-2\r\n"));
    assert_non_null(strstr(asked, "\r\n(0-3\r\n"));
    rig_close(&rig);
}

static void another_type_is_a_problem(void **state)
{
    static const char *const answers[] = {"-WRONGTYPE Operation\r\n", ":5\r\n", "$1\r\nx\r\n"};
    struct rig rig;

    (void)state;
    rig_open(&rig, answers, 3);
    assert_null(verify_ask(&rig.verify, REDIS_REPLY_STRING, "GETRANGE", ":ids:offer", "0 9"));
    assert_null(verify_ask(&rig.verify, REDIS_REPLY_STRING, "GETRANGE", ":ids:offer", "0 9"));
    assert_int_equal(rig.verify.problems, 2);
    assert_false(rig.verify.away);
    redisReply *reply = verify_ask(&rig.verify, REDIS_REPLY_STRING, "GETRANGE", ":x", "0 9");
    assert_non_null(reply);
    freeReplyObject(reply);
    fflush(rig.verify.out);
    assert_string_equal(rig.told, "key: p:{demo}:ids:offer: WRONGTYPE Operation\n"
                                  "key: p:{demo}:ids:offer: not of its type\n");
    rig_close(&rig);
}

/* -- numbers and counts ------------------------------------------------------------------------ */

static void numbers_have_one_form(void **state)
{
    static const char *const bad[] = {
        "", "00", "01", "-1", "+1", " 1", "1 ", "x", "1234567890123456"};
    uint64_t number;

    (void)state;
    assert_true(verify_number("0", 1, &number));
    assert_int_equal(number, 0);
    assert_true(verify_number("123456789012345,", 15, &number));
    assert_int_equal(number, 123456789012345);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(verify_number(bad[i], strlen(bad[i]), &number));
}

static void names_are_counted(void **state)
{
    static const char *const names[] = {"b", "a", "c", "a", "c", "a"};
    struct tally tally = {.items = NULL};

    (void)state;
    assert_null(tally_take(&tally, "a"));
    tally_settle(&tally);
    for (int round = 0; round < 100; round++)
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            assert_true(tally_add(&tally, names[i], 1));
    assert_true(tally_add(&tally, "ab,", 2));
    tally_settle(&tally);
    assert_int_equal(tally.count, 4);
    assert_int_equal(tally_take(&tally, "a")->count, 300);
    assert_int_equal(tally_take(&tally, "ab")->count, 1);
    assert_int_equal(tally_take(&tally, "c")->count, 200);
    assert_null(tally_take(&tally, "d"));
    for (size_t i = 0; i < tally.count; i++)
        assert_int_equal(tally.items[i].taken, strcmp(tally.items[i].name, "b") != 0);
    tally_clear(&tally);
    assert_int_equal(tally.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_walk_tells_each_pair_once),
        cmocka_unit_test(a_walk_remembers_many),
        cmocka_unit_test(a_walk_ends_when_the_store_goes_away),
        cmocka_unit_test(a_stream_is_walked_in_pieces),
        cmocka_unit_test(another_type_is_a_problem),
        cmocka_unit_test(numbers_have_one_form),
        cmocka_unit_test(names_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
