#include "constraint.h"

#include <string.h>

#define CONSTRAINT_WIRE(constant, wire) [CONSTRAINT_##constant] = (wire),
static const char *const names[CONSTRAINT_END] = {CONSTRAINTS_ALL(CONSTRAINT_WIRE)};
#undef CONSTRAINT_WIRE

const char *constraint_name(enum constraint constraint)
{
    return names[constraint];
}

static bool start_fits(const struct learner_profile *learner, const struct offer_profile *offer)
{
    if (learner->available_from == FACT_NO_DAY || offer->starts_on == FACT_NO_DAY)
        return true;
    return learner->available_from <= (int64_t)offer->starts_on + START_GRACE_DAYS;
}

static bool hours_fit(const struct learner_profile *learner, const struct offer_profile *offer)
{
    if (!offer->weekly_minutes)
        return true;
    if (learner->maximum_minutes && offer->weekly_minutes > learner->maximum_minutes)
        return false;
    return offer->weekly_minutes >= learner->minimum_minutes;
}

bool constraint_covers(const struct learner_profile *learner, const struct profile_span *span)
{
    const struct profile_span *hours = profile_free(learner);
    for (unsigned i = 0; i < learner->free_count; i++)
        if (hours[i].from <= span->from && span->to <= hours[i].to)
            return true;
    return learner->free_count == 0;
}

static bool schedule_fits(const struct learner_profile *learner, const struct offer_profile *offer)
{
    const struct profile_span *schedule = profile_schedule(offer);
    for (unsigned i = 0; learner->free_count && i < offer->schedule_count; i++)
        if (!constraint_covers(learner, &schedule[i]))
            return false;
    return true;
}

static bool rhythm_fits(const struct learner_profile *learner, const struct offer_profile *offer)
{
    if (!offer->alternance || !learner->rhythm.company || !offer->rhythm.company)
        return true;
    return learner->rhythm.company == offer->rhythm.company &&
           learner->rhythm.school == offer->rhythm.school;
}

int32_t constraint_expiry(const struct learner_profile *learner, int32_t authorisation)
{
    const struct profile_authorisation *held = profile_authorisations(learner);
    for (unsigned i = 0; i < learner->authorisation_count; i++)
        if (held[i].name == authorisation)
            return held[i].expires_on;
    return FACT_NO_DAY;
}

static bool authorisations_fit(const struct learner_profile *learner,
                               const struct offer_profile *offer)
{
    for (uint32_t left = offer->authorisations; left; left &= left - 1) {
        int32_t expires_on = constraint_expiry(learner, __builtin_ctz(left) + 1);
        /* What expired before today is not in the profile. */
        if (expires_on == FACT_NO_DAY || expires_on < offer->starts_on)
            return false;
    }
    return true;
}

uint8_t constraint_level(const struct learner_profile *learner, const char code[2])
{
    const struct profile_language *spoken = profile_spoken(learner);
    for (unsigned i = 0; i < learner->language_count; i++)
        if (memcmp(spoken[i].code, code, 2) == 0)
            return spoken[i].level;
    return memcmp(code, "fr", 2) == 0 ? UINT8_MAX : 0;
}

static bool languages_fit(const struct learner_profile *learner, const struct offer_profile *offer)
{
    const struct profile_language *asked = profile_asked(offer);
    for (unsigned i = 0; i < offer->language_count; i++) {
        uint8_t level = constraint_level(learner, asked[i].code);
        if (!level || level < asked[i].level)
            return false;
    }
    return true;
}

static bool age_fits(const struct learner_profile *learner, const struct offer_profile *offer)
{
    if (!offer->adults_only || learner->of_age_on == ADULT)
        return true;
    /* A minor of today; FACT_NO_DAY is before any day. */
    return learner->of_age_on <= offer->starts_on;
}

/* From the cheapest on, and from those that most pairs fail at. */
bool constraints_met_inside(const struct learner_profile *learner,
                            const struct offer_profile *offer)
{
    return (offer->licences & ~learner->licences) == 0 && hours_fit(learner, offer) &&
           start_fits(learner, offer) && age_fits(learner, offer) && rhythm_fits(learner, offer) &&
           authorisations_fit(learner, offer) && languages_fit(learner, offer) &&
           schedule_fits(learner, offer);
}

uint32_t constraints_failed(const struct learner_profile *learner,
                            const struct offer_profile *offer)
{
    const struct gate *mine = &learner->gate;
    const struct gate *its = &offer->gate;
    uint32_t failed = 0;
    failed |= (uint32_t)!start_fits(learner, offer) << CONSTRAINT_START;
    failed |= (uint32_t)!hours_fit(learner, offer) << CONSTRAINT_HOURS;
    failed |= (uint32_t)!schedule_fits(learner, offer) << CONSTRAINT_SCHEDULE;
    failed |= (uint32_t)!rhythm_fits(learner, offer) << CONSTRAINT_RHYTHM;
    failed |= (uint32_t)((offer->licences & ~learner->licences) != 0) << CONSTRAINT_LICENCE;
    failed |= (uint32_t)!authorisations_fit(learner, offer) << CONSTRAINT_AUTHORISATION;
    failed |= (uint32_t)!languages_fit(learner, offer) << CONSTRAINT_LANGUAGE;
    failed |= (uint32_t)!age_fits(learner, offer) << CONSTRAINT_AGE;
    failed |= (uint32_t)!gate_contract(mine, its) << CONSTRAINT_CONTRACT;
    failed |= (uint32_t)!gate_distance(mine, its) << CONSTRAINT_DISTANCE;
    failed |= (uint32_t)!gate_remote(mine, its) << CONSTRAINT_REMOTE;
    return failed;
}

uint32_t constraints_unchecked(const struct learner_profile *learner,
                               const struct offer_profile *offer)
{
    uint32_t unchecked = 0;
    if (offer->gate.contracts == CONTRACTS_OPEN && learner->gate.contracts != CONTRACTS_OPEN)
        unchecked |= CONSTRAINT_BIT(CONSTRAINT_CONTRACT);
    if ((offer->starts_on == FACT_NO_DAY) != (learner->available_from == FACT_NO_DAY))
        unchecked |= CONSTRAINT_BIT(CONSTRAINT_START);
    if (!offer->weekly_minutes && (learner->minimum_minutes || learner->maximum_minutes))
        unchecked |= CONSTRAINT_BIT(CONSTRAINT_HOURS);
    if (!offer->schedule_count && learner->free_count)
        unchecked |= CONSTRAINT_BIT(CONSTRAINT_SCHEDULE);
    if (!offer->remote_full && !gate_measurable(&learner->gate, &offer->gate))
        unchecked |= CONSTRAINT_BIT(CONSTRAINT_DISTANCE);
    if (offer->alternance && !learner->rhythm.company != !offer->rhythm.company)
        unchecked |= CONSTRAINT_BIT(CONSTRAINT_RHYTHM);
    return unchecked;
}
