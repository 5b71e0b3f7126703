/* Reading the store for a verification. */
#include "verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD_BYTES_MAX = 1 << 20 };

/* `more` holds further words, separated by spaces. */
static redisReply *ask_words(struct verify *verify, const char *command, const char *key,
                             const char *more)
{
    enum { WORDS = 8 };
    const char *argv[WORDS] = {command, key};
    char words[64], *rest = words, *word;
    int count = 2;

    snprintf(words, sizeof words, "%s", more);
    while (count < WORDS && (word = strsep(&rest, " ")) != NULL)
        argv[count++] = word;
    return redisCommandArgv(verify->redis, count, argv, NULL);
}

redisReply *verify_ask(struct verify *verify, const char *command, const char *suffix,
                       const char *more)
{
    char key[96];
    redisReply *reply;

    snprintf(key, sizeof key, "%s%s", verify->key, suffix);
    reply = more != NULL ? ask_words(verify, command, key, more)
                         : redisCommand(verify->redis, "%s %s", command, key);
    if (reply == NULL || reply->type == REDIS_REPLY_ERROR) {
        if (reply != NULL)
            verify_problem(verify, "store", "%s", reply->str);
        freeReplyObject(reply);
        verify->away = true;
        return NULL;
    }
    return reply;
}

void verify_problem(struct verify *verify, const char *what, const char *format, ...)
{
    va_list arguments;

    if (verify->problems++ >= VERIFY_TOLD_MAX)
        return;
    fprintf(verify->out, "%s: ", what);
    va_start(arguments, format);
    vfprintf(verify->out, format, arguments);
    va_end(arguments);
    fputc('\n', verify->out);
}

bool verify_walk(struct verify *verify, const char *suffix, verify_pair_fn *each, void *arg)
{
    char cursor[32] = "0", key[96];

    snprintf(key, sizeof key, "%s%s", verify->key, suffix);
    do {
        redisReply *reply = redisCommand(verify->redis, "HSCAN %s %s COUNT 1000", key, cursor);
        if (reply == NULL || reply->type != REDIS_REPLY_ARRAY || reply->elements != 2) {
            freeReplyObject(reply);
            verify->away = true;
            return false;
        }
        const redisReply *pairs = reply->element[1];
        for (size_t i = 0; i + 1 < pairs->elements; i += 2)
            each(verify, pairs->element[i], pairs->element[i + 1], arg);
        snprintf(cursor, sizeof cursor, "%s", reply->element[0]->str);
        freeReplyObject(reply);
    } while (strcmp(cursor, "0") != 0);
    return true;
}

/* -- records ----------------------------------------------------------------------------------- */

static void take_header(struct verify_record *record)
{
    const char *end = memchr(record->value, '\n', record->size);
    char line[256] = "";

    snprintf(record->reference, sizeof record->reference, "-");
    snprintf(record->person, sizeof record->person, "-");
    if (end != NULL)
        snprintf(line, sizeof line, "%.*s", (int)(end - record->value), record->value);
    sscanf(line, "%*s %*s %*s %*s %32s %32s", record->reference, record->person);
}

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

static void take_record(struct verify *verify, const redisReply *number, const redisReply *value,
                        void *arg)
{
    uint8_t kind = *(const uint8_t *)arg;
    struct verify_record *record = records_extend(&verify->records[kind]);

    if (record == NULL || (size_t)value->len > RECORD_BYTES_MAX) {
        verify_problem(verify, "record", "%s %s cannot be read", kind_info(kind)->name,
                       number->str);
        return;
    }
    *record = (struct verify_record){.number = strtoull(number->str, NULL, 10),
                                     .size = (size_t)value->len};
    record->value = malloc(record->size + 1);
    if (record->value == NULL)
        return;
    memcpy(record->value, value->str, record->size);
    record->value[record->size] = '\0';
    /* Kept from here on, whatever is in it: verify_forget frees it. */
    verify->records[kind].count++;
    if (!stored_parse(record->value, record->size, &record->stored)) {
        verify_problem(verify, "record", "%s %s has no header", kind_info(kind)->name, number->str);
        verify->records[kind].count--;
        free(record->value);
        return;
    }
    take_header(record);
}

static int record_compare(const void *left, const void *right)
{
    const struct verify_record *a = left, *b = right;

    return a->number < b->number ? -1 : a->number > b->number;
}

/* HSCAN may give a field twice; sorted, the repeats lie side by side. */
static void records_settle(struct verify_records *records)
{
    size_t kept = 0;

    if (records->count > 0)
        qsort(records->items, records->count, sizeof *records->items, record_compare);
    for (size_t i = 0; i < records->count; i++) {
        if (kept > 0 && records->items[kept - 1].number == records->items[i].number)
            free(records->items[i].value);
        else
            records->items[kept++] = records->items[i];
    }
    records->count = kept;
}

struct verify_record *verify_find(struct verify *verify, uint8_t kind, uint64_t number)
{
    const struct verify_record key = {.number = number};
    struct verify_records *records = &verify->records[kind];

    return records->count > 0 ? bsearch(&key, records->items, records->count,
                                        sizeof *records->items, record_compare)
                              : NULL;
}

/* Decodes, and compiles what takes part in matching. */
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
    if (record->stored.revision > verify->seq ||
        (long long)record->stored.created > record->stored.revision)
        verify_problem(verify, "record", "%c%" PRIu64 " has revision %" PRId64 " of %lld",
                       info->letter, record->number, record->stored.revision, verify->seq);
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

bool verify_read_records(struct verify *verify)
{
    struct arena *arena = arena_create(4 << 20);

    for (uint8_t kind = 1; kind < KIND_END && arena != NULL; kind++) {
        char suffix[40];
        snprintf(suffix, sizeof suffix, ":record:%s", kind_info(kind)->name);
        if (!verify_walk(verify, suffix, take_record, &kind))
            break;
        records_settle(&verify->records[kind]);
        for (size_t i = 0; i < verify->records[kind].count; i++)
            read_fields(verify, kind, &verify->records[kind].items[i], arena);
    }
    arena_free(arena);
    return arena != NULL && !verify->away;
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
}
