/* A board against the plainest thing that could stand for it: every pair scored and sorted. */
#include "matching_support.h"

#include "matching/board.h"

#include <time.h>

enum { LEARNERS = 200, OFFERS = 120, SKILLS = 60, ROLES = 12, DAY_FIRST = 20000 };

struct learner_model {
    bool live, erased;
    struct learner_facts facts;
    struct learner_profile *profile; /* as compiled last */
};
struct offer_model {
    bool live, erased;
    struct offer_facts facts;
    struct offer_profile *profile;
};
struct shown {
    size_t size;
    uint8_t packed[BOARD_SHOWN * 8];
};

struct model {
    uint64_t random;
    int variety; /* of skills and values; a small one makes ties */
    int32_t today;
    struct referential *referential;
    struct board *board;
    struct learner_model learners[LEARNERS];
    struct offer_model offers[OFFERS];
    struct shown mirror_learners[LEARNERS]; /* kept by increments alone */
    struct shown mirror_offers[OFFERS];
    size_t increments;
};

/* Numbers far apart, up to the largest. */
static uint64_t number_of(int position)
{
    return ((UINT64_C(1) << 48) - 1) - (uint64_t)position * UINT64_C(0x10000001d);
}

static int position_of(uint64_t number)
{
    return (int)((((UINT64_C(1) << 48) - 1) - number) / UINT64_C(0x10000001d));
}

/* -- random records ------------------------------------------------------------------------------
 */

static struct fact_place random_place(struct model *model)
{
    struct fact_place place = {.known = support_chance(&model->random, 60)};
    if (place.known) {
        place.latitude = 50000000 + support_between(&model->random, 0, model->variety) * 20000;
        place.longitude = 3000000 + support_between(&model->random, 0, model->variety) * 20000;
    }
    return place;
}

static void random_learner(struct model *model, struct learner_facts *facts, uint64_t number)
{
    uint64_t *random = &model->random;
    learner_facts_start(facts);
    facts->number = number;
    facts->claim_count = (unsigned)support_between(random, 0, 12);
    for (unsigned i = 0; i < facts->claim_count; i++)
        facts->claims[i] = (struct fact_claim){support_between(random, -1, model->variety),
                                               (uint8_t)support_between(random, 1, 4),
                                               (uint8_t)support_between(random, 1, 5)};
    facts->role_count = (unsigned)support_between(random, 0, 3);
    for (unsigned i = 0; i < facts->role_count; i++)
        facts->roles[i] = support_between(random, 0, ROLES - 1);
    facts->place = random_place(model);
    facts->radius_km = support_between(random, 0, 90);
    if (support_chance(random, 30))
        facts->contracts = (uint32_t)support_between(random, 1, 7);
    if (support_chance(random, 10))
        facts->available_from = model->today + support_between(random, -10, 60);
    if (support_chance(random, 10))
        facts->of_age_on = model->today + support_between(random, -5, 20);
    facts->authorisation_count = (unsigned)support_between(random, 0, 2);
    for (unsigned i = 0; i < facts->authorisation_count; i++)
        facts->authorisations[i] = (struct fact_authorisation){
            (uint8_t)support_between(random, 1, 2), model->today + support_between(random, -5, 30)};
}

static void random_offer(struct model *model, struct offer_facts *facts, uint64_t number)
{
    uint64_t *random = &model->random;
    offer_facts_start(facts);
    facts->number = number;
    facts->requirement_count = (unsigned)support_between(random, 0, 8);
    for (unsigned i = 0; i < facts->requirement_count; i++)
        facts->requirements[i] = (struct fact_requirement){
            support_between(random, -1, model->variety), (uint8_t)support_between(random, 1, 4),
            support_chance(random, 40)};
    if (support_chance(random, 80))
        facts->role = support_between(random, 0, ROLES - 1);
    facts->place = random_place(model);
    if (support_chance(random, 70))
        facts->contract = (uint8_t)support_between(random, 1, 3);
    facts->remote = (uint8_t)support_between(random, 1, 3);
    facts->remote_full = facts->remote == 3;
    facts->adults_only = support_chance(random, 20);
    if (support_chance(random, 10))
        facts->authorisations = (uint32_t)support_between(random, 1, 3);
    if (support_chance(random, 30))
        facts->starts_on = model->today + support_between(random, -5, 40);
    if (support_chance(random, 20))
        facts->closes_on = model->today + support_between(random, -1, 15);
}

