#include "plan_value.h"

#include <stdlib.h>

static bool meeting_read(const struct plan_file *file, const json_t *item, size_t k,
                         struct plan_meeting *meeting, struct plan_fault *fault)
{
    struct plan_place place = {"meetings", k, NULL};
    const json_t *with = json_object_get(item, "with"), *slot = json_object_get(item, "slot");
    uint32_t people[2];
    if (!json_is_array(with) || json_array_size(with) != 2 || !json_is_integer(slot))
        return plan_wrong(fault, place, TEXT_PLAN_MEETING);
    for (unsigned i = 0; i < 2; i++) {
        const json_t *id = json_array_get(with, i);
        if (!json_is_string(id))
            return plan_wrong(fault, place, TEXT_PLAN_MEETING);
        const json_t *found = json_object_get(file->participant_of, json_string_value(id));
        people[i] =
            found != NULL ? (uint32_t)json_integer_value(found) : file->problem->participant_count;
    }
    json_int_t number = json_integer_value(slot);
    bool known = number >= 1 && number <= SLOTS_MAX;
    *meeting = (struct plan_meeting){people[0], people[1],
                                     known ? (unsigned)number - 1 : (unsigned)SLOTS_MAX};
    return true;
}

struct plan_meeting *plan_timetable_read(const struct plan_file *file, const json_t *document,
                                         uint32_t *count, struct plan_fault *fault)
{
    const json_t *list = json_object_get(document, "meetings");
    struct plan_place place = {NULL, SIZE_MAX, "meetings"};
    *fault = (struct plan_fault){.what = TEXT_NONE};
    if (list == NULL)
        plan_wrong(fault, place, TEXT_PLAN_LIST);
    else
        plan_list(list, PAIRS_MAX, &list, place, fault);
    if (fault->what != TEXT_NONE)
        return NULL;
    *count = (uint32_t)json_array_size(list);
    struct plan_meeting *meetings = malloc((*count + 1) * sizeof *meetings);
    bool good = meetings != NULL || plan_wrong(fault, place, TEXT_NO_MEMORY);
    for (uint32_t k = 0; good && k < *count; k++)
        good = meeting_read(file, json_array_get(list, k), k, &meetings[k], fault);
    if (good)
        return meetings;
    free(meetings);
    return NULL;
}
