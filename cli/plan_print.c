#include "plan_print.h"

#include "../planning/shortage.h"

#include <stdlib.h>
#include <string.h>

static int meeting_compare(const void *one, const void *other)
{
    const struct plan_meeting *a = one, *b = other;
    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return a->second < b->second ? -1 : a->second > b->second;
}

struct plan_meeting *plan_meetings(const struct problem *problem, const int8_t *slot_of,
                                   uint32_t *count)
{
    struct plan_meeting *meetings = malloc((problem->pair_count + 1) * sizeof *meetings);
    *count = 0;
    for (uint32_t p = 0; meetings != NULL && p < problem->pair_count; p++)
        if (slot_of[p] != NO_SLOT)
            meetings[(*count)++] = (struct plan_meeting){
                problem->pairs[p].first, problem->pairs[p].second, (unsigned)slot_of[p]};
    if (meetings != NULL)
        qsort(meetings, *count, sizeof *meetings, meeting_compare);
    return meetings;
}

static const char *name_of(const struct plan_file *file, uint32_t participant)
{
    return participant < file->problem->participant_count ? file->participants[participant] : "?";
}

static json_t *meeting_json(const struct plan_file *file, const struct plan_meeting *meeting)
{
    return json_pack("{s[ss] si}", "with", name_of(file, meeting->first),
                     name_of(file, meeting->second), "slot", (int)meeting->slot + 1);
}

json_t *plan_meetings_json(const struct plan_file *file, const struct plan_meeting *meetings,
                           uint32_t count)
{
    json_t *list = json_array();
    for (uint32_t k = 0; list != NULL && k < count; k++)
        if (json_array_append_new(list, meeting_json(file, &meetings[k])) != 0) {
            json_decref(list);
            return NULL;
        }
    return list;
}

json_t *plan_worth_json(const struct worth *worth)
{
    return json_pack("{sI sI sI sI sI}", "unheld", (json_int_t)worth->unheld, "missing",
                     (json_int_t)worth->missing, "sum", (json_int_t)worth->sum, "uneven",
                     (json_int_t)worth->uneven, "gaps", (json_int_t)worth->gaps);
}

double plan_distance(const struct plan_answer *answer)
{
    if (answer->proven || answer->bound.sum <= 0)
        return 0;
    return (double)(answer->bound.sum - answer->worth.sum) / (double)answer->bound.sum;
}

/* -- minimums that are missed ------------------------------------------------------------------ */

static const struct {
    const char *name;
    enum text_id one, several;
} reasons[SHORTAGE_REASONS] = {
    [SHORTAGE_APART] = {"apart", TEXT_PLAN_SHORT_APART_ONE, TEXT_PLAN_SHORT_APART},
    [SHORTAGE_HELPER] = {"helper", TEXT_PLAN_SHORT_HELPER_ONE, TEXT_PLAN_SHORT_HELPER},
    [SHORTAGE_FULL] = {"full", TEXT_PLAN_SHORT_FULL_ONE, TEXT_PLAN_SHORT_FULL},
    [SHORTAGE_SHARED] = {"shared", TEXT_PLAN_SHORT_SHARED_ONE, TEXT_PLAN_SHORT_SHARED},
    [SHORTAGE_BUSY] = {"busy", TEXT_PLAN_SHORT_BUSY_ONE, TEXT_PLAN_SHORT_BUSY},
};

/* `3 meetings for L-0042 impossible: of 5 suitable, 3 are never there at the same time.` */
static char *short_sentence(const char *name, const struct shortage *shortage)
{
    char *sentence = NULL;
    size_t size;
    FILE *out = open_memstream(&sentence, &size);
    if (out == NULL)
        return NULL;
    char *head = phrase(PLAN_SHORT, shortage->wanted, name, shortage->suitable);
    fputs(head != NULL ? head : name, out);
    free(head);
    for (unsigned r = 0; r < SHORTAGE_REASONS; r++)
        if (shortage->blocked[r] > 0)
            fprintf(out, ", %u %s", shortage->blocked[r],
                    text_of(shortage->blocked[r] == 1 ? reasons[r].one : reasons[r].several));
    fputc('.', out);
    return fclose(out) == 0 ? sentence : NULL;
}

static json_t *shortage_json(const char *name, const struct shortage *shortage)
{
    char *sentence = short_sentence(name, shortage);
    json_t *counts = json_object();
    for (unsigned r = 0; r < SHORTAGE_REASONS; r++)
        if (shortage->blocked[r] > 0)
            json_object_set_new(counts, reasons[r].name, json_integer(shortage->blocked[r]));
    json_t *entry =
        json_pack("{ss si si si sb so ss*}", "id", name, "minimum", (int)shortage->wanted,
                  "meetings", (int)shortage->got, "suitable", (int)shortage->suitable, "alone",
                  shortage->alone, "reasons", counts, "sentence", sentence);
    free(sentence);
    return entry;
}

