#include "check.h"

#include <stdlib.h>
#include <string.h>

/* One participation: who or what is taken by which meeting, and when. Everything is found by
 * sorting a list of these. */
struct use {
    uint32_t who;
    uint32_t slot;
    uint32_t meeting;
};

struct checking {
    const struct problem *problem;
    const struct plan_meeting *meetings;
    uint32_t count;
    struct verdict *verdict;
    uint32_t *pair_order; /* pairs of the problem, by their participants */
    uint32_t *pair_of;    /* of each meeting; NOT_FOUND */
    uint32_t *held;       /* how often each pair is held */
    struct use *uses;
    uint32_t use_count;
};

enum { NOT_FOUND = UINT32_MAX };

static void find(struct checking *checking, enum check_fault fault, uint32_t meeting,
                 uint32_t culprit, unsigned slot)
{
    struct verdict *verdict = checking->verdict;
    if (verdict->finding_count < FINDINGS_MAX)
        verdict->findings[verdict->finding_count] =
            (struct check_finding){fault, meeting, culprit, slot, 0, 0};
    verdict->finding_count++;
}

static void find_count(struct checking *checking, enum check_fault fault, const struct use *use,
                       uint32_t found, uint32_t allowed)
{
    find(checking, fault, use->meeting, use->who, use->slot);
    if (checking->verdict->finding_count <= FINDINGS_MAX) {
        struct check_finding *finding =
            &checking->verdict->findings[checking->verdict->finding_count - 1];
        finding->found = found;
        finding->allowed = allowed;
    }
}

/* -- pairs ------------------------------------------------------------------------------------- */

static uint64_t key_of(uint32_t one, uint32_t other)
{
    uint32_t low = one < other ? one : other, high = one < other ? other : one;
    return (uint64_t)low << 32 | high;
}

static int pair_compare(const void *one, const void *other, void *state)
{
    const struct problem *problem = state;
    const struct plan_pair *a = &problem->pairs[*(const uint32_t *)one];
    const struct plan_pair *b = &problem->pairs[*(const uint32_t *)other];
    uint64_t left = key_of(a->first, a->second), right = key_of(b->first, b->second);
    return left < right ? -1 : left > right;
}

