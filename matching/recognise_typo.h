/* Misspelt words: the known word from which one letter differs, is missing, too much or in the
 * wrong place. */
#ifndef PASSERELLE_MATCHING_RECOGNISE_TYPO_H
#define PASSERELLE_MATCHING_RECOGNISE_TYPO_H

#include "symbols.h"

enum { TYPO_LETTERS_MIN = 7, TYPO_LETTERS_MAX = 24 };

/* Every known word by what is left of it without one of its letters. Zeroed memory is an empty one.
 */
struct typo_index {
    uint32_t *slots; /* hash table of symbol + 1 */
    size_t slot_count;
};

/* Words below limit, of letters alone and long enough. False when out of memory. */
bool typo_index_fill(struct typo_index *index, const struct symbols *words, int32_t limit);
void typo_index_clear(struct typo_index *index);
/* The lowest of the words, with the same first letter, that the word may be meant for; SYMBOL_NONE:
 * none. */
int32_t typo_find(const struct typo_index *index, const struct symbols *words, const char *word,
                  size_t size);

#endif
