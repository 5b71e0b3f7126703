/* A text as tokens: its words, folded, and what lies between them. */
#ifndef PASSERELLE_MATCHING_RECOGNISE_TEXT_H
#define PASSERELLE_MATCHING_RECOGNISE_TEXT_H

#include "recogniser.h"

#include <string.h>

enum {
    TOKENS_MAX = RECOGNISER_TEXT_MAX / 2 + 1,
    TOKENS_BEHIND = 8,     /* ends behind the last token, that may be looked at */
    TOKEN_FOLDED_MAX = 48, /* of a longer word only the beginning counts */
    FOLDED_MAX = RECOGNISER_TEXT_MAX * 3 + TOKEN_FOLDED_MAX
};

/* What lies before a token. Where nothing but spaces does, it is 0. */
enum {
    GAP_LINE = 1 << 0, /* the end of a line, or the beginning of the text */
    GAP_STOP = 1 << 1, /* . ! ? … that end a sentence */
    GAP_SEMICOLON = 1 << 2,
    GAP_COLON = 1 << 3,
    GAP_COMMA = 1 << 4,
    GAP_OPEN = 1 << 5, /* ( [ */
    GAP_CLOSE = 1 << 6,
    GAP_SLASH = 1 << 7,
    GAP_DASH = 1 << 8,     /* between spaces, or an item's mark */
    GAP_HYPHEN = 1 << 9,   /* - within a word */
    GAP_POINT = 1 << 10,   /* . within a word, or before one (".net") */
    GAP_QUOTE = 1 << 11,   /* an apostrophe */
    GAP_SPACE = 1 << 12,   /* there is a space, or another sign */
    GAP_AT = 1 << 13,      /* @ _ */
    GAP_PLUS = 1 << 14,    /* + = : a sign that joins */
    GAP_MONEY = 1 << 15,   /* € $ £ */
    GAP_PERCENT = 1 << 16, /* % */
    GAP_STRONG = GAP_LINE | GAP_STOP | GAP_SEMICOLON
};

struct token {
    uint32_t start, end; /* bytes of the text */
    uint32_t folded;     /* where it is in the folded text */
    uint16_t folded_size;
    uint16_t letters;       /* before the first other character */
    uint32_t gap;           /* GAP_… before it */
    int32_t word, stem;     /* symbols, or SYMBOL_NONE */
    int32_t number;         /* of a token of digits; else -1 */
    bool capital, capitals; /* the first letter is one; all are, and there are two at least */
    bool accent;            /* a letter has one */
    bool inclusive;         /* written in both genders: technicien(ne) */
    bool small;             /* recognise_is_small() */
};

struct text_tokens {
    const char *text;
    uint32_t size;
    unsigned count;
    uint32_t folded_size;
    struct token tokens[TOKENS_MAX + TOKENS_BEHIND]; /* behind the last ones that equal no word */
    char folded[FOLDED_MAX];
};

/* Reads as much as fits: a text of up to RECOGNISER_TEXT_MAX bytes does. Words and stems are left
 * to the caller. */
void text_tokens_read(struct text_tokens *tokens, const char *text, size_t size);

static inline const char *token_text(const struct text_tokens *tokens, unsigned index)
{
    return tokens->folded + tokens->tokens[index].folded;
}
/* Whether the token is this folded word. Asked very often, and mostly in vain: the first letter
 * tells.
 */
static inline bool token_is(const struct text_tokens *tokens, unsigned index, const char *word)
{
    const struct token *token = &tokens->tokens[index];
    const char *text = tokens->folded + token->folded;
    return token->folded_size > 0 && text[0] == word[0] &&
           strncmp(text, word, token->folded_size) == 0 && word[token->folded_size] == '\0';
}
/* The span from the first to the last of these tokens. */
struct text_span tokens_span(const struct text_tokens *tokens, unsigned first, unsigned last);

#endif
