/* How long reading a text takes, in processor time, which others on the machine change little:
 * bench_recognise REFERENTIAL TEXT. The text is repeated up to the
 * greatest size that is read, and at several sizes below, to show that the time grows with them. */
#include "matching/recogniser.h"
#include "runtime/file_map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 201, FILE_MAX = 1 << 29 };

/* Milliseconds. */
static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(struct recogniser *recogniser, const char *text, size_t size)
{
    static struct recognition found;
    static double times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        double start = now();
        recogniser_read(recogniser, text, size, RECOGNISED_OFFER, RECOGNISED_ANY_LANGUAGE, 20000,
                        &found);
        times[run] = now() - start;
    }
    qsort(times, RUNS, sizeof *times, compare);
    printf("| %zu | %.3f | %.3f | %u |\n", size, times[RUNS / 2], times[RUNS * 9 / 10],
           found.skill_count);
}

static void run(struct recogniser *recogniser, const char *seed, size_t seed_size)
{
    static char text[RECOGNISER_TEXT_MAX];
    for (size_t at = 0; at < sizeof text; at += seed_size) {
        size_t size = sizeof text - at < seed_size ? sizeof text - at : seed_size;
        memcpy(text + at, seed, size);
    }
    printf("| bytes | median ms | 90 %% ms | skills |\n|---|---|---|---|\n");
    for (size_t size = sizeof text / 16; size <= sizeof text; size *= 2)
        measure(recogniser, text, size);
}

int main(int argc, char **argv)
{
    struct file_map map;
    const char *reason;
    size_t size;
    if (argc != 3 || !file_map_open(&map, argv[1], FILE_MAX)) {
        fprintf(stderr, "bench_recognise REFERENTIAL TEXT\n");
        return 2;
    }
    struct referential *referential = referential_open(map.data, map.size, &reason);
    double start = now();
    struct recogniser *recogniser = referential ? recogniser_create(referential, NULL) : NULL;
    char *seed = file_read_bounded(argv[2], RECOGNISER_TEXT_MAX, &size);
    if (recogniser && seed && size > 0) {
        printf("ready in %.0f ms\n\n", now() - start);
        run(recogniser, seed, size);
    }
    free(seed);
    recogniser_free(recogniser);
    referential_close(referential);
    file_map_close(&map);
    return 0;
}
