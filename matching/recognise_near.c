/* Phrases of the catalogue whose words stand near one another in the text, in whatever order and
 * with others between them: "pose de la PTO et du PBO" has "pose … PBO". */
#include "recognise_parts.h"

enum { REACH = 6, PHRASES_MAX = 48, NEAR_CONFIDENCE = 7000 };

/* The token nearest to the anchor, within the sentence, that has the stem; UINT32_MAX: none. */
static unsigned nearest(const struct reading *reading, unsigned anchor, int32_t stem)
{
    const struct token *tokens = reading->tokens.tokens;
    unsigned before = anchor, behind = anchor;
    for (unsigned distance = 1; distance <= REACH; distance++) {
        if (before != UINT32_MAX)
            before = before > 0 && !(tokens[before].gap & GAP_STRONG) ? before - 1 : UINT32_MAX;
        if (before != UINT32_MAX && tokens[before].stem == stem)
            return before;
        if (behind != UINT32_MAX)
            behind = behind + 1 < reading->tokens.count && !(tokens[behind + 1].gap & GAP_STRONG)
                         ? behind + 1
                         : UINT32_MAX;
        if (behind != UINT32_MAX && tokens[behind].stem == stem)
            return behind;
    }
    return UINT32_MAX;
}

static bool is_free(const struct reading *reading, unsigned token)
{
    return reading->match_of[token] == 0 &&
           !(reading->taken[token] & (TAKEN_PRIVATE | TAKEN_CONSTRAINT | TAKEN_FLAG));
}

static bool crosses_comma(const struct reading *reading, unsigned first, unsigned last)
{
    for (unsigned at = first + 1; at <= last; at++)
        if (reading->tokens.tokens[at].gap & (GAP_COMMA | GAP_COLON | GAP_OPEN | GAP_CLOSE))
            return true;
    return false;
}

/* Finds the words of the phrase around the anchor; false when one is missing, or when they stand in
 * another order in other parts of the sentence. */
static bool find_words(const struct reading *reading, unsigned anchor,
                       const struct skill_phrase *phrase, unsigned *first, unsigned *last)
{
    bool distinct = false, before_anchor = true;
    *first = *last = anchor;
    for (unsigned i = 0; i < phrase->words; i++) {
        if (phrase->stems[i] == reading->tokens.tokens[anchor].stem) {
            before_anchor = false;
            continue;
        }
        unsigned token = nearest(reading, anchor, phrase->stems[i]);
        if (token == UINT32_MAX || reading->taken[token] & TAKEN_TITLE ||
            ((token > anchor) == before_anchor &&
             crosses_comma(reading, token < anchor ? token : anchor,
                           token < anchor ? anchor : token)))
            return false;
        distinct = true;
        *first = token < *first ? token : *first;
        *last = token > *last ? token : *last;
    }
    return distinct;
}

static void try_phrase(struct reading *reading, unsigned anchor, const struct skill_phrase *phrase)
{
    unsigned first, last;
    if (!find_words(reading, anchor, phrase, &first, &last))
        return;
    /* A verb that several things share belongs to the first of them. */
    bool shared = first < anchor && reading->tokens.tokens[first].stem == phrase->stems[0] &&
                  (!is_free(reading, first) || crosses_comma(reading, first, anchor));
    if (shared && reading->taken[first] & TAKEN_CONSTRAINT)
        return; /* "anglais lu": of the language */
    if (shared)
        first = anchor;
    for (unsigned at = first; at <= last; at++)
        if (!is_free(reading, at))
            return;
    struct skill_match match = {.first = first,
                                .last = last,
                                .skill = phrase->skill,
                                .words = phrase->words,
                                .kind = MATCH_NEAR,
                                .confidence = NEAR_CONFIDENCE,
                                .own = phrase->own};
    reading_add_match(reading, &match);
}

void reading_find_near(struct reading *reading)
{
    const struct lexicon *lexicon = reading->lexicon;
    const uint32_t *starts = lexicon->anchor_starts.items, *anchors = lexicon->anchors.items;
    for (unsigned at = 0; at < reading->tokens.count; at++) {
        int32_t stem = reading->tokens.tokens[at].stem;
        if (stem == SYMBOL_NONE || !is_free(reading, at) || reading->taken[at] & TAKEN_TITLE)
            continue;
        uint32_t end = starts[stem + 1];
        if (end > starts[stem] + PHRASES_MAX)
            end = starts[stem] + PHRASES_MAX;
        for (uint32_t i = starts[stem]; i < end; i++)
            try_phrase(reading, at,
                       (const struct skill_phrase *)lexicon->phrases.items + anchors[i]);
    }
}
