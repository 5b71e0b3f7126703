/* Skills: phrases of the catalogue found in the text. */
#include "recognise_parts.h"
#include "recognise_words.h"

#include <string.h>

enum {
    SMALL_WORDS_MAX = 3, /* between two words of a phrase */
    PHRASE_GAPS = GAP_STRONG | GAP_COMMA | GAP_COLON | GAP_OPEN | GAP_CLOSE | GAP_DASH,
    CONFIDENCE_SINGLE = 8000,
    CONFIDENCE_SEVERAL = 9300
};

struct skill_match {
    unsigned first, last;
    const struct skill_phrase *phrase;
};

static bool is_small(const struct reading *reading, unsigned token)
{
    return recognise_is_small(token_text(&reading->tokens, token),
                              reading->tokens.tokens[token].folded_size);
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

/* A phrase of one word needs that word, not another one of the same family. */
static bool is_same_word(const struct reading *reading, unsigned token,
                         const struct skill_phrase *phrase)
{
    const struct token *found = &reading->tokens.tokens[token];
    if (found->word == phrase->word)
        return true;
    char singular[TOKEN_FOLDED_MAX];
    size_t size = found->folded_size;
    memcpy(singular, token_text(&reading->tokens, token), size);
    size = recognise_singular(singular, size);
    return symbols_find(&reading->lexicon->stems, singular, size) == phrase->singular;
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
        if (phrase->words == 1 && !is_same_word(reading, first, phrase))
            continue;
        if (!best || phrase->own >= best->own)
            best = phrase;
    }
    return best;
}

/* The longest phrase that begins at the token; false: none. */
static bool longest_match(const struct reading *reading, unsigned first, struct skill_match *match)
{
    int32_t node = PHRASE_ROOT;
    match->phrase = NULL;
    for (unsigned at = first; at != UINT32_MAX; at = skip_small(reading, at + 1)) {
        node = phrase_trie_step(&reading->lexicon->skills, node, reading->tokens.tokens[at].stem);
        if (node == PHRASE_NONE)
            break;
        const struct skill_phrase *phrase = phrase_at(reading, node, first);
        if (phrase)
            *match = (struct skill_match){first, at, phrase};
    }
    return match->phrase != NULL;
}

static void add_skill(struct reading *reading, const struct skill_match *match)
{
    struct recognition *found = reading->found;
    if (found->skill_count == RECOGNISED_SKILLS_MAX)
        return;
    bool negated = reading_is_negated(reading, match->first, match->last);
    found->skills[found->skill_count++] = (struct recognised_skill){
        .span = tokens_span(&reading->tokens, match->first, match->last),
        .skill = match->phrase->skill,
        .confidence = match->phrase->words > 1 ? CONFIDENCE_SEVERAL : CONFIDENCE_SINGLE,
        .required = reading->kind == RECOGNISED_OFFER && !negated &&
                    !reading_is_wished(reading, match->first, match->last),
        .negated = negated};
}

void reading_find_skills(struct reading *reading)
{
    for (unsigned at = 0; at < reading->tokens.count;) {
        struct skill_match match;
        if (!reading->taken[at] && !is_small(reading, at) && longest_match(reading, at, &match)) {
            add_skill(reading, &match);
            at = match.last + 1;
        } else {
            at++;
        }
    }
}
