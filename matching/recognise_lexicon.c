/* The lexicon: what the catalogue and the cues are said by, as tries of words and stems. */
#include "recognise_parts.h"
#include "recognise_senses.h"
#include "recognise_words.h"
#include "words.h"

#include <string.h>

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
    char stem[WORDS_NORMAL_SIZE + 8];
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

/* Names that are ordinary words of a language, too: they tell a skill only as they are written. */
static bool is_everyday(const char *word)
{
    static const char *const words[] = {
        "access",  "ai",     "asana",    "asi",     "blade",  "bpe",     "bubble", "buffer",
        "bulma",   "caster", "cri",      "cura",    "cursor", "cypress", "dart",   "dict",
        "display", "divi",   "expo",     "express", "fetch",  "flask",   "font",   "fonts",
        "glide",   "go",     "helm",     "jest",    "lamp",   "less",    "log",    "logs",
        "lut",     "mac",    "maya",     "mode",    "motion", "net",     "noc",    "node",
        "notion",  "ont",    "oracle",   "os",      "poe",    "prisma",  "raid",   "reaper",
        "rust",    "sage",   "san",      "sap",     "sass",   "scratch", "sea",    "sheets",
        "sig",     "slack",  "slides",   "soc",     "spring", "stripe",  "swift",  "tableau",
        "team",    "teams",  "terminal", "tnt",     "unity",  "vat",     "vite",   "vr",
        "word",    "yarn",   "zoom",     "ad",      "ui",     "lan",     "shorts", "premiere",
        "stories", "sprint", "ruby",     "nas",     "pic",    "ros",     "r",      "c",
        "kit",     "open",   "shelter"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

bool lexicon_phrase(struct lexicon *lexicon, const char *phrase, size_t size, bool stems,
                    int32_t *symbols, unsigned *count)
{
    const char *at = phrase, *end = phrase + size;
    size_t length;
    *count = 0;
    for (const char *word = next_word(&at, end, &length); length > 0;
         word = next_word(&at, end, &length)) {
        if (stems && recognise_is_small(word, length))
            continue;
        int32_t symbol = add_word(lexicon, word, length);
        if (symbol == SYMBOL_NONE)
            return false;
        if (*count == PHRASE_WORDS_MAX) {
            *count = 0;
            return true;
        }
        symbols[(*count)++] = stems ? stem_of(lexicon, symbol) : symbol;
    }
    return true;
}

/* The last word of the phrase that is not small. */
static int32_t last_word(const struct lexicon *lexicon, const char *words)
{
    const char *at = words, *end = words + strlen(words);
    int32_t last = SYMBOL_NONE;
    size_t size;
    for (const char *word = next_word(&at, end, &size); size > 0; word = next_word(&at, end, &size))
        if (!recognise_is_small(word, size))
            last = symbols_find(&lexicon->words, word, size);
    return last;
}

static bool add_skill_phrase(struct lexicon *lexicon, const struct referential *referential,
                             const char *words, int32_t skill)
{
    unsigned count;
    struct skill_phrase phrase = {.skill = representative(referential, skill),
                                  .own = is_own(referential, skill),
                                  .name = same_label(referential, skill)};
    if (!lexicon_phrase(lexicon, words, strlen(words), true, phrase.stems, &count))
        return false;
    /* "les ordis": without its small word it would be another one. */
    if (count == 0 || (count == 1 && strchr(words, ' ')))
        return true;
    phrase.words = (uint8_t)count;
    phrase.word = last_word(lexicon, words);
    phrase.everyday = count == 1 && is_everyday(words);
    lexicon->own |= phrase.own;
    struct skill_phrase *added = array_add(&lexicon->phrases, sizeof *added);
    if (!added)
        return false;
    *added = phrase;
    return phrase_trie_add(&lexicon->skills, phrase.stems, count,
                           (uint32_t)lexicon->phrases.count - 1);
}

/* The project's own first: its words are the ordinary ones. */
static bool add_skills(struct lexicon *lexicon, const struct referential *referential)
{
    unsigned count = referential_skill_words_count(referential);
    for (int own = 1; own >= 0; own--) {
        for (unsigned i = 0; i < count; i++) {
            int32_t skill;
            const char *words = referential_skill_words(referential, i, &skill);
            if (is_own(referential, skill) == own &&
                !add_skill_phrase(lexicon, referential, words, skill))
                return false;
        }
        if (own)
            lexicon->ordinary = (int32_t)lexicon->words.count;
    }
    return true;
}

/* -- cues ---------------------------------------------------------------------------------------
 */

/* Alternatives of words, each leading to the row. */
static bool add_row(struct lexicon *lexicon, struct phrase_trie *trie, const char *phrases,
                    uint32_t row)
{
    for (const char *at = phrases; at;) {
        const char *bar = strchr(at, '|');
        int32_t symbols[PHRASE_WORDS_MAX];
        unsigned count;
        if (!lexicon_phrase(lexicon, at, bar ? (size_t)(bar - at) : strlen(at), false, symbols,
                            &count) ||
            !phrase_trie_add(trie, symbols, count, row))
            return false;
        at = bar ? bar + 1 : NULL;
    }
    return true;
}

static bool add_cues(struct lexicon *lexicon)
{
    for (unsigned row = 0; row < cue_row_count; row++)
        if (!add_row(lexicon, &lexicon->cues, cue_rows[row].phrases, row))
            return false;
    return true;
}

static bool add_senses(struct lexicon *lexicon)
{
    for (unsigned row = 0; row < sense_row_count; row++)
        if (!add_row(lexicon, &lexicon->senses, sense_rows[row].phrases, row))
            return false;
    return true;
}

bool lexicon_fill(struct lexicon *lexicon, const struct referential *referential)
{
    return add_cues(lexicon) && add_senses(lexicon) && add_skills(lexicon, referential) &&
           typo_index_fill(&lexicon->typos, &lexicon->words, lexicon->ordinary) &&
           lexicon_fill_roles(lexicon, referential) && lexicon_fill_anchors(lexicon);
}

void lexicon_clear(struct lexicon *lexicon)
{
    symbols_clear(&lexicon->words);
    symbols_clear(&lexicon->stems);
    typo_index_clear(&lexicon->typos);
    array_clear(&lexicon->word_stems);
    array_clear(&lexicon->phrases);
    phrase_trie_clear(&lexicon->skills);
    phrase_trie_clear(&lexicon->cues);
    phrase_trie_clear(&lexicon->senses);
    phrase_trie_clear(&lexicon->titles);
    array_clear(&lexicon->anchors);
    array_clear(&lexicon->anchor_starts);
    array_clear(&lexicon->skill_roles);
    array_clear(&lexicon->role_starts);
}

/* -- tokens -------------------------------------------------------------------------------------
 */

static void look_up(const struct lexicon *lexicon, const struct text_tokens *tokens, unsigned index,
                    struct token *token)
{
    token->small = recognise_is_small(token_text(tokens, index), token->folded_size);
    token->word = symbols_find(&lexicon->words, token_text(tokens, index), token->folded_size);
    if (token->word != SYMBOL_NONE) {
        token->stem = stem_of(lexicon, token->word);
        return;
    }
    char stem[TOKEN_FOLDED_MAX + 8];
    memcpy(stem, token_text(tokens, index), token->folded_size);
    token->stem = symbols_find(&lexicon->stems, stem, recognise_stem(stem, token->folded_size));
    /* A name may be like a word without being meant for it. */
    if (token->stem != SYMBOL_NONE || (token->capital && !(token->gap & GAP_STRONG)))
        return;
    token->word =
        typo_find(&lexicon->typos, &lexicon->words, token_text(tokens, index), token->folded_size);
    if (token->word != SYMBOL_NONE)
        token->stem = stem_of(lexicon, token->word);
}

void lexicon_look_up(const struct lexicon *lexicon, struct text_tokens *tokens)
{
    for (unsigned i = 0; i < tokens->count; i++)
        look_up(lexicon, tokens, i, &tokens->tokens[i]);
}
