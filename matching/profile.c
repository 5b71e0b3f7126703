#include "profile_layout.h"
#include "score_steps.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_MINUTES = 24 * 60, DAYS_OF_WEEK = 7, HOUR_MINUTES = 60 };
enum { RADIUS_MAX_KM = 1000 };

void learner_facts_start(struct learner_facts *facts)
{
    memset(facts, 0, sizeof *facts);
    facts->radius_km = FACT_RADIUS_KM;
    facts->available_from = FACT_NO_DAY;
    facts->of_age_on = FACT_NO_DAY;
}

void offer_facts_start(struct offer_facts *facts)
{
    memset(facts, 0, sizeof *facts);
    facts->role = REFERENTIAL_NONE;
    facts->starts_on = FACT_NO_DAY;
    facts->closes_on = FACT_NO_DAY;
}

void learner_profile_free(struct learner_profile *profile)
{
    free(profile);
}

void offer_profile_free(struct offer_profile *profile)
{
    free(profile);
}

size_t learner_profile_size(const struct learner_profile *profile)
{
    return (size_t)((const char *)(profile_spoken(profile) + profile->language_count) -
                    (const char *)profile);
}

size_t offer_profile_size(const struct offer_profile *profile)
{
    return (size_t)((const char *)(profile_unknown(profile) + profile->unknown_count) -
                    (const char *)profile);
}

int32_t learner_profile_changes_on(const struct learner_profile *profile)
{
    return profile->changes_on;
}

int32_t offer_profile_changes_on(const struct offer_profile *profile)
{
    return profile->changes_on;
}

bool offer_profile_closed(const struct offer_profile *profile)
{
    return profile->closed;
}

bool offer_profile_from_role(const struct offer_profile *profile)
{
    return profile->from_role;
}

/* -- parts that both sides share -----------------------------------------------------------------
 */

static unsigned at_most(unsigned count, unsigned limit)
{
    return count < limit ? count : limit;
}

static uint8_t level_of(uint8_t level)
{
    return level >= 1 && level <= FACT_LEVEL_MAX ? level : FACT_LEVEL_DEFAULT;
}

static int32_t clamp(int32_t value, int32_t low, int32_t high)
{
    return value < low ? low : value > high ? high : value;
}

static bool skill_exists(int32_t skill, const struct referential *referential)
{
    return skill >= 0 && skill < referential_skill_count(referential);
}

static bool role_exists(int32_t role, const struct referential *referential)
{
    return role >= 0 && role < referential_role_count(referential);
}

static int span_compare(const void *one, const void *other)
{
    const struct profile_span *a = one;
    const struct profile_span *b = other;
    return a->from != b->from ? a->from - b->from : a->to - b->to;
}

/* The union of the hours, as spans that do not touch. */
static uint8_t spans_merge(const struct fact_hours *hours, unsigned count,
                           struct profile_span spans[FACT_HOURS_MAX])
{
    unsigned given = 0;
    for (unsigned i = 0; i < at_most(count, FACT_HOURS_MAX); i++) {
        if (hours[i].day < 1 || hours[i].day > DAYS_OF_WEEK || hours[i].from < 0 ||
            hours[i].to > DAY_MINUTES || hours[i].from >= hours[i].to)
            continue;
        int32_t midnight = (hours[i].day - 1) * DAY_MINUTES;
        spans[given++] = (struct profile_span){.from = (uint16_t)(midnight + hours[i].from),
                                               .to = (uint16_t)(midnight + hours[i].to)};
    }
    qsort(spans, given, sizeof *spans, span_compare);
    unsigned merged = 0;
    for (unsigned i = 0; i < given; i++) {
        if (merged && spans[i].from <= spans[merged - 1].to) {
            if (spans[i].to > spans[merged - 1].to)
                spans[merged - 1].to = spans[i].to;
        } else {
            spans[merged++] = spans[i];
        }
    }
    return (uint8_t)merged;
}

/* Each language once, at its highest level, in the order of the codes. */
static uint8_t languages_merge(const struct fact_language *languages, unsigned count,
                               struct profile_language merged[FACT_LANGUAGES_MAX])
{
    unsigned kept = 0;
    for (unsigned i = 0; i < at_most(count, FACT_LANGUAGES_MAX); i++) {
        unsigned at = 0;
        while (at < kept && memcmp(merged[at].code, languages[i].code, 2) < 0)
            at++;
        if (at < kept && memcmp(merged[at].code, languages[i].code, 2) == 0) {
            if (languages[i].level > merged[at].level)
                merged[at].level = languages[i].level;
            continue;
        }
        memmove(merged + at + 1, merged + at, (kept++ - at) * sizeof *merged);
        merged[at] = (struct profile_language){.level = languages[i].level};
        memcpy(merged[at].code, languages[i].code, 2);
    }
    return (uint8_t)kept;
}

