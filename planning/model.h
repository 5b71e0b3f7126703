/* All valid timetables of a problem as a formula: a literal for each pair and open slot. */
#ifndef PASSERELLE_PLANNING_MODEL_H
#define PASSERELLE_PLANNING_MODEL_H

#include "formula.h"
#include "seating.h"

enum model_part { MODEL_NEVER, MODEL_MAY, MODEL_MUST };

struct model {
    const struct problem *problem;
    struct formula *formula;
    struct seating *needs; /* empty; tells what pairs need */
    int *meets;            /* of each pair and slot: the literal, or 0 */
    int *held;             /* of each pair: whether it meets at all; 0 when it never does */
    int *used;             /* of each participant and slot: whether they meet then */
};

/* parts: what each pair may do. NULL when out of memory or when the formula would grow beyond
 * size_most literals. */
struct model *model_create(const struct problem *problem, const uint8_t *parts, uint64_t size_most);
void model_free(struct model *model); /* NULL is fine */

/* Gaps: literals that say, of every participant, whether they have more than k gaps, for k below
 * most; gaps is participants × most. False when out of memory. */
bool model_gaps(struct model *model, unsigned most, int *gaps);

/* The last solution. */
void model_read(const struct model *model, int8_t *slot_of);

static inline int model_meets(const struct model *model, uint32_t pair, unsigned slot)
{
    return model->meets[(size_t)pair * model->problem->slot_count + slot];
}

#endif
