#include "b2b_file.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { NUMBERS_MAX = 400000, MEETINGS_MAX = 20000 };

/* One `name = value;`: its numbers, and where each set, between braces, begins. */
struct item {
    const char *name;
    size_t name_size;
    int *numbers;
    size_t number_count;
    size_t *sets; /* index of the first number of each */
    size_t set_count;
};

struct scan {
    const char *at, *end;
    const char *wrong;
};

static bool fail(struct scan *scan, const char *wrong)
{
    if (scan->wrong == NULL)
        scan->wrong = wrong;
    return false;
}

/* Blanks, and comments from % to the end of the line. */
static void skip_blanks(struct scan *scan)
{
    while (scan->at < scan->end) {
        if (*scan->at == '%')
            while (scan->at < scan->end && *scan->at != '\n')
                scan->at++;
        else if (strchr(" \t\r\n", *scan->at) == NULL || *scan->at == '\0')
            return;
        else
            scan->at++;
    }
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_number(struct scan *scan, int *number)
{
    int64_t value = 0;
    if (scan->at == scan->end || !is_digit(*scan->at))
        return fail(scan, "a number is expected");
    for (; scan->at < scan->end && is_digit(*scan->at); scan->at++) {
        value = value * 10 + (*scan->at - '0');
        if (value > 1000000)
            return fail(scan, "a number is too large");
    }
    *number = (int)value;
    return true;
}

static bool number_add(struct scan *scan, struct item *item, int number)
{
    if (item->number_count == NUMBERS_MAX)
        return fail(scan, "too many numbers");
    item->numbers[item->number_count++] = number;
    return true;
}

/* A number, or a range such as 3..5. */
static bool numbers_take(struct scan *scan, struct item *item)
{
    int from, to;
    if (!read_number(scan, &from))
        return false;
    to = from;
    if (scan->end - scan->at > 2 && scan->at[0] == '.' && scan->at[1] == '.') {
        scan->at += 2;
        if (!read_number(scan, &to))
            return false;
    }
    for (int number = from; number <= to; number++)
        if (!number_add(scan, item, number))
            return false;
    return true;
}

static bool value_take(struct scan *scan, struct item *item)
{
    item->number_count = item->set_count = 0;
    for (skip_blanks(scan); scan->at < scan->end && *scan->at != ';'; skip_blanks(scan)) {
        if (is_digit(*scan->at)) {
            if (!numbers_take(scan, item))
                return false;
            continue;
        }
        if (*scan->at == '\0' || strchr("[]{}|,", *scan->at) == NULL)
            return fail(scan, "a value holds more than numbers");
        if (*scan->at == '{') {
            if (item->set_count == NUMBERS_MAX)
                return fail(scan, "too many sets");
            item->sets[item->set_count++] = item->number_count;
        }
        scan->at++;
    }
    if (scan->at == scan->end)
        return fail(scan, "a value does not end");
    scan->at++;
    return true;
}

/* False at the end, too. */
static bool item_next(struct scan *scan, struct item *item)
{
    skip_blanks(scan);
    item->name = scan->at;
    while (scan->at < scan->end && (is_letter(*scan->at) || is_digit(*scan->at)))
        scan->at++;
    item->name_size = (size_t)(scan->at - item->name);
    if (item->name_size == 0)
        return scan->at == scan->end ? false : fail(scan, "a name is expected");
    skip_blanks(scan);
    if (scan->at == scan->end || *scan->at != '=')
        return fail(scan, "= is expected");
    scan->at++;
    return value_take(scan, item);
}

/* -- what is wanted of it ---------------------------------------------------------------------- */

struct instance {
    int people, meetings, tables, slots, morning;
    int *requested; /* three for each meeting */
    size_t requested_count;
    uint64_t *forbidden;
    size_t forbidden_count;
    int *fixed;
    size_t fixed_count;
};

static bool is_named(const struct item *item, const char *name)
{
    return strlen(name) == item->name_size && memcmp(name, item->name, item->name_size) == 0;
}

static bool scalar_take(const struct item *item, struct instance *instance)
{
    const struct {
        const char *name;
        int *value;
    } scalars[] = {{"nBusiness", &instance->people},
                   {"nMeetings", &instance->meetings},
                   {"nTables", &instance->tables},
                   {"nTotalSlots", &instance->slots},
                   {"nMorningSlots", &instance->morning}};
    for (size_t k = 0; k < sizeof scalars / sizeof *scalars; k++)
        if (is_named(item, scalars[k].name)) {
            *scalars[k].value = item->number_count == 1 ? item->numbers[0] : -1;
            return true;
        }
    return false;
}

static int *numbers_copy(const struct item *item)
{
    int *copy = malloc((item->number_count + 1) * sizeof *copy);
    if (copy != NULL)
        memcpy(copy, item->numbers, item->number_count * sizeof *copy);
    return copy;
}

/* Slots of each set, which are numbered from 1; 0 stands for none. */
static uint64_t *sets_copy(const struct item *item)
{
    uint64_t *sets = calloc(item->set_count + 1, sizeof *sets);
    for (size_t s = 0; sets != NULL && s < item->set_count; s++) {
        size_t end = s + 1 < item->set_count ? item->sets[s + 1] : item->number_count;
        for (size_t k = item->sets[s]; k < end; k++)
            if (item->numbers[k] >= 1 && item->numbers[k] <= SLOTS_MAX)
                sets[s] |= slot_bit((unsigned)item->numbers[k] - 1);
    }
    return sets;
}

static bool item_take(struct scan *scan, const struct item *item, struct instance *instance)
{
    if (scalar_take(item, instance))
        return true;
    if (is_named(item, "requested") && instance->requested == NULL) {
        instance->requested = numbers_copy(item);
        instance->requested_count = item->number_count;
        return instance->requested != NULL || fail(scan, "out of memory");
    }
    if (is_named(item, "fixed") && instance->fixed == NULL) {
        instance->fixed = numbers_copy(item);
        instance->fixed_count = item->number_count;
        return instance->fixed != NULL || fail(scan, "out of memory");
    }
    if (is_named(item, "forbidden") && instance->forbidden == NULL) {
        instance->forbidden = sets_copy(item);
        instance->forbidden_count = item->set_count;
        return instance->forbidden != NULL || fail(scan, "out of memory");
    }
    if (is_named(item, "precedences") && item->number_count > 0)
        return fail(scan, "precedences are not supported");
    return true; /* what follows from the rest */
}

static bool instance_read(struct scan *scan, struct instance *instance)
{
    struct item item = {.numbers = malloc(NUMBERS_MAX * sizeof *item.numbers),
                        .sets = malloc(NUMBERS_MAX * sizeof *item.sets)};
    bool good = (item.numbers != NULL && item.sets != NULL) || fail(scan, "out of memory");
    while (good && item_next(scan, &item))
        good = item_take(scan, &item, instance);
    free(item.numbers);
    free(item.sets);
    return scan->wrong == NULL;
}

static bool instance_check(struct scan *scan, const struct instance *instance)
{
    if (instance->slots < 1 || instance->slots > SLOTS_MAX || instance->morning < 0 ||
        instance->morning > instance->slots)
        return fail(scan, "nTotalSlots or nMorningSlots is out of bounds");
    if (instance->people < 1 || instance->people > PARTICIPANTS_MAX || instance->meetings < 0 ||
        instance->meetings > MEETINGS_MAX || instance->tables < 0)
        return fail(scan, "nBusiness, nMeetings or nTables is out of bounds");
    if (instance->requested_count != 3 * (size_t)instance->meetings)
        return fail(scan, "requested must have three numbers for each meeting");
    if (instance->forbidden_count != 0 && instance->forbidden_count != (size_t)instance->people)
        return fail(scan, "forbidden must have a set for each participant");
    if (instance->fixed_count != 0 && instance->fixed_count != (size_t)instance->meetings)
        return fail(scan, "fixed must have a slot for each meeting");
    return true;
}

/* -- the problem ------------------------------------------------------------------------------- */

static bool meeting_fill(struct scan *scan, const struct instance *instance, size_t m,
                         struct plan_pair *pair)
{
    const int *row = &instance->requested[3 * m];
    uint64_t all = slots_first((unsigned)instance->slots);
    uint64_t morning = slots_first((unsigned)instance->morning);
    int fixed = instance->fixed_count > 0 ? instance->fixed[m] : 0;
    if (row[0] < 1 || row[0] > instance->people || row[1] < 1 || row[1] > instance->people ||
        row[2] < 1 || row[2] > 3 || fixed > instance->slots)
        return fail(scan, "a meeting's numbers are out of bounds");
    *pair = (struct plan_pair){.first = (uint32_t)row[0] - 1,
                               .second = (uint32_t)row[1] - 1,
                               .shared = {NO_INDEX, NO_INDEX, NO_INDEX, NO_INDEX},
                               .required = true};
    pair->window = row[2] == 1 ? morning : row[2] == 2 ? all & ~morning : all;
    if (fixed > 0)
        pair->window &= slot_bit((unsigned)fixed - 1);
    return true;
}

static bool problem_fill(struct scan *scan, const struct instance *instance,
                         struct problem *problem)
{
    uint64_t all = slots_first(problem->slot_count);
    uint32_t index;
    for (unsigned t = 0; t < problem->slot_count; t++)
        problem->tables[t] = (uint32_t)instance->tables;
    problem->groups[0].gap_difference = 2;
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        uint64_t forbidden = instance->forbidden_count > 0 ? instance->forbidden[i] : 0;
        problem->participants[i] = (struct plan_participant){
            .window = all & ~forbidden, .presence = all, .capacity = 1, .maximum = SLOTS_MAX};
    }
    for (uint32_t m = 0; m < problem->pair_count; m++)
        if (!meeting_fill(scan, instance, m, &problem->pairs[m]))
            return false;
    enum problem_fault fault = problem_seal(problem, &index);
    if (fault == PROBLEM_GOOD)
        return true;
    return fail(scan, fault == PROBLEM_NO_MEMORY ? "out of memory"
                      : fault == PROBLEM_TWICE   ? "two participants meet twice"
                                                 : "a meeting is no pair");
}

