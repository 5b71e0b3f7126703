/* An index against the plainest thing that could stand for it: every record looked at. */
#include "matching_support.h"

#include "matching/index.h"

#include <float.h>
#include <math.h>
#include <time.h>

enum { RECORDS = 6000, SKILLS = 150, BEST = 20, DEMANDS_MAX = 60 };

struct record {
    bool live;
    struct index_front front;
    float factor, least;
    struct index_term terms[INDEX_TERMS_MAX];
    unsigned count;
};

struct model {
    uint64_t random;
    enum index_side side;
    unsigned terms_most;
    bool alike;
    struct index *index;
    struct index_room *room;
    struct record *records;
};

/* Visits come once for each record. */
struct seen {
    const struct model *model;
    uint32_t worths[RECORDS];
    bool visited[RECORDS];
};

/* -- random records and queries ------------------------------------------------------------------
 */

/* Mostly in one region, many at the same spots; some at the edge of the map, some nowhere. */
static struct gate random_gate(uint64_t *random)
{
    struct gate gate = {.latitude = NOWHERE, .radius = support_between(random, 0, 60) * 1000};
    int kind = support_between(random, 1, 100);
    if (kind <= 80) {
        gate.latitude = 49000000 + support_between(random, 0, 60) * 40000;
        gate.longitude = 1400000 + support_between(random, 0, 60) * 50000;
    } else if (kind <= 95) {
        gate.latitude = 70000000 + support_between(random, 0, 2000000);
        gate.longitude = support_between(random, -2000000, 2000000);
        gate.longitude += gate.longitude < 0 ? 180000000 : -180000000;
    }
    if (support_chance(random, 5))
        gate.radius = 1000000;
    gate.contracts = support_chance(random, 70) ? (uint16_t)(1u << support_between(random, 0, 4))
                                                : (uint16_t)support_between(random, 1, UINT16_MAX);
    gate.remotes = (uint16_t)support_between(random, 1, 7);
    return gate;
}

/* Told apart by place alone, so that each page has an area of its own. */
static struct gate alike_gate(uint64_t *random)
{
    return (struct gate){.latitude = 60000000 + support_between(random, 0, 3000000),
                         .longitude = support_between(random, -3000000, 3000000),
                         .radius = support_between(random, 33000, 60000),
                         .contracts = 1,
                         .remotes = 1};
}

static struct index_front random_front(struct model *model)
{
    uint64_t *random = &model->random;
    struct index_front front = {.gate = model->alike ? alike_gate(random) : random_gate(random)};
    front.licences = support_chance(random, 30) ? (uint32_t)support_between(random, 0, 3) : 0;
    front.note = (int32_t)(uint32_t)support_random(random);
    front.day = support_chance(random, 50)   ? support_between(random, 20000, 20060)
                : support_chance(random, 50) ? INT32_MIN
                                             : INT32_MAX;
    return front;
}

static int term_compare(const void *one, const void *other)
{
    const struct index_term *a = one;
    const struct index_term *b = other;
    return a->skill != b->skill ? a->skill - b->skill : a->grade - b->grade;
}

/* Popular skills and rare ones. Only learners name one twice, with other grades. */
static void random_terms(struct model *model, struct record *record)
{
    uint64_t *random = &model->random;
    unsigned given = (unsigned)support_between(random, 0, (int32_t)model->terms_most);
    for (unsigned i = 0; i < given; i++) {
        int32_t most = support_between(random, 1, SKILLS);
        record->terms[i] =
            (struct index_term){support_between(random, 0, most - 1),
                                (uint8_t)support_between(random, 0, INDEX_GRADES - 1)};
    }
    qsort(record->terms, given, sizeof *record->terms, term_compare);
    record->count = 0;
    for (unsigned i = 0; i < given; i++) {
        const struct index_term *last = &record->terms[record->count - (record->count > 0)];
        bool again = record->count && last->skill == record->terms[i].skill;
        if (again && (model->side == INDEX_OFFERS || last->grade == record->terms[i].grade))
            continue;
        record->terms[record->count++] = record->terms[i];
    }
}

static void record_put(struct model *model, uint32_t handle)
{
    struct record *record = &model->records[handle];
    record->front = random_front(model);
    record->factor = 1.0f / (float)support_between(&model->random, 1, 300);
    record->least = 0;
    random_terms(model, record);
    record->live = true;
    assert_true(index_put(model->index, handle, &record->front, record->factor, record->terms,
                          record->count));
}

