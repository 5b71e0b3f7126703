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

/* Notes what a change is about; false when out of memory. */
static bool note_change(struct tenure *tenure, const struct log_entry *change, bool *meta_changed)
{
    uint64_t id = id_make(change->letter, change->number);

    tenure->reached = change->seq;
    if (change->letter == 'T')
        *meta_changed = true;
    else if (change->letter == 'A')
        tenure->words_changed = true;
    else if (tenure_concerns(tenure, id))
        return wanted_add(&tenure->wanted, id);
    return true;
}

/* Notes the changes of an entry up to `last`; false when the log has a gap before them. */
static bool note_entry(struct tenure *tenure, const redisReply *reply, int64_t last,
                       bool *meta_changed)
{
    struct log_entry change;
    struct log_walk walk;

    if (!log_walk_begin(&walk, reply))
        return false;
    while (tenure->reached < last && log_walk_next(&walk, &change)) {
        if (change.seq <= tenure->reached)
            continue; /* the last batch ended within this entry */
        if (change.seq != tenure->reached + 1 || change.operation[0] == '\0' ||
            !note_change(tenure, &change, meta_changed))
            return false;
    }
    return true;
}

/* How many entries to ask for, going by how many changes those before had, so that hardly any is
 * read in vain. */
static int64_t entries_for(const struct tenure *tenure)
{
    int64_t batch = tenure->options.config->match_batch;
    int64_t entries = tenure->changes_an_entry > 0 ? batch / tenure->changes_an_entry : batch;

    return entries > 0 ? entries : 1;
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
    int64_t before = tenure->reached, last = before + tenure->options.config->match_batch;
    size_t i = 0;
    for (; entries != NULL && i < entries->elements && tenure->reached < last; i++) {
        if (!note_entry(tenure, entries->element[i], last, &meta_changed)) {
            tenure_end(tenure, "the log has been trimmed; starting over");
            return;
        }
    }
    tenure->changes_an_entry = i > 0 ? (tenure->reached - before) / (int64_t)i : 0;
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
    snprintf(batch, sizeof batch, "%lld", (long long)entries_for(tenure));
    log_id_print(tenure->reached, after);
    tenure_send_words(tenure, on_entries, 8, words);
}
