#include "expected_words.h"

#include "terminal.h"
#include "texts.h"

#include <stdlib.h>
#include <string.h>

/* The first text of this table that begins like what was expected; its own English is the
 * server's wording, and what follows is taken over. */
static enum text_id known_beginning(const char *expected)
{
    for (int id = TEXT_EXPECTED_FIRST + 1; id < TEXT_EXPECTED_LAST; id++) {
        const char *english = text_in(LANGUAGE_ENGLISH, (enum text_id)id);
        if (strncmp(expected, english, strlen(english)) == 0)
            return (enum text_id)id;
    }
    return TEXT_NONE;
}

char *expected_in_words(const char *expected)
{
    long long low, high;
    char end[8] = "", *made = NULL;
    if (texts_language() == LANGUAGE_ENGLISH)
        return text_clean(expected, strlen(expected));
    if (sscanf(expected, "text of %lld to %lld byte%1[s]", &low, &high, end) == 3)
        return phrase(EXPECTED_TEXT_BETWEEN, low, high);
    if (sscanf(expected, "text of %lld byte%1[s]", &high, end) == 2)
        return phrase(EXPECTED_TEXT_OF, high);
    if (sscanf(expected, "integer %lld..%lld", &low, &high) == 2)
        return phrase(EXPECTED_INTEGER, low, high);
    enum text_id known = known_beginning(expected);
    char *rest = text_clean(expected, strlen(expected));
    if (rest == NULL || known == TEXT_NONE)
        return rest;
    if (asprintf(&made, "%s%s", text_of(known), rest + strlen(text_in(LANGUAGE_ENGLISH, known))) <
        0)
        made = NULL;
    free(rest);
    return made;
}
