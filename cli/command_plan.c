#include "../runtime/clock.h"
#include "../runtime/file_map.h"
#include "arguments.h"
#include "commands.h"
#include "plan_repair.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECONDS = 60, SECONDS_MAX = 86400, PROGRESS_MS = 1000, PRINT_FORMAT = JSON_INDENT(1) };

static enum ending plan_command_run(struct context *context);

static const struct command_option plan_options[] = {
    {"check", TEXT_NONE, TEXT_PLAN_CHECK, NULL},
    {"repair", TEXT_NONE, TEXT_PLAN_REPAIR, NULL},
    {"from", TEXT_VALUE_NUMBER, TEXT_PLAN_FROM, NULL},
    {"seed", TEXT_VALUE_NUMBER, TEXT_PLAN_SEED, NULL},
    {"seconds", TEXT_VALUE_NUMBER, TEXT_PLAN_SECONDS, NULL},
};

const struct command command_plan = {
    .name = "plan",
    .group = TEXT_GROUP_LOOK,
    .usage = TEXT_PLAN_USAGE,
    .summary = TEXT_PLAN_SUMMARY,
    .details = TEXT_PLAN_DETAILS,
    .fewest_words = 1,
    .most_words = 2,
    .options = plan_options,
    .option_count = sizeof plan_options / sizeof *plan_options,
    .run = plan_command_run,
};

/* -- files ------------------------------------------------------------------------------------- */

static enum ending say_fault(struct context *context, const char *path,
                             const struct plan_fault *fault)
{
    if (fault->what == TEXT_NO_MEMORY)
        return context_no_memory(context);
    say(context->err, PLAN_WRONG_FILE, path,
        fault->path[0] != '\0' ? fault->path : text_of(TEXT_PLAN_WHOLE), text_of(fault->what));
    return END_REJECTED;
}

static char *read_text(struct context *context, const char *path, size_t *size)
{
    char *text = file_read_bounded(path, PLAN_FILE_MAX, size);
    if (text == NULL)
        say(context->err, CANNOT_READ, path, strerror(errno));
    return text;
}

static enum ending read_problem(struct context *context, const char *path, struct plan_file **file)
{
    struct plan_fault fault;
    size_t size;
    char *text = read_text(context, path, &size);
    if (text == NULL)
        return END_REJECTED;
    *file = plan_file_read(text, size, &fault);
    free(text);
    return *file != NULL ? END_OK : say_fault(context, path, &fault);
}

static enum ending read_timetable(struct context *context, const char *path,
                                  const struct plan_file *file, struct plan_meeting **meetings,
                                  uint32_t *count)
{
    struct plan_fault fault;
    size_t size;
    char *text = read_text(context, path, &size);
    if (text == NULL)
        return END_REJECTED;
    json_t *document = plan_json_read(text, size, &fault);
    free(text);
    *meetings = document != NULL ? plan_timetable_read(file, document, count, &fault) : NULL;
    json_decref(document);
    return *meetings != NULL ? END_OK : say_fault(context, path, &fault);
}

static enum ending print(struct context *context, json_t *answer)
{
    bool good = answer != NULL && json_dumpf(answer, context->out, PRINT_FORMAT) == 0;
    json_decref(answer);
    fputc('\n', context->out);
    return good ? END_OK : context_no_memory(context);
}

/* -- planning ---------------------------------------------------------------------------------- */

/* What the options say. */
struct plan_wish {
    int64_t seed, seconds, from;
};

/* The plan has no clock; this is it. */
struct planning {
    struct context *context;
    struct plan *plan;
    int64_t started_ms, until_ms, told_ms;
    bool tells;
};

static void tell(struct planning *planning, int64_t now_ms)
{
    struct plan_answer answer = plan_answer(planning->plan);
    planning->told_ms = now_ms;
    say(planning->context->err, PLAN_PROGRESS, (double)(now_ms - planning->started_ms) / 1000,
        (long long)answer.worth.missing, (long long)answer.worth.sum, (long long)answer.bound.sum,
        (long long)answer.worth.gaps);
}

