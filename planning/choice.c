#include "choice.h"

#include "cuts.h"
#include "flow.h"
#include "sides.h"

#include <stdlib.h>
#include <string.h>

struct choice {
    const struct problem *problem;
    struct flow *flow; /* NULL: to be made anew */
    struct cuts *cuts;
    bool doubled; /* every participant stands on both sides */
    int64_t missing_unit, unheld_unit;
    uint32_t *arc; /* of each pair the first arc; the second one follows it when doubled */
    bool *left_out;
    uint32_t *most; /* meetings of each participant */
    uint32_t root;
};

enum { ARC_NONE = UINT32_MAX, RUNS_MAX = BONUSES_MAX + 2 };

/* -- how much each may take -------------------------------------------------------------------- */

static uint32_t most_meetings(const struct problem *problem, uint32_t i)
{
    const struct plan_participant *who = &problem->participants[i];
    uint64_t slots = 0;
    uint32_t pairs = 0;
    for (uint32_t k = problem->pair_start[i]; k < problem->pair_start[i + 1]; k++) {
        uint64_t open = problem->open[problem->pair_of[k]];
        slots |= open;
        pairs += open != 0;
    }
    uint32_t most = slots_count(slots) * who->capacity;
    most = most < pairs ? most : pairs;
    return most < who->maximum ? most : who->maximum;
}

/* Units in which a missing meeting outweighs every sum, and an unheld pair all missing ones. */
static void units_set(struct choice *choice)
{
    const struct problem *problem = choice->problem;
    int64_t sum = 1, missing = 0;
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        const struct plan_participant *who = &problem->participants[i];
        int64_t most = choice->most[i] = most_meetings(problem, i);
        for (unsigned k = 1; k <= problem->groups[who->group].bonus_count && k <= most; k++)
            sum += group_bonus(&problem->groups[who->group], k);
        int32_t best = 0;
        for (uint32_t k = problem->pair_start[i]; k < problem->pair_start[i + 1]; k++) {
            int32_t score = problem->pairs[problem->pair_of[k]].score;
            best = score > best ? score : best;
        }
        sum += best * most;
        missing += who->minimum < most ? who->minimum : most;
    }
    choice->missing_unit = sum;
    choice->unheld_unit = (missing + 1) * sum;
}

/* -- the network ------------------------------------------------------------------------------- */

struct run {
    int32_t length;
    int64_t worth;
};

/* What somebody's first, second, … meeting is worth besides its score, in runs of equal worth. */
static unsigned worth_runs(const struct choice *choice, uint32_t i, struct run runs[RUNS_MAX])
{
    const struct plan_participant *who = &choice->problem->participants[i];
    const struct plan_group *group = &choice->problem->groups[who->group];
    unsigned count = 0;
    for (uint32_t k = 1; k <= choice->most[i]; k++) {
        int64_t worth = group_bonus(group, k) + (k <= who->minimum ? choice->missing_unit : 0);
        if (k > group->bonus_count && k > who->minimum) {
            runs[count++] = (struct run){(int32_t)(choice->most[i] - k + 1), worth};
            break;
        }
        if (count > 0 && runs[count - 1].worth == worth)
            runs[count - 1].length++;
        else
            runs[count++] = (struct run){1, worth};
    }
    return count;
}

/* From whom the flow comes: what is left over costs what the meetings would have been worth. */
static void left_add(struct choice *choice, uint32_t i, uint32_t node)
{
    struct run runs[RUNS_MAX];
    unsigned count = worth_runs(choice, i, runs);
    choice->flow->supply[node] = (int32_t)choice->most[i];
    for (unsigned r = count; r-- > 0;)
        flow_add(choice->flow, node, choice->root, r == 0 ? INT32_MAX : runs[r].length,
                 runs[r].worth);
}

/* The resource that all of somebody's meetings need, such as an interpreter; NO_INDEX. */
static int needed_by_all(const struct problem *problem, uint32_t i)
{
    int needed = NO_INDEX;
    for (uint32_t k = problem->pair_start[i]; k < problem->pair_start[i + 1]; k++) {
        const struct plan_pair *pair = &problem->pairs[problem->pair_of[k]];
        bool has = false;
        for (unsigned n = 0; n < PAIR_SHARED_MAX && pair->shared[n] != NO_INDEX; n++)
            has = has || pair->shared[n] == needed;
        if (needed == NO_INDEX)
            needed = pair->shared[0];
        else if (!has)
            return NO_INDEX;
        if (needed == NO_INDEX)
            return NO_INDEX;
    }
    return needed;
}

/* To whom the flow goes. Those who always need the same resource share a node: their meetings are
 * no more than it has room for. */
static void right_add(struct choice *choice, uint32_t i, uint32_t node)
{
    struct run runs[RUNS_MAX];
    unsigned count = worth_runs(choice, i, runs);
    int needed = choice->doubled ? NO_INDEX : needed_by_all(choice->problem, i);
    uint32_t to = needed == NO_INDEX
                      ? choice->root
                      : choice->root - choice->problem->shared_count + (uint32_t)needed;
    for (unsigned r = 0; r < count; r++)
        flow_add(choice->flow, node, to, runs[r].length, -runs[r].worth);
}

