#include "role_words.h"

#include "stem.h"

#include <stdlib.h>
#include <string.h>

/* In the order of strcmp. */
static const char *const common_words[] = {
    "a",    "afin",  "ainsi", "an",    "and", "au",   "autre", "autres", "aux",  "avec",  "c",
    "ce",   "ces",   "cet",   "cette", "d",   "dans", "de",    "des",    "dont", "du",    "elle",
    "en",   "entre", "est",   "et",    "etc", "ete",  "etre",  "eux",    "for",  "from",  "il",
    "ils",  "in",    "j",     "je",    "l",   "la",   "le",    "les",    "leur", "leurs", "lors",
    "lui",  "m",     "ma",    "mais",  "me",  "mes",  "mon",   "n",      "ne",   "nos",   "notre",
    "nous", "of",    "on",    "ou",    "par", "pas",  "pour",  "qu",     "que",  "qui",   "s",
    "sa",   "se",    "selon", "ses",   "son", "sont", "sous",  "sur",    "t",    "ta",    "te",
    "tes",  "the",   "to",    "toi",   "ton", "tous", "tout",  "toute",  "tu",   "un",    "une",
    "vos",  "votre", "vous",  "with",  "y",
};

/* What advertisements write, in normal form and in the order of strcmp, and what titles say. */
static const struct spoken_word {
    const char *word, *meant;
} spoken_words[] = {
    {"admin", "administrateur"},
    {"ai", "intelligence artificielle ia"},
    {"analyst", "analyste"},
    {"architect", "architecte"},
    {"backend", "back end"},
    {"bdd", "base donnees"},
    {"bi", "business intelligence decisionnel"},
    {"cdp", "chef projet"},
    {"cyber", "cybersecurite"},
    {"cybersecurity", "cybersecurite"},
    {"dataengineer", "data engineer"},
    {"datascientist", "data scientist"},
    {"dba", "administrateur base donnees dba"},
    {"dev", "developpeur"},
    {"developer", "developpeur"},
    {"engineer", "ingenieur"},
    {"engineering", "ingenieur"},
    {"frontend", "front end web"},
    {"fullstack", "full stack"},
    {"fullstacks", "full stack"},
    {"ia", "intelligence artificielle ia"},
    {"ing", "ingenieur"},
    {"js", "javascript"},
    {"manager", "manager responsable"},
    {"moa", "maitrise ouvrage moa"},
    {"moe", "maitrise oeuvre moe"},
    {"network", "reseau"},
    {"pm", "chef projet"},
    {"qa", "test qualite logiciel"},
    {"resp", "responsable"},
    {"security", "securite"},
    {"software", "logiciel"},
    {"sysadmin", "administrateur systemes"},
    {"tech", "technicien"},
    {"tester", "testeur test"},
};

static int compare_word(const struct role_word *word, const char *other)
{
    int order = strncmp(word->text, other, word->size);
    return order ? order : -(other[word->size] != '\0');
}

static int compare_common(const void *word, const void *item)
{
    return compare_word(word, *(const char *const *)item);
}

static int compare_spoken(const void *word, const void *item)
{
    return compare_word(word, ((const struct spoken_word *)item)->word);
}

static bool is_common(const struct role_word *word)
{
    return bsearch(word, common_words, sizeof common_words / sizeof *common_words,
                   sizeof *common_words, compare_common) != NULL;
}

/* The next word of the text, which moves on behind it; false at its end. */
static bool next_word(const char **text, const char *end, struct role_word *word)
{
    while (*text < end && **text == ' ')
        ++*text;
    word->text = *text;
    while (*text < end && **text != ' ')
        ++*text;
    word->size = (size_t)(*text - word->text);
    return word->size > 0;
}

static void add_word(struct role_words *words, struct role_word word)
{
    for (unsigned i = 0; i < words->count; i++)
        if (words->words[i].size == word.size &&
            memcmp(words->words[i].text, word.text, word.size) == 0)
            return;
    if (words->count < ROLE_WORDS_MAX)
        words->words[words->count++] = word;
}

/* The words of a constant text. */
static void add_meant(struct role_words *words, const char *meant)
{
    const char *end = meant + strlen(meant);
    struct role_word word;
    while (next_word(&meant, end, &word))
        add_word(words, word);
}

void role_words_take(struct role_words *words, const char *text, size_t size, bool spoken)
{
    words->count = 0;
    const char *at = words->text;
    const char *end = at + words_normalise(text, size, words->text, sizeof words->text);
    struct role_word word;
    while (next_word(&at, end, &word)) {
        const struct spoken_word *meaning =
            spoken ? bsearch(&word, spoken_words, sizeof spoken_words / sizeof *spoken_words,
                             sizeof *spoken_words, compare_spoken)
                   : NULL;
        if (meaning)
            add_meant(words, meaning->meant);
        else if (!is_common(&word))
            add_word(words, word);
    }
}

void role_words_stem(const struct role_words *words, struct role_words *stems)
{
    char *end = stems->text;
    stems->count = 0;
    for (unsigned i = 0; i < words->count; i++) {
        const struct role_word *word = &words->words[i];
        if (word->size > (size_t)(stems->text + sizeof stems->text - end))
            break;
        memcpy(end, word->text, word->size);
        struct role_word stem = {end, stem_word(end, word->size)};
        add_word(stems, stem);
        end += stem.size;
    }
}

bool role_text_stems(char *normal, size_t size, role_term_take *take, void *state)
{
    const char *at = normal, *end = normal + size;
    struct role_word word;
    while (next_word(&at, end, &word)) {
        char *start = normal + (word.text - normal);
        if (!is_common(&word) && !take(state, start, stem_word(start, word.size)))
            return false;
    }
    return true;
}

bool role_word_grams(const struct role_word *word, role_term_take *take, void *state)
{
    char text[WORDS_NORMAL_SIZE + 2] = "^";
    size_t size = word->size < WORDS_NORMAL_SIZE ? word->size : WORDS_NORMAL_SIZE;
    memcpy(text + 1, word->text, size);
    text[size + 1] = '$';
    size += 2;
    for (size_t length = ROLE_GRAM_MIN; length <= ROLE_GRAM_MAX; length++)
        for (size_t start = 0; start + length <= size; start++)
            if (!take(state, text + start, length))
                return false;
    return true;
}
