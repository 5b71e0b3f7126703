/* What the words around a mention say of it: denied, wished for, required. */
#include "recognise_parts.h"

enum {
    PART_GAPS = GAP_STRONG | GAP_COMMA | GAP_COLON | GAP_OPEN | GAP_CLOSE | GAP_DASH,
    DENIED_REACH = 8, /* tokens from "pas de" to what is denied */
    PARENTHESIS_MAX = 8,
    ALTERNATIVES_MAX = 10,
    SENTENCE_MAX = 100, /* tokens */
    LIST_MAX = 20       /* items under a heading */
};

/* A sentence that never ends is cut, so that looking around costs the same everywhere. */
static unsigned start_of(const struct reading *reading, unsigned token, uint32_t gaps)
{
    for (unsigned i = 0; i < SENTENCE_MAX && token > 0; i++, token--)
        if (reading->tokens.tokens[token].gap & gaps)
            break;
    return token;
}

static unsigned end_of(const struct reading *reading, unsigned token, uint32_t gaps)
{
    unsigned last = token + SENTENCE_MAX;
    do
        token++;
    while (token < last && token < reading->tokens.count &&
           !(reading->tokens.tokens[token].gap & gaps));
    return token < reading->tokens.count ? token : reading->tokens.count;
}

unsigned reading_sentence_start(const struct reading *reading, unsigned token)
{
    return start_of(reading, token, GAP_STRONG);
}

unsigned reading_sentence_end(const struct reading *reading, unsigned token)
{
    return end_of(reading, token, GAP_STRONG);
}

unsigned reading_part_start(const struct reading *reading, unsigned token)
{
    return start_of(reading, token, PART_GAPS);
}

unsigned reading_part_end(const struct reading *reading, unsigned token)
{
    return end_of(reading, token, PART_GAPS);
}

const struct cue *reading_cue_within(const struct reading *reading, unsigned first, unsigned end,
                                     enum cue_kind kind)
{
    for (unsigned i = first; i < end; i++) {
        const struct cue *cue = reading_cue(reading, i, kind);
        if (cue && i + cue->length <= end)
            return cue;
    }
    return NULL;
}

const struct cue *reading_last_cue(const struct reading *reading, unsigned first, unsigned end,
                                   enum cue_kind kind)
{
    for (unsigned i = end; i > first; i--) {
        const struct cue *cue = reading_cue(reading, i - 1, kind);
        if (cue && i - 1 + cue->length <= end)
            return cue;
    }
    return NULL;
}

void reading_take(struct reading *reading, unsigned first, unsigned last, unsigned why)
{
    for (unsigned i = first; i <= last && i < reading->tokens.count; i++)
        reading->taken[i] |= (uint8_t)why;
}

static uint32_t gap_at(const struct reading *reading, unsigned token)
{
    return reading->tokens.tokens[token].gap;
}

/* -- denied -------------------------------------------------------------------------------------
 */

/* A word of need, or a heading of needs, between the cue and the mention. */
static bool overruled(const struct reading *reading, unsigned from, unsigned first)
{
    for (unsigned at = from; at < first; at++) {
        const struct cue *cue = reading_cue(reading, at, CUE_MUST);
        if (cue && at + cue->length <= first &&
            (cue_value(cue) == 1 || gap_at(reading, at + cue->length) & GAP_COLON))
            return true;
    }
    return false;
}

/* "Ce que tu ne feras pas : …" */
static bool denied_by_heading(const struct reading *reading, unsigned first)
{
    unsigned start = reading_sentence_start(reading, first);
    for (unsigned at = first; at > start; at--) {
        if (!(gap_at(reading, at) & GAP_COLON))
            continue;
        const struct cue *cue = reading_last_cue(reading, start, at, CUE_NOT);
        return cue && cue_value(cue) == 1 && cue->token + cue->length == at;
    }
    return false;
}

static bool denied_before(const struct reading *reading, unsigned first)
{
    unsigned start = reading_part_start(reading, first);
    if (first - start > DENIED_REACH)
        start = first - DENIED_REACH;
    static const char *const buts[] = {"mais", "but", "par", "plutot", "rather"};
    const struct cue *cue = reading_last_cue(reading, start, first, CUE_NOT);
    if (!cue || cue_value(cue) == 0)
        return false;
    for (unsigned at = cue->token + cue->length; at < first; at++)
        if (IS_ANY_OF(reading, at, buts))
            return false;
    return !overruled(reading, cue->token + cue->length, first);
}

/* The part behind a mention, beginning right behind it or after a colon, that has the cue; a
 * parenthesis between them does not part them. */
static const struct cue *cue_behind(const struct reading *reading, unsigned last,
                                    enum cue_kind kind)
{
    unsigned at = last + 1;
    if (gap_at(reading, at) & GAP_OPEN && !reading_cue(reading, at, kind)) {
        unsigned close = at;
        while (close < reading->tokens.count && close < at + PARENTHESIS_MAX &&
               !(gap_at(reading, close) & (GAP_CLOSE | GAP_STRONG)))
            close++;
        if (gap_at(reading, close) & GAP_CLOSE && !(gap_at(reading, close) & GAP_STRONG))
            at = close;
    }
    if (at >= reading->tokens.count || gap_at(reading, at) & (GAP_STRONG | GAP_COMMA))
        return NULL;
    if (gap_at(reading, at) & (GAP_OPEN | GAP_COLON))
        return reading_cue(reading, at, kind);
    return reading_cue_within(reading, at, reading_part_end(reading, at), kind);
}

