/* changes, unrecognised and duplicates: what accumulates beside the records. */
#include "daemon/query.h"

#include "proto/codec.h"
#include "runtime/log_entry.h"
#include "runtime/store_access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of each list, no more than a reply holds. */
enum { ENTRIES_DEFAULT = 200, ENTRIES_MAX = 500, WORDS_BYTES = 40 * 1024 };

static long long limit_of(const struct since *since)
{
    long long limit = since->has.limit ? since->limit : ENTRIES_DEFAULT;

    return limit < ENTRIES_MAX ? limit : ENTRIES_MAX;
}

static void since_words(const struct since *since, char after[24], char limit[24])
{
    snprintf(after, 24, "%lld", since->has.after ? (long long)since->after : 0);
    snprintf(limit, 24, "%lld", limit_of(since));
}

/* -- changes ----------------------------------------------------------------------------------- */

static void pack_change(struct query *query, const struct log_entry *change)
{
    msgpack_pack_map(&query->packer, change->number > 0 ? 4 : 3);
    query_pack_key_int(query, "seq", change->seq);
    if (change->number > 0)
        query_pack_key_id(query, "id", change->letter, change->number);
    query_pack_key_string(query, "operation", change->operation);
    query_pack_key_string(query, "occurred_on", change->occurred_on);
}

/* The changes after a seq in the entries of a reply; pack: writes them as well, `limit` at most. */
static long long walk_changes(struct query *query, long long after, long long limit, bool pack,
                              int64_t *first, int64_t *last)
{
    const redisReply *entries = query->replies[0];
    long long count = 0;
    struct log_entry change;
    struct log_walk walk;

    *first = 0;
    *last = after;
    for (size_t i = 0; entries != NULL && i < entries->elements && count < limit; i++) {
        log_walk_begin(&walk, entries->element[i]);
        while (count < limit && log_walk_next(&walk, &change)) {
            if (change.seq <= after)
                continue;
            if (pack)
                pack_change(query, &change);
            *first = count++ == 0 ? change.seq : *first;
            *last = change.seq;
        }
    }
    return count;
}

static void changes_answer(struct query *query)
{
    const struct since *since = query->message.body;
    long long after = since->has.after ? since->after : 0;
    int64_t first, last;
    long long count = walk_changes(query, after, limit_of(since), false, &first, &last);

    /* Every change is in the log, so a gap means that this was trimmed. */
    if (count > 0 && first != after + 1) {
        char expected[80];
        snprintf(expected, sizeof expected, "%lld or later, after reading the records again",
                 (long long)first - 1);
        query_reject(query, ERROR_CURSOR_TRIMMED, "body.after", expected);
        return;
    }
    query_answer_begin(query, 2);
    query_pack_key_int(query, "next", last);
    query_pack_string(query, "changes");
    msgpack_pack_array(&query->packer, (size_t)count);
    walk_changes(query, after, limit_of(since), true, &first, &last);
    query_answer_end(query);
}

void query_changes(struct query *query)
{
    char after[24], limit[24], from[LOG_ID_SIZE];
    const char *words[] = {from, "+", "COUNT", limit};

    since_words(query->message.body, after, limit);
    log_id_print(strtoll(after, NULL, 10) + 1, from);
    query_read_key(query, "XRANGE", "log", 4, words);
    query_then(query, changes_answer);
}

/* -- unrecognised ------------------------------------------------------------------------------ */

/* Whether nobody knows the words even now: they may have been attached or imported since. */
static bool still_unknown(const struct territory *territory, const char *words)
{
    size_t size = strlen(words);

    return attachments_find(territory->attachments, words) == NULL &&
           (territory->referential == NULL ||
            referential_skill_by_words(territory->referential, words, size) == REFERENTIAL_NONE);
}

static void unrecognised_answer(struct query *query)
{
    const struct since *since = query->message.body;
    const redisReply *reply = query->replies[0];
    size_t count = 0, bytes = 0, read = 0, came = reply != NULL ? reply->elements / 2 : 0;

    for (; read < came && bytes < WORDS_BYTES; read++) {
        const char *words = reply->element[2 * read]->str;
        bool unknown = still_unknown(query->territory, words);
        count += unknown;
        bytes += unknown ? strlen(words) + sizeof "words learners" + 16 : 0;
    }
    bool last = read == came && (long long)came < limit_of(since);
    query_answer_begin(query, 2);
    query_pack_key_int(query, "next",
                       last ? 0 : (since->has.after ? since->after : 0) + (long long)read);
    query_pack_string(query, "words");
    msgpack_pack_array(&query->packer, count);
    for (size_t i = 0; i < read; i++) {
        const char *words = reply->element[2 * i]->str;
        if (!still_unknown(query->territory, words))
            continue;
        msgpack_pack_map(&query->packer, 2);
        query_pack_key_string(query, "words", words);
        query_pack_key_int(query, "learners", strtoll(reply->element[2 * i + 1]->str, NULL, 10));
    }
    query_answer_end(query);
}

void query_unrecognised(struct query *query)
{
    char after[24], limit[24];
    const char *words[] = {"+inf", "-inf", "WITHSCORES", "LIMIT", after, limit};

    since_words(query->message.body, after, limit);
    query_read_key(query, "ZREVRANGEBYSCORE", "words", 6, words);
    query_then(query, unrecognised_answer);
}

/* -- duplicates -------------------------------------------------------------------------------- */

/* Of what is found by hash, only people have several numbers: "7,12". */

/* Packs them as a list of ids, counting first. */
static void pack_people(struct query *query, const char *numbers)
{
    unsigned count = 1;
    char id[ID_TEXT_SIZE];

    for (const char *at = numbers; *at != '\0'; at++)
        count += *at == ',';
    msgpack_pack_array(&query->packer, count);
    for (const char *at = numbers; count > 0; count--) {
        id_print(id_make('L', strtoull(at, NULL, 10)), id);
        query_pack_string(query, id);
        at += strcspn(at, ",");
        at += *at == ',';
    }
}

static void duplicates_answer(struct query *query)
{
    const redisReply *reply = query->replies[0];
    const redisReply *people = reply != NULL && reply->elements == 2 ? reply->element[1] : NULL;
    size_t count = 0;

    for (size_t i = 1; people != NULL && i < people->elements; i += 2)
        count += people->element[i]->str != NULL && strchr(people->element[i]->str, ',') != NULL;
    query_answer_begin(query, 2);
    query_pack_key_int(query, "next",
                       people != NULL ? strtoll(reply->element[0]->str, NULL, 10) : 0);
    query_pack_string(query, "duplicates");
    msgpack_pack_array(&query->packer, count);
    for (size_t i = 1; people != NULL && i < people->elements; i += 2)
        if (people->element[i]->str != NULL && strchr(people->element[i]->str, ',') != NULL)
            pack_people(query, people->element[i]->str);
    query_answer_end(query);
}

void query_duplicates(struct query *query)
{
    char after[24], limit[24];
    const char *words[] = {after, "COUNT", limit};

    since_words(query->message.body, after, limit);
    query_read_key(query, "HSCAN", "find", 3, words);
    query_then(query, duplicates_answer);
}
