/* Clauses over yes-or-no variables, and counts of literals, for a solver of satisfiability
 * (CaDiCaL, by Biere et al.). A literal is a variable or, negative, its opposite. */
#ifndef PASSERELLE_PLANNING_FORMULA_H
#define PASSERELLE_PLANNING_FORMULA_H

#include "watch.h"

struct formula;

struct formula *formula_create(void);       /* NULL when out of memory */
void formula_free(struct formula *formula); /* NULL is fine */

int formula_variable(struct formula *formula); /* a new one */
int formula_true(struct formula *formula);     /* always the same, true in every solution */
/* At least one of them holds. */
void formula_clause(struct formula *formula, const int *literals, size_t count);
void formula_clause2(struct formula *formula, int one, int two);
void formula_clause3(struct formula *formula, int one, int two, int three);
/* A literal that holds just when at least one of them does; false when there are none. */
int formula_any(struct formula *formula, const int *literals, size_t count);
void formula_at_most_one(struct formula *formula, const int *literals, size_t count);

/* counts[k] holds just when more than k of the literals do, for k below most; a totalizer, by
 * Bailleux and Boufkhad. The literals beyond most are not told apart. False when out of memory. */
bool formula_count(struct formula *formula, const int *literals, size_t count, size_t most,
                   int *counts);

enum formula_answer { FORMULA_UNKNOWN, FORMULA_YES, FORMULA_NO };
/* Whether there is a solution in which all the assumed literals hold. Unknown after so many
 * conflicts (0: any number) or when the watch stops it. */
enum formula_answer formula_solve(struct formula *formula, const int *assumed, size_t count,
                                  uint64_t conflicts, const struct watch *watch);
/* In the last solution. */
bool formula_holds(const struct formula *formula, int literal);

/* Literals in all clauses: what the formula's memory grows with. */
uint64_t formula_size(const struct formula *formula);

#endif
