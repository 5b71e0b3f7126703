#include "compile.h"

#include "../matching/words.h"
#include "attachments.h"

#include <string.h>

/* matching/ counts evidence as the records do, and sets by the same bits. */
_Static_assert((int)FACT_DECLARED == (int)EVIDENCE_DECLARED &&
                   (int)FACT_OBSERVED == (int)EVIDENCE_OBSERVED &&
                   (int)FACT_ATTESTED == (int)EVIDENCE_ATTESTED &&
                   (int)FACT_PROJECT == (int)EVIDENCE_PROJECT &&
                   (int)FACT_WORK == (int)EVIDENCE_WORK &&
                   (int)FACT_EVIDENCE_END == (int)EVIDENCE_END,
               "evidence has one order");
_Static_assert((int)CONTRACT_END <= 17 && (int)REMOTE_END <= 17 && (int)LICENCE_END <= 33 &&
                   (int)AUTHORISATION_END <= 33,
               "sets fit their masks in a profile");

/* -- resolving -----------------------------------------------------------------------------------
 */

static int32_t skill_of_words(const struct text *words, const struct catalogue *catalogue)
{
    if (catalogue->attachments) {
        char normal[WORDS_NORMAL_SIZE];
        words_normalise(words->data, words->size, normal, sizeof normal);
        const char *id = attachments_find(catalogue->attachments, normal);
        int32_t skill =
            id ? referential_skill(catalogue->referential, id, strlen(id)) : REFERENTIAL_NONE;
        if (skill != REFERENTIAL_NONE)
            return skill;
    }
    return referential_skill_by_words(catalogue->referential, words->data, words->size);
}

/* The id decides where it is known; else the words. */
static int32_t skill_of(const struct text *id, const struct text *words,
                        const struct catalogue *catalogue)
{
    int32_t skill = REFERENTIAL_NONE;
    if (id)
        skill = referential_skill(catalogue->referential, id->data, id->size);
    if (skill == REFERENTIAL_NONE && words)
        skill = skill_of_words(words, catalogue);
    return skill;
}

static int32_t role_of(const struct text *text, const struct referential *referential)
{
    int32_t role = referential_role(referential, text->data, text->size);
    if (role == REFERENTIAL_NONE)
        role = referential_role_by_words(referential, text->data, text->size);
    return role;
}

/* -- parts ---------------------------------------------------------------------------------------
 */

static unsigned at_most(uint32_t count, unsigned limit)
{
    return count < limit ? count : limit;
}

static uint8_t level_of(bool given, int64_t level)
{
    return given && level >= 1 && level <= FACT_LEVEL_MAX ? (uint8_t)level : FACT_LEVEL_DEFAULT;
}

static struct fact_place place_of(bool given, const struct place *place)
{
    struct fact_place fact = {0};
    if (given && place->has.latitude && place->has.longitude) {
        fact.known = true;
        fact.latitude = (int32_t)place->latitude;
        fact.longitude = (int32_t)place->longitude;
    }
    return fact;
}

static struct fact_rhythm rhythm_of(bool given, const struct rhythm *rhythm)
{
    struct fact_rhythm fact = {0};
    if (given) {
        fact.company = (uint8_t)rhythm->company_days;
        fact.school = (uint8_t)rhythm->school_days;
    }
    return fact;
}

static unsigned hours_of(const struct hours *hours, uint32_t count, struct fact_hours *facts)
{
    unsigned kept = at_most(count, FACT_HOURS_MAX);
    for (unsigned i = 0; i < kept; i++)
        facts[i] = (struct fact_hours){hours[i].day, hours[i].from, hours[i].to};
    return kept;
}

static unsigned languages_of(const struct language *languages, uint32_t count,
                             struct fact_language *facts)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < count && kept < FACT_LANGUAGES_MAX; i++) {
        const struct language *language = &languages[i];
        if (language->code.size != sizeof facts->code)
            continue;
        facts[kept].level = language->has.level ? language->level : CEFR_B1;
        memcpy(facts[kept++].code, language->code.data, sizeof facts->code);
    }
    return kept;
}