static uint16_t set_or(uint32_t set, uint16_t otherwise)
{
    return (uint16_t)set ? (uint16_t)set : otherwise;
}

static struct gate gate_at(const struct fact_place *place)
{
    struct gate gate = {.latitude = NOWHERE};
    if (place->known) {
        gate.latitude = clamp(place->latitude, -90000000, 90000000);
        gate.longitude = clamp(place->longitude, -180000000, 180000000);
    }
    return gate;
}

/* -- learners ------------------------------------------------------------------------------------
 */

/* By skill, then the highest level, then the best evidence. */
static int claim_compare(const void *one, const void *other)
{
    const struct profile_claim *a = one;
    const struct profile_claim *b = other;
    if (a->skill != b->skill)
        return a->skill < b->skill ? -1 : 1;
    if (a->level != b->level)
        return b->level - a->level;
    return (int)evidence_percent(b->evidence) - (int)evidence_percent(a->evidence);
}

/* Leaves out claims that another one of the same skill beats in level and evidence. */
static unsigned claims_drop_weaker(struct profile_claim *claims, unsigned count)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < count; i++) {
        const struct profile_claim *last = kept ? &claims[kept - 1] : NULL;
        if (last && last->skill == claims[i].skill &&
            evidence_percent(last->evidence) >= evidence_percent(claims[i].evidence))
            continue;
        claims[kept++] = claims[i];
    }
    return kept;
}

static uint8_t claims_merge(const struct learner_facts *facts,
                            const struct referential *referential,
                            struct profile_claim claims[FACT_CLAIMS_MAX])
{
    unsigned given = 0;
    for (unsigned i = 0; i < at_most(facts->claim_count, FACT_CLAIMS_MAX); i++) {
        const struct fact_claim *claim = &facts->claims[i];
        if (!skill_exists(claim->skill, referential))
            continue;
        bool evident = claim->evidence >= FACT_DECLARED && claim->evidence < FACT_EVIDENCE_END;
        claims[given++] =
            (struct profile_claim){.skill = claim->skill,
                                   .level = level_of(claim->level),
                                   .evidence = evident ? claim->evidence : FACT_DECLARED};
    }
    qsort(claims, given, sizeof *claims, claim_compare);
    return (uint8_t)claims_drop_weaker(claims, given);
}

static int authorisation_compare(const void *one, const void *other)
{
    const struct profile_authorisation *a = one;
    const struct profile_authorisation *b = other;
    if (a->name != b->name)
        return a->name < b->name ? -1 : 1;
    return a->expires_on < b->expires_on ? 1 : a->expires_on > b->expires_on ? -1 : 0;
}

/* Those still valid today, each once with its latest expiry; the first expiry moves changes_on. */
static uint8_t authorisations_merge(const struct learner_facts *facts, int32_t *changes_on,
                                    struct profile_authorisation held[FACT_AUTHORISATIONS_MAX])
{
    unsigned given = 0;
    for (unsigned i = 0; i < at_most(facts->authorisation_count, FACT_AUTHORISATIONS_MAX); i++) {
        const struct fact_authorisation *one = &facts->authorisations[i];
        int32_t expires_on = one->expires_on == FACT_NO_DAY ? NO_EXPIRY : one->expires_on;
        if (one->name >= 1 && one->name <= 32 && expires_on >= facts->today)
            held[given++] = (struct profile_authorisation){one->name, expires_on};
    }
    qsort(held, given, sizeof *held, authorisation_compare);
    unsigned kept = 0;
    for (unsigned i = 0; i < given; i++) {
        if (kept && held[kept - 1].name == held[i].name)
            continue;
        held[kept++] = held[i];
        if (held[i].expires_on < *changes_on)
            *changes_on = held[i].expires_on + 1;
    }
    return (uint8_t)kept;
}

