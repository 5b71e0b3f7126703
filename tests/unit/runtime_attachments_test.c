#include "runtime/attachments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void takes_a_stored_value_apart(void **state)
{
    static const char *const bad[] = {"",      "A12",      "A12 ",  "12 sql", "L12 sql",
                                      "A sql", "A012 sql", "A-1 c", " A1 c",  "A1x c"};
    uint64_t number = 0;

    (void)state;
    assert_string_equal(attachment_skill("A12 sql", &number), "sql");
    assert_int_equal(number, 12);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_null(attachment_skill(bad[i], &number));
        assert_int_equal(number, 12);
    }
}

static redisReply text_reply(const char *text)
{
    return (redisReply){
        .type = REDIS_REPLY_STRING, .str = (char *)(uintptr_t)text, .len = (int)strlen(text)};
}

static void reads_a_hash_and_leaves_out_what_is_none(void **state)
{
    redisReply items[] = {
        text_reply("les pointeurs"), text_reply("A3 c"),    text_reply("sans numero"),
        text_reply("sql"),           text_reply("deja vu"), {.type = REDIS_REPLY_NIL},
        text_reply("requetes"),      text_reply("A14 sql"), text_reply("sans valeur")};
    enum { COUNT = sizeof items / sizeof items[0] };
    redisReply *elements[COUNT];
    redisReply reply = {.type = REDIS_REPLY_ARRAY, .elements = COUNT, .element = elements};

    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        elements[i] = &items[i];
    struct attachments *attachments = attachments_read(&reply);
    assert_non_null(attachments);
    assert_string_equal(attachments_find(attachments, "les pointeurs"), "c");
    assert_string_equal(attachments_find(attachments, "requetes"), "sql");
    assert_null(attachments_find(attachments, "sans numero"));
    assert_null(attachments_find(attachments, "deja vu"));
    assert_null(attachments_find(attachments, "sans valeur"));
    attachments_free(attachments);
    attachments_free(NULL);
}

static void many_are_kept_apart(void **state)
{
    struct attachments *attachments = attachments_create();
    char words[32], skill[32];

    (void)state;
    for (int i = 0; i < 3000; i++) {
        snprintf(words, sizeof words, "mots %d", i * 7919 % 3000);
        assert_true(attachments_put(attachments, words, "before"));
        snprintf(skill, sizeof skill, "s%d", i * 7919 % 3000);
        assert_true(attachments_put(attachments, words, skill));
    }
    for (int i = 0; i < 3000; i++) {
        snprintf(words, sizeof words, "mots %d", i);
        snprintf(skill, sizeof skill, "s%d", i);
        assert_string_equal(attachments_find(attachments, words), skill);
    }
    assert_null(attachments_find(attachments, "mots 3000"));
    attachments_free(attachments);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_stored_value_apart),
        cmocka_unit_test(reads_a_hash_and_leaves_out_what_is_none),
        cmocka_unit_test(many_are_kept_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
