#include "model.h"

#include <stdlib.h>
#include <string.h>

/* -- pairs ------------------------------------------------------------------------------------- */

static int *meets_at(struct model *model, uint32_t pair, unsigned slot)
{
    return &model->meets[(size_t)pair * model->problem->slot_count + slot];
}

static void pair_add(struct model *model, uint32_t pair, enum model_part part)
{
    int slots[SLOTS_MAX];
    size_t count = 0;
    if (part == MODEL_NEVER)
        return;
    for (unsigned t = 0; t < model->problem->slot_count; t++)
        if (model->problem->open[pair] & slot_bit(t))
            slots[count++] = *meets_at(model, pair, t) = formula_variable(model->formula);
    formula_at_most_one(model->formula, slots, count);
    if (part == MODEL_MUST) {
        formula_clause(model->formula, slots, count);
        model->held[pair] = formula_true(model->formula);
    } else {
        model->held[pair] = formula_any(model->formula, slots, count);
    }
}

/* -- what is taken ----------------------------------------------------------------------------- */

/* More than so many of the literals, or not: told by counting those that hold or those that do
 * not, whichever takes fewer steps. */
static bool at_most_counted(struct formula *formula, const int *literals, size_t count, size_t most)
{
    size_t beyond = most + 1, idle = count - most;
    bool by_idle = idle < beyond;
    size_t steps = by_idle ? idle : beyond;
    int *counts = malloc((count + steps) * sizeof *counts), *opposites = counts + steps;
    if (counts == NULL)
        return false;
    for (size_t k = 0; k < count; k++)
        opposites[k] = by_idle ? -literals[k] : literals[k];
    bool good = formula_count(formula, opposites, count, steps, counts);
    if (good)
        formula_clause(formula, (const int[]){by_idle ? counts[steps - 1] : -counts[steps - 1]}, 1);
    free(counts);
    return good;
}

/* No more than so many of the literals. */
static bool at_most(struct formula *formula, const int *literals, size_t count, size_t most)
{
    if (count <= most)
        return true;
    if (most != 1)
        return at_most_counted(formula, literals, count, most);
    formula_at_most_one(formula, literals, count);
    return true;
}

static bool needs_resource(const struct model *model, uint32_t pair, uint32_t resource)
{
    uint32_t needs[PAIR_NEEDS_MAX];
    unsigned count = seating_needs(model->needs, pair, needs);
    for (unsigned i = 0; i < count; i++)
        if (needs[i] == resource)
            return true;
    return false;
}

/* The pairs that may need a resource: the participant's own, or all. */
static uint32_t candidates(const struct model *model, uint32_t resource, uint32_t *pairs)
{
    const struct problem *problem = model->problem;
    uint32_t count = 0;
    if (resource < problem->participant_count) {
        for (uint32_t k = problem->pair_start[resource]; k < problem->pair_start[resource + 1]; k++)
            pairs[count++] = problem->pair_of[k];
        return count;
    }
    for (uint32_t p = 0; p < problem->pair_count; p++)
        if (model->held[p] != 0 && needs_resource(model, p, resource))
            pairs[count++] = p;
    return count;
}

/* Every table seats two people who meet nobody else then: where most people are busy, counting the
 * idle ones is shorter than counting meetings. */
static bool tables_by_people(const struct problem *problem)
{
    uint32_t people = 0, tables = 0;
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        if (problem->participants[i].capacity > 1)
            return false;
        people += problem->pair_start[i] < problem->pair_start[i + 1];
    }
    for (uint32_t p = 0; p < problem->pair_count; p++)
        if (problem->pairs[p].tableless)
            return false;
    for (unsigned t = 0; t < problem->slot_count; t++)
        tables = problem->tables[t] > tables ? problem->tables[t] : tables;
    return people < 3 * (uint64_t)tables;
}

static bool tables_add(struct model *model, int *literals)
{
    const struct problem *problem = model->problem;
    for (unsigned t = 0; t < problem->slot_count; t++) {
        for (uint32_t i = 0; i < problem->participant_count; i++)
            literals[i] = model->used[i * problem->slot_count + t];
        if (!at_most(model->formula, literals, problem->participant_count,
                     2 * (size_t)problem->tables[t]))
            return false;
    }
    return true;
}

static bool resource_add(struct model *model, uint32_t resource, uint32_t *pairs, int *literals)
{
    const struct problem *problem = model->problem;
    uint32_t people = problem->participant_count;
    if (resource == people + problem->shared_count && tables_by_people(problem))
        return tables_add(model, literals);
    uint32_t count = candidates(model, resource, pairs);
    for (unsigned t = 0; t < problem->slot_count; t++) {
        size_t there = 0;
        for (uint32_t k = 0; k < count; k++)
            if (model_meets(model, pairs[k], t) != 0)
                literals[there++] = model_meets(model, pairs[k], t);
        if (resource < problem->participant_count)
            model->used[resource * problem->slot_count + t] =
                formula_any(model->formula, literals, there);
        if (!at_most(model->formula, literals, there, seating_capacity(model->needs, resource, t)))
            return false;
    }
    return true;
}

