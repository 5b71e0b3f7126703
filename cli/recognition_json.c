#include "recognition_json.h"

#include "../proto/choices.h"
#include "../proto/codec.h"

#include <stdio.h>
#include <string.h>

/* What is being written: see recognition_in_json(). A value that could not be made is NULL, and
 * putting it somewhere fails. */
struct writing {
    const struct recognition *recognition;
    const struct referential *referential;
    const char *text;
    bool offer;
};

#define WIRE_NAME(list, constant, wire) [list##_##constant] = wire,
static const char *const contract_names[] = {CHOICES_CONTRACT(WIRE_NAME)};
static const char *const day_names[] = {CHOICES_DAY(WIRE_NAME)};
static const char *const mode_names[] = {CHOICES_MODE(WIRE_NAME)};
static const char *const remote_names[] = {CHOICES_REMOTE(WIRE_NAME)};
static const char *const licence_names[] = {CHOICES_LICENCE(WIRE_NAME)};
static const char *const authorisation_names[] = {CHOICES_AUTHORISATION(WIRE_NAME)};
static const char *const cefr_names[] = {CHOICES_CEFR(WIRE_NAME)};
#undef WIRE_NAME

/* -- pieces -------------------------------------------------------------------------------------
 */

static json_t *span_in_json(const struct writing *writing, struct text_span span)
{
    return json_pack("[II]", (json_int_t)text_code_points(writing->text, span.start),
                     (json_int_t)text_code_points(writing->text, span.end));
}

static json_t *item_in_json(const struct writing *writing, struct text_span span)
{
    return json_pack("{so}", "span", span_in_json(writing, span));
}

static json_t *names_in_json(const char *const *names, unsigned count, uint32_t bits)
{
    json_t *list = json_array();
    for (unsigned i = 1; i < count; i++)
        if (bits & CHOICE_BIT(i))
            json_array_append_new(list, json_string(names[i]));
    return list;
}

static void put_true(json_t *object, const char *name, bool value)
{
    if (value)
        json_object_set_new(object, name, json_true());
}

static json_t *tenths_in_json(unsigned tenths)
{
    return tenths % 10 == 0 ? json_integer(tenths / 10) : json_real(tenths / 10.0);
}

static json_t *clock_in_json(int minutes)
{
    char text[16];
    snprintf(text, sizeof text, "%02d:%02d", minutes / 60, minutes % 60);
    return json_string(text);
}

/* What is asked for, in an offer; in a CV it is held. */
static void put_need(const struct writing *writing, json_t *object, bool required, bool in_progress,
                     bool negated)
{
    if (writing->offer)
        json_object_set_new(object, "required", json_boolean(required));
    put_true(object, "in_progress", in_progress);
    put_true(object, "negated", negated);
}

/* -- constraints, each in its own form ----------------------------------------------------------
 */

static json_t *contract_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_contract *contract = item;
    json_t *object = item_in_json(writing, contract->span);
    json_object_set_new(object, "values",
                        names_in_json(contract_names, CONTRACT_END, contract->values));
    return object;
}

static json_t *hours_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_hours *hours = item;
    json_t *object = item_in_json(writing, hours->span);
    if (hours->weekly_minutes > 0)
        json_object_set_new(object, "weekly",
                            hours->weekly_minutes % 60 == 0
                                ? json_integer(hours->weekly_minutes / 60)
                                : json_real(hours->weekly_minutes / 60.0));
    if (hours->part_time >= 0)
        json_object_set_new(object, "part_time", json_boolean(hours->part_time));
    if (hours->from >= 0)
        json_object_set_new(object, "from", clock_in_json(hours->from));
    if (hours->to >= 0)
        json_object_set_new(object, "to", clock_in_json(hours->to));
    if (hours->days != 0)
        json_object_set_new(object, "days", names_in_json(day_names, DAY_END, hours->days));
    if (hours->days_count > 0)
        json_object_set_new(object, "days_count", json_integer(hours->days_count));
    return object;
}

static json_t *place_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_place *place = item;
    json_t *object = item_in_json(writing, place->span);
    if (place->town[0] != '\0')
        json_object_set_new(object, "town", json_string(place->town));
    if (place->commune[0] != '\0')
        json_object_set_new(object, "commune", json_string(place->commune));
    if (place->department[0] != '\0')
        json_object_set_new(object, "department", json_string(place->department));
    return object;
}

