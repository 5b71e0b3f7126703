#include "plan_file.h"

#include "plan_reading.h"

#include <stdlib.h>
#include <string.h>

#define BOM "\xef\xbb\xbf"
enum { BOM_SIZE = sizeof BOM - 1 };

/* -- the text ---------------------------------------------------------------------------------- */

/* No more values than this many bytes can begin; strings count too, which does no harm. */
static size_t values_bound(const char *data, size_t size)
{
    size_t count = 1;
    for (size_t i = 0; i < size; i++)
        count += data[i] == ',' || data[i] == '[' || data[i] == '{';
    return count;
}

json_t *plan_json_read(const char *data, size_t size, struct plan_fault *fault)
{
    json_error_t error;
    *fault = (struct plan_fault){.what = TEXT_NONE};
    if (size >= BOM_SIZE && memcmp(data, BOM, BOM_SIZE) == 0)
        data += BOM_SIZE, size -= BOM_SIZE;
    if (size > PLAN_FILE_MAX || values_bound(data, size) > PLAN_VALUES_MAX) {
        plan_wrong(fault, plan_top(NULL), TEXT_PLAN_TOO_LARGE);
        return NULL;
    }
    json_t *document = json_loadb(data, size, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(document))
        return document;
    json_decref(document);
    plan_wrong(fault, plan_top(NULL), TEXT_PLAN_NOT_JSON);
    return NULL;
}

/* -- ids --------------------------------------------------------------------------------------- */

/* Numbers the ids of a list's objects; names and indices are made. */
static bool ids_read(struct plan_reading *reading, const json_t *list, const char *name,
                     const char ***names, json_t **indices)
{
    size_t count = json_array_size(list);
    *names = calloc(count + 1, sizeof **names);
    *indices = json_object();
    if (*names == NULL || *indices == NULL)
        return plan_wrong(reading->fault, plan_top(NULL), TEXT_NO_MEMORY);
    for (size_t k = 0; k < count; k++) {
        const json_t *id = json_object_get(json_array_get(list, k), "id");
        struct plan_place place = plan_at(name, k, "id");
        size_t size = json_string_length(id);
        if (!json_is_string(id) || size < 1 || size > PLAN_ID_MAX)
            return plan_wrong(reading->fault, place, TEXT_PLAN_ID);
        (*names)[k] = json_string_value(id);
        if (json_object_get(*indices, (*names)[k]) != NULL)
            return plan_wrong(reading->fault, place, TEXT_PLAN_ID_TWICE);
        if (json_object_set_new(*indices, (*names)[k], json_integer((json_int_t)k)) != 0)
            return plan_wrong(reading->fault, plan_top(NULL), TEXT_NO_MEMORY);
    }
    return true;
}

/* -- sides, shared resources, participants ----------------------------------------------------- */

static bool bonus_read(struct plan_reading *reading, const json_t *list, size_t k,
                       struct plan_group *group)
{
    struct plan_place place = plan_at("sides", k, "bonus");
    int64_t before = SCORE_MAX;
    for (size_t b = 0; b < json_array_size(list); b++) {
        int64_t bonus = 0;
        if (!plan_number(json_array_get(list, b), 0, SCORE_MAX, &bonus, place, reading->fault))
            return false;
        if (bonus > before)
            return plan_wrong(reading->fault, place, TEXT_PLAN_BONUS);
        group->bonus[b] = (int32_t)bonus;
        before = bonus;
    }
    group->bonus_count = (unsigned)json_array_size(list);
    return true;
}

static bool side_read(struct plan_reading *reading, size_t k)
{
    static const char *const members[] = {"id", "bonus", "gap_difference", NULL};
    const json_t *side = json_array_get(reading->sides, k), *bonus;
    struct plan_group *group = &reading->file->problem->groups[k];
    struct plan_fault *fault = reading->fault;
    int64_t difference = 2;
    if (!plan_object(side, members, plan_at("sides", k, NULL), fault) ||
        !plan_list(json_object_get(side, "bonus"), BONUSES_MAX, &bonus,
                   plan_at("sides", k, "bonus"), fault) ||
        !bonus_read(reading, bonus, k, group) ||
        !plan_number(json_object_get(side, "gap_difference"), 0, SLOTS_MAX, &difference,
                     plan_at("sides", k, "gap_difference"), fault))
        return false;
    group->gap_difference = (int)difference;
    reading->bonus_given[k] = bonus != NULL;
    return true;
}

