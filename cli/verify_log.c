/* The change log: every number is in it, and the records are as their last changes say. */
#include "verify.h"

#include "../runtime/log_entry.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct log_survey {
    int64_t first, last; /* seq; 0: none yet */
    /* Records that are not there: changed, once for each entry; and erased. */
    struct verify_ids missing, erased;
};

static int id_compare(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

    return a < b ? -1 : a > b;
}

/* -- one entry --------------------------------------------------------------------------------- */

static enum operation operation_of(const char *name)
{
    static const enum operation all[] = {OPERATION_PUT,      OPERATION_STATE,     OPERATION_ERASE,
                                         OPERATION_ATTACH,   OPERATION_DETACH,    OPERATION_DAY,
                                         OPERATION_ADOPT,    OPERATION_TERRITORY, OPERATION_CONFIRM,
                                         OPERATION_RECOGNISE};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(operation_name(all[i]), name) == 0)
            return all[i];
    return OPERATION_NONE;
}

/* Whether the operation is one of records of that letter, or of the territory. */
static bool fits(enum operation operation, const struct log_entry *entry)
{
    bool of_territory = operation == OPERATION_DAY || operation == OPERATION_ADOPT ||
                        operation == OPERATION_TERRITORY;
    bool of_words = operation == OPERATION_ATTACH || operation == OPERATION_DETACH;

    if (operation == OPERATION_NONE || of_territory != (entry->letter == 'T'))
        return false;
    if (of_territory)
        return entry->number == 0;
    if ((operation == OPERATION_CONFIRM || operation == OPERATION_RECOGNISE) &&
        entry->letter != 'O')
        return false;
    return kind_of_letter(entry->letter) != KIND_ABSENT && of_words == (entry->letter == 'A') &&
           entry->number > 0 && entry->number <= (uint64_t)entry->seq;
}

static void take_change(struct verify *verify, struct log_survey *survey,
                        const struct log_entry *entry, bool erases)
{
    uint64_t id = id_make(entry->letter, entry->number);
    struct verify_record *record =
        verify_record(verify, kind_of_letter(entry->letter), entry->number);

    if (record == NULL)
        verify_ids_add(verify, erases ? &survey->erased : &survey->missing, id);
    else if (erases)
        verify_problem(verify, "log", "%c%" PRIu64 " was erased at %" PRId64 ", but exists",
                       entry->letter, entry->number, entry->seq);
    else
        record->logged = entry->seq;
}

static void take_line(struct verify *verify, struct log_survey *survey,
                      const struct log_entry *entry)
{
    int32_t day;
    bool whole = entry->operation[0] != '\0';
    enum operation operation = whole ? operation_of(entry->operation) : OPERATION_NONE;

    if (survey->last > 0 && entry->seq != survey->last + 1)
        verify_problem(verify, "log", "nothing between %" PRId64 " and %" PRId64, survey->last,
                       entry->seq);
    survey->first = survey->first > 0 ? survey->first : entry->seq;
    survey->last = entry->seq;
    /* As far as numbers follow each other. */
    if (entry->seq == survey->first + (int64_t)verify->log.count)
        verify_ids_add(verify, &verify->log, whole ? id_make(entry->letter, entry->number) : 0);
    verify->references++;
    if (!whole || !fits(operation, entry) ||
        !date_parse(entry->occurred_on, strlen(entry->occurred_on), &day))
        verify_problem(verify, "log", "%" PRId64 " is no entry", entry->seq);
    else if (entry->number > 0)
        take_change(verify, survey, entry,
                    operation == OPERATION_ERASE || operation == OPERATION_DETACH);
}

static void take_entry(struct verify *verify, const redisReply *reply, void *arg)
{
    struct log_entry entry;
    struct log_walk walk;

    if (!log_walk_begin(&walk, reply)) {
        verify->references++;
        verify_problem(verify, "log", "%" PRId64 " is no entry", walk.last);
    }
    while (walk.next > 0 && log_walk_next(&walk, &entry))
        take_line(verify, arg, &entry);
}

/* -- afterwards -------------------------------------------------------------------------------- */

static void check_revisions(struct verify *verify, const struct log_survey *survey)
{
    for (uint8_t kind = 1; kind < KIND_END; kind++) {
        for (size_t i = 0; i < verify->records[kind].count; i++) {
            const struct verify_record *record = &verify->records[kind].items[i];
            int64_t revision = record->stored.revision;
            /* What was last changed before the log begins has no entry any more. */
            if (record->logged != revision && (record->logged > 0 || revision >= survey->first))
                verify_problem(verify, "log",
                               "%c%" PRIu64 " is at revision %" PRId64
                               ", its last entry at %" PRId64,
                               kind_info(kind)->letter, record->number, revision, record->logged);
        }
    }
}

static void check_missing(struct verify *verify, struct log_survey *survey)
{
    const struct verify_ids *missing = &survey->missing;
    struct verify_ids *erased = &survey->erased;
    char name[ID_TEXT_SIZE];

    if (erased->count > 0)
        qsort(erased->items, erased->count, sizeof *erased->items, id_compare);
    if (missing->count > 0)
        qsort(missing->items, missing->count, sizeof *missing->items, id_compare);
    for (size_t i = 0; i < missing->count; i++) {
        uint64_t id = missing->items[i];
        if ((i > 0 && missing->items[i - 1] == id) ||
            (erased->count > 0 &&
             bsearch(&id, erased->items, erased->count, sizeof id, id_compare) != NULL))
            continue;
        id_print(id, name);
        verify_problem(verify, "log", "%s was changed and never erased, but does not exist", name);
    }
}

void verify_log(struct verify *verify)
{
    struct log_survey survey = {.first = 0};

    verify_stream(verify, ":log", take_entry, &survey);
    verify->log_first = survey.first;
    if (!verify->away) {
        if (survey.last != verify->seq)
            verify_problem(verify, "log", "ends at %" PRId64 ", the territory is at %lld",
                           survey.last, verify->seq);
        check_revisions(verify, &survey);
        check_missing(verify, &survey);
    }
    free(survey.missing.items);
    free(survey.erased.items);
}