static json_t *licence_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_licence *licence = item;
    json_t *object = item_in_json(writing, licence->span);
    json_object_set_new(object, "code", json_string(licence_names[licence->code]));
    put_need(writing, object, licence->required, licence->in_progress, licence->negated);
    return object;
}

static json_t *authorisation_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_authorisation *held = item;
    json_t *object = item_in_json(writing, held->span);
    json_object_set_new(object, "name", json_string(authorisation_names[held->name]));
    put_need(writing, object, held->required, held->in_progress, held->negated);
    return object;
}

static json_t *language_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_language *language = item;
    json_t *object = item_in_json(writing, language->span);
    json_object_set_new(object, "code", json_string(language->code));
    if (language->level != 0)
        json_object_set_new(object, "level", json_string(cefr_names[language->level]));
    put_need(writing, object, language->required, false, language->negated);
    return object;
}

static json_t *travel_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_travel *travel = item;
    json_t *object = item_in_json(writing, travel->span);
    if (travel->mode != 0)
        json_object_set_new(object, "mode", json_string(mode_names[travel->mode]));
    if (travel->radius_km != 0)
        json_object_set_new(object, "radius_km", json_integer(travel->radius_km));
    return object;
}

/* Lists of items of one size, left out when empty. */
static bool put_list(const struct writing *writing, json_t *object, const char *name,
                     const void *items, unsigned count, size_t item_size,
                     json_t *(*in_json)(const struct writing *, const void *))
{
    json_t *list = json_array();
    bool whole = true;
    for (unsigned i = 0; i < count; i++)
        whole &=
            json_array_append_new(list, in_json(writing, (const char *)items + i * item_size)) == 0;
    if (count > 0)
        return json_object_set_new(object, name, list) == 0 && whole;
    json_decref(list);
    return whole;
}

#define PUT_LIST(writing, object, name, list, in_json)                                             \
    put_list(writing, object, name, (writing)->recognition->list##s,                               \
             (writing)->recognition->list##_count, sizeof *(writing)->recognition->list##s,        \
             in_json)

static bool put_date(const struct writing *writing, json_t *object, const char *name,
                     const struct recognised_date *date)
{
    static const char *const precisions[] = {"day", "week", "month"};
    char text[DATE_TEXT_SIZE];
    if (date->day == RECOGNISED_NO_DAY)
        return true;
    json_t *item = item_in_json(writing, date->span);
    date_print(date->day, text);
    json_object_set_new(item, "date", json_string(text));
    json_object_set_new(item, "precision", json_string(precisions[date->precision]));
    put_true(item, "asap", date->asap);
    return json_object_set_new(object, name, item) == 0;
}

static bool put_single(const struct writing *writing, json_t *object)
{
    const struct recognition *found = writing->recognition;
    bool whole = put_date(writing, object, "start", &found->start) &&
                 put_date(writing, object, "end", &found->end);
    if (found->rhythm.company_days > 0)
        whole &=
            json_object_set_new(object, "rhythm",
                                json_pack("{sisiso}", "company_days", found->rhythm.company_days,
                                          "school_days", found->rhythm.school_days, "span",
                                          span_in_json(writing, found->rhythm.span))) == 0;
    if (found->remote.value != 0)
        whole &=
            json_object_set_new(object, "remote",
                                json_pack("{ssso}", "value", remote_names[found->remote.value],
                                          "span", span_in_json(writing, found->remote.span))) == 0;
    if (found->experience.known)
        whole &= json_object_set_new(object, "experience_years",
                                     json_pack("{sosbso}", "value",
                                               tenths_in_json(found->experience.years_tenth),
                                               "required", found->experience.required, "span",
                                               span_in_json(writing, found->experience.span))) == 0;
    if (found->adults_only.end > found->adults_only.start)
        whole &= json_object_set_new(object, "adults_only",
                                     json_pack("{sbso}", "value", true, "span",
                                               span_in_json(writing, found->adults_only))) == 0;
    return whole;
}

