/* Text without what spellings of the same words differ in. */
#ifndef PASSERELLE_MATCHING_FOLD_H
#define PASSERELLE_MATCHING_FOLD_H

#include <stddef.h>

/* Folded text: words (letters, digits, the '+' and '#' behind them) in lower case without accents
 * and ligatures, and between them only ' ', '/', '.', '-', '(' and ')'. Every kind of middle dot is
 * a '.', every dash a '-'; an "&" between words is "et". Writes at most capacity bytes, no NUL, cut
 * at a word, and reads no further than it needs for that; returns the length. */
size_t fold_text(const char *text, size_t size, char *folded, size_t capacity);

#endif