static uint32_t pair_find(const struct checking *checking, const struct plan_meeting *meeting)
{
    uint64_t wanted = key_of(meeting->first, meeting->second);
    uint32_t low = 0, high = checking->problem->pair_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct plan_pair *pair = &checking->problem->pairs[checking->pair_order[middle]];
        uint64_t key = key_of(pair->first, pair->second);
        if (key == wanted)
            return checking->pair_order[middle];
        if (key < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return NOT_FOUND;
}

/* -- each meeting by itself -------------------------------------------------------------------- */

static bool there(uint64_t window, unsigned slot)
{
    return (window >> slot & 1) != 0;
}

static void windows_check(struct checking *checking, uint32_t m, const struct plan_pair *pair)
{
    const struct problem *problem = checking->problem;
    const struct plan_meeting *meeting = &checking->meetings[m];
    if (!there(problem->participants[meeting->first].window, meeting->slot))
        find(checking, CHECK_WINDOW, m, meeting->first, meeting->slot);
    if (!there(problem->participants[meeting->second].window, meeting->slot))
        find(checking, CHECK_WINDOW, m, meeting->second, meeting->slot);
    if (!there(pair->window, meeting->slot))
        find(checking, CHECK_PAIR_WINDOW, m, meeting->first, meeting->slot);
    for (unsigned i = 0; i < PAIR_SHARED_MAX && pair->shared[i] != NO_INDEX; i++)
        if (!there(problem->shared[pair->shared[i]].window, meeting->slot))
            find(checking, CHECK_SHARED_WINDOW, m, (uint32_t)pair->shared[i], meeting->slot);
}

static void meeting_check(struct checking *checking, uint32_t m)
{
    const struct problem *problem = checking->problem;
    const struct plan_meeting *meeting = &checking->meetings[m];
    uint32_t unknown =
        meeting->first >= problem->participant_count ? meeting->first : meeting->second;
    checking->pair_of[m] = NOT_FOUND;
    if (unknown >= problem->participant_count) {
        find(checking, CHECK_PARTICIPANT, m, unknown, meeting->slot);
        return;
    }
    if (meeting->slot >= problem->slot_count) {
        find(checking, CHECK_SLOT, m, meeting->first, meeting->slot);
        return;
    }
    uint32_t pair = pair_find(checking, meeting);
    if (pair == NOT_FOUND || problem->pairs[pair].window == 0) {
        find(checking, CHECK_PAIR, m, meeting->first, meeting->slot);
        return;
    }
    checking->pair_of[m] = pair;
    if (checking->held[pair]++ == 1)
        find(checking, CHECK_TWICE, m, meeting->first, meeting->slot);
    windows_check(checking, m, &problem->pairs[pair]);
}

/* -- several meetings together ----------------------------------------------------------------- */

static int use_compare(const void *one, const void *other)
{
    const struct use *a = one, *b = other;
    if (a->who != b->who)
        return a->who < b->who ? -1 : 1;
    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    return a->meeting < b->meeting ? -1 : a->meeting > b->meeting;
}

static void use_add(struct checking *checking, uint32_t who, uint32_t m)
{
    checking->uses[checking->use_count++] = (struct use){who, checking->meetings[m].slot, m};
}

/* The end of the run of uses of one person in one slot that starts at from. */
static uint32_t run_end(const struct checking *checking, uint32_t from)
{
    uint32_t end = from;
    while (end < checking->use_count && checking->uses[end].who == checking->uses[from].who &&
           checking->uses[end].slot == checking->uses[from].slot)
        end++;
    return end;
}

static void uses_sort(struct checking *checking)
{
    qsort(checking->uses, checking->use_count, sizeof *checking->uses, use_compare);
}

static void shared_check(struct checking *checking)
{
    const struct problem *problem = checking->problem;
    checking->use_count = 0;
    for (uint32_t m = 0; m < checking->count; m++) {
        if (checking->pair_of[m] == NOT_FOUND)
            continue;
        const struct plan_pair *pair = &problem->pairs[checking->pair_of[m]];
        for (unsigned i = 0; i < PAIR_SHARED_MAX && pair->shared[i] != NO_INDEX; i++)
            use_add(checking, (uint32_t)pair->shared[i], m);
    }
    uses_sort(checking);
    for (uint32_t from = 0, end; from < checking->use_count; from = end) {
        end = run_end(checking, from);
        uint32_t allowed = problem->shared[checking->uses[from].who].capacity;
        if (end - from > allowed)
            find_count(checking, CHECK_SHARED, &checking->uses[end - 1], end - from, allowed);
    }
}

static void tables_check(struct checking *checking)
{
    uint32_t taken[SLOTS_MAX] = {0};
    struct use last[SLOTS_MAX];
    for (uint32_t m = 0; m < checking->count; m++) {
        if (checking->pair_of[m] == NOT_FOUND ||
            checking->problem->pairs[checking->pair_of[m]].tableless)
            continue;
        unsigned slot = checking->meetings[m].slot;
        taken[slot]++;
        last[slot] = (struct use){NOT_FOUND, slot, m};
    }
    for (unsigned t = 0; t < checking->problem->slot_count; t++)
        if (taken[t] > checking->problem->tables[t])
            find_count(checking, CHECK_TABLES, &last[t], taken[t], checking->problem->tables[t]);
}

static void required_check(struct checking *checking)
{
    for (uint32_t p = 0; p < checking->problem->pair_count; p++)
        if (checking->problem->pairs[p].required && checking->held[p] == 0)
            find(checking, CHECK_REQUIRED, p, checking->problem->pairs[p].first, 0);
}

/* -- each person ------------------------------------------------------------------------------- */

struct spread {
    int64_t least, most;
    bool any;
};

/* Gaps by walking through the slots one by one. busy: sorted slots with meetings, each once. */
static int64_t person_gaps(const struct plan_participant *who, const uint32_t *busy, uint32_t count)
{
    int64_t gaps = 0;
    for (uint32_t k = 1; k < count; k++) {
        bool idle = false;
        for (uint32_t t = busy[k - 1] + 1; t < busy[k]; t++)
            idle = idle || there(who->presence, t);
        gaps += idle;
    }
    return gaps;
}

static void person_check(struct checking *checking, uint32_t i, uint32_t from, uint32_t end,
                         struct spread *spread)
{
    const struct plan_participant *who = &checking->problem->participants[i];
    const struct plan_group *group = &checking->problem->groups[who->group];
    uint32_t busy[SLOTS_MAX], slots = 0, meetings = end - from;
    for (uint32_t at = from, next; at < end; at = next) {
        next = run_end(checking, at);
        if (next - at > who->capacity)
            find_count(checking, CHECK_CAPACITY, &checking->uses[next - 1], next - at,
                       who->capacity);
        busy[slots++] = checking->uses[at].slot;
    }
    if (meetings > who->maximum)
        find_count(checking, CHECK_MAXIMUM, &checking->uses[end - 1], meetings, who->maximum);
    if (meetings < who->minimum)
        checking->verdict->missing += who->minimum - meetings;
    for (uint32_t k = 0; k < meetings && k < group->bonus_count; k++)
        checking->verdict->sum += group->bonus[k];
    int64_t gaps = person_gaps(who, busy, slots);
    checking->verdict->gaps += gaps;
    spread->least = !spread->any || gaps < spread->least ? gaps : spread->least;
    spread->most = !spread->any || gaps > spread->most ? gaps : spread->most;
    spread->any = true;
}

static void people_check(struct checking *checking)
{
    const struct problem *problem = checking->problem;
    struct spread spreads[GROUPS_MAX] = {0};
    uint32_t at = 0;
    checking->use_count = 0;
    for (uint32_t m = 0; m < checking->count; m++) {
        if (checking->pair_of[m] == NOT_FOUND)
            continue;
        use_add(checking, checking->meetings[m].first, m);
        use_add(checking, checking->meetings[m].second, m);
        checking->verdict->sum += problem->pairs[checking->pair_of[m]].score;
    }
    uses_sort(checking);
    for (uint32_t i = 0; i < problem->participant_count; i++) {
        uint32_t from = at;
        while (at < checking->use_count && checking->uses[at].who == i)
            at++;
        person_check(checking, i, from, at, &spreads[problem->participants[i].group]);
    }
    for (uint32_t g = 0; g < problem->group_count; g++) {
        int64_t beyond = spreads[g].most - spreads[g].least - problem->groups[g].gap_difference;
        if (problem->groups[g].gap_difference >= 0 && beyond > 0)
            checking->verdict->uneven += beyond;
    }
}

/* -- all of it --------------------------------------------------------------------------------- */

static bool room_make(struct checking *checking)
{
    size_t pairs = checking->problem->pair_count, meetings = checking->count;
    checking->pair_order = malloc((pairs + 1) * sizeof *checking->pair_order);
    checking->held = calloc(pairs + 1, sizeof *checking->held);
    checking->pair_of = malloc((meetings + 1) * sizeof *checking->pair_of);
    checking->uses = malloc((PAIR_SHARED_MAX * meetings + 1) * sizeof *checking->uses);
    return checking->pair_order != NULL && checking->held != NULL && checking->pair_of != NULL &&
           checking->uses != NULL;
}

static void check_all(struct checking *checking)
{
    const struct problem *problem = checking->problem;
    for (uint32_t p = 0; p < problem->pair_count; p++)
        checking->pair_order[p] = p;
    /* The last argument of qsort_r is not const. */
    struct problem copy = *problem;
    qsort_r(checking->pair_order, problem->pair_count, sizeof *checking->pair_order, pair_compare,
            &copy);
    for (uint32_t m = 0; m < checking->count; m++)
        meeting_check(checking, m);
    shared_check(checking);
    tables_check(checking);
    required_check(checking);
    people_check(checking);
}

bool check_timetable(const struct problem *problem, const struct plan_meeting *meetings,
                     uint32_t count, struct verdict *verdict)
{
    struct checking checking = {
        .problem = problem, .meetings = meetings, .count = count, .verdict = verdict};
    memset(verdict, 0, sizeof *verdict);
    bool good = room_make(&checking);
    if (good)
        check_all(&checking);
    free(checking.pair_order);
    free(checking.held);
    free(checking.pair_of);
    free(checking.uses);
    return good;
}
