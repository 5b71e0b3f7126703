#include "texts.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *in[2];
} texts[TEXT_END] = {[TEXT_NONE] = {"", {"", ""}},
#define TEXT_ROW(id, english, french) [TEXT_##id] = {#id, {english, french}},
                     TEXTS_ALL(TEXT_ROW)
#undef TEXT_ROW
};

static enum text_language spoken = LANGUAGE_ENGLISH;

void texts_speak(enum text_language language)
{
    spoken = language;
}

enum text_language texts_language(void)
{
    return spoken;
}

enum text_language language_of_environment(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0')
            return strncmp(value, "fr", 2) == 0 ? LANGUAGE_FRENCH : LANGUAGE_ENGLISH;
    }
    return LANGUAGE_ENGLISH;
}

bool language_parse(const char *name, enum text_language *language)
{
    if (strcmp(name, "fr") == 0)
        *language = LANGUAGE_FRENCH;
    else if (strcmp(name, "en") == 0)
        *language = LANGUAGE_ENGLISH;
    else
        return false;
    return true;
}

const char *text_in(enum text_language language, enum text_id id)
{
    return id < TEXT_END ? texts[id].in[language] : "";
}

const char *text_of(enum text_id id)
{
    return text_in(spoken, id);
}

enum text_id text_named(const char *prefix, const char *word, size_t size)
{
    size_t prefix_size = strlen(prefix);
    for (int i = TEXT_NONE + 1; i < TEXT_END; i++) {
        const char *name = texts[i].name;
        if (strncmp(name, prefix, prefix_size) == 0 && strlen(name) == prefix_size + size &&
            memcmp(name + prefix_size, word, size) == 0)
            return (enum text_id)i;
    }
    return TEXT_NONE;
}

/* TEXT_CHECK has checked the arguments against the literal. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

void text_print(FILE *file, enum text_id id, ...)
{
    va_list arguments;
    va_start(arguments, id);
    vfprintf(file, text_of(id), arguments);
    va_end(arguments);
    fputc('\n', file);
}

char *text_make(enum text_id id, ...)
{
    char *made = NULL;
    va_list arguments;
    va_start(arguments, id);
    if (vasprintf(&made, text_of(id), arguments) < 0)
        made = NULL;
    va_end(arguments);
    return made;
}

#pragma GCC diagnostic pop
