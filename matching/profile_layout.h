/* What is inside a profile: for the scoring code of this folder only. */
#ifndef PASSERELLE_MATCHING_PROFILE_LAYOUT_H
#define PASSERELLE_MATCHING_PROFILE_LAYOUT_H

#include "distance.h"
#include "profile.h"

#define NOWHERE INT32_MIN           /* latitude of a gate without place */
enum { CONTRACTS_OPEN = 0xffff };   /* any contract is welcome, or none was named */
enum { ADULT = INT32_MIN };         /* of_age_on of those who are of age */
enum { NO_EXPIRY = INT32_MAX };     /* expires_on of what does not expire */
enum { MINUTES_OPEN = UINT16_MAX }; /* maximum_minutes when none was given */

/* The constraints that most pairs fail, kept small: boards hold them side by side. */
struct gate {
    int32_t latitude, longitude; /* latitude NOWHERE: no distance to check */
    int32_t radius;              /* metres; learners */
    uint16_t contracts;          /* learner: welcome ones; offer: its own */
    uint16_t remotes;            /* likewise for the ways of working */
};

static inline bool gate_contract(const struct gate *learner, const struct gate *offer)
{
    return learner->contracts & offer->contracts;
}

static inline bool gate_remote(const struct gate *learner, const struct gate *offer)
{
    return learner->remotes & offer->remotes;
}

static inline bool gate_measurable(const struct gate *learner, const struct gate *offer)
{
    return learner->latitude != NOWHERE && offer->latitude != NOWHERE;
}

static inline bool gate_distance(const struct gate *learner, const struct gate *offer)
{
    return !gate_measurable(learner, offer) ||
           distance_within(learner->latitude, learner->longitude, offer->latitude, offer->longitude,
                           learner->radius);
}

/* Rounded up: what lies beyond a radius of whole km is told as more than it, the rest is not. */
static inline int64_t gate_way_km(const struct gate *learner, const struct gate *offer)
{
    int64_t metres =
        distance_metres(learner->latitude, learner->longitude, offer->latitude, offer->longitude);
    return (metres + 999) / 1000;
}

struct profile_claim {
    int32_t skill;
    uint8_t level, evidence;
    uint16_t reserved;
};
struct profile_requirement {
    int32_t skill;
    uint16_t weight;
    uint8_t level;
    bool required;
};
/* Minutes since Monday 00:00. */
struct profile_span {
    uint16_t from, to;
};
struct profile_authorisation {
    int32_t name;
    int32_t expires_on;
};
struct profile_language {
    char code[2];
    uint8_t level;
    uint8_t reserved;
};

/* No padding anywhere, so that equal profiles are equal bytes. The lists follow the struct in the
 * order of the functions below. */
struct learner_profile {
    const struct referential *referential;
    uint64_t number;
    struct gate gate;
    int32_t changes_on;
    int32_t available_from; /* or FACT_NO_DAY */
    int32_t of_age_on;      /* after today, or ADULT */
    uint32_t licences;
    uint16_t minimum_minutes, maximum_minutes; /* a week */
    struct fact_rhythm rhythm;
    uint8_t claim_count; /* by ascending skill, each once */
    uint8_t role_count;
    uint8_t authorisation_count; /* none expired today */
    uint8_t free_count;          /* merged and ascending; 0: always free */
    uint8_t language_count;
    uint8_t reserved[5];
    int32_t data[];
};

struct offer_profile {
    uint64_t number;
    struct gate gate;
    int32_t changes_on;
    int32_t starts_on; /* or FACT_NO_DAY */
    int32_t role;      /* or REFERENTIAL_NONE */
    uint32_t total_weight;
    uint32_t licences, authorisations;
    uint16_t weekly_minutes; /* 0: not given */
    struct fact_rhythm rhythm;
    uint8_t requirement_count; /* by ascending skill, each once */
    uint8_t schedule_count;
    uint8_t language_count;
    uint8_t unknown_count; /* indices of requirements nobody recognised */
    bool remote_full, alternance, adults_only, closed, from_role;
    uint8_t reserved[3];
    int32_t data[];
};

_Static_assert(sizeof(struct gate) == 16, "gates are compact");
_Static_assert(sizeof(struct learner_profile) == 64 && sizeof(struct offer_profile) == 64,
               "profiles have no padding");
_Static_assert(sizeof(struct profile_claim) == 8 && sizeof(struct profile_requirement) == 8 &&
                   sizeof(struct profile_authorisation) == 8 && sizeof(struct profile_span) == 4 &&
                   sizeof(struct profile_language) == 4,
               "items have no padding");

static inline const struct profile_claim *profile_claims(const struct learner_profile *learner)
{
    return (const struct profile_claim *)learner->data;
}

static inline const struct profile_authorisation *
profile_authorisations(const struct learner_profile *learner)
{
    return (const struct profile_authorisation *)(profile_claims(learner) + learner->claim_count);
}

static inline const int32_t *profile_roles(const struct learner_profile *learner)
{
    return (const int32_t *)(profile_authorisations(learner) + learner->authorisation_count);
}

static inline const struct profile_span *profile_free(const struct learner_profile *learner)
{
    return (const struct profile_span *)(profile_roles(learner) + learner->role_count);
}

static inline const struct profile_language *profile_spoken(const struct learner_profile *learner)
{
    return (const struct profile_language *)(profile_free(learner) + learner->free_count);
}

static inline const struct profile_requirement *
profile_requirements(const struct offer_profile *offer)
{
    return (const struct profile_requirement *)offer->data;
}

static inline const struct profile_span *profile_schedule(const struct offer_profile *offer)
{
    return (const struct profile_span *)(profile_requirements(offer) + offer->requirement_count);
}

static inline const struct profile_language *profile_asked(const struct offer_profile *offer)
{
    return (const struct profile_language *)(profile_schedule(offer) + offer->schedule_count);
}

static inline const uint8_t *profile_unknown(const struct offer_profile *offer)
{
    return (const uint8_t *)(profile_asked(offer) + offer->language_count);
}

#endif