static void record_remove(struct model *model, uint32_t handle)
{
    struct record *record = &model->records[handle];
    record->live = false;
    index_remove(model->index, handle, record->terms, record->count);
}

static void change_one(struct model *model, int stay_percent)
{
    uint32_t handle = (uint32_t)support_between(&model->random, 0, RECORDS - 1);
    struct record *record = &model->records[handle];
    assert_int_equal(index_holds(model->index, handle), record->live);
    if (record->live)
        record_remove(model, handle);
    if (support_chance(&model->random, stay_percent))
        record_put(model, handle);
    if (record->live && support_chance(&model->random, 50)) {
        record->least = (float)support_between(&model->random, 0, 1000);
        index_set_least(model->index, handle, record->least);
    }
}

/* Several skills for one requirement share a mark. */
static uint32_t random_demands(struct model *model, struct index_demand demands[DEMANDS_MAX])
{
    uint32_t count = (uint32_t)support_between(&model->random, 0, DEMANDS_MAX);
    uint32_t mark = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t most = support_between(&model->random, 1, SKILLS);
        demands[i].skill = support_between(&model->random, 0, most - 1);
        if (model->side == INDEX_LEARNERS)
            mark += !mark || support_chance(&model->random, 40) ? INDEX_MARK : 0;
        demands[i].mark = mark;
        for (int grade = 0; grade < INDEX_GRADES; grade++)
            demands[i].worth[grade] = (uint32_t)support_between(&model->random, 0, 9) * 1000;
    }
    return count;
}

/* -- brute force ---------------------------------------------------------------------------------
 */

static uint32_t demand_worth(const struct record *record, const struct index_demand *demand)
{
    uint32_t best = 0;
    uint32_t sum = 0;
    for (unsigned i = 0; i < record->count; i++) {
        if (record->terms[i].skill != demand->skill)
            continue;
        uint32_t worth = demand->worth[record->terms[i].grade];
        sum += worth;
        best = worth > best ? worth : best;
    }
    return demand->mark ? best : sum;
}

static uint32_t brute_worth(const struct record *record, const struct index_query *query)
{
    uint32_t total = 0;
    uint32_t best = 0;
    for (uint32_t i = 0; i < query->count; i++) {
        bool same =
            i > 0 && query->demands[i].mark && query->demands[i].mark == query->demands[i - 1].mark;
        uint32_t worth = demand_worth(record, &query->demands[i]);
        best = same ? best : 0;
        total += worth > best ? worth - best : 0;
        best = worth > best ? worth : best;
    }
    return total;
}

static bool brute_open(const struct index_front *learner, const struct index_front *offer)
{
    const struct gate *mine = &learner->gate;
    const struct gate *its = &offer->gate;
    if (!(mine->contracts & its->contracts) || !(mine->remotes & its->remotes) ||
        (offer->licences & ~learner->licences) || learner->day > offer->day)
        return false;
    return mine->latitude == NOWHERE || its->latitude == NOWHERE ||
           distance_metres(mine->latitude, mine->longitude, its->latitude, its->longitude) <=
               mine->radius;
}

static bool record_open(const struct model *model, const struct record *record,
                        const struct index_query *query)
{
    return record->live &&
           (model->side == INDEX_OFFERS ? brute_open(&query->front, &record->front)
                                        : brute_open(&record->front, &query->front));
}

/* -- what the index must show --------------------------------------------------------------------
 */

static void on_seen(void *context, struct index_query *query, const struct index_found *found)
{
    struct seen *seen = context;
    (void)query;
    assert_true(found->handle < RECORDS && !seen->visited[found->handle]);
    seen->visited[found->handle] = true;
    seen->worths[found->handle] = found->worth;
    const struct record *record = &seen->model->records[found->handle];
    assert_memory_equal(found->front, &record->front, sizeof record->front);
    assert_memory_equal(&found->factor, &record->factor, sizeof record->factor);
    assert_memory_equal(&found->least, &record->least, sizeof record->least);
}

static float record_least(const struct record *record, const struct index_query *query)
{
    float own = query->scale * record->least;
    return query->scale > 0 && own < query->least ? own : query->least;
}