static uint8_t roles_merge(const struct learner_facts *facts, const struct referential *referential,
                           int32_t roles[FACT_ROLES_MAX])
{
    unsigned kept = 0;
    for (unsigned i = 0; i < at_most(facts->role_count, FACT_ROLES_MAX); i++) {
        unsigned at = 0;
        while (at < kept && roles[at] != facts->roles[i])
            at++;
        if (at == kept && role_exists(facts->roles[i], referential))
            roles[kept++] = facts->roles[i];
    }
    return (uint8_t)kept;
}

/* The lists of a learner before they are packed behind the profile. */
struct learner_lists {
    struct profile_claim claims[FACT_CLAIMS_MAX];
    struct profile_authorisation authorisations[FACT_AUTHORISATIONS_MAX];
    int32_t roles[FACT_ROLES_MAX];
    struct profile_span free[FACT_HOURS_MAX];
    struct profile_language languages[FACT_LANGUAGES_MAX];
};

static void learner_pack(struct learner_profile *profile, const struct learner_lists *lists)
{
    char *at = (char *)profile->data;
    at = mempcpy(at, lists->claims, profile->claim_count * sizeof *lists->claims);
    at = mempcpy(at, lists->authorisations,
                 profile->authorisation_count * sizeof *lists->authorisations);
    at = mempcpy(at, lists->roles, profile->role_count * sizeof *lists->roles);
    at = mempcpy(at, lists->free, profile->free_count * sizeof *lists->free);
    memcpy(at, lists->languages, profile->language_count * sizeof *lists->languages);
}

struct learner_profile *learner_profile_create(const struct learner_facts *facts,
                                               const struct referential *referential)
{
    struct learner_lists lists;
    struct learner_profile head = {
        .referential = referential,
        .number = facts->number,
        .gate = gate_at(&facts->place),
        .changes_on = INT32_MAX,
        .available_from = facts->available_from,
        .of_age_on = ADULT,
        .licences = facts->licences,
        .minimum_minutes = (uint16_t)(clamp(facts->minimum_hours, 0, 168) * HOUR_MINUTES),
        .maximum_minutes = (uint16_t)(clamp(facts->maximum_hours, 0, 168) * HOUR_MINUTES),
        .rhythm = facts->rhythm,
    };
    head.gate.radius = clamp(facts->radius_km, 0, RADIUS_MAX_KM) * 1000;
    head.gate.contracts = set_or(facts->contracts, CONTRACTS_OPEN);
    head.gate.remotes = set_or(facts->remotes, UINT16_MAX);
    if (facts->of_age_on > facts->today)
        head.of_age_on = head.changes_on = facts->of_age_on;
    head.claim_count = claims_merge(facts, referential, lists.claims);
    head.role_count = roles_merge(facts, referential, lists.roles);
    head.authorisation_count = authorisations_merge(facts, &head.changes_on, lists.authorisations);
    head.free_count = spans_merge(facts->free_hours, facts->free_hours_count, lists.free);
    head.language_count = languages_merge(facts->languages, facts->language_count, lists.languages);

    struct learner_profile *profile = malloc(learner_profile_size(&head));
    if (!profile)
        return NULL;
    memcpy(profile, &head, sizeof head);
    learner_pack(profile, &lists);
    return profile;
}

/* -- offers --------------------------------------------------------------------------------------
 */

/* Adds a demand in its place, or strengthens the one of the same skill. */
static unsigned requirement_add(struct profile_requirement *requirements, unsigned count,
                                struct profile_requirement demand)
{
    unsigned at = 0;
    while (at < count && requirements[at].skill < demand.skill)
        at++;
    if (at < count && requirements[at].skill == demand.skill) {
        if (demand.level > requirements[at].level)
            requirements[at].level = demand.level;
        requirements[at].required |= demand.required;
        return count;
    }
    memmove(requirements + at + 1, requirements + at, (count - at) * sizeof *requirements);
    requirements[at] = demand;
    return count + 1;
}

/* The lists of an offer before they are packed behind the profile. */
struct offer_lists {
    struct profile_requirement requirements[FACT_REQUIREMENTS_MAX];
    struct profile_span schedule[FACT_HOURS_MAX];
    struct profile_language languages[FACT_LANGUAGES_MAX];
    uint8_t unknown[FACT_REQUIREMENTS_MAX];
};

