/* matching_plain offers|learners|update|processes DIRECTORY [RUNS [ASKERS]]: the index on the
 * synthetic load with the plain coverage score; one line of JSON on stdout. See README.md. */
#include "measure.h"
#include "plain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 5, ASKERS = 200, CHECKED = 20, UPDATES = 20000, LINE_MAX_SIZE = 4096 };

static uint32_t askers_most = ASKERS;

static uint32_t asker_count(const struct plain *plain)
{
    uint32_t count = plain_askers(plain)->count;
    return count < askers_most ? count : askers_most;
}

/* -- is it right? --------------------------------------------------------------------------------
 */

/* A line of ref.txt: the records, best first. */
static bool best_is_line(const struct best *best, const char *line)
{
    char written[LINE_MAX_SIZE];
    int length = 0;
    for (uint32_t i = 0; i < best->count; i++)
        length += snprintf(written + length, sizeof written - (size_t)length, "%s%u", i ? " " : "",
                           best->items[i].record);
    return strncmp(written, line, (size_t)length) == 0 && strspn(line + length, "\n") == 1;
}

/* Against the reference that the probe wrote; -1 when there is none. */
static int wrong_by_reference(const struct plain *plain, const char *directory)
{
    char path[LINE_MAX_SIZE];
    char line[LINE_MAX_SIZE];
    snprintf(path, sizeof path, "%s/ref.txt", directory);
    FILE *file = fopen(path, "r");
    int wrong = 0;
    if (!file)
        return -1;
    for (uint32_t i = 0; i < asker_count(plain); i++) {
        struct best best;
        plain_search(plain, plain->room, i, NULL, &best);
        wrong += !fgets(line, sizeof line, file) || !best_is_line(&best, line);
    }
    fclose(file);
    return wrong;
}

static int wrong_by_brute_force(const struct plain *plain, const uint32_t *as)
{
    int wrong = 0;
    for (uint32_t i = 0; i < asker_count(plain) && i < CHECKED; i++) {
        struct best best;
        struct best brute;
        plain_search(plain, plain->room, i, as, &best);
        plain_brute(plain, i, as, &brute);
        wrong += !best_same(&best, &brute);
    }
    return wrong;
}

/* -- how fast? -----------------------------------------------------------------------------------
 */

static void print_counts(const struct plain *plain)
{
    struct index_counts counts;
    index_count(plain->index, &counts);
    printf(", \"records\": %zu, \"pages\": %zu, \"bytes_per_record\": %.1f", counts.records,
           counts.pages, (double)counts.bytes / (double)counts.records);
}

static void measure_searches(const struct plain *plain, int runs)
{
    uint32_t askers = asker_count(plain);
    double *means = calloc((size_t)runs, sizeof *means);
    double *single = calloc((size_t)runs * askers, sizeof *single);
    struct best best;
    if (!means || !single)
        exit(1);
    for (int run = 0; run < runs; run++) {
        double start = measure_now();
        for (uint32_t i = 0; i < askers; i++) {
            double before = measure_now();
            plain_search(plain, plain->room, i, NULL, &best);
            single[(uint32_t)run * askers + i] = measure_now() - before;
        }
        means[run] = (measure_now() - start) / askers;
    }
    printf(", \"mean_us\": %.2f", measure_quantile(means, (size_t)runs, 0.5) * 1e6);
    printf(", \"p50_us\": %.2f", measure_quantile(single, (size_t)runs * askers, 0.5) * 1e6);
    printf(", \"p99_us\": %.2f", measure_quantile(single, (size_t)runs * askers, 0.99) * 1e6);
    free(means);
    free(single);
}

static int run_searches(struct plain *plain, const char *directory, int runs)
{
    int wrong = plain->side == INDEX_OFFERS ? wrong_by_reference(plain, directory) : -1;
    int differ = wrong_by_brute_force(plain, NULL);
    printf("{\"wrong\": %d, \"unlike_brute_force\": %d", wrong, differ);
    measure_searches(plain, runs);
    print_counts(plain);
    printf("}\n");
    return wrong > 0 || differ > 0;
}

/* -- updates: a record becomes what another one is ----------------------------------------------
 */

static bool update_one(struct plain *plain, uint32_t *as, uint64_t *random)
{
    uint32_t count = plain_records(plain)->count;
    uint32_t handle = (uint32_t)(measure_random(random) % count);
    plain_remove(plain, handle, as[handle]);
    as[handle] = (uint32_t)(measure_random(random) % count);
    return plain_put(plain, handle, as[handle]);
}

