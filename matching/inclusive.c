#include "inclusive.h"

#include <string.h>

enum { PHRASE_WORDS = 10 }; /* longest noun phrase repeated in the other gender */

struct span {
    size_t start, end;
};

/* text[0..write) is done, text[read..size) still folded; write never passes read. */
struct reduction {
    char *text;
    size_t size, read, write;
};

static bool is_word(char c)
{
    return !strchr(" /.-()", c);
}

static size_t word_end(const char *text, size_t size, size_t at)
{
    while (at < size && is_word(text[at]))
        at++;
    return at;
}

static size_t skip_spaces(const char *text, size_t size, size_t at)
{
    while (at < size && text[at] == ' ')
        at++;
    return at;
}

static bool equals(const char *text, size_t size, const char *wanted)
{
    return size == strlen(wanted) && memcmp(text, wanted, size) == 0;
}

static bool ends_with(const char *text, size_t size, const char *end)
{
    size_t length = strlen(end);
    return size >= length && memcmp(text + size - length, end, length) == 0;
}

/* What follows the letters that both genders share. */
static const struct {
    const char *masculine, *feminine;
} gender_tails[] = {
    {"", "e"},       {"", "ne"},      {"", "le"},     {"", "te"},   {"", "se"},       {"", "fe"},
    {"", "sse"},     {"", "esse"},    {"r", "se"},    {"f", "ve"},  {"x", "se"},      {"c", "que"},
    {"eur", "rice"}, {"ur", "resse"}, {"er", "rice"}, {"r", "use"}, {"man", "woman"}, {"au", "lle"},
};

static size_t without_plural(const char *word, size_t size)
{
    return size > 3 && word[size - 1] == 's' ? size - 1 : size;
}

bool inclusive_pair(const char *masculine, size_t masculine_size, const char *feminine,
                    size_t feminine_size)
{
    masculine_size = without_plural(masculine, masculine_size);
    feminine_size = without_plural(feminine, feminine_size);
    size_t shared = 0;
    while (shared < masculine_size && shared < feminine_size &&
           masculine[shared] == feminine[shared])
        shared++;
    if (shared < 2)
        return false;
    for (size_t i = 0; i < sizeof gender_tails / sizeof *gender_tails; i++) {
        if (equals(masculine + shared, masculine_size - shared, gender_tails[i].masculine) &&
            equals(feminine + shared, feminine_size - shared, gender_tails[i].feminine))
            return true;
    }
    return false;
}

/* Endings as written behind a masculine word, and how that word must end. */
static const struct {
    const char *ending, *masculine;
} endings[] = {
    {"e", ""},        {"es", ""},        {"ne", "n"},       {"nne", "n"},    {"enne", "en"},
    {"ienne", "ien"}, {"onne", "on"},    {"se", "eur"},     {"se", "eux"},   {"euse", "eur"},
    {"euse", "eux"},  {"teuse", "teur"}, {"trice", "teur"}, {"rice", "eur"}, {"ice", "eur"},
    {"euse", "er"},   {"eresse", "eur"}, {"resse", "eur"},  {"esse", "e"},   {"sse", "e"},
    {"ve", "f"},      {"ive", "if"},     {"fe", "f"},       {"ffe", "f"},    {"ere", "er"},
    {"iere", "ier"},  {"le", "l"},       {"lle", "l"},      {"elle", "el"},  {"ale", "al"},
    {"te", "t"},      {"ette", "et"},    {"que", "c"},
};

/* Masculine endings as written behind a feminine word. */
static const struct {
    const char *ending, *feminine, *masculine;
} masculine_endings[] = {
    {"eur", "euse", "eur"},
    {"eur", "rice", "eur"},
    {"teur", "trice", "teur"},
};

/* An ending in the folded text: "(trice)", "·e", "/se", "-fe". */
struct ending {
    size_t start, size; /* of its letters */
    size_t after;       /* where reading goes on */
    char mark;
    bool apart; /* spaces stand before the mark */
};

