/* matching_growth DIRECTORY: how the time of a search grows with the records when their density
 * stays. Every 10,000 offers get a region of their own, beside each other, and the learners are
 * spread over the regions. One line of JSON on stdout. See README.md. */
#include "measure.h"
#include "plain.h"

#include <stdio.h>

enum { REGION = 10000, WIDE = 10, APART = 260000, ASKERS = 200, RUNS = 5, CHECKED = 5 };

static void record_move(struct synthetic *records, uint32_t record, uint32_t region)
{
    records->east[record] += ((int32_t)(region % WIDE) - WIDE / 2) * APART;
    records->north[record] += ((int32_t)(region / WIDE) - WIDE / 2) * APART;
}

static uint32_t learners_count(const struct plain *plain)
{
    return plain->learners.count < ASKERS ? plain->learners.count : ASKERS;
}

static double search_us(const struct plain *plain)
{
    double means[RUNS];
    struct best best;
    for (int run = 0; run < RUNS; run++) {
        double start = measure_now();
        for (uint32_t i = 0; i < learners_count(plain); i++)
            plain_search(plain, plain->room, i, NULL, &best);
        means[run] = (measure_now() - start) / learners_count(plain) * 1e6;
    }
    return measure_quantile(means, RUNS, 0);
}

static int wrong_count(const struct plain *plain)
{
    int wrong = 0;
    for (uint32_t i = 0; i < learners_count(plain) && i < CHECKED; i++) {
        struct best best;
        struct best brute;
        plain_search(plain, plain->room, i, NULL, &best);
        plain_brute(plain, i, NULL, &brute);
        wrong += !best_same(&best, &brute);
    }
    return wrong;
}

/* Learners go where there are offers: each size puts them anew. */
static void learners_spread(struct plain *plain, const struct synthetic *home, uint32_t regions)
{
    for (uint32_t i = 0; i < plain->learners.count; i++) {
        plain->learners.east[i] = home->east[i];
        plain->learners.north[i] = home->north[i];
        record_move(&plain->learners, i, i % regions);
    }
}

static int run(const char *directory)
{
    struct plain plain = {.side = INDEX_OFFERS};
    struct synthetic home;
    int wrong = 0;
    if (!synthetic_read(&home, directory, true) || !plain_start(&plain, directory, INDEX_OFFERS))
        return 1;
    uint32_t all = plain.offers.count;
    uint32_t put = 0;
    for (uint32_t i = 0; i < all; i++)
        record_move(&plain.offers, i, i / REGION);
    printf("{\"curve\": [");
    for (uint32_t size = REGION; size <= all;
         size = size < all && size * 2 > all ? all : size * 2) {
        for (; put < size; put++)
            if (!plain_put(&plain, put, put))
                return 1;
        plain.offers.count = size;
        learners_spread(&plain, &home, size / REGION);
        wrong += wrong_count(&plain);
        printf("%s[%u, %.2f]", size > REGION ? ", " : "", size, search_us(&plain));
    }
    printf("], \"unlike_brute_force\": %d}\n", wrong);
    synthetic_free(&home);
    plain_close(&plain);
    return wrong > 0;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "matching_growth DIRECTORY\n");
        return 2;
    }
    return run(argv[1]);
}
