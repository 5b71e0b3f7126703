/* The normal form in which words are compared. */
#ifndef PASSERELLE_MATCHING_WORDS_H
#define PASSERELLE_MATCHING_WORDS_H

#include <stddef.h>

/* A capacity that holds every label; what the referential uses. */
enum { WORDS_NORMAL_SIZE = 512 };

/* Lower case without accents, ligatures opened (œ → oe), inclusive forms brought to the masculine
 * ("technicien(ne)" and "Technicien / Technicienne" → "technicien"), "(H/F)" removed, an "&"
 * between words spelt "et", everything else but letters, digits and the '+' and '#' that end a
 * word ("c++", "c#") as single spaces, none at the ends. Plurals stay.
 * Writes at most capacity bytes with a NUL, cut at a word; returns the length. Reads no further
 * than it needs to fill the capacity. Bytes that are not UTF-8 count as spaces. */
size_t words_normalise(const char *text, size_t size, char *normal, size_t capacity);

#endif
