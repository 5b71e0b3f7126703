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
    if (text_is(code, "barred"))
        return tree_flag(reason, "near") ? COLOUR_POOR : COLOUR_BAD;
    return COLOUR_FAINT;
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

/* By which path through the graph another skill stands for the one asked for. */
static char *near_words(const msgpack_object *reason, const char *skill, const char *claim,
                        const char *level, const char *evidence)
{
    struct text path = tree_text(reason, "path");
    if (text_is(path, "same"))
        return phrase(REASON_SAME, skill, claim, level, evidence);
    if (text_is(path, "narrower"))
        return phrase(REASON_NARROWER, skill, claim, level, evidence);
    if (text_is(path, "broader"))
        return phrase(REASON_BROADER, skill, claim, level, evidence);
    return phrase(REASON_RELATED, skill, claim, level, evidence);
}

static char *held_words(const msgpack_object *reason, bool fits)
{
    char *skill = label_at(reason, "skill", "label", "label_en"), *made = NULL;
    const char *level = level_words(number_at(reason, "level"));
    const char *evidence = evidence_words(reason);
    if (skill == NULL)
        return NULL;
    if (tree_text(reason, "claim").size > 0) {
        char *claim = label_at(reason, "claim", "claim_label", "claim_label_en");
        made = near_words(reason, skill, claim != NULL ? claim : "", level, evidence);
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
    int percent = (number_at(reason, "weight") * 100 + SCORE_ONE / 2) / SCORE_ONE;
    char *made = tree_flag(reason, "required") ? phrase(REASON_MISSING_REQUIRED, skill, percent)
                                               : phrase(REASON_MISSING_WISHED, skill, percent);
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

static char *barred_dates(const msgpack_object *reason, enum constraint constraint)
{
    int by = number_at(reason, "by");
    char *first = day_in_words(number_at(reason, "value"));
    char *second = day_in_words(number_at(reason, "limit")), *made = NULL;
    if (first != NULL && second != NULL)
        made = constraint == CONSTRAINT_START ? phrase(BARRED_START, by, first, second)
                                              : phrase(BARRED_AGE, by, first);
    free(first);
    free(second);
    return made;
}

/* The day that a reason's outlook names, malloc'ed; NULL when it names none. */
static char *outlook_day(const msgpack_object *reason)
{
    struct text day = tree_text(reason, "outlook_on");
    return day.size > 0 ? date_in_words(day) : NULL;
}

static char *barred_licence(const msgpack_object *reason)
{
    const char *label = NUMBERED(LICENCE, number_at(reason, "value"));
    if (!text_is(tree_text(reason, "outlook"), "in_progress"))
        return phrase(BARRED_LICENCE, label);
    char *day = outlook_day(reason);
    char *made =
        day != NULL ? phrase(BARRED_LICENCE_ON, label, day) : phrase(BARRED_LICENCE_SOON, label);
    free(day);
    return made;
}

static char *barred_authorisation(const msgpack_object *reason)
{
    const char *label = NUMBERED(AUTHORISATION, number_at(reason, "value"));
    struct text outlook = tree_text(reason, "outlook");
    char *day = outlook_day(reason), *made;
    if (text_is(outlook, "expired") && day != NULL)
        made = phrase(BARRED_AUTHORISATION_ENDS, label, day);
    else if (text_is(outlook, "in_progress"))
        made = day != NULL ? phrase(BARRED_AUTHORISATION_ON, label, day)
                           : phrase(BARRED_AUTHORISATION_SOON, label);
    else
        made = phrase(BARRED_AUTHORISATION, label);
    free(day);
    return made;
}

static char *barred_hours(int minutes, int bound, int by)
{
    if (minutes > bound)
        return phrase(BARRED_HOURS_MORE, minutes / 60, minutes % 60, by / 60, by % 60);
    return phrase(BARRED_HOURS_LESS, minutes / 60, minutes % 60, by / 60, by % 60);
}

/* Minutes since Monday 00:00; told by the day it starts on. */
static char *barred_schedule(int from, int to, int by)
{
    return phrase(BARRED_SCHEDULE, by / 60, by % 60, NUMBERED(DAY, from / 1440 + 1),
                  from % 1440 / 60, from % 60, (to - from / 1440 * 1440) / 60, to % 60);
}

static char *barred_distance(const msgpack_object *reason)
{
    int way = number_at(reason, "value");
    if (text_is(tree_text(reason, "outlook"), "in_progress"))
        return phrase(BARRED_DISTANCE_SOON, way);
    return phrase(BARRED_DISTANCE, number_at(reason, "by"), way, number_at(reason, "limit"));
}

static char *barred_language(const msgpack_object *reason)
{
    int code = number_at(reason, "value"), level = number_at(reason, "level");
    const char *wanted = NUMBERED(CEFR, number_at(reason, "limit"));
    if (level == 0)
        return phrase(BARRED_LANGUAGE_NONE, code / 256 % 256, code % 256, wanted);
    return phrase(BARRED_LANGUAGE, code / 256 % 256, code % 256, NUMBERED(CEFR, level), wanted);
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
        return barred_dates(reason, constraint);
    case CONSTRAINT_HOURS:
        return barred_hours(value, limit, number_at(reason, "by"));
    case CONSTRAINT_SCHEDULE:
        return barred_schedule(value, limit, number_at(reason, "by"));
    case CONSTRAINT_DISTANCE:
        return barred_distance(reason);
    case CONSTRAINT_REMOTE:
        return phrase(BARRED_REMOTE, NUMBERED(REMOTE, value));
    case CONSTRAINT_RHYTHM:
        return phrase(BARRED_RHYTHM, value / 100, value % 100, limit / 100, limit % 100);
    case CONSTRAINT_LICENCE:
        return barred_licence(reason);
    case CONSTRAINT_AUTHORISATION:
        return barred_authorisation(reason);
    case CONSTRAINT_LANGUAGE:
        return barred_language(reason);
    case CONSTRAINT_END:
        break;
    }
    return text_at(reason, "constraint");
}

static const char *constraint_label(enum constraint constraint)
{
    static const enum text_id texts[] = {
#define CONSTRAINT_TEXT(constant, wire) TEXT_CONSTRAINT_##constant,
        CONSTRAINTS_ALL(CONSTRAINT_TEXT)
#undef CONSTRAINT_TEXT
            TEXT_NONE,
    };
    return text_of(texts[constraint]);
}

char *demand_in_words(enum constraint constraint, int item)
{
    const char code[] = {(char)(item / 256 % 256), (char)(item % 256), '\0'};
    const char *detail = constraint == CONSTRAINT_LICENCE         ? NUMBERED(LICENCE, item)
                         : constraint == CONSTRAINT_AUTHORISATION ? NUMBERED(AUTHORISATION, item)
                                                                  : code;
    char *made = NULL;
    if (item == 0)
        return strdup(constraint_label(constraint));
    if (asprintf(&made, "%s%s%s", constraint_label(constraint), text_of(TEXT_COLON), detail) < 0)
        return NULL;
    return made;
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
        return phrase(REASON_UNCHECKED, constraint_label(constraint_at(reason)));
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