json_t *plan_short_json(const struct plan_file *file, const int8_t *slot_of)
{
    const struct problem *problem = file->problem;
    struct seating *timetable = seating_create(problem);
    json_t *list = json_array();
    bool good = timetable != NULL && list != NULL;
    for (uint32_t p = 0; good && p < problem->pair_count; p++)
        if (slot_of[p] != NO_SLOT)
            seating_put(timetable, p, (unsigned)slot_of[p]);
    for (uint32_t i = 0; good && i < problem->participant_count; i++) {
        struct shortage shortage;
        if (shortage_explain(timetable, i, &shortage))
            good =
                json_array_append_new(list, shortage_json(file->participants[i], &shortage)) == 0;
    }
    seating_free(timetable);
    if (good)
        return list;
    json_decref(list);
    return NULL;
}

/* -- verdicts ---------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum text_id sentence;
} faults[CHECK_FAULTS] = {
    [CHECK_PARTICIPANT] = {"participant", TEXT_PLAN_FAULT_PARTICIPANT},
    [CHECK_SLOT] = {"slot", TEXT_PLAN_FAULT_SLOT},
    [CHECK_PAIR] = {"pair", TEXT_PLAN_FAULT_PAIR},
    [CHECK_TWICE] = {"twice", TEXT_PLAN_FAULT_TWICE},
    [CHECK_WINDOW] = {"window", TEXT_PLAN_FAULT_WINDOW},
    [CHECK_PAIR_WINDOW] = {"pair_window", TEXT_PLAN_FAULT_PAIR_WINDOW},
    [CHECK_SHARED_WINDOW] = {"shared_window", TEXT_PLAN_FAULT_SHARED_WINDOW},
    [CHECK_CAPACITY] = {"capacity", TEXT_PLAN_FAULT_CAPACITY},
    [CHECK_SHARED] = {"shared", TEXT_PLAN_FAULT_SHARED},
    [CHECK_TABLES] = {"tables", TEXT_PLAN_FAULT_TABLES},
    [CHECK_MAXIMUM] = {"maximum", TEXT_PLAN_FAULT_MAXIMUM},
    [CHECK_REQUIRED] = {"required", TEXT_PLAN_FAULT_REQUIRED},
};

/* Who or what a finding is about; the people of its meeting where it has none of its own. */
static json_t *finding_json(const struct plan_file *file, const struct plan_meeting *meetings,
                            const struct check_finding *finding)
{
    bool shared = finding->fault == CHECK_SHARED || finding->fault == CHECK_SHARED_WINDOW;
    const char *culprit = shared                           ? file->shared[finding->culprit]
                          : finding->fault == CHECK_TABLES ? NULL
                                                           : name_of(file, finding->culprit);
    struct plan_meeting meeting = {0};
    if (finding->fault == CHECK_REQUIRED) {
        const struct plan_pair *pair = &file->problem->pairs[finding->meeting];
        meeting = (struct plan_meeting){pair->first, pair->second, 0};
    } else {
        meeting = meetings[finding->meeting];
    }
    json_t *entry =
        json_pack("{ss s[ss] ss ss*}", "fault", faults[finding->fault].name, "with",
                  name_of(file, meeting.first), name_of(file, meeting.second), "sentence",
                  text_of(faults[finding->fault].sentence), "culprit", culprit);
    if (finding->fault != CHECK_REQUIRED && entry != NULL) {
        json_object_set_new(entry, "meeting", json_integer((json_int_t)finding->meeting));
        if (finding->fault != CHECK_SLOT)
            json_object_set_new(entry, "slot", json_integer((json_int_t)finding->slot + 1));
    }
    if (finding->allowed != finding->found && entry != NULL) {
        json_object_set_new(entry, "found", json_integer(finding->found));
        json_object_set_new(entry, "allowed", json_integer(finding->allowed));
    }
    return entry;
}

json_t *plan_verdict_json(const struct plan_file *file, const struct plan_meeting *meetings,
                          const struct verdict *verdict)
{
    json_t *list = json_array();
    for (uint32_t k = 0; k < verdict->finding_count && k < FINDINGS_MAX; k++)
        json_array_append_new(list, finding_json(file, meetings, &verdict->findings[k]));
    return json_pack("{sb si so s{sI sI sI sI}}", "valid", verdict->finding_count == 0,
                     "fault_count", (int)verdict->finding_count, "faults", list, "objective",
                     "missing", (json_int_t)verdict->missing, "sum", (json_int_t)verdict->sum,
                     "uneven", (json_int_t)verdict->uneven, "gaps", (json_int_t)verdict->gaps);
}
