#include "stem.h"

#include <stdbool.h>
#include <string.h>

enum {
    LETTERS_LEFT = 4,       /* before a derivational ending, */
    LETTERS_LEFT_SHORT = 3, /* before an inflection of a short word, */
    LETTERS_LEFT_GENDER = 2 /* and before a feminine ending */
};

/* Feminine endings that the masculine shows otherwise; the first that fits counts. */
static const struct {
    const char *feminine, *masculine;
} genders[] = {
    {"iennes", "ien"}, {"ienne", "ien"}, {"trices", "teur"}, {"trice", "teur"},
    {"euses", "eur"},  {"euse", "eur"},  {"ieres", "ier"},   {"iere", "ier"},
    {"eres", "er"},    {"ere", "er"},    {"eresse", "eur"},
};

/* Longest first: the longest that leaves enough is cut off, once. */
static const char *const endings[] = {
    "issements", "issement", "ellements", "isateur", "isation", "ateurs", "ations", "ements",
    "itions",    "antes",    "ances",     "ables",   "ateur",   "ation",  "elles",  "ement",
    "ences",     "ibles",    "iques",     "iseur",   "ition",   "ments",  "able",   "ages",
    "ales",      "ance",     "ante",      "ants",    "elle",    "ence",   "eurs",   "ible",
    "iers",      "ions",     "ique",      "ives",    "ment",    "age",    "ale",    "als",
    "ant",       "aux",      "ees",       "els",     "eur",     "ier",    "ifs",    "ion",
    "ive",       "oir",      "al",        "ee",      "el",      "er",     "es",     "if",
    "ir",        "e",        "s",         "x",
};

/* The first that leaves enough of a word for which none of the above does. */
static const char *const short_endings[] = {"es", "s", "e", "x", "er", "ir"};

static bool ends_with(const char *word, size_t size, const char *ending, size_t left)
{
    size_t length = strlen(ending);
    return size >= length + left && memcmp(word + size - length, ending, length) == 0;
}

/* No masculine ending is longer than its feminine one. */
static size_t make_masculine(char *word, size_t size)
{
    for (size_t i = 0; i < sizeof genders / sizeof *genders; i++) {
        if (!ends_with(word, size, genders[i].feminine, LETTERS_LEFT_GENDER))
            continue;
        size_t length = strlen(genders[i].masculine);
        size -= strlen(genders[i].feminine);
        memcpy(word + size, genders[i].masculine, length);
        return size + length;
    }
    return size;
}

static size_t cut_ending(const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_with(word, size, endings[i], LETTERS_LEFT))
            return size - strlen(endings[i]);
    for (size_t i = 0; i < sizeof short_endings / sizeof *short_endings; i++)
        if (ends_with(word, size, short_endings[i], LETTERS_LEFT_SHORT))
            return size - strlen(short_endings[i]);
    return size;
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

size_t stem_word(char *word, size_t size)
{
    size = make_masculine(word, size);
    if (word[0] < '0' || word[0] > '9')
        size = cut_ending(word, size);
    if (size > 4 && (word[size - 1] == 'e' || word[size - 1] == 'i'))
        size--;
    if (size > 3 && word[size - 1] == word[size - 2] && is_letter(word[size - 1]))
        size--;
    return size;
}
