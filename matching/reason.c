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
    struct reason *reasons;
    unsigned count;
};

static struct reason reason_of(enum reason_code code)
{
    return (struct reason){.code = code,
                           .constraint = CONSTRAINT_END,
                           .skill = REFERENTIAL_NONE,
                           .claim = REFERENTIAL_NONE,
                           .role = REFERENTIAL_NONE};
}

static void explanation_add(struct explanation *explanation, struct reason reason)
{
    if (explanation->count < REASONS_MAX)
        explanation->reasons[explanation->count++] = reason;
}

static void add_barred(struct explanation *explanation, enum constraint constraint, int64_t value,
                       int64_t limit)
{
    struct reason reason = reason_of(REASON_BARRED);
    reason.constraint = constraint;
    reason.value = value;
    reason.limit = limit;
    explanation_add(explanation, reason);
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

/* Rounded up: what lies beyond a radius of whole km is told as more than it, the rest is not. */
static int64_t way_km(const struct gate *mine, const struct gate *its)
{
    int64_t metres =
        distance_metres(mine->latitude, mine->longitude, its->latitude, its->longitude);
    return (metres + 999) / 1000;
}

static void bar_hours(struct explanation *explanation)
{
    const struct learner_profile *learner = explanation->learner;
    uint16_t minutes = explanation->offer->weekly_minutes;
    bool too_many = learner->maximum_minutes && minutes > learner->maximum_minutes;
    add_barred(explanation, CONSTRAINT_HOURS, minutes,
               too_many ? learner->maximum_minutes : learner->minimum_minutes);
}

static void bar_schedule(struct explanation *explanation)
{
    const struct profile_span *spans = profile_schedule(explanation->offer);
    for (unsigned i = 0; i < explanation->offer->schedule_count; i++)
        if (!constraint_covers(explanation->learner, &spans[i]))
            add_barred(explanation, CONSTRAINT_SCHEDULE, spans[i].from, spans[i].to);
}

static void bar_licences(struct explanation *explanation)
{
    uint32_t missing = explanation->offer->licences & ~explanation->learner->licences;
    for (; missing; missing &= missing - 1)
        add_barred(explanation, CONSTRAINT_LICENCE, __builtin_ctz(missing) + 1, 0);
}

static void bar_authorisations(struct explanation *explanation)
{
    for (uint32_t left = explanation->offer->authorisations; left; left &= left - 1) {
        int32_t name = __builtin_ctz(left) + 1;
        int32_t expires_on = constraint_expiry(explanation->learner, name);
        if (expires_on == FACT_NO_DAY)
            add_barred(explanation, CONSTRAINT_AUTHORISATION, name, 0);
        else if (expires_on < explanation->offer->starts_on)
            add_barred(explanation, CONSTRAINT_AUTHORISATION, name, expires_on);
    }
}

static void bar_languages(struct explanation *explanation)
{
    const struct profile_language *asked = profile_asked(explanation->offer);
    for (unsigned i = 0; i < explanation->offer->language_count; i++) {
        uint8_t level = constraint_level(explanation->learner, asked[i].code);
        if (level && level >= asked[i].level)
            continue;
        struct reason reason = reason_of(REASON_BARRED);
        reason.constraint = CONSTRAINT_LANGUAGE;
        reason.level = level;
        reason.wanted_level = asked[i].level;
        reason.value = (uint8_t)asked[i].code[0] * 256 + (uint8_t)asked[i].code[1];
        reason.limit = asked[i].level;
        explanation_add(explanation, reason);
    }
}

static int64_t rhythm_number(struct fact_rhythm rhythm)
{
    return rhythm.company * 100 + rhythm.school;
}

static void bar(struct explanation *explanation, enum constraint constraint)
{
    const struct learner_profile *learner = explanation->learner;
    const struct offer_profile *offer = explanation->offer;
    const struct gate *mine = &learner->gate;
    const struct gate *its = &offer->gate;
    switch (constraint) {
    case CONSTRAINT_CONTRACT:
        add_barred(explanation, constraint, __builtin_ctz(its->contracts) + 1, mine->contracts);
        break;
    case CONSTRAINT_START:
        add_barred(explanation, constraint, learner->available_from,
                   (int64_t)offer->starts_on + START_GRACE_DAYS);
        break;
    case CONSTRAINT_HOURS:
        bar_hours(explanation);
        break;
    case CONSTRAINT_SCHEDULE:
        bar_schedule(explanation);
        break;
    case CONSTRAINT_DISTANCE:
        add_barred(explanation, constraint, way_km(mine, its), mine->radius / 1000);
        break;
    case CONSTRAINT_REMOTE:
        add_barred(explanation, constraint, __builtin_ctz(its->remotes) + 1, mine->remotes);
        break;
    case CONSTRAINT_RHYTHM:
        add_barred(explanation, constraint, rhythm_number(offer->rhythm),
                   rhythm_number(learner->rhythm));
        break;
    case CONSTRAINT_LICENCE:
        bar_licences(explanation);
        break;
    case CONSTRAINT_AUTHORISATION:
        bar_authorisations(explanation);
        break;
    case CONSTRAINT_LANGUAGE:
        bar_languages(explanation);
        break;
    case CONSTRAINT_AGE:
        add_barred(explanation, constraint, learner->of_age_on,
                   offer->starts_on == FACT_NO_DAY ? 0 : offer->starts_on);
        break;
    case CONSTRAINT_END:
        break;
    }
}

static void explain_constraints(struct explanation *explanation)
{
    uint32_t failed = constraints_failed(explanation->learner, explanation->offer);
    for (uint32_t left = failed; left; left &= left - 1)
        bar(explanation, (enum constraint)__builtin_ctz(left));
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
    reason.value = way_km(mine, its);
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
                         struct reason reasons[REASONS_MAX])
{
    struct explanation explanation = {.learner = learner, .offer = offer, .reasons = reasons};
    explain_skills(&explanation);
    explain_constraints(&explanation);
    explain_wishes(&explanation);
    explain_distance(&explanation);
    explain_unknown(&explanation);
    return explanation.count;
}