/* -- the same done to the model and to the board -------------------------------------------------
 */

static struct learner_profile *learner_made(struct model *model, int position)
{
    struct learner_model *learner = &model->learners[position];
    learner->facts.today = model->today;
    struct learner_profile *profile = learner_profile_create(&learner->facts, model->referential);
    assert_non_null(profile);
    return profile;
}

static struct offer_profile *offer_made(struct model *model, int position)
{
    struct offer_model *offer = &model->offers[position];
    offer->facts.today = model->today;
    struct offer_profile *profile = offer_profile_create(&offer->facts, model->referential);
    assert_non_null(profile);
    return profile;
}

static void put_learner(struct model *model, int position)
{
    struct learner_model *learner = &model->learners[position];
    learner->live = true;
    learner_profile_free(learner->profile);
    learner->profile = learner_made(model, position);
    assert_true(
        board_put_learner(model->board, number_of(position), learner_made(model, position)));
}

static void put_offer(struct model *model, int position)
{
    struct offer_model *offer = &model->offers[position];
    offer->live = true;
    offer_profile_free(offer->profile);
    offer->profile = offer_made(model, position);
    assert_true(board_put_offer(model->board, number_of(position), offer_made(model, position)));
}

static void change_learner(struct model *model, int position)
{
    struct learner_model *learner = &model->learners[position];
    int what = support_between(&model->random, 1, 100);
    if (learner->erased)
        return;
    if (what <= 25) {
        learner->live = false;
        learner->erased = what <= 2;
        board_remove_learner(model->board, number_of(position));
        return;
    }
    if (what <= 80 || !learner->profile) /* else as it was: reopened, or said again */
        random_learner(model, &learner->facts, number_of(position));
    put_learner(model, position);
}

static void change_offer(struct model *model, int position)
{
    struct offer_model *offer = &model->offers[position];
    int what = support_between(&model->random, 1, 100);
    if (offer->erased)
        return;
    if (what <= 25) {
        offer->live = false;
        offer->erased = what <= 2;
        board_remove_offer(model->board, number_of(position));
        return;
    }
    if (what <= 80 || !offer->profile)
        random_offer(model, &offer->facts, number_of(position));
    put_offer(model, position);
}

static void change_some(struct model *model, int count)
{
    for (int i = 0; i < count; i++) {
        if (support_chance(&model->random, 50))
            change_learner(model, support_between(&model->random, 0, LEARNERS - 1));
        else
            change_offer(model, support_between(&model->random, 0, OFFERS - 1));
    }
}

static bool learner_same(const struct learner_profile *one, const struct learner_profile *other)
{
    size_t size = learner_profile_size(one);
    return size == learner_profile_size(other) && memcmp(one, other, size) == 0;
}

static bool offer_same(const struct offer_profile *one, const struct offer_profile *other)
{
    size_t size = offer_profile_size(one);
    return size == offer_profile_size(other) && memcmp(one, other, size) == 0;
}

/* A new day: what said that it would change is compiled again; the rest must not have changed. */
static void change_day(struct model *model)
{
    model->today += support_between(&model->random, 1, 6);
    for (int i = 0; i < LEARNERS; i++) {
        if (!model->learners[i].live)
            continue;
        struct learner_profile *now = learner_made(model, i);
        if (learner_profile_changes_on(model->learners[i].profile) > model->today)
            assert_true(learner_same(now, model->learners[i].profile));
        else
            put_learner(model, i);
        learner_profile_free(now);
    }
    for (int i = 0; i < OFFERS; i++) {
        if (!model->offers[i].live)
            continue;
        struct offer_profile *now = offer_made(model, i);
        if (offer_profile_changes_on(model->offers[i].profile) > model->today)
            assert_true(offer_same(now, model->offers[i].profile));
        else
            put_offer(model, i);
        offer_profile_free(now);
    }
}

