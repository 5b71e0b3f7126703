/* Following every cross-reference of a territory. */
#include "verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* -- references and people --------------------------------------------------------------------- */

struct walk {
    uint8_t kind;
    size_t seen;
};

static void check_reference(struct verify *verify, const redisReply *name, const redisReply *value,
                            void *arg)
{
    struct walk *walk = arg;
    const struct kind_info *kind = kind_info(walk->kind);
    uint64_t number = strtoull(value->str, NULL, 10);
    const struct verify_record *record = verify_find(verify, walk->kind, number);

    walk->seen++;
    verify->references++;
    if (record == NULL)
        verify_problem(verify, "reference", "of %s %" PRIu64 ", which does not exist", kind->name,
                       number);
    else if (strcmp(record->reference, name->str) != 0)
        verify_problem(verify, "reference", "%c%" PRIu64 " is found by another one than its own",
                       kind->letter, number);
}

static void check_person(struct verify *verify, const redisReply *name, const redisReply *value,
                         void *arg)
{
    (void)arg;
    for (const char *at = value->str; *at != '\0';) {
        uint64_t number = strtoull(at, NULL, 10);
        const struct verify_record *record = verify_find(verify, KIND_LEARNER, number);
        verify->references++;
        if (record == NULL || strcmp(record->person, name->str) != 0)
            verify_problem(verify, "person", "L%" PRIu64 " is noted under another person", number);
        at += strcspn(at, ",");
        at += *at == ',';
    }
}

/* A part kept beside a record: sealed, statistics, words. */
static void check_part(struct verify *verify, const redisReply *name, const redisReply *value,
                       void *arg)
{
    const struct walk *walk = arg;
    uint64_t number = strtoull(name->str, NULL, 10);

    (void)value;
    verify->references++;
    if (verify_find(verify, walk->kind, number) == NULL)
        verify_problem(verify, "left over", "a part of %s %" PRIu64 ", which does not exist",
                       kind_info(walk->kind)->name, number);
}

static bool check_kind(struct verify *verify, uint8_t kind)
{
    static const char *const parts[] = {"sealed", "statistics"};
    const char *name = kind_info(kind)->name;
    struct walk walk = {.kind = kind};
    char suffix[48];

    snprintf(suffix, sizeof suffix, ":reference:%s", name);
    if (!verify_walk(verify, suffix, check_reference, &walk))
        return false;
    size_t with_reference = 0;
    for (size_t i = 0; i < verify->records[kind].count; i++)
        with_reference += strcmp(verify->records[kind].items[i].reference, "-") != 0;
    if (walk.seen < with_reference)
        verify_problem(verify, "reference", "%zu %ss cannot be found by theirs",
                       with_reference - walk.seen, name);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        snprintf(suffix, sizeof suffix, ":%s:%s", parts[i], name);
        if (!verify_walk(verify, suffix, check_part, &walk))
            return false;
    }
    snprintf(suffix, sizeof suffix, ":ids:%s", name);
    redisReply *reply = verify_ask(verify, "ZCARD", suffix, NULL);
    if (reply == NULL)
        return false;
    if ((size_t)reply->integer != verify->records[kind].count)
        verify_problem(verify, "listing", "%lld %ss are listed, %zu exist", reply->integer, name,
                       verify->records[kind].count);
    freeReplyObject(reply);
    return true;
}

/* -- what records name ------------------------------------------------------------------------- */

struct use {
    uint64_t id;
    long count;
};
struct uses {
    struct use *items;
    size_t count, capacity;
};

static bool use_add(struct uses *uses, uint64_t id)
{
    if (uses->count == uses->capacity) {
        size_t capacity = uses->capacity > 0 ? uses->capacity * 2 : 256;
        struct use *bigger = realloc(uses->items, capacity * sizeof *bigger);
        if (bigger == NULL)
            return false;
        uses->items = bigger;
        uses->capacity = capacity;
    }
    uses->items[uses->count++] = (struct use){id, 1};
    return true;
}

static int use_compare(const void *left, const void *right)
{
    const struct use *a = left, *b = right;

    return a->id < b->id ? -1 : a->id > b->id;
}

/* The last word of a header: the records it names. */
static void note_uses(struct verify *verify, const struct verify_record *record, char letter,
                      struct uses *uses)
{
    const char *end = memchr(record->value, '\n', record->size);
    const char *at = end;
    uint64_t id;

