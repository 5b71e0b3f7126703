#include "daemon/prepare.h"

#include "matching/words.h"
#include "runtime/place_resolve.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEAREST = 3, AGE_OF_MAJORITY = 18 };

/* The arguments that every step here shares. */
struct preparation {
    const struct lookup *lookup;
    struct arena *arena;
    struct prepared *prepared;
    struct errors *findings; /* unknown roles and communes: errors, or warnings when lenient */
    struct errors *errors, *warnings;
};

static bool search_allowed(const struct lookup *lookup)
{
    if (lookup->searches == NULL || *lookup->searches == 0)
        return false;
    --*lookup->searches;
    return true;
}

/* Appends ", name (code)" pieces after "one of". */
static void list_append(char *list, size_t capacity, const char *code, const char *name)
{
    size_t used = strlen(list);
    snprintf(list + used, capacity - used, "%s%s (%s)", used == 0 ? "nearest: " : ", ", code, name);
}

static void report_role(const struct preparation *p, const char *path, struct text role)
{
    char nearest[200] = "";
    int32_t found[NEAREST];

    if (search_allowed(p->lookup)) {
        unsigned count =
            referential_nearest_roles(p->lookup->referential, role.data, role.size, found, NEAREST);
        for (unsigned i = 0; i < count; i++)
            list_append(nearest, sizeof nearest,
                        referential_role_id(p->lookup->referential, found[i]),
                        referential_role_label(p->lookup->referential, found[i], LABEL_FRENCH));
    }
    errors_add(p->findings, ERROR_UNKNOWN_ROLE, path, "%s",
               nearest[0] ? nearest : "a role id or ROME code of the referential in force");
}

static void prepare_role(const struct preparation *p, const char *path, struct text role)
{
    if (p->lookup->referential != NULL &&
        referential_role(p->lookup->referential, role.data, role.size) == REFERENTIAL_NONE)
        report_role(p, path, role);
}

static void report_commune(const struct preparation *p, const struct place *place)
{
    char nearest[200] = "";
    struct commune found[NEAREST];
    struct text name = place->has.town ? place->town : place->commune;

    if (search_allowed(p->lookup)) {
        unsigned count =
            communes_nearest(p->lookup->communes, name.data, name.size, found, NEAREST);
        for (unsigned i = 0; i < count; i++)
            list_append(nearest, sizeof nearest, found[i].code, found[i].name);
    }
    errors_add(p->findings, ERROR_UNKNOWN_COMMUNE, "body.place.commune", "%s",
               nearest[0] ? nearest : "INSEE code of a commune");
}

/* So that a score depends on the record alone. */
static void prepare_place(const struct preparation *p, struct place *place)
{
    if (p->lookup->communes == NULL || place_resolve(p->lookup->communes, place, p->arena))
        return;
    if (place->has.commune)
        report_commune(p, place);
    else if (!place->has.latitude || !place->has.longitude)
        errors_add(p->warnings, ERROR_UNKNOWN_COMMUNE, "body.place.town",
                   "kept as written, distances are not checked");
}

static bool skill_known(const struct lookup *lookup, const struct claim *claim)
{
    if (lookup->referential == NULL)
        return false;
    if (claim->has.skill && referential_skill(lookup->referential, claim->skill.data,
                                              claim->skill.size) != REFERENTIAL_NONE)
        return true;
    struct text words = claim->has.words ? claim->words : claim->skill;
    return referential_skill_by_words(lookup->referential, words.data, words.size) !=
           REFERENTIAL_NONE;
}

/* Keeps the normal form of words nobody recognises, once each. */
static void words_keep(struct prepared *prepared, struct text words)
{
    char line[WORDS_NORMAL_SIZE];
    size_t size = words_normalise(words.data, words.size, line, sizeof line);
    size_t at = 0;

    if (size == 0 || prepared->words_size + size + 1 > sizeof prepared->words)
        return;
    while (at < prepared->words_size) {
        const char *end = memchr(prepared->words + at, '\n', prepared->words_size - at);
        size_t length =
            end != NULL ? (size_t)(end - prepared->words) - at : prepared->words_size - at;
        if (length == size && memcmp(prepared->words + at, line, size) == 0)
            return;
        at += length + 1;
    }
    if (prepared->words_size > 0)
        prepared->words[prepared->words_size++] = '\n';
    memcpy(prepared->words + prepared->words_size, line, size);
    prepared->words_size += size;
}

static void prepare_person(const struct preparation *p, const struct contact *contact)
{
    char given[100], family[100];

    if (!contact->has.family_name)
        return;
    words_normalise(contact->family_name.data, contact->family_name.size, family, sizeof family);
    given[0] = '\0';
    if (contact->has.given_name)
        words_normalise(contact->given_name.data, contact->given_name.size, given, sizeof given);
    if (contact->has.birth_date)
        date_print(contact->birth_date, p->prepared->born);
    /* Spreadsheets swap the two name columns; the order must not hide a duplicate. */
    bool swapped = strcmp(given, family) > 0;
    snprintf(p->prepared->name, sizeof p->prepared->name, "%s|%s", swapped ? family : given,
             swapped ? given : family);
}

/* The eighteenth birthday; 29 February counts as 1 March. */
static int32_t majority_of(int32_t birth_date)
{
    char born[DATE_TEXT_SIZE], text[24];
    int32_t day = birth_date;

    date_print(birth_date, born);
    int year = (int)strtol(born, NULL, 10) + AGE_OF_MAJORITY;
    snprintf(text, sizeof text, "%04d%s", year, born + 4);
    if (!date_parse(text, strlen(text), &day)) {
        snprintf(text, sizeof text, "%04d-03-01", year);
        if (!date_parse(text, strlen(text), &day))
            return birth_date;
    }
    return day;
}

