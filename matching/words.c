#include "words.h"

#include "fold.h"
#include "inclusive.h"

size_t words_normalise(const char *text, size_t size, char *normal, size_t capacity)
{
    if (capacity == 0)
        return 0;
    size_t length = fold_text(text, size, normal, capacity - 1);
    length = inclusive_reduce(normal, length);
    normal[length] = '\0';
    return length;
}
