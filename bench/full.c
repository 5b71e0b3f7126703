#include "full.h"

#include "matching/referential_build.h"
#include "measure.h"

#include <stdio.h>
#include <string.h>

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
    for (int i = 0; built && i < FULL_ROLES; i++)
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
    for (int i = 0; full->referential && i < FULL_ROLES; i++) {
        int length = snprintf(id, sizeof id, "r%d", i);
        full->roles[i] = referential_role(full->referential, id, (size_t)length);
    }
    return full->referential != NULL;
}

bool full_open(struct full *full)
{
    memset(full, 0, sizeof *full);
    if (full_referential(full))
        full->board = board_create(full->referential);
    return full->board != NULL;
}

void full_close(struct full *full)
{
    board_free(full->board);
    referential_close(full->referential);
    free(full->bytes);
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

struct learner_profile *full_learner(const struct full *full, const struct synthetic *learners,
                                     uint32_t record)
{
    static struct learner_facts facts;
    uint64_t random = record + (UINT64_C(1) << 32);
    learner_facts_start(&facts);
    facts.number = record + 1;
    facts.today = FULL_TODAY;
    for (uint32_t i = learners->starts[record]; i < learners->starts[record + 1]; i++)
        facts.claims[facts.claim_count++] = (struct fact_claim){
            full->skills[learners->skills[i]], learners->values[i],
            (uint8_t)(FACT_DECLARED + measure_random(&random) % (FACT_EVIDENCE_END - 1))};
    facts.role_count = (unsigned)(measure_random(&random) % 4);
    for (unsigned i = 0; i < facts.role_count; i++)
        facts.roles[i] = full->roles[measure_random(&random) % FULL_ROLES];
    facts.place = place_of(learners, record);
    facts.radius_km = learners->radius[record] / 1000;
    facts.contracts = learners->contracts[record];
    if (measure_random(&random) % 3 == 0)
        facts.available_from = FULL_TODAY + (int32_t)(measure_random(&random) % 60);
    return learner_profile_create(&facts, full->referential);
}

struct offer_profile *full_offer(const struct full *full, const struct synthetic *offers,
                                 uint32_t record)
{
    static struct offer_facts facts;
    uint64_t random = record + (UINT64_C(2) << 32);
    offer_facts_start(&facts);
    facts.number = record + 1;
    facts.today = FULL_TODAY;
    for (uint32_t i = offers->starts[record]; i < offers->starts[record + 1]; i++)
        facts.requirements[facts.requirement_count++] =
            (struct fact_requirement){full->skills[offers->skills[i]],
                                      (uint8_t)(1 + measure_random(&random) % FACT_LEVEL_MAX),
                                      measure_random(&random) % 5 < 2};
    facts.role = full->roles[measure_random(&random) % FULL_ROLES];
    facts.place = place_of(offers, record);
    facts.contract = (uint8_t)(offers->contracts[record] + 1);
    if (measure_random(&random) % 3 == 0)
        facts.starts_on = FULL_TODAY + (int32_t)(measure_random(&random) % 60);
    return offer_profile_create(&facts, full->referential);
}
