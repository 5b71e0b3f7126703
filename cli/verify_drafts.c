/* What is kept of offers that came as text: that it belongs to one, can be read, and that no text
 * waits for nobody. */
#include "verify.h"

#include "../runtime/store_access.h"

#include <inttypes.h>
#include <string.h>

enum { ARENA_MAX = 4 * 1024 * 1024, DIGEST_SIZE = 40 };

static struct verify_record *owner_of(struct verify *verify, const redisReply *name)
{
    uint64_t number;
    struct verify_record *record = NULL;

    verify->references++;
    if (verify_number(name->str, (size_t)name->len, &number))
        record = verify_record(verify, KIND_OFFER, number);
    if (record == NULL)
        verify_problem(verify, "draft", "something is kept of offer %s, which does not exist",
                       name->str);
    return record;
}

static void check_rule(struct verify *verify, const redisReply *name, const redisReply *value,
                       void *arg)
{
    struct verify_record *record = owner_of(verify, name);

    (void)arg;
    if (strcmp(value->str, "asks") != 0 && strcmp(value->str, "trusted") != 0)
        verify_problem(verify, "draft", "O%s: no rule is %s", name->str, value->str);
    if (record == NULL)
        return;
    record->draft = true;
    if (strcmp(record->stored.state, "open") == 0)
        verify_problem(verify, "draft", "O%s is open, and was never confirmed", name->str);
}

/* A record kept beside the offer: what was recognised, or is proposed. */
static void check_kept(struct verify *verify, const redisReply *name, const redisReply *value,
                       void *arg)
{
    bool recognised = *(const bool *)arg;
    const struct record_type *type = recognised ? &recognised_type : &offer_type;
    struct verify_record *record = owner_of(verify, name);
    struct arena *arena = arena_create(ARENA_MAX);
    void *fields = arena != NULL ? arena_alloc(arena, type->size) : NULL;

    if (fields == NULL)
        verify_problem(verify, "memory", "there is none left");
    else if (!stored_decode(type, PRIVACY_PUBLIC | PRIVACY_MATCHING, (const uint8_t *)value->str,
                            (size_t)value->len, fields, arena))
        verify_problem(verify, "draft", "O%s: its %s cannot be read", name->str, type->name);
    arena_free(arena);
    if (record != NULL && !record->draft)
        verify_problem(verify, "draft", "O%s has a %s, and is no draft", name->str, type->name);
    if (record != NULL && recognised)
        record->read = true;
}

static void check_confirmed(struct verify *verify, const redisReply *name, const redisReply *value,
                            void *arg)
{
    const struct verify_record *record = owner_of(verify, name);

    (void)arg;
    if (value->len != DIGEST_SIZE)
        verify_problem(verify, "draft", "O%s: no digest is %s", name->str, value->str);
    if (record != NULL && record->draft)
        verify_problem(verify, "draft", "O%s was confirmed, and is a draft", name->str);
}

/* Its offer may have changed or gone: whoever reads it finds that out. */
static void check_job(struct verify *verify, const redisReply *entry, void *arg)
{
    const redisReply *pairs =
        entry->type == REDIS_REPLY_ARRAY && entry->elements == 2 ? entry->element[1] : NULL;
    const char *text = pairs != NULL ? redis_reply_value(pairs, "o") : "";
    uint64_t number;

    (void)arg;
    if (!verify_number(text, strlen(text), &number)) {
        verify_problem(
            verify, "draft", "%s is no text to be read",
            entry->elements > 0 && entry->element[0]->str != NULL ? entry->element[0]->str : "");
        return;
    }
    struct verify_record *record = verify_record(verify, KIND_OFFER, number);
    if (record != NULL)
        record->read = true;
}

void verify_drafts(struct verify *verify)
{
    bool recognised = true, proposed = false;
    struct verify_records *offers = &verify->records[KIND_OFFER];

    verify_walk(verify, "HSCAN", ":draft", check_rule, NULL);
    verify_walk(verify, "HSCAN", ":recognised", check_kept, &recognised);
    verify_walk(verify, "HSCAN", ":proposed", check_kept, &proposed);
    verify_walk(verify, "HSCAN", ":confirmed", check_confirmed, NULL);
    verify_stream(verify, ":reading", check_job, NULL);
    for (size_t i = 0; i < offers->count && !verify->away; i++) {
        const struct verify_record *record = &offers->items[i];
        if (strcmp(record->stored.state, "draft") != 0)
            continue;
        if (!record->draft)
            verify_problem(verify, "draft", "O%" PRIu64 " is one that nothing is kept of",
                           record->number);
        else if (!record->read)
            verify_problem(verify, "draft", "O%" PRIu64 " waits to be read, and nobody will",
                           record->number);
    }
}
