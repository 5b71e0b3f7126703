#include "rules.h"

#include "codec.h"
#include "records.h"
#include "rules_parts.h"

#include <string.h>

struct path rule_member(const struct path *path, const char *name)
{
    return path_key(path, name, strlen(name));
}

void rule_refuse(const struct path *path, const char *name, struct errors *errors,
                 enum error_code code, const char *expected)
{
    struct path place = rule_member(path, name);
    path_error(&place, errors, code, "%s", expected);
}

/* Where first is given and last is not at or after it, last is at fault. */
void rule_ordered(bool both, int64_t first, int64_t last, const struct path *path, const char *name,
                  const char *before, struct errors *errors)
{
    if (!both || first <= last)
        return;
    struct path place = rule_member(path, name);
    path_error(&place, errors, ERROR_INCONSISTENT, "not before %s", before);
}

/* -- classes of characters ----------------------------------------------------------------------
 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool rule_is_digits(struct text text, size_t from)
{
    for (size_t i = from; i < text.size; i++)
        if (!is_digit(text.data[i]))
            return false;
    return true;
}

static bool is_alphanumeric(struct text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_digit(text.data[i]) && !is_lower((char)(text.data[i] | 0x20)))
            return false;
    return true;
}

bool rule_text_is(struct text text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

/* A department and what follows it: two digits, or 2A and 2B of Corsica. */
static bool is_department_prefix(struct text text)
{
    return text.size >= 2 && is_digit(text.data[0]) &&
           (is_digit(text.data[1]) ||
            (text.data[0] == '2' && (text.data[1] == 'A' || text.data[1] == 'B')));
}

static bool is_department(struct text text)
{
    if (text.size == 3)
        return rule_is_digits(text, 0) && text.data[0] == '9' && text.data[1] >= '7';
    return is_department_prefix(text);
}

static bool is_hash(struct text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_digit(text.data[i]) && !(text.data[i] >= 'a' && text.data[i] <= 'f'))
            return false;
    return true;
}

/* A cursor of `matches`: a rank, which begins with a score of 1 to 10,000. */
static bool is_rank(struct text text)
{
    return is_hash(text) && memcmp(text.data, "0001", 4) >= 0 && memcmp(text.data, "2710", 4) <= 0;
}

static bool is_mail_address(struct text text)
{
    const char *at = memchr(text.data, '@', text.size);
    const char *end = text.data + text.size;
    if (!at || at == text.data || at + 1 == end || memchr(at + 1, '@', (size_t)(end - at) - 1))
        return false;
    for (const char *c = text.data; c < end; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7f)
            return false;
    return true;
}

/* [a-z][a-z0-9-]{0,31} */
static bool is_territory(struct text text)
{
    if (!is_lower(text.data[0]))
        return false;
    for (size_t i = 1; i < text.size; i++)
        if (!is_lower(text.data[i]) && !is_digit(text.data[i]) && text.data[i] != '-')
            return false;
    return true;
}

/* -- parts --------------------------------------------------------------------------------------
 */

static void place_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct place *place = record;
    if (place->has.commune &&
        !(is_department_prefix(place->commune) && rule_is_digits(place->commune, 2)))
        rule_refuse(path, "commune", errors, ERROR_BAD_FORMAT, "INSEE code such as 59512 or 2A004");
    if (place->has.postcode && !rule_is_digits(place->postcode, 0))
        rule_refuse(path, "postcode", errors, ERROR_BAD_FORMAT,
                    "postcode of 5 digits such as 59100");
    if (place->has.department && !is_department(place->department))
        rule_refuse(path, "department", errors, ERROR_BAD_FORMAT,
                    "department such as 59, 2A or 974");
    if (place->has.latitude != place->has.longitude)
        rule_refuse(path, place->has.latitude ? "longitude" : "latitude", errors,
                    ERROR_INCONSISTENT, "latitude and longitude together");
}

static void claim_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct claim *claim = record;
    if (!claim->has.skill && !claim->has.words)
        path_error(path, errors, ERROR_MISSING_FIELD, "skill or words");
}

static void requirement_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct requirement *requirement = record;
    if (!requirement->has.skill && !requirement->has.words)
        path_error(path, errors, ERROR_MISSING_FIELD, "skill or words");
}

static void language_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct language *language = record;
    if (language->has.code &&
        !(is_lower(language->code.data[0]) && is_lower(language->code.data[1])))
        rule_refuse(path, "code", errors, ERROR_BAD_FORMAT, "ISO 639-1 code such as en");
}

/* The end of what has both comes after its start. */
void rule_ends_after(bool both, int32_t from, int32_t to, const struct path *path,
                     struct errors *errors)
{
    if (!both || from < to)
        return;
    char text[CLOCK_TEXT_SIZE];
    clock_print(from, text);
    struct path place = rule_member(path, "to");
    path_error(&place, errors, ERROR_INCONSISTENT, "after the start, %s", text);
}

static void hours_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct hours *hours = record;
    rule_ends_after(hours->has.from && hours->has.to, hours->from, hours->to, path, errors);
}

static void stage_entry_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct stage_entry *entry = record;
    rule_ordered(entry->has.entered_on && entry->has.left_on, entry->entered_on, entry->left_on,
                 path, "left_on", "entered_on", errors);
}

static void stage_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct stage *stage = record;
    rule_ordered(stage->has.starts_on && stage->has.ends_on, stage->starts_on, stage->ends_on, path,
                 "ends_on", "starts_on", errors);
}

static void pay_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct pay *pay = record;
    rule_ordered(pay->has.minimum && pay->has.maximum, pay->minimum, pay->maximum, path, "maximum",
                 "minimum", errors);
}