    while (at > record->value && at[-1] != ' ')
        at--;
    while (at != NULL && at < end && *at != '-') {
        size_t size = strcspn(at, ",\n");
        uint8_t kind = id_parse(at, size, &id) ? kind_of_letter(id_letter(id)) : KIND_ABSENT;
        verify->references++;
        if (kind == KIND_ABSENT || verify_find(verify, kind, id_number(id)) == NULL)
            verify_problem(verify, "reference", "%c%" PRIu64 " names %.*s, which does not exist",
                           letter, record->number, (int)size, at);
        else
            use_add(uses, id);
        at += size + (at[size] == ',');
    }
}

static void check_use(struct verify *verify, const redisReply *name, const redisReply *value,
                      void *arg)
{
    struct uses *uses = arg;
    uint64_t id = 0;
    long counted = 0;

    if (id_parse(name->str, strlen(name->str), &id))
        for (size_t i = 0; i < uses->count; i++)
            counted += uses->items[i].id == id;
    if (counted != strtol(value->str, NULL, 10))
        verify_problem(verify, "uses", "%s is named %ld times, noted are %s", name->str, counted,
                       value->str);
}

static bool check_uses(struct verify *verify)
{
    struct uses uses = {.items = NULL};

    for (uint8_t kind = 1; kind < KIND_END; kind++)
        for (size_t i = 0; i < verify->records[kind].count; i++)
            note_uses(verify, &verify->records[kind].items[i], kind_info(kind)->letter, &uses);
    if (uses.count > 0)
        qsort(uses.items, uses.count, sizeof *uses.items, use_compare);
    bool good = verify_walk(verify, ":uses", check_use, &uses);
    free(uses.items);
    return good;
}

/* -- words and the log ------------------------------------------------------------------------- */

static void count_words(struct verify *verify, const redisReply *name, const redisReply *value,
                        void *arg)
{
    long *held = arg;

    (void)verify, (void)name;
    *held += value->len > 0;
    for (size_t i = 0; i < (size_t)value->len; i++)
        *held += value->str[i] == '\n';
}

static bool check_words(struct verify *verify)
{
    struct walk walk = {.kind = KIND_LEARNER};
    long held = 0, noted = 0;

    if (!verify_walk(verify, ":words:learner", check_part, &walk) ||
        !verify_walk(verify, ":words:learner", count_words, &held))
        return false;
    redisReply *reply = verify_ask(verify, "ZRANGE", ":words", "0 -1 WITHSCORES");
    if (reply == NULL)
        return false;
    for (size_t i = 0; i + 1 < reply->elements; i += 2)
        noted += strtol(reply->element[i + 1]->str, NULL, 10);
    freeReplyObject(reply);
    if (held != noted)
        verify_problem(verify, "words", "learners hold %ld unrecognised words, %ld are counted",
                       held, noted);
    return true;
}

static bool check_log(struct verify *verify)
{
    redisReply *last = verify_ask(verify, "XREVRANGE", ":log", "+ - COUNT 1");
    redisReply *first = last != NULL ? verify_ask(verify, "XRANGE", ":log", "- + COUNT 1") : NULL;
    redisReply *length = first != NULL ? verify_ask(verify, "XLEN", ":log", NULL) : NULL;
    bool good = length != NULL;

    if (good && last->elements == 1 && first->elements == 1) {
        long long end = strtoll(last->element[0]->element[0]->str, NULL, 10);
        long long begin = strtoll(first->element[0]->element[0]->str, NULL, 10);
        if (end != verify->seq)
            verify_problem(verify, "log", "ends at %lld, the territory is at %lld", end,
                           verify->seq);
        if (end - begin + 1 != length->integer)
            verify_problem(verify, "log", "has %lld entries from %lld to %lld", length->integer,
                           begin, end);
    }
    freeReplyObject(last);
    freeReplyObject(first);
    freeReplyObject(length);
    return good;
}

bool verify_references(struct verify *verify)
{
    for (uint8_t kind = 1; kind < KIND_END; kind++)
        if (!check_kind(verify, kind))
            return false;
    return verify_walk(verify, ":person", check_person, NULL) && check_uses(verify) &&
           check_words(verify) && check_log(verify);
}
