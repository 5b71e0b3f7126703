#include "plain.h"

#include <string.h>

bool plain_start(struct plain *plain, const char *directory, enum index_side side)
{
    *plain = (struct plain){.side = side};
    if (!synthetic_read(&plain->learners, directory, true) ||
        !synthetic_read(&plain->offers, directory, false))
        return false;
    plain->index = index_create(side, SYNTHETIC_SKILLS);
    plain->room = index_room_create();
    return plain->index && plain->room;
}

bool plain_open(struct plain *plain, const char *directory, enum index_side side)
{
    bool room = plain_start(plain, directory, side);
    for (uint32_t i = 0; room && i < plain_records(plain)->count; i++)
        room = plain_put(plain, i, i);
    return room;
}

void plain_close(struct plain *plain)
{
    synthetic_free(&plain->learners);
    synthetic_free(&plain->offers);
    index_free(plain->index);
    index_room_free(plain->room);
}

bool plain_put(struct plain *plain, uint32_t handle, uint32_t record)
{
    const struct synthetic *records = plain_records(plain);
    struct index_term terms[SYNTHETIC_TERMS_MAX];
    struct index_front front = synthetic_front(records, record);
    unsigned count = synthetic_terms(records, record, terms);
    float factor = records->learners ? 1 : 1 / (float)records->wholes[record];
    return index_put(plain->index, handle, &front, factor, terms, count);
}

void plain_remove(struct plain *plain, uint32_t handle, uint32_t record)
{
    struct index_term terms[SYNTHETIC_TERMS_MAX];
    unsigned count = synthetic_terms(plain_records(plain), record, terms);
    index_remove(plain->index, handle, terms, count);
}

/* -- the best ------------------------------------------------------------------------------------
 */

static bool item_before(const struct best_item *one, const struct best_item *other)
{
    uint64_t here = (uint64_t)one->coverage * other->whole;
    uint64_t there = (uint64_t)other->coverage * one->whole;
    return here > there || (here == there && one->record < other->record);
}

static void best_add(struct best *best, struct best_item item)
{
    uint32_t at = best->count;
    if (at == BEST && !item_before(&item, &best->items[BEST - 1]))
        return;
    at -= at == BEST;
    for (; at > 0 && item_before(&item, &best->items[at - 1]); at--)
        best->items[at] = best->items[at - 1];
    best->items[at] = item;
    best->count += best->count < BEST;
}

bool best_same(const struct best *one, const struct best *other)
{
    bool same = one->count == other->count;
    for (uint32_t i = 0; same && i < one->count; i++)
        same = one->items[i].record == other->items[i].record;
    return same;
}

/* -- searching -----------------------------------------------------------------------------------
 */

struct plain_query {
    const struct plain *plain;
    const uint32_t *as;
    uint32_t asker;
    struct best *best;
};

static void plain_meet(const struct plain_query *query, uint32_t handle, uint32_t coverage)
{
    const struct plain *plain = query->plain;
    uint32_t record = query->as ? query->as[handle] : handle;
    uint32_t learner = plain->side == INDEX_OFFERS ? query->asker : record;
    uint32_t offer = plain->side == INDEX_OFFERS ? record : query->asker;
    if (coverage && synthetic_open(&plain->learners, learner, &plain->offers, offer))
        best_add(query->best, (struct best_item){coverage, plain->offers.wholes[offer], handle});
}

static void on_record(void *context, struct index_query *asked, const struct index_found *found)
{
    const struct plain_query *query = context;
    plain_meet(query, found->handle, found->worth);
    if (query->best->count == BEST) {
        const struct best_item *last = &query->best->items[BEST - 1];
        asked->least = (float)last->coverage;
        if (query->plain->side == INDEX_OFFERS)
            asked->least /= (float)last->whole;
    }
}

void plain_search(const struct plain *plain, struct index_room *room, uint32_t asker,
                  const uint32_t *as, struct best *best)
{
    const struct synthetic *askers = plain_askers(plain);
    struct index_demand demands[SYNTHETIC_TERMS_MAX];
    struct index_term terms[SYNTHETIC_TERMS_MAX];
    struct plain_query query = {plain, as, asker, best};
    struct index_query asked = {.front = synthetic_front(askers, asker), .demands = demands};
    asked.count = synthetic_terms(askers, asker, terms);
    for (uint32_t i = 0; i < asked.count; i++) {
        demands[i].skill = terms[i].skill;
        demands[i].mark = 0;
        for (uint32_t grade = 0; grade < INDEX_GRADES; grade++)
            demands[i].worth[grade] = grade * terms[i].grade;
    }
    best->count = 0;
    index_search(plain->index, room, &asked, on_record, &query);
}

void plain_brute(const struct plain *plain, uint32_t asker, const uint32_t *as, struct best *best)
{
    struct plain_query query = {plain, as, asker, best};
    best->count = 0;
    for (uint32_t i = 0; i < plain_records(plain)->count; i++) {
        uint32_t record = as ? as[i] : i;
        uint32_t coverage =
            plain->side == INDEX_OFFERS
                ? synthetic_coverage(&plain->learners, asker, &plain->offers, record)
                : synthetic_coverage(&plain->learners, record, &plain->offers, asker);
        plain_meet(&query, i, coverage);
    }
}
