/* Cuts French words down to what their inflected and derived forms share. */
#ifndef PASSERELLE_MATCHING_STEM_H
#define PASSERELLE_MATCHING_STEM_H

#include <stddef.h>

/* Rewrites a folded word (fold.h: no accents are needed) of at least one byte in place and returns
 * its new length, at least one: "soudeuse", "soudeur" and "soudage" all become "soud". Endings are
 * compared by bytes, so that words in other alphabets stay as they are. */
size_t stem_word(char *word, size_t size);

#endif
