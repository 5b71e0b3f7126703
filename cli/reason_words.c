#include "reason_words.h"

#include "../matching/score.h"
#include "../proto/choices.h"
#include "../proto/codec.h"
#include "record_words.h"
#include "texts.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum colour reason_colour(const msgpack_object *reason)
{
    struct text code = tree_text(reason, "code");
    if (text_is(code, "fits") || text_is(code, "wish"))
        return COLOUR_GOOD;
    if (text_is(code, "partly"))
        return COLOUR_POOR;
    if (text_is(code, "missing"))
        return tree_flag(reason, "required") ? COLOUR_BAD : COLOUR_POOR;
    return text_is(code, "barred") ? COLOUR_BAD : COLOUR_FAINT;
}

/* -- parts of a sentence ----------------------------------------------------------------------- */

static char *text_at(const msgpack_object *reason, const char *path)
{
    struct text text = tree_text(reason, path);
    return text_clean(text.data != NULL ? text.data : "", text.size);
}

/* A label in the language spoken, else in the other one, else the id. */
static char *label_at(const msgpack_object *reason, const char *id, const char *french,
                      const char *english)
{
    const char *first = texts_language() == LANGUAGE_FRENCH ? french : english;
    const char *second = first == french ? english : french;
    if (tree_text(reason, first).size > 0)
        return text_at(reason, first);
    return text_at(reason, tree_text(reason, second).size > 0 ? second : id);
}

static int number_at(const msgpack_object *reason, const char *path)
{
    int64_t number = tree_number(reason, path, 0);
    return number > INT32_MAX ? INT32_MAX : number < INT32_MIN ? INT32_MIN : (int)number;
}

static char *day_in_words(int day)
{
    char wire[DATE_TEXT_SIZE];
    int32_t read;
    date_print(day, wire);
    if (!date_parse(wire, strlen(wire), &read))
        return strdup("?");
    return date_in_words((struct text){wire, (uint32_t)strlen(wire)});
}

static const char *level_words(int level)
{
    return level >= 1 && level <= 4 ? text_of((enum text_id)(TEXT_LEVEL_1 + level - 1)) : "?";
}

#define TEXT_OF_CHOICE(list, constant, wire) TEXT_CHOICE_##list##_##constant,
#define NAME_OF_CHOICE(list, constant, wire) wire,