/* -- driving licences ----------------------------------------------------------------------------
 */

#define LICENCE_SET(name) CHOICE_BIT(LICENCE_##name)

/* What each category lets its holder drive besides: article 6 of directive 2006/126/EC, and that C
 * and D are only given to holders of B. Larger ones name the smaller; the sets are followed. */
static const uint32_t licences_included[LICENCE_END] = {
    [LICENCE_A1] = LICENCE_SET(AM),
    [LICENCE_A2] = LICENCE_SET(A1),
    [LICENCE_A] = LICENCE_SET(A2),
    [LICENCE_B1] = LICENCE_SET(AM),
    [LICENCE_B] = LICENCE_SET(B1),
    [LICENCE_B96] = LICENCE_SET(B),
    [LICENCE_BE] = LICENCE_SET(B96),
    [LICENCE_C1] = LICENCE_SET(B),
    [LICENCE_C1E] = LICENCE_SET(C1) | LICENCE_SET(BE),
    [LICENCE_C] = LICENCE_SET(C1),
    [LICENCE_CE] = LICENCE_SET(C) | LICENCE_SET(C1E),
    [LICENCE_D1] = LICENCE_SET(B),
    [LICENCE_D1E] = LICENCE_SET(D1) | LICENCE_SET(BE),
    [LICENCE_D] = LICENCE_SET(D1),
    [LICENCE_DE] = LICENCE_SET(D) | LICENCE_SET(D1E),
};

static uint32_t licence_holding(uint8_t category)
{
    uint32_t held = 0;
    uint32_t next = category && category < LICENCE_END ? CHOICE_BIT(category) : 0;
    while (next & ~held) {
        int smallest = __builtin_ctz(next & ~held);
        held |= 1u << smallest;
        next |= licences_included[smallest + 1];
    }
    return held;
}

static bool is_held(bool given, uint8_t holding)
{
    return !given || holding == HOLDING_HELD;
}

static uint32_t licences_held(const struct learner *record)
{
    uint32_t held = 0;
    for (unsigned i = 0; i < record->licences.count; i++) {
        const struct licence *licence = &record->licences.items[i];
        if (is_held(licence->has.holding, licence->holding))
            held |= licence_holding(licence->category);
    }
    return held;
}

static uint32_t licences_required(const struct offer *record)
{
    uint32_t required = 0;
    for (unsigned i = 0; i < record->licences.count; i++) {
        const struct licence_need *need = &record->licences.items[i];
        if (need->required && need->category && need->category < LICENCE_END)
            required |= CHOICE_BIT(need->category);
    }
    return required;
}

/* -- learners ------------------------------------------------------------------------------------
 */

static void take_claims(struct learner_facts *facts, const struct learner *record,
                        const struct catalogue *catalogue)
{
    for (unsigned i = 0; i < at_most(record->claims.count, FACT_CLAIMS_MAX); i++) {
        const struct claim *claim = &record->claims.items[i];
        facts->claims[facts->claim_count++] = (struct fact_claim){
            .skill = skill_of(claim->has.skill ? &claim->skill : NULL,
                              claim->has.words ? &claim->words : NULL, catalogue),
            .level = level_of(claim->has.level, claim->level),
            .evidence = claim->has.evidence ? claim->evidence : EVIDENCE_DECLARED,
        };
    }
}

static void take_wishes(struct learner_facts *facts, const struct learner *record,
                        const struct catalogue *catalogue)
{
    for (unsigned i = 0; i < at_most(record->roles.count, FACT_ROLES_MAX); i++)
        facts->roles[facts->role_count++] =
            role_of(&record->roles.items[i], catalogue->referential);
    if (record->has.contracts)
        facts->contracts = record->contracts;
    if (record->has.remote)
        facts->remotes = record->remote;
}

/* Of which licences one must be held to travel so; 0: none is needed. */
static uint32_t licences_to_travel(uint8_t mode)
{
    if (mode == MODE_CAR)
        return LICENCE_SET(B);
    if (mode == MODE_MOTORBIKE)
        return LICENCE_SET(AM) | LICENCE_SET(A1) | LICENCE_SET(A2) | LICENCE_SET(A);
    return 0;
}

