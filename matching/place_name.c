#include "place_name.h"

#include "fold.h"

#include <stdbool.h>
#include <string.h>

/* A word of the folded name and the separator behind it, 0 at the end. */
struct word {
    const char *text;
    size_t size;
    char next;
};

static bool is(const struct word *word, const char *wanted)
{
    return word->size == strlen(wanted) && memcmp(word->text, wanted, word->size) == 0;
}

static bool is_any(const struct word *word, const char *const *wanted)
{
    while (*wanted && !is(word, *wanted))
        wanted++;
    return *wanted != NULL;
}

static bool is_separator(char c)
{
    return strchr(" /.-()", c) != NULL;
}

/* Takes the next word that is not in brackets off the text; false at the end. */
static bool next_word(const char **text, const char *end, struct word *word)
{
    bool enclosed = false;
    for (; *text < end && (enclosed || is_separator(**text)); ++*text) {
        if (**text == '(' || **text == ')')
            enclosed = **text == '(';
    }
    word->text = *text;
    while (*text < end && !is_separator(**text))
        ++*text;
    word->size = (size_t)(*text - word->text);
    word->next = *text < end ? **text : '\0';
    return word->size > 0;
}

static size_t count_digits(const struct word *word)
{
    size_t count = 0;
    while (count < word->size && word->text[count] >= '0' && word->text[count] <= '9')
        count++;
    return count;
}

/* "09", "9e", "1er": keeps the number alone. */
static void reduce_number(struct word *word)
{
    static const char *const endings[] = {"e", "er", "eme", "ieme", "ere", "nd", "nde", NULL};
    size_t digits = count_digits(word);
    struct word ending = {word->text + digits, word->size - digits, 0};
    if (digits == 0 || (ending.size > 0 && !is_any(&ending, endings)))
        return;
    word->size = digits;
    while (word->size > 1 && word->text[0] == '0') {
        word->text++;
        word->size--;
    }
}

/* Abbreviations as the post and people write them. */
static struct word spell_out(struct word word)
{
    static const struct {
        const char *abbreviation, *full;
    } spellings[] = {
        {"st", "saint"}, {"ste", "sainte"}, {"sts", "saints"}, {"stes", "saintes"}, {"lez", "les"},
    };
    const char *full = is(&word, "s") && word.next == '/' ? "sur" : NULL;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (is(&word, spellings[i].abbreviation))
            full = spellings[i].full;
    }
    return full ? (struct word){full, strlen(full), word.next} : word;
}

static size_t drop_article(char *normal, size_t length)
{
    static const char *const articles[] = {"le ", "la ", "les ", "l "};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        size_t size = strlen(articles[i]);
        if (length > size && memcmp(normal, articles[i], size) == 0) {
            memmove(normal, normal + size, length - size + 1);
            return length - size;
        }
    }
    return length;
}

size_t place_name_normalise(const char *name, size_t size, char normal[PLACE_NAME_SIZE],
                            char postcode[POSTCODE_SIZE])
{
    static const char *const dropped[] = {"arrondissement", "arrdt", "arr", "ardt", NULL};
    char folded[PLACE_NAME_SIZE];
    const char *text = folded, *end = folded + fold_text(name, size, folded, sizeof folded);
    size_t length = 0;
    struct word word;
    postcode[0] = '\0';
    while (next_word(&text, end, &word) && !is(&word, "cedex")) {
        if (word.size == POSTCODE_SIZE - 1 && count_digits(&word) == word.size) {
            memcpy(postcode, word.text, word.size);
            postcode[word.size] = '\0';
            continue;
        }
        if (is_any(&word, dropped))
            continue;
        reduce_number(&word);
        word = spell_out(word);
        if (length + word.size + 2 > PLACE_NAME_SIZE)
            break;
        if (length > 0)
            normal[length++] = ' ';
        memcpy(normal + length, word.text, word.size);
        length += word.size;
    }
    normal[length] = '\0';
    return drop_article(normal, length);
}
