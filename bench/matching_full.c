/* matching_full offers|learners DIRECTORY [RUNS]: the product's score on the synthetic load,
 * through a board, in turn with the plain one. One line of JSON on stdout. See README.md.
 *
 * What the load does not say is added, the same for every run: a graph in which every fifth skill
 * has four narrower ones and is related to the one of the next five; evidence and levels; a role
 * for each offer and up to three wished for by a learner; days for a third of both. */
#include "matching/board.h"
#include "matching/referential_build.h"
#include "measure.h"
#include "plain.h"

#include <stdio.h>
#include <string.h>

enum { RUNS = 3, ASKERS = 200, CHECKED = 5, ROLES = 500, TODAY = 20000 };

struct full {
    void *bytes;
    struct referential *referential;
    struct board *board;
    int32_t skills[SYNTHETIC_SKILLS]; /* of the referential, by the load's */
    int32_t roles[ROLES];
};

/* -- the graph -----------------------------------------------------------------------------------
 */

static bool build_skill(struct referential_build *build, int skill)
{
    char id[16];
    char other[16];
    snprintf(id, sizeof id, "s%d", skill);
    if (!referential_build_skill(build, id, id, NULL))
        return false;
    if (skill % 5 > 0) {
        snprintf(other, sizeof other, "s%d", skill - skill % 5);
        return referential_build_skill_link(build, id, other, LINK_BROADER);
    }
    snprintf(other, sizeof other, "s%d", skill - 5);
    return skill == 0 || referential_build_skill_link(build, id, other, LINK_RELATED);
}

static bool build_role(struct referential_build *build, int role)
{
    char id[16];
    char skill[16];
    snprintf(id, sizeof id, "r%d", role);
    bool built = referential_build_role(build, id, NULL, id, NULL);
    for (int i = 0; built && i < 12; i++) {
        snprintf(skill, sizeof skill, "s%d", (role * 27 + i * 5) % SYNTHETIC_SKILLS);
        built = referential_build_role_skill(build, id, skill, true, 2);
    }
    snprintf(skill, sizeof skill, "r%d", role > 0 ? role - 1 : 0);
    return built && (role == 0 || referential_build_role_link(build, id, skill, 128));
}

static bool full_referential(struct full *full)
{
    struct referential_build *build = referential_build_create();
    char hash[REFERENTIAL_HASH_SIZE];
    char id[16];
    size_t size = 0;
    const char *reason = NULL;
    struct referential_counts counts;
    bool built = build != NULL;
    for (int i = 0; built && i < SYNTHETIC_SKILLS; i++)
        built = build_skill(build, i);
    for (int i = 0; built && i < ROLES; i++)
        built = build_role(build, i);
    if (built)
        full->bytes = referential_build_finish(build, &size, hash, &counts);
    referential_build_free(build);
    if (full->bytes)
        full->referential = referential_open(full->bytes, size, &reason);
    for (int i = 0; full->referential && i < SYNTHETIC_SKILLS; i++) {
        int length = snprintf(id, sizeof id, "s%d", i);
        full->skills[i] = referential_skill(full->referential, id, (size_t)length);
    }
    for (int i = 0; full->referential && i < ROLES; i++) {
        int length = snprintf(id, sizeof id, "r%d", i);
        full->roles[i] = referential_role(full->referential, id, (size_t)length);
    }
    return full->referential != NULL;
}

/* -- profiles ------------------------------------------------------------------------------------
 */

static struct fact_place place_of(const struct synthetic *records, uint32_t record)
{
    /* As the generator has it: a flat map about 50 north, 2.8 east. */
    return (struct fact_place){
        .known = true,
        .latitude = 50000000 + (int32_t)((int64_t)records->north[record] * 1000000 / 111195),
        .longitude = 2800000 + (int32_t)((int64_t)records->east[record] * 1000000 / 71475)};
}

static struct learner_profile *learner_make(const struct full *full,
                                            const struct synthetic *learners, uint32_t record)
{
    static struct learner_facts facts;
    uint64_t random = record + (UINT64_C(1) << 32);
    learner_facts_start(&facts);
    facts.number = record + 1;
    facts.today = TODAY;
    for (uint32_t i = learners->starts[record]; i < learners->starts[record + 1]; i++)
        facts.claims[facts.claim_count++] = (struct fact_claim){
            full->skills[learners->skills[i]], learners->values[i],
            (uint8_t)(FACT_DECLARED + measure_random(&random) % (FACT_EVIDENCE_END - 1))};
    facts.role_count = (unsigned)(measure_random(&random) % 4);
    for (unsigned i = 0; i < facts.role_count; i++)
        facts.roles[i] = full->roles[measure_random(&random) % ROLES];
    facts.place = place_of(learners, record);
    facts.radius_km = learners->radius[record] / 1000;
    facts.contracts = learners->contracts[record];
    if (measure_random(&random) % 3 == 0)
        facts.available_from = TODAY + (int32_t)(measure_random(&random) % 60);
    return learner_profile_create(&facts, full->referential);
}

static struct offer_profile *offer_make(const struct full *full, const struct synthetic *offers,
                                        uint32_t record)
{
    static struct offer_facts facts;
    uint64_t random = record + (UINT64_C(2) << 32);
    offer_facts_start(&facts);
    facts.number = record + 1;
    facts.today = TODAY;
    for (uint32_t i = offers->starts[record]; i < offers->starts[record + 1]; i++)
        facts.requirements[facts.requirement_count++] =
            (struct fact_requirement){full->skills[offers->skills[i]],
                                      (uint8_t)(1 + measure_random(&random) % FACT_LEVEL_MAX),
                                      measure_random(&random) % 5 < 2};
    facts.role = full->roles[measure_random(&random) % ROLES];
    facts.place = place_of(offers, record);
    facts.contract = (uint8_t)(offers->contracts[record] + 1);
    if (measure_random(&random) % 3 == 0)
        facts.starts_on = TODAY + (int32_t)(measure_random(&random) % 60);
    return offer_profile_create(&facts, full->referential);
}

