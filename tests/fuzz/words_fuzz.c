/* Normal forms of words and of names of places, from arbitrary bytes: bounded, trimmed, and never
 * longer when taken again. */
#include "matching/place_name.h"
#include "matching/words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *normal, size_t length, size_t capacity)
{
    if (length >= capacity || strlen(normal) != length || strpbrk(normal, "/.-()'") ||
        strstr(normal, "  ") || (length > 0 && (normal[0] == ' ' || normal[length - 1] == ' ')))
        abort();
}

/* The first byte chooses the capacity. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char normal[WORDS_NORMAL_SIZE], again[WORDS_NORMAL_SIZE], postcode[POSTCODE_SIZE];
    char place[PLACE_NAME_SIZE];
    if (size == 0)
        return 0;
    size_t capacity = data[0] < 64 ? data[0] + 1U : sizeof normal;
    const char *text = (const char *)data + 1;
    size_t length = words_normalise(text, size - 1, normal, capacity);
    check(normal, length, capacity);
    if (words_normalise(normal, length, again, sizeof again) > length)
        abort();
    length = place_name_normalise(text, size - 1, place, postcode);
    check(place, length, sizeof place);
    if (strlen(postcode) != 0 && strlen(postcode) != POSTCODE_SIZE - 1)
        abort();
    return 0;
}
