/* The plain coverage score on the synthetic load: the index and brute force side by side. */
#ifndef PASSERELLE_BENCH_PLAIN_H
#define PASSERELLE_BENCH_PLAIN_H

#include "synthetic.h"

enum { BEST = 20 };

struct best_item {
    uint32_t coverage, whole, record;
};
struct best {
    uint32_t count;
    struct best_item items[BEST];
};

/* One side in an index, the other one asks. */
struct plain {
    struct synthetic learners, offers;
    enum index_side side; /* of the index */
    struct index *index;
    struct index_room *room;
};

/* Reads the load. Opened, all of the side's records are in the index; started, none is. */
bool plain_start(struct plain *plain, const char *directory, enum index_side side);
bool plain_open(struct plain *plain, const char *directory, enum index_side side);
void plain_close(struct plain *plain);
static inline const struct synthetic *plain_records(const struct plain *plain)
{
    return plain->side == INDEX_OFFERS ? &plain->offers : &plain->learners;
}
static inline const struct synthetic *plain_askers(const struct plain *plain)
{
    return plain->side == INDEX_OFFERS ? &plain->learners : &plain->offers;
}

/* Puts a record in, or takes it out and in again as another one is (as news of it would). */
bool plain_put(struct plain *plain, uint32_t handle, uint32_t record);
void plain_remove(struct plain *plain, uint32_t handle, uint32_t record);

/* The best by exact share, then by number. as: which record each handle holds; NULL: its own. */
void plain_search(const struct plain *plain, struct index_room *room, uint32_t asker,
                  const uint32_t *as, struct best *best);
void plain_brute(const struct plain *plain, uint32_t asker, const uint32_t *as, struct best *best);
bool best_same(const struct best *one, const struct best *other);

#endif
