/* Skills: phrases of the catalogue and words of the trades found in the text. */
#include "recognise_parts.h"
#include "recognise_senses.h"
#include "recognise_words.h"

#include <string.h>

enum {
    SMALL_WORDS_MAX = 3, /* between two words of a phrase */
    PHRASE_GAPS = GAP_STRONG | GAP_COMMA | GAP_COLON | GAP_OPEN | GAP_CLOSE | GAP_DASH,
    CONFIDENCE_NAME = 9700,
    CONFIDENCE_SINGLE = 8800,
    CONFIDENCE_SEVERAL = 9300,
    CONFIDENCE_OTHER = 5000, /* of another catalogue than the project's */
    CONFIDENCE_SENSE = 8000,
    SENSE_SUPPORT = 20, /* votes that a sense needs, */
    SENSE_SHARE = 4,    /* and at least this part of what the text speaks of most */
    LITTLE_VOTES = 60,  /* a text of less than that is of no trade */
    SENSES_OF_ROW_MAX = 8
};

static bool is_small(const struct reading *reading, unsigned token)
{
    return reading->tokens.tokens[token].small;
}

/* Words of a phrase may stand apart by small ones, and by signs within a word: "avant/après". */
static unsigned skip_small(const struct reading *reading, unsigned token)
{
    unsigned skipped = 0;
    for (; token < reading->tokens.count; token++) {
        uint32_t gap = reading->tokens.tokens[token].gap;
        if (gap & PHRASE_GAPS || (gap & GAP_SLASH && gap & GAP_SPACE))
            return UINT32_MAX;
        if (skipped++ == SMALL_WORDS_MAX || !is_small(reading, token))
            break;
    }
    return token < reading->tokens.count ? token : UINT32_MAX;
}

void reading_add_match(struct reading *reading, const struct skill_match *match)
{
    if (reading->match_count < MATCHES_MAX)
        reading->matches[reading->match_count++] = *match;
}

/* -- phrases ------------------------------------------------------------------------------------
 */

/* An ordinary word is a name only where it is written as one. */
static bool is_written_as_name(const struct reading *reading, unsigned token)
{
    const struct token *found = &reading->tokens.tokens[token];
    if (found->folded_size <= 3)
        return found->capitals;
    if (found->capitals)
        return true;
    const struct token *next = found + 1;
    bool begins = found->gap & (GAP_STRONG | GAP_DASH);
    bool listed = found->gap & (GAP_COMMA | GAP_SLASH | GAP_PLUS | GAP_COLON) ||
                  next->gap & (GAP_COMMA | GAP_SLASH | GAP_PLUS | GAP_STRONG) ||
                  token_is(&reading->tokens, token + 1, "et") ||
                  token_is(&reading->tokens, token + 1, "and");
    return found->capital && (!begins || listed);
}

static bool is_same_word(const struct reading *reading, unsigned token,
                         const struct skill_phrase *phrase)
{
    const struct token *found = &reading->tokens.tokens[token];
    const char *word = symbols_text(&reading->lexicon->words, phrase->word);
    if (phrase->everyday)
        return found->word == phrase->word && is_written_as_name(reading, token);
    if (phrase->name && found->folded_size <= 4)
        return found->word == phrase->word;
    return found->word == phrase->word ||
           recognise_same_word(word, strlen(word), token_text(&reading->tokens, token),
                               found->folded_size);
}

/* A name, or a word with a capital within a title: "Modérateur Discord". */
static bool is_tool(const struct reading *reading, unsigned token,
                    const struct skill_phrase *phrase)
{
    const struct token *found = &reading->tokens.tokens[token];
    return phrase->name ||
           (phrase->words == 1 && found->capital && token > 0 &&
            reading->taken[token - 1] & TAKEN_TITLE && !(found->gap & (GAP_SLASH | GAP_HYPHEN)));
}

/* Phrases of other catalogues are many and loose: one word of them tells nothing beside the
 * project's own. */
