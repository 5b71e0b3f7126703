/* Level and years of practice beside the skills found. */
#include "recognise_calendar.h"
#include "recognise_parts.h"

enum { BEFORE_REACH = 4, BEHIND_REACH = 4, YEARS_MOST = 50, TENTHS = 10, MONTHS = 12 };

static const struct skill_match *match_at(const struct reading *reading, unsigned token)
{
    uint32_t match = reading->match_of[token];
    return match == 0 ? NULL : &reading->matches[match - 1];
}

/* The first token of the enumeration ("HTML et CSS") that the match ends or goes on. */
static unsigned enumeration_start(const struct reading *reading, const struct skill_match *match)
{
    static const char *const joins[] = {"et", "and", "ou", "or"};
    unsigned start = match->first;
    while (start >= 2 && IS_ANY_OF(reading, start - 1, joins) && match_at(reading, start - 2))
        start = match_at(reading, start - 2)->first;
    return start;
}

static unsigned enumeration_end(const struct reading *reading, const struct skill_match *match)
{
    static const char *const joins[] = {"et", "and", "ou", "or"};
    unsigned last = match->last;
    while (last + 2 < reading->tokens.count && IS_ANY_OF(reading, last + 1, joins) &&
           match_at(reading, last + 2))
        last = match_at(reading, last + 2)->last;
    return last;
}

static uint8_t level_before(const struct reading *reading, const struct skill_match *match)
{
    unsigned first = enumeration_start(reading, match);
    unsigned start = reading_part_start(reading, first);
    if (first - start > BEFORE_REACH)
        start = first - BEFORE_REACH;
    for (unsigned at = first; at > start; at--)
        if (reading->match_of[at - 1] != 0)
            start = at;
    const struct cue *cue = reading_last_cue(reading, start, first, CUE_LEVEL);
    return cue && cue->token + cue->length + 2 >= first ? (uint8_t)cue_value(cue) : 0;
}

static uint8_t level_behind(const struct reading *reading, const struct skill_match *match)
{
    unsigned last = enumeration_end(reading, match), end = last + 1;
    uint32_t gaps = GAP_STRONG | GAP_COMMA;
    while (end < reading->tokens.count && end <= last + BEHIND_REACH + 1 &&
           !(reading->tokens.tokens[end].gap & gaps) && reading->match_of[end] == 0)
        end++;
    const struct cue *cue = reading_cue_within(reading, last + 1, end, CUE_LEVEL_BEHIND);
    return cue && cue->token <= last + 2 ? (uint8_t)cue_value(cue) : 0;
}

static bool is_being_learnt(const struct reading *reading, const struct skill_match *match)
{
    const struct cue *cue = reading_last_cue(reading, reading_part_start(reading, match->first),
                                             match->first, CUE_LEARNING);
    return cue && reading->kind == RECOGNISED_CV;
}

/* Years, in tenths, of "3 ans", "6 mois", "depuis 2009" that begins at the token; 0: none. */
static int32_t practice_at(const struct reading *reading, unsigned at)
{
    int32_t number = reading_small_number(reading, at);
    int32_t year = reading->tokens.tokens[at].number;
    if (number > 0 && number <= YEARS_MOST && reading_cue(reading, at + 1, CUE_YEARS))
        return number * TENTHS;
    if (number > 0 && number <= YEARS_MOST && reading_cue(reading, at + 1, CUE_MONTHS))
        return (number * TENTHS + MONTHS / 2) / MONTHS;
    if (year < 1950 || at == 0 || reading->date == RECOGNISED_NO_DAY ||
        !(token_is(&reading->tokens, at - 1, "depuis") ||
          token_is(&reading->tokens, at - 1, "since")))
        return 0;
    int32_t years = calendar_date(reading->date).year - year;
    return years > 0 && years <= YEARS_MOST ? years * TENTHS : 0;
}

/* "3 years of Java", "4 ans de tirage et chambres", "Technicien cuivre depuis 2009 (ADSL)". */
static int32_t practice(const struct reading *reading, const struct skill_match *match)
{
    static const char *const leads[] = {"de",   "d",    "of",  "en",   "in",
                                        "dans", "with", "sur", "comme"};
    unsigned start = reading_part_start(reading, match->first);
    for (unsigned at = match->first; at > start; at--) {
        int32_t tenths = practice_at(reading, at - 1);
        if (tenths == 0)
            continue;
        unsigned behind = at + 1;
        if (behind <= match->first &&
            (behind == match->first || IS_ANY_OF(reading, behind, leads) ||
             reading_cue(reading, behind, CUE_EXPERIENCE)))
            return tenths;
        break;
    }
    for (unsigned at = match->last + 1; at <= match->last + 2 && at < reading->tokens.count; at++) {
        if (reading->tokens.tokens[at].gap & (GAP_STRONG | GAP_COMMA))
            return 0;
        if (practice_at(reading, at) > 0)
            return practice_at(reading, at);
    }
    return 0;
}

void reading_find_degrees(struct reading *reading)
{
    struct recognition *found = reading->found;
    unsigned skill = 0;
    for (unsigned at = 0; at < reading->tokens.count && skill < found->skill_count; at++) {
        const struct skill_match *match = match_at(reading, at);
        if (!match || at != match->first)
            continue;
        struct recognised_skill *item = &found->skills[skill++];
        uint8_t behind = level_behind(reading, match), before = level_before(reading, match);
        item->level = before ? before : behind;
        if (item->level == 0 && is_being_learnt(reading, match))
            item->level = 1;
        item->years_tenth = item->negated ? 0 : (uint16_t)practice(reading, match);
    }
}
