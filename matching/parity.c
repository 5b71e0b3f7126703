#include "parity.h"

#include <math.h>
#include <stddef.h>

static const double z = 1.959963984540054; /* of 95 %, two-sided */
enum { EXPOSURE_ONE = 10000 };

/* -- hiding --------------------------------------------------------------------------------------
 */

/* What the hidden cells hold together. */
struct hidden_sum {
    unsigned cells;
    uint64_t learners;
};

static struct hidden_sum hidden_sum(const struct parity_cell *cells, unsigned count)
{
    struct hidden_sum sum = {0, 0};
    for (unsigned i = 0; i < count; i++)
        if (cells[i].hidden) {
            sum.cells++;
            sum.learners += cells[i].learners;
        }
    return sum;
}

static struct parity_cell *smallest_shown(struct parity_cell *cells, unsigned count)
{
    struct parity_cell *smallest = NULL;
    for (unsigned i = 0; i < count; i++)
        if (!cells[i].hidden && cells[i].learners > 0 &&
            (smallest == NULL || cells[i].learners < smallest->learners))
            smallest = &cells[i];
    return smallest;
}

unsigned parity_hide(struct parity_cell *cells, unsigned count, uint32_t minimum)
{
    for (unsigned i = 0; i < count; i++)
        cells[i].hidden = cells[i].learners > 0 && cells[i].learners < minimum;
    struct hidden_sum sum = hidden_sum(cells, count);
    while (sum.cells > 0 && (sum.cells < 2 || sum.learners < minimum)) {
        struct parity_cell *next = smallest_shown(cells, count);
        if (next == NULL)
            break;
        next->hidden = true;
        sum = hidden_sum(cells, count);
    }
    bool all = sum.cells > 0 && (sum.cells < 2 || sum.learners < minimum);
    for (unsigned i = 0; all && i < count; i++)
        cells[i].hidden = true;
    return hidden_sum(cells, count).cells;
}

/* -- intervals -----------------------------------------------------------------------------------
 */

struct interval parity_share(uint32_t some, uint32_t all)
{
    if (all == 0)
        return (struct interval){.known = false};
    double n = all, p = some / n;
    double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return (struct interval){p, fmax(0, middle - half), fmin(1, middle + half), true};
}

/* From a ratio and the variance of its logarithm. */
static struct interval log_interval(double ratio, double variance)
{
    double factor = exp(z * sqrt(variance));
    return (struct interval){ratio, ratio / factor, ratio * factor, true};
}

struct interval parity_share_ratio(const struct parity_cell *group, const struct parity_cell *rest)
{
    if (group->selected == 0 || rest->selected == 0)
        return (struct interval){.known = false};
    double a = group->selected, n = group->learners, b = rest->selected, m = rest->learners;
    if (group->selected >= group->learners && rest->selected >= rest->learners)
        return (struct interval){.known = false};
    return log_interval(a / n / (b / m), 1 / a - 1 / n + 1 / b - 1 / m);
}

/* The mean, and the variance of it divided by its square. */
static bool relative_variance(const struct parity_cell *cell, double *mean, double *variance)
{
    double n = cell->learners;
    if (cell->learners < 2 || cell->exposure == 0)
        return false;
    *mean = (double)cell->exposure / EXPOSURE_ONE / n;
    double spread = (double)cell->squares / EXPOSURE_ONE - n * *mean * *mean;
    *variance = fmax(0, spread) / (n - 1) / n / (*mean * *mean);
    return true;
}

struct interval parity_exposure_ratio(const struct parity_cell *group,
                                      const struct parity_cell *rest)
{
    double mean, variance, other_mean, other_variance;
    if (!relative_variance(group, &mean, &variance) ||
        !relative_variance(rest, &other_mean, &other_variance))
        return (struct interval){.known = false};
    return log_interval(mean / other_mean, variance + other_variance);
}