static void shared_add(struct choice *choice)
{
    const struct problem *problem = choice->problem;
    uint64_t all = slots_first(problem->slot_count);
    for (uint32_t k = 0; k < problem->shared_count; k++)
        flow_add(
            choice->flow, choice->root - problem->shared_count + k, choice->root,
            (int32_t)(slots_count(problem->shared[k].window & all) * problem->shared[k].capacity),
            0);
}

static bool is_left(const struct choice *choice, uint32_t participant)
{
    return choice->problem->sides[participant] == SIDE_LEFT;
}

static uint32_t right_node(const struct choice *choice, uint32_t participant)
{
    return choice->doubled ? choice->problem->participant_count + participant : participant;
}

/* The node of a participant that an arc of a pair begins or ends at: that of the smallest cut
 * which the pair falls under. */
static uint32_t pair_node(const struct choice *choice, uint32_t participant, uint32_t pair)
{
    uint32_t cut = cuts_smallest(choice->cuts, participant, choice->problem->open[pair]);
    return cut == CUT_NONE ? participant : choice->problem->participant_count + cut;
}

static int64_t pair_cost(const struct choice *choice, uint32_t p)
{
    const struct plan_pair *pair = &choice->problem->pairs[p];
    if (choice->left_out[p])
        return 2 * choice->unheld_unit;
    return -(int64_t)pair->score - (pair->required ? choice->unheld_unit : 0);
}

static void pair_add(struct choice *choice, uint32_t p)
{
    const struct plan_pair *pair = &choice->problem->pairs[p];
    int64_t cost = pair_cost(choice, p);
    choice->arc[p] = ARC_NONE;
    if (choice->problem->open[p] == 0)
        return;
    if (choice->doubled) {
        choice->arc[p] =
            flow_add(choice->flow, pair->first, right_node(choice, pair->second), 1, cost);
        flow_add(choice->flow, pair->second, right_node(choice, pair->first), 1, cost);
        return;
    }
    uint32_t left = is_left(choice, pair->first) ? pair->first : pair->second;
    uint32_t right = pair_other(pair, left);
    choice->arc[p] =
        flow_add(choice->flow, pair_node(choice, left, p), pair_node(choice, right, p), 1, cost);
}

static void cuts_add(struct choice *choice)
{
    const struct problem *problem = choice->problem;
    for (uint32_t c = 0; c < cuts_count(choice->cuts); c++) {
        const struct cut *cut = cuts_at(choice->cuts, c);
        uint32_t node = problem->participant_count + c;
        uint32_t above =
            cut->above == CUT_NONE ? cut->participant : problem->participant_count + cut->above;
        bool left = is_left(choice, cut->participant);
        int32_t most =
            (int32_t)(slots_count(cut->slots) * problem->participants[cut->participant].capacity);
        flow_add(choice->flow, left ? above : node, left ? node : above, most, 0);
    }
}

static void network_fill(struct choice *choice)
{
    const struct problem *problem = choice->problem;
    for (uint32_t p = 0; p < problem->pair_count; p++)
        pair_add(choice, p);
    cuts_add(choice);
    shared_add(choice);
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        if (choice->doubled || is_left(choice, i))
            left_add(choice, i, i);
        if (choice->doubled || !is_left(choice, i))
            right_add(choice, i, right_node(choice, i));
    }
}

static uint32_t run_count_all(const struct choice *choice)
{
    struct run runs[RUNS_MAX];
    uint32_t count = 0;
    for (uint32_t i = 0; i < choice->problem->participant_count; i++)
        count += worth_runs(choice, i, runs);
    return count;
}

static bool network_make(struct choice *choice)
{
    const struct problem *problem = choice->problem;
    uint32_t times = choice->doubled ? 2 : 1, cuts = cuts_count(choice->cuts);
    uint32_t others = cuts + problem->shared_count;
    choice->root = times * problem->participant_count + others;
    choice->flow =
        flow_create(choice->root, times * (problem->pair_count + run_count_all(choice)) + others);
    if (choice->flow != NULL)
        network_fill(choice);
    return choice->flow != NULL;
}

struct choice *choice_create(const struct problem *problem)
{
    struct choice *choice = calloc(1, sizeof *choice);
    if (choice == NULL)
        return NULL;
    choice->problem = problem;
    choice->doubled = !problem->two_sided;
    choice->arc = malloc((problem->pair_count + 1) * sizeof *choice->arc);
    choice->left_out = calloc(problem->pair_count + 1, sizeof *choice->left_out);
    choice->most = calloc(problem->participant_count + 1, sizeof *choice->most);
    choice->cuts = cuts_create(problem);
    if (choice->arc != NULL && choice->left_out != NULL && choice->most != NULL &&
        choice->cuts != NULL) {
        units_set(choice);
        return choice;
    }
    choice_free(choice);
    return NULL;
}

