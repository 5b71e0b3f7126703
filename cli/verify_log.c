/* The change log: every number has its entry, and the records are as their last entries say. */
#include "verify.h"

#include "../runtime/log_entry.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct log_walk {
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
    static const enum operation all[] = {OPERATION_PUT,    OPERATION_STATE,    OPERATION_ERASE,
                                         OPERATION_ATTACH, OPERATION_DETACH,   OPERATION_DAY,
                                         OPERATION_ADOPT,  OPERATION_TERRITORY};

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
    return kind_of_letter(entry->letter) != KIND_ABSENT && of_words == (entry->letter == 'A') &&
           entry->number > 0 && entry->number <= (uint64_t)entry->seq;
}

static void take_change(struct verify *verify, struct log_walk *walk, const struct log_entry *entry,
                        bool erases)
{
    uint64_t id = id_make(entry->letter, entry->number);
    struct verify_record *record =
        verify_record(verify, kind_of_letter(entry->letter), entry->number);

    if (record == NULL)
        verify_ids_add(verify, erases ? &walk->erased : &walk->missing, id);
    else if (erases)
        verify_problem(verify, "log", "%c%" PRIu64 " was erased at %" PRId64 ", but exists",
                       entry->letter, entry->number, entry->seq);
    else
        record->logged = entry->seq;
}

static void take_entry(struct verify *verify, const redisReply *reply, void *arg)
{
    struct log_walk *walk = arg;
    struct log_entry entry;
    int32_t day;
    bool whole = log_entry_read(reply, &entry);
    enum operation operation = whole ? operation_of(entry.operation) : OPERATION_NONE;

    if (entry.seq > 0) {
        if (walk->last > 0 && entry.seq != walk->last + 1)
            verify_problem(verify, "log", "nothing between %" PRId64 " and %" PRId64, walk->last,
                           entry.seq);
        walk->first = walk->first > 0 ? walk->first : entry.seq;
        walk->last = entry.seq;
    }
    /* As far as numbers follow each other. */
    if (entry.seq == walk->first + (int64_t)verify->log.count)
        verify_ids_add(verify, &verify->log, whole ? id_make(entry.letter, entry.number) : 0);
    verify->references++;
    if (!whole || !fits(operation, &entry) ||
        !date_parse(entry.occurred_on, strlen(entry.occurred_on), &day))
        verify_problem(verify, "log", "%" PRId64 " is no entry", entry.seq);
    else if (entry.number > 0)
        take_change(verify, walk, &entry,
                    operation == OPERATION_ERASE || operation == OPERATION_DETACH);
}

/* -- afterwards -------------------------------------------------------------------------------- */

static void check_revisions(struct verify *verify, const struct log_walk *walk)
{
    for (uint8_t kind = 1; kind < KIND_END; kind++) {
        for (size_t i = 0; i < verify->records[kind].count; i++) {
            const struct verify_record *record = &verify->records[kind].items[i];
            int64_t revision = record->stored.revision;
            /* What was last changed before the log begins has no entry any more. */
            if (record->logged != revision && (record->logged > 0 || revision >= walk->first))
                verify_problem(verify, "log",
                               "%c%" PRIu64 " is at revision %" PRId64
                               ", its last entry at %" PRId64,
                               kind_info(kind)->letter, record->number, revision, record->logged);
        }
    }
}

static void check_missing(struct verify *verify, struct log_walk *walk)
{
    const struct verify_ids *missing = &walk->missing;
    struct verify_ids *erased = &walk->erased;
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
    struct log_walk walk = {.first = 0};

    verify_stream(verify, ":log", take_entry, &walk);
    verify->log_first = walk.first;
    if (!verify->away) {
        if (walk.last != verify->seq)
            verify_problem(verify, "log", "ends at %" PRId64 ", the territory is at %lld",
                           walk.last, verify->seq);
        check_revisions(verify, &walk);
        check_missing(verify, &walk);
    }
    free(walk.missing.items);
    free(walk.erased.items);
}