static bool put_constraints(const struct writing *writing, json_t *answer)
{
    json_t *object = json_object();
    return json_object_set_new(answer, "constraints", object) == 0 &&
           PUT_LIST(writing, object, "contract", contract, contract_in_json) &&
           put_single(writing, object) &&
           put_list(writing, object, "hours", writing->recognition->hours,
                    writing->recognition->hours_count, sizeof *writing->recognition->hours,
                    hours_in_json) &&
           PUT_LIST(writing, object, "place", place, place_in_json) &&
           PUT_LIST(writing, object, "licences", licence, licence_in_json) &&
           PUT_LIST(writing, object, "authorisations", authorisation, authorisation_in_json) &&
           PUT_LIST(writing, object, "languages", language, language_in_json) &&
           PUT_LIST(writing, object, "travel", travel, travel_in_json);
}

/* -- skills, roles and the rest -----------------------------------------------------------------
 */

static json_t *skill_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_skill *skill = item;
    const struct referential *referential = writing->referential;
    json_t *others = json_array();
    for (unsigned i = 0; i < skill->other_count; i++)
        json_array_append_new(others,
                              json_string(referential_skill_id(referential, skill->others[i])));
    json_t *object = json_pack(
        "{sssssIsIsfso}", "id", referential_skill_id(referential, skill->skill), "label",
        referential_skill_label(referential, skill->skill, writing->recognition->language), "start",
        (json_int_t)text_code_points(writing->text, skill->span.start), "end",
        (json_int_t)text_code_points(writing->text, skill->span.end), "confidence",
        (double)skill->confidence / RECOGNISED_CERTAIN, "alternatives", others);
    json_object_set_new(object, "required",
                        writing->offer ? json_boolean(skill->required) : json_null());
    if (skill->level != 0)
        json_object_set_new(object, "level", json_integer(skill->level));
    if (skill->years_tenth != 0)
        json_object_set_new(object, "years", tenths_in_json(skill->years_tenth));
    put_true(object, "negated", skill->negated);
    return object;
}

static json_t *role_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_role *role = item;
    const struct referential *referential = writing->referential;
    const char *code = referential_role_rome(referential, role->role);
    return json_pack(
        "{ss ss sf}", "code", *code != '\0' ? code : referential_role_id(referential, role->role),
        "label", referential_role_label(referential, role->role, writing->recognition->language),
        "score", (double)role->share / RECOGNISED_CERTAIN);
}

static json_t *title_in_json(const struct writing *writing, const void *item)
{
    return span_in_json(writing, *(const struct text_span *)item);
}

static json_t *marked_in_json(const struct writing *writing, const char *kind,
                              struct text_span span)
{
    return json_pack("{sssIsI}", "kind", kind, "start",
                     (json_int_t)text_code_points(writing->text, span.start), "end",
                     (json_int_t)text_code_points(writing->text, span.end));
}

static json_t *flag_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_flag *flag = item;
    return marked_in_json(writing, recognised_wish_name(flag->kind), flag->span);
}

static json_t *private_in_json(const struct writing *writing, const void *item)
{
    const struct recognised_private *private = item;
    return marked_in_json(writing, recognised_secret_name(private->kind), private->span);
}

bool recognition_in_json(json_t *answer, const struct recognition *recognition,
                         const struct referential *referential, const char *text,
                         enum recognised_text kind)
{
    struct writing writing = {recognition, referential, text, kind == RECOGNISED_OFFER};
    bool english = recognition->language == LABEL_ENGLISH;
    json_object_set_new(answer, "roles", json_array());
    json_object_set_new(answer, "skills", json_array());
    json_object_set_new(answer, "flags", json_array());
    json_object_set_new(answer, "private", json_array());
    return (json_object_set_new(answer, "language", json_string(english ? "en" : "fr")) == 0) &&
           PUT_LIST(&writing, answer, "roles", role, role_in_json) &&
           PUT_LIST(&writing, answer, "skills", skill, skill_in_json) &&
           PUT_LIST(&writing, answer, "titles", title, title_in_json) &&
           put_constraints(&writing, answer) &&
           PUT_LIST(&writing, answer, "flags", flag, flag_in_json) &&
           PUT_LIST(&writing, answer, "private", private, private_in_json);
}
