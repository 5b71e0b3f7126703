#include "plan_repair.h"

#include <stdlib.h>
#include <string.h>

enum { NO_PAIR = UINT32_MAX };

static uint32_t pair_find(const struct problem *problem, const struct plan_meeting *meeting)
{
    if (meeting->first >= problem->participant_count)
        return NO_PAIR;
    for (uint32_t k = problem->pair_start[meeting->first];
         k < problem->pair_start[meeting->first + 1]; k++)
        if (pair_other(&problem->pairs[problem->pair_of[k]], meeting->first) == meeting->second)
            return problem->pair_of[k];
    return NO_PAIR;
}

bool plan_change_make(struct plan_change *change, const struct plan_file *file,
                      const struct plan_meeting *meetings, uint32_t count, unsigned first_open)
{
    struct problem *problem = file->problem;
    *change = (struct plan_change){.file = file, .meetings = meetings, .count = count};
    change->old = malloc(problem->pair_count + 1);
    change->frozen = calloc(problem->pair_count + 1, sizeof *change->frozen);
    if (change->old == NULL || change->frozen == NULL) {
        plan_change_clear(change);
        return false;
    }
    memset(change->old, NO_SLOT, problem->pair_count);
    for (uint32_t m = 0; m < count; m++) {
        uint32_t pair = pair_find(problem, &meetings[m]);
        if (pair == NO_PAIR || problem->open[pair] == 0 || meetings[m].slot >= problem->slot_count)
            continue; /* somebody is gone, or the two may no longer meet */
        change->old[pair] = (int8_t)meetings[m].slot;
        change->frozen[pair] = meetings[m].slot < first_open;
    }
    for (uint32_t p = 0; p < problem->pair_count; p++)
        problem->open[p] &=
            change->frozen[p] ? slot_bit((unsigned)change->old[p]) : ~slots_first(first_open);
    return true;
}

void plan_change_clear(struct plan_change *change)
{
    free(change->old);
    free(change->frozen);
    *change = (struct plan_change){0};
}

/* -- differences ------------------------------------------------------------------------------- */

static json_t *slot_json(int slot)
{
    return slot == NO_SLOT ? json_null() : json_integer((json_int_t)slot + 1);
}

/* An old meeting that is in no pair any more keeps its names only as far as they are known. */
static const char *name_of(const struct plan_file *file, uint32_t participant)
{
    return participant < file->problem->participant_count ? file->participants[participant] : NULL;
}

static bool change_add(json_t *list, const struct plan_file *file,
                       const struct plan_meeting *meeting, int from, int to)
{
    return json_array_append_new(list,
                                 json_pack("{s[s?s?] so so}", "with", name_of(file, meeting->first),
                                           name_of(file, meeting->second), "from", slot_json(from),
                                           "to", slot_json(to))) == 0;
}

/* Calls take with every meeting that differs, old ones whose people are gone included. */
static bool differences(const struct plan_change *change, const struct repair *repair,
                        bool (*take)(json_t *list, const struct plan_file *file,
                                     const struct plan_meeting *meeting, int from, int to),
                        json_t *list)
{
    const struct problem *problem = change->file->problem;
    bool good = list != NULL;
    for (uint32_t p = 0; good && p < problem->pair_count; p++) {
        struct plan_meeting meeting = {problem->pairs[p].first, problem->pairs[p].second, 0};
        if (change->old[p] != repair->slot_of[p])
            good = take(list, change->file, &meeting, change->old[p], repair->slot_of[p]);
    }
    for (uint32_t m = 0; good && m < change->count; m++) {
        const struct plan_meeting *meeting = &change->meetings[m];
        uint32_t pair = pair_find(problem, meeting);
        if (pair == NO_PAIR || change->old[pair] == NO_SLOT)
            good = take(list, change->file, meeting, (int)meeting->slot, NO_SLOT);
    }
    return good;
}

json_t *plan_changes_json(const struct plan_change *change, const struct repair *repair)
{
    json_t *list = json_array();
    if (differences(change, repair, change_add, list))
        return list;
    json_decref(list);
    return NULL;
}

/* Ids as members of an object: each once. Who is never there any more is not told. */
static bool tell_add(json_t *told, const struct plan_file *file, const struct plan_meeting *meeting,
                     int from, int to)
{
    const uint32_t people[] = {meeting->first, meeting->second};
    (void)from;
    (void)to;
    for (unsigned i = 0; i < 2; i++) {
        const char *name = name_of(file, people[i]);
        if (name != NULL && file->problem->participants[people[i]].window != 0 &&
            json_object_set_new(told, name, json_true()) != 0)
            return false;
    }
    return true;
}

json_t *plan_tell_json(const struct plan_change *change, const struct repair *repair)
{
    json_t *told = json_object(), *list = json_array();
    bool good = list != NULL && differences(change, repair, tell_add, told);
    const struct plan_file *file = change->file;
    for (uint32_t i = 0; good && i < file->problem->participant_count; i++)
        if (json_object_get(told, file->participants[i]) != NULL)
            good = json_array_append_new(list, json_string(file->participants[i])) == 0;
    json_decref(told);
    if (good)
        return list;
    json_decref(list);
    return NULL;
}
