/* The synthetic load of `gen` (see README.md): offers and learners as arrays in files, for the
 * plain coverage score: an offer's demands are worth so much, a learner's claims have a level of 1
 * to 4, and the score is the share of the demands that the levels cover. */
#ifndef PASSERELLE_BENCH_SYNTHETIC_H
#define PASSERELLE_BENCH_SYNTHETIC_H

#include "matching/index.h"

enum { SYNTHETIC_SKILLS = 13900, SYNTHETIC_TERMS_MAX = 30, SYNTHETIC_LEVELS = 4 };

struct synthetic {
    bool learners;
    uint32_t count;
    uint32_t *starts;      /* of each record's skills, and one more */
    uint16_t *skills;      /* ascending in each record */
    uint8_t *values;       /* level or worth, below 8 */
    int32_t *east, *north; /* metres */
    int32_t *radius;       /* metres; learners */
    uint8_t *contracts;    /* learners: a bit each; offers: which one */
    uint16_t *wholes;      /* offers: SYNTHETIC_LEVELS times the sum of their worths */
};

/* False, with a message on stderr, when a file is missing or not of the expected form. */
bool synthetic_read(struct synthetic *records, const char *directory, bool learners);
void synthetic_free(struct synthetic *records);

/* Whether contract and distance allow the pair: the same as the peers' condition. */
bool synthetic_open(const struct synthetic *learners, uint32_t learner,
                    const struct synthetic *offers, uint32_t offer);
/* Sum of level times worth. */
uint32_t synthetic_coverage(const struct synthetic *learners, uint32_t learner,
                            const struct synthetic *offers, uint32_t offer);

/* The record as the index takes it, its map laid around the point where the equator begins. The
 * radius is a little larger than said, for the roundings: synthetic_open() has the last word. */
struct index_front synthetic_front(const struct synthetic *records, uint32_t record);
unsigned synthetic_terms(const struct synthetic *records, uint32_t record,
                         struct index_term terms[SYNTHETIC_TERMS_MAX]);

#endif
