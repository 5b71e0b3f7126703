#include "runtime_support.h"

#include "runtime/log.h"
#include "runtime/log_format.h"
#include "runtime/log_limit.h"

static const struct log_head plain_head = {.program = "passerelled",
                                           .wall_ms = 1700000000042,
                                           .level = LOG_LEVEL_INFO,
                                           .id = "store.connected"};

static const char *formatted(const struct log_head *head, const struct log_pair *pairs,
                             size_t count)
{
    static char line[LOG_LINE_SIZE + 1];
    size_t size = log_format(line, head, pairs, count);
    assert_true(size < sizeof line);
    line[size] = '\0';
    return line;
}

static const char *value_of(const char *text)
{
    static const struct log_head head = {.program = "p", .journal = true, .id = "i"};
    const struct log_pair pair = LOG_TEXT("t", text);
    const char *line = formatted(&head, &pair, 1);
    assert_memory_equal(line, "<3>p i t=", 9);
    return line + 9;
}

static void one_line(void **state)
{
    (void)state;
    const struct log_pair pairs[] = {LOG_TEXT("path", "/run/redis.sock"), LOG_INT("port", -1),
                                     LOG_ID("record", 'L', 1042)};
    assert_string_equal(formatted(&plain_head, pairs, 3),
                        "2023-11-14T22:13:20.042Z info passerelled store.connected "
                        "path=/run/redis.sock port=-1 record=L1042\n");
    assert_string_equal(formatted(&plain_head, NULL, 0),
                        "2023-11-14T22:13:20.042Z info passerelled store.connected\n");
    struct log_head journal = plain_head;
    journal.journal = true;
    journal.level = LOG_LEVEL_WARNING;
    assert_string_equal(formatted(&journal, NULL, 0), "<4>passerelled store.connected\n");
}

static void values_are_escaped(void **state)
{
    (void)state;
    assert_string_equal(value_of("plain"), "plain\n");
    assert_string_equal(value_of(""), "\"\"\n");
    assert_string_equal(value_of(NULL), "\"\"\n");
    assert_string_equal(value_of("two words"), "\"two words\"\n");
    assert_string_equal(value_of("a=b"), "\"a=b\"\n");
    assert_string_equal(value_of("say \"no\" \\"), "\"say \\\"no\\\" \\\\\"\n");
    assert_string_equal(value_of("a\nb\tc\rd"), "\"a\\nb\\tc\\rd\"\n");
    assert_string_equal(value_of("\x1b[31m"), "\"\\x1b[31m\"\n");
    assert_string_equal(value_of("h\xc3\xa9"), "\"h\xc3\xa9\"\n");
    assert_string_equal(value_of("bad \xc3( \xff"), "\"bad \\xc3( \\xff\"\n");
    assert_string_equal(value_of("\xc2\x9b"), "\"\\xc2\\x9b\"\n");          /* a C1 control */
    assert_string_equal(value_of("\xe2\x80\xae"), "\"\\xe2\\x80\\xae\"\n"); /* right to left */
}

static void long_values_and_lines_are_cut(void **state)
{
    (void)state;
    char text[LOG_TEXT_MAX + 100];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    const char *value = value_of(text);
    assert_true(strlen(value) <= LOG_TEXT_MAX + 3);
    assert_string_equal(value + strlen(value) - 5, "...\"\n");
    memset(text, '\x01', sizeof text - 1);
    struct log_pair pairs[12];
    for (size_t i = 0; i < 12; i++)
        pairs[i] = (struct log_pair)LOG_TEXT("t", text);
    const char *line = formatted(&plain_head, pairs, 12);
    assert_true(strlen(line) <= LOG_LINE_SIZE);
    assert_string_equal(line + strlen(line) - 9, " cut=yes\n");
    assert_true(strchr(line, '\n') == line + strlen(line) - 1);
}

static void each_id_has_its_allowance(void **state)
{
    (void)state;
    struct log_limit limit = {0};
    unsigned dropped = 0;
    for (int i = 0; i < LOG_LIMIT_LINES; i++)
        assert_true(log_limit_pass(&limit, "a", 100 + i));
    assert_false(log_limit_pass(&limit, "a", 500));
    assert_false(log_limit_pass(&limit, "a", 501));
    assert_true(log_limit_pass(&limit, "b", 501));
    assert_null(log_limit_take(&limit, 1099, false, &dropped));
    const struct log_limit_slot *slot = log_limit_take(&limit, 1100, false, &dropped);
    assert_non_null(slot);
    assert_string_equal(slot->id, "a");
    assert_int_equal(dropped, 2);
    assert_null(log_limit_take(&limit, 1100, true, &dropped));
    assert_true(log_limit_pass(&limit, "a", 1100));
}

static void the_table_of_ids_is_bounded(void **state)
{
    (void)state;
    struct log_limit limit = {0};
    int passed = 0;
    char id[16];
    for (int i = 0; i < 1000; i++) {
        snprintf(id, sizeof id, "id.%d", i);
        passed += log_limit_pass(&limit, id, 5);
    }
    assert_int_equal(passed, LOG_LIMIT_IDS + LOG_LIMIT_LINES);
    assert_true(log_limit_pass(&limit, "later", 5 + LOG_LIMIT_WINDOW_MS));
}

/* The real path, through standard error. */
static void lines_reach_standard_error(void **state)
{
    (void)state;
    char text[8192];
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    int saved = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    setenv("JOURNAL_STREAM", "8:1", 1);
    log_open("tester", LOG_LEVEL_INFO);
    log_debug("too.fine", LOG_INT("n", 1));
    log_info("bare");
    for (int i = 0; i < LOG_LIMIT_LINES + 7; i++)
        log_error("often", LOG_INT("i", i));
    log_flush();
    dup2(saved, STDERR_FILENO);
    unsetenv("JOURNAL_STREAM");
    close(ends[1]);
    size_t size = 0;
    ssize_t got;
    while ((got = read(ends[0], text + size, sizeof text - 1 - size)) > 0)
        size += (size_t)got;
    text[size] = '\0';
    close(ends[0]);
    close(saved);
    assert_memory_equal(text, "<6>tester bare\n<3>tester often i=0\n", 35);
    assert_non_null(strstr(text, "i=19\n<4>tester log.suppressed id=often lines=7\n"));
    assert_null(strstr(text, "too.fine"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line),
        cmocka_unit_test(values_are_escaped),
        cmocka_unit_test(long_values_and_lines_are_cut),
        cmocka_unit_test(each_id_has_its_allowance),
        cmocka_unit_test(the_table_of_ids_is_bounded),
        cmocka_unit_test(lines_reach_standard_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
