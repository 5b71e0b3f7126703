/* Invented learners and offers of realistic shapes. A record follows from the seed, its number and
 * its version alone, so that every run measures the same. */
#ifndef PASSERELLE_BENCH_POPULATION_H
#define PASSERELLE_BENCH_POPULATION_H

#include "proto/arena.h"
#include "proto/records.h"

struct population;

/* Reads skills.csv, roles.csv and communes.csv of a starter referential; the communes kept are
 * those within 60 km of Lille. NULL, reported on stderr, on failure. */
struct population *population_create(const char *catalogue, uint64_t seed);
void population_free(struct population *population); /* NULL is fine */

/* Which record to make: a higher version is later news of the same one, with other skills. */
struct invention {
    uint64_t number, version;
    unsigned least, most; /* claims or requirements */
};

/* Fill a zeroed record. Texts live in the arena; false when it is full. */
bool population_learner(const struct population *population, const struct invention *invention,
                        struct arena *arena, struct learner *learner);
bool population_offer(const struct population *population, const struct invention *invention,
                      struct arena *arena, struct offer *offer);

#endif
