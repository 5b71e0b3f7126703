/* What plan_file.c and plan_pairs.c share while they read a job dating. */
#ifndef PASSERELLE_CLI_PLAN_READING_H
#define PASSERELLE_CLI_PLAN_READING_H

#include "plan_value.h"

struct plan_reading {
    struct plan_file *file;
    struct plan_fault *fault;
    const json_t *sides, *participants, *shared, *pairs, *pins, *forbidden;
    uint32_t pair_count; /* so far */
    bool *bonus_given;   /* of each side */
    struct plan_pair_key *keys;
};

/* A pair by its people, to be found again. */
struct plan_pair_key {
    uint64_t key;
    uint32_t index;
};

static inline struct plan_place plan_at(const char *list, size_t index, const char *member)
{
    return (struct plan_place){list, index, member};
}

static inline struct plan_place plan_top(const char *member)
{
    return (struct plan_place){NULL, SIZE_MAX, member};
}

/* Pairs, pins and forbidden pairs, after the participants. False after a fault. */
bool plan_pairs_read(struct plan_reading *reading);

#endif