/* All that are worth enough, and hardly any that is not. */
static void expect_seen(const struct model *model, const struct index_query *query,
                        const struct seen *seen)
{
    for (uint32_t i = 0; i < RECORDS; i++) {
        const struct record *record = &model->records[i];
        uint32_t worth = record_open(model, record, query) ? brute_worth(record, query) : 0;
        float least = record_least(record, query);
        float counts = (float)worth * record->factor;
        if (worth && counts >= least)
            assert_true(seen->visited[i]);
        if (seen->visited[i]) {
            assert_int_equal(seen->worths[i], worth);
            assert_true(worth > 0 && counts >= least * 0.999f);
        }
    }
}

static struct index_query random_query(struct model *model, struct index_demand *demands)
{
    struct index_query query = {.front = random_front(model), .demands = demands};
    query.count = random_demands(model, demands);
    query.front.gate.contracts |= (uint16_t)support_between(&model->random, 0, 31);
    query.least = (float)support_between(&model->random, 0, 1000);
    if (support_chance(&model->random, 40))
        query.scale = (float)support_between(&model->random, 1, 3);
    if (query.scale > 0 && support_chance(&model->random, 30))
        query.least = INFINITY;
    return query;
}

static void expect_all_seen(struct model *model)
{
    static struct index_demand demands[DEMANDS_MAX];
    struct seen *seen = calloc(1, sizeof *seen);
    assert_non_null(seen);
    seen->model = model;
    struct index_query query = random_query(model, demands);
    index_search(model->index, model->room, &query, on_seen, seen);
    expect_seen(model, &query, seen);
    free(seen);
}

/* -- the best ------------------------------------------------------------------------------------
 */

struct best {
    const struct model *model;
    uint32_t count;
    struct best_item {
        double counts;
        uint32_t handle;
    } items[BEST + 1];
    size_t visits;
};

static void best_add(struct best *best, double counts, uint32_t handle)
{
    uint32_t at = best->count;
    while (at > 0 &&
           (best->items[at - 1].counts < counts ||
            (best->items[at - 1].counts <= counts && best->items[at - 1].handle > handle)))
        at--;
    memmove(best->items + at + 1, best->items + at, (best->count - at) * sizeof *best->items);
    best->items[at] = (struct best_item){counts, handle};
    best->count += best->count < BEST;
}

static double counts_of(const struct model *model, uint32_t handle, uint32_t worth)
{
    return (double)worth * (double)model->records[handle].factor;
}

static void on_best(void *context, struct index_query *query, const struct index_found *found)
{
    struct best *best = context;
    if (best->count == BEST)
        memset(&best->items[BEST], 0, sizeof best->items[BEST]);
    best_add(best, counts_of(best->model, found->handle, found->worth), found->handle);
    best->visits++;
    if (best->count == BEST)
        query->least = (float)best->items[BEST - 1].counts;
}

/* The search may end early for most records, and finds the same. */
static void expect_best(struct model *model)
{
    static struct index_demand demands[DEMANDS_MAX];
    struct index_query query = random_query(model, demands);
    struct best expected = {.model = model};
    struct best got = {.model = model};
    query.least = query.scale = 0;
    for (uint32_t i = 0; i < RECORDS; i++) {
        uint32_t worth = record_open(model, &model->records[i], &query)
                             ? brute_worth(&model->records[i], &query)
                             : 0;
        if (worth)
            best_add(&expected, counts_of(model, i, worth), i);
    }
    index_search(model->index, model->room, &query, on_best, &got);
    assert_int_equal(got.count, expected.count);
    for (uint32_t i = 0; i < got.count; i++)
        assert_int_equal(got.items[i].handle, expected.items[i].handle);
}

/* -- runs ----------------------------------------------------------------------------------------
 */

static struct model model_create(uint64_t seed, enum index_side side, unsigned terms_most)
{
    struct model model = {.random = seed, .side = side, .terms_most = terms_most};
    model.index = index_create(side, SKILLS);
    model.room = index_room_create();
    model.records = calloc(RECORDS, sizeof *model.records);
    assert_true(model.index && model.room && model.records);
    return model;
}

static void model_free(struct model *model)
{
    index_free(model->index);
    index_room_free(model->room);
    free(model->records);
}

static void expect_counts(const struct model *model, size_t pages_least, size_t pages_most)
{
    struct index_counts counts;
    size_t live = 0;
    for (uint32_t i = 0; i < RECORDS; i++)
        live += model->records[i].live;
    index_count(model->index, &counts);
    assert_int_equal(counts.records, live);
    assert_in_range(counts.pages, pages_least, pages_most);
    assert_true(counts.bytes > counts.pages * 1000);
}