static bool shared_read(struct plan_reading *reading, size_t k)
{
    static const char *const members[] = {"id", "slots", "capacity", NULL};
    const json_t *item = json_array_get(reading->shared, k);
    struct problem *problem = reading->file->problem;
    int64_t capacity = 1;
    uint64_t window = slots_first(problem->slot_count);
    if (!plan_object(item, members, plan_at("shared", k, NULL), reading->fault) ||
        !plan_slots(json_object_get(item, "slots"), problem->slot_count, &window,
                    plan_at("shared", k, "slots"), reading->fault) ||
        !plan_number(json_object_get(item, "capacity"), 1, CAPACITY_MAX, &capacity,
                     plan_at("shared", k, "capacity"), reading->fault))
        return false;
    problem->shared[k] = (struct plan_shared){window, (uint16_t)capacity};
    return true;
}

static bool participant_numbers(struct plan_reading *reading, const json_t *item, size_t k,
                                struct plan_participant *who)
{
    struct plan_fault *fault = reading->fault;
    int64_t capacity = 1, minimum = 0, maximum;
    if (!plan_number(json_object_get(item, "capacity"), 1, CAPACITY_MAX, &capacity,
                     plan_at("participants", k, "capacity"), fault))
        return false;
    maximum = capacity * reading->file->problem->slot_count;
    maximum = maximum < UINT16_MAX ? maximum : UINT16_MAX;
    if (!plan_number(json_object_get(item, "minimum"), 0, UINT16_MAX, &minimum,
                     plan_at("participants", k, "minimum"), fault) ||
        !plan_number(json_object_get(item, "maximum"), 0, UINT16_MAX, &maximum,
                     plan_at("participants", k, "maximum"), fault))
        return false;
    if (minimum > maximum)
        return plan_wrong(fault, plan_at("participants", k, "minimum"), TEXT_PLAN_MINIMUM);
    who->capacity = (uint16_t)capacity;
    who->minimum = (uint16_t)minimum;
    who->maximum = (uint16_t)maximum;
    return true;
}

static bool participant_read(struct plan_reading *reading, size_t k)
{
    static const char *const members[] = {"id",      "side",    "slots",  "present", "capacity",
                                          "minimum", "maximum", "shared", NULL};
    const json_t *item = json_array_get(reading->participants, k);
    struct problem *problem = reading->file->problem;
    struct plan_participant *who = &problem->participants[k];
    uint32_t group = 0;
    who->window = slots_first(problem->slot_count);
    if (!plan_object(item, members, plan_at("participants", k, NULL), reading->fault) ||
        !plan_slots(json_object_get(item, "slots"), problem->slot_count, &who->window,
                    plan_at("participants", k, "slots"), reading->fault))
        return false;
    who->presence = who->window;
    if (!plan_slots(json_object_get(item, "present"), problem->slot_count, &who->presence,
                    plan_at("participants", k, "present"), reading->fault))
        return false;
    if (reading->sides != NULL &&
        !plan_index(reading->file->group_of, json_object_get(item, "side"), &group,
                    plan_at("participants", k, "side"), reading->fault))
        return false;
    who->group = (uint16_t)group;
    return participant_numbers(reading, item, k, who);
}

/* -- the whole --------------------------------------------------------------------------------- */

static bool tables_read(struct plan_reading *reading, const json_t *value)
{
    struct problem *problem = reading->file->problem;
    if (json_is_array(value) && json_array_size(value) != problem->slot_count)
        return plan_wrong(reading->fault, plan_top("tables"), TEXT_PLAN_TABLES);
    for (unsigned t = 0; t < problem->slot_count; t++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, t) : value;
        int64_t tables = UINT16_MAX;
        if (!plan_number(item, 0, UINT16_MAX, &tables, plan_top("tables"), reading->fault))
            return false;
        problem->tables[t] = (uint32_t)tables;
    }
    return true;
}

/* Where a side says nothing of a bonus: twice, one and a half and once the best score for the
 * first, second and third meeting of each. */
static void bonuses_by_default(struct plan_reading *reading)
{
    struct problem *problem = reading->file->problem;
    int32_t best = 0;
    for (uint32_t p = 0; p < problem->pair_count; p++)
        best = problem->pairs[p].score > best ? problem->pairs[p].score : best;
    best = best > SCORE_MAX / 2 ? SCORE_MAX / 2 : best;
    for (uint32_t g = 0; g < problem->group_count; g++)
        if (!reading->bonus_given[g])
            problem->groups[g] =
                (struct plan_group){.bonus = {2 * best, best + best / 2, best},
                                    .bonus_count = 3,
                                    .gap_difference = problem->groups[g].gap_difference};
}

