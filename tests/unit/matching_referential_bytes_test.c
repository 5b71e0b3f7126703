/* A referential file with wrong bytes in it is refused, or serves without leaving its bytes. */
#include "../fuzz/referential_fuzz.c"

#include "matching/occupation_build.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void *build_small(size_t *size)
{
    char hash[REFERENTIAL_HASH_SIZE];
    struct referential_counts counts;
    struct referential_build *build = referential_build_create();
    assert_true(referential_build_skill(build, "vue", "Vue.js", ""));
    assert_true(referential_build_skill(build, "js", "JavaScript", "JavaScript"));
    assert_true(referential_build_skill_link(build, "vue", "js", LINK_BROADER));
    assert_true(referential_build_role(build, "web", "M1855", "Développeur web", ""));
    assert_true(referential_build_role(build, "M1810", "M1810", "Technicien", ""));
    assert_true(referential_build_role_link(build, "web", "M1810", 90));
    assert_true(referential_build_role_skill(build, "web", "vue", true, 2));
    assert_true(referential_build_role_text(build, "web", ROLE_TITLE, "Développeuse front"));
    assert_true(referential_build_role_text(build, "M1810", ROLE_DEFINITION, "Dépanne."));
    assert_true(referential_build_occupation_role(build, "esco:dev", "web", 8));
    assert_true(referential_build_occupation_skill(build, "esco:dev", "js", true));
    assert_true(referential_build_occupation_title(build, "esco:dev", LABEL_ENGLISH, "coder"));
    void *data = referential_build_finish(build, size, hash, &counts);
    assert_non_null(data);
    referential_build_free(build);
    return data;
}

static bool opens(const uint8_t *bytes, size_t size)
{
    const char *reason;
    struct referential *referential = referential_open(bytes, size, &reason);
    referential_close(referential);
    return referential != NULL;
}

static void bears_every_changed_byte(void **state)
{
    (void)state;
    static const uint8_t values[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};
    size_t size, refused = 0;
    uint8_t *bytes = build_small(&size);
    assert_true(opens(bytes, size));
    for (size_t i = 0; i < size; i++) {
        uint8_t before = bytes[i];
        for (size_t v = 0; v < sizeof values; v++) {
            bytes[i] = values[v];
            LLVMFuzzerTestOneInput(bytes, size);
            reseal(bytes, size);
            refused += !opens(bytes, size);
        }
        bytes[i] = before;
    }
    assert_true(refused > size / 2); /* else the changes hardly met a check */
    free(bytes);
}

static void bears_every_length(void **state)
{
    (void)state;
    size_t size;
    uint8_t *bytes = build_small(&size);
    for (size_t cut = 0; cut < size; cut++)
        LLVMFuzzerTestOneInput(bytes, cut);
    free(bytes);
}

static void bears_many_changes(void **state)
{
    (void)state;
    size_t size;
    uint8_t *whole = build_small(&size), *bytes = malloc(size);
    uint32_t random = 7;
    for (int round = 0; round < 20000; round++) {
        memcpy(bytes, whole, size);
        for (int change = 0; change < 3; change++) {
            random = random * 1664525 + 1013904223;
            size_t at = 32 + (random >> 8) % (size - 32);
            random = random * 1664525 + 1013904223;
            bytes[at] = (uint8_t)((random >> 16) % 4 ? (random >> 16) % 8 : random >> 24);
        }
        LLVMFuzzerTestOneInput(bytes, size);
    }
    free(whole);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bears_every_changed_byte),
        cmocka_unit_test(bears_every_length),
        cmocka_unit_test(bears_many_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
