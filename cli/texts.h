/* Every text shown to people, in both languages: the rows are in texts_program.h (general words,
 * commands) and texts_records.h (fields, choices, errors, reasons) and so on. A row is
 * T(ID, "english", "français"); a text with printf conversions has the same ones in both. */
#ifndef PASSERELLE_CLI_TEXTS_H
#define PASSERELLE_CLI_TEXTS_H

#include "catalogue_texts.h"
#include "import_texts.h"
#include "jobdating_texts.h"
#include "plan_texts.h"
#include "recognise_texts.h"
#include "role_texts.h"
#include "score_texts.h"
#include "texts_program.h"
#include "texts_records.h"
#include "texts_server.h"

#include <stdbool.h>
#include <stdio.h>

#define TEXTS_ALL(T)                                                                               \
    PROGRAM_TEXTS_ALL(T)                                                                           \
    RECORD_TEXTS_ALL(T)                                                                            \
    IMPORT_TEXTS_ALL(T)                                                                            \
    JOBDATING_TEXTS_ALL(T)                                                                         \
    ROLE_TEXTS_ALL(T)                                                                              \
    SCORE_TEXTS_ALL(T)                                                                             \
    RECOGNISE_TEXTS_ALL(T)                                                                         \
    PLAN_TEXTS_ALL(T)                                                                              \
    SERVER_TEXTS_ALL(T)                                                                            \
    CATALOGUE_TEXTS_ALL(T)

enum text_id {
    TEXT_NONE,
#define TEXT_CONSTANT(id, english, french) TEXT_##id,
    TEXTS_ALL(TEXT_CONSTANT)
#undef TEXT_CONSTANT
        TEXT_END
};

enum text_language { LANGUAGE_ENGLISH, LANGUAGE_FRENCH };
/* Of all texts from now on. */
void texts_speak(enum text_language language);
enum text_language texts_language(void);
/* What LC_ALL, LC_MESSAGES or LANG asks for: French when it begins with fr, else English. */
enum text_language language_of_environment(void);
/* "fr" or "en"; false for anything else. */
bool language_parse(const char *name, enum text_language *language);

/* In the language spoken; "" for TEXT_NONE. */
const char *text_of(enum text_id id);
const char *text_in(enum text_language language, enum text_id id);
/* The id by its name without TEXT_, prefix and word joined: ("FIELD_", "title"). TEXT_NONE when
 * there is none. */
enum text_id text_named(const char *prefix, const char *word, size_t size);

/* say(file, ID, …) prints the text TEXT_ID as a line; phrase(ID, …) makes a malloc'ed
 * string of it (NULL without memory). The compiler checks the arguments in both languages. */
#define say(file, id, ...)                                                                         \
    (TEXT_CHECK(id __VA_OPT__(, ) __VA_ARGS__),                                                    \
     text_print(file, TEXT_##id __VA_OPT__(, ) __VA_ARGS__))
#define phrase(id, ...)                                                                            \
    (TEXT_CHECK(id __VA_OPT__(, ) __VA_ARGS__), text_make(TEXT_##id __VA_OPT__(, ) __VA_ARGS__))

#define TEXT_CHECK(id, ...)                                                                        \
    (void)(0 && printf(english_##id __VA_OPT__(, ) __VA_ARGS__) &&                                 \
           printf(french_##id __VA_OPT__(, ) __VA_ARGS__))
void text_print(FILE *file, enum text_id id, ...);
char *text_make(enum text_id id, ...);

/* For TEXT_CHECK alone; nothing of them is left in the program. */
#define TEXT_FORMATS(id, english, french)                                                          \
    static const char english_##id[] __attribute__((unused)) = english;                            \
    static const char french_##id[] __attribute__((unused)) = french;
TEXTS_ALL(TEXT_FORMATS)
#undef TEXT_FORMATS

#endif
