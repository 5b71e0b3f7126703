/* Planning a job dating, checking what is published, showing it. */
#include "jobdating.h"

#include "../planning/check.h"
#include "../planning/plan.h"
#include "../runtime/clock.h"
#include "arguments.h"
#include "grid.h"
#include "import_value.h"
#include "jobdating_timetable.h"
#include "record_name.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum { SECONDS = 10, SECONDS_MAX = 3600, NAME_SIZE = 128 };

/* -- the checker ------------------------------------------------------------------------------- */

static const enum text_id fault_texts[CHECK_FAULTS] = {
    [CHECK_PARTICIPANT] = TEXT_JOBDATING_FAULT_PARTICIPANT,
    [CHECK_SLOT] = TEXT_JOBDATING_FAULT_SLOT,
    [CHECK_PAIR] = TEXT_JOBDATING_FAULT_PAIR,
    [CHECK_TWICE] = TEXT_JOBDATING_FAULT_TWICE,
    [CHECK_WINDOW] = TEXT_JOBDATING_FAULT_WINDOW,
    [CHECK_PAIR_WINDOW] = TEXT_JOBDATING_FAULT_WINDOW,
    [CHECK_SHARED_WINDOW] = TEXT_JOBDATING_FAULT_HELPER,
    [CHECK_CAPACITY] = TEXT_JOBDATING_FAULT_CAPACITY,
    [CHECK_SHARED] = TEXT_JOBDATING_FAULT_HELPER,
    [CHECK_TABLES] = TEXT_JOBDATING_FAULT_TABLES,
    [CHECK_MAXIMUM] = TEXT_JOBDATING_FAULT_MAXIMUM,
    [CHECK_REQUIRED] = TEXT_JOBDATING_FAULT_REQUIRED,
};

static void finding_say(struct context *context, const struct gathering *gathering,
                        const struct problem *problem, const struct plan_meeting *meetings,
                        const struct check_finding *finding)
{
    char learner[ID_TEXT_SIZE], firm[ID_TEXT_SIZE], clock[CLOCK_TEXT_SIZE] = "";
    bool pair = finding->fault == CHECK_REQUIRED;
    uint32_t first =
        pair ? problem->pairs[finding->meeting].first : meetings[finding->meeting].first;
    uint32_t second =
        pair ? problem->pairs[finding->meeting].second : meetings[finding->meeting].second;
    id_print(gathering->firms[first].record->employer, firm);
    id_print(gathering->learners[second - gathering->firm_count].record->learner, learner);
    if (!pair && meetings[finding->meeting].slot < gathering->slot_count)
        clock_print(gathering->slots[meetings[finding->meeting].slot].from, clock);
    say(context->out, JOBDATING_FAULT, learner, firm, clock, text_of(fault_texts[finding->fault]));
}

/* Whether the timetable keeps every hard constraint, by the checker that shares no code with the
 * planner; says each fault. Pairs that must meet and do not are told, and no fault where they
 * cannot be helped. */
static enum ending timetable_check(struct context *context, const struct gathering *gathering,
                                   const struct problem *problem, const struct timetable_view *view,
                                   struct verdict *verdict)
{
    struct plan_meeting *meetings = calloc(view->count + 1, sizeof *meetings);
    for (uint32_t i = 0; meetings != NULL && i < view->count; i++)
        meetings[i] = (struct plan_meeting){view->items[i].firm,
                                            gathering->firm_count + view->items[i].learner,
                                            view->items[i].slot};
    bool done = meetings != NULL && check_timetable(problem, meetings, view->count, verdict);
    uint32_t faults = 0;
    for (uint32_t i = 0; done && i < verdict->finding_count && i < FINDINGS_MAX; i++) {
        finding_say(context, gathering, problem, meetings, &verdict->findings[i]);
        faults += verdict->findings[i].fault != CHECK_REQUIRED;
    }
    free(meetings);
    if (!done)
        return context_no_memory(context);
    return faults == 0 ? END_OK : END_UNVERIFIED;
}

/* -- what comes out ---------------------------------------------------------------------------- */

static unsigned meetings_of(const struct timetable_view *view, uint32_t learner)
{
    unsigned count = 0;
    for (uint32_t i = 0; i < view->count; i++)
        count += view->items[i].learner == learner;
    return count;
}

/* Firms whom the learner suits and that are there in some slot in which the learner is. */
static unsigned reachable(const struct gathering *gathering, uint32_t learner)
{
    const struct registration *record = gathering->learners[learner].record;
    uint64_t open = jobdating_window(gathering->slots, gathering->slot_count, record->windows.items,
                                     record->windows.count);
    unsigned count = 0;
    for (uint32_t f = 0; f < gathering->firm_count; f++) {
        const struct attendance *firm = gathering->firms[f].record;
        int32_t score;
        count += gathering_pair_allowed(gathering, gathering_pair(gathering, learner, f), &score) &&
                 (open & jobdating_window(gathering->slots, gathering->slot_count,
                                          firm->windows.items, firm->windows.count)) != 0;
    }
    return count;
}

