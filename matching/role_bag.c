#include "role_bag.h"

#include "fixed.h"

#include <stdlib.h>

void role_bag_clear(struct role_bag *bag)
{
    symbols_clear(&bag->terms);
    for (unsigned i = 0; i < ROLE_FIELDS_MAX; i++) {
        array_clear(&bag->fields[i]);
        array_clear(&bag->latest[i]);
    }
    array_clear(&bag->postings);
    free(bag->starts);
    *bag = (struct role_bag){.roles = 0};
}

int32_t role_bag_term(struct role_bag *bag, const char *term, size_t size)
{
    return symbols_add(&bag->terms, term, size);
}

/* Where the latest posting of a term is noted; NULL when out of memory. */
static uint32_t *latest_of(struct array *latest, int32_t term)
{
    while (latest->count <= (size_t)term)
        if (!array_add(latest, sizeof(uint32_t)))
            return NULL;
    return (uint32_t *)latest->items + term;
}

bool role_bag_add(struct role_bag *bag, unsigned field, uint32_t role, int32_t term)
{
    struct array *postings = &bag->fields[field];
    uint32_t *latest = latest_of(&bag->latest[field], term);
    if (!latest)
        return false;
    /* Roles mostly come one after another: most repeats are found here, the others when sorted. */
    struct role_posting *posting =
        *latest > 0 ? (struct role_posting *)postings->items + *latest - 1 : NULL;
    if (posting && posting->role == role) {
        posting->count++;
        return true;
    }
    posting = postings->count < UINT32_MAX / ROLE_FIELDS_MAX ? array_add(postings, sizeof *posting)
                                                             : NULL;
    if (!posting)
        return false;
    *posting = (struct role_posting){(uint32_t)term, role, 1};
    *latest = (uint32_t)postings->count;
    return true;
}

static int compare_postings(const void *left, const void *right)
{
    const struct role_posting *a = left, *b = right;
    if (a->term != b->term)
        return a->term < b->term ? -1 : 1;
    return (a->role > b->role) - (a->role < b->role);
}

/* Sorts postings and adds the counts of equal ones up. */
static void gather(struct array *postings)
{
    struct role_posting *all = postings->items;
    size_t kept = 0;
    array_sort(postings, sizeof *all, compare_postings);
    for (size_t i = 0; i < postings->count; i++) {
        if (kept > 0 && compare_postings(&all[kept - 1], &all[i]) == 0)
            all[kept - 1].count += all[i].count;
        else
            all[kept++] = all[i];
    }
    postings->count = kept;
}

/* Moves a field's counts, made frequencies in 1/FIXED_ONE that a long field makes smaller, to the
 * postings of all fields. */
static bool take_field(struct role_bag *bag, struct array *field, const struct role_field *rule)
{
    const struct role_posting *all = field->items;
    uint64_t *lengths = calloc((size_t)bag->roles + 1, sizeof *lengths);
    uint64_t total = 0;
    bool whole = lengths != NULL;
    for (size_t i = 0; whole && i < field->count; i++) {
        lengths[all[i].role] += all[i].count;
        total += all[i].count;
    }
    gather(field);
    for (size_t i = 0; whole && i < field->count; i++) {
        struct role_posting *posting = array_add(&bag->postings, sizeof *posting);
        uint64_t divisor =
            (4 - rule->length) * total + (uint64_t)rule->length * lengths[all[i].role] * bag->roles;
        uint64_t count = (uint64_t)all[i].count * rule->weight * 4 * FIXED_ONE / 10;
        if ((whole = posting != NULL))
            *posting = (struct role_posting){all[i].term, all[i].role,
                                             (uint32_t)(count * total / divisor)};
    }
    free(lengths);
    array_clear(field);
    return whole;
}

/* What a frequency is worth: it counts for less the higher it is (k1 = 1.2). */
static uint32_t weight_of(uint64_t frequency, uint64_t rarity)
{
    return (uint32_t)(rarity * frequency * 22 / (10 * frequency + 12 * (uint64_t)FIXED_ONE));
}

static bool weigh(struct role_bag *bag)
{
    struct role_posting *all = bag->postings.items;
    size_t next = 0;
    bag->starts = calloc(bag->terms.count + 1, sizeof *bag->starts);
    if (!bag->starts)
        return false;
    for (size_t term = 0; term < bag->terms.count; term++) {
        size_t start = next;
        bag->starts[term] = (uint32_t)start;
        while (next < bag->postings.count && all[next].term == term)
            next++;
        /* ln(1 + (roles without + 1/2) / (roles with + 1/2)) */
        uint64_t with = next - start;
        uint64_t rarity = (uint64_t)fixed_log_ratio(2 * (uint64_t)bag->roles + 2, 2 * with + 1);
        for (size_t i = start; i < next; i++)
            all[i].count = weight_of(all[i].count, rarity);
    }
    bag->starts[bag->terms.count] = (uint32_t)next;
    return true;
}

bool role_bag_close(struct role_bag *bag, uint32_t roles, const struct role_field *fields,
                    unsigned field_count)
{
    bag->roles = roles;
    for (unsigned i = 0; i < field_count; i++)
        if (!take_field(bag, &bag->fields[i], &fields[i]))
            return false;
    gather(&bag->postings);
    return weigh(bag);
}

void role_bag_score(const struct role_bag *bag, const char *term, size_t size, uint64_t *scores)
{
    int32_t symbol = symbols_find(&bag->terms, term, size);
    if (symbol < 0)
        return;
    const struct role_posting *all = bag->postings.items;
    for (uint32_t i = bag->starts[symbol]; i < bag->starts[symbol + 1]; i++)
        scores[all[i].role] += all[i].count;
}
