#include "recognise_words.h"

#include "stem.h"

#include <stdlib.h>
#include <string.h>

/* In the order of strcmp. */
static const char *const small_words[] = {
    "a",    "an",  "and",   "au",   "aux", "ce",   "ces",   "cet",  "cette",    "d",
    "dans", "de",  "des",   "du",   "en",  "et",   "for",   "from", "her",      "his",
    "in",   "l",   "la",    "le",   "les", "leur", "leurs", "ma",   "mes",      "mon",
    "my",   "nos", "notre", "of",   "on",  "our",  "par",   "pour", "quelques", "sa",
    "ses",  "son", "sur",   "ta",   "tes", "the",  "their", "to",   "ton",      "un",
    "une",  "vos", "votre", "with", "y",   "your",
};

/* Endings of verbs in sentences, and of English words; the first that leaves enough is cut. */
static const struct ending {
    const char *text;
    size_t left;
} verb_endings[] = {
    {"issons", 3}, {"issez", 3}, {"eraient", 3}, {"erait", 3}, {"erons", 3}, {"erez", 3},
    {"eront", 3},  {"eras", 3},  {"era", 3},     {"ings", 4},  {"ing", 4},   {"aient", 4},
    {"ait", 4},    {"ez", 3},    {"ent", 6},     {"ed", 4},
};

/* Stems that a rule would not bring together. */
static const struct {
    const char *from, *to;
} families[] = {
    {"concept", "concev"},     {"construct", "constru"}, {"construi", "constru"},
    {"ecri", "redig"},         {"ecriv", "redig"},       {"entretien", "entreten"},
    {"maintenanc", "mainten"}, {"redact", "redig"},      {"vendr", "vent"},
    {"vend", "vent"},          {"vendeu", "vent"},       {"write", "redig"},
    {"writ", "redig"},
};

static bool ends_with(const char *word, size_t size, const char *ending, size_t left)
{
    size_t length = strlen(ending);
    return size >= length + left && memcmp(word + size - length, ending, length) == 0;
}

static size_t cut_verb(const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof verb_endings / sizeof *verb_endings; i++)
        if (ends_with(word, size, verb_endings[i].text, verb_endings[i].left))
            return size - strlen(verb_endings[i].text);
    return size;
}

static bool has_digit(const char *word, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (word[i] >= '0' && word[i] <= '9')
            return true;
    return false;
}

static size_t join_family(char *word, size_t size)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        size_t length = strlen(families[i].to);
        if (strlen(families[i].from) == size && memcmp(families[i].from, word, size) == 0 &&
            length <= size + 1) {
            memcpy(word, families[i].to, length <= size ? length : size);
            return length <= size ? length : size;
        }
    }
    return size;
}

size_t recognise_stem(char *word, size_t size)
{
    if (size < 4 || has_digit(word, size))
        return size > 2 && word[size - 1] == 's' && !has_digit(word, size) ? size - 1 : size;
    if (ends_with(word, size, "eaux", 2))
        size--;
    size = stem_word(word, cut_verb(word, size));
    if (ends_with(word, size, "ur", 4))
        size -= 2;
    if (size > 4 && word[size - 1] == 'y')
        size--;
    return join_family(word, size);
}

size_t recognise_singular(char *word, size_t size)
{
    if (has_digit(word, size))
        return size;
    if (size > 3 && (word[size - 1] == 's' || word[size - 1] == 'x'))
        size--;
    for (int i = 0; i < 2; i++)
        if (size > 3 && word[size - 1] == 'e')
            size--;
    if (ends_with(word, size, "eus", 3))
        size--;
    if (size > 4 && word[size - 1] == word[size - 2])
        size--;
    return size;
}

static int compare_small(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

bool recognise_is_small(const char *word, size_t size)
{
    char key[12];
    if (size == 0 || size >= sizeof key)
        return false;
    memcpy(key, word, size);
    key[size] = '\0';
    return bsearch(key, small_words, sizeof small_words / sizeof *small_words, sizeof *small_words,
                   compare_small) != NULL;
}
