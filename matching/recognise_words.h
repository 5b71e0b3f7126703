/* Words as the recogniser compares them. */
#ifndef PASSERELLE_MATCHING_RECOGNISE_WORDS_H
#define PASSERELLE_MATCHING_RECOGNISE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Rewrites a folded word (fold.h) in place as what its inflected and derived forms share, French
 * and English ("racking", "racked" → "rack"; "soudure", "souder" → "soud"); returns the length. The
 * word has room for 8 bytes more than its own. */
size_t recognise_stem(char *word, size_t size);
/* Whether a folded word of the text is the one of the catalogue but for its ending: plural,
 * feminine, a verb's form or its noun. What a phrase of a single word is compared by, as a stem is
 * too wide. */
bool recognise_same_word(const char *catalogue, size_t catalogue_size, const char *text,
                         size_t text_size);
/* Articles, prepositions, possessives: they carry no skill. */
bool recognise_is_small(const char *word, size_t size);

#endif
