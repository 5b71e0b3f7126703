/* The words of a title or text that roles are compared by. */
#ifndef PASSERELLE_MATCHING_ROLE_WORDS_H
#define PASSERELLE_MATCHING_ROLE_WORDS_H

#include "words.h"

#include <stdbool.h>

enum { ROLE_WORDS_MAX = 64, ROLE_GRAM_MIN = 3, ROLE_GRAM_MAX = 5 };

struct role_word {
    const char *text; /* no NUL behind it */
    size_t size;
};
/* Distinct words in the order in which they come, without those that every text has. */
struct role_words {
    struct role_word words[ROLE_WORDS_MAX];
    unsigned count;
    char text[WORDS_NORMAL_SIZE];
};

/* Takes as much of the text as there is room for. spoken: abbreviations and English words of job
 * advertisements become what official titles say ("dev" → "developpeur"). */
void role_words_take(struct role_words *words, const char *text, size_t size, bool spoken);
/* The stems (stem.h) of words, each once. */
void role_words_stem(const struct role_words *words, struct role_words *stems);

/* Gets a stem, or a run of letters. False: no more of them. */
typedef bool role_term_take(void *state, const char *term, size_t size);

/* Calls take for the stem of each word of a text of any length, repeats too; size bytes of it are
 * rewritten. False when take returned false. */
bool role_text_stems(char *normal, size_t size, role_term_take *take, void *state);
/* Calls take for every run of ROLE_GRAM_MIN to ROLE_GRAM_MAX letters of "^word$", repeats too.
 * False when take returned false. */
bool role_word_grams(const struct role_word *word, role_term_take *take, void *state);

#endif
