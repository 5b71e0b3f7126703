/* The inside of a board: for board*.c only.
 *
 * A board has two sides, learners and offers, that are treated alike. A record has a place among
 * the entries of its side, the same for as long as it is there: top lists name records by it, and
 * it is the record's handle in the side's index. All memory that a removal or a sweep needs is
 * reserved when a record is let in, so that neither can fail. */
#ifndef PASSERELLE_MATCHING_BOARD_INTERNAL_H
#define PASSERELLE_MATCHING_BOARD_INTERNAL_H

#include "board.h"
#include "demand.h"

enum side_kind { SIDE_LEARNERS, SIDE_OFFERS, SIDES };

static inline enum side_kind side_opposite(enum side_kind kind)
{
    return kind == SIDE_LEARNERS ? SIDE_OFFERS : SIDE_LEARNERS;
}

#define NOBODY UINT32_MAX /* no entry */

union profile {
    const struct learner_profile *learner;
    const struct offer_profile *offer;
};

/* The best candidates of a record, best first. A candidate is in it exactly when its rank is above
 * the floor, that of the best one that the list had no room for. */
enum { LIST_DEPTH = 64 };
struct top_list {
    uint64_t floor;
    uint64_t ranks[LIST_DEPTH];
    uint32_t others[LIST_DEPTH]; /* entries of the other side */
    uint32_t count, depth;       /* depth: how many there is room for */
};

/* A record, or one that is gone and whose empty list is still to be taken: it has no list then. */
struct entry {
    uint64_t number;
    uint64_t taken; /* hash of the packed list when it was last taken; 0: empty */
    union profile profile;
    struct top_list *list;
    uint32_t next; /* in the queue of changed lists, or among the unused entries */
    bool queued;
};

struct side {
    uint32_t capacity, used; /* entries below used are records, gone ones, or unused */
    uint32_t unused;         /* first of the unused ones */
    uint32_t live;
    struct entry *entries;
    uint32_t *table; /* open addressing: number to entry */
    uint32_t table_size;
    struct index *index; /* of the live ones */
};

struct board {
    const struct referential *referential;
    struct side sides[SIDES];
    uint32_t changed_first, changed_last; /* queue of entry references */
    bool loading, sweeping;
    uint32_t swept; /* learners whose lists board_load_step has computed */
    size_t pairs_scored, searches;
    struct demands *demands; /* room for one sweep */
    struct index_room *room;
    uint32_t starved_room;
    uint32_t *starved; /* lists to search again */
    uint32_t starved_count;
};

/* -- board_side.c: records by number ----------------------------------------------------------- */

uint32_t side_find(const struct side *side, uint64_t number); /* entry, or NOBODY */
/* A new entry without profile; NOBODY when out of memory. */
uint32_t side_add(struct board *board, enum side_kind kind, uint64_t number);
void side_release(struct side *side, uint32_t entry);
void side_free(struct side *side);

/* -- board_record.c: what the sides do differently ---------------------------------------------
 */

void record_free(enum side_kind kind, union profile profile); /* none is fine */
size_t record_bytes(enum side_kind kind, union profile profile);
bool record_put(struct side *side, enum side_kind kind, uint32_t entry, union profile profile);
void record_remove(struct side *side, enum side_kind kind, uint32_t entry, union profile profile);
/* Room for its question. */
bool record_reserve(struct board *board, enum side_kind kind, union profile profile);
void record_ask(struct board *board, enum side_kind kind, union profile profile,
                struct index_query *query);
float record_scale(enum side_kind kind, union profile profile);

/* -- board_sweep.c: scoring ---------------------------------------------------------------------
 */

enum sweep_purpose {
    SWEEP_ANNOUNCE, /* enter the record in the lists of the others, and them in its own */
    SWEEP_SEARCH,   /* fill its own list only */
    SWEEP_WITHDRAW, /* take it out of the lists of the others */
};
/* Scores a record against all of the other side. */
void board_sweep(struct board *board, enum side_kind kind, uint32_t entry,
                 enum sweep_purpose purpose);

/* -- board_list.c: top lists ------------------------------------------------------------------- */

/* The place where a rank is now, or NOBODY: it is not above the floor. */
uint32_t top_insert(struct top_list *list, uint64_t rank, uint32_t other);
/* The square of the total from which on a pair can enter the list. */
float top_least(const struct top_list *list);

void list_insert(struct board *board, enum side_kind kind, uint32_t entry, uint64_t rank,
                 uint32_t other);
/* A list that became too short is noted in board->starved. */
void list_remove(struct board *board, enum side_kind kind, uint32_t entry, uint64_t rank);
void list_clear(struct board *board, enum side_kind kind, uint32_t entry);
size_t list_pack(const struct board *board, enum side_kind kind, uint32_t entry,
                 uint8_t packed[BOARD_SHOWN * 8]);
/* Whether a list is too short to be shown and more candidates are known to exist. */
bool list_starves(const struct board *board, enum side_kind kind, uint32_t entry);
void list_changed(struct board *board, enum side_kind kind, uint32_t entry);

#endif
