/* Unlawful wishes about the person: recognised to be told to the employer, never used. */
#include "../proto/choices.h"
#include "recognise_parts.h"

enum { AGE_LEAST = 16, AGE_MOST = 70, NEAR = 3 };

static void add_flag(struct reading *reading, unsigned first, unsigned last,
                     enum recognised_wish kind)
{
    struct recognition *found = reading->found;
    struct text_span span = tokens_span(&reading->tokens, first, last);
    reading_take(reading, first, last, TAKEN_FLAG);
    for (unsigned i = 0; i < found->flag_count; i++) {
        struct text_span *known = &found->flags[i].span;
        if (found->flags[i].kind != kind || span.start >= known->end)
            continue;
        known->end = span.end > known->end ? span.end : known->end;
        return;
    }
    if (found->flag_count < RECOGNISED_FLAGS_MAX)
        found->flags[found->flag_count++] = (struct recognised_flag){span, kind};
}

/* "recherche un jeune homme", "une femme de préférence", "Young girl preferred". */
static bool is_preferred(const struct reading *reading, unsigned first, unsigned last)
{
    unsigned start = reading_part_start(reading, first), end = reading_part_end(reading, last);
    for (unsigned at = start; at < end; at++) {
        const struct cue *cue = reading_cue(reading, at, CUE_PREFERENCE);
        if (!cue)
            continue;
        bool seeks = reading_cue(reading, at, CUE_SEEK) != NULL;
        if (!seeks || (at < first && first <= at + cue->length + NEAR))
            return true;
    }
    return false;
}

/* "homme/femme", "(H/F)", "un homme ou une femme": both are welcome. */
static bool both_sexes(const struct reading *reading, unsigned first, unsigned last)
{
    static const char *const men[] = {"homme", "hommes", "man", "men", "male", "garcon"};
    static const char *const women[] = {"femme", "femmes", "woman", "women", "female", "fille"};
    bool man = false, woman = false;
    unsigned start = first > NEAR ? first - NEAR : 0;
    for (unsigned at = start; at <= last + NEAR && at < reading->tokens.count; at++) {
        man |= IS_ANY_OF(reading, at, men);
        woman |= IS_ANY_OF(reading, at, women);
    }
    return man && woman;
}

/* "jeune équipe", "école catholique", "public jeune": of the firm or of others. */
static bool is_of_others(const struct reading *reading, unsigned first, unsigned last)
{
    static const char *const behind[] = {
        "equipe",   "entreprise", "structure", "societe",  "agence",  "boite",
        "start",    "public",     "team",      "company",  "pousse",  "association",
        "business", "firm",       "magasin",   "people",   "diplome", "diplomee",
        "diplomes", "offenders",  "audience",  "children", "enfants", "customers"};
    static const char *const before[] = {
        "ecole",  "etablissement", "college", "lycee",     "equipe",  "association", "prive",
        "privee", "school",        "les",     "des",       "aux",     "public",      "pour",
        "nos",    "mode",          "rayon",   "vetements", "secours", "chez"};
    if (!(reading->tokens.tokens[last + 1].gap & (GAP_STRONG | GAP_COMMA)) &&
        IS_ANY_OF(reading, last + 1, behind))
        return true;
    return first > 0 && !(reading->tokens.tokens[first].gap & (GAP_STRONG | GAP_COMMA)) &&
           IS_ANY_OF(reading, first - 1, before);
}

/* The age of an apprentice or of a civic service is the law's. */
static bool is_lawful_age(const struct reading *reading, unsigned first, unsigned last)
{
    const uint32_t young = CHOICE_BIT(CONTRACT_APPRENTICESHIP) |
                           CHOICE_BIT(CONTRACT_CIVIC_SERVICE) |
                           CHOICE_BIT(CONTRACT_PROFESSIONALISATION);
    unsigned end = reading_sentence_end(reading, last);
    for (unsigned at = reading_sentence_start(reading, first); at < end; at++) {
        const struct cue *cue = reading_cue(reading, at, CUE_CONTRACT);
        if (cue && (uint32_t)cue_value(cue) & young)
            return true;
    }
    return false;
}

static bool flags(const struct reading *reading, const struct cue *cue)
{
    unsigned first = cue->token, last = cue->token + cue->length - 1;
    int32_t kind = cue_value(cue) & ~FLAG_NEEDS_PREFERENCE;
    if (kind == WISH_SEX && both_sexes(reading, first, last))
        return false;
    if (kind == WISH_AGE && is_lawful_age(reading, first, last))
        return false;
    if (!(cue_value(cue) & FLAG_NEEDS_PREFERENCE))
        return kind != WISH_RELIGION || !is_of_others(reading, first, last);
    return !is_of_others(reading, first, last) && is_preferred(reading, first, last);
}

