#include "workers/match/tenure_parts.h"

#include "runtime/fault.h"
#include "runtime/log.h"
#include "runtime/log_entry.h"
#include "runtime/store_access.h"
#include "runtime/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAREFUL_FROM = 3, LEARNERS_AT_ONCE = 500 };
#define SCAN_COUNT_TEXT "500"

static void scan_records(struct tenure *tenure, bool learners);
static void scan_lists(struct tenure *tenure);

/* -- the lists as stored, compared ------------------------------------------------------------- */

static void on_taken_in(struct tenure *tenure, const redisReply *reply)
{
    if (!tenure_marked(reply)) {
        tenure_end(tenure, "the lease was lost");
        return;
    }
    wanted_clear(&tenure->suspects);
    tenure->careful = false;
    tenure->following = true;
    log_notice("match.loaded", LOG_TEXT("territory", tenure->lease.key),
               LOG_INT("slot", tenure->lease.slot), LOG_INT("cursor", tenure->cursor),
               LOG_INT("records", roster_count(tenure->roster)));
    tenure_follow(tenure);
}

/* An empty mark: every record was taken in, and the attempts are over even where the cursor has not
 * moved. Otherwise whoever dies of something else would in the end leave an innocent one marked. */
static void after_load(struct tenure *tenure)
{
    tenure_mark(tenure, "", on_taken_in);
}

/* What a stored list should be; what is already right need not be written. */
static void compare_list(struct tenure *tenure, const redisReply *name, const redisReply *blob)
{
    uint8_t packed[BOARD_SHOWN * LIST_ENTRY_SIZE];
    uint64_t id;

    if (name->str == NULL || blob->str == NULL || !id_parse(name->str, (size_t)name->len, &id))
        return;
    size_t size = board_pack(tenure->board, id_letter(id), id_number(id), packed);
    if (size == 0) {
        if (!wanted_add(&tenure->changed, id))
            tenure_end(tenure, "out of memory");
        return;
    }
    struct roster_entry *entry = roster_find(tenure->roster, id);
    if (entry != NULL)
        entry->stored = size == (size_t)blob->len && memcmp(packed, blob->str, size) == 0;
}

/* HSCAN's reply: the next cursor in tenure->scan; NULL when it is not one. */
static const redisReply *scan_reply(struct tenure *tenure, const redisReply *reply)
{
    if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2 ||
        reply->element[0]->str == NULL || reply->element[1]->type != REDIS_REPLY_ARRAY) {
        tenure_end(tenure, "the store answered something else");
        return NULL;
    }
    snprintf(tenure->scan, sizeof tenure->scan, "%s", reply->element[0]->str);
    return reply->element[1];
}

static void on_lists(struct tenure *tenure, const redisReply *reply)
{
    const redisReply *pairs = scan_reply(tenure, reply);

    for (size_t i = 0; pairs != NULL && i + 1 < pairs->elements; i += 2)
        compare_list(tenure, pairs->element[i], pairs->element[i + 1]);
    if (strcmp(tenure->scan, "0") != 0)
        scan_lists(tenure);
    else
        tenure_write(tenure, after_load);
}

static void scan_lists(struct tenure *tenure)
{
    char key[24];

    snprintf(key, sizeof key, ":lists:%u", tenure->lease.slot);
    const char *words[] = {"HSCAN", key, tenure->scan, "COUNT", SCAN_COUNT_TEXT};
    tenure_send_words(tenure, on_lists, 5, words);
}

/* In slices, with turns of the loop between them: leases must be renewed meanwhile. */
static void compute_lists(struct tenure *tenure)
{
    if (!board_load_step(tenure->board, LEARNERS_AT_ONCE)) {
        tenure_continue(tenure, compute_lists);
        return;
    }
    FAULT_POINT("between-snapshot-and-follow");
    snprintf(tenure->scan, sizeof tenure->scan, "0");
    scan_lists(tenure);
}

/* -- the records ------------------------------------------------------------------------------- */

/* A cautious load only notes the ids here and takes the records in marked chunks afterwards. */
static void take_scanned(struct tenure *tenure, char letter, const redisReply *pairs)
{
    for (size_t i = 0; i + 1 < pairs->elements && tenure->over == NULL; i += 2) {
        const redisReply *number = pairs->element[i], *value = pairs->element[i + 1];
        if (number->str == NULL || value->str == NULL)
            continue;
        uint64_t id = id_make(letter, strtoull(number->str, NULL, 10));
        if (!tenure_concerns(tenure, id))
            continue;
        if (!tenure->careful)
            tenure_take(tenure, id, value->str, (size_t)value->len);
        else if (!wanted_add(&tenure->wanted, id))
            tenure_end(tenure, "out of memory");
    }
}

static void on_offers(struct tenure *tenure, const redisReply *reply)
{
    const redisReply *pairs = scan_reply(tenure, reply);

    if (pairs == NULL)
        return;
    take_scanned(tenure, 'O', pairs);
    if (strcmp(tenure->scan, "0") != 0)
        scan_records(tenure, false);
    else
        tenure_take_wanted(tenure, compute_lists);
}

static void on_learners(struct tenure *tenure, const redisReply *reply)
{
    const redisReply *pairs = scan_reply(tenure, reply);

    if (pairs == NULL)
        return;
    take_scanned(tenure, 'L', pairs);
    scan_records(tenure, strcmp(tenure->scan, "0") != 0);
}

static void scan_records(struct tenure *tenure, bool learners)
{
    const char *words[] = {"HSCAN", learners ? ":record:learner" : ":record:offer", tenure->scan,
                           "COUNT", SCAN_COUNT_TEXT};

    tenure_send_words(tenure, learners ? on_learners : on_offers, 5, words);
}