static bool ending_scan(const struct reduction *r, struct ending *ending)
{
    size_t at = skip_spaces(r->text, r->size, r->read);
    ending->apart = at > r->read;
    if (at >= r->size || is_word(r->text[at]))
        return false;
    ending->mark = r->text[at++];
    if (ending->mark == ')' || (ending->apart && strchr(".-", ending->mark)))
        return false;
    if (ending->mark == '(' && at < r->size && strchr(".-", r->text[at]))
        at++;
    else if (ending->mark == '/' && ending->apart)
        at = skip_spaces(r->text, r->size, at);
    ending->start = at;
    at = word_end(r->text, r->size, at);
    ending->size = at - ending->start;
    if (ending->size == 0 || ending->size > 7)
        return false;
    if (ending->mark == '(') {
        if (at >= r->size || r->text[at] != ')')
            return false;
        at++;
    }
    ending->after = at;
    return true;
}

/* "(s)" and "·s" mean one or several. */
static bool ending_is_plural_mark(const struct ending *ending, const char *letters)
{
    return strchr("(.", ending->mark) && equals(letters, ending->size, "s") && !ending->apart;
}

static bool ending_fits(const struct ending *ending, const char *letters, const char *word,
                        size_t word_size)
{
    if (word_size < 2 || (ending->apart && ending->size < 2))
        return false;
    size_t size = ending->size;
    if (size > 1 && letters[size - 1] == 's') { /* "développeurs·euses" */
        size--;
        word_size = without_plural(word, word_size);
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (equals(letters, size, endings[i].ending) &&
            ends_with(word, word_size, endings[i].masculine))
            return true;
    }
    return false;
}

/* "Directrice (eur)": turns the word just written into the masculine. */
static bool make_masculine(struct reduction *r, size_t word_start, const char *letters,
                           size_t letters_size)
{
    for (size_t i = 0; i < sizeof masculine_endings / sizeof *masculine_endings; i++) {
        if (!equals(letters, letters_size, masculine_endings[i].ending) ||
            !ends_with(r->text + word_start, r->write - word_start, masculine_endings[i].feminine))
            continue;
        size_t length = strlen(masculine_endings[i].masculine);
        r->write -= strlen(masculine_endings[i].feminine);
        memcpy(r->text + r->write, masculine_endings[i].masculine, length);
        r->write += length;
        return true;
    }
    return false;
}

/* The "s" of "étudiant·e·s" or "étudiant(e)s": where reading goes on behind it, else at. */
static size_t skip_plural(const struct reduction *r, size_t at, char mark)
{
    size_t next = at;
    if (next < r->size && r->text[next] == mark)
        next++;
    else if (mark != '(')
        return at;
    if (next < r->size && r->text[next] == 's' && word_end(r->text, r->size, next) == next + 1)
        return next + 1;
    return at;
}

/* Behind a word just written. */
static void reduce_ending(struct reduction *r, size_t word_start)
{
    struct ending ending;
    if (!ending_scan(r, &ending))
        return;
    const char *letters = r->text + ending.start;
    if (ending_is_plural_mark(&ending, letters)) {
        r->read = ending.after;
        return;
    }
    if (!ending_fits(&ending, letters, r->text + word_start, r->write - word_start)) {
        if (make_masculine(r, word_start, letters, ending.size))
            r->read = ending.after;
        return;
    }
    bool plural = ending.size > 1 && letters[ending.size - 1] == 's';
    r->read = skip_plural(r, ending.after, ending.mark);
    plural |= r->read > ending.after;
    if (plural && r->text[r->write - 1] != 's')
        r->text[r->write++] = 's';
}

/* The last words written, last one first. */
static unsigned words_before(const struct reduction *r, struct span words[PHRASE_WORDS])
{
    unsigned count = 0;
    size_t end = r->write;
    while (count < PHRASE_WORDS && end > 0) {
        size_t start = end;
        while (start > 0 && r->text[start - 1] != ' ')
            start--;
        words[count++] = (struct span){start, end};
        end = start > 0 ? start - 1 : 0;
    }
    return count;
}

/* The words that follow, up to the next mark. */
static unsigned words_after(const struct reduction *r, size_t at, struct span words[PHRASE_WORDS])
{
    unsigned count = 0;
    while (count < PHRASE_WORDS) {
        while (at < r->size && (r->text[at] == ' ' || (count > 0 && r->text[at] == '-')))
            at++;
        size_t end = word_end(r->text, r->size, at);
        if (end == at)
            break;
        words[count++] = (struct span){at, end};
        at = end;
    }
    return count;
}

/* 1 when the phrases of count words are masculine then feminine, -1 the other way round, 0 when
 * they are not the same phrase in both genders. */