static int run_updates(struct plain *plain)
{
    uint32_t count = plain_records(plain)->count;
    uint32_t *as = calloc(count, sizeof *as);
    static double times[UPDATES];
    uint64_t random = 1;
    bool done = as != NULL;
    for (uint32_t i = 0; done && i < count; i++)
        as[i] = i;
    for (int i = 0; done && i < UPDATES; i++) {
        double start = measure_now();
        done = update_one(plain, as, &random);
        times[i] = measure_now() - start;
    }
    int differ = done ? wrong_by_brute_force(plain, as) : 1;
    printf("{\"unlike_brute_force\": %d", differ);
    printf(", \"p50_us\": %.2f", measure_quantile(times, UPDATES, 0.5) * 1e6);
    printf(", \"p99_us\": %.2f", measure_quantile(times, UPDATES, 0.99) * 1e6);
    print_counts(plain);
    printf("}\n");
    free(as);
    return differ > 0;
}

/* -- processes that read one index ---------------------------------------------------------------
 */

static void search_share(const struct plain *plain, int runs, uint32_t first, uint32_t step)
{
    struct best best;
    for (int run = 0; run < runs; run++)
        for (uint32_t i = first; i < asker_count(plain); i += step)
            plain_search(plain, plain->room, i, NULL, &best);
}

/* What the machine itself has to give: work that needs nothing but a processor. */
static void spin_share(const struct plain *plain, int runs, uint32_t first, uint32_t step)
{
    enum { SPINS = 400000 };
    (void)plain;
    (void)first;
    volatile uint64_t random = 1;
    for (int i = 0; i < runs * SPINS / (int)step; i++)
        random = random * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

typedef void share_of_work(const struct plain *plain, int runs, uint32_t first, uint32_t step);

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

/* Seconds until all are done; and the processor's time of the one that needed most of it, which is
 * how long it would take on a machine with nothing else to do. */
static double split(share_of_work *work, const struct plain *plain, int runs, uint32_t processes,
                    double *processor)
{
    double start = measure_now();
    *processor = 0;
    for (uint32_t i = 0; i < processes; i++) {
        if (fork() == 0) {
            work(plain, runs, i, processes);
            _exit(0);
        }
    }
    for (uint32_t i = 0; i < processes; i++) {
        struct rusage usage;
        if (wait4(-1, NULL, 0, &usage) > 0 && seconds(usage.ru_utime) > *processor)
            *processor = seconds(usage.ru_utime);
    }
    return measure_now() - start;
}

static int run_processes(const struct plain *plain, int runs)
{
    enum { TURNS = 9 };
    double shares[TURNS];
    double processor[TURNS];
    double spins[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
        double alone;
        double together;
        shares[turn] = split(search_share, plain, runs, 1, &alone) /
                       split(search_share, plain, runs, 2, &together);
        processor[turn] = alone / together;
        spins[turn] = split(spin_share, plain, runs, 1, &alone) /
                      split(spin_share, plain, runs, 2, &together);
    }
    printf("{\"two_processes\": %.3f, \"best\": %.3f", measure_quantile(shares, TURNS, 0.5),
           measure_quantile(shares, TURNS, 1));
    printf(", \"by_processor\": %.3f", measure_quantile(processor, TURNS, 0.5));
    printf(", \"two_spinning\": %.3f, \"best_spinning\": %.3f}\n",
           measure_quantile(spins, TURNS, 0.5), measure_quantile(spins, TURNS, 1));
    return 0;
}

static int run(struct plain *plain, const char *what, const char *directory, int runs)
{
    if (strcmp(what, "update") == 0)
        return run_updates(plain);
    if (strcmp(what, "processes") == 0)
        return run_processes(plain, runs);
    return run_searches(plain, directory, runs);
}

static int number_of(int argc, char **argv, int at, int otherwise)
{
    enum { MOST = 1000000 };
    int number = at < argc ? atoi(argv[at]) : otherwise;
    return number > MOST ? 0 : number;
}

int main(int argc, char **argv)
{
    struct plain plain;
    int runs = number_of(argc, argv, 3, RUNS);
    int askers = number_of(argc, argv, 4, ASKERS);
    if (argc < 3 || argc > 5 || runs < 1 || askers < 1) {
        fprintf(stderr,
                "matching_plain offers|learners|update|processes DIRECTORY [RUNS [ASKERS]]\n");
        return 2;
    }
    askers_most = (uint32_t)askers;
    bool learners = strcmp(argv[1], "learners") == 0;
    bool open = plain_open(&plain, argv[2], learners ? INDEX_LEARNERS : INDEX_OFFERS);
    int result = open ? run(&plain, argv[1], argv[2], runs) : 1;
    plain_close(&plain);
    return result;
}