/* -- brute force ---------------------------------------------------------------------------------
 */

struct scored {
    uint64_t rank, number;
};

static int scored_compare(const void *one, const void *other)
{
    const struct scored *a = one;
    const struct scored *b = other;
    assert_true(a == b || a->rank != b->rank);
    return a->rank < b->rank ? 1 : -1;
}

static bool learner_counts(const struct learner_model *learner)
{
    return learner->live;
}

static bool offer_counts(const struct offer_model *offer)
{
    return offer->live && !offer_profile_closed(offer->profile);
}

static size_t score_both(const struct model *model, int learner, int offer, uint64_t other,
                         struct scored *scored)
{
    struct score score = score_pair(model->learners[learner].profile, model->offers[offer].profile);
    if (!score.total)
        return 0;
    scored->rank = score_rank(score.total, number_of(learner), number_of(offer));
    scored->number = other;
    return 1;
}

static struct shown brute_shown(struct scored *scored, size_t count)
{
    struct shown shown = {0};
    qsort(scored, count, sizeof *scored, scored_compare);
    for (size_t i = 0; i < count && i < BOARD_SHOWN; i++) {
        uint64_t word = scored[i].rank >> 48 << 48 | scored[i].number;
        for (int byte = 7; byte >= 0; byte--, word >>= 8)
            shown.packed[i * 8 + (size_t)byte] = (uint8_t)word;
        shown.size += 8;
    }
    return shown;
}

static struct shown brute_learner(const struct model *model, int learner)
{
    struct scored scored[OFFERS];
    size_t count = 0;
    if (learner_counts(&model->learners[learner]))
        for (int i = 0; i < OFFERS; i++)
            if (offer_counts(&model->offers[i]))
                count += score_both(model, learner, i, number_of(i), &scored[count]);
    return brute_shown(scored, count);
}

static struct shown brute_offer(const struct model *model, int offer)
{
    struct scored scored[LEARNERS];
    size_t count = 0;
    if (offer_counts(&model->offers[offer]))
        for (int i = 0; i < LEARNERS; i++)
            if (learner_counts(&model->learners[i]))
                count += score_both(model, i, offer, number_of(i), &scored[count]);
    return brute_shown(scored, count);
}

static void expect_shown(const struct shown *got, const struct shown *expected)
{
    assert_int_equal(got->size, expected->size);
    assert_memory_equal(got->packed, expected->packed, expected->size);
}

static struct shown board_shown(const struct model *model, char letter, int position)
{
    struct shown shown = {0};
    shown.size = board_pack(model->board, letter, number_of(position), shown.packed);
    return shown;
}

static void expect_learners_converged(const struct model *model)
{
    for (int i = 0; i < LEARNERS; i++) {
        struct shown expected = brute_learner(model, i);
        struct shown got = board_shown(model, 'L', i);
        expect_shown(&got, &expected);
    }
}

static void expect_offers_converged(const struct model *model)
{
    for (int i = 0; i < OFFERS; i++) {
        struct shown expected = brute_offer(model, i);
        struct shown got = board_shown(model, 'O', i);
        expect_shown(&got, &expected);
    }
}

static void expect_converged(const struct model *model)
{
    expect_learners_converged(model);
    expect_offers_converged(model);
}

/* What is computed for a profile alone is what the board shows, whether it holds the profile or
 * not. */
