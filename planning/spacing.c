#include "spacing.h"

#include "model.h"

#include <stdlib.h>
#include <string.h>

enum { SIZE_MOST = 20000000 /* literals of the formula */ };

struct spacing {
    const struct problem *problem;
    struct model *model;
    unsigned most;      /* gaps of one participant */
    int *gaps;          /* of each participant and count: has more gaps than that */
    int *uneven_counts; /* unevenness is more than k */
    size_t uneven_count;
    int *gap_counts; /* gaps of all are more than k, for k below gap_count */
    size_t gap_count;
};

/* -- counts ------------------------------------------------------------------------------------ */

/* Whether some, or all, of a group have more than count gaps. */
static int group_has(struct spacing *spacing, uint32_t group, unsigned count, bool all)
{
    const struct problem *problem = spacing->problem;
    struct formula *formula = spacing->model->formula;
    int *literals = malloc((problem->participant_count + 1) * sizeof *literals);
    size_t found = 0;
    if (literals == NULL)
        return 0;
    for (uint32_t i = 0; i < problem->participant_count; i++)
        if (problem->participants[i].group == group) {
            int more = spacing->gaps[i * spacing->most + count];
            literals[found++] = all ? -more : more;
        }
    int any = formula_any(formula, literals, found);
    free(literals);
    return all ? -any : any;
}

/* Literals that together say how much the counts of a group differ beyond the wish: each stands for
 * one more. False when out of memory. */
static bool group_uneven(struct spacing *spacing, uint32_t group, int *literals, size_t *count)
{
    struct formula *formula = spacing->model->formula;
    int some[SLOTS_MAX], all[SLOTS_MAX];
    int wish = spacing->problem->groups[group].gap_difference;
    for (unsigned k = 0; k < spacing->most; k++) {
        some[k] = group_has(spacing, group, k, false);
        all[k] = group_has(spacing, group, k, true);
        if (some[k] == 0 || all[k] == 0)
            return false;
    }
    for (unsigned spread = (unsigned)wish; spread < spacing->most; spread++) {
        int beyond[SLOTS_MAX];
        unsigned ways = 0;
        /* Somebody has more than k + spread, and somebody no more than k. */
        for (unsigned k = 0; k + spread < spacing->most; k++)
            beyond[ways++] = -formula_any(formula, (const int[]){-some[k + spread], all[k]}, 2);
        literals[(*count)++] = formula_any(formula, beyond, ways);
    }
    return true;
}

static bool uneven_make(struct spacing *spacing)
{
    int literals[GROUPS_MAX * SLOTS_MAX];
    size_t count = 0;
    for (uint32_t g = 0; g < spacing->problem->group_count; g++)
        if (spacing->problem->groups[g].gap_difference >= 0 &&
            !group_uneven(spacing, g, literals, &count))
            return false;
    spacing->uneven_count = count;
    spacing->uneven_counts = malloc((count + 1) * sizeof *spacing->uneven_counts);
    return spacing->uneven_counts != NULL &&
           formula_count(spacing->model->formula, literals, count, count, spacing->uneven_counts);
}

/* Counts all gaps up to what the best timetable has. */
static bool gaps_make(struct spacing *spacing, size_t most)
{
    const struct problem *problem = spacing->problem;
    size_t all = (size_t)problem->participant_count * spacing->most, count = 0;
    int *literals = malloc((all + 1) * sizeof *literals);
    spacing->gap_counts = malloc((most + 1) * sizeof *spacing->gap_counts);
    bool good = literals != NULL && spacing->gap_counts != NULL;
    for (size_t k = 0; good && k < all; k++)
        if (spacing->gaps[k] != -formula_true(spacing->model->formula))
            literals[count++] = spacing->gaps[k];
    good =
        good && formula_count(spacing->model->formula, literals, count, most, spacing->gap_counts);
    spacing->gap_count = most;
    free(literals);
    return good;
}

struct spacing *spacing_create(const struct problem *problem)
{
    struct spacing *spacing = calloc(1, sizeof *spacing);
    uint8_t *parts = malloc(problem->pair_count + 1);
    if (spacing != NULL && parts != NULL) {
        for (uint32_t p = 0; p < problem->pair_count; p++)
            parts[p] = problem->open[p] != 0 ? MODEL_MUST : MODEL_NEVER;
        spacing->problem = problem;
        spacing->most = problem->slot_count / 2 + 1;
        spacing->model = model_create(problem, parts, SIZE_MOST);
        spacing->gaps =
            calloc((size_t)problem->participant_count * spacing->most + 1, sizeof *spacing->gaps);
    }
    free(parts);
    if (spacing != NULL && spacing->model != NULL && spacing->gaps != NULL &&
        model_gaps(spacing->model, spacing->most, spacing->gaps) && uneven_make(spacing))
        return spacing;
    spacing_free(spacing);
    return NULL;
}

void spacing_free(struct spacing *spacing)
{
    if (spacing == NULL)
        return;
    model_free(spacing->model);
    free(spacing->gaps);
    free(spacing->uneven_counts);
    free(spacing->gap_counts);
    free(spacing);
}

/* -- steps ------------------------------------------------------------------------------------- */

static enum spacing_answer solve(struct spacing *spacing, const int *assumed, size_t count,
                                 int64_t *bound, int8_t *slot_of, const struct watch *watch)
{
    switch (formula_solve(spacing->model->formula, assumed, count, 0, watch)) {
    case FORMULA_YES:
        model_read(spacing->model, slot_of);
        return SPACING_FOUND;
    case FORMULA_NO:
        if (bound == NULL)
            return SPACING_IMPOSSIBLE;
        ++*bound;
        return SPACING_BOUND;
    case FORMULA_UNKNOWN:
        break;
    }
    return SPACING_STOPPED;
}

enum spacing_answer spacing_step(struct spacing *spacing, const struct worth *best,
                                 struct worth *bound, int8_t *slot_of, const struct watch *watch)
{
    int assumed[2];
    size_t count = 0;
    if (best->unheld > bound->unheld)
        return solve(spacing, NULL, 0, NULL, slot_of, watch);
    if ((size_t)bound->uneven < spacing->uneven_count)
        assumed[count++] = -spacing->uneven_counts[bound->uneven];
    if (best->uneven > bound->uneven)
        return solve(spacing, assumed, count, &bound->uneven, slot_of, watch);
    if (best->gaps <= bound->gaps)
        return SPACING_PROVEN;
    if (spacing->gap_counts == NULL && !gaps_make(spacing, (size_t)best->gaps))
        return SPACING_STOPPED;
    if ((size_t)bound->gaps < spacing->gap_count)
        assumed[count++] = -spacing->gap_counts[bound->gaps];
    return solve(spacing, assumed, count, &bound->gaps, slot_of, watch);
}
