/* The territory's own keys: settings, slots, quarantine, feed, requests; and that there are no
 * others. */
#include "verify.h"

#include "../runtime/store_access.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_MAX = 64 };

/* -- settings ---------------------------------------------------------------------------------- */

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static void check_setting(struct verify *verify, const redisReply *name, const redisReply *value,
                          void *arg)
{
    static const char *const texts[] = {"label", "day", "model", "referential", "communes", NULL};
    static const char *const numbers[] = {"slots", "rewrite", "erased", "bucket_since", NULL};
    static const char *const buckets[] = {"0", "1", "full", NULL};
    uint64_t number;
    int32_t day;
    bool good = is_one_of(name->str, texts);

    (void)arg;
    if (is_one_of(name->str, numbers))
        good = verify_number(value->str, (size_t)value->len, &number);
    if (strcmp(name->str, "bucket") == 0)
        good = is_one_of(value->str, buckets);
    if (strcmp(name->str, "day") == 0)
        good = date_parse(value->str, (size_t)value->len, &day);
    if (!good)
        verify_problem(verify, "settings", "%s is not to be %s", name->str, value->str);
}

static void check_territory(struct verify *verify)
{
    char name[48];

    /* p:{name} */
    snprintf(name, sizeof name, "%.*s", (int)strlen(verify->key) - 4, verify->key + 3);
    redisReply *reply = redisCommand(verify->redis, "SISMEMBER p:territories %s", name);
    if (reply == NULL)
        verify->away = true;
    else if (reply->type != REDIS_REPLY_INTEGER || reply->integer != 1)
        verify_problem(verify, "settings", "the territory is not among those of the store");
    freeReplyObject(reply);
    if (verify->slots < 1 || verify->slots > SLOTS_MAX)
        verify_problem(verify, "settings", "%u slots", verify->slots);
    verify_walk(verify, "HSCAN", ":meta", check_setting, NULL);
}

/* -- slots, quarantine, feed ------------------------------------------------------------------- */

/* -1: no list counts yet. */
static bool is_cursor(const struct verify *verify, const char *text)
{
    uint64_t seq;

    return strcmp(text, "-1") == 0 ||
           (verify_number(text, strlen(text), &seq) && (long long)seq <= verify->seq);
}

static void check_slot(struct verify *verify, const redisReply *name, const redisReply *value,
                       void *arg)
{
    static const char *const texts[] = {"owner", "model", "trying", "mark", NULL};
    static const char *const numbers[] = {"epoch", "until", "ttl", "attempts", NULL};
    const unsigned *slot = arg;
    uint64_t number;
    bool good = is_one_of(name->str, texts);

    if (is_one_of(name->str, numbers))
        good = verify_number(value->str, (size_t)value->len, &number);
    if (strcmp(name->str, "cursor") == 0)
        good = is_cursor(verify, value->str);
    if (!good)
        verify_problem(verify, "slot", "%u: %s is not to be %s", *slot, name->str, value->str);
}

bool verify_quarantined(const struct verify *verify, const char *name, unsigned *slot, uint64_t *id)
{
    size_t digits = strcspn(name, ":");
    uint64_t number;

    if (name[digits] != ':' || !verify_number(name, digits, &number) || number >= verify->slots)
        return false;
    *slot = (unsigned)number;
    return id_parse(name + digits + 1, strlen(name + digits + 1), id);
}

/* A new revision, or the record's end, ends a quarantine. */
static void check_quarantine(struct verify *verify, const redisReply *name, const redisReply *value,
                             void *arg)
{
    const struct verify_record *record = NULL;
    unsigned slot;
    uint64_t id, revision;

    (void)arg;
    if (verify_quarantined(verify, name->str, &slot, &id) &&
        verify_number(value->str, (size_t)value->len, &revision))
        record = verify_record(verify, kind_of_letter(id_letter(id)), id_number(id));
    if (record == NULL)
        verify_problem(verify, "quarantine", "%s is no record of a slot", name->str);
    else if ((uint64_t)record->stored.revision != revision)
        verify_problem(verify, "quarantine", "%s is left out at %s, but is at revision %lld",
                       name->str, value->str, (long long)record->stored.revision);
}

static void check_feed_entry(struct verify *verify, const redisReply *entry, void *arg)
{
    const redisReply *pairs =
        entry->type == REDIS_REPLY_ARRAY && entry->elements == 2 ? entry->element[1] : NULL;
    uint64_t slot, id;
    bool good = false;

    (void)arg;
    if (pairs != NULL && pairs->type == REDIS_REPLY_ARRAY) {
        const char *text = redis_reply_value(pairs, "s");
        const char *at = redis_reply_value(pairs, "l");
        good = verify_number(text, strlen(text), &slot) && slot < verify->slots &&
               is_cursor(verify, redis_reply_value(pairs, "c")) && at[0] != '\0';
        while (good && *at != '\0') {
            size_t size = strcspn(at, " ");
            good = id_parse(at, size, &id) && (id_letter(id) == 'L' || id_letter(id) == 'O');
            at += size + (at[size] == ' ');
        }
    }
    if (!good)
        verify_problem(
            verify, "feed", "%s is no entry",
            entry->elements > 0 && entry->element[0]->str != NULL ? entry->element[0]->str : "");
}

static void check_worker(struct verify *verify, const redisReply *name, const redisReply *value,
                         void *arg)
{
    uint64_t seen;

    (void)arg;
    if (!verify_number(value->str, (size_t)value->len, &seen))
        verify_problem(verify, "worker", "%s was seen at %s", name->str, value->str);
}

/* -- requests ---------------------------------------------------------------------------------- */

/* Whether a change that was answered for is there, and is one request's: of that record, or, id 0,
 * the territory's. */
