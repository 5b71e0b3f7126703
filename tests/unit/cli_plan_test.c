/* `passerelle plan` on files: plan, check, repair. */
#include "cli/plan_file.h"
#include "cli/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char directory[] = "/tmp/planXXXXXX", problem_path[64], timetable_path[64];
static char *out_text, *err_text;
static json_t *answer;

static const char problem[] =
    "{\"slots\":3,\"participants\":[{\"id\":\"E\"},{\"id\":\"L\",\"minimum\":1},{\"id\":\"M\"},"
    "{\"id\":\"N\"}],\"pairs\":[[\"E\",\"L\",7],[\"E\",\"M\",8],[\"E\",\"N\",9]]}";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int setup(void **state)
{
    (void)state;
    setenv("LC_ALL", "C", 1);
    strcpy(directory + strlen(directory) - 6, "XXXXXX");
    assert_non_null(mkdtemp(directory));
    snprintf(problem_path, sizeof problem_path, "%s/problem", directory);
    snprintf(timetable_path, sizeof timetable_path, "%s/timetable", directory);
    write_file(problem_path, problem);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(problem_path);
    unlink(timetable_path);
    rmdir(directory);
    free(out_text);
    free(err_text);
    json_decref(answer);
    out_text = err_text = NULL;
    answer = NULL;
    return 0;
}

static enum ending run(const char *option, const char *first, const char *second)
{
    char *argv[8] = {strdup("passerelle"), strdup("plan")};
    int argc = 2;
    for (unsigned k = 0; k < 3; k++) {
        const char *word = k == 0 ? option : k == 1 ? first : second;
        if (word != NULL)
            argv[argc++] = strdup(word);
    }
    size_t out_size, err_size;
    free(out_text);
    free(err_text);
    json_decref(answer);
    FILE *out = open_memstream(&out_text, &out_size), *err = open_memstream(&err_text, &err_size);
    enum ending ending = program_run(argc, argv, stdin, out, err);
    fclose(out);
    fclose(err);
    for (int k = 0; k < argc; k++)
        free(argv[k]);
    answer = json_loads(out_text, 0, NULL);
    return ending;
}

static json_int_t number(const char *object, const char *member)
{
    const json_t *at = object != NULL ? json_object_get(answer, object) : answer;
    return json_integer_value(json_object_get(at, member));
}

static void planned_and_checked(void **state)
{
    (void)state;
    assert_int_equal(run(NULL, problem_path, NULL), END_OK);
    assert_int_equal(json_array_size(json_object_get(answer, "meetings")), 3);
    assert_int_equal(number("objective", "missing"), 0);
    assert_int_equal(number("objective", "sum"), number("bound", "sum"));
    assert_true(json_is_true(json_object_get(answer, "proven")));
    write_file(timetable_path, out_text);
    assert_int_equal(run("--check", problem_path, timetable_path), END_OK);
    assert_true(json_is_true(json_object_get(answer, "valid")));
}

static void faults_are_named(void **state)
{
    (void)state;
    write_file(timetable_path, "{\"meetings\":[{\"with\":[\"E\",\"L\"],\"slot\":1},"
                               "{\"with\":[\"E\",\"M\"],\"slot\":1}]}");
    assert_int_equal(run("--check", problem_path, timetable_path), END_UNVERIFIED);
    const json_t *fault = json_array_get(json_object_get(answer, "faults"), 0);
    assert_string_equal(json_string_value(json_object_get(fault, "fault")), "capacity");
    assert_string_equal(json_string_value(json_object_get(fault, "culprit")), "E");
    assert_int_equal(json_integer_value(json_object_get(fault, "found")), 2);
    write_file(timetable_path, "{\"meetings\":[{\"with\":[\"E\",\"L\"],\"slot\":1},"
                               "{\"with\":[\"E\",\"M\"],\"slot\":-5}]}");
    assert_int_equal(run("--check", problem_path, timetable_path), END_UNVERIFIED);
    fault = json_array_get(json_object_get(answer, "faults"), 0);
    assert_string_equal(json_string_value(json_object_get(fault, "fault")), "slot");
    assert_int_equal(json_integer_value(json_object_get(fault, "meeting")), 1);
    assert_null(json_object_get(fault, "slot")); /* it says one that there is not */
}

/* M does not come: N and L stay where they are, and E is told. */
static void repaired(void **state)
{
    (void)state;
    write_file(timetable_path, "{\"meetings\":[{\"with\":[\"E\",\"L\"],\"slot\":1},"
                               "{\"with\":[\"E\",\"M\"],\"slot\":2},"
                               "{\"with\":[\"E\",\"N\"],\"slot\":3}]}");
    write_file(problem_path,
               "{\"slots\":3,\"participants\":[{\"id\":\"E\"},{\"id\":\"L\"},{\"id\":\"W\"},"
               "{\"id\":\"N\"}],\"pairs\":[[\"E\",\"L\",7],[\"E\",\"W\",1],[\"E\",\"N\",9]]}");
    assert_int_equal(run("--repair", problem_path, timetable_path), END_OK);
    assert_int_equal(number(NULL, "moved"), 0);
    assert_int_equal(json_array_size(json_object_get(answer, "meetings")), 3);
    assert_int_equal(json_array_size(json_object_get(answer, "changes")), 2);
    const json_t *tell = json_object_get(answer, "tell");
    assert_int_equal(json_array_size(tell), 2);
    assert_string_equal(json_string_value(json_array_get(tell, 0)), "E");
    assert_string_equal(json_string_value(json_array_get(tell, 1)), "W");
}

static void wrong_files(void **state)
{
    (void)state;
    assert_int_equal(run("--check", problem_path, NULL), END_USAGE);
    assert_int_equal(run(NULL, "/nonexistent", NULL), END_REJECTED);
    write_file(problem_path, "{\"slots\":3,\"pairs\":[[\"A\",\"B\",1]]}");
    assert_int_equal(run(NULL, problem_path, NULL), END_REJECTED);
    assert_non_null(strstr(err_text, "pairs[0]"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(planned_and_checked),
        TEST(faults_are_named),
        TEST(repaired),
        TEST(wrong_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