static int compare_phrases(const char *text, const struct span *before, const struct span *after,
                           unsigned count)
{
    int order = 0;
    for (unsigned i = 0; i < count; i++) {
        const char *left = text + before[count - 1 - i].start;
        const char *right = text + after[i].start;
        size_t left_size = before[count - 1 - i].end - before[count - 1 - i].start;
        size_t right_size = after[i].end - after[i].start;
        if (left_size == right_size && memcmp(left, right, left_size) == 0)
            continue;
        int found = inclusive_pair(left, left_size, right, right_size)   ? 1
                    : inclusive_pair(right, right_size, left, left_size) ? -1
                                                                         : 0;
        if (found == 0 || found == -order)
            return 0;
        order = found;
    }
    return order;
}

/* At a mark or an "ou" between two phrases; next is where the second begins. Keeps the masculine
 * one if they are the same in both genders. */
static bool reduce_phrases(struct reduction *r, size_t next)
{
    struct span before[PHRASE_WORDS], after[PHRASE_WORDS];
    unsigned count = words_before(r, before);
    unsigned following = words_after(r, next, after);
    if (following < count)
        count = following;
    for (; count > 0; count--) {
        int order = compare_phrases(r->text, before, after, count);
        if (order > 0) {
            r->read = after[count - 1].end;
            return true;
        }
        if (order < 0) {
            size_t start = before[count - 1].start;
            r->write = start > 0 ? start - 1 : 0;
            r->read = after[0].start;
            return true;
        }
    }
    return false;
}

/* The end of "homme/femme" or its like at a word's start, else at. */
static size_t skip_people(const struct reduction *r, size_t at)
{
    static const char *const names[] = {"homme", "hommes", "femme", "femmes"};
    size_t end = at;
    unsigned seen = 0;
    for (unsigned round = 0; round < 2; round++) {
        size_t stop = word_end(r->text, r->size, end);
        for (unsigned i = 0; i < 4; i++)
            seen |= equals(r->text + end, stop - end, names[i]) ? 1U << (i / 2) : 0;
        end = stop;
        if (round == 0) {
            end = skip_spaces(r->text, r->size, end);
            if (end >= r->size || r->text[end] != '/')
                return at;
            end = skip_spaces(r->text, r->size, end + 1);
        }
    }
    return seen == 3 ? end : at;
}

/* The end of "h/f", "f-h", "h/f/x", "m/w/d", "(hf)" or their like at a word's start, else at. */
static size_t skip_marker(const struct reduction *r, size_t at)
{
    static const char letters[] = "hfmwdxni";
    bool seen[sizeof letters] = {false};
    size_t end = at, next = at;
    while (next < r->size) {
        const char *letter = memchr(letters, r->text[next], sizeof letters - 1);
        size_t stop = word_end(r->text, r->size, next);
        bool neither = equals(r->text + next, stop - next, "nb");
        if (!letter || (stop != next + 1 && !neither))
            break;
        seen[letter - letters] = true;
        end = stop;
        next = skip_spaces(r->text, r->size, end);
        if (next >= r->size || !strchr("/.-", r->text[next]))
            break;
        next = skip_spaces(r->text, r->size, next + 1);
    }
    bool both = (seen[1] && (seen[0] || seen[2])) || (seen[2] && seen[3]);
    if (both)
        return end;
    end = word_end(r->text, r->size, at);
    bool enclosed = at > 0 && r->text[at - 1] == '(' && end < r->size && r->text[end] == ')';
    if (enclosed && (equals(r->text + at, end - at, "hf") || equals(r->text + at, end - at, "fh")))
        return end;
    return skip_people(r, at);
}

static void reduce_word(struct reduction *r)
{
    size_t end = skip_marker(r, r->read);
    if (end > r->read) {
        r->read = end;
        return;
    }
    end = word_end(r->text, r->size, r->read);
    size_t size = end - r->read;
    if (equals(r->text + r->read, size, "ou") && reduce_phrases(r, end))
        return;
    if (r->write > 0)
        r->text[r->write++] = ' ';
    size_t start = r->write;
    memmove(r->text + start, r->text + r->read, size);
    r->write += size;
    r->read = end;
    reduce_ending(r, start);
}

size_t inclusive_reduce(char *folded, size_t size)
{
    struct reduction r = {.text = folded, .size = size};
    while (r.read < size) {
        if (is_word(folded[r.read]))
            reduce_word(&r);
        else if (!strchr("/-(", folded[r.read]) || !reduce_phrases(&r, r.read + 1))
            r.read++;
    }
    return r.write;
}
