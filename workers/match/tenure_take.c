#include "workers/match/tenure_parts.h"

#include "runtime/fault.h"
#include "runtime/log.h"
#include "runtime/store_access.h"
#include "runtime/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 256, CHUNK_CAREFUL = 32 };

bool tenure_concerns(const struct tenure *tenure, uint64_t id)
{
    return id_letter(id) == 'L' ||
           (id_letter(id) == 'O' &&
            slot_of_offer(id_number(id), tenure->lease.slots) == tenure->lease.slot);
}

/* -- one record -------------------------------------------------------------------------------- */

static bool is_quarantined(const struct tenure *tenure, uint64_t id, int64_t revision)
{
    for (size_t i = 0; i < tenure->quarantine.count; i++)
        if (tenure->quarantine.ids[i] == id && tenure->quarantine_revisions[i] == revision)
            return true;
    return false;
}

static void leave_out(struct tenure *tenure, uint64_t id)
{
    if (id_letter(id) == 'L')
        board_remove_learner(tenure->board, id_number(id));
    else
        board_remove_offer(tenure->board, id_number(id));
    roster_remove(tenure->roster, id);
}

static bool learner_has_words(const struct learner *learner)
{
    for (uint32_t i = 0; i < learner->claims.count; i++)
        if (learner->claims.items[i].has.words || !learner->claims.items[i].has.skill)
            return true;
    return false;
}

static bool offer_has_words(const struct offer *offer)
{
    for (uint32_t i = 0; i < offer->requirements.count; i++)
        if (offer->requirements.items[i].has.words || !offer->requirements.items[i].has.skill)
            return true;
    return false;
}

/* Compiles and puts; false when memory ran out. */
static bool put_learner(struct tenure *tenure, uint64_t id, const struct learner *record)
{
    const struct catalogue catalogue = {tenure->lease.referential, tenure->attachments,
                                        tenure->day};
    struct learner_profile *profile = learner_compile(record, id_number(id), &catalogue);
    struct roster_entry *entry = roster_put(tenure->roster, id);

    if (profile == NULL || entry == NULL) {
        learner_profile_free(profile);
        return false;
    }
    entry->changes_on = learner_profile_changes_on(profile);
    entry->open_words = learner_has_words(record);
    return board_put_learner(tenure->board, id_number(id), profile);
}

static bool put_offer(struct tenure *tenure, uint64_t id, const struct offer *record)
{
    const struct catalogue catalogue = {tenure->lease.referential, tenure->attachments,
                                        tenure->day};
    struct offer_profile *profile = offer_compile(record, id_number(id), &catalogue);
    struct roster_entry *entry = roster_put(tenure->roster, id);

    if (profile == NULL || entry == NULL) {
        offer_profile_free(profile);
        return false;
    }
    entry->changes_on = offer_profile_changes_on(profile);
    entry->open_words = offer_has_words(record);
    return board_put_offer(tenure->board, id_number(id), profile);
}

/* Lets a test kill the process at one record. */
static void fault_at_record(uint64_t id)
{
#ifdef PASSERELLE_FAULTS
    char name[ID_TEXT_SIZE + 8] = "take-";
    id_print(id, name + 5);
    FAULT_POINT(name);
#else
    (void)id;
#endif
}

void tenure_take(struct tenure *tenure, uint64_t id, const char *value, size_t size)
{
    bool is_learner = id_letter(id) == 'L';
    const struct record_type *type = is_learner ? &learner_type : &offer_type;
    struct stored stored;

    if (value == NULL) {
        leave_out(tenure, id);
        return;
    }
    bool whole = stored_parse(id_number(id), value, size, &stored);
    /* What is quarantined is not even decoded: that may be what kills. */
    if (whole && is_quarantined(tenure, id, stored.revision)) {
        leave_out(tenure, id);
        return;
    }
    fault_at_record(id);
    arena_reset(tenure->arena);
    void *record = arena_alloc(tenure->arena, type->size);
    if (record == NULL || !whole ||
        !stored_decode(type, PRIVACY_PUBLIC | PRIVACY_MATCHING, stored.fields, stored.size, record,
                       tenure->arena)) {
        log_error("match.record_unreadable", LOG_ID("record", id_letter(id), id_number(id)));
        leave_out(tenure, id);
        return;
    }
    bool in = strcmp(stored.state, is_learner ? "active" : "open") == 0;
    if (!in)
        leave_out(tenure, id);
    else if (is_learner ? !put_learner(tenure, id, record) : !put_offer(tenure, id, record))
        tenure_end(tenure, "out of memory");
}

/* -- the wanted ones --------------------------------------------------------------------------- */

static void take_next_chunk(struct tenure *tenure);

