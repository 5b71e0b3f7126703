/* Words as the recogniser compares them. */
#ifndef PASSERELLE_MATCHING_RECOGNISE_WORDS_H
#define PASSERELLE_MATCHING_RECOGNISE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Rewrites a folded word (fold.h) in place as what its inflected and derived forms share, French
 * and English ("racking", "racked" → "rack"; "soudure", "souder" → "soud"); returns the length. */
size_t recognise_stem(char *word, size_t size);
/* The same without derivation: masculine singular, near enough ("ponctuelles" → "ponctuel"). */
size_t recognise_singular(char *word, size_t size);
/* Articles, prepositions, possessives: they carry no skill. */
bool recognise_is_small(const char *word, size_t size);

#endif