void choice_free(struct choice *choice)
{
    if (choice == NULL)
        return;
    flow_free(choice->flow);
    cuts_free(choice->cuts);
    free(choice->arc);
    free(choice->left_out);
    free(choice->most);
    free(choice);
}

/* -- the answer -------------------------------------------------------------------------------- */

bool choice_solve(struct choice *choice)
{
    return (choice->flow != NULL || network_make(choice)) && flow_solve(choice->flow);
}

/* How many of a pair's arcs carry flow. */
static int pair_flow(const struct choice *choice, uint32_t p)
{
    if (choice->arc[p] == ARC_NONE)
        return 0;
    const struct flow_arc *arc = &choice->flow->arcs[choice->arc[p]];
    return arc[0].flow + (choice->doubled ? arc[1].flow : 0);
}

bool choice_takes(const struct choice *choice, uint32_t pair)
{
    return pair_flow(choice, pair) == (choice->doubled ? 2 : 1);
}

int choice_tighten(struct choice *choice)
{
    const struct problem *problem = choice->problem;
    uint32_t before = cuts_count(choice->cuts);
    if (choice->doubled)
        return 0;
    uint32_t *taken = malloc((problem->pair_count + 1) * sizeof *taken);
    bool good = taken != NULL;
    for (uint32_t i = 0; good && i < problem->participant_count; i++) {
        uint32_t count = 0;
        for (uint32_t k = problem->pair_start[i]; k < problem->pair_start[i + 1]; k++)
            if (pair_flow(choice, problem->pair_of[k]) > 0)
                taken[count++] = problem->pair_of[k];
        good = cuts_find(choice->cuts, i, taken, count);
    }
    free(taken);
    int found = (int)(cuts_count(choice->cuts) - before);
    if (found > 0) {
        flow_free(choice->flow);
        choice->flow = NULL;
    }
    return good ? found : -1;
}

void choice_leave_out(struct choice *choice, uint32_t pair)
{
    choice->left_out[pair] = true;
    if (choice->flow == NULL || choice->arc[pair] == ARC_NONE)
        return;
    struct flow_arc *arc = &choice->flow->arcs[choice->arc[pair]];
    for (int i = 0; i < (choice->doubled ? 2 : 1); i++)
        arc[i].cost = pair_cost(choice, pair);
}

int64_t choice_missing_unit(const struct choice *choice)
{
    return choice->missing_unit;
}

int64_t choice_loss(const struct choice *choice, uint32_t pair)
{
    if (choice->arc[pair] == ARC_NONE)
        return INT64_MAX;
    const struct flow_arc *arc = &choice->flow->arcs[choice->arc[pair]];
    int64_t cost = arc->cost + choice->flow->price[arc->from] - choice->flow->price[arc->to];
    return cost < 0 ? -cost : cost;
}

/* Adds what count meetings of somebody are worth without their scores. */
static void bonuses_add(const struct problem *problem, uint32_t i, uint32_t count,
                        struct worth *worth)
{
    const struct plan_participant *who = &problem->participants[i];
    if (count < who->minimum)
        worth->missing += who->minimum - count;
    for (unsigned k = 1; k <= count && k <= problem->groups[who->group].bonus_count; k++)
        worth->sum += group_bonus(&problem->groups[who->group], k);
}

/* counts: meetings of each participant, on the left and, when doubled, then on the right. */
static void flow_worth(const struct choice *choice, uint32_t *counts, struct worth *worth)
{
    const struct problem *problem = choice->problem;
    uint32_t people = problem->participant_count;
    for (uint32_t p = 0; p < problem->pair_count; p++) {
        const struct plan_pair *pair = &problem->pairs[p];
        int held = pair_flow(choice, p);
        worth->sum += (int64_t)held * pair->score;
        if (pair->required)
            worth->unheld += (choice->doubled ? 2 : 1) - held;
        if (held == 0)
            continue;
        const struct flow_arc *arc = &choice->flow->arcs[choice->arc[p]];
        counts[pair->first] += (uint32_t)arc[0].flow;
        counts[choice->doubled ? people + pair->second : pair->second] += (uint32_t)arc[0].flow;
        if (choice->doubled) {
            counts[pair->second] += (uint32_t)arc[1].flow;
            counts[people + pair->first] += (uint32_t)arc[1].flow;
        }
    }
    for (uint32_t k = 0; k < (choice->doubled ? 2 : 1) * people; k++)
        bonuses_add(problem, k % people, counts[k], worth);
}

struct worth choice_worth(const struct choice *choice)
{
    struct worth worth = {0};
    uint32_t *counts = calloc(2 * (size_t)choice->problem->participant_count + 1, sizeof *counts);
    if (counts == NULL)
        return (struct worth){.sum = INT64_MAX};
    flow_worth(choice, counts, &worth);
    free(counts);
    if (choice->doubled) {
        worth.unheld = (worth.unheld + 1) / 2;
        worth.missing = (worth.missing + 1) / 2;
        worth.sum /= 2;
    }
    return worth;
}
