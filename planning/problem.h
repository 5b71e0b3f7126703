/* A job dating as the planner sees it: participants who meet in pairs, slots, and what several
 * meetings share. Sides are the caller's business: the pairs may form any graph. */
#ifndef PASSERELLE_PLANNING_PROBLEM_H
#define PASSERELLE_PLANNING_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SLOTS_MAX = 64, /* a window is a set of slots: bit t stands for slot t */
    PARTICIPANTS_MAX = 20000,
    PAIRS_MAX = 1000000,
    SHARED_MAX = 1000,
    CAPACITY_MAX = 1000, /* meetings at once */
    GROUPS_MAX = 16,
    BONUSES_MAX = 16,
    PAIR_SHARED_MAX = 4, /* resources of one pair */
    SCORE_MAX = 100000,  /* of a pair, and of a bonus */
    NO_INDEX = -1
};

/* People whose idle gaps are compared with each other, and who are treated alike. */
struct plan_group {
    /* What a person's first, second, … meeting adds to the sum besides its score; never rising, 0
     * after the last one. It makes the sum fair: a meeting is worth more to who has fewer. */
    int32_t bonus[BONUSES_MAX];
    unsigned bonus_count;
    int gap_difference; /* wish: the gap counts of two of them differ by no more; < 0: no wish */
};

struct plan_participant {
    uint64_t window;   /* slots in which they can meet */
    uint64_t presence; /* slots that are idle time when nothing happens between two meetings */
    uint16_t capacity; /* meetings at once: recruiters in parallel */
    uint16_t minimum, maximum; /* meetings in all */
    uint16_t group;
};

/* What one or more meetings need for a slot: an interpreter, a coach, a room with its tables. */
struct plan_shared {
    uint64_t window;
    uint16_t capacity; /* meetings at once */
};

struct plan_pair {
    uint32_t first, second; /* participants */
    int32_t score;          /* 0 to SCORE_MAX */
    uint64_t window;        /* slots in which the two may meet, as asked for by the caller */
    int16_t shared[PAIR_SHARED_MAX]; /* indices, NO_INDEX after the last one */
    bool required;                   /* must be held */
    bool tableless;                  /* takes no table: by video link */
};

struct problem {
    unsigned slot_count;
    uint32_t tables[SLOTS_MAX]; /* meetings at most in each slot */
    struct plan_group *groups;
    struct plan_participant *participants;
    struct plan_shared *shared;
    struct plan_pair *pairs;
    uint32_t group_count, participant_count, shared_count, pair_count;
    /* Made by problem_seal(): the pairs of participant i are pair_of[pair_start[i]] up to
     * pair_start[i + 1], in rising order; a pair's open slots are where all that it needs can be
     * had. */
    uint32_t *pair_start, *pair_of;
    uint64_t *open;
    uint8_t *sides; /* of participants, see sides.h */
    bool two_sided; /* the pairs fall into two sides */
};

/* Room for so many of each, zeroed; the caller fills it in and seals it. NULL when out of memory.
 * The counts must be within the limits above. */
struct problem *problem_create(unsigned slots, uint32_t groups, uint32_t participants,
                               uint32_t shared, uint32_t pairs);
void problem_free(struct problem *problem); /* NULL is fine */

enum problem_fault {
    PROBLEM_GOOD,
    PROBLEM_NO_MEMORY,
    PROBLEM_BAD_GROUP,       /* of a participant; or its bonus rises or is out of bounds */
    PROBLEM_BAD_PARTICIPANT, /* capacity of 0 or too large, minimum above maximum */
    PROBLEM_BAD_SHARED,
    PROBLEM_BAD_PAIR, /* unknown participants, with oneself, score out of bounds */
    PROBLEM_TWICE     /* the same two participants again */
};

/* Checks what was filled in and makes the rest. index tells which item is at fault. */
enum problem_fault problem_seal(struct problem *problem, uint32_t *index);

/* The set of the first count slots. */
static inline uint64_t slots_first(unsigned count)
{
    return count >= 64 ? UINT64_MAX : ((uint64_t)1 << count) - 1;
}

static inline uint64_t slot_bit(unsigned slot)
{
    return (uint64_t)1 << slot;
}

static inline unsigned slots_count(uint64_t slots)
{
    return (unsigned)__builtin_popcountll(slots);
}

/* The lowest slot of a set that is not empty. */
static inline unsigned slots_lowest(uint64_t slots)
{
    return (unsigned)__builtin_ctzll(slots);
}

/* The other participant of a pair. */
static inline uint32_t pair_other(const struct plan_pair *pair, uint32_t participant)
{
    return pair->first ^ pair->second ^ participant;
}

/* What the count-th meeting of somebody in this group adds to the sum; count from 1. */
static inline int32_t group_bonus(const struct plan_group *group, unsigned count)
{
    return count <= group->bonus_count ? group->bonus[count - 1] : 0;
}

#endif