static bool counts(const struct reading *reading, const struct skill_phrase *phrase, unsigned token)
{
    if (reading->taken[token] & TAKEN_TITLE && !is_tool(reading, token, phrase))
        return false; /* of a trade, not of what its people can do */
    if (phrase->words > 1)
        return true;
    if (reading_cue(reading, token, CUE_LANGUAGE))
        return false;
    if (!phrase->own && (reading->lexicon->own || reading->tokens.tokens[token].folded_size < 5))
        return false;
    return is_same_word(reading, token, phrase);
}

static const struct skill_phrase *phrase_at(const struct reading *reading, int32_t node,
                                            unsigned first)
{
    const struct lexicon *lexicon = reading->lexicon;
    const struct skill_phrase *best = NULL;
    for (const struct phrase_end *end = phrase_trie_end(&lexicon->skills, node); end;
         end = phrase_trie_next(&lexicon->skills, end)) {
        const struct skill_phrase *phrase =
            (const struct skill_phrase *)lexicon->phrases.items + end->value;
        if (counts(reading, phrase, first) && (!best || phrase->own >= best->own))
            best = phrase;
    }
    return best;
}

/* A word that is in the senses, too, is as loose as they are. */
static bool is_gated(const struct reading *reading, unsigned token,
                     const struct skill_phrase *phrase)
{
    const struct phrase_trie *trie = &reading->lexicon->senses;
    if (phrase->words > 1 || phrase->name || phrase->everyday)
        return false;
    int32_t node = phrase_trie_step(trie, PHRASE_ROOT, reading->tokens.tokens[token].word);
    return node != PHRASE_NONE && phrase_trie_end(trie, node) != NULL;
}

static uint16_t confidence_of(const struct skill_phrase *phrase)
{
    if (!phrase->own)
        return CONFIDENCE_OTHER;
    if (phrase->words > 1)
        return CONFIDENCE_SEVERAL;
    return phrase->name ? CONFIDENCE_NAME : CONFIDENCE_SINGLE;
}

/* What the firm gives ("outillage fourni") and who else is there ("nos bénévoles"). */
static bool is_given_or_of_others(const struct reading *reading, const struct skill_match *match,
                                  const struct skill_phrase *phrase)
{
    static const char *const others[] = {"benevole", "benevoles", "volunteers", "volunteer"};
    static const char *const articles[] = {"un", "des", "du", "votre", "vos", "a"};
    static const char *const planned[] = {"planning", "plannings", "planned"};
    /* "elle organise" is no "organisé", "la veille" the day before. */
    if (match->words == 1 &&
        ((token_is(&reading->tokens, match->first, "organise") &&
          !reading->tokens.tokens[match->first].accent) ||
         (match->first > 0 && token_is(&reading->tokens, match->first, "veille") &&
          token_is(&reading->tokens, match->first - 1, "la"))))
        return true;
    if (reading->kind == RECOGNISED_CV || phrase->name)
        return false;
    if (match->words == 1 && IS_ANY_OF(reading, match->first, others))
        return true;
    if (match->words == 1 && match->first > 0 && IS_ANY_OF(reading, match->first, planned) &&
        (IS_ANY_OF(reading, match->first - 1, articles) ||
         token_is(&reading->tokens, match->first, "planned")))
        return true;
    unsigned end = reading_part_end(reading, match->last);
    const struct cue *behind = reading_cue_within(reading, match->last + 1, end, CUE_OFFERED);
    if (behind && cue_value(behind) == 0)
        return true;
    const struct cue *before = reading_last_cue(
        reading, reading_sentence_start(reading, match->first), match->last + 1, CUE_OFFERED);
    return match->words == 1 && before && cue_value(before) == 1;
}

/* "HTML/CSS" is two skills, whatever phrase the catalogue has for both: each word is a name. */
static bool is_enumeration(const struct reading *reading, const struct skill_match *match)
{
    if (match->words != 2)
        return false;
    const unsigned tokens[2] = {match->first, match->last};
    int32_t skills[2] = {REFERENTIAL_NONE, REFERENTIAL_NONE};
    for (unsigned i = 0; i < 2; i++) {
        int32_t node = phrase_trie_step(&reading->lexicon->skills, PHRASE_ROOT,
                                        reading->tokens.tokens[tokens[i]].stem);
        const struct skill_phrase *phrase =
            node == PHRASE_NONE ? NULL : phrase_at(reading, node, tokens[i]);
        if (!phrase || !phrase->name || !phrase->own)
            return false;
        skills[i] = phrase->skill;
    }
    return skills[0] != skills[1] && (skills[0] == match->skill || skills[1] == match->skill);
}