/* A sentence for whoever has fewer meetings than the minimum. */
static void short_say(struct context *context, const struct gathering *gathering,
                      const struct timetable_view *view)
{
    for (uint32_t l = 0; l < gathering->learner_count; l++) {
        const struct gathering_learner *learner = &gathering->learners[l];
        unsigned have = meetings_of(view, l), minimum = gathering_minimum(gathering, learner);
        char id[ID_TEXT_SIZE];
        if (have >= minimum)
            continue;
        id_print(learner->record->learner, id);
        unsigned near = 0, open = reachable(gathering, l);
        for (uint32_t f = 0; f < gathering->firm_count; f++)
            near += gathering_pair(gathering, l, f)->near;
        if (learner->suitable == 0)
            say(context->out, JOBDATING_SHORT_NONE, id, near, id);
        else
            say(context->out, JOBDATING_SHORT, id, have, minimum, learner->suitable, open);
    }
}

static void worth_say(struct context *context, const struct timetable_view *view)
{
    double gap =
        view->bound > 0 ? 100.0 * (double)(view->bound - view->sum) / (double)view->bound : 0;
    say(context->out, JOBDATING_WORTH, view->count, view->missing, view->sum, view->bound, gap,
        view->gaps);
}

/* -- plan -------------------------------------------------------------------------------------- */

static bool before_deadline(void *state)
{
    return clock_monotonic_ms() < *(const int64_t *)state;
}

static bool answer_take(const struct gathering *gathering, const struct problem *problem,
                        const struct plan_answer *answer, struct timetable_view *view)
{
    view->items = calloc(problem->pair_count + 1, sizeof *view->items);
    if (view->items == NULL)
        return false;
    for (uint32_t p = 0; p < problem->pair_count; p++)
        if (answer->slot_of[p] >= 0)
            view->items[view->count++] = (struct timetable_meeting){
                .learner = problem->pairs[p].second - gathering->firm_count,
                .firm = problem->pairs[p].first,
                .slot = (unsigned)answer->slot_of[p]};
    view->missing = answer->worth.missing;
    view->sum = answer->worth.sum;
    view->gaps = answer->worth.gaps;
    view->proven = answer->proven;
    /* The bound of the sum is one of timetables with as few missing: it holds where that is proven;
     * anyhow it is never below what was reached. */
    view->bound = answer->bound.sum > view->sum ? answer->bound.sum : view->sum;
    timetable_settle(gathering, view);
    return true;
}

static enum ending plan_event(struct context *context, const struct gathering *gathering,
                              const struct problem *problem, int64_t seconds, int64_t seed)
{
    struct timetable_view view = {.items = NULL};
    struct verdict *verdict = calloc(1, sizeof *verdict);
    struct plan *plan = verdict != NULL ? plan_create(problem, (uint64_t)seed) : NULL;
    int64_t deadline = clock_monotonic_ms() + 1000 * seconds;
    const struct watch watch = {before_deadline, &deadline};
    enum ending ending = END_OK;
    if (plan == NULL || !plan_run(plan, &watch))
        ending = context_no_memory(context);
    if (ending == END_OK) {
        struct plan_answer answer = plan_answer(plan);
        ending =
            answer_take(gathering, problem, &answer, &view) ? END_OK : context_no_memory(context);
    }
    if (ending == END_OK)
        ending = timetable_check(context, gathering, problem, &view, verdict);
    if (ending == END_UNVERIFIED)
        say(context->err, JOBDATING_NOT_PUBLISHED);
    if (ending == END_OK)
        ending = timetable_publish(context, gathering, &view);
    if (ending == END_OK) {
        worth_say(context, &view);
        short_say(context, gathering, &view);
    }
    plan_free(plan);
    free(verdict);
    timetable_free(&view);
    return ending;
}

enum ending jobdating_plan(struct context *context)
{
    struct gathering *gathering;
    int64_t seconds, seed;
    if (!arguments_number(context->arguments, "seconds", 1, SECONDS_MAX, SECONDS, &seconds))
        return context_usage(context, TEXT_WRONG_NUMBER, "--seconds");
    if (!arguments_number(context->arguments, "seed", 0, INT64_MAX, 1, &seed))
        return context_usage(context, TEXT_WRONG_NUMBER, "--seed");
    enum ending ending = gathering_load(context, &gathering);
    if (ending != END_OK)
        return ending;
    struct problem *problem = gathering_problem(gathering);
    ending = problem != NULL ? plan_event(context, gathering, problem, seconds, seed)
                             : context_no_memory(context);
    problem_free(problem);
    gathering_free(gathering);
    return ending;
}

/* -- check ------------------------------------------------------------------------------------- */

static enum ending check_event(struct context *context, const struct gathering *gathering)
{
    struct timetable_view view;
    enum ending ending = timetable_load(context, gathering, &view);
    struct problem *problem = ending == END_OK ? gathering_problem(gathering) : NULL;
    struct verdict *verdict = calloc(1, sizeof *verdict);
    if (ending == END_OK && !view.published) {
        say(context->err, JOBDATING_NO_TIMETABLE);
        ending = END_REJECTED;
    } else if (ending == END_OK && (problem == NULL || verdict == NULL)) {
        ending = context_no_memory(context);
    } else if (ending == END_OK) {
        ending = timetable_check(context, gathering, problem, &view, verdict);
    }
    if (ending == END_OK) {
        say(context->out, JOBDATING_VALID, view.count, verdict->missing, verdict->gaps, view.gone);
        short_say(context, gathering, &view);
    }
    problem_free(problem);
    free(verdict);
    timetable_free(&view);
    return ending;
}

