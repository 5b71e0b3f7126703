#include "plan_reading.h"

#include <stdlib.h>

/* -- pairs ------------------------------------------------------------------------------------- */

/* most: how long the list of the two, and of what may follow them, can be. */
static bool people_read(struct plan_reading *reading, const json_t *with, size_t most,
                        struct plan_place place, uint32_t people[2])
{
    if (json_array_size(with) < 2 || json_array_size(with) > most) {
        plan_wrong(reading->fault, place, TEXT_PLAN_PAIR);
        return false;
    }
    for (unsigned i = 0; i < 2; i++)
        if (!plan_index(reading->file->participant_of, json_array_get(with, i), &people[i], place,
                        reading->fault))
            return false;
    if (people[0] == people[1])
        return plan_wrong(reading->fault, place, TEXT_PLAN_PAIR);
    return true;
}

/* Adds the shared resources that a list of ids names to those of a pair. */
static bool needs_add(struct plan_reading *reading, const json_t *ids, struct plan_pair *pair,
                      struct plan_place place)
{
    const json_t *list;
    if (!plan_list(ids, PAIR_SHARED_MAX, &list, place, reading->fault))
        return false;
    for (size_t k = 0; k < json_array_size(list); k++) {
        uint32_t index;
        if (!plan_index(reading->file->shared_of, json_array_get(list, k), &index, place,
                        reading->fault))
            return false;
        unsigned i = 0;
        while (i < PAIR_SHARED_MAX && pair->shared[i] != NO_INDEX &&
               pair->shared[i] != (int16_t)index)
            i++;
        if (i == PAIR_SHARED_MAX)
            return plan_wrong(reading->fault, place, TEXT_PLAN_TOO_MANY);
        pair->shared[i] = (int16_t)index;
    }
    return true;
}

/* A pair of two people with what all their meetings need. */
static bool pair_begin(struct plan_reading *reading, const uint32_t people[2],
                       struct plan_place place)
{
    struct plan_pair *pair = &reading->file->problem->pairs[reading->pair_count];
    *pair = (struct plan_pair){.first = people[0], .second = people[1], .window = UINT64_MAX};
    for (unsigned i = 0; i < PAIR_SHARED_MAX; i++)
        pair->shared[i] = NO_INDEX;
    for (unsigned i = 0; i < 2; i++) {
        const json_t *who = json_array_get(reading->participants, people[i]);
        if (!needs_add(reading, json_object_get(who, "shared"), pair, place))
            return false;
    }
    return true;
}

static bool pair_in_full(struct plan_reading *reading, const json_t *item, size_t k,
                         struct plan_pair *pair, int64_t *score)
{
    static const char *const members[] = {"with",   "score", "slots", "required",
                                          "shared", "video", NULL};
    struct plan_fault *fault = reading->fault;
    return plan_object(item, members, plan_at("pairs", k, NULL), fault) &&
           plan_number(json_object_get(item, "score"), 0, SCORE_MAX, score,
                       plan_at("pairs", k, "score"), fault) &&
           plan_slots(json_object_get(item, "slots"), reading->file->problem->slot_count,
                      &pair->window, plan_at("pairs", k, "slots"), fault) &&
           plan_flag(json_object_get(item, "required"), &pair->required,
                     plan_at("pairs", k, "required"), fault) &&
           plan_flag(json_object_get(item, "video"), &pair->tableless, plan_at("pairs", k, "video"),
                     fault) &&
           needs_add(reading, json_object_get(item, "shared"), pair, plan_at("pairs", k, "shared"));
}

static bool pair_read(struct plan_reading *reading, size_t k)
{
    const json_t *item = json_array_get(reading->pairs, k);
    bool brief = json_is_array(item);
    struct plan_pair *pair = &reading->file->problem->pairs[reading->pair_count];
    uint32_t people[2];
    int64_t score = 0;
    if (!people_read(reading, brief ? item : json_object_get(item, "with"), brief ? 3 : 2,
                     plan_at("pairs", k, NULL), people) ||
        !pair_begin(reading, people, plan_at("pairs", k, NULL)))
        return false;
    if (!(brief ? plan_number(json_array_get(item, 2), 0, SCORE_MAX, &score,
                              plan_at("pairs", k, NULL), reading->fault)
                : pair_in_full(reading, item, k, pair, &score)))
        return false;
    pair->score = (int32_t)score;
    reading->pair_count++;
    return true;
}

