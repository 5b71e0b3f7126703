/* Values of a job dating's JSON form, each within bounds, with the path of what is wrong. */
#ifndef PASSERELLE_CLI_PLAN_VALUE_H
#define PASSERELLE_CLI_PLAN_VALUE_H

#include "plan_file.h"

/* Where a value is: a list or object, a place in it, a member of that. */
struct plan_place {
    const char *list; /* such as pairs; NULL: the whole */
    size_t index;
    const char *member; /* or NULL */
};

/* Sets the fault, unless there is one already; always false. */
bool plan_wrong(struct plan_fault *fault, struct plan_place place, enum text_id what);

/* All of these are false after a fault. An absent value leaves *value as it is. */
bool plan_number(const json_t *value, int64_t least, int64_t most, int64_t *number,
                 struct plan_place place, struct plan_fault *fault);
bool plan_flag(const json_t *value, bool *flag, struct plan_place place, struct plan_fault *fault);
/* A list of slot numbers from 1. */
bool plan_slots(const json_t *value, unsigned slot_count, uint64_t *slots, struct plan_place place,
                struct plan_fault *fault);
/* An array of at most so many items; NULL in *list when absent. */
bool plan_list(const json_t *value, size_t most, const json_t **list, struct plan_place place,
               struct plan_fault *fault);
/* The index that an id stands for. */
bool plan_index(const json_t *indices, const json_t *id, uint32_t *index, struct plan_place place,
                struct plan_fault *fault);
/* An object without other members than these; the list ends with NULL. */
bool plan_object(const json_t *value, const char *const *members, struct plan_place place,
                 struct plan_fault *fault);

#endif
