#include "commune_name.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A name being put together. */
struct spelling {
    char *text;
    size_t size;
};

static void put(struct spelling *spelling, const char *text, size_t size)
{
    if (size >= COMMUNE_NAME_SIZE - spelling->size)
        size = COMMUNE_NAME_SIZE - 1 - spelling->size;
    memcpy(spelling->text + spelling->size, text, size);
    spelling->size += size;
    spelling->text[spelling->size] = '\0';
}

static bool is(const char *word, size_t size, const char *wanted)
{
    return size == strlen(wanted) && memcmp(word, wanted, size) == 0;
}

static bool is_any(const char *word, size_t size, const char *const *wanted)
{
    while (*wanted && !is(word, size, *wanted))
        wanted++;
    return *wanted != NULL;
}

static void put_word(struct spelling *spelling, const char *word, size_t size, bool first)
{
    static const char *const small[] = {"SUR", "SOUS", "DE",   "DU", "DES", "D",    "L",  "LE",
                                        "LA",  "LES",  "LEZ",  "ET", "EN",  "AUX",  "AU", "A",
                                        "LOS", "PRES", "SANS", "OU", "ES",  "DELS", NULL};
    if (is(word, size, "ST"))
        put(spelling, "Saint", 5);
    else if (is(word, size, "STE"))
        put(spelling, "Sainte", 6);
    else {
        bool lower = !first && is_any(word, size, small);
        for (size_t i = 0; i < size; i++) {
            char c = i == 0 && !lower ? word[i] : (char)tolower((unsigned char)word[i]);
            put(spelling, &c, 1);
        }
    }
}

/* What stands between a word and the next one. */
static const char *joint(const char *word, size_t size, bool first)
{
    static const char *const articles[] = {"LE", "LA", "LES", NULL};
    if (is(word, size, "D") || is(word, size, "L"))
        return "'";
    return first && is_any(word, size, articles) ? " " : "-";
}

/* "09" behind the name of a city. */
static void put_arrondissement(struct spelling *spelling, const char *number)
{
    char text[40];
    int value = atoi(number);
    int size = snprintf(text, sizeof text, " %d%s Arrondissement", value, value == 1 ? "er" : "e");
    put(spelling, text, (size_t)size);
}

static bool is_printed_by_the_post(const char *name)
{
    for (; *name; name++) {
        if (!isupper((unsigned char)*name) && !isdigit((unsigned char)*name) && *name != ' ')
            return false;
    }
    return true;
}

void commune_name_spell(const char *name, char spelt[COMMUNE_NAME_SIZE])
{
    struct spelling spelling = {.text = spelt};
    spelt[0] = '\0';
    if (!is_printed_by_the_post(name)) {
        put(&spelling, name, strlen(name));
        return;
    }
    const char *before = NULL;
    size_t before_size = 0;
    bool first = true, second = false;
    while (*(name += strspn(name, " "))) {
        size_t size = strcspn(name, " ");
        if (before && isdigit((unsigned char)*name) && size <= 2) {
            put_arrondissement(&spelling, name);
            return;
        }
        if (before) {
            const char *between = joint(before, before_size, second);
            put(&spelling, between, strlen(between));
        }
        put_word(&spelling, name, size, first);
        second = first;
        first = false;
        before = name;
        before_size = size;
        name += size;
    }
}