static bool goes_on(void *state)
{
    struct planning *planning = state;
    int64_t now_ms = clock_monotonic_ms();
    if (planning->tells && now_ms >= planning->told_ms + PROGRESS_MS)
        tell(planning, now_ms);
    return now_ms < planning->until_ms;
}

static json_t *answer_json(const struct plan_file *file, const struct plan_answer *answer,
                           const struct plan_meeting *meetings, uint32_t count, double seconds)
{
    return json_pack(
        "{so so so so sf sb sb sf}", "meetings", plan_meetings_json(file, meetings, count),
        "objective", plan_worth_json(&answer->worth), "bound", plan_worth_json(&answer->bound),
        "short", plan_short_json(file, answer->slot_of), "gap", plan_distance(answer), "proven",
        answer->proven, "gaps_proven", answer->gaps_proven, "seconds", seconds);
}

/* Nothing is printed that the checker does not accept; pairs that must meet and do not are told by
 * the answer itself. */
static enum ending publish(struct planning *planning, const struct plan_file *file)
{
    static struct verdict verdict;
    struct plan_answer answer = plan_answer(planning->plan);
    double seconds = (double)(clock_monotonic_ms() - planning->started_ms) / 1000;
    uint32_t count;
    struct plan_meeting *meetings = plan_meetings(file->problem, answer.slot_of, &count);
    if (meetings == NULL || !check_timetable(file->problem, meetings, count, &verdict)) {
        free(meetings);
        return context_no_memory(planning->context);
    }
    bool agree = verdict.missing == answer.worth.missing && verdict.sum == answer.worth.sum &&
                 verdict.uneven == answer.worth.uneven && verdict.gaps == answer.worth.gaps;
    enum ending ending = END_UNVERIFIED;
    if (verdict.finding_count == (uint32_t)answer.worth.unheld && agree)
        ending = print(planning->context, answer_json(file, &answer, meetings, count, seconds));
    else
        print(planning->context, plan_verdict_json(file, meetings, &verdict));
    free(meetings);
    return ending == END_OK && answer.worth.unheld > 0 ? END_PARTIAL : ending;
}

static enum ending plan_file(struct context *context, const struct plan_file *file,
                             const struct plan_wish *wish)
{
    struct planning planning = {.context = context, .started_ms = clock_monotonic_ms()};
    struct watch watch = {goes_on, &planning};
    planning.until_ms = planning.started_ms + wish->seconds * 1000;
    planning.told_ms = planning.started_ms;
    planning.tells = !context->quiet && isatty(STDERR_FILENO);
    planning.plan = plan_create(file->problem, (uint64_t)wish->seed);
    bool good = planning.plan != NULL && plan_run(planning.plan, &watch);
    enum ending ending = good ? publish(&planning, file) : context_no_memory(context);
    plan_free(planning.plan);
    return ending;
}

/* -- repairing --------------------------------------------------------------------------------- */

static json_t *repair_json(const struct plan_change *change, const struct repair *repair,
                           const struct plan_meeting *meetings, uint32_t count, double seconds)
{
    return json_pack("{so so so sI sI so so sb sf}", "meetings",
                     plan_meetings_json(change->file, meetings, count), "objective",
                     plan_worth_json(&repair->worth), "short",
                     plan_short_json(change->file, repair->slot_of), "moved",
                     (json_int_t)repair->moved, "moved_bound", (json_int_t)repair->moved_bound,
                     "changes", plan_changes_json(change, repair), "tell",
                     plan_tell_json(change, repair), "proven", repair->proven, "seconds", seconds);
}

