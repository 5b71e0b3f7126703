#include "formula.h"

#include <ccadical.h>
#include <stdlib.h>
#include <string.h>

struct formula {
    CCaDiCaL *solver;
    int variables, truth;
    uint64_t size;
    const struct watch *watch; /* while solving */
};

struct formula *formula_create(void)
{
    struct formula *formula = calloc(1, sizeof *formula);
    if (formula == NULL)
        return NULL;
    formula->solver = ccadical_init();
    ccadical_set_option(formula->solver, "quiet", 1);
    formula->truth = formula_variable(formula);
    formula_clause(formula, &formula->truth, 1);
    return formula;
}

void formula_free(struct formula *formula)
{
    if (formula == NULL)
        return;
    ccadical_release(formula->solver);
    free(formula);
}

int formula_variable(struct formula *formula)
{
    return ++formula->variables;
}

int formula_true(struct formula *formula)
{
    return formula->truth;
}

uint64_t formula_size(const struct formula *formula)
{
    return formula->size;
}

void formula_clause(struct formula *formula, const int *literals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ccadical_add(formula->solver, literals[i]);
    ccadical_add(formula->solver, 0);
    formula->size += count;
}

void formula_clause2(struct formula *formula, int one, int two)
{
    formula_clause(formula, (const int[]){one, two}, 2);
}

void formula_clause3(struct formula *formula, int one, int two, int three)
{
    formula_clause(formula, (const int[]){one, two, three}, 3);
}

int formula_any(struct formula *formula, const int *literals, size_t count)
{
    if (count == 0)
        return -formula->truth;
    if (count == 1)
        return literals[0];
    int any = formula_variable(formula);
    for (size_t i = 0; i < count; i++)
        formula_clause2(formula, -literals[i], any);
    for (size_t i = 0; i < count; i++)
        ccadical_add(formula->solver, literals[i]);
    ccadical_add(formula->solver, -any);
    ccadical_add(formula->solver, 0);
    formula->size += count + 1;
    return any;
}

void formula_at_most_one(struct formula *formula, const int *literals, size_t count)
{
    enum { PAIRWISE = 6 };
    if (count <= PAIRWISE) {
        for (size_t i = 0; i < count; i++)
            for (size_t k = i + 1; k < count; k++)
                formula_clause2(formula, -literals[i], -literals[k]);
        return;
    }
    /* The first few and a variable that stands for the others, at most one of which holds. */
    int rest = formula_variable(formula), few[PAIRWISE];
    memcpy(few, literals, (PAIRWISE - 1) * sizeof *few);
    few[PAIRWISE - 1] = rest;
    formula_at_most_one(formula, few, PAIRWISE);
    int *others = malloc((count - PAIRWISE + 2) * sizeof *others);
    if (others == NULL) { /* the long way */
        for (size_t i = 0; i < count; i++)
            for (size_t k = i + 1; k < count; k++)
                formula_clause2(formula, -literals[i], -literals[k]);
        return;
    }
    memcpy(others, literals + PAIRWISE - 1, (count - PAIRWISE + 1) * sizeof *others);
    others[count - PAIRWISE + 1] = -rest;
    formula_at_most_one(formula, others, count - PAIRWISE + 2);
    free(others);
}

/* -- counts ------------------------------------------------------------------------------------ */

static size_t smaller(size_t one, size_t other)
{
    return one < other ? one : other;
}

/* Joins the counts of two halves: at least i of one and j of the other make i + j; fewer than
 * i + 1 and j + 1 make fewer than i + j + 1. */
static void halves_join(struct formula *formula, const int *left, size_t left_count,
                        const int *right, size_t right_count, int *counts, size_t most)
{
    for (size_t i = 0; i <= left_count; i++)
        for (size_t j = 0; j <= right_count; j++) {
            if (i + j > 0) {
                int clause[3], size = 0;
                if (i > 0)
                    clause[size++] = -left[i - 1];
                if (j > 0)
                    clause[size++] = -right[j - 1];
                clause[size++] = counts[smaller(i + j, most) - 1];
                formula_clause(formula, clause, (size_t)size);
            }
            if (i + j < most) {
                int clause[3], size = 0;
                if (i < left_count)
                    clause[size++] = left[i];
                if (j < right_count)
                    clause[size++] = right[j];
                clause[size++] = -counts[i + j];
                formula_clause(formula, clause, (size_t)size);
            }
        }
}

static bool count_part(struct formula *formula, const int *literals, size_t count, size_t most,
                       int *counts)
{
    if (count == 1) {
        counts[0] = literals[0];
        return true;
    }
    size_t half = count / 2;
    size_t left_count = smaller(half, most), right_count = smaller(count - half, most);
    int *left = malloc((left_count + right_count) * sizeof *left), *right = left + left_count;
    bool good = left != NULL && count_part(formula, literals, half, left_count, left) &&
                count_part(formula, literals + half, count - half, right_count, right);
    if (good) {
        for (size_t k = 0; k < most; k++)
            counts[k] = formula_variable(formula);
        halves_join(formula, left, left_count, right, right_count, counts, most);
    }
    free(left);
    return good;
}

bool formula_count(struct formula *formula, const int *literals, size_t count, size_t most,
                   int *counts)
{
    for (size_t k = count; k < most; k++)
        counts[k] = -formula->truth;
    most = smaller(most, count);
    return most == 0 || count_part(formula, literals, count, most, counts);
}

/* -- solutions --------------------------------------------------------------------------------- */

static int stops(void *state)
{
    const struct formula *formula = state;
    return !watch_goes_on(formula->watch);
}

enum formula_answer formula_solve(struct formula *formula, const int *assumed, size_t count,
                                  uint64_t conflicts, const struct watch *watch)
{
    enum { SATISFIABLE = 10, UNSATISFIABLE = 20 };
    formula->watch = watch;
    ccadical_set_terminate(formula->solver, formula, stops);
    ccadical_limit(formula->solver, "conflicts",
                   conflicts == 0 || conflicts > INT32_MAX ? -1 : (int)conflicts);
    for (size_t i = 0; i < count; i++)
        ccadical_assume(formula->solver, assumed[i]);
    int answer = ccadical_solve(formula->solver);
    return answer == SATISFIABLE     ? FORMULA_YES
           : answer == UNSATISFIABLE ? FORMULA_NO
                                     : FORMULA_UNKNOWN;
}

bool formula_holds(const struct formula *formula, int literal)
{
    return ccadical_val(formula->solver, literal) == literal;
}