/* All phrases that begin at the token. */
static void match_phrases(struct reading *reading, unsigned first)
{
    int32_t node = PHRASE_ROOT;
    for (unsigned at = first; at != UINT32_MAX; at = skip_small(reading, at + 1)) {
        node = phrase_trie_step(&reading->lexicon->skills, node, reading->tokens.tokens[at].stem);
        if (node == PHRASE_NONE)
            return;
        const struct skill_phrase *phrase = phrase_at(reading, node, first);
        if (!phrase)
            continue;
        struct skill_match match = {.first = first,
                                    .last = at,
                                    .skill = phrase->skill,
                                    .words = phrase->words,
                                    .kind = MATCH_PHRASE,
                                    .confidence = confidence_of(phrase),
                                    .own = phrase->own,
                                    .gated = is_gated(reading, first, phrase)};
        if (!is_given_or_of_others(reading, &match, phrase) && !is_enumeration(reading, &match))
            reading_add_match(reading, &match);
    }
}

/* -- senses -------------------------------------------------------------------------------------
 */

static bool is_supported(const struct reading *reading, int32_t support)
{
    return support >= SENSE_SUPPORT && support >= reading->most_votes / SENSE_SHARE;
}

/* Skills of a row that the referential has, the best supported first; returns how many. */
static unsigned senses_of(const struct reading *reading, const struct sense_row *row,
                          int32_t skills[SENSES_OF_ROW_MAX], int32_t supports[SENSES_OF_ROW_MAX])
{
    unsigned count = 0;
    for (const char *at = row->skills; at && count < SENSES_OF_ROW_MAX;) {
        const char *bar = strchr(at, '|');
        int32_t skill =
            referential_skill(reading->referential, at, bar ? (size_t)(bar - at) : strlen(at));
        at = bar ? bar + 1 : NULL;
        if (skill == REFERENTIAL_NONE)
            continue;
        int32_t support = reading_support(reading, skill);
        unsigned place = count++;
        for (; place > 0 && supports[place - 1] < support; place--) {
            skills[place] = skills[place - 1];
            supports[place] = supports[place - 1];
        }
        skills[place] = skill;
        supports[place] = support;
    }
    return count;
}

static void add_sense(struct reading *reading, unsigned first, unsigned last,
                      const struct sense_row *row)
{
    int32_t skills[SENSES_OF_ROW_MAX], supports[SENSES_OF_ROW_MAX];
    unsigned count = senses_of(reading, row, skills, supports);
    if (count == 0 || !is_supported(reading, supports[0]))
        return;
    struct skill_match match = {
        .first = first,
        .last = last,
        .skill = skills[0],
        .words =
            (uint8_t)(last - first + 1 < PHRASE_WORDS_MAX ? last - first + 1 : PHRASE_WORDS_MAX),
        .kind = MATCH_SENSE,
        .confidence = CONFIDENCE_SENSE,
        .own = true};
    for (unsigned i = 1; i < count && match.other_count < RECOGNISED_OTHERS_MAX; i++)
        match.others[match.other_count++] = skills[i];
    reading_add_match(reading, &match);
}

static void match_senses(struct reading *reading, unsigned first)
{
    const struct phrase_trie *trie = &reading->lexicon->senses;
    int32_t node = PHRASE_ROOT;
    for (unsigned at = first; at < reading->tokens.count; at++) {
        if (at > first && reading->tokens.tokens[at].gap & PHRASE_GAPS)
            return;
        node = phrase_trie_step(trie, node, reading->tokens.tokens[at].word);
        if (node == PHRASE_NONE)
            return;
        for (const struct phrase_end *end = phrase_trie_end(trie, node); end;
             end = phrase_trie_next(trie, end))
            add_sense(reading, first, at, &sense_rows[end->value]);
    }
}

/* -- choice -------------------------------------------------------------------------------------
 */

static bool is_free(const struct reading *reading, const struct skill_match *match)
{
    for (unsigned at = match->first; at <= match->last; at++)
        if (reading->match_of[at] != 0)
            return false;
    return true;
}

