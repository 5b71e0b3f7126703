/* The lexicon: what the catalogue and the cues are said by, as tries of words and stems. */
#include "recognise_parts.h"
#include "recognise_words.h"
#include "words.h"

#include <string.h>

enum { PHRASE_WORDS_MAX = 10 };

/* The next word of normal text, which moves on behind it; size 0 at its end. */
static const char *next_word(const char **text, const char *end, size_t *size)
{
    while (*text < end && **text == ' ')
        ++*text;
    const char *word = *text;
    while (*text < end && **text != ' ')
        ++*text;
    *size = (size_t)(*text - word);
    return word;
}

static int32_t add_stem(struct lexicon *lexicon, const char *word, size_t size)
{
    char stem[WORDS_NORMAL_SIZE];
    memcpy(stem, word, size);
    return symbols_add(&lexicon->stems, stem, recognise_stem(stem, size));
}

/* The symbol of a word, new ones with their stem. */
static int32_t add_word(struct lexicon *lexicon, const char *word, size_t size)
{
    if (size == 0 || size >= WORDS_NORMAL_SIZE)
        return SYMBOL_NONE;
    int32_t symbol = symbols_add(&lexicon->words, word, size);
    if (symbol == SYMBOL_NONE || (size_t)symbol < lexicon->word_stems.count)
        return symbol;
    int32_t *stem = array_add(&lexicon->word_stems, sizeof *stem);
    if (!stem)
        return SYMBOL_NONE;
    *stem = add_stem(lexicon, word, size);
    return *stem == SYMBOL_NONE ? SYMBOL_NONE : symbol;
}

static int32_t stem_of(const struct lexicon *lexicon, int32_t word)
{
    return ((const int32_t *)lexicon->word_stems.items)[word];
}

/* -- skills -------------------------------------------------------------------------------------
 */

static bool is_own(const struct referential *referential, int32_t skill)
{
    return strchr(referential_skill_id(referential, skill), ':') == NULL;
}

/* Of skills that are the same, the project's own stands for all, else the one declared first. */
static int32_t representative(const struct referential *referential, int32_t skill)
{
    unsigned count;
    const struct near_skill *near = referential_skill_near(referential, skill, &count);
    int32_t best = skill;
    for (unsigned i = 0; i < count; i++) {
        if (near[i].path != PATH_SAME)
            continue;
        bool own = is_own(referential, near[i].skill), best_own = is_own(referential, best);
        if (own != best_own ? own : near[i].skill < best)
            best = near[i].skill;
    }
    return best;
}

static bool same_label(const struct referential *referential, int32_t skill)
{
    return strcmp(referential_skill_label(referential, skill, LABEL_FRENCH),
                  referential_skill_label(referential, skill, LABEL_ENGLISH)) == 0;
}

static bool add_singular(struct lexicon *lexicon, const char *word, size_t size,
                         struct skill_phrase *phrase)
{
    char singular[WORDS_NORMAL_SIZE];
    memcpy(singular, word, size);
    phrase->singular = symbols_add(&lexicon->stems, singular, recognise_singular(singular, size));
    return phrase->singular != SYMBOL_NONE;
}

/* Words of a phrase as stems, small ones left out; false when out of memory. */
static bool read_phrase(struct lexicon *lexicon, const char *words, int32_t *stems,
                        struct skill_phrase *phrase)
{
    const char *at = words, *end = words + strlen(words);
    size_t size;
    for (const char *word = next_word(&at, end, &size); size > 0;
         word = next_word(&at, end, &size)) {
        if (recognise_is_small(word, size))
            continue;
        if (phrase->words == PHRASE_WORDS_MAX) {
            phrase->words = 0;
            return true;
        }
        int32_t symbol = add_word(lexicon, word, size);
        if (symbol == SYMBOL_NONE || !add_singular(lexicon, word, size, phrase))
            return false;
        phrase->word = symbol;
        stems[phrase->words++] = stem_of(lexicon, symbol);
    }
    return true;
}

static bool add_skill_phrase(struct lexicon *lexicon, const struct referential *referential,
                             const char *words, int32_t skill)
{
    int32_t stems[PHRASE_WORDS_MAX];
    struct skill_phrase phrase = {.skill = representative(referential, skill),
                                  .own = is_own(referential, skill),
                                  .name = same_label(referential, skill)};
    if (!read_phrase(lexicon, words, stems, &phrase))
        return false;
    if (phrase.words == 0)
        return true;
    struct skill_phrase *added = array_add(&lexicon->phrases, sizeof *added);
    if (!added)
        return false;
    *added = phrase;
    return phrase_trie_add(&lexicon->skills, stems, phrase.words,
                           (uint32_t)lexicon->phrases.count - 1);
}

static bool add_skills(struct lexicon *lexicon, const struct referential *referential)
{
    unsigned count = referential_skill_words_count(referential);
    for (unsigned i = 0; i < count; i++) {
        int32_t skill;
        const char *words = referential_skill_words(referential, i, &skill);
        if (!add_skill_phrase(lexicon, referential, words, skill))
            return false;
    }
    return true;
}

/* -- cues ---------------------------------------------------------------------------------------
 */

static bool add_cue_phrase(struct lexicon *lexicon, const char *phrase, size_t size, uint32_t row)
{
    int32_t symbols[PHRASE_WORDS_MAX];
    unsigned count = 0;
    const char *at = phrase, *end = phrase + size;
    size_t length;
    for (const char *word = next_word(&at, end, &length); length > 0;
         word = next_word(&at, end, &length)) {
        int32_t symbol = add_word(lexicon, word, length);
        if (symbol == SYMBOL_NONE)
            return false;
        if (count < PHRASE_WORDS_MAX)
            symbols[count++] = symbol;
    }
    return phrase_trie_add(&lexicon->cues, symbols, count, row);
}

static bool add_cues(struct lexicon *lexicon)
{
    for (unsigned row = 0; row < cue_row_count; row++) {
        for (const char *at = cue_rows[row].phrases; at;) {
            const char *bar = strchr(at, '|');
            if (!add_cue_phrase(lexicon, at, bar ? (size_t)(bar - at) : strlen(at), row))
                return false;
            at = bar ? bar + 1 : NULL;
        }
    }
    return true;
}

bool lexicon_fill(struct lexicon *lexicon, const struct referential *referential)
{
    return add_cues(lexicon) && add_skills(lexicon, referential);
}

void lexicon_clear(struct lexicon *lexicon)
{
    symbols_clear(&lexicon->words);
    symbols_clear(&lexicon->stems);
    array_clear(&lexicon->word_stems);
    array_clear(&lexicon->phrases);
    phrase_trie_clear(&lexicon->skills);
    phrase_trie_clear(&lexicon->cues);
}

/* -- tokens -------------------------------------------------------------------------------------
 */

static void look_up(const struct lexicon *lexicon, const struct text_tokens *tokens, unsigned index,
                    struct token *token)
{
    token->word = symbols_find(&lexicon->words, token_text(tokens, index), token->folded_size);
    if (token->word != SYMBOL_NONE) {
        token->stem = stem_of(lexicon, token->word);
        return;
    }
    char stem[TOKEN_FOLDED_MAX];
    memcpy(stem, token_text(tokens, index), token->folded_size);
    token->stem = symbols_find(&lexicon->stems, stem, recognise_stem(stem, token->folded_size));
}

void lexicon_look_up(const struct lexicon *lexicon, struct text_tokens *tokens)
{
    for (unsigned i = 0; i < tokens->count; i++)
        look_up(lexicon, tokens, i, &tokens->tokens[i]);
}
