/* Pairs of files in tests/fixtures/config: NAME.conf and NAME.expected, which holds the errors or,
 * when there are none, the print-out. And the file we ship. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/config.h"
#include "runtime/file_map.h"
#include "runtime/log.h"

static char *printed(const struct config *config, bool commented, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    assert_non_null(out);
    config_print(out, config, commented);
    fclose(out);
    return text;
}

static char *errors_printed(const struct config_errors *errors, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    assert_non_null(out);
    for (unsigned i = 0; i < errors->count; i++)
        fprintf(out, "%s\n", errors->text[i]);
    if (errors->total > errors->count)
        fprintf(out, "and %u more\n", errors->total - errors->count);
    fclose(out);
    return text;
}

static void check_pair(const char *path)
{
    static struct config_errors errors;
    char expected_path[512];
    size_t size = 0, expected_size = 0, got_size = 0;
    struct config config;
    char *text = file_read_bounded(path, 1 << 20, &size);
    assert_non_null(text);
    snprintf(expected_path, sizeof expected_path, "%.*s.expected", (int)(strlen(path) - 5), path);
    char *expected = file_read_bounded(expected_path, 1 << 20, &expected_size);
    bool parsed = config_parse(strrchr(path, '/') + 1, text, size, &config, &errors);
    char *got = parsed ? printed(&config, false, &got_size) : errors_printed(&errors, &got_size);
    if (!expected || strcmp(got, expected) != 0)
        fail_msg("%s gives:\n%s", path, got);
    free(text);
    free(expected);
    free(got);
}

static void pairs_of_files(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob(SOURCE_DIR "/tests/fixtures/config/*.conf", 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= 5);
    for (size_t i = 0; i < found.gl_pathc; i++)
        check_pair(found.gl_pathv[i]);
    globfree(&found);
}

static void shipped_file_is_the_commented_defaults(void **state)
{
    (void)state;
    static struct config_errors errors;
    struct config defaults, shipped;
    size_t size = 0, expected_size = 0;
    config_defaults(&defaults);
    char *expected = printed(&defaults, true, &expected_size);
    char *text = file_read_bounded(SOURCE_DIR "/config/passerelle.conf", 1 << 20, &size);
    assert_non_null(text);
    assert_string_equal(text, expected);
    assert_true(config_load(SOURCE_DIR "/config/passerelle.conf", &shipped, &errors));
    assert_memory_equal(&shipped, &defaults, sizeof shipped);
    free(text);
    free(expected);
}

/* Every option differs from its default in all.conf. */
static void print_out_parses_again(void **state)
{
    (void)state;
    static struct config_errors errors;
    struct config config, again;
    assert_true(config_load(SOURCE_DIR "/tests/fixtures/config/all.conf", &config, &errors));
    for (int commented = 0; commented < 2; commented++) {
        size_t size = 0;
        char *text = printed(&config, commented, &size);
        assert_true(config_parse("again", text, size, &again, &errors));
        assert_memory_equal(&again, &config, sizeof again);
        free(text);
    }
}

static void bounds_of_a_file(void **state)
{
    (void)state;
    static struct config_errors errors;
    struct config config;
    assert_false(config_load("/nonexistent/passerelle.conf", &config, &errors));
    assert_string_equal(errors.text[0], "/nonexistent/passerelle.conf: No such file or directory");
    assert_false(config_load("/tmp", &config, &errors));
    assert_string_equal(errors.text[0], "/tmp: Is a directory");
    /* NULs and the lack of a last newline */
    static const char nul[] = "[store]\nuser = a\0b";
    assert_false(config_parse("nul", nul, sizeof nul - 1, &config, &errors));
    assert_string_equal(errors.text[0], "nul:2: not UTF-8, or with control characters");
    static const char last[] = "\xef\xbb\xbf[store]\r\nport = 6380";
    assert_true(config_parse("last", last, sizeof last - 1, &config, &errors));
    assert_int_equal(config.store_port, 6380);
    char line[1100];
    memset(line, 'x', sizeof line);
    memcpy(line, "[store]\nuser=", 13);
    assert_false(config_parse("long", line, sizeof line, &config, &errors));
    assert_string_equal(errors.text[0], "long:2: longer than 1000 bytes");
}

static void levels_follow_the_log(void **state)
{
    (void)state;
    struct config config;
    static struct config_errors errors;
    static const char text[] = "[daemon]\nlog_level = warning\n";
    assert_true(config_parse("level", text, sizeof text - 1, &config, &errors));
    assert_int_equal(config.daemon_log_level, LOG_LEVEL_WARNING);
    config_defaults(&config);
    assert_int_equal(config.daemon_log_level, LOG_LEVEL_INFO);
    assert_int_equal(config.store_durability, CONFIG_DURABILITY_ALWAYS);
}

static void paths_fall_back_on_the_state(void **state)
{
    (void)state;
    struct config config;
    char path[CONFIG_TEXT_SIZE];
    config_defaults(&config);
    config_key_file(&config, path);
    assert_string_equal(path, "/var/lib/passerelle/passerelle.key");
    config_referential_directory(&config, path);
    assert_string_equal(path, "/var/lib/passerelle/referential");
    strcpy(config.daemon_key_file, "/etc/key");
    config_key_file(&config, path);
    assert_string_equal(path, "/etc/key");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_of_files),
        cmocka_unit_test(shipped_file_is_the_commented_defaults),
        cmocka_unit_test(print_out_parses_again),
        cmocka_unit_test(bounds_of_a_file),
        cmocka_unit_test(levels_follow_the_log),
        cmocka_unit_test(paths_fall_back_on_the_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
