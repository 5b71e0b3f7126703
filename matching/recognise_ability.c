/* Authorisations and languages. */
#include "../proto/choices.h"
#include "recognise_parts.h"

enum { LEVEL_REACH = 4, CACES_REACH = 4 };

/* -- authorisations -----------------------------------------------------------------------------
 */

static bool in_progress(const struct reading *reading, unsigned first, unsigned last)
{
    return reading_cue_within(reading, last + 1, reading_part_end(reading, last),
                              CUE_IN_PROGRESS) != NULL ||
           reading_cue_within(reading, reading_part_start(reading, first), first,
                              CUE_IN_PROGRESS) != NULL;
}

static void add_authorisation(struct reading *reading, unsigned first, unsigned last, uint8_t name)
{
    struct recognition *found = reading->found;
    if (found->authorisation_count == RECOGNISED_ITEMS_MAX)
        return;
    bool negated = reading_is_negated(reading, first, last);
    bool learning = !negated && in_progress(reading, first, last);
    found->authorisations[found->authorisation_count++] =
        (struct recognised_authorisation){tokens_span(&reading->tokens, first, last), name,
                                          reading->kind == RECOGNISED_OFFER && !negated &&
                                              !learning && !reading_is_wished(reading, first, last),
                                          learning, negated};
    reading_take(reading, first, last, TAKEN_CONSTRAINT);
}

/* Two letters are an authorisation only in capitals and where others are named. */
static bool is_said_of_electricity(const struct reading *reading, const struct cue *cue)
{
    static const char *const words[] = {
        "habilitation", "habilitations", "hab",        "habilite", "habilitee",
        "electrique",   "electriques",   "electrical", "b1v",      "b2v",
        "h0b0",         "h1v",           "h2v",        "clearance"};
    if (cue->length > 1 || reading->tokens.tokens[cue->token].folded_size > 2)
        return true;
    if (!reading->tokens.tokens[cue->token].capitals)
        return false;
    unsigned end = reading_sentence_end(reading, cue->token);
    for (unsigned at = reading_sentence_start(reading, cue->token); at < end; at++)
        if (IS_ANY_OF(reading, at, words))
            return true;
    return false;
}

/* "CACES 1, 3, 5": the old categories of fork-lift trucks. */
static unsigned take_caces(struct reading *reading, unsigned at)
{
    const struct cue *caces = reading_cue(reading, at, CUE_CACES);
    if (!caces)
        return at;
    unsigned end = at + 1;
    while (end < at + CACES_REACH && end < reading->tokens.count &&
           !(reading->tokens.tokens[end].gap & GAP_STRONG)) {
        unsigned number =
            end + (token_is(&reading->tokens, end, "et") || token_is(&reading->tokens, end, "ou"));
        if (reading->tokens.tokens[number].number < 1 || reading->tokens.tokens[number].number > 6)
            break;
        end = number + 1;
    }
    if (end == at + 1)
        return at;
    add_authorisation(reading, at, end - 1, AUTHORISATION_CACES_R489);
    return end;
}

void reading_find_authorisations(struct reading *reading)
{
    static const char *const before[] = {"habilitation", "habilitations", "caces", "hab",
                                         "habilite"};
    for (unsigned at = 0; at < reading->tokens.count;) {
        const struct cue *cue = reading_cue(reading, at, CUE_AUTHORISATION);
        unsigned end = at + (cue ? cue->length : 1);
        if (cue && is_said_of_electricity(reading, cue)) {
            unsigned first = at > 0 && IS_ANY_OF(reading, at - 1, before) ? at - 1 : at;
            add_authorisation(reading, first, end - 1, (uint8_t)cue_value(cue));
        } else {
            unsigned behind = take_caces(reading, at);
            end = behind > at ? behind : end;
        }
        at = end;
    }
}

/* -- languages ----------------------------------------------------------------------------------
 */

