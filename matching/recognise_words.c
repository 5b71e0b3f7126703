#include "recognise_words.h"

#include "stem.h"

#include <stdlib.h>
#include <string.h>

/* In the order of strcmp. */
static const char *const small_words[] = {
    "a",     "an",  "and", "au",   "aux",      "ce",  "ces",   "cet",  "cette", "d",    "dans",
    "de",    "des", "du",  "en",   "et",       "for", "from",  "her",  "his",   "in",   "l",
    "la",    "le",  "les", "leur", "leurs",    "ma",  "mes",   "mon",  "my",    "nos",  "notre",
    "of",    "our", "par", "pour", "quelques", "sa",  "ses",   "sur",  "ta",    "tes",  "the",
    "their", "to",  "ton", "un",   "une",      "vos", "votre", "with", "y",     "your",
};

/* Endings of verbs in sentences, and of English words; the first that leaves enough is cut. */
#define ENDING(text, left)                                                                         \
    {                                                                                              \
        text, sizeof(text) - 1, left                                                               \
    }
static const struct ending {
    const char *text;
    size_t size, left;
} verb_endings[] = {
    ENDING("issons", 3), ENDING("issez", 3), ENDING("eraient", 3), ENDING("erait", 3),
    ENDING("erons", 3),  ENDING("erez", 3),  ENDING("eront", 3),   ENDING("eras", 3),
    ENDING("era", 3),    ENDING("ings", 4),  ENDING("ing", 4),     ENDING("aient", 4),
    ENDING("ait", 4),    ENDING("ez", 3),    ENDING("ent", 6),     ENDING("ed", 4),
};
#undef ENDING

/* Stems that a rule would not bring together. */
static const struct {
    const char *from, *to;
} families[] = {
    {"accompagn", "aid"},
    {"answer", "repond"},
    {"appre", "apprend"},
    {"clean", "netto"},
    {"concept", "concev"},
    {"conduir", "condu"},
    {"conduit", "condu"},
    {"configu", "config"},
    {"construct", "constru"},
    {"construi", "constru"},
    {"creat", "cre"},
    {"depan", "repar"},
    {"deploiem", "deplo"},
    {"deploy", "deplo"},
    {"ecri", "redig"},
    {"ecrir", "redig"},
    {"ecrit", "redig"},
    {"ecriv", "redig"},
    {"entretien", "entreten"},
    {"gest", "ger"},
    {"gestion", "ger"},
    {"help", "aid"},
    {"install", "instal"},
    {"lect", "lir"},
    {"lectur", "lir"},
    {"li", "lir"},
    {"lis", "lir"},
    {"maintenanc", "mainten"},
    {"manag", "ger"},
    {"mettr", "met"},
    {"mis", "met"},
    {"ordinateur", "ordinat"},
    {"parametr", "config"},
    {"redact", "redig"},
    {"remplac", "chang"},
    {"remplacem", "chang"},
    {"repa", "repar"},
    {"repair", "repar"},
    {"replac", "chang"},
    {"reply", "repond"},
    {"repondez", "repond"},
    {"repondr", "repond"},
    {"repons", "repond"},
    {"resolu", "resou"},
    {"resolv", "resou"},
    {"swap", "chang"},
    {"tel", "telephon"},
    {"tirag", "tir"},
    {"vend", "vent"},
    {"vendeu", "vent"},
    {"vendr", "vent"},
    {"writ", "redig"},
    {"write", "redig"},
    {"wrot", "redig"},
};

static bool ends_with(const char *word, size_t size, const char *ending, size_t left)
{
    size_t length = strlen(ending);
    return size >= length + left && memcmp(word + size - length, ending, length) == 0;
}

static size_t cut_verb(const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof verb_endings / sizeof *verb_endings; i++)
        if (size >= verb_endings[i].size + verb_endings[i].left &&
            memcmp(word + size - verb_endings[i].size, verb_endings[i].text,
                   verb_endings[i].size) == 0)
            return size - verb_endings[i].size;
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
        if (strlen(families[i].from) == size && memcmp(families[i].from, word, size) == 0) {
            memcpy(word, families[i].to, length);
            return length;
        }
    }
    return size;
}