/* The choice of that number (from 1 on). */
static const char *numbered(const enum text_id *texts, size_t count, int number)
{
    return number >= 1 && (size_t)number <= count ? text_of(texts[number - 1]) : "?";
}
#define NUMBERED(list, number)                                                                     \
    numbered((const enum text_id[]){CHOICES_##list(TEXT_OF_CHOICE)}, list##_END - 1, number)

static const char *evidence_words(const msgpack_object *reason)
{
    static const char *const names[] = {CHOICES_EVIDENCE(NAME_OF_CHOICE)};
    struct text evidence = tree_text(reason, "evidence");
    for (int i = 0; i < EVIDENCE_END - 1; i++)
        if (text_is(evidence, names[i]))
            return NUMBERED(EVIDENCE, i + 1);
    return "?";
}

static enum constraint constraint_at(const msgpack_object *reason)
{
    struct text name = tree_text(reason, "constraint");
    for (int i = 0; i < CONSTRAINT_END; i++)
        if (text_is(name, constraint_name((enum constraint)i)))
            return (enum constraint)i;
    return CONSTRAINT_END;
}

/* -- sentences --------------------------------------------------------------------------------- */

static char *held_words(const msgpack_object *reason, bool fits)
{
    char *skill = label_at(reason, "skill", "label", "label_en"), *made = NULL;
    const char *level = level_words(number_at(reason, "level"));
    const char *evidence = evidence_words(reason);
    if (skill == NULL)
        return NULL;
    if (tree_text(reason, "claim").size > 0) {
        char *claim = label_at(reason, "claim", "claim_label", "claim_label_en");
        made = phrase(REASON_NEAR, skill, claim != NULL ? claim : "", level, evidence);
        free(claim);
    } else if (fits) {
        made = phrase(REASON_FITS, skill, level, evidence);
    } else {
        made = phrase(REASON_PARTLY, skill, level, evidence,
                      level_words(number_at(reason, "wanted_level")));
    }
    free(skill);
    return made;
}

static char *missing_words(const msgpack_object *reason)
{
    char *skill = label_at(reason, "skill", "label", "label_en");
    if (skill == NULL)
        return NULL;
    char *made = tree_flag(reason, "required") ? phrase(REASON_MISSING_REQUIRED, skill)
                                               : phrase(REASON_MISSING_WISHED, skill);
    free(skill);
    return made;
}

static char *wish_words(const msgpack_object *reason)
{
    if (tree_text(reason, "role").size == 0)
        return phrase(REASON_WISH_CONTRACT);
    char *role = label_at(reason, "role", "label", "label_en");
    char *made = role != NULL ? phrase(REASON_WISH_ROLE, role) : NULL;
    free(role);
    return made;
}

static char *barred_dates(enum constraint constraint, int value, int limit)
{
    char *first = day_in_words(value), *second = day_in_words(limit), *made = NULL;
    if (first != NULL && second != NULL)
        made = constraint == CONSTRAINT_START ? phrase(BARRED_START, first, second)
                                              : phrase(BARRED_AGE, first);
    free(first);
    free(second);
    return made;
}

static char *barred_authorisation(int name, int expires_on)
{
    const char *label = NUMBERED(AUTHORISATION, name);
    if (expires_on == 0)
        return phrase(BARRED_AUTHORISATION, label);
    char *day = day_in_words(expires_on);
    char *made = day != NULL ? phrase(BARRED_AUTHORISATION_EXPIRES, label, day) : NULL;
    free(day);
    return made;
}

/* Minutes since Monday 00:00; a span ends on the day it starts. */
static char *barred_schedule(int from, int to)
{
    return phrase(BARRED_SCHEDULE, NUMBERED(DAY, from / 1440 + 1), from % 1440 / 60, from % 60,
                  (to - from / 1440 * 1440) / 60, to % 60);
}

static char *barred_words(const msgpack_object *reason)
{
    int value = number_at(reason, "value"), limit = number_at(reason, "limit");
    enum constraint constraint = constraint_at(reason);
    switch (constraint) {
    case CONSTRAINT_CONTRACT:
        return phrase(BARRED_CONTRACT, NUMBERED(CONTRACT, value));
    case CONSTRAINT_START:
    case CONSTRAINT_AGE:
        return barred_dates(constraint, value, limit);
    case CONSTRAINT_HOURS:
        return phrase(BARRED_HOURS, value / 60, value % 60, limit / 60, limit % 60);
    case CONSTRAINT_SCHEDULE:
        return barred_schedule(value, limit);
    case CONSTRAINT_DISTANCE:
        return phrase(BARRED_DISTANCE, value, limit);
    case CONSTRAINT_REMOTE:
        return phrase(BARRED_REMOTE, NUMBERED(REMOTE, value));
    case CONSTRAINT_RHYTHM:
        return phrase(BARRED_RHYTHM, value / 100, value % 100, limit / 100, limit % 100);
    case CONSTRAINT_LICENCE:
        return phrase(BARRED_LICENCE, NUMBERED(LICENCE, value));
    case CONSTRAINT_AUTHORISATION:
        return barred_authorisation(value, limit);
    case CONSTRAINT_LANGUAGE:
        return phrase(BARRED_LANGUAGE, value / 256 % 256, value % 256, NUMBERED(CEFR, limit));
    case CONSTRAINT_END:
        break;
    }
    return text_at(reason, "constraint");
}

static const char *constraint_words(const msgpack_object *reason)
{
    static const enum text_id texts[] = {
#define CONSTRAINT_TEXT(constant, wire) TEXT_CONSTRAINT_##constant,
        CONSTRAINTS_ALL(CONSTRAINT_TEXT)
#undef CONSTRAINT_TEXT
            TEXT_NONE,
    };
    return text_of(texts[constraint_at(reason)]);
}

char *reason_in_words(const msgpack_object *reason)
{
    struct text code = tree_text(reason, "code");
    char *part = NULL, *made;
    if (text_is(code, "fits") || text_is(code, "partly"))
        return held_words(reason, text_is(code, "fits"));
    if (text_is(code, "missing"))
        return missing_words(reason);
    if (text_is(code, "wish"))
        return wish_words(reason);
    if (text_is(code, "barred"))
        return barred_words(reason);
    if (text_is(code, "unchecked"))
        return phrase(REASON_UNCHECKED, constraint_words(reason));
    if (text_is(code, "distance"))
        return number_at(reason, "value") > 0 ? phrase(REASON_DISTANCE, number_at(reason, "value"))
                                              : phrase(REASON_NEARBY);
    if (text_is(code, "from_role")) {
        part = label_at(reason, "role", "label", "label_en");
        made = part != NULL ? phrase(REASON_FROM_ROLE, part) : NULL;
    } else if (text_is(code, "unknown_words")) {
        part = text_at(reason, "words");
        made = part != NULL ? phrase(REASON_UNKNOWN_WORDS, part) : NULL;
    } else {
        made = text_at(reason, "code");
    }
    free(part);
    return made;
}