static void expect_best(const struct board_best *best, uint32_t limit, struct shown expected)
{
    expected.size = expected.size < limit * 8 ? expected.size : limit * 8;
    struct shown got = {.size = best->count * 8};
    for (uint32_t i = 0; i < best->count; i++) {
        uint64_t word = (uint64_t)best->items[i].total << 48 | best->items[i].number;
        for (int byte = 7; byte >= 0; byte--, word >>= 8)
            got.packed[i * 8 + (uint32_t)byte] = (uint8_t)word;
    }
    expect_shown(&got, &expected);
}

static void expect_best_of_some(struct model *model)
{
    struct board_best best;
    uint32_t limit = (uint32_t)support_between(&model->random, 1, BOARD_SHOWN);
    int learner = support_between(&model->random, 0, LEARNERS - 1);
    int offer = support_between(&model->random, 0, OFFERS - 1);
    if (learner_counts(&model->learners[learner])) {
        struct shown expected = brute_learner(model, learner);
        assert_true(
            board_best_offers(model->board, model->learners[learner].profile, limit, &best));
        expect_best(&best, limit, expected);
    }
    if (offer_counts(&model->offers[offer])) {
        struct shown expected = brute_offer(model, offer);
        assert_true(board_best_learners(model->board, model->offers[offer].profile, limit, &best));
        expect_best(&best, limit, expected);
    }
}

/* -- increments ----------------------------------------------------------------------------------
 */

/* Takes one change into the mirror; it must be one. */
static bool mirror_next(struct model *model)
{
    char letter;
    uint64_t number;
    if (!board_next_changed(model->board, &letter, &number))
        return false;
    int position = position_of(number);
    assert_int_equal(number_of(position), number);
    struct shown *kept =
        letter == 'L' ? &model->mirror_learners[position] : &model->mirror_offers[position];
    struct shown now = board_shown(model, letter, position);
    assert_false(now.size == kept->size && memcmp(now.packed, kept->packed, now.size) == 0);
    *kept = now;
    model->increments++;
    return true;
}

static void expect_mirror_equal(struct model *model)
{
    while (mirror_next(model)) {
    }
    for (int i = 0; i < LEARNERS; i++) {
        struct shown now = board_shown(model, 'L', i);
        expect_shown(&model->mirror_learners[i], &now);
    }
    for (int i = 0; i < OFFERS; i++) {
        struct shown now = board_shown(model, 'O', i);
        expect_shown(&model->mirror_offers[i], &now);
    }
}

/* -- runs ----------------------------------------------------------------------------------------
 */

static struct model *model_create(uint64_t seed, int variety, struct referential *referential)
{
    struct model *model = calloc(1, sizeof *model);
    assert_non_null(model);
    model->random = seed;
    model->variety = variety;
    model->today = DAY_FIRST;
    model->referential = referential;
    model->board = board_create(referential);
    assert_non_null(model->board);
    return model;
}

static void model_free(struct model *model)
{
    for (int i = 0; i < LEARNERS; i++)
        learner_profile_free(model->learners[i].profile);
    for (int i = 0; i < OFFERS; i++)
        offer_profile_free(model->offers[i].profile);
    board_free(model->board);
    free(model);
}

static void model_fill(struct model *model)
{
    for (int i = 0; i < LEARNERS; i++) {
        random_learner(model, &model->learners[i].facts, number_of(i));
        put_learner(model, i);
    }
    for (int i = 0; i < OFFERS; i++) {
        random_offer(model, &model->offers[i].facts, number_of(i));
        put_offer(model, i);
    }
}

static void run_random(uint64_t seed, int variety, int batches)
{
    struct support_catalogue catalogue = support_catalogue_regular(SKILLS, ROLES);
    struct model *model = model_create(seed, variety, catalogue.referential);
    for (int batch = 0; batch < batches; batch++) {
        int kind = support_between(&model->random, 1, 100);
        if (kind <= 10) {
            change_day(model);
        } else if (kind <= 20) {
            board_load_begin(model->board);
            change_some(model, support_between(&model->random, 0, 150));
            board_load_end(model->board);
        } else {
            change_some(model, support_between(&model->random, 1, 60));
        }
        if (kind % 3 == 0) /* an owner that was interrupted while it took changes */
            for (int i = support_between(&model->random, 0, 40); i > 0 && mirror_next(model); i--) {
            }
        else
            expect_mirror_equal(model);
        expect_converged(model);
        for (int i = 0; i < 10; i++)
            expect_best_of_some(model);
    }
    expect_mirror_equal(model);
    assert_true(model->increments > 0);
    model_free(model);
    support_catalogue_close(&catalogue);
}