enum ending jobdating_check(struct context *context)
{
    struct gathering *gathering;
    enum ending ending = gathering_load(context, &gathering);
    if (ending != END_OK)
        return ending;
    ending = check_event(context, gathering);
    gathering_free(gathering);
    return ending;
}

/* -- timetable --------------------------------------------------------------------------------- */

static void firm_name(struct context *context, uint64_t employer, char name[NAME_SIZE])
{
    struct client_reply reply;
    const msgpack_object *stored;
    char word[ID_TEXT_SIZE];
    id_print(employer, word);
    snprintf(name, NAME_SIZE, "%s", word);
    if (record_fetch(context, word, KIND_EMPLOYER, false, &reply, &stored) != END_OK)
        return;
    struct text text = tree_text(stored, "record.name");
    snprintf(name, NAME_SIZE, "%.*s", (int)text.size, text.data != NULL ? text.data : "");
}

static void table_name(const struct gathering *gathering, unsigned table, char name[NAME_SIZE])
{
    const struct jobdating *jobdating = gathering->view->record;
    name[0] = '\0';
    if (table > 0 && table <= jobdating->tables.count)
        snprintf(name, NAME_SIZE, "%.*s", (int)jobdating->tables.items[table - 1].name.size,
                 jobdating->tables.items[table - 1].name.data);
    else if (table > 0)
        snprintf(name, NAME_SIZE, "%u", table);
}

static bool meeting_show(struct context *context, const struct gathering *gathering,
                         struct grid *grid, char (*firms)[NAME_SIZE],
                         const struct timetable_meeting *meeting)
{
    char from[CLOCK_TEXT_SIZE], to[CLOCK_TEXT_SIZE], table[NAME_SIZE], learner[ID_TEXT_SIZE];
    const struct gathering_pair *pair = gathering_pair(gathering, meeting->learner, meeting->firm);
    enum text_id kind = pair->fits   ? TEXT_NONE
                        : pair->near ? TEXT_JOBDATING_NEAR
                                     : TEXT_JOBDATING_DISCOVERY;
    clock_print(gathering->slots[meeting->slot].from, from);
    clock_print(gathering->slots[meeting->slot].to, to);
    table_name(gathering, meeting->table, table);
    id_print(gathering->learners[meeting->learner].record->learner, learner);
    if (!context->json)
        return grid_add(grid, (const char *const[]){from, to, table, firms[meeting->firm], learner,
                                                    text_of(kind)});
    char employer[ID_TEXT_SIZE];
    id_print(gathering->firms[meeting->firm].record->employer, employer);
    json_t *line = json_pack("{ssssssssssss}", "from", from, "to", to, "table", table, "learner",
                             learner, "employer", employer, "kind",
                             pair->fits   ? "fit"
                             : pair->near ? "near"
                                          : "discovery");
    char *text = line != NULL ? json_dumps(line, JSON_COMPACT) : NULL;
    fprintf(context->out, "%s\n", text != NULL ? text : "");
    free(text);
    json_decref(line);
    return true;
}

static enum ending timetable_show(struct context *context, const struct gathering *gathering,
                                  const struct timetable_view *view)
{
    static const struct grid_column columns[] = {
        {TEXT_FIELD_from, false, false},    {TEXT_FIELD_to, false, false},
        {TEXT_FIELD_table, false, false},   {TEXT_FIELD_employer, false, true},
        {TEXT_FIELD_learner, false, false}, {TEXT_NONE, false, false}};
    char(*firms)[NAME_SIZE] = calloc(gathering->firm_count + 1, sizeof *firms);
    struct grid *grid = grid_create(&context->terminal, context->out, columns, 6);
    bool whole = firms != NULL && grid != NULL;
    for (uint32_t f = 0; whole && f < gathering->firm_count; f++)
        firm_name(context, gathering->firms[f].record->employer, firms[f]);
    for (uint32_t i = 0; whole && i < view->count; i++)
        whole = meeting_show(context, gathering, grid, firms, &view->items[i]);
    grid_free(grid);
    free(firms);
    if (!whole)
        return context_no_memory(context);
    if (!context->json)
        worth_say(context, view);
    return END_OK;
}

enum ending jobdating_timetable(struct context *context)
{
    struct gathering *gathering;
    struct timetable_view view;
    enum ending ending = gathering_load(context, &gathering);
    if (ending != END_OK)
        return ending;
    ending = timetable_load(context, gathering, &view);
    if (ending == END_OK && view.published)
        ending = timetable_show(context, gathering, &view);
    else if (ending == END_OK) {
        say(context->err, JOBDATING_NO_TIMETABLE);
        ending = END_REJECTED;
    }
    timetable_free(&view);
    gathering_free(gathering);
    return ending;
}