static enum ending publish_repair(struct planning *planning, const struct plan_change *change,
                                  const struct repair *repair)
{
    static struct verdict verdict;
    const struct problem *problem = change->file->problem;
    double seconds = (double)(clock_monotonic_ms() - planning->started_ms) / 1000;
    uint32_t count;
    struct plan_meeting *meetings = plan_meetings(problem, repair->slot_of, &count);
    if (meetings == NULL || !check_timetable(problem, meetings, count, &verdict)) {
        free(meetings);
        return context_no_memory(planning->context);
    }
    enum ending ending = END_UNVERIFIED;
    if (verdict.finding_count == (uint32_t)repair->worth.unheld)
        ending = print(planning->context, repair_json(change, repair, meetings, count, seconds));
    else
        print(planning->context, plan_verdict_json(change->file, meetings, &verdict));
    free(meetings);
    return ending == END_OK && repair->worth.unheld > 0 ? END_PARTIAL : ending;
}

static enum ending repair_file(struct context *context, const struct plan_file *file,
                               const struct plan_meeting *meetings, uint32_t count,
                               const struct plan_wish *wish)
{
    struct planning planning = {.context = context, .started_ms = clock_monotonic_ms()};
    struct watch watch = {goes_on, &planning};
    struct plan_change change;
    struct repair repair;
    planning.until_ms = planning.started_ms + wish->seconds * 1000;
    if (!plan_change_make(&change, file, meetings, count, (unsigned)wish->from - 1))
        return context_no_memory(context);
    enum ending ending = END_OK;
    if (repair_make(file->problem, change.old, change.frozen, (uint64_t)wish->seed, &watch,
                    &repair)) {
        ending = publish_repair(&planning, &change, &repair);
        repair_clear(&repair);
    } else {
        ending = context_no_memory(context);
    }
    plan_change_clear(&change);
    return ending;
}

/* -- checking ---------------------------------------------------------------------------------- */

static enum ending check(struct context *context, const struct plan_file *file,
                         const struct plan_meeting *meetings, uint32_t count)
{
    static struct verdict verdict;
    if (!check_timetable(file->problem, meetings, count, &verdict))
        return context_no_memory(context);
    enum ending ending = print(context, plan_verdict_json(file, meetings, &verdict));
    return ending == END_OK && verdict.finding_count > 0 ? END_UNVERIFIED : ending;
}

/* -- the command ------------------------------------------------------------------------------- */

/* With a timetable of a second file. */
static enum ending with_timetable(struct context *context, const struct plan_file *file,
                                  const struct plan_wish *wish)
{
    struct plan_meeting *meetings = NULL;
    uint32_t count = 0;
    enum ending ending =
        read_timetable(context, arguments_word(context->arguments, 1), file, &meetings, &count);
    if (ending != END_OK)
        return ending;
    ending = arguments_has(context->arguments, "repair")
                 ? repair_file(context, file, meetings, count, wish)
                 : check(context, file, meetings, count);
    free(meetings);
    return ending;
}

static enum ending plan_command_run(struct context *context)
{
    bool checks = arguments_has(context->arguments, "check");
    bool repairs = arguments_has(context->arguments, "repair");
    struct plan_wish wish;
    if (arguments_count(context->arguments) != (checks || repairs ? 2 : 1) || (checks && repairs))
        return context_usage(context, TEXT_PLAN_WORDS, NULL);
    if (!arguments_number(context->arguments, "seed", 0, INT64_MAX, 1, &wish.seed))
        return context_usage(context, TEXT_WRONG_NUMBER, "--seed");
    if (!arguments_number(context->arguments, "seconds", 1, SECONDS_MAX, SECONDS, &wish.seconds))
        return context_usage(context, TEXT_WRONG_NUMBER, "--seconds");
    if (!arguments_number(context->arguments, "from", 1, SLOTS_MAX, 1, &wish.from))
        return context_usage(context, TEXT_WRONG_NUMBER, "--from");
    struct plan_file *file = NULL;
    enum ending ending = read_problem(context, arguments_word(context->arguments, 0), &file);
    if (ending == END_OK)
        ending = checks || repairs ? with_timetable(context, file, &wish)
                                   : plan_file(context, file, &wish);
    plan_file_free(file);
    return ending;
}
