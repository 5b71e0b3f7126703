#include "repair.h"

#include "model.h"
#include "plan.h"
#include "subproblem.h"

#include <stdlib.h>
#include <string.h>

enum { KEEP_SIZE_MOST = 20000000, PLAN_EFFORT = 1, FEW_MOVED = 8 };

struct repairing {
    const struct problem *problem;
    const int8_t *old;
    const bool *frozen;
    uint64_t seed;
    const struct watch *watch;
    struct repair *repair;
    struct seating *timetable; /* of those that stay */
    bool bounded;              /* moved_bound is the fewest */
};

static bool is_frozen(const struct repairing *repairing, uint32_t pair)
{
    return repairing->frozen != NULL && repairing->frozen[pair];
}

/* Whether an old meeting could stay where it was, were there nobody else. */
static bool may_stay(const struct repairing *repairing, uint32_t pair)
{
    int8_t slot = repairing->old[pair];
    return slot != NO_SLOT && (repairing->problem->open[pair] & slot_bit((unsigned)slot)) != 0;
}

static bool has_room(const struct repairing *repairing, uint32_t pair, unsigned slot)
{
    const struct problem *problem = repairing->problem;
    const struct plan_pair *who = &problem->pairs[pair];
    const uint16_t *degree = repairing->timetable->degree;
    return degree[who->first] < problem->participants[who->first].maximum &&
           degree[who->second] < problem->participants[who->second].maximum &&
           (seating_room(repairing->timetable, pair) & slot_bit(slot)) != 0;
}

/* -- who stays --------------------------------------------------------------------------------- */

/* Puts in what fits, the frozen ones first, then those that must meet. Returns whether nothing
 * stood in the way of anything: then nobody has to move. */
static bool all_stay(struct repairing *repairing)
{
    const struct problem *problem = repairing->problem;
    bool all = true;
    for (int rank = 0; rank < 3; rank++)
        for (uint32_t p = 0; p < problem->pair_count; p++) {
            int mine = is_frozen(repairing, p) ? 0 : problem->pairs[p].required ? 1 : 2;
            if (mine != rank || !may_stay(repairing, p))
                continue;
            if (has_room(repairing, p, (unsigned)repairing->old[p]))
                seating_put(repairing->timetable, p, (unsigned)repairing->old[p]);
            else
                all = false;
        }
    for (uint32_t p = 0; p < problem->pair_count; p++)
        if (problem->pairs[p].required && problem->open[p] != 0 &&
            repairing->timetable->slot_of[p] == NO_SLOT)
            all = false;
    return all;
}

/* Old meetings at their slots, and those that must meet wherever they can: the fewest moved are
 * found among these, since whoever moves may as well be dropped first and planned anew. */
static struct subproblem *keeping(const struct repairing *repairing)
{
    const struct problem *problem = repairing->problem;
    struct subproblem *sub = subproblem_create(problem);
    for (uint32_t p = 0; sub != NULL && p < problem->pair_count; p++) {
        uint64_t window = may_stay(repairing, p) ? slot_bit((unsigned)repairing->old[p]) : 0;
        bool required = problem->pairs[p].required && problem->open[p] != 0;
        if (required && !is_frozen(repairing, p))
            window = problem->open[p];
        if (window != 0)
            subproblem_add(sub, p, window, required || is_frozen(repairing, p));
    }
    return subproblem_seal(sub);
}

/* Asks for none moved, then one, and so on; least becomes how many it takes. What is counted grows
 * with what is asked for, since it is few in most cases. */
static enum formula_answer fewest_find(const struct repairing *repairing, struct formula *formula,
                                       const int *moved, size_t count, uint32_t *least)
{
    enum formula_answer answer = FORMULA_NO;
    int *counts = malloc((count + 1) * sizeof *counts);
    size_t counted = 0;
    for (*least = 0; counts != NULL && answer == FORMULA_NO && *least <= count;) {
        if (*least == counted && counted < count) {
            counted = 4 * counted + FEW_MOVED < count ? 4 * counted + FEW_MOVED : count;
            if (!formula_count(formula, moved, count, counted, counts))
                break;
        }
        int fewer = *least < count ? -counts[*least] : formula_true(formula);
        answer = formula_solve(formula, &fewer, 1, 0, repairing->watch);
        *least += answer == FORMULA_NO;
    }
    free(counts);
    return answer;
}

static bool keep_solve(struct repairing *repairing, struct subproblem *sub, struct model *model,
                       const int *moved, size_t count)
{
    uint32_t least;
    if (fewest_find(repairing, model->formula, moved, count, &least) != FORMULA_YES)
        return true;
    repairing->repair->moved_bound += least;
    repairing->bounded = true;
    int8_t *slot_of = malloc(sub->problem->pair_count + 1);
    if (slot_of == NULL)
        return false;
    model_read(model, slot_of);
    subproblem_put(sub, slot_of, repairing->timetable);
    free(slot_of);
    return true;
}

