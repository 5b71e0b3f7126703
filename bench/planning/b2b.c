/* The fewest breaks of business-to-business instances, proven: b2b [--seconds N] FILE…
 *
 * Prints a line for each file: name, breaks, the bound below which nothing can be, seconds. The
 * timetable goes through the checker first. Exit code 1 when one is not proven. */
#include "b2b_file.h"
#include "planning/check.h"
#include "planning/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SECONDS = 600 };

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool before(void *state)
{
    const double *until = state;
    return seconds_now() < *until;
}

/* Whether the checker accepts the timetable and counts the same. */
static bool is_accepted(const struct problem *problem, const struct plan_answer *answer)
{
    static struct verdict verdict;
    struct plan_meeting *meetings = malloc((problem->pair_count + 1) * sizeof *meetings);
    uint32_t count = 0;
    for (uint32_t p = 0; meetings != NULL && p < problem->pair_count; p++)
        if (answer->slot_of[p] != NO_SLOT)
            meetings[count++] = (struct plan_meeting){
                problem->pairs[p].first, problem->pairs[p].second, (unsigned)answer->slot_of[p]};
    bool good = meetings != NULL && check_timetable(problem, meetings, count, &verdict) &&
                verdict.finding_count == 0 && verdict.uneven == 0 &&
                verdict.gaps == answer->worth.gaps;
    free(meetings);
    return good;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static bool solve(const char *path, const struct problem *problem, double seconds)
{
    double started = seconds_now(), until = started + seconds;
    struct watch watch = {before, &until};
    struct plan *plan = plan_create(problem, 1);
    bool good = plan != NULL && plan_run(plan, &watch);
    if (!good) {
        fprintf(stderr, "%s: out of memory\n", path);
    } else {
        struct plan_answer answer = plan_answer(plan);
        good = answer.gaps_proven && is_accepted(problem, &answer);
        if (answer.worth.unheld > 0 || !is_accepted(problem, &answer))
            printf("%s none %lld %.2f\n", base_name(path), (long long)answer.bound.gaps,
                   seconds_now() - started);
        else
            printf("%s %lld %lld %.2f\n", base_name(path), (long long)answer.worth.gaps,
                   (long long)answer.bound.gaps, seconds_now() - started);
        fflush(stdout);
    }
    plan_free(plan);
    return good;
}

static bool solve_file(const char *path, double seconds)
{
    const char *wrong = "cannot be read, or is too large";
    size_t size;
    char *text = b2b_load(path, &size);
    struct problem *problem = text != NULL ? b2b_read(text, size, &wrong) : NULL;
    free(text);
    if (problem == NULL) {
        fprintf(stderr, "%s: %s\n", path, wrong);
        return false;
    }
    bool good = solve(path, problem, seconds);
    problem_free(problem);
    return good;
}

int main(int argc, char **argv)
{
    double seconds = SECONDS;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "--seconds") == 0) {
        seconds = strtod(argv[2], NULL);
        first = 3;
    }
    if (first >= argc || !(seconds > 0)) {
        fprintf(stderr, "usage: b2b [--seconds N] FILE...\n");
        return 2;
    }
    bool good = true;
    for (int k = first; k < argc; k++)
        good = solve_file(argv[k], seconds) && good;
    return good ? 0 : 1;
}
