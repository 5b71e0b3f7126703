#include "fold.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

/* Folded text being written: see fold.h. */
struct folding {
    char *text;
    size_t size, capacity;
    bool full;     /* a character did not fit: nothing more is written */
    bool cut_word; /* and it was part of a word */
};

static bool is_separator(char c)
{
    return strchr(" /.-()", c) != NULL;
}

static void folding_put(struct folding *folding, const char *bytes, size_t size)
{
    if (folding->full)
        return;
    if (folding->capacity - folding->size < size) {
        folding->full = true;
        folding->cut_word = !is_separator(bytes[0]);
        return;
    }
    memcpy(folding->text + folding->size, bytes, size);
    folding->size += size;
}

static bool ends_with_word(const struct folding *folding)
{
    return folding->size > 0 && !is_separator(folding->text[folding->size - 1]);
}

/* The separator that stands for a character that is no part of a word; 0 for none at all. */
static char separator_of(ucs4_t character)
{
    switch (character) {
    case '/':
    case 0x2044: /* fraction slash */
    case 0x2215: /* division slash */
        return '/';
    case '.':
    case 0xB7:   /* middle dot, the usual inclusive mark */
    case 0x2022: /* bullet */
    case 0x2027: /* hyphenation point */
    case 0x2219: /* bullet operator */
    case 0x22C5: /* dot operator */
    case 0x30FB: /* katakana middle dot */
        return '.';
    case '-':
    case 0x2212: /* minus */
        return '-';
    case '(':
    case '[':
        return '(';
    case ')':
    case ']':
        return ')';
    default:
        break;
    }
    if (uc_is_general_category_withtable(character, UC_CATEGORY_MASK_Pd))
        return '-';
    /* Formatting marks such as the soft hyphen may stand within a word. */
    return uc_is_general_category_withtable(character, UC_CATEGORY_MASK_Cf) ? 0 : ' ';
}

/* Letters that no decomposition opens. */
static const char *spelling_of(ucs4_t character)
{
    switch (character) {
    case 0xE6:
        return "ae";
    case 0x153:
        return "oe";
    case 0xDF:
        return "ss";
    case 0xF8:
        return "o";
    case 0x142:
        return "l";
    case 0x111:
        return "d";
    default:
        return NULL;
    }
}

static void fold_ascii(struct folding *folding, char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c - 'A' + 'a');
    if (c == '+' || c == '#') {
        if (!ends_with_word(folding))
            return;
    } else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
        c = separator_of((ucs4_t)(unsigned char)c);
    }
    folding_put(folding, &c, 1);
}

static void fold_letter(struct folding *folding, ucs4_t character)
{
    character = uc_tolower(character);
    const char *spelling = spelling_of(character);
    if (spelling) {
        folding_put(folding, spelling, strlen(spelling));
        return;
    }
    uint8_t bytes[6];
    int size = u8_uctomb(bytes, character, sizeof bytes);
    if (size > 0)
        folding_put(folding, (const char *)bytes, (size_t)size);
}

/* Decompositions are not nested more than a few deep in Unicode; the depth only guards that. */
static void fold_character(struct folding *folding, ucs4_t character, int depth)
{
    if (character < 0x80) {
        fold_ascii(folding, (char)character);
        return;
    }
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int tag;
    int count = depth < 6 ? uc_decomposition(character, &tag, parts) : -1;
    for (int i = 0; i < count; i++)
        fold_character(folding, parts[i], depth + 1);
    if (count > 0 || uc_is_general_category_withtable(character, UC_CATEGORY_MASK_M))
        return;
    if (uc_is_general_category_withtable(character, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N)) {
        fold_letter(folding, character);
        return;
    }
    char separator = separator_of(character);
    if (separator)
        folding_put(folding, &separator, 1);
}

/* "vente & conseil", but not "R&D". */
static bool spells_and(const char *text, size_t size, size_t at)
{
    return text[at] == '&' && at > 0 && text[at - 1] == ' ' && at + 1 < size && text[at + 1] == ' ';
}

/* Drops the word that was cut, or all of it when there is only one. */
static size_t cut_at_word(const char *text, size_t size)
{
    while (size > 0 && !is_separator(text[size - 1]))
        size--;
    return size;
}

size_t fold_text(const char *text, size_t size, char *folded, size_t capacity)
{
    struct folding folding = {.text = folded, .capacity = capacity};
    for (size_t at = 0; at < size && !folding.full;) {
        ucs4_t character;
        int length = u8_mbtouc(&character, (const uint8_t *)text + at, size - at);
        if (spells_and(text, size, at))
            folding_put(&folding, "et", 2);
        else
            fold_character(&folding, character, 0);
        at += (size_t)length;
    }
    return folding.cut_word ? cut_at_word(folded, folding.size) : folding.size;
}