/* -- pairs that must or must not meet ---------------------------------------------------------- */

static uint64_t key_of(uint32_t one, uint32_t other)
{
    return one < other ? (uint64_t)one << 32 | other : (uint64_t)other << 32 | one;
}

static int key_compare(const void *one, const void *other)
{
    const struct plan_pair_key *a = one, *b = other;
    return a->key < b->key ? -1 : a->key > b->key;
}

static bool keys_make(struct plan_reading *reading)
{
    const struct plan_pair *pairs = reading->file->problem->pairs;
    free(reading->keys);
    reading->keys = malloc((reading->pair_count + 1) * sizeof *reading->keys);
    if (reading->keys == NULL)
        return plan_wrong(reading->fault, plan_top(NULL), TEXT_NO_MEMORY);
    for (uint32_t p = 0; p < reading->pair_count; p++)
        reading->keys[p] = (struct plan_pair_key){key_of(pairs[p].first, pairs[p].second), p};
    qsort(reading->keys, reading->pair_count, sizeof *reading->keys, key_compare);
    return true;
}

/* NULL when the two are no pair yet. */
static struct plan_pair *pair_of_people(struct plan_reading *reading, const uint32_t people[2],
                                        size_t known)
{
    struct plan_pair_key key = {key_of(people[0], people[1]), 0};
    const struct plan_pair_key *found =
        bsearch(&key, reading->keys, known, sizeof key, key_compare);
    return found != NULL ? &reading->file->problem->pairs[found->index] : NULL;
}

/* A pin makes a pair of people who are none yet, without a score. */
static bool pin_read(struct plan_reading *reading, size_t k, size_t known)
{
    const json_t *item = json_array_get(reading->pins, k);
    unsigned slots = reading->file->problem->slot_count;
    uint32_t people[2];
    int64_t slot = 0;
    if (!people_read(reading, item, 3, plan_at("pins", k, NULL), people) ||
        !plan_number(json_array_get(item, 2), 1, slots, &slot, plan_at("pins", k, NULL),
                     reading->fault))
        return false;
    struct plan_pair *pair = pair_of_people(reading, people, known);
    if (pair == NULL) {
        if (!pair_begin(reading, people, plan_at("pins", k, NULL)))
            return false;
        pair = &reading->file->problem->pairs[reading->pair_count++];
    }
    pair->required = true;
    if (slot > 0)
        pair->window &= slot_bit((unsigned)slot - 1);
    return true;
}

/* A forbidden pair stays, and may meet in no slot. */
static bool forbidden_read(struct plan_reading *reading, size_t k)
{
    uint32_t people[2];
    if (!people_read(reading, json_array_get(reading->forbidden, k), 2,
                     plan_at("forbidden", k, NULL), people))
        return false;
    struct plan_pair *pair = pair_of_people(reading, people, reading->pair_count);
    if (pair != NULL && pair->required)
        return plan_wrong(reading->fault, plan_at("forbidden", k, NULL), TEXT_PLAN_PIN_FORBIDDEN);
    if (pair != NULL)
        pair->window = 0;
    return true;
}

bool plan_pairs_read(struct plan_reading *reading)
{
    for (size_t k = 0; k < json_array_size(reading->pairs); k++)
        if (!pair_read(reading, k))
            return false;
    size_t known = reading->pair_count;
    if (!keys_make(reading))
        return false;
    for (size_t k = 0; k < json_array_size(reading->pins); k++)
        if (!pin_read(reading, k, known))
            return false;
    if (!keys_make(reading)) /* pins have made pairs, too */
        return false;
    for (size_t k = 0; k < json_array_size(reading->forbidden); k++)
        if (!forbidden_read(reading, k))
            return false;
    reading->file->problem->pair_count = reading->pair_count;
    return true;
}