static bool change_holds(struct verify *verify, uint64_t id, uint64_t revision,
                         struct verify_ids *answered)
{
    uint64_t place = revision - (uint64_t)verify->log_first;

    if (revision < (uint64_t)verify->log_first || place >= verify->log.count)
        return true; /* the log no longer tells */
    return verify->log.items[place] == (id != 0 ? id : id_make('T', 0)) &&
           verify_ids_add(verify, answered, revision);
}

/* The text of an answer (docs/architecture.md, "Redis functions") against the log. */
static bool answer_holds(struct verify *verify, const char *text, struct verify_ids *answered)
{
    size_t record = strcspn(text, " ");
    const char *at = text + record + (text[record] == ' ');
    size_t digits = strcspn(at, " ");
    const char *result = at + digits + (at[digits] == ' ');
    uint64_t id = 0, revision;

    if (text[record] == '\0' && id_parse(text, record, &id)) /* it was created */
        return (long long)id_number(id) <= verify->seq &&
               change_holds(verify, id, id_number(id), answered);
    if ((record > 0 && !id_parse(text, record, &id)) || !verify_number(at, digits, &revision) ||
        (long long)revision > verify->seq)
        return false;
    if (strncmp(result, "created", 7) != 0 && strncmp(result, "updated", 7) != 0)
        return strncmp(result, "unchanged", 9) == 0 || strncmp(result, "stale", 5) == 0;
    return change_holds(verify, id, revision, answered);
}

static void check_request(struct verify *verify, const redisReply *name, const redisReply *value,
                          void *arg)
{
    enum { BODY_HASH = 8, REQUEST_KEY = 16 };

    if (name->len != REQUEST_KEY || value->len <= BODY_HASH)
        verify_problem(verify, "request", "%d bytes kept for an id of %d", (int)value->len,
                       (int)name->len);
    else if (!answer_holds(verify, value->str + BODY_HASH, arg))
        verify_problem(verify, "request", "answered with %.40s, which is not so",
                       value->str + BODY_HASH);
}

static int revision_compare(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

    return a < b ? -1 : a > b;
}

static void check_requests(struct verify *verify)
{
    struct verify_ids answered = {.items = NULL};

    verify_walk(verify, "HSCAN", ":request:0", check_request, &answered);
    verify_walk(verify, "HSCAN", ":request:1", check_request, &answered);
    if (answered.count > 0)
        qsort(answered.items, answered.count, sizeof *answered.items, revision_compare);
    for (size_t i = 1; i < answered.count && !verify->away; i++)
        if (answered.items[i] == answered.items[i - 1])
            verify_problem(verify, "request", "two were answered with the change %llu",
                           (unsigned long long)answered.items[i]);
    free(answered.items);
}

/* -- other keys -------------------------------------------------------------------------------- */

static bool is_numbered(const char *suffix, const char *name, unsigned count)
{
    size_t size = strlen(name);
    uint64_t number;

    return strncmp(suffix, name, size) == 0 &&
           verify_number(suffix + size, strlen(suffix + size), &number) && number < count;
}

static bool is_of_kind(const char *suffix)
{
    static const char *const parts[] = {":record:", ":sealed:", ":statistics:", ":ids:"};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        for (uint8_t kind = 1; kind < KIND_END; kind++)
            if (strncmp(suffix, parts[i], strlen(parts[i])) == 0 &&
                strcmp(suffix + strlen(parts[i]), kind_info(kind)->name) == 0)
                return true;
    return false;
}

static bool is_of_layout(const struct verify *verify, const char *suffix)
{
    static const char *const single[] = {
        ":meta",       ":log",        ":find",       ":uses",    ":words", ":words:learner",
        ":attachment", ":workers",    ":quarantine", ":feed",    ":parts", ":draft",
        ":proposed",   ":recognised", ":confirmed",  ":reading", NULL};

    return is_one_of(suffix, single) || is_of_kind(suffix) || is_numbered(suffix, ":request:", 2) ||
           is_numbered(suffix, ":slot:", verify->slots) ||
           is_numbered(suffix, ":lists:", verify->slots);
}

static void check_names(struct verify *verify, const redisReply *names)
{
    size_t base = strlen(verify->key);

    for (size_t i = 0; i < names->elements; i++)
        if (names->element[i]->type == REDIS_REPLY_STRING &&
            !is_of_layout(verify, names->element[i]->str + base))
            verify_problem(verify, "key", "%s is none of a territory's", names->element[i]->str);
}

static void check_other_keys(struct verify *verify)
{
    char next[32] = "0";

    do {
        redisReply *reply =
            redisCommand(verify->redis, "SCAN %s MATCH %s* COUNT 1000", next, verify->key);
        if (reply == NULL || reply->type != REDIS_REPLY_ARRAY || reply->elements != 2) {
            freeReplyObject(reply);
            verify->away = true;
            return;
        }
        check_names(verify, reply->element[1]);
        snprintf(next, sizeof next, "%s", reply->element[0]->str);
        freeReplyObject(reply);
    } while (strcmp(next, "0") != 0);
}

void verify_keys(struct verify *verify)
{
    char suffix[24];

    check_territory(verify);
    for (unsigned slot = 0; slot < verify->slots && !verify->away; slot++) {
        snprintf(suffix, sizeof suffix, ":slot:%u", slot);
        verify_walk(verify, "HSCAN", suffix, check_slot, &slot);
    }
    verify_walk(verify, "HSCAN", ":quarantine", check_quarantine, NULL);
    verify_stream(verify, ":feed", check_feed_entry, NULL);
    verify_walk(verify, "HSCAN", ":workers", check_worker, NULL);
    check_requests(verify);
    if (!verify->away)
        check_other_keys(verify);
}
