/* Reads the text of an offer or a CV, French or English: skills, job titles and roles, constraints,
 * unlawful wishes, private data. Pure and deterministic: the text's own date is an argument. Time
 * is linear in the text; memory is taken once, when a recogniser is made. */
#ifndef PASSERELLE_MATCHING_RECOGNISER_H
#define PASSERELLE_MATCHING_RECOGNISER_H

#include "communes.h"

enum {
    RECOGNISER_TEXT_MAX = 20 * 1024, /* bytes that are read; what follows is as if it were absent */
    RECOGNISED_SKILLS_MAX = 256,
    RECOGNISED_OTHERS_MAX = 4,
    RECOGNISED_ROLES_MAX = 10,
    RECOGNISED_TITLES_MAX = 16,
    RECOGNISED_ITEMS_MAX = 24, /* of each kind of constraint */
    RECOGNISED_FLAGS_MAX = 32,
    RECOGNISED_PRIVATE_MAX = 512,
    RECOGNISED_TOWN_SIZE = 64
};
enum { RECOGNISED_CERTAIN = 10000 }; /* a confidence of one */
#define RECOGNISED_NO_DAY INT32_MIN
enum { RECOGNISED_ANY_LANGUAGE = -1 }; /* to be guessed */

enum recognised_text { RECOGNISED_OFFER, RECOGNISED_CV };

/* Of the text, in bytes, the end exclusive; never within a character. */
struct text_span {
    uint32_t start, end;
};

struct recognised_skill {
    struct text_span span;
    int32_t skill;
    int32_t others[RECOGNISED_OTHERS_MAX]; /* what else it could be, best first */
    unsigned other_count;
    unsigned confidence;  /* how often such a one is right, in 1/RECOGNISED_CERTAIN */
    uint8_t level;        /* 1..4; 0: not said */
    uint16_t years_tenth; /* of practice, in tenths; 0: not said */
    bool required;        /* else wished for; offers only */
    bool negated;         /* said not to be needed, or not held: never count it */
};

struct recognised_role {
    int32_t role;
    unsigned share; /* how probable among all roles, in 1/RECOGNISED_CERTAIN */
};

/* -- constraints; values of lists are those of proto/choices.h -----------------------------------
 */

enum recognised_precision { PRECISION_DAY, PRECISION_WEEK, PRECISION_MONTH };

struct recognised_contract {
    struct text_span span;
    uint32_t values; /* bits of CONTRACT, of which any may be meant */
};
struct recognised_date {
    struct text_span span;
    int32_t day; /* since 1970; RECOGNISED_NO_DAY: none */
    enum recognised_precision precision;
    bool asap;
};
struct recognised_hours {
    struct text_span span;
    int16_t weekly_minutes; /* 0: not said */
    int16_t from, to;       /* minutes since midnight; -1: not said */
    uint8_t days;           /* bits of DAY */
    uint8_t days_count;     /* a week; 0: not said */
    int8_t part_time;       /* 1 yes, 0 no, -1 not said */
};
struct recognised_rhythm {
    struct text_span span;
    uint8_t company_days, school_days; /* both 0: none */
};
struct recognised_place {
    struct text_span span;
    char town[RECOGNISED_TOWN_SIZE]; /* as written; "" when a department is meant */
    char commune[8];                 /* INSEE code, "" when not known */
    char department[4];              /* or "" */
};
struct recognised_remote {
    struct text_span span;
    uint8_t value; /* REMOTE; 0: not said */
};
struct recognised_licence {
    struct text_span span;
    uint8_t code; /* LICENCE */
    bool required, in_progress, negated;
};
struct recognised_authorisation {
    struct text_span span;
    uint8_t name; /* AUTHORISATION */
    bool required, in_progress, negated;
};
struct recognised_language {
    struct text_span span;
    char code[3];  /* ISO 639-1 */
    uint8_t level; /* CEFR; 0: not said */
    bool required, negated;
};
struct recognised_experience {
    struct text_span span;
    uint16_t years_tenth;
    bool required, known;
};
struct recognised_travel {
    struct text_span span;
    uint8_t mode;       /* MODE; 0: not said */
    uint16_t radius_km; /* 0: not said */
};

/* -- what must not be used, and what must not be shown ------------------------------------------
 */

enum recognised_wish {
    WISH_SEX,
    WISH_AGE,
    WISH_ORIGIN,
    WISH_NATIONALITY,
    WISH_RELIGION,
    WISH_FAMILY,
    WISH_HEALTH,
    WISH_APPEARANCE,
    WISH_RESIDENCE
};
struct recognised_flag {
    struct text_span span;
    enum recognised_wish kind;
};
enum recognised_secret { PRIVATE_PHONE, PRIVATE_EMAIL, PRIVATE_NAME };
struct recognised_private {
    struct text_span span;
    enum recognised_secret kind;
};

/* Lists in the order of the text, roles best first. What no longer fits is left out. */
struct recognition {
    enum label_language language;
    uint32_t size; /* bytes that were read; a text that is longer was cut there */
    struct recognised_skill skills[RECOGNISED_SKILLS_MAX];
    struct recognised_role roles[RECOGNISED_ROLES_MAX];
    struct text_span titles[RECOGNISED_TITLES_MAX]; /* job titles */
    struct recognised_contract contracts[RECOGNISED_ITEMS_MAX];
    struct recognised_hours hours[RECOGNISED_ITEMS_MAX];
    struct recognised_place places[RECOGNISED_ITEMS_MAX];
    struct recognised_licence licences[RECOGNISED_ITEMS_MAX];
    struct recognised_authorisation authorisations[RECOGNISED_ITEMS_MAX];
    struct recognised_language languages[RECOGNISED_ITEMS_MAX];
    struct recognised_travel travels[RECOGNISED_ITEMS_MAX];
    struct recognised_flag flags[RECOGNISED_FLAGS_MAX];
    struct recognised_private privates[RECOGNISED_PRIVATE_MAX];
    unsigned skill_count, role_count, title_count, contract_count, hours_count, place_count,
        licence_count, authorisation_count, language_count, travel_count, flag_count, private_count;
    bool private_overflow; /* there is more private data than fits: do not show the text */
    struct recognised_date start, end;
    struct recognised_rhythm rhythm;
    struct recognised_remote remote;
    struct recognised_experience experience;
    struct text_span adults_only; /* start == end: not said */
};

struct recogniser;

/* Both stay the caller's and must outlive it; communes may be NULL: towns are then known by the
 * words before them alone. NULL when out of memory. A recogniser is for one caller at a time: it
 * reads into memory of its own. */
struct recogniser *recogniser_create(const struct referential *referential,
                                     const struct communes *communes);
void recogniser_free(struct recogniser *recogniser); /* NULL is fine */

/* Any bytes: what is not UTF-8 counts as space. date: when the text was written, in days since
 * 1970, from which "lundi" and "dans 15 jours" count; RECOGNISED_NO_DAY when not known, and then
 * such words give no date. language: enum label_language, or RECOGNISED_ANY_LANGUAGE. */
void recogniser_read(struct recogniser *recogniser, const char *text, size_t size,
                     enum recognised_text kind, int language, int32_t date,
                     struct recognition *recognition);

/* "sex", "age" …; "phone", "email", "name". */
const char *recognised_wish_name(enum recognised_wish kind);
const char *recognised_secret_name(enum recognised_secret kind);

/* Unicode code points of the text before a byte offset of one of its spans. */
size_t text_code_points(const char *text, size_t offset);

#endif
