/* Why a pair fits or does not, as data; the texts for people are elsewhere. */
#ifndef PASSERELLE_MATCHING_REASON_H
#define PASSERELLE_MATCHING_REASON_H

#include "gap.h"

enum reason_code {
    REASON_FITS,          /* skill held: skill, claim, path, level, evidence, credit */
    REASON_PARTLY,        /* held below the level asked for, or a near skill */
    REASON_MISSING,       /* skill asked for and not held: skill, required */
    REASON_FROM_ROLE,     /* the offer named no skill; its role's core skills were used: role */
    REASON_BARRED,        /* a hard constraint fails: constraint, value, limit */
    REASON_UNCHECKED,     /* a constraint could not be checked, one side is silent: constraint */
    REASON_WISH,          /* the role or contract is one the learner wishes for: role */
    REASON_DISTANCE,      /* value, limit: km */
    REASON_UNKNOWN_WORDS, /* words of the offer that nobody recognised; index in value */
    REASON_CODE_END
};
const char *reason_name(enum reason_code code); /* wire name, such as fits */

struct reason {
    enum reason_code code;
    enum constraint constraint;
    int32_t skill; /* asked for; REFERENTIAL_NONE when none */
    int32_t claim; /* skill that stands for it */
    int32_t role;
    uint8_t path; /* enum skill_path */
    uint8_t evidence;
    uint8_t level, wanted_level;
    bool required;
    int32_t weight;       /* share of the offer's total weight, 0..SCORE_ONE */
    int32_t credit;       /* share obtained, 0..weight */
    int64_t value, limit; /* by constraint, see below */
    /* Of a barred one, as in struct gap. */
    int64_t by;
    bool near;
    enum gap_outlook outlook;
    int32_t outlook_on;
};

/* Value and limit of a barred reason; licence, authorisation and language have one reason for each
 * that is missing, schedule one for each span of work outside the free hours.
 *
 * contract       the offer's contract · set of those welcome
 * start          day the learner is free · last day that would do
 * hours          minutes a week · the bound they miss
 * schedule       start of the span · its end, in minutes since Monday 00:00
 * distance       km, rounded up · km
 * remote         the offer's way of working · set of those accepted
 * rhythm         the offer's company days × 100 + school days · the learner's
 * licence        category · 0
 * authorisation  name · day it expires, 0 when not held
 * language       code's first letter × 256 + second · level asked for; level: the one spoken, or 0
 * age            day the learner comes of age · first day of work, 0 when not given
 *
 * A wish has role (the learner's), or in value the contract. A distance has
 * km, rounded up as where it bars, and in limit the radius. Unknown words have the index of the
 * requirement in the offer's record. */

enum { REASONS_MAX = 96 };
/* At most REASONS_MAX, what weighs most first within each code. Returns how many. */
unsigned reasons_explain(const struct learner_profile *learner, const struct offer_profile *offer,
                         const struct prospects *prospects, struct reason reasons[REASONS_MAX]);
/* The barred reason that a gap is told as. */
struct reason reason_of_gap(const struct gap *gap);

#endif