static void random_changes_converge(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++)
        run_random(seed, SKILLS - 1, 25);
}

static void random_changes_with_ties_converge(void **state)
{
    (void)state;
    for (uint64_t seed = 11; seed <= 14; seed++)
        run_random(seed, 3, 25);
}

static void a_new_seed_converges(void **state)
{
    (void)state;
    uint64_t seed = (uint64_t)time(NULL);
    print_message("seed %llu\n", (unsigned long long)seed);
    run_random(seed, 1 + (int)(seed % (SKILLS - 1)), 25);
}

/* Makes a pair of everybody with everybody. */
static void model_fill_alike(struct model *model)
{
    for (int i = 0; i < LEARNERS; i++) {
        struct learner_facts *facts = &model->learners[i].facts;
        learner_facts_start(facts);
        facts->number = number_of(i);
        facts->claims[0] = (struct fact_claim){0, (uint8_t)(1 + i % 4), (uint8_t)(1 + i % 5)};
        facts->claim_count = 1;
        put_learner(model, i);
    }
    for (int i = 0; i < OFFERS; i++) {
        struct offer_facts *facts = &model->offers[i].facts;
        offer_facts_start(facts);
        facts->number = number_of(i);
        facts->requirements[0] = (struct fact_requirement){0, (uint8_t)(1 + i % 4), true};
        facts->requirement_count = 1;
        put_offer(model, i);
    }
}

/* The best one of the first list that shows any. */
static int most_popular(const struct model *model, char letter)
{
    int count = letter == 'L' ? LEARNERS : OFFERS;
    for (int i = 0; i < count; i++) {
        struct shown shown = board_shown(model, letter, i);
        uint64_t number = 0;
        for (int byte = 2; shown.size && byte < 8; byte++)
            number = number << 8 | shown.packed[byte];
        if (shown.size)
            return position_of(number);
    }
    return -1;
}

/* Leaves for good, or stays and no longer matches anybody. */
static void learner_leaves(struct model *model, int learner, bool stays)
{
    if (stays) {
        model->learners[learner].facts.claim_count = 0;
        put_learner(model, learner);
    } else {
        model->learners[learner].live = false;
        board_remove_learner(model->board, number_of(learner));
    }
}

static void offer_leaves(struct model *model, int offer, bool stays)
{
    if (stays) {
        model->offers[offer].facts.requirement_count = 0;
        put_offer(model, offer);
    } else {
        model->offers[offer].live = false;
        board_remove_offer(model->board, number_of(offer));
    }
}

static void popular_learners_leave(void **state)
{
    (void)state;
    struct support_catalogue catalogue = support_catalogue_regular(SKILLS, ROLES);
    struct model *model = model_create(7, 1, catalogue.referential);
    model_fill_alike(model);
    for (int i = 0; i < LEARNERS - 10; i++) {
        learner_leaves(model, most_popular(model, 'O'), i % 4 == 0);
        expect_offers_converged(model);
    }
    struct board_counts counts;
    board_count(model->board, &counts);
    assert_true(counts.searches >= OFFERS);
    expect_learners_converged(model);
    expect_mirror_equal(model);
    model_free(model);
    support_catalogue_close(&catalogue);
}

