#include "reason.h"

#include "constraint.h"
#include "score_steps.h"

#include <stdlib.h>

static const char *const names[REASON_CODE_END] = {
    [REASON_FITS] = "fits",
    [REASON_PARTLY] = "partly",
    [REASON_MISSING] = "missing",
    [REASON_FROM_ROLE] = "from_role",
    [REASON_BARRED] = "barred",
    [REASON_UNCHECKED] = "unchecked",
    [REASON_WISH] = "wish",
    [REASON_DISTANCE] = "distance",
    [REASON_UNKNOWN_WORDS] = "unknown_words",
};

const char *reason_name(enum reason_code code)
{
    return names[code];
}

/* A pair and the reasons found for it so far. */
struct explanation {
    const struct learner_profile *learner;
    const struct offer_profile *offer;
    const struct prospects *prospects;
    struct reason *reasons;
    unsigned count;
};

static struct reason reason_of(enum reason_code code)
{
    return (struct reason){.code = code,
                           .constraint = CONSTRAINT_END,
                           .skill = REFERENTIAL_NONE,
                           .claim = REFERENTIAL_NONE,
                           .role = REFERENTIAL_NONE,
                           .outlook_on = FACT_NO_DAY};
}

static void explanation_add(struct explanation *explanation, struct reason reason)
{
    if (explanation->count < REASONS_MAX)
        explanation->reasons[explanation->count++] = reason;
}

/* -- skills --------------------------------------------------------------------------------------
 */

static enum reason_code held_code(const struct held *held, const struct profile_claim *claims,
                                  const struct profile_requirement *requirement)
{
    if (!held->credit)
        return REASON_MISSING;
    bool enough = claims[held->claim].level >= requirement->level;
    return enough && held->nearness == NEARNESS_ONE ? REASON_FITS : REASON_PARTLY;
}

static struct reason skill_reason(const struct explanation *explanation,
                                  const struct profile_requirement *requirement,
                                  const struct held *held)
{
    const struct profile_claim *claims = profile_claims(explanation->learner);
    struct reason reason = reason_of(held_code(held, claims, requirement));
    uint64_t total = explanation->offer->total_weight;
    reason.skill = requirement->skill;
    reason.required = requirement->required;
    reason.wanted_level = requirement->level;
    reason.weight = (int32_t)((uint64_t)requirement->weight * SCORE_ONE / total);
    if (held->credit) {
        reason.claim = claims[held->claim].skill;
        reason.level = claims[held->claim].level;
        reason.evidence = claims[held->claim].evidence;
        reason.path = held->path;
        reason.credit = (int32_t)((uint64_t)requirement->weight * held->credit / total);
    }
    return reason;
}

/* By code, then what weighs most; the skill makes the order complete. */
static int reason_compare(const void *one, const void *other)
{
    const struct reason *a = one;
    const struct reason *b = other;
    if (a->code != b->code)
        return a->code < b->code ? -1 : 1;
    if (a->weight != b->weight)
        return b->weight - a->weight;
    return a->skill - b->skill;
}

static void explain_skills(struct explanation *explanation)
{
    const struct profile_requirement *requirements = profile_requirements(explanation->offer);
    struct held held[FACT_REQUIREMENTS_MAX];
    score_coverage(explanation->learner, explanation->offer, held);
    for (unsigned i = 0; i < explanation->offer->requirement_count; i++)
        explanation_add(explanation, skill_reason(explanation, &requirements[i], &held[i]));
    qsort(explanation->reasons, explanation->count, sizeof *explanation->reasons, reason_compare);
    if (explanation->offer->from_role) {
        struct reason reason = reason_of(REASON_FROM_ROLE);
        reason.role = explanation->offer->role;
        explanation_add(explanation, reason);
    }
}

/* -- constraints ---------------------------------------------------------------------------------
 */

struct reason reason_of_gap(const struct gap *gap)
{
    struct reason reason = reason_of(REASON_BARRED);
    reason.constraint = gap->constraint;
    reason.level = gap->level;
    reason.wanted_level = gap->wanted_level;
    reason.value = gap->value;
    reason.limit = gap->limit;
    reason.by = gap->by;
    reason.near = gap->near;
    reason.outlook = gap->outlook;
    reason.outlook_on = gap->outlook_on;
    return reason;
}

static void explain_constraints(struct explanation *explanation)
{
    struct gap gaps[GAPS_MAX];
    unsigned count =
        gaps_find(explanation->learner, explanation->offer, explanation->prospects, gaps);
    for (unsigned i = 0; i < count; i++)
        explanation_add(explanation, reason_of_gap(&gaps[i]));
    uint32_t unchecked = constraints_unchecked(explanation->learner, explanation->offer);
    for (uint32_t left = unchecked; left; left &= left - 1) {
        struct reason reason = reason_of(REASON_UNCHECKED);
        reason.constraint = (enum constraint)__builtin_ctz(left);
        explanation_add(explanation, reason);
    }
}

/* -- wishes and the rest -------------------------------------------------------------------------
 */

static void explain_wishes(struct explanation *explanation)
{
    unsigned index = 0;
    if (score_role_wish(explanation->learner, explanation->offer, &index)) {
        struct reason reason = reason_of(REASON_WISH);
        reason.role = profile_roles(explanation->learner)[index];
        explanation_add(explanation, reason);
    }
    if (score_contract_wish(explanation->learner, explanation->offer)) {
        struct reason reason = reason_of(REASON_WISH);
        reason.value = __builtin_ctz(explanation->offer->gate.contracts) + 1;
        explanation_add(explanation, reason);
    }
}

static void explain_distance(struct explanation *explanation)
{
    const struct gate *mine = &explanation->learner->gate;
    const struct gate *its = &explanation->offer->gate;
    if (!gate_measurable(mine, its))
        return;
    struct reason reason = reason_of(REASON_DISTANCE);
    reason.value = gate_way_km(mine, its);
    reason.limit = mine->radius / 1000;
    explanation_add(explanation, reason);
}

static void explain_unknown(struct explanation *explanation)
{
    const uint8_t *unknown = profile_unknown(explanation->offer);
    for (unsigned i = 0; i < explanation->offer->unknown_count; i++) {
        struct reason reason = reason_of(REASON_UNKNOWN_WORDS);
        reason.value = unknown[i];
        explanation_add(explanation, reason);
    }
}

unsigned reasons_explain(const struct learner_profile *learner, const struct offer_profile *offer,
                         const struct prospects *prospects, struct reason reasons[REASONS_MAX])
{
    struct explanation explanation = {
        .learner = learner, .offer = offer, .prospects = prospects, .reasons = reasons};
    explain_skills(&explanation);
    explain_constraints(&explanation);
    explain_wishes(&explanation);
    explain_distance(&explanation);
    explain_unknown(&explanation);
    return explanation.count;
}