void rule_email(bool present, struct text email, const struct path *path, struct errors *errors)
{
    if (present && !is_mail_address(email))
        rule_refuse(path, "email", errors, ERROR_BAD_FORMAT,
                    "mail address with one @ and no space");
}

static void contact_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct contact *contact = record;
    rule_email(contact->has.email, contact->email, path, errors);
}

static void employer_contact_rule(const void *record, const struct path *path,
                                  struct errors *errors)
{
    const struct employer_contact *contact = record;
    rule_email(contact->has.email, contact->email, path, errors);
}

/* -- stored records -----------------------------------------------------------------------------
 */

static void learner_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct learner *learner = record;
    if (learner->has.source && learner->has.reference &&
        rule_text_is(learner->source, "francetravail")) {
        struct text reference = learner->reference;
        bool fits = (reference.size == 11 && rule_is_digits(reference, 0)) ||
                    (reference.size == 8 && is_alphanumeric(reference));
        if (!fits)
            rule_refuse(path, "reference", errors, ERROR_BAD_FORMAT,
                        "11 digits, or 8 letters and digits as formerly");
    }
    rule_ordered(learner->has.minimum_hours && learner->has.maximum_hours, learner->minimum_hours,
                 learner->maximum_hours, path, "maximum_hours", "minimum_hours", errors);
}

static void employer_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct employer *employer = record;
    if (employer->has.siret && !rule_is_digits(employer->siret, 0))
        rule_refuse(path, "siret", errors, ERROR_BAD_FORMAT, "14 digits");
}

static void offer_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct offer *offer = record;
    rule_ordered(offer->has.starts_on && offer->has.ends_on, offer->starts_on, offer->ends_on, path,
                 "ends_on", "starts_on", errors);
}

static void cohort_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct cohort *cohort = record;
    rule_ordered(cohort->has.starts_on && cohort->has.ends_on, cohort->starts_on, cohort->ends_on,
                 path, "ends_on", "starts_on", errors);
}

/* -- bodies and the envelope --------------------------------------------------------------------
 */

static void adoption_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct adoption *adoption = record;
    if (adoption->has.referential && !is_hash(adoption->referential))
        rule_refuse(path, "referential", errors, ERROR_BAD_FORMAT, "16 digits 0-9 and a-f");
    if (adoption->has.communes && !is_hash(adoption->communes))
        rule_refuse(path, "communes", errors, ERROR_BAD_FORMAT, "16 digits 0-9 and a-f");
}

static void target_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct target *target = record;
    if (!target->has.id && !(target->has.source && target->has.reference))
        path_error(path, errors, ERROR_MISSING_FIELD, "id, or source and reference");
}

static void get_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct get *get = record;
    if (!get->has.id && !(get->has.kind && get->has.source && get->has.reference))
        path_error(path, errors, ERROR_MISSING_FIELD, "id, or kind, source and reference");
}

static void matches_of_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct matches_of *matches = record;
    if (matches->has.id && id_letter(matches->id) != 'L' && id_letter(matches->id) != 'O')
        rule_refuse(path, "id", errors, ERROR_WRONG_KIND,
                    "a learner or an offer, such as L1042 or O7");
    if (matches->has.after && !is_rank(matches->after))
        rule_refuse(path, "after", errors, ERROR_BAD_FORMAT, "the `next` of a page before");
}

static void near_to_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct near_to *near = record;
    if (near->has.id && id_letter(near->id) != 'L' && id_letter(near->id) != 'O')
        rule_refuse(path, "id", errors, ERROR_WRONG_KIND,
                    "a learner or an offer, such as L1042 or O7");
}

static void request_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct request *request = record;
    if (request->has.territory && !is_territory(request->territory))
        rule_refuse(path, "territory", errors, ERROR_BAD_FORMAT,
                    "a letter a-z, then letters a-z, digits and dashes");
}

/* The most frequent first. */
static const struct {
    const struct record_type *type;
    void (*rule)(const void *record, const struct path *path, struct errors *errors);
} rules[] = {
    {&claim_type, claim_rule},
    {&requirement_type, requirement_rule},
    {&hours_type, hours_rule},
    {&place_type, place_rule},
    {&language_type, language_rule},
    {&stage_entry_type, stage_entry_rule},
    {&contact_type, contact_rule},
    {&request_type, request_rule},
    {&learner_type, learner_rule},
    {&offer_type, offer_rule},
    {&pay_type, pay_rule},
    {&employer_type, employer_rule},
    {&employer_contact_type, employer_contact_rule},
    {&target_type, target_rule},
    {&stage_type, stage_rule},
    {&cohort_type, cohort_rule},
    {&get_type, get_rule},
    {&matches_of_type, matches_of_rule},
    {&near_to_type, near_to_rule},
    {&adoption_type, adoption_rule},
    {&window_type, window_rule},
    {&registration_type, registration_rule},
    {&meeting_type, meeting_rule},
    {&attendance_type, attendance_rule},
    {&session_type, session_rule},
    {&jobdating_type, jobdating_rule},
    {&helper_type, helper_rule},
    {&helper_contact_type, helper_contact_rule},
    {&timetable_type, timetable_rule},
};

void rules_apply(const struct record_type *type, const void *record, const struct path *path,
                 struct errors *errors)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (rules[i].type == type) {
            rules[i].rule(record, path, errors);
            return;
        }
}

/* Request ids are random: now and then one looks like a number that it is not. */
static bool is_of_envelope(const struct field *field)
{
    return field >= request_type.fields && field < request_type.fields + request_type.count;
}

bool rules_apply_text(const struct field *field, struct text text, const struct path *path,
                      struct errors *errors)
{
    if (is_of_envelope(field) || !text_has_social_security_number(text.data, text.size))
        return true;
    path_error(path, errors, ERROR_SOCIAL_SECURITY_NUMBER, "no social-security number");
    return false;
}
