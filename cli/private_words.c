#include "private_words.h"

#include "../matching/recogniser.h"
#include "import_value.h"
#include "referential_make.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char MARK[] = "…";

struct private_words {
    struct made_referential made;
    struct referential *referential;
    struct recogniser *recogniser;
    struct recognition recognition;
};

void private_words_free(struct private_words *words)
{
    if (!words)
        return;
    recogniser_free(words->recogniser);
    referential_close(words->referential);
    free(words->made.data);
    free(words);
}

struct private_words *private_words_create(struct context *context)
{
    const struct referential_sources starter = {.starter = true};
    struct private_words *words = calloc(1, sizeof *words);
    const char *reason;
    if (!words) {
        context_no_memory(context);
        return NULL;
    }
    if (referential_make(context, &starter, &words->made) == END_OK) {
        words->referential = referential_open(words->made.data, words->made.size, &reason);
        words->recogniser = words->referential ? recogniser_create(words->referential, NULL) : NULL;
        if (words->recogniser)
            return words;
        context_no_memory(context);
    }
    private_words_free(words);
    return NULL;
}

/* -- what is hidden: a byte for each byte of the text -------------------------------------------
 */

static void hide_recognised(struct private_words *words, struct text text, char *hidden,
                            struct text *phone, struct text *email)
{
    recogniser_read(words->recogniser, text.data, text.size, RECOGNISED_OFFER,
                    RECOGNISED_ANY_LANGUAGE, RECOGNISED_NO_DAY, &words->recognition);
    for (unsigned i = 0; i < words->recognition.private_count; i++) {
        const struct recognised_private *found = &words->recognition.privates[i];
        struct text span = {text.data + found->span.start, found->span.end - found->span.start};
        memset(hidden + found->span.start, 1, span.size);
        struct text *first = found->kind == PRIVATE_PHONE   ? phone
                             : found->kind == PRIVATE_EMAIL ? email
                                                            : NULL;
        if (first && !first->size)
            *first = span;
    }
}

static bool is_word_byte(char c)
{
    return isalnum((unsigned char)c) || (c & 0x80) || c == '-';
}

/* The word at the start of a text. */
static struct text word_at(struct text text, uint32_t at)
{
    uint32_t end = at;
    while (end < text.size && is_word_byte(text.data[end]))
        end++;
    return (struct text){text.data + at, end - at};
}

/* Whether word is one of the name, whatever its accents; short ones could be anything. */
static bool is_of_name(struct text word, struct text name)
{
    enum { LETTERS_LEAST = 3 };
    char own[VALUE_WORDS_SIZE], other[VALUE_WORDS_SIZE];
    if (word.size < LETTERS_LEAST || word.size > 60)
        return false;
    value_words(word, own);
    for (uint32_t at = 0; at < name.size;) {
        struct text part = word_at(name, at);
        if (part.size >= LETTERS_LEAST && part.size <= 60) {
            value_words(part, other);
            if (strcmp(own, other) == 0)
                return true;
        }
        at += part.size ? part.size : 1;
    }
    return false;
}

/* Senders may be firms or offices, whose words are also those of offers. */
static bool is_of_person(struct text name)
{
    static const char *const others[] = {"recrutement", "rh",     "service", "sarl",    "sas",
                                         "sa",          "agence", "contact", "societe", "mairie",
                                         "emploi",      "jobs",   "hr",      "ltd",     "interim",
                                         "candidature", "info",   "groupe",  "accueil", "equipe"};
    char words[VALUE_WORDS_SIZE + 2], own[VALUE_WORDS_SIZE], wanted[24];
    value_words(name, own);
    snprintf(words, sizeof words, " %s ", own);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        snprintf(wanted, sizeof wanted, " %s ", others[i]);
        if (strstr(words, wanted))
            return false;
    }
    return true;
}

/* Names are written with a capital. */
static void hide_name(struct text text, struct text name, char *hidden)
{
    if (!name.size || !is_of_person(name))
        return;
    for (uint32_t at = 0; at < text.size;) {
        struct text word = word_at(text, at);
        bool capital = word.size && !islower((unsigned char)*word.data);
        if (capital && is_of_name(word, name))
            memset(hidden + at, 1, word.size);
        at += word.size ? word.size : 1;
    }
}

struct text private_words_hide(struct private_words *words, struct text text, struct text name,
                               struct arena *arena, struct text *phone, struct text *email)
{
    const struct text nothing = {NULL, 0};
    *phone = *email = (struct text){"", 0};
    if (text.size > RECOGNISER_TEXT_MAX) {
        text.size = RECOGNISER_TEXT_MAX; /* what is not read cannot be shown */
        while (text.size && (text.data[text.size] & 0xC0) == 0x80)
            text.size--;
    }
    char *hidden = arena_alloc(arena, text.size + (size_t)1);
    char *out = arena_alloc(arena, 3 * (size_t)text.size + 1);
    if (!hidden || !out)
        return nothing;
    hide_recognised(words, text, hidden, phone, email);
    if (words->recognition.private_overflow)
        return nothing;
    hide_name(text, name, hidden);
    size_t size = 0;
    for (uint32_t i = 0; i < text.size; i++) {
        if (!hidden[i]) {
            out[size++] = text.data[i];
        } else if (i == 0 || !hidden[i - 1]) {
            memcpy(out + size, MARK, strlen(MARK));
            size += strlen(MARK);
        }
    }
    return (struct text){out, (uint32_t)size};
}
