#include "recognise_text.h"

#include "fold.h"
#include "symbols.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum { NUMBER_DIGITS_MAX = 9 };

struct character {
    ucs4_t code;
    unsigned size;
    bool letter, digit, upper;
};

/* A character beyond ASCII. */
static struct character read_wide(const char *text, uint32_t at, uint32_t size)
{
    struct character character = {.size = 1};
    int length = u8_mbtouc(&character.code, (const uint8_t *)text + at, size - at);
    character.size = length > 0 ? (unsigned)length : 1;
    character.letter =
        uc_is_general_category_withtable(character.code, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M) &&
        character.code != 0xFFFD;
    character.upper =
        character.letter && uc_is_general_category_withtable(character.code, UC_CATEGORY_MASK_Lu);
    return character;
}

static inline struct character read_character(const char *text, uint32_t at, uint32_t size)
{
    char c = text[at];
    if ((uint8_t)c >= 0x80)
        return read_wide(text, at, size);
    bool upper = c >= 'A' && c <= 'Z';
    return (struct character){.code = (uint8_t)c,
                              .size = 1,
                              .letter = upper || (c >= 'a' && c <= 'z'),
                              .digit = c >= '0' && c <= '9',
                              .upper = upper};
}

/* -- what lies between words --------------------------------------------------------------------
 */

static uint32_t sign_gap(ucs4_t code)
{
    switch (code) {
    case '\n':
    case '\r':
    case 0x2028:
    case 0x2029:
        return GAP_LINE;
    case '!':
    case '?':
    case 0x2026: /* … */
        return GAP_STOP;
    case ';':
        return GAP_SEMICOLON;
    case ':':
        return GAP_COLON;
    case ',':
        return GAP_COMMA;
    case '(':
    case '[':
        return GAP_OPEN;
    case ')':
    case ']':
        return GAP_CLOSE;
    case '/':
    case '|':
        return GAP_SLASH;
    case 0x2013: /* – */
    case 0x2014: /* — */
    case 0x2022: /* • */
    case '*':
        return GAP_DASH;
    case '\'':
    case 0x2019:
        return GAP_QUOTE;
    case '@':
    case '_':
        return GAP_AT;
    case '+':
    case '=':
    case '&':
        return GAP_PLUS;
    case '$':
    case 0xA3:
    case 0x20AC:
        return GAP_MONEY;
    case '%':
        return GAP_PERCENT;
    default:
        return GAP_SPACE;
    }
}

static bool is_space_at(const char *text, uint32_t at, uint32_t size)
{
    return at >= size || strchr(" \t\n\r\"'", text[at]) != NULL || (uint8_t)text[at] == 0xC2 ||
           (uint8_t)text[at] == 0xE2;
}

/* '.' and '-' mean one thing within a word, another between words. */
static uint32_t dot_or_hyphen(const char *text, uint32_t at, uint32_t size)
{
    bool apart_before = at == 0 || is_space_at(text, at - 1, size);
    bool apart_behind = is_space_at(text, at + 1, size);
    if (text[at] == '.')
        return apart_behind || (at + 1 < size && strchr(".)!?,", text[at + 1])) ? GAP_STOP
                                                                                : GAP_POINT;
    return apart_before || apart_behind ? GAP_DASH : GAP_HYPHEN;
}

/* Where the next word begins; what lies before it is added to the gap. */
static uint32_t skip_gap(const char *text, uint32_t at, uint32_t size, uint32_t *gap)
{
    while (at < size) {
        struct character character = read_character(text, at, size);
        if (character.letter || character.digit)
            break;
        *gap |= character.code == '.' || character.code == '-' ? dot_or_hyphen(text, at, size)
                                                               : sign_gap(character.code);
        at += character.size;
    }
    return at;
}

/* -- words --------------------------------------------------------------------------------------
 */

/* What stands behind the masculine in inclusive writing, as folded letters. */
static const char *const inclusive_endings[] = {
    "e",     "es",  "ne",   "nes",   "le",     "les",  "se",    "ses",  "te",    "tes",
    "ve",    "ves", "fe",   "trice", "trices", "rice", "rices", "euse", "euses", "iere",
    "ieres", "ere", "eres", "ienne", "iennes", "enne", "ennes", "esse", "esses", "ice",
};

static bool is_inclusive_ending(const char *letters, size_t size)
{
    char folded[8];
    size_t length = fold_text(letters, size, folded, sizeof folded);
    for (size_t i = 0; i < sizeof inclusive_endings / sizeof *inclusive_endings; i++)
        if (strlen(inclusive_endings[i]) == length &&
            memcmp(inclusive_endings[i], folded, length) == 0)
            return true;
    return false;
}

static bool is_inclusive_mark(ucs4_t code)
{
    return code == '(' || code == '.' || code == '-' || code == 0xB7 || code == 0x2022 ||
           code == 0x2027 || code == 0x22C5;
}

