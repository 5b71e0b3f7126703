/* matching_board LEARNERS-DIRECTORY OFFERS-DIRECTORY: what changes cost on a board of the product's
 * size, its lists included. One line of JSON on stdout. See README.md. */
#include "full.h"
#include "measure.h"

#include <stdio.h>

enum { LEARNERS = 20000, OFFERS = 10000, CHANGES = 2000 };

struct load {
    struct full full;
    struct synthetic learners, offers;
    double times[CHANGES];
};

static bool put_learner(struct load *load, uint32_t record)
{
    struct learner_profile *learner = full_learner(&load->full, &load->learners, record);
    return learner && board_put_learner(load->full.board, record + 1, learner);
}

static bool put_offer(struct load *load, uint32_t record)
{
    struct offer_profile *offer = full_offer(&load->full, &load->offers, record);
    return offer && board_put_offer(load->full.board, record + 1, offer);
}

static bool load_fill(struct load *load)
{
    bool put = true;
    board_load_begin(load->full.board);
    for (uint32_t i = 0; put && i < OFFERS; i++)
        put = put_offer(load, i);
    for (uint32_t i = 0; put && i < LEARNERS; i++)
        put = put_learner(load, i);
    double start = measure_now();
    board_load_end(load->full.board);
    printf("{\"load_us\": %.2f", (measure_now() - start) / LEARNERS * 1e6);
    return put;
}

static void print_times(struct load *load, const char *what)
{
    printf(", \"%s_p50_us\": %.2f", what, measure_quantile(load->times, CHANGES, 0.5) * 1e6);
    printf(", \"%s_p99_us\": %.2f", what, measure_quantile(load->times, CHANGES, 0.99) * 1e6);
}

/* New learners and offers, without the making of their profiles; offers that close. */
static bool measure_changes(struct load *load)
{
    struct board *board = load->full.board;
    for (uint32_t i = 0; i < CHANGES; i++) {
        struct learner_profile *learner = full_learner(&load->full, &load->learners, LEARNERS + i);
        double start = measure_now();
        if (!learner || !board_put_learner(board, LEARNERS + i + 1, learner))
            return false;
        load->times[i] = measure_now() - start;
    }
    print_times(load, "new_learner");
    for (uint32_t i = 0; i < CHANGES; i++) {
        struct offer_profile *offer = full_offer(&load->full, &load->offers, OFFERS + i);
        double start = measure_now();
        if (!offer || !board_put_offer(board, OFFERS + i + 1, offer))
            return false;
        load->times[i] = measure_now() - start;
    }
    print_times(load, "new_offer");
    for (uint32_t i = 0; i < CHANGES; i++) {
        double start = measure_now();
        board_remove_offer(board, i * (OFFERS / CHANGES) + 1);
        load->times[i] = measure_now() - start;
    }
    print_times(load, "closed_offer");
    return true;
}

static bool run(struct load *load, const char *learners, const char *offers)
{
    if (!synthetic_read(&load->learners, learners, true) ||
        !synthetic_read(&load->offers, offers, false) || !full_open(&load->full))
        return false;
    if (load->learners.count < LEARNERS + CHANGES || load->offers.count < OFFERS + CHANGES) {
        fprintf(stderr, "%d learners and %d offers are needed\n", LEARNERS + CHANGES,
                OFFERS + CHANGES);
        return false;
    }
    bool done = load_fill(load) && measure_changes(load);
    struct board_counts counts;
    board_count(load->full.board, &counts);
    printf(", \"bytes\": %zu}\n", counts.bytes);
    return done;
}

int main(int argc, char **argv)
{
    static struct load load;
    if (argc != 3) {
        fprintf(stderr, "matching_board LEARNERS-DIRECTORY OFFERS-DIRECTORY\n");
        return 2;
    }
    bool done = run(&load, argv[1], argv[2]);
    full_close(&load.full);
    synthetic_free(&load.learners);
    synthetic_free(&load.offers);
    return !done;
}
