#include "runtime_support.h"

#include "runtime/fault.h"

#ifdef PASSERELLE_FAULTS

/* Passes three points in a child that has that plan; its wait status. */
static int passed(const char *plan)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        setenv("PASSERELLE_FAULT", plan, 1);
        for (int i = 0; i < 3; i++) {
            FAULT_POINT("test.other");
            FAULT_POINT("test.point");
        }
        _exit(7);
    }
    assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
    if (WIFSTOPPED(status)) {
        int end = 0;
        kill(pid, SIGKILL);
        waitpid(pid, &end, 0);
    }
    return status;
}

static void plans(void **state)
{
    (void)state;
    int status = passed("test.point");
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    status = passed("test.point:3");
    assert_true(WIFSIGNALED(status));
    status = passed("test.point:4");
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    status = passed("test.point:2:stop");
    assert_true(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
    status = passed("test.point:stop");
    assert_true(WIFSTOPPED(status));
    status = passed("test");
    assert_true(WIFEXITED(status));
}

#else

static void plans(void **state)
{
    (void)state;
    setenv("PASSERELLE_FAULT", "test.point", 1);
    FAULT_POINT("test.point"); /* no code: we live */
    unsetenv("PASSERELLE_FAULT");
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(plans)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
