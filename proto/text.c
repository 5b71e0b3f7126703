#include "text.h"

#include "codec.h"

#include <string.h>
#include <unistr.h>

/* Most texts are ASCII: eight bytes at a time, none of them 0 or above 0x7f. */
static size_t ascii_prefix(const char *data, size_t size)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = UINT64_C(0x8080808080808080);
    size_t at = 0;
    for (; at + 8 <= size; at += 8) {
        uint64_t word;
        memcpy(&word, data + at, sizeof word);
        if ((word | (word - ones)) & tops)
            break;
    }
    while (at < size && data[at] > 0)
        at++;
    return at;
}

bool text_is_valid(const char *data, size_t size)
{
    size_t at = ascii_prefix(data, size);
    return at == size || (!memchr(data + at, '\0', size - at) &&
                          !u8_check((const uint8_t *)data + at, size - at));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Skips one space, dot, dash or no-break space, as people write between groups. */
static size_t separator_size(const char *data, size_t size)
{
    if (size >= 1 && (*data == ' ' || *data == '.' || *data == '-'))
        return 1;
    if (size >= 2 && memcmp(data, "\u00a0", 2) == 0)
        return 2;
    if (size >= 3 && memcmp(data, "\u202f", 3) == 0)
        return 3;
    return 0;
}

enum { NUMBER_SIZE = 15 }; /* sex 1, year 2, month 2, department 2, commune 3, rank 3, key 2 */

/* Collects the 15 characters of a number that starts at data, or fails. Separators stand between
 * groups only: two telephone numbers in a row are not taken for one. */
static bool collect(const char *data, size_t size, char number[NUMBER_SIZE])
{
    static const bool group_begins[NUMBER_SIZE] = {
        [1] = true, [3] = true, [5] = true, [7] = true, [10] = true, [13] = true};
    size_t at = 0;
    for (int i = 0; i < NUMBER_SIZE; i++) {
        if (group_begins[i])
            at += separator_size(data + at, size - at);
        if (at >= size)
            return false;
        char c = data[at++];
        bool corsica = i == 6 && number[5] == '2' && (c == 'A' || c == 'B' || c == 'a' || c == 'b');
        if (!is_digit(c) && !corsica)
            return false;
        number[i] = c;
    }
    return at == size || !is_digit(data[at]);
}

static unsigned number_part(const char *number, int from, int size)
{
    unsigned value = 0;
    for (int i = from; i < from + size; i++)
        value = value * 10 + (unsigned)(number[i] - '0');
    return value;
}

/* The key is 97 less the rest of the first 13 digits by 97; 2A counts as 19, 2B as 18. */
static bool key_fits(char number[NUMBER_SIZE])
{
    if (!is_digit(number[6])) {
        bool south = number[6] == 'A' || number[6] == 'a';
        number[5] = '1';
        number[6] = south ? '9' : '8';
    }
    uint64_t value = 0;
    for (int i = 0; i < 13; i++)
        value = value * 10 + (uint64_t)(number[i] - '0');
    return number_part(number, 13, 2) == 97 - value % 97;
}

/* Part of a longer word, such as a hash or a UUID: its digits are no number of their own. */
static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_social_security_number(const char *data, size_t size)
{
    char number[NUMBER_SIZE];
    if (!strchr("123478", *data) || !collect(data, size, number))
        return false;
    /* 20 and above stand for unknown months; 13 to 19 are never given out. */
    unsigned month = number_part(number, 3, 2);
    return month > 0 && (month <= 12 || month >= 20) && key_fits(number);
}

bool text_has_social_security_number(const char *data, size_t size)
{
    for (size_t at = 0; at + NUMBER_SIZE <= size; at++)
        if (is_digit(data[at]) && (at == 0 || !is_word(data[at - 1])) &&
            is_social_security_number(data + at, size - at))
            return true;
    return false;
}
