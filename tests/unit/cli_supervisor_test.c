#include "cli/supervisor.h"

#include <event2/event.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct event_base *base;
static struct supervisor *supervisor;
static char directory[64], notify_path[80];
static int ended;

static void on_done(void *arg, int status)
{
    (void)arg;
    ended = status;
    event_base_loopbreak(base);
}

static int set_up(void **state)
{
    static const struct supervisor_handlers none = {.arg = NULL};

    (void)state;
    strcpy(directory, "/tmp/passerelle-supervisor-XXXXXX");
    if (mkdtemp(directory) == NULL)
        return -1;
    snprintf(notify_path, sizeof notify_path, "%s/notify.sock", directory);
    base = event_base_new();
    supervisor = supervisor_create(base, directory, notify_path, &none);
    ended = -1;
    return supervisor != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    char log[96];

    (void)state;
    supervisor_free(supervisor);
    event_base_free(base);
    snprintf(log, sizeof log, "%s/count.log", directory);
    unlink(log);
    return rmdir(directory);
}

static void a_program_gets_all_of_its_arguments_or_is_not_run(void **state)
{
    struct supervised item = {"count", {"/bin/sh", "-c", "exit $#", "sh"}};
    unsigned given = 0;

    (void)state;
    while (supervised_add(&item, "one more"))
        given++;
    assert_int_equal(given, SUPERVISED_ARGUMENTS_MAX - 1 - 4);
    assert_null(item.argv[SUPERVISED_ARGUMENTS_MAX - 1]);
    assert_true(supervisor_run(supervisor, &item, on_done, NULL));
    event_base_dispatch(base);
    assert_int_equal(WEXITSTATUS(ended), given);
}

static void arguments_without_an_end_are_refused(void **state)
{
    struct supervised item = {"count", {NULL}};

    (void)state;
    for (unsigned i = 0; i < SUPERVISED_ARGUMENTS_MAX; i++)
        item.argv[i] = "/bin/true";
    assert_false(supervised_add(&item, "one more"));
    assert_false(supervisor_add(supervisor, &item));
    assert_false(supervisor_run(supervisor, &item, on_done, NULL));
    item.argv[SUPERVISED_ARGUMENTS_MAX - 1] = NULL;
    assert_true(supervisor_add(supervisor, &item));
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_program_gets_all_of_its_arguments_or_is_not_run),
        CASE(arguments_without_an_end_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