static void load_records(struct tenure *tenure)
{
    snprintf(tenure->scan, sizeof tenure->scan, "0");
    /* One by one is slower, and tells which one it was. */
    if (!tenure->careful)
        board_load_begin(tenure->board);
    scan_records(tenure, true);
}

/* -- poison ------------------------------------------------------------------------------------ */

static bool quarantine_add(struct tenure *tenure, uint64_t id, int64_t revision)
{
    size_t count = tenure->quarantine.count;
    int64_t *bigger = realloc(tenure->quarantine_revisions, (count + 1) * sizeof *bigger);

    if (bigger == NULL)
        return false;
    tenure->quarantine_revisions = bigger;
    bigger[count] = revision;
    return wanted_add(&tenure->quarantine, id);
}

static void on_quarantined(struct tenure *tenure, const redisReply *reply)
{
    const char *answer =
        reply->elements > 0 && reply->element[0]->str != NULL ? reply->element[0]->str : "";

    if (strcmp(answer, "lost") == 0)
        tenure_end(tenure, "the lease was lost");
    else
        load_records(tenure);
}

static void on_culprit(struct tenure *tenure, const redisReply *reply)
{
    uint64_t id = tenure->suspects.ids[0];
    struct stored stored;
    char slot[12], revision[24], name[ID_TEXT_SIZE];

    wanted_clear(&tenure->suspects);
    if (reply->type != REDIS_REPLY_STRING ||
        !stored_parse(id_number(id), reply->str, (size_t)reply->len, &stored)) {
        load_records(tenure); /* gone meanwhile */
        return;
    }
    id_print(id, name);
    log_error("match.quarantined", LOG_ID("record", id_letter(id), id_number(id)),
              LOG_INT("revision", stored.revision), LOG_INT("attempts", tenure->lease.attempts));
    if (!quarantine_add(tenure, id, stored.revision)) {
        tenure_end(tenure, "out of memory");
        return;
    }
    snprintf(slot, sizeof slot, "%u", tenure->lease.slot);
    snprintf(revision, sizeof revision, "%lld", (long long)stored.revision);
    const char *words[] = {"FCALL", "slot_quarantine",   "1",  tenure->lease.key,
                           slot,    tenure->lease.epoch, name, revision};
    tenure_send_words(tenure, on_quarantined, 8, words);
}

static void read_mark(struct tenure *tenure)
{
    const char *at = tenure->lease.mark;
    uint64_t id;

    while (*at != '\0') {
        size_t size = strcspn(at, " ");
        if (id_parse(at, size, &id) && !wanted_add(&tenure->suspects, id))
            tenure_end(tenure, "out of memory");
        at += size + (at[size] == ' ');
    }
}

/* With one suspect left, it is the culprit. */
static void load_carefully(struct tenure *tenure)
{
    tenure->careful = tenure->lease.attempts >= CAREFUL_FROM;
    if (tenure->careful) {
        log_warning("match.careful", LOG_TEXT("territory", tenure->lease.key),
                    LOG_INT("slot", tenure->lease.slot),
                    LOG_INT("attempts", tenure->lease.attempts),
                    LOG_TEXT("mark", tenure->lease.mark));
        read_mark(tenure);
    }
    if (tenure->suspects.count != 1) {
        load_records(tenure);
        return;
    }
    char number[24];
    uint64_t id = tenure->suspects.ids[0];
    snprintf(number, sizeof number, "%llu", (unsigned long long)id_number(id));
    const char *words[] = {"HGET", id_letter(id) == 'L' ? ":record:learner" : ":record:offer",
                           number};
    tenure_send_words(tenure, on_culprit, 3, words);
}

/* Names are `<slot>:<record>`: each slot leaves out what it could not take itself. */
static void on_quarantine(struct tenure *tenure, const redisReply *reply)
{
    uint64_t id;

    for (size_t i = 0; i + 1 < reply->elements; i += 2) {
        const redisReply *name = reply->element[i], *revision = reply->element[i + 1];
        char *record = NULL;
        if (name->str == NULL || revision->str == NULL ||
            strtoul(name->str, &record, 10) != tenure->lease.slot || *record != ':' ||
            !id_parse(record + 1, strlen(record + 1), &id))
            continue;
        if (!quarantine_add(tenure, id, strtoll(revision->str, NULL, 10)))
            tenure_end(tenure, "out of memory");
    }
    load_carefully(tenure);
}

/* -- the territory ----------------------------------------------------------------------------- */

static void on_attachments(struct tenure *tenure, const redisReply *reply)
{
    const char *words[] = {"HGETALL", ":quarantine"};

    tenure_take_attachments(tenure, reply);
    tenure_send_words(tenure, on_quarantine, 2, words);
}

static void on_meta(struct tenure *tenure, const redisReply *reply)
{
    const char *words[] = {"HGETALL", ":attachment"};

    tenure_take_meta(tenure, reply);
    tenure_send_words(tenure, on_attachments, 2, words);
}

static void on_log(struct tenure *tenure, const redisReply *reply)
{
    const char *words[] = {"HGETALL", ":meta"};

    /* What is read from here on is at least as new as this seq: following from it repeats some
     * changes and misses none. */
    tenure->reached = log_id_seq(redis_reply_value(reply, "last-generated-id"));
    tenure_send_words(tenure, on_meta, 2, words);
}

void tenure_load(struct tenure *tenure)
{
    const char *words[] = {"XINFO", "STREAM", ":log"};

    tenure_send_words(tenure, on_log, 3, words);
}
