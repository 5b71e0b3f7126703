/* One slot's matches, kept up to date as records change: the profiles of all learners and of the
 * slot's offers, an index of each, and the top lists.
 *
 * The lists are at all times exactly those of a recomputation from the profiles. They are kept
 * deeper than shown, so that losing an entry rarely needs a search. */
#ifndef PASSERELLE_MATCHING_BOARD_H
#define PASSERELLE_MATCHING_BOARD_H

#include "score.h"

enum { BOARD_SHOWN = 32 }; /* length of the stored lists */

struct board;

struct board *board_create(const struct referential *referential);
void board_free(struct board *board);

/* Takes over the profile (freed with the board or when replaced), in any case; false when out of
 * memory, with the board as before but for that record, which is gone. A closed offer is removed.
 */
bool board_put_learner(struct board *board, uint64_t number, struct learner_profile *profile);
bool board_put_offer(struct board *board, uint64_t number, struct offer_profile *profile);
/* Absent ones are fine. */
void board_remove_learner(struct board *board, uint64_t number);
void board_remove_offer(struct board *board, uint64_t number);

/* Record letters are 'L' and 'O'. Packs the shown part of a list (docs/architecture.md, Lists) and
 * returns its size in bytes, 0 for an empty one. */
size_t board_pack(const struct board *board, char letter, uint64_t number,
                  uint8_t packed[BOARD_SHOWN * 8]);

/* Takes the lists whose shown part changed since they were last taken, oldest first; false when
 * there are none left. Lists of removed records come too: they pack as empty. */
bool board_next_changed(struct board *board, char *letter, uint64_t *number);

/* The best for a profile that is on the board or not, at most limit (1 to BOARD_SHOWN): computed,
 * nothing changes. False when out of memory. */
struct board_match {
    uint64_t number;
    uint16_t total; /* of the score */
};
struct board_best {
    uint32_t count;
    struct board_match items[BOARD_SHOWN]; /* best first */
};
bool board_best_offers(struct board *board, const struct learner_profile *learner, uint32_t limit,
                       struct board_best *best);
bool board_best_learners(struct board *board, const struct offer_profile *offer, uint32_t limit,
                         struct board_best *best);

struct board_counts {
    size_t learners, offers, pairs_scored, searches, bytes;
};
void board_count(const struct board *board, struct board_counts *counts);

/* Builds everything at once: between begin and end, puts only fill the index; the end computes the
 * lists. Cheaper than one by one. */
void board_load_begin(struct board *board);
void board_load_end(struct board *board);
/* The same in steps of so many learners, for a loop that has other things to do; true once all are
 * done. No put or removal may come between two steps. */
bool board_load_step(struct board *board, uint32_t learners);

#endif
