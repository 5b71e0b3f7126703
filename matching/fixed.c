#include "fixed.h"

enum { LOG_BITS = 20 };

static const uint64_t ln_2 = 0xB17217F8;      /* in 1/2^32 */
static const uint64_t log2_of_e = 0x17154765; /* in 1/2^28 */

int32_t fixed_log(uint64_t number)
{
    if (number < 2)
        return 0;
    unsigned whole = 63 - (unsigned)__builtin_clzll(number);
    /* Between 1 and 2, in 1/2^31: each squaring brings one more binary digit to light. */
    uint64_t mantissa = whole > 31 ? number >> (whole - 31) : number << (31 - whole);
    uint64_t binary = whole;
    for (int i = 0; i < LOG_BITS; i++) {
        mantissa = mantissa * mantissa >> 31;
        unsigned digit = (unsigned)(mantissa >> 32);
        mantissa >>= digit;
        binary = binary << 1 | digit;
    }
    return (int32_t)(binary * ln_2 >> (LOG_BITS + 16));
}

int32_t fixed_log_ratio(uint64_t numerator, uint64_t denominator)
{
    return fixed_log(numerator) - fixed_log(denominator);
}

uint32_t fixed_decay(uint64_t power)
{
    /* 2 to the power of -1/2, -1/4 and so on, in 1/2^32 */
    static const uint64_t factors[16] = {
        0xB504F334, 0xD744FCCB, 0xEAC0C6E8, 0xF5257D15, 0xFA83B2DB, 0xFD3E0C0D,
        0xFE9E115C, 0xFF4ECB59, 0xFFA75652, 0xFFD3A752, 0xFFE9D2B3, 0xFFF4E91C,
        0xFFFA747F, 0xFFFD3A3B, 0xFFFE9D1D, 0xFFFF4E8E,
    };
    if (power >= (uint64_t)32 * FIXED_ONE)
        return 0;
    uint64_t binary = power * log2_of_e >> 28, value = (uint64_t)FIXED_ONE << 15;
    for (int i = 0; i < 16; i++)
        if (binary >> (15 - i) & 1)
            value = value * factors[i] >> 32;
    binary >>= 16;
    return binary < 32 ? (uint32_t)(value >> binary >> 15) : 0;
}

uint64_t fixed_root(uint64_t number)
{
    uint64_t root = 0;
    for (uint64_t bit = (uint64_t)1 << 62; bit > 0; bit >>= 2) {
        if (number >= root + bit) {
            number -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
    }
    return root;
}

uint32_t fixed_length(uint64_t squares)
{
    return (uint32_t)fixed_root(squares * SQUARE_ONE);
}

uint32_t fixed_cosine(uint64_t product, uint32_t length, uint32_t other)
{
    if (length == 0 || other == 0)
        return 0;
    /* Lengths are in 1/SQUARE_ONE as well, their product in the square of that. */
    uint64_t cosine = (product << 29) / ((uint64_t)length * other);
    return cosine < COSINE_ONE ? (uint32_t)cosine : COSINE_ONE;
}
