/* Reading the records for a verification. */
#include "verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD_BYTES_MAX = 1 << 20 };

/* -- one record -------------------------------------------------------------------------------- */

/* Makes room for one more. */
static struct verify_record *records_extend(struct verify_records *records)
{
    if (records->count == records->capacity) {
        size_t capacity = records->capacity > 0 ? records->capacity * 2 : 1024;
        struct verify_record *bigger = realloc(records->items, capacity * sizeof *bigger);
        if (bigger == NULL)
            return NULL;
        records->items = bigger;
        records->capacity = capacity;
    }
    return &records->items[records->count];
}

/* Keeps a copy of the value; false when it is no record or there is no memory. */
static bool record_keep(struct verify_record *record, uint64_t number, const redisReply *value)
{
    *record = (struct verify_record){.number = number, .size = (size_t)value->len};
    if (record->size > RECORD_BYTES_MAX)
        return false;
    record->value = malloc(record->size + 1);
    if (record->value == NULL)
        return false;
    memcpy(record->value, value->str, record->size);
    record->value[record->size] = '\0';
    if (stored_parse(number, record->value, record->size, &record->stored))
        return true;
    free(record->value);
    return false;
}

static void take_record(struct verify *verify, const redisReply *name, const redisReply *value,
                        void *arg)
{
    uint8_t kind = *(const uint8_t *)arg;
    struct verify_record *record = records_extend(&verify->records[kind]);
    uint64_t number;

    if (record == NULL || !verify_number(name->str, (size_t)name->len, &number) ||
        !record_keep(record, number, value)) {
        verify_problem(verify, "record", "%s %s cannot be read", kind_info(kind)->name, name->str);
        return;
    }
    verify->records[kind].count++;
}

static int record_compare(const void *left, const void *right)
{
    const struct verify_record *a = left, *b = right;

    return a->number < b->number ? -1 : a->number > b->number;
}

struct verify_record *verify_record(struct verify *verify, uint8_t kind, uint64_t number)
{
    const struct verify_record key = {.number = number};
    struct verify_records *records = &verify->records[kind];

    return records->count > 0 ? bsearch(&key, records->items, records->count,
                                        sizeof *records->items, record_compare)
                              : NULL;
}

bool verify_next_name(const struct verify_record *record, const char **name, size_t *size)
{
    const char *end = record->stored.names + record->stored.names_size;
    const char *at = *name == NULL ? record->stored.names : *name + *size + 1;
    const char *comma = at < end ? memchr(at, ',', (size_t)(end - at)) : NULL;

    if (at >= end)
        return false;
    *name = at;
    *size = (size_t)((comma != NULL ? comma : end) - at);
    return true;
}

/* -- its fields -------------------------------------------------------------------------------- */

/* The names of ids, as a header has them. */
struct names {
    char text[512];
    size_t size;
};

static void note_name(void *arg, uint64_t id)
{
    struct names *names = arg;

    if (names->size + ID_TEXT_SIZE + 1 >= sizeof names->text)
        return;
    if (names->size > 0)
        names->text[names->size++] = ',';
    id_print(id, names->text + names->size);
    names->size += strlen(names->text + names->size);
}

/* The ids among the fields are what the header says that the record names. */
static void check_names(struct verify *verify, const struct kind_info *kind,
                        const struct verify_record *record, const void *fields)
{
    const struct stored *stored = &record->stored;
    struct names names = {.size = 0};
    bool none = stored->names_size == 0;

    record_names(kind->record, fields, note_name, &names);
    if (names.size != stored->names_size || memcmp(names.text, stored->names, names.size) != 0)
        verify_problem(verify, "record", "%c%" PRIu64 " names %s, its header %.*s", kind->letter,
                       record->number, names.size > 0 ? names.text : "-",
                       none ? 1 : (int)stored->names_size, none ? "-" : stored->names);
}

static void check_header(struct verify *verify, const struct kind_info *kind,
                         const struct verify_record *record)
{
    if (record->stored.revision > verify->seq ||
        (long long)record->stored.created > record->stored.revision)
        verify_problem(verify, "record", "%c%" PRIu64 " has revision %" PRId64 " of %lld",
                       kind->letter, record->number, record->stored.revision, verify->seq);
    const char *at = strstr(kind->states, record->stored.state);
    size_t size = strlen(record->stored.state);
    if (at == NULL || (at > kind->states && at[-1] != ',') || (at[size] != ',' && at[size] != '\0'))
        verify_problem(verify, "record", "%c%" PRIu64 " is %s", kind->letter, record->number,
                       record->stored.state);
    if (record->stored.created != record->number)
        verify_problem(verify, "record", "%c%" PRIu64 " was created as %" PRIu64, kind->letter,
                       record->number, record->stored.created);
}

static void compile(struct verify *verify, uint8_t kind, struct verify_record *record,
                    const void *fields)
{
    if (verify->catalogue.referential == NULL)
        return;
    if (kind == KIND_LEARNER && strcmp(record->stored.state, "active") == 0)
        record->profile = learner_compile(fields, record->number, &verify->catalogue);
    if (kind == KIND_OFFER && strcmp(record->stored.state, "open") == 0) {
        struct offer_profile *profile = offer_compile(fields, record->number, &verify->catalogue);
        if (profile != NULL && offer_profile_closed(profile))
            offer_profile_free(profile);
        else
            record->profile = profile;
    }
}

static void read_fields(struct verify *verify, uint8_t kind, struct verify_record *record,
                        struct arena *arena)
{
    const struct kind_info *info = kind_info(kind);
    void *fields;

    arena_reset(arena);
    fields = arena_alloc(arena, info->record->size);
    if (fields == NULL ||
        !stored_decode(info->record, PRIVACY_PUBLIC | PRIVACY_MATCHING, record->stored.fields,
                       record->stored.size, fields, arena)) {
        verify_problem(verify, "record", "%c%" PRIu64 " cannot be decoded", info->letter,
                       record->number);
        return;
    }
    check_header(verify, info, record);
    check_names(verify, info, record, fields);
    compile(verify, kind, record, fields);
}

/* -- all of them ------------------------------------------------------------------------------- */

void verify_read_records(struct verify *verify)
{
    struct arena *arena = arena_create(4 << 20);

    for (uint8_t kind = 1; kind < KIND_END && arena != NULL && !verify->away; kind++) {
        struct verify_records *records = &verify->records[kind];
        char suffix[40];
        snprintf(suffix, sizeof suffix, ":record:%s", kind_info(kind)->name);
        verify_walk(verify, "HSCAN", suffix, take_record, &kind);
        if (records->count > 0)
            qsort(records->items, records->count, sizeof *records->items, record_compare);
        for (size_t i = 0; i < records->count; i++)
            read_fields(verify, kind, &records->items[i], arena);
    }
    if (arena == NULL)
        verify_problem(verify, "memory", "there is none left");
    arena_free(arena);
}

void verify_forget(struct verify *verify)
{
    for (uint8_t kind = 0; kind < KIND_END; kind++) {
        struct verify_records *records = &verify->records[kind];
        for (size_t i = 0; i < records->count; i++) {
            free(records->items[i].value);
            if (kind == KIND_LEARNER)
                learner_profile_free(records->items[i].profile);
            if (kind == KIND_OFFER)
                offer_profile_free(records->items[i].profile);
        }
        free(records->items);
        *records = (struct verify_records){.items = NULL};
    }
    free(verify->log.items);
    verify->log = (struct verify_ids){.items = NULL};
}