static void on_values(struct tenure *tenure, const redisReply *reply)
{
    for (size_t i = 0; i < tenure->chunk && tenure->over == NULL; i++) {
        const redisReply *value = i < reply->elements ? reply->element[i] : NULL;
        bool there = value != NULL && value->type == REDIS_REPLY_STRING;
        tenure_take(tenure, tenure->wanted.ids[tenure->wanted.taken + i], there ? value->str : NULL,
                    there ? (size_t)value->len : 0);
    }
    tenure->wanted.taken += tenure->chunk;
    take_next_chunk(tenure);
}

static void fetch_chunk(struct tenure *tenure)
{
    const uint64_t *ids = tenure->wanted.ids + tenure->wanted.taken;
    const char *argv[CHUNK + 2];
    size_t sizes[CHUNK + 2];
    char key[TENURE_KEY_SIZE + 24], numbers[CHUNK][24];

    snprintf(key, sizeof key, "%s:record:%s", tenure->lease.key,
             id_letter(ids[0]) == 'L' ? "learner" : "offer");
    argv[0] = "HMGET";
    argv[1] = key;
    for (size_t i = 0; i < tenure->chunk; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%llu", (unsigned long long)id_number(ids[i]));
        argv[i + 2] = numbers[i];
    }
    for (size_t i = 0; i < tenure->chunk + 2; i++)
        sizes[i] = strlen(argv[i]);
    tenure_send(tenure, on_values, (int)tenure->chunk + 2, argv, sizes);
}

bool tenure_marked(const redisReply *reply)
{
    return strcmp(redis_reply_string(reply, 0), "ok") == 0;
}

static void on_marked(struct tenure *tenure, const redisReply *reply)
{
    if (!tenure_marked(reply))
        tenure_end(tenure, "the lease was lost");
    else
        fetch_chunk(tenure);
}

void tenure_mark(struct tenure *tenure, const char *mark, tenure_step_fn *next)
{
    char slot[12];

    snprintf(slot, sizeof slot, "%u", tenure->lease.slot);
    const char *words[] = {"FCALL", "slot_mark",         "1", tenure->lease.key,
                           slot,    tenure->lease.epoch, mark};
    tenure_send_words(tenure, next, 7, words);
}

/* Names the chunk in the store before it is taken in: a successor knows where to look. */
static void mark_chunk(struct tenure *tenure)
{
    char mark[TENURE_MARK_MAX + 1];
    size_t size = 0;

    for (size_t i = 0; i < tenure->chunk && size + ID_TEXT_SIZE + 1 < sizeof mark; i++) {
        if (i > 0)
            mark[size++] = ' ';
        id_print(tenure->wanted.ids[tenure->wanted.taken + i], mark + size);
        size += strlen(mark + size);
    }
    tenure_mark(tenure, mark, on_marked);
}

static bool is_suspect(const struct tenure *tenure, uint64_t id)
{
    for (size_t i = 0; i < tenure->suspects.count; i++)
        if (tenure->suspects.ids[i] == id)
            return true;
    return false;
}

/* The next records of one kind, few when caution is due. */
static size_t chunk_size(const struct tenure *tenure)
{
    const struct wanted *wanted = &tenure->wanted;
    const uint64_t *ids = wanted->ids + wanted->taken;
    size_t left = wanted->count - wanted->taken;
    size_t most = tenure->careful ? CHUNK_CAREFUL : CHUNK;
    size_t size = 1;

    if (tenure->careful && is_suspect(tenure, ids[0]))
        return 1;
    while (size < left && size < most && id_letter(ids[size]) == id_letter(ids[0]) &&
           !(tenure->careful && is_suspect(tenure, ids[size])))
        size++;
    return size;
}

static void take_next_chunk(struct tenure *tenure)
{
    if (tenure->over != NULL)
        return;
    if (tenure->wanted.taken == tenure->wanted.count) {
        wanted_clear(&tenure->wanted);
        tenure->after_wanted(tenure);
        return;
    }
    tenure->chunk = chunk_size(tenure);
    if (tenure->careful)
        mark_chunk(tenure);
    else
        fetch_chunk(tenure);
}

void tenure_take_wanted(struct tenure *tenure, void (*after)(struct tenure *tenure))
{
    wanted_sort(&tenure->wanted);
    tenure->after_wanted = after;
    take_next_chunk(tenure);
}

/* -- the territory's own state ----------------------------------------------------------------- */

void tenure_take_meta(struct tenure *tenure, const redisReply *reply)
{
    const char *day = redis_reply_value(reply, "day");

    if (strcmp(redis_reply_value(reply, "model"), tenure->lease.model) != 0)
        tenure_excuse(tenure, "another model is in force");
    if (!date_parse(day, strlen(day), &tenure->day))
        tenure->day = 0;
}

void tenure_take_attachments(struct tenure *tenure, const redisReply *reply)
{
    struct attachments *fresh = attachments_read(reply);

    if (fresh == NULL) {
        tenure_end(tenure, "out of memory");
        return;
    }
    attachments_free(tenure->attachments);
    tenure->attachments = fresh;
}
