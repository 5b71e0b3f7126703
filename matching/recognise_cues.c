#include "recognise_parts.h"

/* A longer cue of the same kind that begins at the same token replaces a shorter one; of unlawful
 * wishes, one word can be two ("jeune homme"). */
static void add_cue(struct reading *reading, struct cue cue)
{
    for (unsigned i = reading->first_cue[cue.token]; i < reading->cue_count; i++) {
        const struct cue_row *row = &cue_rows[reading->cues[i].row];
        if (row->kind == cue_rows[cue.row].kind &&
            (row->kind != CUE_WISH_UNLAWFUL || row->value == cue_rows[cue.row].value)) {
            reading->cues[i] = cue;
            return;
        }
    }
    if (reading->cue_count == CUES_MAX)
        return;
    reading->cues[reading->cue_count++] = cue;
    reading->cue_kinds[cue.token] |= UINT64_C(1) << cue_rows[cue.row].kind;
}

static bool speaks(const struct reading *reading, uint32_t row)
{
    return cue_rows[row].language == CUE_ANY_LANGUAGE ||
           cue_rows[row].language == (int)reading->found->language;
}

static void find_at(struct reading *reading, unsigned first)
{
    const struct phrase_trie *trie = &reading->lexicon->cues;
    const struct token *tokens = reading->tokens.tokens;
    int32_t node = PHRASE_ROOT;
    for (unsigned at = first; at < reading->tokens.count; at++) {
        if (at > first && tokens[at].gap & (GAP_STRONG | GAP_COMMA | GAP_OPEN | GAP_CLOSE))
            break;
        node = phrase_trie_step(trie, node, tokens[at].word);
        if (node == PHRASE_NONE)
            break;
        for (const struct phrase_end *end = phrase_trie_end(trie, node); end;
             end = phrase_trie_next(trie, end))
            if (speaks(reading, end->value))
                add_cue(reading,
                        (struct cue){first, (uint16_t)(at - first + 1), (uint16_t)end->value});
    }
}

void reading_find_cues(struct reading *reading)
{
    reading->cue_count = 0;
    for (unsigned i = 0; i < reading->tokens.count; i++) {
        reading->first_cue[i] = reading->cue_count;
        reading->cue_kinds[i] = 0;
        find_at(reading, i);
    }
    reading->first_cue[reading->tokens.count] = reading->cue_count;
    reading->first_cue[reading->tokens.count + 1] = reading->cue_count;
}

const struct cue *reading_cue_there(const struct reading *reading, unsigned token,
                                    enum cue_kind kind)
{
    for (unsigned i = reading->first_cue[token]; i < reading->first_cue[token + 1]; i++)
        if (cue_rows[reading->cues[i].row].kind == kind)
            return &reading->cues[i];
    return NULL;
}

bool reading_is_any(const struct reading *reading, unsigned token, const char *const *words,
                    size_t count)
{
    if (token >= reading->tokens.count)
        return false;
    const char first = token_text(&reading->tokens, token)[0];
    for (size_t i = 0; i < count; i++)
        if (words[i][0] == first && token_is(&reading->tokens, token, words[i]))
            return true;
    return false;
}
