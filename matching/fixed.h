/* Arithmetic on integers that stand for fractions, so that a score is the same on every machine. */
#ifndef PASSERELLE_MATCHING_FIXED_H
#define PASSERELLE_MATCHING_FIXED_H

#include <stdint.h>

enum { FIXED_ONE = 1 << 16, COSINE_ONE = 1 << 15 };

/* Natural logarithm of a number (0 counts as 1), in 1/FIXED_ONE. */
int32_t fixed_log(uint64_t number);
/* ln of numerator / denominator, in 1/FIXED_ONE. */
int32_t fixed_log_ratio(uint64_t numerator, uint64_t denominator);
/* e to the power of -power, both in 1/FIXED_ONE; power is not negative. */
uint32_t fixed_decay(uint64_t power);
/* The whole part of the square root. */
uint64_t fixed_root(uint64_t number);

/* Cosines of vectors whose squares are in 1/SQUARE_ONE and sum up to less than 2^34. */
enum { SQUARE_ONE = 1 << 14 };
/* The length of a vector from the sum of its squares, for fixed_cosine. */
uint32_t fixed_length(uint64_t squares);
/* In 1/COSINE_ONE, at most that; 0 when a length is 0. */
uint32_t fixed_cosine(uint64_t product, uint32_t length, uint32_t other);

#endif
