/* Inclusive forms and gender markers of French and English job titles. */
#ifndef PASSERELLE_MATCHING_INCLUSIVE_H
#define PASSERELLE_MATCHING_INCLUSIVE_H

#include <stdbool.h>
#include <stddef.h>

/* Rewrites folded text (fold.h) in place as words separated by single spaces, without them; returns
 * the new length. */
size_t inclusive_reduce(char *folded, size_t size);

/* Whether the folded words are the masculine and the feminine of one noun or adjective. */
bool inclusive_pair(const char *masculine, size_t masculine_size, const char *feminine,
                    size_t feminine_size);

#endif