static bool denied_behind(const struct reading *reading, unsigned last)
{
    const struct cue *cue = cue_behind(reading, last, CUE_NOT_BEHIND);
    return cue != NULL && cue->token <= last + 1 + DENIED_REACH;
}

static bool is_hoped_for(const struct reading *reading, unsigned first)
{
    return reading->kind == RECOGNISED_CV &&
           reading_last_cue(reading, reading_sentence_start(reading, first), first, CUE_HOPED);
}

bool reading_is_negated(const struct reading *reading, unsigned first, unsigned last)
{
    return denied_before(reading, first) || denied_by_heading(reading, first) ||
           denied_behind(reading, last) || is_hoped_for(reading, first);
}

/* -- wished for ---------------------------------------------------------------------------------
 */

/* A cue that softens all that follows it: an adverb, or a heading with a colon. */
static bool governs(const struct reading *reading, const struct cue *cue)
{
    uint32_t gap = gap_at(reading, cue->token + cue->length);
    return gap & GAP_COLON || (cue_value(cue) == 1 && !(gap & PART_GAPS));
}

static bool wished_in_sentence(const struct reading *reading, unsigned start, unsigned first)
{
    for (unsigned end = first; end > start;) {
        const struct cue *cue = reading_last_cue(reading, start, end, CUE_WISH);
        if (!cue)
            return false;
        if (governs(reading, cue))
            return !overruled(reading, cue->token + cue->length, first);
        end = cue->token;
    }
    return false;
}

/* The line above a list of items tells of all of them. */
static bool wished_by_heading(const struct reading *reading, unsigned first)
{
    unsigned start = reading_sentence_start(reading, first);
    for (unsigned i = 0; i < LIST_MAX && start > 0 && gap_at(reading, start) & GAP_DASH &&
                         gap_at(reading, start) & GAP_LINE;
         i++)
        start = reading_sentence_start(reading, start - 1);
    unsigned end = reading_sentence_end(reading, start);
    return end <= first && end < reading->tokens.count && gap_at(reading, end) & GAP_COLON &&
           (reading_cue_within(reading, start, end, CUE_WISH) != NULL);
}

/* "…, un plus": a part that has nothing but the cue tells of the part before it. */
static bool wished_by_next_part(const struct reading *reading, unsigned last)
{
    unsigned next = reading_part_end(reading, last);
    if (next >= reading->tokens.count || gap_at(reading, next) & GAP_STRONG)
        return false;
    const struct cue *cue = reading_cue(reading, next, CUE_WISH_BEHIND);
    return cue != NULL && next + cue->length == reading_part_end(reading, next) &&
           !(gap_at(reading, next + cue->length) & GAP_COLON);
}

/* "… seraient appréciés" tells of a whole enumeration. */
static bool wished_at_end(const struct reading *reading, unsigned last)
{
    unsigned end = reading_sentence_end(reading, last);
    const struct cue *cue = reading_cue_within(reading, last + 1, end, CUE_WISH_BEHIND);
    return cue != NULL && cue_value(cue) == 1 && !overruled(reading, last + 1, cue->token);
}

static bool is_taught(const struct reading *reading, unsigned first, unsigned last)
{
    const struct cue *before =
        reading_last_cue(reading, reading_sentence_start(reading, first), first, CUE_TAUGHT);
    if (before && cue_value(before) == 1)
        return true;
    unsigned end = reading_sentence_end(reading, last);
    const struct cue *behind = reading_cue_within(reading, last + 1, end, CUE_TAUGHT);
    return behind && cue_value(behind) == 0;
}

/* "A et B un plus": B alone is. "A, B ou C un plus": all of them are. */
static bool wished_behind(const struct reading *reading, unsigned last)
{
    static const char *const both[] = {"et", "and", "with", "avec"};
    static const char *const either[] = {"ou", "or"};
    const struct cue *cue = cue_behind(reading, last, CUE_WISH_BEHIND);
    bool part = cue != NULL;
    if (!cue) {
        unsigned end = reading_sentence_end(reading, last);
        if (end > last + ALTERNATIVES_MAX)
            end = last + ALTERNATIVES_MAX;
        cue = reading_cue_within(reading, last + 1, end, CUE_WISH_BEHIND);
    }
    bool alternatives = false;
    for (unsigned at = last + 1; cue && at < cue->token; at++) {
        if (cue_value(cue) == 0 && IS_ANY_OF(reading, at, both) &&
            !(gap_at(reading, cue->token) & GAP_COLON))
            return false;
        alternatives |= IS_ANY_OF(reading, at, either);
    }
    return part || (cue && alternatives && !overruled(reading, last + 1, cue->token));
}

bool reading_is_wished(const struct reading *reading, unsigned first, unsigned last)
{
    return wished_behind(reading, last) || wished_by_next_part(reading, last) ||
           wished_at_end(reading, last) ||
           wished_in_sentence(reading, reading_sentence_start(reading, first), first) ||
           wished_by_heading(reading, first) || is_taught(reading, first, last);
}