static bool lists_read(struct plan_reading *reading)
{
    const json_t *document = reading->file->document;
    struct plan_fault *fault = reading->fault;
    return plan_list(json_object_get(document, "sides"), GROUPS_MAX, &reading->sides,
                     plan_top("sides"), fault) &&
           plan_list(json_object_get(document, "participants"), PARTICIPANTS_MAX,
                     &reading->participants, plan_top("participants"), fault) &&
           plan_list(json_object_get(document, "shared"), SHARED_MAX, &reading->shared,
                     plan_top("shared"), fault) &&
           plan_list(json_object_get(document, "pairs"), PAIRS_MAX, &reading->pairs,
                     plan_top("pairs"), fault) &&
           plan_list(json_object_get(document, "pins"), PAIRS_MAX, &reading->pins, plan_top("pins"),
                     fault) &&
           plan_list(json_object_get(document, "forbidden"), PAIRS_MAX, &reading->forbidden,
                     plan_top("forbidden"), fault);
}

static bool problem_make(struct plan_reading *reading)
{
    static const char *const members[] = {
        "slots", "tables", "sides", "participants", "shared", "pairs", "forbidden", "pins", NULL};
    const json_t *document = reading->file->document;
    int64_t slots = 0;
    if (!plan_object(document, members, plan_top(NULL), reading->fault) ||
        !plan_number(json_object_get(document, "slots"), 1, SLOTS_MAX, &slots, plan_top("slots"),
                     reading->fault) ||
        !lists_read(reading))
        return false;
    if (slots == 0)
        return plan_wrong(reading->fault, plan_top("slots"), TEXT_PLAN_NUMBER);
    uint32_t groups = (uint32_t)json_array_size(reading->sides);
    size_t pairs = json_array_size(reading->pairs) + json_array_size(reading->pins);
    if (pairs > PAIRS_MAX)
        return plan_wrong(reading->fault, plan_top("pins"), TEXT_PLAN_TOO_MANY);
    reading->file->problem = problem_create(
        (unsigned)slots, groups > 0 ? groups : 1, (uint32_t)json_array_size(reading->participants),
        (uint32_t)json_array_size(reading->shared), (uint32_t)pairs);
    reading->bonus_given = calloc(groups + 1, sizeof *reading->bonus_given);
    if (reading->file->problem == NULL || reading->bonus_given == NULL)
        return plan_wrong(reading->fault, plan_top(NULL), TEXT_NO_MEMORY);
    reading->file->problem->groups[0].gap_difference = 2;
    return tables_read(reading, json_object_get(document, "tables"));
}

static bool items_read(struct plan_reading *reading)
{
    struct plan_file *file = reading->file;
    if (!ids_read(reading, reading->sides, "sides", &file->groups, &file->group_of) ||
        !ids_read(reading, reading->shared, "shared", &file->shared, &file->shared_of) ||
        !ids_read(reading, reading->participants, "participants", &file->participants,
                  &file->participant_of))
        return false;
    for (size_t k = 0; k < json_array_size(reading->sides); k++)
        if (!side_read(reading, k))
            return false;
    for (size_t k = 0; k < json_array_size(reading->shared); k++)
        if (!shared_read(reading, k))
            return false;
    for (size_t k = 0; k < json_array_size(reading->participants); k++)
        if (!participant_read(reading, k))
            return false;
    return plan_pairs_read(reading);
}

static bool seal(struct plan_reading *reading)
{
    uint32_t index;
    bonuses_by_default(reading);
    switch (problem_seal(reading->file->problem, &index)) {
    case PROBLEM_GOOD:
        return true;
    case PROBLEM_NO_MEMORY:
        return plan_wrong(reading->fault, plan_top(NULL), TEXT_NO_MEMORY);
    case PROBLEM_TWICE: {
        size_t pairs = json_array_size(reading->pairs);
        bool pin = index >= pairs;
        return plan_wrong(reading->fault,
                          plan_at(pin ? "pins" : "pairs", pin ? index - pairs : index, NULL),
                          TEXT_PLAN_PAIR_TWICE);
    }
    default: /* all else was checked as it was read */
        return plan_wrong(reading->fault, plan_top(NULL), TEXT_PLAN_TOO_LARGE);
    }
}

struct plan_file *plan_file_read(const char *data, size_t size, struct plan_fault *fault)
{
    struct plan_file *file = calloc(1, sizeof *file);
    struct plan_reading reading = {.file = file, .fault = fault};
    *fault = (struct plan_fault){.what = TEXT_NONE};
    if (file == NULL)
        plan_wrong(fault, plan_top(NULL), TEXT_NO_MEMORY);
    else
        file->document = plan_json_read(data, size, fault);
    bool good = fault->what == TEXT_NONE && problem_make(&reading) && items_read(&reading) &&
                seal(&reading);
    free(reading.bonus_given);
    free(reading.keys);
    if (good)
        return file;
    plan_file_free(file);
    return NULL;
}

void plan_file_free(struct plan_file *file)
{
    if (file == NULL)
        return;
    problem_free(file->problem);
    json_decref(file->participant_of);
    json_decref(file->shared_of);
    json_decref(file->group_of);
    json_decref(file->document);
    free(file->participants);
    free(file->shared);
    free(file->groups);
    free(file);
}
