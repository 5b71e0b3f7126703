/* Cues: the words that tell a constraint, or what is meant of the words around them. */
#ifndef PASSERELLE_MATCHING_RECOGNISE_CUES_H
#define PASSERELLE_MATCHING_RECOGNISE_CUES_H

#include <stdint.h>

enum cue_kind {
    CUE_NOT,          /* what follows is denied; value 0: only seems so ("pas de souci") */
    CUE_NOT_BEHIND,   /* what stands before is */
    CUE_HOPED,        /* what follows is hoped for, not held (CVs) */
    CUE_LEARNING,     /* what follows is being learnt: level 1 */
    CUE_WISH,         /* what follows is wished for */
    CUE_WISH_BEHIND,  /* what stands before is; value 1: all of an enumeration */
    CUE_MUST,         /* what stands before or behind is required after all */
    CUE_TAUGHT,       /* is taught on the job; value 1: what follows, 0: what stands before */
    CUE_LEVEL,        /* of what follows; value 1..4 */
    CUE_LEVEL_BEHIND, /* of what stands before */
    CUE_YEARS,        /* after a number */
    CUE_MONTHS,       /* after a number */
    CUE_EXPERIENCE,
    CUE_BEGINNER,     /* no experience is asked for */
    CUE_CONTRACT,     /* value: bits of CONTRACT */
    CUE_SEEK,         /* what follows is looked for */
    CUE_LICENCE,      /* the word "permis" */
    CUE_LICENCE_CODE, /* value: LICENCE, where it is said otherwise ("BSR") */
    CUE_IN_PROGRESS,
    CUE_AUTHORISATION,  /* value: AUTHORISATION */
    CUE_CACES,          /* the word */
    CUE_LANGUAGE,       /* value: the two letters */
    CUE_LANGUAGE_LEVEL, /* value: CEFR */
    CUE_DAY,            /* value: DAY */
    CUE_DAY_RANGE,      /* value: first DAY, last DAY << 4 */
    CUE_WEEKEND,
    CUE_DAYS,       /* the unit, after a number */
    CUE_NOT_WEEKLY, /* before hours of a day, or of a course */
    CUE_MONTH,      /* value: 1..12 */
    CUE_NOW,        /* as soon as possible */
    CUE_TOMORROW,
    CUE_NEXT_WEEK,
    CUE_START,   /* what follows is when it begins */
    CUE_END,     /* what follows is when it ends */
    CUE_NO_DATE, /* what follows is another date: an interview, a closing date */
    CUE_MEETING, /* hours behind it are of an interview, of a call */
    CUE_PER_WEEK,
    CUE_HOURS,     /* the unit, after a number */
    CUE_PART_TIME, /* value 1; full time 0 */
    CUE_SCHOOL,    /* the place of a rhythm */
    CUE_COMPANY,
    CUE_REMOTE, /* value: REMOTE, as it is without more words */
    CUE_PLACE,  /* what follows is a place */
    CUE_MODE,   /* value: MODE */
    CUE_KM,
    CUE_ADULT,
    CUE_WISH_UNLAWFUL, /* value: enum recognised_wish, maybe with FLAG_NEEDS_PREFERENCE */
    CUE_PERSON,        /* what follows is a name; 0: on the same line; 2: only an unknown word */
    CUE_NO_NAME,       /* a word beside numbers that is no name */
    CUE_PREFERENCE,    /* makes a word about a person a wish */
    CUE_CIVILITY,      /* "Mme" */
    CUE_DIPLOMA,       /* names of diplomas follow */
    CUE_OFFERED,       /* what the firm gives; value 1: what follows, 0: what stands before */
    CUE_KIND_COUNT
};

_Static_assert(CUE_KIND_COUNT <= 64, "a token's kinds are bits of one number");
enum { CUE_ANY_LANGUAGE = -1 };
enum { FLAG_NEEDS_PREFERENCE = 16 }; /* a wish only beside a word of preference */

struct cue_row {
    enum cue_kind kind;
    int32_t value;
    int language;        /* enum label_language, or CUE_ANY_LANGUAGE */
    const char *phrases; /* folded words, single spaces, alternatives after '|' */
};
extern const struct cue_row cue_rows[];
extern const unsigned cue_row_count;

#define CUE_LANGUAGE_CODE(first, second) ((first) << 8 | (second))

#endif