/* "20-35 ans", "entre 20 et 35 ans", "âge : 25 ans", "aged 20 to 30". Returns its last token; at:
 * none. */
static unsigned age_range(const struct reading *reading, unsigned at)
{
    static const char *const joins[] = {"et", "a", "and", "to"};
    const struct token *tokens = reading->tokens.tokens;
    int32_t low = tokens[at].number;
    if (low < AGE_LEAST || low > AGE_MOST || at + 2 >= reading->tokens.count)
        return at;
    unsigned second = tokens[at + 1].gap & (GAP_HYPHEN | GAP_DASH | GAP_SLASH) ? at + 1
                      : IS_ANY_OF(reading, at + 1, joins)                      ? at + 2
                                                                               : at;
    int32_t high = tokens[second].number;
    bool years = reading_cue(reading, second + 1, CUE_YEARS) != NULL;
    bool aged = false;
    static const char *const ages[] = {"age", "ages", "agee", "aged", "agees", "between", "entre"};
    for (unsigned i = at > NEAR ? at - NEAR : 0; i < at; i++)
        aged |= IS_ANY_OF(reading, i, ages);
    if (second == at || high <= low || high > AGE_MOST || (!years && !aged) ||
        reading_cue(reading, second + 2, CUE_EXPERIENCE))
        return at;
    return second + years;
}

/* "habitant Lille", "résidant sur la commune"; not "les habitants". */
static bool lives_in(const struct reading *reading, unsigned at)
{
    static const char *const verbs[] = {"habitant", "residant", "domicilie", "domiciliee",
                                        "vivant"};
    static const char *const leads[] = {"a", "sur", "dans", "le", "la", "pres", "proche"};
    const struct token *next = &reading->tokens.tokens[at + 1];
    return at + 1 < reading->tokens.count && IS_ANY_OF(reading, at, verbs) &&
           !(next->gap & ~(uint32_t)GAP_SPACE) &&
           (next->capital || IS_ANY_OF(reading, at + 1, leads));
}

/* "pas de Portugais": in French a capital tells the people from the language. */
static bool is_people_denied(const struct reading *reading, unsigned at)
{
    return reading->found->language == LABEL_FRENCH && reading->tokens.tokens[at].capital &&
           reading_cue(reading, at, CUE_LANGUAGE) && reading_part_start(reading, at) != at &&
           reading_is_negated(reading, at, at);
}

/* "moins de 32 ans", "30 ans max", "under 35". Returns its last token; at: none. */
static unsigned age_limit(const struct reading *reading, unsigned at)
{
    static const char *const before[] = {"moins", "max",  "maximum", "maxi",   "under", "below",
                                         "age",   "aged", "ages",    "limite", "jusqu", "agee"};
    static const char *const behind[] = {"max", "maxi", "maximum", "old", "grand"};
    int32_t number = reading->tokens.tokens[at].number;
    if (number < 20 || number > AGE_MOST)
        return at;
    const struct cue *years = reading_cue(reading, at + 1, CUE_YEARS);
    unsigned last = years ? at + 1 : at;
    bool limited = years && IS_ANY_OF(reading, last + 1, behind);
    for (unsigned i = at > NEAR ? at - NEAR : 0; i < at; i++) {
        bool under =
            token_is(&reading->tokens, i, "under") || token_is(&reading->tokens, i, "aged");
        if (IS_ANY_OF(reading, i, before) && (years || (under && i + 1 == at)))
            limited = true;
    }
    unsigned start = reading_part_start(reading, at), end = reading_part_end(reading, last);
    if (!limited || reading_cue_within(reading, start, end, CUE_EXPERIENCE))
        return at;
    return last > at ? last : at + 1;
}

void reading_find_flags(struct reading *reading)
{
    if (reading->kind != RECOGNISED_OFFER)
        return;
    for (unsigned at = 0; at < reading->tokens.count; at++) {
        if (reading->taken[at] & TAKEN_PRIVATE)
            continue;
        unsigned last = age_range(reading, at);
        if (last == at)
            last = age_limit(reading, at);
        if (last > at && last < reading->tokens.count && !is_lawful_age(reading, at, last))
            add_flag(reading, at, last, WISH_AGE);
        if (lives_in(reading, at))
            add_flag(reading, at, at + 1, WISH_RESIDENCE);
        if (is_people_denied(reading, at))
            add_flag(reading, at, at, WISH_ORIGIN);
        for (unsigned i = reading->first_cue[at]; i < reading->first_cue[at + 1]; i++) {
            const struct cue *cue = &reading->cues[i];
            if (cue_rows[cue->row].kind == CUE_WISH_UNLAWFUL && flags(reading, cue))
                add_flag(reading, at, at + cue->length - 1,
                         (enum recognised_wish)(cue_value(cue) & ~FLAG_NEEDS_PREFERENCE));
        }
    }
}