static void changes_and_questions(struct model *model, int changes, int stay_percent)
{
    for (int i = 0; i < changes; i++) {
        change_one(model, stay_percent);
        if (i % 100 == 0) {
            expect_all_seen(model);
            expect_best(model);
        }
    }
}

/* Fills, changes, empties down to nothing, and fills again. */
static void run_random(uint64_t seed, enum index_side side, unsigned terms_most, bool alike)
{
    struct model model = model_create(seed, side, terms_most);
    model.alike = alike;
    expect_all_seen(&model);
    changes_and_questions(&model, 9000, 90);
    expect_counts(&model, 3, 40);
    changes_and_questions(&model, 9000, 10);
    for (uint32_t i = 0; i < RECORDS; i++)
        if (model.records[i].live)
            record_remove(&model, i);
    expect_counts(&model, 1, 1);
    expect_all_seen(&model);
    changes_and_questions(&model, 2000, 90);
    model_free(&model);
}

static void offers_are_found(void **state)
{
    (void)state;
    run_random(1, INDEX_OFFERS, 20, false);
    run_random(2, INDEX_OFFERS, 20, true);
}

static void learners_are_found(void **state)
{
    (void)state;
    run_random(3, INDEX_LEARNERS, 20, false);
    run_random(4, INDEX_LEARNERS, 20, true);
}

/* Pages are full of postings long before they are full of records. */
static void long_records_are_found(void **state)
{
    (void)state;
    run_random(5, INDEX_LEARNERS, INDEX_TERMS_MAX, false);
}

static void a_new_seed_is_found(void **state)
{
    (void)state;
    uint64_t seed = (uint64_t)time(NULL);
    print_message("seed %llu\n", (unsigned long long)seed);
    run_random(seed, seed % 2 ? INDEX_OFFERS : INDEX_LEARNERS, 1 + (unsigned)(seed % 40),
               seed % 3 == 0);
}

/* Who has no place is nowhere on the map; neither is the place that one leaves behind. */
static void who_had_no_place_leaves_nothing_behind(void **state)
{
    (void)state;
    struct model model = model_create(6, INDEX_OFFERS, 1);
    const struct index_term term = {.skill = 3, .grade = 1};
    struct index_front nowhere = {.gate = {.latitude = NOWHERE, .contracts = 1, .remotes = 1},
                                  .day = INT32_MAX};
    struct index_front front = nowhere;
    front.gate.latitude = 50000000;
    front.gate.longitude = 3000000;
    assert_true(index_put(model.index, 0, &nowhere, 1, &term, 1));
    assert_true(index_put(model.index, 1, &front, 1, &term, 1));
    index_remove(model.index, 0, &term, 1);
    model.records[1] =
        (struct record){.live = true, .front = front, .factor = 1, .terms = {term}, .count = 1};
    struct index_demand demand = {.skill = 3, .worth = {[1] = 5}};
    struct index_query query = {.front = front, .demands = &demand, .count = 1};
    query.front.gate.radius = 1000;
    struct seen *seen = calloc(1, sizeof *seen);
    assert_non_null(seen);
    seen->model = &model;
    index_search(model.index, model.room, &query, on_seen, seen);
    expect_seen(&model, &query, seen);
    assert_true(seen->visited[1]);
    free(seen);
    model_free(&model);
}

/* However often all of it changes, no more pages stay than records need. */
static void memory_is_bounded(void **state)
{
    (void)state;
    struct model model = model_create(4, INDEX_OFFERS, 10);
    struct index_counts first;
    struct index_counts last;
    for (uint32_t i = 0; i < RECORDS; i++)
        record_put(&model, i);
    index_count(model.index, &first);
    for (int i = 0; i < 10 * RECORDS; i++)
        change_one(&model, 100);
    index_count(model.index, &last);
    assert_true(last.bytes < 2 * first.bytes);
    model_free(&model);
    index_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offers_are_found),
        cmocka_unit_test(learners_are_found),
        cmocka_unit_test(long_records_are_found),
        cmocka_unit_test(a_new_seed_is_found),
        cmocka_unit_test(who_had_no_place_leaves_nothing_behind),
        cmocka_unit_test(memory_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
