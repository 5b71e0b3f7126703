/* Learners and offers as the score sees them: every code resolved to a number, every default
 * filled in, nothing in it that a score may not use. Made from facts (plain structs) that the
 * caller took from its records. */
#ifndef PASSERELLE_MATCHING_PROFILE_H
#define PASSERELLE_MATCHING_PROFILE_H

#include "referential.h"

/* Opaque, plain memory in one block each. A learner's refers to the referential it was made with,
 * which must outlive it. */
struct learner_profile;
struct offer_profile;

/* -- facts: what a record says, its codes resolved and nothing else done. Lists may repeat
 * themselves and come in any order; items out of bounds are ignored. -----------------------------
 */

enum {
    FACT_CLAIMS_MAX = 120,
    FACT_REQUIREMENTS_MAX = 60,
    FACT_ROLES_MAX = 8,
    FACT_HOURS_MAX = 21,
    FACT_AUTHORISATIONS_MAX = 16,
    FACT_LANGUAGES_MAX = 12,
};
enum { FACT_RADIUS_KM = 30 }; /* how far somebody travels who did not say */
enum { FACT_LEVEL_MAX = 4, FACT_LEVEL_DEFAULT = 2 };
#define FACT_NO_DAY INT32_MIN /* a date nobody gave */

enum fact_evidence {
    FACT_DECLARED = 1,
    FACT_OBSERVED,
    FACT_ATTESTED,
    FACT_PROJECT,
    FACT_WORK,
    FACT_EVIDENCE_END
};

struct fact_place {
    bool known;
    int32_t latitude, longitude; /* 1e-6 degrees */
};
struct fact_claim {
    int32_t skill; /* REFERENTIAL_NONE: unknown words */
    uint8_t level; /* 1..FACT_LEVEL_MAX */
    uint8_t evidence;
};
struct fact_requirement {
    int32_t skill; /* REFERENTIAL_NONE: unknown words */
    uint8_t level;
    bool required; /* else wished for */
};
struct fact_hours {
    uint8_t day;      /* 1 Monday .. 7 Sunday */
    int32_t from, to; /* minutes since midnight, to after from */
};
struct fact_authorisation {
    uint8_t name;       /* 1..32 */
    int32_t expires_on; /* last valid day, or FACT_NO_DAY */
};
struct fact_language {
    char code[2];  /* ISO 639-1 */
    uint8_t level; /* 1.. in growing order */
};
/* Working days of a cycle; company 0: not given. */
struct fact_rhythm {
    uint8_t company, school;
};

/* Sets hold bit (n - 1) for choice n; an empty one stands for any. */
struct learner_facts {
    uint64_t number; /* of the record */
    int32_t today;   /* days since 1970, as all dates */
    struct fact_claim claims[FACT_CLAIMS_MAX];
    int32_t roles[FACT_ROLES_MAX]; /* wished for, the dearest first */
    struct fact_hours free_hours[FACT_HOURS_MAX];
    struct fact_authorisation authorisations[FACT_AUTHORISATIONS_MAX];
    struct fact_language languages[FACT_LANGUAGES_MAX];
    unsigned claim_count, role_count, free_hours_count, authorisation_count, language_count;
    struct fact_place place;
    int32_t radius_km;
    uint32_t contracts, remotes;
    uint32_t licences; /* held, with the smaller ones they include */
    int32_t available_from;
    int32_t of_age_on;                    /* FACT_NO_DAY: an adult */
    int32_t minimum_hours, maximum_hours; /* a week; 0: not given */
    struct fact_rhythm rhythm;
};

struct offer_facts {
    uint64_t number;
    int32_t today;
    struct fact_requirement requirements[FACT_REQUIREMENTS_MAX]; /* in the record's order */
    struct fact_hours schedule[FACT_HOURS_MAX];
    struct fact_language languages[FACT_LANGUAGES_MAX];
    unsigned requirement_count, schedule_count, language_count;
    int32_t role; /* or REFERENTIAL_NONE */
    struct fact_place place;
    uint8_t contract; /* 1..16; 0: not given */
    uint8_t remote;   /* 1..8 */
    bool remote_full; /* nobody travels */
    bool alternance;  /* rhythms count */
    bool adults_only;
    uint32_t licences, authorisations; /* required */
    int32_t starts_on, closes_on;
    int32_t weekly_minutes; /* 0: not given */
    struct fact_rhythm rhythm;
};

/* Facts with nothing given: everything absent, no place, FACT_RADIUS_KM. */
void learner_facts_start(struct learner_facts *facts);
void offer_facts_start(struct offer_facts *facts);

/* NULL when out of memory. Of a skill claimed several times the best claim is kept (or those of
 * which one has the higher level, another the better evidence), of one asked for several times the
 * strongest demand. */
struct learner_profile *learner_profile_create(const struct learner_facts *facts,
                                               const struct referential *referential);
struct offer_profile *offer_profile_create(const struct offer_facts *facts,
                                           const struct referential *referential);

/* -- profiles ------------------------------------------------------------------------------------
 */

void learner_profile_free(struct learner_profile *profile); /* NULL is fine */
void offer_profile_free(struct offer_profile *profile);
size_t learner_profile_size(const struct learner_profile *profile);
size_t offer_profile_size(const struct offer_profile *profile);

/* The first day after today on which compiling again would give another profile; INT32_MAX if none
 * (an authorisation expires, an offer closes, a minor comes of age). */
int32_t learner_profile_changes_on(const struct learner_profile *profile);
int32_t offer_profile_changes_on(const struct offer_profile *profile);
/* An offer past closes_on is in no list. */
bool offer_profile_closed(const struct offer_profile *profile);
/* The offer named no known skill: those of its role stand in. */
bool offer_profile_from_role(const struct offer_profile *profile);

#endif