/* The farthest way by a means that the licences allow; -1 when there is none. */
static int64_t farthest_way(const struct learner *record, uint32_t licences)
{
    int64_t farthest = -1;
    for (unsigned i = 0; i < record->travel.count; i++) {
        const struct travel *travel = &record->travel.items[i];
        uint32_t needed = licences_to_travel(travel->mode);
        if (travel->radius_km > farthest && (!needed || needed & licences))
            farthest = travel->radius_km;
    }
    return farthest;
}

/* Where no means counts: a record that names no licence at all is taken by its word, as sources
 * that only tell a distance are; otherwise the learner is as one who named no means, but goes no
 * farther than was said. */
static int32_t radius_with(const struct learner *record, uint32_t licences)
{
    int64_t farthest = farthest_way(record, licences);
    if (farthest < 0) {
        int64_t said = farthest_way(record, UINT32_MAX);
        bool silent = !record->has.licences;
        farthest = said >= 0 && (silent || said < FACT_RADIUS_KM) ? said : FACT_RADIUS_KM;
    }
    return farthest < INT32_MAX ? (int32_t)farthest : INT32_MAX;
}

static void take_mobility(struct learner_facts *facts, const struct learner *record)
{
    facts->place = place_of(record->has.place, &record->place);
    facts->licences = licences_held(record);
    facts->radius_km = radius_with(record, facts->licences);
}

static void take_authorisations(struct learner_facts *facts, const struct learner *record)
{
    for (unsigned i = 0; i < at_most(record->authorisations.count, FACT_AUTHORISATIONS_MAX); i++) {
        const struct authorisation *held = &record->authorisations.items[i];
        if (!is_held(held->has.holding, held->holding))
            continue;
        facts->authorisations[facts->authorisation_count++] = (struct fact_authorisation){
            .name = held->name,
            .expires_on = held->has.expires_on ? held->expires_on : FACT_NO_DAY,
        };
    }
}

static void take_time(struct learner_facts *facts, const struct learner *record)
{
    if (record->has.available_from)
        facts->available_from = record->available_from;
    if (record->has.of_age_on)
        facts->of_age_on = record->of_age_on;
    if (record->has.minimum_hours)
        facts->minimum_hours = (int32_t)record->minimum_hours;
    if (record->has.maximum_hours)
        facts->maximum_hours = (int32_t)record->maximum_hours;
    facts->free_hours_count =
        hours_of(record->free_hours.items, record->free_hours.count, facts->free_hours);
    facts->rhythm = rhythm_of(record->has.rhythm, &record->rhythm);
}

struct learner_profile *learner_compile(const struct learner *record, uint64_t number,
                                        const struct catalogue *catalogue)
{
    struct learner_facts facts;
    learner_facts_start(&facts);
    facts.number = number;
    facts.today = catalogue->today;
    take_claims(&facts, record, catalogue);
    take_wishes(&facts, record, catalogue);
    take_mobility(&facts, record);
    take_authorisations(&facts, record);
    take_time(&facts, record);
    facts.language_count =
        languages_of(record->languages.items, record->languages.count, facts.languages);
    return learner_profile_create(&facts, catalogue->referential);
}

/* -- prospects -----------------------------------------------------------------------------------
 */

/* Of two days, the earlier one; a day given rather than none. */
static int32_t sooner(int32_t one, int32_t other)
{
    return one == FACT_NO_DAY || (other != FACT_NO_DAY && other < one) ? other : one;
}

static void expect_licence(struct prospects *prospects, const struct licence *licence)
{
    uint32_t includes = licence_holding(licence->category);
    int32_t day = licence->has.expected_on ? licence->expected_on : FACT_NO_DAY;
    prospects->licences |= includes;
    for (uint32_t left = includes; left; left &= left - 1) {
        int32_t *known = &prospects->licence_on[__builtin_ctz(left)];
        *known = sooner(*known, day);
    }
}