static void requirements_take(const struct offer_facts *facts,
                              const struct referential *referential, struct offer_profile *head,
                              struct offer_lists *lists)
{
    for (unsigned i = 0; i < at_most(facts->requirement_count, FACT_REQUIREMENTS_MAX); i++) {
        const struct fact_requirement *fact = &facts->requirements[i];
        if (!skill_exists(fact->skill, referential)) {
            lists->unknown[head->unknown_count++] = (uint8_t)i;
            continue;
        }
        struct profile_requirement demand = {
            .skill = fact->skill, .level = level_of(fact->level), .required = fact->required};
        head->requirement_count =
            (uint8_t)requirement_add(lists->requirements, head->requirement_count, demand);
    }
}

static void requirements_of_role(const struct referential *referential, struct offer_profile *head,
                                 struct offer_lists *lists)
{
    unsigned count = 0;
    const struct role_skill *skills = referential_role_skills(referential, head->role, &count);
    for (unsigned i = 0; i < count && head->requirement_count < FACT_REQUIREMENTS_MAX; i++) {
        if (!skills[i].core || !skill_exists(skills[i].skill, referential))
            continue;
        struct profile_requirement demand = {.skill = skills[i].skill,
                                             .level = level_of(skills[i].level)};
        head->requirement_count =
            (uint8_t)requirement_add(lists->requirements, head->requirement_count, demand);
    }
    head->from_role = head->requirement_count > 0;
}

static uint32_t requirements_weigh(const struct referential *referential,
                                   struct profile_requirement *requirements, unsigned count)
{
    uint32_t total = 0;
    for (unsigned i = 0; i < count; i++) {
        requirements[i].weight = (uint16_t)requirement_weight(referential, requirements[i].skill,
                                                              requirements[i].required);
        total += requirements[i].weight;
    }
    return total;
}

static struct gate offer_gate(const struct offer_facts *facts)
{
    struct gate gate = {.latitude = NOWHERE};
    if (!facts->remote_full)
        gate = gate_at(&facts->place);
    gate.contracts = CONTRACTS_OPEN;
    if (facts->contract >= 1 && facts->contract <= 16)
        gate.contracts = (uint16_t)(1u << (facts->contract - 1));
    gate.remotes = UINT16_MAX;
    if (facts->remote >= 1 && facts->remote <= 16)
        gate.remotes = (uint16_t)(1u << (facts->remote - 1));
    return gate;
}

static void offer_pack(struct offer_profile *profile, const struct offer_lists *lists)
{
    char *at = (char *)profile->data;
    at = mempcpy(at, lists->requirements, profile->requirement_count * sizeof *lists->requirements);
    at = mempcpy(at, lists->schedule, profile->schedule_count * sizeof *lists->schedule);
    at = mempcpy(at, lists->languages, profile->language_count * sizeof *lists->languages);
    memcpy(at, lists->unknown, profile->unknown_count);
}

struct offer_profile *offer_profile_create(const struct offer_facts *facts,
                                           const struct referential *referential)
{
    struct offer_lists lists;
    struct offer_profile head = {
        .number = facts->number,
        .gate = offer_gate(facts),
        .changes_on = INT32_MAX,
        .starts_on = facts->starts_on,
        .role = role_exists(facts->role, referential) ? facts->role : REFERENTIAL_NONE,
        .licences = facts->licences,
        .authorisations = facts->authorisations,
        .weekly_minutes = (uint16_t)clamp(facts->weekly_minutes, 0, UINT16_MAX),
        .rhythm = facts->rhythm,
        .remote_full = facts->remote_full,
        .alternance = facts->alternance,
        .adults_only = facts->adults_only,
    };
    if (facts->closes_on != FACT_NO_DAY && facts->closes_on < facts->today)
        head.closed = true;
    else if (facts->closes_on != FACT_NO_DAY && facts->closes_on < INT32_MAX)
        head.changes_on = facts->closes_on + 1;
    requirements_take(facts, referential, &head, &lists);
    if (!head.requirement_count && head.role != REFERENTIAL_NONE)
        requirements_of_role(referential, &head, &lists);
    head.total_weight = requirements_weigh(referential, lists.requirements, head.requirement_count);
    head.schedule_count = spans_merge(facts->schedule, facts->schedule_count, lists.schedule);
    head.language_count = languages_merge(facts->languages, facts->language_count, lists.languages);

    struct offer_profile *profile = malloc(offer_profile_size(&head));
    if (!profile)
        return NULL;
    memcpy(profile, &head, sizeof head);
    offer_pack(profile, &lists);
    return profile;
}