/* The fewest moved, proven; when the solver has no time, the greedy choice stays. */
static bool keep_most(struct repairing *repairing)
{
    struct subproblem *sub = keeping(repairing);
    uint32_t pairs = sub != NULL ? sub->problem->pair_count : 0, count = 0;
    uint8_t *parts = malloc(pairs + 1);
    int *moved = malloc((pairs + 1) * sizeof *moved);
    bool good = sub != NULL && parts != NULL && moved != NULL;
    for (uint32_t k = 0; good && k < pairs; k++)
        parts[k] = sub->problem->pairs[k].required ? MODEL_MUST : MODEL_MAY;
    struct model *model = good ? model_create(sub->problem, parts, KEEP_SIZE_MOST) : NULL;
    for (uint32_t k = 0; model != NULL && k < pairs; k++)
        if (may_stay(repairing, sub->origin[k]))
            moved[count++] = -model_meets(model, k, (unsigned)repairing->old[sub->origin[k]]);
    if (model != NULL)
        good = keep_solve(repairing, sub, model, moved, count);
    model_free(model);
    free(parts);
    free(moved);
    subproblem_free(sub);
    return good;
}

/* -- the rest ---------------------------------------------------------------------------------- */

/* Who stays at their slots, and all else where there is room left. */
static struct subproblem *remaining(const struct repairing *repairing)
{
    const struct problem *problem = repairing->problem;
    struct subproblem *sub = subproblem_create(problem);
    for (uint32_t p = 0; sub != NULL && p < problem->pair_count; p++) {
        int8_t slot = repairing->timetable->slot_of[p];
        if (slot != NO_SLOT)
            subproblem_add(sub, p, slot_bit((unsigned)slot), true);
        else if (!is_frozen(repairing, p) && seating_room(repairing->timetable, p) != 0)
            subproblem_add(sub, p, seating_room(repairing->timetable, p),
                           problem->pairs[p].required);
    }
    return subproblem_seal(sub);
}

static bool rest_plan(struct repairing *repairing)
{
    struct subproblem *sub = remaining(repairing);
    struct plan *plan = sub != NULL ? plan_create(sub->problem, repairing->seed) : NULL;
    bool good = plan != NULL;
    if (good) {
        plan_set_effort(plan, PLAN_EFFORT);
        good = plan_run(plan, repairing->watch);
        struct plan_answer answer = plan_answer(plan);
        repairing->repair->proven = answer.proven && repairing->bounded;
        /* Stopped before it had begun, or worse than what is there: nobody is taken out. */
        if (answer.worth.unheld == 0 || answer.worth.unheld == answer.bound.unheld)
            subproblem_put(sub, answer.slot_of, repairing->timetable);
    }
    plan_free(plan);
    subproblem_free(sub);
    return good;
}

static void answer_fill(struct repairing *repairing)
{
    struct repair *repair = repairing->repair;
    uint32_t pairs = repairing->problem->pair_count;
    memcpy(repair->slot_of, repairing->timetable->slot_of, pairs);
    repair->worth = seating_worth(repairing->timetable);
    repair->moved = 0;
    for (uint32_t p = 0; p < pairs; p++)
        repair->moved += repairing->old[p] != NO_SLOT && repair->slot_of[p] != repairing->old[p];
}

bool repair_make(const struct problem *problem, const int8_t *old, const bool *frozen,
                 uint64_t seed, const struct watch *watch, struct repair *repair)
{
    struct repairing repairing = {.problem = problem,
                                  .old = old,
                                  .frozen = frozen,
                                  .seed = seed,
                                  .watch = watch,
                                  .repair = repair};
    *repair = (struct repair){.slot_of = malloc(problem->pair_count + 1)};
    repairing.timetable = seating_create(problem);
    bool good = repair->slot_of != NULL && repairing.timetable != NULL;
    for (uint32_t p = 0; good && p < problem->pair_count; p++)
        repair->moved_bound += old[p] != NO_SLOT && !may_stay(&repairing, p);
    if (good) {
        repairing.bounded = all_stay(&repairing);
        good = (repairing.bounded || keep_most(&repairing)) && rest_plan(&repairing);
    }
    if (good)
        answer_fill(&repairing);
    else
        repair_clear(repair);
    seating_free(repairing.timetable);
    return good;
}

void repair_clear(struct repair *repair)
{
    free(repair->slot_of);
    *repair = (struct repair){0};
}