static void choose(struct reading *reading, unsigned index)
{
    const struct skill_match *match = &reading->matches[index];
    for (unsigned at = match->first; at <= match->last; at++)
        reading->match_of[at] = index + 1;
}

static void choose_those(struct reading *reading, bool own, unsigned words, int kind)
{
    for (unsigned i = 0; i < reading->match_count; i++) {
        const struct skill_match *match = &reading->matches[i];
        if (match->own == own && match->words == words && match->kind == kind &&
            is_free(reading, match))
            choose(reading, i);
    }
}

/* The project's own before others, longer phrases first, senses before phrases, which they tell
 * apart, those before loose ones; then in the order
 * of the text. */
static void choose_matches(struct reading *reading)
{
    unsigned counts[2][PHRASE_WORDS_MAX + 1][MATCH_NEAR + 1] = {0};
    for (unsigned i = 0; i < reading->match_count; i++)
        counts[reading->matches[i].own][reading->matches[i].words][reading->matches[i].kind]++;
    for (int own = 1; own >= 0; own--)
        for (unsigned words = PHRASE_WORDS_MAX; words > 0; words--)
            for (int kind = MATCH_SENSE; kind <= MATCH_NEAR; kind++)
                if (counts[own][words][kind] > 0)
                    choose_those(reading, own, words, kind);
}

static bool is_blocked(const struct reading *reading, unsigned token)
{
    return reading->taken[token] & (TAKEN_PRIVATE | TAKEN_CONSTRAINT | TAKEN_FLAG | TAKEN_NEUTRAL);
}

/* -- all ----------------------------------------------------------------------------------------
 */

static void add_skill(struct reading *reading, const struct skill_match *match)
{
    struct recognition *found = reading->found;
    if (found->skill_count == RECOGNISED_SKILLS_MAX)
        return;
    bool negated = reading_is_negated(reading, match->first, match->last);
    struct recognised_skill *skill = &found->skills[found->skill_count++];
    *skill = (struct recognised_skill){
        .span = tokens_span(&reading->tokens, match->first, match->last),
        .skill = match->skill,
        .other_count = match->other_count,
        .confidence = match->confidence,
        .required = reading->kind == RECOGNISED_OFFER && !negated &&
                    !reading_is_wished(reading, match->first, match->last),
        .negated = negated};
    memcpy(skill->others, match->others, sizeof skill->others);
}

static void drop_unsupported(struct reading *reading)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < reading->match_count; i++) {
        const struct skill_match *match = &reading->matches[i];
        if (!match->gated || reading->most_votes < LITTLE_VOTES ||
            is_supported(reading, reading_support(reading, match->skill)))
            reading->matches[kept++] = *match;
    }
    reading->match_count = kept;
}

static void vote(struct reading *reading)
{
    for (unsigned i = 0; i < reading->match_count; i++)
        if (!reading->matches[i].gated && reading->match_of[reading->matches[i].first] == i + 1)
            reading_vote_skill(reading, reading->matches[i].skill);
}

void reading_find_skills(struct reading *reading)
{
    reading->match_count = 0;
    memset(reading->match_of, 0,
           (reading->tokens.count + TOKENS_BEHIND) * sizeof *reading->match_of);
    for (unsigned at = 0; at < reading->tokens.count; at++)
        if (!is_blocked(reading, at) && !is_small(reading, at))
            match_phrases(reading, at);
    choose_matches(reading);
    vote(reading);
    reading_find_near(reading);
    drop_unsupported(reading);
    for (unsigned at = 0; at < reading->tokens.count; at++)
        if (!is_blocked(reading, at) && !(reading->taken[at] & TAKEN_TITLE))
            match_senses(reading, at);
    memset(reading->match_of, 0,
           (reading->tokens.count + TOKENS_BEHIND) * sizeof *reading->match_of);
    choose_matches(reading);
    for (unsigned at = 0; at < reading->tokens.count; at++) {
        uint32_t match = reading->match_of[at];
        if (match != 0 && reading->matches[match - 1].first == at)
            add_skill(reading, &reading->matches[match - 1]);
    }
    reading_find_degrees(reading);
}
