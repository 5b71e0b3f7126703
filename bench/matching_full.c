/* matching_full offers|learners DIRECTORY [RUNS]: the product's score on the synthetic load,
 * through a board, in turn with the plain one. One line of JSON on stdout. See README.md. */
#include "full.h"
#include "measure.h"
#include "plain.h"

#include <stdio.h>
#include <string.h>

enum { RUNS = 3, ASKERS = 200, CHECKED = 5 };

static bool full_put(struct full *full, const struct plain *plain, uint32_t record)
{
    if (plain->side == INDEX_OFFERS) {
        struct offer_profile *offer = full_offer(full, &plain->offers, record);
        return offer && board_put_offer(full->board, record + 1, offer);
    }
    struct learner_profile *learner = full_learner(full, &plain->learners, record);
    return learner && board_put_learner(full->board, record + 1, learner);
}

static bool full_fill(struct full *full, const struct plain *plain)
{
    bool put = true;
    board_load_begin(full->board);
    for (uint32_t i = 0; put && i < plain_records(plain)->count; i++)
        put = full_put(full, plain, i);
    board_load_end(full->board);
    return put;
}

/* -- asking --------------------------------------------------------------------------------------
 */

union asker {
    struct learner_profile *learner;
    struct offer_profile *offer;
};

static bool full_search(const struct full *full, enum index_side side, union asker asker,
                        struct board_best *best)
{
    return side == INDEX_OFFERS ? board_best_offers(full->board, asker.learner, BEST, best)
                                : board_best_learners(full->board, asker.offer, BEST, best);
}

static uint64_t brute_rank(const struct full *full, const struct plain *plain, union asker asker,
                           uint32_t record)
{
    bool offers = plain->side == INDEX_OFFERS;
    struct learner_profile *learner =
        offers ? asker.learner : full_learner(full, &plain->learners, record);
    struct offer_profile *offer = offers ? full_offer(full, &plain->offers, record) : asker.offer;
    if (!learner || !offer)
        exit(1);
    struct score score = score_pair(learner, offer);
    uint64_t rank = score.total ? score_rank(score.total, record + 1, record + 1) : 0;
    if (offers)
        offer_profile_free(offer);
    else
        learner_profile_free(learner);
    return rank ? (uint64_t)score.total : 0;
}

/* The totals of the best, by brute force. */
static bool best_is_right(const struct full *full, const struct plain *plain, union asker asker,
                          const struct board_best *best)
{
    static uint32_t totals[SCORE_ONE + 1];
    uint32_t found = 0;
    memset(totals, 0, sizeof totals);
    for (uint32_t i = 0; i < plain_records(plain)->count; i++)
        totals[brute_rank(full, plain, asker, i)]++;
    for (uint32_t total = SCORE_ONE; total > 0 && found < BEST; total--)
        for (uint32_t i = 0; i < totals[total] && found < BEST; i++)
            if (found >= best->count || best->items[found++].total != total)
                return false;
    return found == best->count;
}

static double full_us(const struct full *full, const struct plain *plain, const union asker *askers,
                      uint32_t count)
{
    struct board_best best;
    double start = measure_now();
    for (uint32_t i = 0; i < count; i++)
        full_search(full, plain->side, askers[i], &best);
    return (measure_now() - start) / count * 1e6;
}

static double plain_us(const struct plain *plain, uint32_t count)
{
    struct best best;
    double start = measure_now();
    for (uint32_t i = 0; i < count; i++)
        plain_search(plain, plain->room, i, NULL, &best);
    return (measure_now() - start) / count * 1e6;
}

static int measure(const struct full *full, const struct plain *plain, const union asker *askers,
                   uint32_t count, int runs)
{
    int wrong = 0;
    double whole[100];
    double simple[100];
    double shares[100];
    for (uint32_t i = 0; i < count && i < CHECKED; i++) {
        struct board_best best;
        wrong += !full_search(full, plain->side, askers[i], &best) ||
                 !best_is_right(full, plain, askers[i], &best);
    }
    for (int run = 0; run < runs; run++) {
        simple[run] = plain_us(plain, count);
        whole[run] = full_us(full, plain, askers, count);
        shares[run] = whole[run] / simple[run];
    }
    printf("{\"unlike_brute_force\": %d, \"full_us\": %.2f", wrong,
           measure_quantile(whole, (size_t)runs, 0.5));
    printf(", \"plain_us\": %.2f", measure_quantile(simple, (size_t)runs, 0.5));
    printf(", \"times\": %.3f}\n", measure_quantile(shares, (size_t)runs, 0.5));
    return wrong > 0;
}

static int run(const char *directory, enum index_side side, int runs)
{
    static struct full full;
    static struct plain plain;
    union asker askers[ASKERS];
    if (!plain_open(&plain, directory, side) || !full_open(&full) || !full_fill(&full, &plain))
        return 1;
    uint32_t count = plain_askers(&plain)->count;
    count = count < ASKERS ? count : ASKERS;
    for (uint32_t i = 0; i < count; i++) {
        if (side == INDEX_OFFERS)
            askers[i].learner = full_learner(&full, &plain.learners, i);
        else
            askers[i].offer = full_offer(&full, &plain.offers, i);
        if (!askers[i].learner)
            return 1;
    }
    return measure(&full, &plain, askers, count, runs);
}

int main(int argc, char **argv)
{
    int runs = argc == 4 ? atoi(argv[3]) : RUNS;
    if (argc < 3 || argc > 4 || runs < 1 || runs > 100) {
        fprintf(stderr, "matching_full offers|learners DIRECTORY [RUNS]\n");
        return 2;
    }
    return run(argv[2], strcmp(argv[1], "learners") == 0 ? INDEX_LEARNERS : INDEX_OFFERS, runs);
}