static uint32_t skip_letters(const char *text, uint32_t at, uint32_t size)
{
    while (at < size) {
        struct character character = read_character(text, at, size);
        if (!character.letter && !character.digit)
            break;
        at += character.size;
    }
    return at;
}

/* Where the inclusive ending behind a word ends; at itself when there is none. */
static uint32_t skip_inclusive(const char *text, uint32_t at, uint32_t size)
{
    if (at >= size)
        return at;
    struct character mark = read_character(text, at, size);
    if (!is_inclusive_mark(mark.code))
        return at;
    uint32_t letters = at + mark.size, end = skip_letters(text, letters, size);
    if (end - letters > 8 || !is_inclusive_ending(text + letters, end - letters))
        return at;
    if (mark.code == '(') {
        if (end >= size || text[end] != ')')
            return at;
        end++;
    }
    struct character plural = end < size ? read_character(text, end, size) : (struct character){0};
    if (end < size && is_inclusive_mark(plural.code) && end + plural.size < size &&
        text[end + plural.size] == 's')
        end += plural.size;
    if (end < size && text[end] == 's' && skip_letters(text, end, size) == end + 1)
        end++;
    return end;
}

/* '+' and '#' belong to the word before them: c++, c#. */
static uint32_t skip_signs(const char *text, uint32_t at, uint32_t size)
{
    uint32_t end = at;
    while (end < size && (text[end] == '+' || text[end] == '#'))
        end++;
    bool within = end < size && skip_letters(text, end, size) > end;
    return within ? at : end;
}

static void read_shape(struct token *token, const char *text, uint32_t start, uint32_t end)
{
    unsigned letters = 0, upper = 0, digits = 0, before = 0;
    int32_t number = 0;
    for (uint32_t at = start; at < end;) {
        struct character character = read_character(text, at, end);
        letters += character.letter;
        upper += character.upper;
        token->accent |= character.letter && character.code >= 0x80;
        if (character.digit && digits < NUMBER_DIGITS_MAX)
            number = number * 10 + text[at] - '0';
        digits += character.digit;
        before += character.letter && digits == 0;
        token->capital |= at == start && character.upper;
        at += character.size;
    }
    token->capitals = upper >= 2 && upper == letters;
    token->letters = (uint16_t)(before < UINT16_MAX ? before : UINT16_MAX);
    token->number = letters == 0 && digits > 0 && digits <= NUMBER_DIGITS_MAX ? number : -1;
}

/* The word that begins at start; returns where it ends. */
static uint32_t read_word(struct text_tokens *tokens, struct token *token, uint32_t start)
{
    uint32_t bare = skip_letters(tokens->text, start, tokens->size);
    uint32_t end = skip_inclusive(tokens->text, bare, tokens->size);
    token->inclusive = end != bare;
    if (!token->inclusive)
        bare = end = skip_signs(tokens->text, end, tokens->size);
    token->start = start;
    token->end = end;
    token->folded = tokens->folded_size;
    token->folded_size = (uint16_t)fold_text(
        tokens->text + start, bare - start, tokens->folded + tokens->folded_size, TOKEN_FOLDED_MAX);
    tokens->folded_size += token->folded_size;
    read_shape(token, tokens->text, start, bare);
    return end;
}

void text_tokens_read(struct text_tokens *tokens, const char *text, size_t size)
{
    tokens->text = text;
    tokens->size = (uint32_t)(size < RECOGNISER_TEXT_MAX ? size : RECOGNISER_TEXT_MAX);
    tokens->count = tokens->folded_size = 0;
    uint32_t gap = GAP_LINE;
    uint32_t at = skip_gap(text, 0, tokens->size, &gap);
    while (at < tokens->size && tokens->count < TOKENS_MAX &&
           tokens->folded_size <= FOLDED_MAX - TOKEN_FOLDED_MAX) {
        struct token *token = &tokens->tokens[tokens->count];
        *token = (struct token){.gap = gap, .word = SYMBOL_NONE, .stem = SYMBOL_NONE};
        at = read_word(tokens, token, at);
        if (token->folded_size > 0) {
            tokens->count++;
            gap = 0;
        }
        at = skip_gap(text, at, tokens->size, &gap);
    }
    for (unsigned i = 0; i < TOKENS_BEHIND; i++)
        tokens->tokens[tokens->count + i] = (struct token){.start = tokens->size,
                                                           .end = tokens->size,
                                                           .gap = gap | GAP_LINE,
                                                           .word = SYMBOL_NONE,
                                                           .stem = SYMBOL_NONE,
                                                           .number = -1};
}

struct text_span tokens_span(const struct text_tokens *tokens, unsigned first, unsigned last)
{
    return (struct text_span){tokens->tokens[first].start, tokens->tokens[last].end};
}