static void expect_authorisation(struct prospects *prospects,
                                 const struct authorisation *authorisation)
{
    if (authorisation->name == AUTHORISATION_ABSENT || authorisation->name >= AUTHORISATION_END)
        return;
    int index = authorisation->name - 1;
    if (!is_held(authorisation->has.holding, authorisation->holding)) {
        prospects->authorisations |= 1u << index;
        int32_t day = authorisation->has.expected_on ? authorisation->expected_on : FACT_NO_DAY;
        prospects->authorisation_on[index] = sooner(prospects->authorisation_on[index], day);
    } else if (authorisation->has.expires_on && authorisation->expires_on < prospects->today &&
               authorisation->expires_on > prospects->authorisation_until[index]) {
        prospects->authorisation_until[index] = authorisation->expires_on;
    }
}

void learner_expect(const struct learner *record, const struct catalogue *catalogue,
                    struct prospects *prospects)
{
    prospects_start(prospects, catalogue->today);
    for (unsigned i = 0; i < record->licences.count; i++) {
        const struct licence *licence = &record->licences.items[i];
        if (!is_held(licence->has.holding, licence->holding))
            expect_licence(prospects, licence);
    }
    for (unsigned i = 0; i < record->authorisations.count; i++)
        expect_authorisation(prospects, &record->authorisations.items[i]);
    prospects->radius_km = radius_with(record, licences_held(record) | prospects->licences);
}

/* -- offers --------------------------------------------------------------------------------------
 */

static void take_requirements(struct offer_facts *facts, const struct offer *record,
                              const struct catalogue *catalogue)
{
    for (unsigned i = 0; i < at_most(record->requirements.count, FACT_REQUIREMENTS_MAX); i++) {
        const struct requirement *requirement = &record->requirements.items[i];
        facts->requirements[facts->requirement_count++] = (struct fact_requirement){
            .skill = skill_of(requirement->has.skill ? &requirement->skill : NULL,
                              requirement->has.words ? &requirement->words : NULL, catalogue),
            .level = level_of(requirement->has.level, requirement->level),
            .required = requirement->required,
        };
    }
}

static void take_role(struct offer_facts *facts, const struct offer *record,
                      const struct catalogue *catalogue)
{
    if (record->has.role)
        facts->role = role_of(&record->role, catalogue->referential);
    if (facts->role == REFERENTIAL_NONE)
        facts->role = referential_role_by_words(catalogue->referential, record->title.data,
                                                record->title.size);
}

static void take_terms(struct offer_facts *facts, const struct offer *record)
{
    if (record->has.contract)
        facts->contract = record->contract;
    facts->alternance = facts->contract == CONTRACT_APPRENTICESHIP ||
                        facts->contract == CONTRACT_PROFESSIONALISATION;
    facts->rhythm = rhythm_of(record->has.rhythm, &record->rhythm);
    facts->remote = record->has.remote ? record->remote : REMOTE_NONE;
    facts->remote_full = facts->remote == REMOTE_FULL;
    facts->place = place_of(record->has.place, &record->place);
    if (record->has.starts_on)
        facts->starts_on = record->starts_on;
    if (record->has.closes_on)
        facts->closes_on = record->closes_on;
    if (record->has.weekly_minutes)
        facts->weekly_minutes = (int32_t)record->weekly_minutes;
    facts->schedule_count =
        hours_of(record->schedule.items, record->schedule.count, facts->schedule);
}

struct offer_profile *offer_compile(const struct offer *record, uint64_t number,
                                    const struct catalogue *catalogue)
{
    struct offer_facts facts;
    offer_facts_start(&facts);
    facts.number = number;
    facts.today = catalogue->today;
    take_requirements(&facts, record, catalogue);
    take_role(&facts, record, catalogue);
    take_terms(&facts, record);
    facts.licences = licences_required(record);
    if (record->has.authorisations)
        facts.authorisations = record->authorisations;
    facts.adults_only = record->adults_only;
    facts.language_count =
        languages_of(record->languages.items, record->languages.count, facts.languages);
    return offer_profile_create(&facts, catalogue->referential);
}
