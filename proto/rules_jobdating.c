/* The rules of a job dating and its parts. */
#include "codec.h"
#include "records.h"
#include "rules_parts.h"

#include <stdio.h>
#include <string.h>

static bool text_equals(struct text a, struct text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

void window_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct window *window = record;
    rule_ends_after(window->has.from && window->has.to, window->from, window->to, path, errors);
}

void session_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct session *session = record;
    bool both = session->has.from && session->has.to;
    rule_ends_after(both, session->from, session->to, path, errors);
    if (both && session->has.slot_minutes && session->from < session->to &&
        session->slot_minutes > session->to - session->from)
        rule_refuse(path, "slot_minutes", errors, ERROR_INCONSISTENT, "no longer than its session");
}

/* The slots of a session, its breaks not counted. */
static int64_t session_slots(const struct session *session)
{
    int64_t step = session->slot_minutes + session->changeover_minutes;
    int64_t length = session->to - session->from + session->changeover_minutes;
    return step > 0 && length > 0 ? length / step : 0;
}

/* Sessions follow each other, with no more slots than a timetable can have. */
static void sessions_rule(const struct jobdating *jobdating, const struct path *path,
                          struct errors *errors)
{
    int64_t slots = 0;
    struct path list = rule_member(path, "sessions");
    for (uint32_t i = 0; i < jobdating->sessions.count; i++) {
        const struct session *session = &jobdating->sessions.items[i];
        struct path item = path_item(&list, i);
        slots += session_slots(session);
        if (i > 0 && session->from < jobdating->sessions.items[i - 1].to)
            rule_refuse(&item, "from", errors, ERROR_INCONSISTENT,
                        "once the session before has ended");
    }
    if (slots > JOBDATING_SLOTS_MAX)
        path_error(&list, errors, ERROR_OUT_OF_BOUNDS, "slots: at most %d", JOBDATING_SLOTS_MAX);
}

void jobdating_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct jobdating *jobdating = record;
    sessions_rule(jobdating, path, errors);
    rule_ordered(jobdating->has.minimum_meetings && jobdating->has.maximum_meetings,
                 jobdating->minimum_meetings, jobdating->maximum_meetings, path, "maximum_meetings",
                 "minimum_meetings", errors);
    struct path list = rule_member(path, "tables");
    for (uint32_t i = 0; i < jobdating->tables.count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (text_equals(jobdating->tables.items[i].name, jobdating->tables.items[j].name)) {
                struct path item = path_item(&list, i);
                rule_refuse(&item, "name", errors, ERROR_INCONSISTENT, "a name no other table has");
            }
}

/* A part of a job dating is found by what it joins, so that it is there once: `J5-L12`. */
static void part_rule(struct text source, struct text reference, const char *expected,
                      const struct path *path, struct errors *errors)
{
    if (source.data != NULL && !rule_text_is(source, "passerelle"))
        rule_refuse(path, "source", errors, ERROR_INCONSISTENT, "passerelle");
    if (reference.data != NULL && !rule_text_is(reference, expected))
        rule_refuse(path, "reference", errors, ERROR_INCONSISTENT, expected);
}

static void join_rule(struct text source, struct text reference, uint64_t whole, uint64_t other,
                      const struct path *path, struct errors *errors)
{
    char first[ID_TEXT_SIZE], second[ID_TEXT_SIZE], expected[2 * ID_TEXT_SIZE];
    if (whole == 0 || other == 0)
        return;
    id_print(whole, first);
    id_print(other, second);
    snprintf(expected, sizeof expected, "%s-%s", first, second);
    part_rule(source, reference, expected, path, errors);
}

