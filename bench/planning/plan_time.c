/* Times the planner on a file, without reading it: plan_time [--seconds N] [--repairs N] FILE
 *
 * Prints a JSON object: worth and bound, when the first timetable was there, when the sum was
 * proven, the end, memory. Times of small problems are the median of several runs. With --repairs,
 * instead, the times of so many repairs after one no-show and one walk-in, each another one. */
#include "cli/plan_file.h"
#include "planning/plan.h"
#include "planning/repair.h"
#include "runtime/file_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { RUNS = 9, REPAIRS_MAX = 10000, SMALL_MS = 500 };

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int number_compare(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return a < b ? -1 : a > b;
}

struct timing {
    struct plan *plan;
    double started, until, first, proven;
    bool only_sum; /* stop once the sum is proven */
};

static bool goes_on(void *state)
{
    struct timing *timing = state;
    double now = seconds_now();
    struct plan_answer answer = plan_answer(timing->plan);
    if (timing->first == 0 && answer.worth.sum > 0)
        timing->first = now - timing->started;
    if (timing->proven == 0 && answer.proven)
        timing->proven = now - timing->started;
    return now < timing->until && !(timing->only_sum && answer.proven);
}

static bool run(struct timing *timing, const struct problem *problem, double seconds)
{
    struct watch watch = {goes_on, timing};
    timing->first = timing->proven = 0;
    timing->started = seconds_now();
    timing->until = timing->started + seconds;
    timing->plan = plan_create(problem, 1);
    bool good = timing->plan != NULL && plan_run(timing->plan, &watch);
    if (good)
        goes_on(timing);
    return good;
}

/* Milliseconds to the proven sum: the median of several runs when they are short. */
static double proven_ms(const struct problem *problem, double seconds)
{
    double times[RUNS];
    unsigned count = 0;
    do {
        struct timing timing = {.only_sum = true};
        bool good = run(&timing, problem, seconds);
        plan_free(timing.plan);
        if (!good || timing.proven == 0)
            return -1;
        times[count++] = timing.proven * 1e3;
    } while (count < RUNS && times[0] < SMALL_MS);
    qsort(times, count, sizeof *times, number_compare);
    return times[count / 2];
}

static bool time_plan(const struct problem *problem, double seconds)
{
    double proven = proven_ms(problem, seconds);
    struct timing timing = {.only_sum = false};
    struct rusage usage;
    bool good = run(&timing, problem, seconds);
    if (good) {
        struct plan_answer answer = plan_answer(timing.plan);
        getrusage(RUSAGE_SELF, &usage);
        printf("{\"missing\": %lld, \"missing_bound\": %lld, \"sum\": %lld, \"sum_bound\": %lld, "
               "\"uneven\": %lld, \"gaps\": %lld, \"gap\": %.8f, \"first_ms\": %.3f, "
               "\"proven_ms\": %.3f, \"seconds\": %.3f, \"mib\": %ld}\n",
               (long long)answer.worth.missing, (long long)answer.bound.missing,
               (long long)answer.worth.sum, (long long)answer.bound.sum,
               (long long)answer.worth.uneven, (long long)answer.worth.gaps,
               answer.bound.sum > 0
                   ? (double)(answer.bound.sum - answer.worth.sum) / (double)answer.bound.sum
                   : 0.0,
               timing.first * 1e3, proven, seconds_now() - timing.started, usage.ru_maxrss / 1024);
    }
    plan_free(timing.plan);
    return good;
}

/* -- repairs ----------------------------------------------------------------------------------- */

static bool is_of(const struct problem *problem, uint32_t pair, uint32_t participant)
{
    return problem->pairs[pair].first == participant || problem->pairs[pair].second == participant;
}

/* A learner: somebody of the second side. */
static uint32_t somebody(const struct problem *problem, struct chance *chance)
{
    uint32_t i;
    do
        i = chance_below(chance, problem->participant_count);
    while (problem->participants[i].group != 1);
    return i;
}

/* One does not come; another one, who was not there before, does. The timetable in force has
 * neither, and the pairs of the absent one are closed while it is repaired. */
static double time_repair(struct problem *problem, const int8_t *slot_of, struct chance *chance)
{
    uint32_t absent = somebody(problem, chance), walk_in = somebody(problem, chance);
    size_t pairs = problem->pair_count;
    int8_t *old = malloc(pairs + 1);
    uint64_t *open = malloc((pairs + 1) * sizeof *open);
    bool *required = malloc(pairs + 1);
    struct watch watch = {0};
    struct repair repair = {0};
    double seconds = -1;
    if (old != NULL && open != NULL && required != NULL) {
        for (uint32_t p = 0; p < pairs; p++) {
            bool gone = is_of(problem, p, absent);
            old[p] = gone || is_of(problem, p, walk_in) ? (int8_t)NO_SLOT : slot_of[p];
            open[p] = problem->open[p];
            required[p] = problem->pairs[p].required;
            problem->open[p] = gone ? 0 : open[p];
            problem->pairs[p].required = required[p] && !gone;
        }
        double started = seconds_now();
        if (repair_make(problem, old, NULL, 1, &watch, &repair))
            seconds = seconds_now() - started;
        repair_clear(&repair);
        for (uint32_t p = 0; p < pairs; p++) {
            problem->open[p] = open[p];
            problem->pairs[p].required = required[p];
        }
    }
    free(old);
    free(open);
    free(required);
    return seconds;
}

static bool time_repairs(struct problem *problem, unsigned count)
{
    static double times[REPAIRS_MAX];
    struct timing timing = {.only_sum = true};
    struct chance chance = chance_from(1);
    bool good = run(&timing, problem, 60);
    for (unsigned k = 0; good && k < count; k++) {
        times[k] = 1e3 * time_repair(problem, plan_answer(timing.plan).slot_of, &chance);
        good = times[k] >= 0;
    }
    plan_free(timing.plan);
    if (!good)
        return false;
    qsort(times, count, sizeof *times, number_compare);
    printf("{\"repairs\": %u, \"median_ms\": %.2f, \"p99_ms\": %.2f, \"most_ms\": %.2f}\n", count,
           times[count / 2], times[count * 99 / 100], times[count - 1]);
    return true;
}

int main(int argc, char **argv)
{
    double seconds = 600;
    unsigned repairs = 0;
    const char *path = argc > 1 ? argv[argc - 1] : NULL;
    for (int k = 1; k + 2 < argc; k += 2) {
        if (strcmp(argv[k], "--seconds") == 0)
            seconds = strtod(argv[k + 1], NULL);
        else if (strcmp(argv[k], "--repairs") == 0)
            repairs = (unsigned)strtoul(argv[k + 1], NULL, 10);
    }
    if (path == NULL || repairs > REPAIRS_MAX) {
        fprintf(stderr, "usage: plan_time [--seconds N] [--repairs N] FILE\n");
        return 2;
    }
    size_t size;
    struct plan_fault fault = {.what = TEXT_NONE};
    char *text = file_read_bounded(path, PLAN_FILE_MAX, &size);
    struct plan_file *file = text != NULL ? plan_file_read(text, size, &fault) : NULL;
    free(text);
    bool good = file != NULL && (repairs > 0 ? time_repairs(file->problem, repairs)
                                             : time_plan(file->problem, seconds));
    if (!good)
        fprintf(stderr, "%s: %s\n", path, fault.path);
    plan_file_free(file);
    return good ? 0 : 1;
}