struct problem *b2b_read(const char *text, size_t size, const char **wrong)
{
    struct scan scan = {text, text + size, NULL};
    struct instance instance = {.people = -1, .meetings = -1, .tables = -1};
    struct problem *problem = NULL;
    if (instance_read(&scan, &instance) && instance_check(&scan, &instance)) {
        problem = problem_create((unsigned)instance.slots, 1, (uint32_t)instance.people, 0,
                                 (uint32_t)instance.meetings);
        if (problem == NULL) {
            fail(&scan, "out of memory");
        } else if (!problem_fill(&scan, &instance, problem)) {
            problem_free(problem);
            problem = NULL;
        }
    }
    free(instance.requested);
    free(instance.forbidden);
    free(instance.fixed);
    *wrong = scan.wrong;
    return problem;
}

char *b2b_load(const char *path, size_t *size)
{
    gzFile file = gzopen(path, "rb");
    char *text = file != NULL ? malloc(B2B_BYTES_MAX + 1) : NULL;
    int got = text != NULL ? gzread(file, text, B2B_BYTES_MAX + 1) : -1;
    if (file != NULL)
        gzclose(file);
    if (got < 0 || got > B2B_BYTES_MAX) {
        free(text);
        return NULL;
    }
    text[got] = '\0';
    *size = (size_t)got;
    return text;
}