static void prepare_age(const struct preparation *p, struct learner *learner)
{
    if (!learner->has.contact || !learner->contact.has.birth_date)
        return;
    learner->of_age_on = majority_of(learner->contact.birth_date);
    /* Adults carry no date at all: nothing to compute an age from. */
    learner->has.of_age_on = learner->of_age_on > p->lookup->today;
    if (!learner->has.of_age_on)
        learner->of_age_on = 0;
}

static void prepare_learner(const struct preparation *p, struct learner *learner)
{
    char path[40];

    if (learner->has.place)
        prepare_place(p, &learner->place);
    for (uint32_t i = 0; i < learner->roles.count; i++) {
        struct text role = learner->roles.items[i];
        if (p->lookup->referential == NULL ||
            referential_role(p->lookup->referential, role.data, role.size) != REFERENTIAL_NONE ||
            referential_role_by_words(p->lookup->referential, role.data, role.size) !=
                REFERENTIAL_NONE)
            continue;
        snprintf(path, sizeof path, "body.roles[%u]", i);
        errors_add(p->warnings, ERROR_UNKNOWN_ROLE, path, "kept as written");
    }
    for (uint32_t i = 0; i < learner->claims.count; i++) {
        const struct claim *claim = &learner->claims.items[i];
        if (!skill_known(p->lookup, claim))
            words_keep(p->prepared, claim->has.words ? claim->words : claim->skill);
    }
    if (learner->has.contact)
        prepare_person(p, &learner->contact);
    prepare_age(p, learner);
}

static void prepare_offer(const struct preparation *p, struct offer *offer)
{
    if (offer->has.place)
        prepare_place(p, &offer->place);
    if (offer->has.role)
        prepare_role(p, "body.role", offer->role);
}

/* What an attachment is found by must not be empty. */
static void prepare_words(const struct preparation *p, struct text words)
{
    char normal[WORDS_NORMAL_SIZE];

    if (words_normalise(words.data, words.size, normal, sizeof normal) == 0)
        errors_add(p->errors, ERROR_OUT_OF_BOUNDS, "body.words", "a letter or a digit");
}

static void prepare_attachment(const struct preparation *p, const struct attachment *attachment)
{
    char nearest[200] = "";
    int32_t found[NEAREST];
    const struct referential *referential = p->lookup->referential;

    prepare_words(p, attachment->words);
    if (referential == NULL) {
        errors_add(p->errors, ERROR_NO_REFERENTIAL, "body.skill", "a referential in force first");
        return;
    }
    if (referential_skill(referential, attachment->skill.data, attachment->skill.size) !=
        REFERENTIAL_NONE)
        return;
    if (search_allowed(p->lookup)) {
        unsigned count = referential_nearest_skills(referential, attachment->skill.data,
                                                    attachment->skill.size, found, NEAREST);
        for (unsigned i = 0; i < count; i++)
            list_append(nearest, sizeof nearest, referential_skill_id(referential, found[i]),
                        referential_skill_label(referential, found[i], LABEL_FRENCH));
    }
    errors_add(p->errors, ERROR_UNKNOWN_SKILL, "body.skill", "%s",
               nearest[0] ? nearest : "a skill id of the referential in force");
}

/* A day never goes back: one that is too far ahead would stay for good. */
static void prepare_day(const struct preparation *p, const struct day *day)
{
    char last[DATE_TEXT_SIZE];

    /* Ahead of the request id, yet no repeat of an accepted day ends here: the bound only grows. */
    if (day->day <= p->lookup->last_day)
        return;
    date_print(p->lookup->last_day, last);
    errors_add(p->errors, ERROR_DAY_AHEAD, "body.day", "at most %s", last);
}

static void note_reference(void *arg, uint64_t id)
{
    struct prepared *prepared = arg;

    /* The tables allow no record to name more. */
    if (prepared->reference_count < PREPARED_REFERENCES_MAX)
        prepared->references[prepared->reference_count++] = id;
}

bool prepare_event(struct message *message, const struct lookup *lookup, struct arena *arena,
                   struct prepared *prepared, struct errors *errors, struct errors *warnings)
{
    bool lenient = message->request.has.lenient && message->request.lenient;
    struct preparation p = {lookup, arena, prepared, lenient ? warnings : errors, errors, warnings};

    prepared->words_size = 0;
    prepared->reference_count = 0;
    prepared->name[0] = prepared->born[0] = '\0';
    switch (message->type) {
    case MESSAGE_LEARNER_PUT:
        prepare_learner(&p, message->body);
        break;
    case MESSAGE_OFFER_PUT:
        prepare_offer(&p, message->body);
        break;
    case MESSAGE_EMPLOYER_PUT:
        if (((struct employer *)message->body)->has.place)
            prepare_place(&p, &((struct employer *)message->body)->place);
        break;
    case MESSAGE_JOBDATING_PUT:
        if (((struct jobdating *)message->body)->has.place)
            prepare_place(&p, &((struct jobdating *)message->body)->place);
        break;
    case MESSAGE_DAY_CHANGED:
        prepare_day(&p, message->body);
        break;
    case MESSAGE_SKILL_ATTACH:
        prepare_attachment(&p, message->body);
        break;
    case MESSAGE_SKILL_DETACH:
        prepare_words(&p, ((struct words *)message->body)->words);
        break;
    default:
        break;
    }
    if (message->info->operation == OPERATION_PUT)
        record_names(message->info->body, message->body, note_reference, prepared);
    return errors->total == 0;
}