/* Nobody above their maximum; and if all of somebody's pairs must meet, so many of their slots are
 * used: it follows from the rest, but the solver finds it sooner. */
static bool degrees_add(struct model *model, uint32_t i, int *literals)
{
    const struct problem *problem = model->problem;
    uint32_t must = 0, count = 0;
    for (uint32_t k = problem->pair_start[i]; k < problem->pair_start[i + 1]; k++) {
        int held = model->held[problem->pair_of[k]];
        must += held == formula_true(model->formula);
        if (held != 0)
            literals[count++] = held;
    }
    if (!at_most(model->formula, literals, count, problem->participants[i].maximum))
        return false;
    if (must < count || count == 0 || problem->participants[i].capacity > 1)
        return true;
    int counts[SLOTS_MAX + 1];
    if (!formula_count(model->formula, &model->used[i * problem->slot_count], problem->slot_count,
                       problem->slot_count, counts))
        return false;
    if (count <= problem->slot_count)
        formula_clause(model->formula, &counts[count - 1], 1);
    if (count < problem->slot_count)
        formula_clause(model->formula, (const int[]){-counts[count]}, 1);
    return true;
}

static bool model_fill(struct model *model, const uint8_t *parts, uint64_t size_most)
{
    const struct problem *problem = model->problem;
    uint32_t *pairs = malloc((problem->pair_count + 1) * sizeof *pairs);
    int *literals =
        malloc((problem->pair_count + problem->participant_count + 1) * sizeof *literals);
    bool good = pairs != NULL && literals != NULL;
    for (uint32_t p = 0; good && p < problem->pair_count; p++) {
        pair_add(model, p, parts[p]);
        good = formula_size(model->formula) <= size_most;
    }
    for (uint32_t r = 0; good && r < model->needs->resource_count; r++)
        good = resource_add(model, r, pairs, literals) && formula_size(model->formula) <= size_most;
    for (uint32_t i = 0; good && i < problem->participant_count; i++)
        good = degrees_add(model, i, literals) && formula_size(model->formula) <= size_most;
    free(pairs);
    free(literals);
    return good;
}

struct model *model_create(const struct problem *problem, const uint8_t *parts, uint64_t size_most)
{
    struct model *model = calloc(1, sizeof *model);
    if (model == NULL)
        return NULL;
    size_t slots = problem->slot_count;
    model->problem = problem;
    model->formula = formula_create();
    model->needs = seating_create(problem);
    model->meets = calloc(problem->pair_count * slots + 1, sizeof *model->meets);
    model->held = calloc(problem->pair_count + 1, sizeof *model->held);
    model->used = calloc(problem->participant_count * slots + 1, sizeof *model->used);
    if (model->formula != NULL && model->needs != NULL && model->meets != NULL &&
        model->held != NULL && model->used != NULL && model_fill(model, parts, size_most))
        return model;
    model_free(model);
    return NULL;
}

void model_free(struct model *model)
{
    if (model == NULL)
        return;
    formula_free(model->formula);
    seating_free(model->needs);
    free(model->meets);
    free(model->held);
    free(model->used);
    free(model);
}

/* -- gaps -------------------------------------------------------------------------------------- */

/* Literals that hold just when the first one does and the other one does. */
static int both(struct formula *formula, int one, int other)
{
    return -formula_any(formula, (const int[]){-one, -other}, 2);
}

/* Walks through the slots of a participant: begun from the first meeting on, and waiting while the
 * present run of slots without one has had a slot in which they are present. A meeting while
 * waiting ends a gap. */
static unsigned gap_ends(struct model *model, uint32_t i, int *ends)
{
    struct formula *formula = model->formula;
    const int *used = &model->used[i * model->problem->slot_count];
    uint64_t presence = model->problem->participants[i].presence;
    int never = -formula_true(formula), begun = used[0], waiting = never;
    unsigned count = 0;
    for (unsigned t = 1; t < model->problem->slot_count; t++) {
        if (waiting != never && used[t] != never)
            ends[count++] = both(formula, waiting, used[t]);
        int idle = presence & slot_bit(t) ? begun : waiting;
        waiting = idle == never ? never : both(formula, idle, -used[t]);
        begun = formula_any(formula, (const int[]){begun, used[t]}, 2);
    }
    return count;
}

bool model_gaps(struct model *model, unsigned most, int *gaps)
{
    for (uint32_t i = 0; i < model->problem->participant_count; i++) {
        int ends[SLOTS_MAX];
        unsigned count = gap_ends(model, i, ends);
        if (!formula_count(model->formula, ends, count, most, &gaps[i * most]))
            return false;
    }
    return true;
}

void model_read(const struct model *model, int8_t *slot_of)
{
    for (uint32_t p = 0; p < model->problem->pair_count; p++) {
        slot_of[p] = NO_SLOT;
        for (unsigned t = 0; t < model->problem->slot_count; t++)
            if (model_meets(model, p, t) != 0 &&
                formula_holds(model->formula, model_meets(model, p, t)))
                slot_of[p] = (int8_t)t;
    }
}