static bool full_put(struct full *full, const struct plain *plain, uint32_t record)
{
    if (plain->side == INDEX_OFFERS) {
        struct offer_profile *offer = offer_make(full, &plain->offers, record);
        return offer && board_put_offer(full->board, record + 1, offer);
    }
    struct learner_profile *learner = learner_make(full, &plain->learners, record);
    return learner && board_put_learner(full->board, record + 1, learner);
}

static bool full_open(struct full *full, const struct plain *plain)
{
    memset(full, 0, sizeof *full);
    if (!full_referential(full) || !(full->board = board_create(full->referential)))
        return false;
    bool put = true;
    board_load_begin(full->board);
    for (uint32_t i = 0; put && i < plain_records(plain)->count; i++)
        put = full_put(full, plain, i);
    board_load_end(full->board);
    return put;
}

/* -- asking --------------------------------------------------------------------------------------
 */

union asker {
    struct learner_profile *learner;
    struct offer_profile *offer;
};

static bool full_search(const struct full *full, enum index_side side, union asker asker,
                        struct board_best *best)
{
    return side == INDEX_OFFERS ? board_best_offers(full->board, asker.learner, BEST, best)
                                : board_best_learners(full->board, asker.offer, BEST, best);
}

static uint64_t brute_rank(const struct full *full, const struct plain *plain, union asker asker,
                           uint32_t record)
{
    bool offers = plain->side == INDEX_OFFERS;
    struct learner_profile *learner =
        offers ? asker.learner : learner_make(full, &plain->learners, record);
    struct offer_profile *offer = offers ? offer_make(full, &plain->offers, record) : asker.offer;
    if (!learner || !offer)
        exit(1);
    struct score score = score_pair(learner, offer);
    uint64_t rank = score.total ? score_rank(score.total, record + 1, record + 1) : 0;
    if (offers)
        offer_profile_free(offer);
    else
        learner_profile_free(learner);
    return rank ? (uint64_t)score.total : 0;
}

/* The totals of the best, by brute force. */
static bool best_is_right(const struct full *full, const struct plain *plain, union asker asker,
                          const struct board_best *best)
{
    static uint32_t totals[SCORE_ONE + 1];
    uint32_t found = 0;
    memset(totals, 0, sizeof totals);
    for (uint32_t i = 0; i < plain_records(plain)->count; i++)
        totals[brute_rank(full, plain, asker, i)]++;
    for (uint32_t total = SCORE_ONE; total > 0 && found < BEST; total--)
        for (uint32_t i = 0; i < totals[total] && found < BEST; i++)
            if (found >= best->count || best->items[found++].total != total)
                return false;
    return found == best->count;
}

static double full_us(const struct full *full, const struct plain *plain, const union asker *askers,
                      uint32_t count)
{
    struct board_best best;
    double start = measure_now();
    for (uint32_t i = 0; i < count; i++)
        full_search(full, plain->side, askers[i], &best);
    return (measure_now() - start) / count * 1e6;
}

static double plain_us(const struct plain *plain, uint32_t count)
{
    struct best best;
    double start = measure_now();
    for (uint32_t i = 0; i < count; i++)
        plain_search(plain, plain->room, i, NULL, &best);
    return (measure_now() - start) / count * 1e6;
}

static int measure(const struct full *full, const struct plain *plain, const union asker *askers,
                   uint32_t count, int runs)
{
    int wrong = 0;
    double whole[100];
    double simple[100];
    double shares[100];
    for (uint32_t i = 0; i < count && i < CHECKED; i++) {
        struct board_best best;
        wrong += !full_search(full, plain->side, askers[i], &best) ||
                 !best_is_right(full, plain, askers[i], &best);
    }
    for (int run = 0; run < runs; run++) {
        simple[run] = plain_us(plain, count);
        whole[run] = full_us(full, plain, askers, count);
        shares[run] = whole[run] / simple[run];
    }
    printf("{\"unlike_brute_force\": %d, \"full_us\": %.2f", wrong,
           measure_quantile(whole, (size_t)runs, 0.5));
    printf(", \"plain_us\": %.2f", measure_quantile(simple, (size_t)runs, 0.5));
    printf(", \"times\": %.3f}\n", measure_quantile(shares, (size_t)runs, 0.5));
    return wrong > 0;
}

static int run(const char *directory, enum index_side side, int runs)
{
    static struct full full;
    static struct plain plain;
    union asker askers[ASKERS];
    if (!plain_open(&plain, directory, side) || !full_open(&full, &plain))
        return 1;
    uint32_t count = plain_askers(&plain)->count;
    count = count < ASKERS ? count : ASKERS;
    for (uint32_t i = 0; i < count; i++) {
        if (side == INDEX_OFFERS)
            askers[i].learner = learner_make(&full, &plain.learners, i);
        else
            askers[i].offer = offer_make(&full, &plain.offers, i);
        if (!askers[i].learner)
            return 1;
    }
    return measure(&full, &plain, askers, count, runs);
}

int main(int argc, char **argv)
{
    int runs = argc == 4 ? atoi(argv[3]) : RUNS;
    if (argc < 3 || argc > 4 || runs < 1 || runs > 100) {
        fprintf(stderr, "matching_full offers|learners DIRECTORY [RUNS]\n");
        return 2;
    }
    return run(argv[2], strcmp(argv[1], "learners") == 0 ? INDEX_LEARNERS : INDEX_OFFERS, runs);
}
