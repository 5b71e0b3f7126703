#include "role_bag.h"

#include "fixed.h"

#include <stdlib.h>

void role_bag_clear(struct role_bag *bag)
{
    for (unsigned i = 0; i < ROLE_FIELDS_MAX; i++)
        postings_build_clear(&bag->fields[i]);
    postings_build_clear(&bag->worth);
}

bool role_bag_add(struct role_bag *bag, unsigned field, uint32_t term, uint32_t role,
                  uint32_t count)
{
    return postings_add(&bag->fields[field], term, role, count);
}

/* How long the field is in each role; in all at the end. NULL when out of memory. */
static uint64_t *lengths_of(const struct postings_build *field, uint32_t roles)
{
    uint64_t *lengths = calloc((size_t)roles + 1, sizeof *lengths);
    for (uint32_t i = 0; lengths && i < field->count; i++) {
        lengths[field->items[i].owner] += field->items[i].weight;
        lengths[roles] += field->items[i].weight;
    }
    return lengths;
}

/* Adds a field's counts, made frequencies in 1/FIXED_ONE that a long field makes smaller. */
static bool take_field(struct role_bag *bag, const struct postings_build *field, uint32_t roles,
                       const struct role_field *rule)
{
    uint64_t *lengths = lengths_of(field, roles);
    bool whole = lengths != NULL;
    for (uint32_t term = 0; whole && term < field->terms; term++)
        for (uint32_t i = field->starts[term]; whole && i < field->starts[term + 1]; i++) {
            const struct posting *posting = &field->items[i];
            uint64_t divisor = (4 - rule->length) * lengths[roles] +
                               (uint64_t)rule->length * lengths[posting->owner] * roles;
            uint64_t count = (uint64_t)posting->weight * rule->weight * 4 * FIXED_ONE / 10;
            whole = postings_add(&bag->worth, term, posting->owner,
                                 (uint32_t)(count * lengths[roles] / divisor));
        }
    free(lengths);
    return whole;
}

/* What a frequency is worth: it counts for less the higher it is (k1 = 1.2). */
static uint32_t worth_of(uint64_t frequency, uint64_t rarity)
{
    return (uint32_t)(rarity * frequency * 22 / (10 * frequency + 12 * (uint64_t)FIXED_ONE));
}

static void weigh(struct postings_build *worth, uint32_t roles)
{
    for (uint32_t term = 0; term < worth->terms; term++) {
        /* ln(1 + (roles without + 1/2) / (roles with + 1/2)) */
        uint64_t with = worth->starts[term + 1] - worth->starts[term];
        uint64_t rarity = (uint64_t)fixed_log_ratio(2 * (uint64_t)roles + 2, 2 * with + 1);
        for (uint32_t i = worth->starts[term]; i < worth->starts[term + 1]; i++)
            worth->items[i].weight = worth_of(worth->items[i].weight, rarity);
    }
}

bool role_bag_finish(struct role_bag *bag, uint32_t terms, uint32_t roles,
                     const struct role_field *fields, unsigned field_count)
{
    for (unsigned i = 0; i < field_count; i++)
        if (!postings_finish(&bag->fields[i], terms) ||
            !take_field(bag, &bag->fields[i], roles, &fields[i]))
            return false;
    if (!postings_finish(&bag->worth, terms))
        return false;
    weigh(&bag->worth, roles);
    return true;
}
