#include "recogniser.h"

#include "recognise_parts.h"
#include "role_search.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

struct recogniser *recogniser_create(const struct referential *referential,
                                     const struct communes *communes)
{
    struct recogniser *recogniser = calloc(1, sizeof *recogniser);
    if (!recogniser)
        return NULL;
    recogniser->reading.referential = referential;
    recogniser->reading.communes = communes;
    recogniser->reading.lexicon = &recogniser->lexicon;
    recogniser->reading.votes =
        calloc((size_t)referential_role_count(referential) + 1, sizeof(int32_t));
    const char *reason;
    recogniser->reading.search = role_search_create(referential, &reason);
    if (recogniser->reading.votes && recogniser->reading.search &&
        lexicon_fill(&recogniser->lexicon, referential))
        return recogniser;
    recogniser_free(recogniser);
    return NULL;
}

void recogniser_free(struct recogniser *recogniser)
{
    if (!recogniser)
        return;
    lexicon_clear(&recogniser->lexicon);
    role_search_free(recogniser->reading.search);
    free(recogniser->reading.votes);
    free(recogniser);
}

/* -- language -----------------------------------------------------------------------------------
 */

enum { GUESS_TOKENS_MAX = 300 }; /* more would tell no more */

static enum label_language guess_language(const struct reading *reading)
{
    static const char *const french[] = {
        "de",   "le",   "la",   "les", "et",   "un",  "une", "des",     "du",  "en",
        "pour", "est",  "vous", "pas", "avec", "sur", "au",  "je",      "l",   "d",
        "ou",   "dans", "par",  "on",  "nous", "qui", "ans", "cherche", "svp", "j"};
    static const char *const english[] = {
        "the",  "and",  "of", "to",   "you",  "is",  "are",  "for",  "with",    "our",
        "your", "in",   "an", "at",   "or",   "no",  "must", "need", "from",    "who",
        "work", "will", "be", "this", "have", "can", "a",    "not",  "looking", "i"};
    unsigned in_french = 0, in_english = 0;
    for (unsigned at = 0; at < reading->tokens.count && at < GUESS_TOKENS_MAX; at++) {
        in_french += IS_ANY_OF(reading, at, french) || reading->tokens.tokens[at].accent;
        in_english += IS_ANY_OF(reading, at, english) && !reading->tokens.tokens[at].accent;
    }
    return in_english > in_french ? LABEL_ENGLISH : LABEL_FRENCH;
}

/* -- reading ------------------------------------------------------------------------------------
 */

/* A text that is too long is cut between two characters. */
static size_t readable_size(const char *text, size_t size)
{
    if (size <= RECOGNISER_TEXT_MAX)
        return size;
    size = RECOGNISER_TEXT_MAX;
    for (unsigned i = 0; i < 3 && size > 0 && ((uint8_t)text[size] & 0xC0) == 0x80; i++)
        size--;
    return size;
}

void recogniser_read(struct recogniser *recogniser, const char *text, size_t size,
                     enum recognised_text kind, int language, int32_t date,
                     struct recognition *recognition)
{
    struct reading *reading = &recogniser->reading;
    memset(recognition, 0, sizeof *recognition);
    recognition->start.day = recognition->end.day = RECOGNISED_NO_DAY;
    recognition->size = (uint32_t)readable_size(text, size);
    reading->found = recognition;
    reading->kind = kind;
    reading->date = date;
    text_tokens_read(&reading->tokens, text, recognition->size);
    memset(reading->taken, 0, reading->tokens.count + TOKENS_BEHIND);
    recognition->language = language == RECOGNISED_ANY_LANGUAGE ? guess_language(reading)
                                                                : (enum label_language)language;
    lexicon_look_up(&recogniser->lexicon, &reading->tokens);
    reading_find_cues(reading);
    reading_find_private(reading);
    reading_find_flags(reading);
    reading_find_authorisations(reading);
    reading_find_licences(reading);
    reading_find_contracts(reading);
    reading_find_rhythm(reading);
    reading_find_remote(reading);
    reading_find_experience(reading);
    reading_find_hours(reading);
    reading_find_dates(reading);
    reading_find_languages(reading);
    reading_find_places(reading);
    reading_find_travel(reading);
    reading_find_adults(reading);
    reading_find_titles(reading);
    reading_find_skills(reading);
    reading_find_roles(reading);
}

/* -- names --------------------------------------------------------------------------------------
 */

const char *recognised_wish_name(enum recognised_wish kind)
{
    static const char *const names[] = {"sex",    "age",    "origin",     "nationality", "religion",
                                        "family", "health", "appearance", "residence"};
    return names[kind];
}

const char *recognised_secret_name(enum recognised_secret kind)
{
    static const char *const names[] = {"phone", "email", "name"};
    return names[kind];
}

size_t text_code_points(const char *text, size_t offset)
{
    return u8_mbsnlen((const uint8_t *)text, offset);
}