static void popular_offers_leave(void **state)
{
    (void)state;
    struct support_catalogue catalogue = support_catalogue_regular(SKILLS, ROLES);
    struct model *model = model_create(7, 1, catalogue.referential);
    model_fill_alike(model);
    for (int i = 0; i < OFFERS - 5; i++) {
        offer_leaves(model, most_popular(model, 'L'), i % 4 == 0);
        expect_learners_converged(model);
    }
    struct board_counts counts;
    board_count(model->board, &counts);
    assert_true(counts.searches >= LEARNERS);
    expect_offers_converged(model);
    expect_mirror_equal(model);
    model_free(model);
    support_catalogue_close(&catalogue);
}

static void loading_gives_the_same_as_one_by_one(void **state)
{
    (void)state;
    struct support_catalogue catalogue = support_catalogue_regular(SKILLS, ROLES);
    struct model *model = model_create(5, SKILLS - 1, catalogue.referential);
    board_load_begin(model->board);
    model_fill(model);
    assert_int_equal(board_shown(model, 'L', 0).size, 0);
    board_load_end(model->board);
    expect_converged(model);
    expect_mirror_equal(model);
    size_t before = model->increments;
    /* Loaded again over what is there: nothing changes, and nothing is said to. */
    board_load_begin(model->board);
    model_fill_alike(model);
    for (int i = 0; i < LEARNERS; i++)
        board_remove_learner(model->board, number_of(i));
    model->random = 5;
    model_fill(model);
    board_load_end(model->board);
    expect_converged(model);
    expect_mirror_equal(model);
    assert_int_equal(model->increments, before);
    model_free(model);
    support_catalogue_close(&catalogue);
}

static void a_record_gone_and_back_is_no_change(void **state)
{
    (void)state;
    struct support_catalogue catalogue = support_catalogue_regular(SKILLS, ROLES);
    struct model *model = model_create(3, 1, catalogue.referential);
    model_fill_alike(model);
    expect_mirror_equal(model);
    size_t before = model->increments;
    for (int i = 0; i < 5; i++) {
        board_remove_offer(model->board, number_of(i));
        board_remove_learner(model->board, number_of(i));
    }
    for (int i = 4; i >= 0; i--) {
        put_offer(model, i);
        put_learner(model, i);
    }
    expect_mirror_equal(model);
    assert_int_equal(model->increments, before);
    /* Gone for good: its own list is said to have changed once, and packs as empty. */
    board_remove_offer(model->board, number_of(2));
    model->offers[2].live = false;
    expect_mirror_equal(model);
    assert_int_equal(model->mirror_offers[2].size, 0);
    expect_converged(model);
    model_free(model);
    support_catalogue_close(&catalogue);
}

static void unknown_and_closed_records_are_harmless(void **state)
{
    (void)state;
    struct support_catalogue catalogue = support_catalogue_regular(SKILLS, ROLES);
    struct model *model = model_create(3, 1, catalogue.referential);
    uint8_t packed[BOARD_SHOWN * 8];
    board_remove_learner(model->board, 5);
    board_remove_offer(model->board, 5);
    assert_int_equal(board_pack(model->board, 'L', 5, packed), 0);
    assert_false(mirror_next(model));
    model_fill_alike(model);
    model->offers[0].facts.closes_on = model->today - 1;
    put_offer(model, 0);
    struct board_counts counts;
    board_count(model->board, &counts);
    assert_int_equal(counts.offers, OFFERS - 1);
    assert_int_equal(counts.learners, LEARNERS);
    assert_true(counts.bytes > 0 && counts.pairs_scored > 0);
    expect_converged(model);
    model_free(model);
    support_catalogue_close(&catalogue);
    board_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_changes_converge),
        cmocka_unit_test(random_changes_with_ties_converge),
        cmocka_unit_test(a_new_seed_converges),
        cmocka_unit_test(popular_learners_leave),
        cmocka_unit_test(popular_offers_leave),
        cmocka_unit_test(loading_gives_the_same_as_one_by_one),
        cmocka_unit_test(a_record_gone_and_back_is_no_change),
        cmocka_unit_test(unknown_and_closed_records_are_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
