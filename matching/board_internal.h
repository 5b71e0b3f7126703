/* The inside of a board: for board*.c only.
 *
 * A board has two sides, learners and offers, that are treated alike. A record has an index in its
 * side, the same for as long as it is there; inverted lists and top lists name records by index.
 * All memory that a removal or a sweep needs is reserved when a record is let in, so that neither
 * can fail. */
#ifndef PASSERELLE_MATCHING_BOARD_INTERNAL_H
#define PASSERELLE_MATCHING_BOARD_INTERNAL_H

#include "board.h"
#include "profile_layout.h"

enum side_kind { SIDE_LEARNERS, SIDE_OFFERS, SIDES };

static inline enum side_kind side_opposite(enum side_kind kind)
{
    return kind == SIDE_LEARNERS ? SIDE_OFFERS : SIDE_LEARNERS;
}

#define NOBODY UINT32_MAX /* no index */

union profile {
    struct learner_profile *learner;
    struct offer_profile *offer;
};

/* The best candidates of a record, best first. A candidate is in it exactly when its rank is above
 * the record's floor. */
enum { LIST_DEPTH = 64 };
struct top_list {
    uint64_t ranks[LIST_DEPTH];
    uint32_t others[LIST_DEPTH]; /* indices in the other side */
    uint32_t count;
};

/* A record, or one that is gone and whose empty list is still to be taken: it has no list then. */
struct entry {
    uint64_t number;
    uint64_t taken; /* hash of the packed list when it was last taken; 0: empty */
    union profile profile;
    struct top_list *list;
    uint32_t *positions; /* of its postings, in the order of its terms */
    uint32_t next;       /* in the queue of changed lists, or among the unused entries */
    bool queued;
};

/* A learner's claim or an offer's requirement in the inverted list of its skill. */
struct posting {
    uint32_t index;  /* of the record */
    uint16_t weight; /* requirement */
    uint8_t grade;   /* claim_grade(), or the level asked for */
    uint8_t term;    /* which claim or requirement of the record */
};
struct posting_list {
    struct posting *items;
    uint32_t count, capacity;
};

/* What a sweep looks at first of each record, side by side. */
struct front {
    struct gate gate;
    uint32_t licences; /* held or asked for */
    uint32_t extent;   /* offer: its total weight; learner: score_learner_most() */
    uint64_t floor;    /* rank of the best candidate that the list had no room for */
};
_Static_assert(sizeof(struct front) == 32, "two to a cache line");

struct side {
    uint32_t capacity, used; /* entries below used are records, gone ones, or unused */
    uint32_t unused;         /* first of the unused ones */
    uint32_t live;
    struct entry *entries;
    struct front *fronts;
    uint32_t *table; /* open addressing: number to index */
    uint32_t table_size;
    struct posting_list *postings; /* by skill */
};

/* A skill of which a claim counts for another one. */
struct counting {
    int32_t skill;
    uint32_t nearness;
};

/* What a record on the other side has gathered so far in a sweep. */
struct tally {
    uint32_t coverage;
    uint32_t best; /* of the requirement at hand: its mark and worth */
};

struct board {
    const struct referential *referential;
    uint32_t skill_count;
    struct side sides[SIDES];
    /* For each skill, what counts for it: countings[counting_start[s]] up to the next start. */
    uint32_t *counting_start;
    struct counting *countings;
    uint32_t changed_first, changed_last; /* queue of entry references */
    bool loading, sweeping;
    uint32_t swept; /* learners whose lists board_load_step has computed */
    size_t pairs_scored, searches;
    /* Room for one sweep. */
    uint16_t (*credits)[FACT_LEVEL_MAX]; /* by skill and level asked for; all 0 between sweeps */
    int32_t *credited;                   /* skills with credits */
    uint32_t room;                       /* records that each of the following has room for */
    struct tally *tallies;               /* all 0 between sweeps */
    uint32_t *touched;
    uint32_t *starved; /* lists to search again */
    uint32_t starved_count;
};

/* -- board_side.c: records by number ----------------------------------------------------------- */

uint32_t side_find(const struct side *side, uint64_t number); /* index, or NOBODY */
/* A new entry without profile; NOBODY when out of memory. */
uint32_t side_add(struct board *board, enum side_kind kind, uint64_t number);
void side_release(struct side *side, uint32_t index);
void side_free(struct side *side);

/* -- board_index.c: inverted lists ------------------------------------------------------------- */

bool board_index_create(struct board *board);
void board_index_free(struct board *board);
size_t board_index_bytes(const struct board *board);
/* Room for one record more; false when out of memory. */
bool board_index_reserve(struct board *board, enum side_kind kind, union profile profile);
void board_index_add(struct board *board, enum side_kind kind, uint32_t index);
void board_index_remove(struct board *board, enum side_kind kind, uint32_t index);
uint32_t profile_terms(enum side_kind kind, union profile profile); /* how many */

enum { GRADES = (FACT_LEVEL_MAX + 1) * 8 };
static inline uint8_t claim_grade(unsigned level, unsigned evidence)
{
    return (uint8_t)(level * 8 + evidence);
}

/* -- board_sweep.c: scoring ---------------------------------------------------------------------
 */

enum sweep_purpose {
    SWEEP_ANNOUNCE, /* enter the record in the lists of the others, and them in its own */
    SWEEP_SEARCH,   /* fill its own list only */
    SWEEP_WITHDRAW, /* take it out of the lists of the others */
};
/* Scores a record against all of the other side. */
void board_sweep(struct board *board, enum side_kind kind, uint32_t index,
                 enum sweep_purpose purpose);

/* -- board_list.c: top lists ------------------------------------------------------------------- */

void list_insert(struct board *board, enum side_kind kind, uint32_t index, uint64_t rank,
                 uint32_t other);
/* A list that became too short is noted in board->starved. */
void list_remove(struct board *board, enum side_kind kind, uint32_t index, uint64_t rank);
void list_clear(struct board *board, enum side_kind kind, uint32_t index);
size_t list_pack(const struct board *board, enum side_kind kind, uint32_t index,
                 uint8_t packed[BOARD_SHOWN * 8]);
/* Whether a list is too short to be shown and more candidates are known to exist. */
bool list_starves(const struct board *board, enum side_kind kind, uint32_t index);
void list_changed(struct board *board, enum side_kind kind, uint32_t index);

#endif
