#include "workers/match/tenure_parts.h"

#include "proto/codec.h"
#include "runtime/log_entry.h"
#include "runtime/store_access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_MS = 1000 };

static void follow_again(struct tenure *tenure)
{
    tenure_follow(tenure);
}

static void take_batch(struct tenure *tenure)
{
    tenure_write(tenure, follow_again);
}

static void want_all(struct tenure *tenure, bool by_words)
{
    struct roster_entry *entry;
    size_t at = 0;

    while ((entry = roster_next(tenure->roster, &at)) != NULL)
        if ((by_words ? entry->open_words : entry->changes_on <= tenure->day) &&
            !wanted_add(&tenure->wanted, entry->id))
            tenure_end(tenure, "out of memory");
}

static void on_attachments(struct tenure *tenure, const redisReply *reply)
{
    tenure_take_attachments(tenure, reply);
    tenure->words_changed = false;
    want_all(tenure, true);
    tenure_take_wanted(tenure, take_batch);
}

/* What the batch said of the territory itself is read first: records are compiled with it. */
static void take_territory(struct tenure *tenure)
{
    const char *words[] = {"HGETALL", ":attachment"};

    if (tenure->words_changed)
        tenure_send_words(tenure, on_attachments, 2, words);
    else
        tenure_take_wanted(tenure, take_batch);
}

static void on_meta(struct tenure *tenure, const redisReply *reply)
{
    int32_t before = tenure->day;

    tenure_take_meta(tenure, reply);
    if (tenure->day != before)
        want_all(tenure, false);
    take_territory(tenure);
}

/* Notes what an entry is about; false when the log has a gap before it. */
static bool note_entry(struct tenure *tenure, const redisReply *reply, bool *meta_changed)
{
    struct log_entry entry;

    if (!log_entry_read(reply, &entry) || entry.seq != tenure->reached + 1)
        return false;
    tenure->reached = entry.seq;
    if (entry.letter == 'T')
        *meta_changed = true;
    else if (entry.letter == 'A')
        tenure->words_changed = true;
    else if (tenure_concerns(tenure, id_make(entry.letter, entry.number)))
        return wanted_add(&tenure->wanted, id_make(entry.letter, entry.number));
    return true;
}

static void on_entries(struct tenure *tenure, const redisReply *reply)
{
    const char *words[] = {"HGETALL", ":meta"};
    bool meta_changed = false;

    if (reply->type != REDIS_REPLY_ARRAY || reply->elements == 0) {
        tenure_follow(tenure); /* nothing new within the block */
        return;
    }
    const redisReply *entries =
        reply->element[0]->elements == 2 ? reply->element[0]->element[1] : NULL;
    for (size_t i = 0; entries != NULL && i < entries->elements; i++) {
        if (!note_entry(tenure, entries->element[i], &meta_changed)) {
            tenure_end(tenure, "the log has been trimmed; starting over");
            return;
        }
    }
    if (meta_changed)
        tenure_send_words(tenure, on_meta, 2, words);
    else
        take_territory(tenure);
}

void tenure_follow(struct tenure *tenure)
{
    char batch[24], block[24], after[LOG_ID_SIZE];
    const char *words[] = {"XREAD", "COUNT", batch, "BLOCK", block, "STREAMS", ":log", after};
    int64_t half = tenure->options.config->store_timeout_ms / 2; /* the link waits no longer */

    snprintf(block, sizeof block, "%lld", (long long)(half < BLOCK_MS ? half : BLOCK_MS));
    snprintf(batch, sizeof batch, "%lld", (long long)tenure->options.config->match_batch);
    log_id_print(tenure->reached, after);
    tenure_send_words(tenure, on_entries, 8, words);
}