/* Words whose stem is that of others by chance. */
static bool keeps_form(const char *word, size_t size)
{
    static const char *const words[] = {"geste",   "gestes",   "posture", "postures", "looker",
                                        "serveur", "serveurs", "portes",  "porte",    "couture"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == size && memcmp(words[i], word, size) == 0)
            return true;
    return false;
}

size_t recognise_stem(char *word, size_t size)
{
    if (keeps_form(word, size))
        return word[size - 1] == 's' ? size - 1 : size;
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

/* What a word of the text may end with where the catalogue's ends otherwise: plural, feminine, and
 * verbs and nouns of doing. least: letters that both have before it. */
#define INFLECTION(catalogue, text, least)                                                         \
    {                                                                                              \
        catalogue, text, sizeof(catalogue) - 1, sizeof(text) - 1, least                            \
    }
static const struct {
    const char *catalogue, *text;
    size_t catalogue_size, text_size, least;
} inflections[] = {
    INFLECTION("", "s", 3),       INFLECTION("", "x", 3),       INFLECTION("", "e", 5),
    INFLECTION("", "es", 5),      INFLECTION("s", "", 3),       INFLECTION("", "le", 4),
    INFLECTION("", "les", 4),     INFLECTION("", "ne", 4),      INFLECTION("", "nes", 4),
    INFLECTION("x", "se", 4),     INFLECTION("x", "ses", 4),    INFLECTION("f", "ve", 4),
    INFLECTION("f", "ves", 4),    INFLECTION("eur", "euse", 4), INFLECTION("er", "ere", 4),
    INFLECTION("er", "eres", 4),  INFLECTION("l", "ux", 4),     INFLECTION("er", "e", 4),
    INFLECTION("er", "es", 4),    INFLECTION("er", "ez", 4),    INFLECTION("er", "ant", 4),
    INFLECTION("er", "era", 4),   INFLECTION("er", "erez", 4),  INFLECTION("er", "age", 4),
    INFLECTION("er", "ons", 4),   INFLECTION("age", "er", 5),   INFLECTION("age", "ez", 5),
    INFLECTION("ation", "er", 5), INFLECTION("ation", "ez", 5), INFLECTION("ement", "er", 5),
    INFLECTION("ing", "ed", 4),   INFLECTION("", "ing", 5),     INFLECTION("", "ed", 5),
    INFLECTION("e", "ing", 5),    INFLECTION("e", "s", 4),      INFLECTION("es", "e", 4),
    INFLECTION("age", "ages", 4), INFLECTION("ure", "er", 5),   INFLECTION("aux", "al", 3),
    INFLECTION("eux", "eu", 2),   INFLECTION("eaux", "eau", 2), INFLECTION("e", "ees", 4),
    INFLECTION("es", "s", 4),     INFLECTION("er", "ent", 4),
};
#undef INFLECTION

bool recognise_same_word(const char *catalogue, size_t catalogue_size, const char *text,
                         size_t text_size)
{
    size_t shared = 0;
    while (shared < catalogue_size && shared < text_size && catalogue[shared] == text[shared])
        shared++;
    if (shared == catalogue_size && shared == text_size)
        return true;
    for (size_t i = 0; i < sizeof inflections / sizeof *inflections; i++) {
        size_t left = inflections[i].catalogue_size, right = inflections[i].text_size;
        size_t stem = catalogue_size - left;
        if (left <= catalogue_size && stem <= shared && stem >= inflections[i].least &&
            stem + right == text_size &&
            memcmp(catalogue + stem, inflections[i].catalogue, left) == 0 &&
            memcmp(text + stem, inflections[i].text, right) == 0)
            return true;
    }
    return false;
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