/* "anglais technique" and "documentation en anglais" are skills; "French customers" is none. */
static bool is_something_else(const struct reading *reading, unsigned first, unsigned last)
{
    static const char *const behind[] = {
        "technique",     "technical",   "customers", "clients",        "team",
        "company",       "market",      "law",       "nationals",      "citizens",
        "national",      "nationality", "food",      "administration", "speaking",
        "firm",          "driving",     "licence",   "companies",      "articles",
        "documentation", "docs",        "ecrit",     "informatique"};
    static const char *const before[] = {
        "doc",    "docs", "documentation", "documentations", "notices",
        "notice", "lire", "articles",      "manuels",        "technical",
        "tutos",  "tuto", "nationalite",   "videos"};
    if (!(reading->tokens.tokens[last + 1].gap & (GAP_STRONG | GAP_COMMA | GAP_OPEN)) &&
        IS_ANY_OF(reading, last + 1, behind))
        return true;
    unsigned at = first > 0 && (token_is(&reading->tokens, first - 1, "en") ||
                                token_is(&reading->tokens, first - 1, "l") ||
                                token_is(&reading->tokens, first - 1, "in"))
                      ? first - 1
                      : first;
    return at > 0 && !(reading->tokens.tokens[at].gap & GAP_STRONG) &&
           IS_ANY_OF(reading, at - 1, before);
}

/* The level that stands nearest, in the same part of the sentence or in a parenthesis behind. */
static const struct cue *level_of(const struct reading *reading, unsigned first, unsigned last)
{
    const struct text_tokens *tokens = &reading->tokens;
    unsigned end = last + 1 + LEVEL_REACH;
    for (unsigned at = last + 1; at < end && at < tokens->count; at++) {
        if (tokens->tokens[at].gap & (GAP_STRONG | GAP_COMMA) ||
            reading_cue(reading, at, CUE_LANGUAGE))
            break;
        const struct cue *level = reading_cue(reading, at, CUE_LANGUAGE_LEVEL);
        if (level)
            return level;
    }
    for (unsigned at = first; at > 0 && first - at < LEVEL_REACH; at--) {
        if (tokens->tokens[at].gap & (GAP_STRONG | GAP_COMMA | GAP_CLOSE))
            break;
        if (at < first && reading_cue(reading, at, CUE_LANGUAGE) &&
            !reading_cue(reading, at - 1, CUE_LANGUAGE_LEVEL))
            break;
        const struct cue *level = reading_cue(reading, at - 1, CUE_LANGUAGE_LEVEL);
        if (level && at - 1 + level->length >= first - 2 - (level->length > 1))
            return level;
    }
    return NULL;
}

/* A level as a code ("A2"); after "no need to speak it fluently", it says what is needed. */
static bool is_code(const struct reading *reading, const struct cue *level)
{
    const struct token *token = &reading->tokens.tokens[level->token + level->length - 1];
    return token->folded_size == 2 && token->letters == 1;
}

/* "scolaire (A2)": the code counts. */
static const struct cue *code_behind(const struct reading *reading, const struct cue *level,
                                     unsigned last)
{
    unsigned at = level && level->token > last ? level->token + level->length : last + 1;
    for (unsigned end = at + LEVEL_REACH; at < end && at < reading->tokens.count; at++) {
        if (reading->tokens.tokens[at].gap & (GAP_STRONG | GAP_COMMA))
            return NULL;
        const struct cue *code = reading_cue(reading, at, CUE_LANGUAGE_LEVEL);
        if (code && is_code(reading, code))
            return code;
        if (reading_cue(reading, at, CUE_LANGUAGE))
            return NULL;
    }
    return NULL;
}

static void add_language(struct reading *reading, const struct cue *cue)
{
    struct recognition *found = reading->found;
    unsigned first = cue->token, last = cue->token + cue->length - 1;
    if (found->language_count == RECOGNISED_ITEMS_MAX || is_something_else(reading, first, last))
        return;
    const struct cue *level = level_of(reading, first, last);
    const struct cue *code = code_behind(reading, level, last);
    level = code ? code : level;
    bool negated = !code && reading_is_negated(reading, first, last);
    struct recognised_language *language = &found->languages[found->language_count++];
    *language = (struct recognised_language){
        .span = tokens_span(&reading->tokens, first, last),
        .code = {(char)(cue_value(cue) >> 8), (char)(cue_value(cue) & 0xFF), '\0'},
        .level = level && !negated ? (uint8_t)cue_value(level) : 0,
        .required = reading->kind == RECOGNISED_OFFER && !negated &&
                    !reading_is_wished(reading, first, last),
        .negated = negated};
    reading_take(reading, first, last, TAKEN_CONSTRAINT);
}

void reading_find_languages(struct reading *reading)
{
    for (unsigned at = 0; at < reading->tokens.count;) {
        const struct cue *cue = reading_cue(reading, at, CUE_LANGUAGE);
        if (cue && !reading->taken[at])
            add_language(reading, cue);
        at += cue ? cue->length : 1;
    }
}
