#include "plan_value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WHOLE_MAX = 1000000000 }; /* beyond all bounds of plan_file.h and problem.h */

bool plan_wrong(struct plan_fault *fault, struct plan_place place, enum text_id what)
{
    if (fault->what != TEXT_NONE)
        return false;
    fault->what = what;
    fault->path[0] = '\0';
    if (place.list != NULL && place.index != SIZE_MAX)
        snprintf(fault->path, sizeof fault->path, "%s[%zu]%s%s", place.list, place.index,
                 place.member != NULL ? "." : "", place.member != NULL ? place.member : "");
    else if (place.list != NULL || place.member != NULL)
        snprintf(fault->path, sizeof fault->path, "%s",
                 place.list != NULL ? place.list : place.member);
    return false;
}

/* A whole number, also where it is written with a point: 812.0. */
static bool whole_number(const json_t *value, int64_t *number)
{
    double real = json_real_value(value);
    if (json_is_real(value) && !(real >= -WHOLE_MAX && real <= WHOLE_MAX && real == trunc(real)))
        return false;
    *number = json_is_real(value) ? (int64_t)real : json_integer_value(value);
    return json_is_number(value);
}

bool plan_number(const json_t *value, int64_t least, int64_t most, int64_t *number,
                 struct plan_place place, struct plan_fault *fault)
{
    if (value == NULL)
        return true;
    int64_t given;
    if (!whole_number(value, &given) || given < least || given > most)
        return plan_wrong(fault, place, TEXT_PLAN_NUMBER);
    *number = given;
    return true;
}

bool plan_flag(const json_t *value, bool *flag, struct plan_place place, struct plan_fault *fault)
{
    if (value == NULL)
        return true;
    if (!json_is_boolean(value))
        return plan_wrong(fault, place, TEXT_PLAN_FLAG);
    *flag = json_is_true(value);
    return true;
}

bool plan_list(const json_t *value, size_t most, const json_t **list, struct plan_place place,
               struct plan_fault *fault)
{
    *list = NULL;
    if (value == NULL)
        return true;
    if (!json_is_array(value))
        return plan_wrong(fault, place, TEXT_PLAN_LIST);
    if (json_array_size(value) > most)
        return plan_wrong(fault, place, TEXT_PLAN_TOO_MANY);
    *list = value;
    return true;
}

bool plan_slots(const json_t *value, unsigned slot_count, uint64_t *slots, struct plan_place place,
                struct plan_fault *fault)
{
    const json_t *list;
    if (!plan_list(value, SLOTS_MAX, &list, place, fault))
        return false;
    if (list == NULL)
        return true;
    *slots = 0;
    for (size_t k = 0; k < json_array_size(list); k++) {
        int64_t slot;
        if (!whole_number(json_array_get(list, k), &slot) || slot < 1 || slot > slot_count)
            return plan_wrong(fault, place, TEXT_PLAN_SLOT);
        *slots |= slot_bit((unsigned)slot - 1);
    }
    return true;
}

bool plan_index(const json_t *indices, const json_t *id, uint32_t *index, struct plan_place place,
                struct plan_fault *fault)
{
    const json_t *found =
        json_is_string(id) ? json_object_get(indices, json_string_value(id)) : NULL;
    if (found == NULL)
        return plan_wrong(fault, place, TEXT_PLAN_UNKNOWN_ID);
    *index = (uint32_t)json_integer_value(found);
    return true;
}

bool plan_object(const json_t *value, const char *const *members, struct plan_place place,
                 struct plan_fault *fault)
{
    const char *name;
    json_t *member;
    if (!json_is_object(value))
        return plan_wrong(fault, place, TEXT_PLAN_OBJECT);
    /* jansson has no iterator for objects that it may not change. */
    json_t *object = json_incref((json_t *)(uintptr_t)value);
    bool good = true;
    json_object_foreach(object, name, member)
    {
        unsigned k = 0;
        while (members[k] != NULL && strcmp(members[k], name) != 0)
            k++;
        if (members[k] == NULL) {
            place.member = name;
            good = plan_wrong(fault, place, TEXT_PLAN_MEMBER);
        }
    }
    json_decref(object);
    return good;
}