void attendance_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct attendance *attendance = record;
    join_rule(attendance->source, attendance->reference, attendance->jobdating,
              attendance->employer, path, errors);
    rule_ordered(attendance->has.minimum_meetings && attendance->has.maximum_meetings,
                 attendance->minimum_meetings, attendance->maximum_meetings, path,
                 "maximum_meetings", "minimum_meetings", errors);
    struct path list = rule_member(path, "offers");
    for (uint32_t i = 0; i < attendance->offers.count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (attendance->offers.items[i].offer == attendance->offers.items[j].offer) {
                struct path item = path_item(&list, i);
                rule_refuse(&item, "offer", errors, ERROR_INCONSISTENT, "each offer once");
            }
}

void registration_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct registration *registration = record;
    join_rule(registration->source, registration->reference, registration->jobdating,
              registration->learner, path, errors);
    rule_ordered(registration->has.minimum_meetings && registration->has.maximum_meetings,
                 registration->minimum_meetings, registration->maximum_meetings, path,
                 "maximum_meetings", "minimum_meetings", errors);
    struct path list = rule_member(path, "helpers");
    for (uint32_t i = 0; i < registration->helpers.count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (registration->helpers.items[i].helper == registration->helpers.items[j].helper) {
                struct path item = path_item(&list, i);
                rule_refuse(&item, "helper", errors, ERROR_INCONSISTENT, "each helper once");
            }
}

/* A word for what a helper does would tell why somebody needs one. */
static bool is_helper_code(struct text code)
{
    size_t letters = 0;
    while (letters < code.size && code.data[letters] >= 'A' && code.data[letters] <= 'Z')
        letters++;
    return letters >= 1 && letters <= 3 && letters < code.size && rule_is_digits(code, letters);
}

void helper_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct helper *helper = record;
    char id[ID_TEXT_SIZE], expected[2 * ID_TEXT_SIZE];
    if (helper->has.code && !is_helper_code(helper->code)) {
        rule_refuse(path, "code", errors, ERROR_BAD_FORMAT,
                    "one to three letters A-Z, then digits");
        return;
    }
    if (!helper->has.code || !helper->has.jobdating)
        return;
    id_print(helper->jobdating, id);
    snprintf(expected, sizeof expected, "%s-%.*s", id, (int)helper->code.size, helper->code.data);
    part_rule(helper->source, helper->reference, expected, path, errors);
}

void helper_contact_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct helper_contact *contact = record;
    rule_email(contact->has.email, contact->email, path, errors);
}

void meeting_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct meeting *meeting = record;
    join_rule(meeting->source, meeting->reference, meeting->registration, meeting->attendance, path,
              errors);
    bool refused = meeting->learner_view == VIEW_REFUSAL || meeting->employer_view == VIEW_REFUSAL;
    if (meeting->rule == RULE_PINNED && refused)
        rule_refuse(path, "rule", errors, ERROR_INCONSISTENT,
                    "not pinned where one of the two refuses");
}

/* "7:6:3 8:9:0", or "-". */
static bool is_slot(struct text text)
{
    unsigned colons = 0;
    bool digit = false;
    if (rule_text_is(text, "-"))
        return true;
    for (uint32_t i = 0; i <= text.size; i++) {
        char c = i < text.size ? text.data[i] : ' ';
        if (c >= '0' && c <= '9') {
            digit = true;
            continue;
        }
        colons += c == ':';
        if (!digit || (c == ' ' ? colons != 2 : c != ':' || colons > 2))
            return false;
        colons = c == ' ' ? 0 : colons;
        digit = false;
    }
    return true;
}

void timetable_rule(const void *record, const struct path *path, struct errors *errors)
{
    const struct timetable *timetable = record;
    char id[ID_TEXT_SIZE];
    struct path list = rule_member(path, "slots");
    for (uint32_t i = 0; i < timetable->slots.count; i++)
        if (!is_slot(timetable->slots.items[i])) {
            struct path item = path_item(&list, i);
            path_error(&item, errors, ERROR_BAD_FORMAT, "meetings such as 7:6:3, or -");
        }
    if (!timetable->has.jobdating)
        return;
    id_print(timetable->jobdating, id);
    part_rule(timetable->source, timetable->reference, id, path, errors);
}
