/* Recomputing every list: all pairs, scored and sorted, compared with what the workers stored. */
#include "verify.h"

#include "../matching/score.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 32 };

struct best {
    uint64_t rank, learner, offer;
};

/* The best of one list so far, in order. */
struct best_list {
    struct best items[SHOWN];
    unsigned count;
};

static bool better(const struct best *a, const struct best *b)
{
    if (a->rank != b->rank)
        return a->rank > b->rank;
    if (a->learner != b->learner)
        return a->learner < b->learner;
    return a->offer < b->offer;
}

static void best_add(struct best_list *list, struct best best)
{
    unsigned at = list->count;

    if (list->count == SHOWN && !better(&best, &list->items[SHOWN - 1]))
        return;
    if (list->count < SHOWN)
        list->count++;
    else
        at = SHOWN - 1;
    for (; at > 0 && better(&best, &list->items[at - 1]); at--)
        list->items[at] = list->items[at - 1];
    list->items[at] = best;
}

/* What a slot leaves out: pairs of record and revision from the quarantine. */
struct left_out {
    unsigned slot;
    uint64_t id;
    int64_t revision;
};

struct lists {
    struct left_out *left_out;
    size_t left_out_count;
    struct best_list *learners; /* slots × learners */
    struct best_list *offers;
    size_t *found; /* stored lists seen, by slot */
};

static bool takes_part(const struct lists *lists, unsigned slot, uint64_t id,
                       const struct verify_record *record)
{
    if (record->profile == NULL)
        return false;
    for (size_t i = 0; i < lists->left_out_count; i++)
        if (lists->left_out[i].slot == slot && lists->left_out[i].id == id &&
            lists->left_out[i].revision == record->stored.revision)
            return false;
    return true;
}

static void score_all(struct verify *verify, struct lists *lists)
{
    struct verify_records *learners = &verify->records[KIND_LEARNER];
    struct verify_records *offers = &verify->records[KIND_OFFER];

    for (size_t o = 0; o < offers->count; o++) {
        const struct verify_record *offer = &offers->items[o];
        unsigned slot = slot_of_offer(offer->number, verify->slots);
        if (!takes_part(lists, slot, id_make('O', offer->number), offer))
            continue;
        for (size_t l = 0; l < learners->count; l++) {
            const struct verify_record *learner = &learners->items[l];
            if (!takes_part(lists, slot, id_make('L', learner->number), learner))
                continue;
            struct score score = score_pair(learner->profile, offer->profile);
            verify->pairs++;
            if (score.total == 0)
                continue;
            struct best best = {score_rank(score.total, learner->number, offer->number),
                                learner->number, offer->number};
            best_add(&lists->offers[o], best);
            best_add(&lists->learners[slot * learners->count + l], best);
        }
    }
}

/* -- comparing --------------------------------------------------------------------------------- */

static void compare(struct verify *verify, const char *name, bool of_offer,
                    const struct best_list *right, const redisReply *stored)
{
    size_t size = stored->type == REDIS_REPLY_STRING ? (size_t)stored->len : 0;
    struct list_entry entry;

    verify->lists++;
    verify->entries += right->count;
    if (size != (size_t)right->count * LIST_ENTRY_SIZE) {
        verify_problem(verify, "list", "%s has %zu entries, should have %u", name,
                       size / LIST_ENTRY_SIZE, right->count);
        return;
    }
    for (unsigned i = 0; i < right->count; i++) {
        const struct best *best = &right->items[i];
        uint64_t other = of_offer ? best->learner : best->offer;
        if (!list_entry_read(stored->str, size, i, &entry) || entry.number != other ||
            entry.score != (uint16_t)(best->rank >> 48)) {
            verify_problem(verify, "list",
                           "%s entry %u is %" PRIu64 " with %u, should be %" PRIu64 " with %u",
                           name, i, entry.number, entry.score, other, (unsigned)(best->rank >> 48));
            return;
        }
    }
}

/* Reads the lists of a slot by name, many at a time, and compares them. */
static void compare_many(struct verify *verify, unsigned slot, char letter,
                         const struct verify_records *records, const struct best_list *right,
                         struct lists *lists)
{
    enum { AT_ONCE = 500 };
    char key[96], name[ID_TEXT_SIZE];

    snprintf(key, sizeof key, "%s:lists:%u", verify->key, slot);
    for (size_t from = 0; from < records->count; from += AT_ONCE) {
        size_t count = records->count - from < AT_ONCE ? records->count - from : AT_ONCE;
        for (size_t i = 0; i < count; i++) {
            id_print(id_make(letter, records->items[from + i].number), name);
            redisAppendCommand(verify->redis, "HGET %s %s", key, name);
        }
        for (size_t i = 0; i < count; i++) {
            redisReply *reply = NULL;
            if (redisGetReply(verify->redis, (void **)&reply) != REDIS_OK || reply == NULL) {
                verify->away = true;
                return;
            }
            uint64_t number = records->items[from + i].number;
            bool mine = letter == 'L' || slot_of_offer(number, verify->slots) == slot;
            id_print(id_make(letter, number), name);
            lists->found[slot] += reply->type == REDIS_REPLY_STRING;
            if (mine)
                compare(verify, name, letter == 'O', &right[from + i], reply);
            else if (reply->type == REDIS_REPLY_STRING)
                verify_problem(verify, "list", "%s is in slot %u, which is not its own", name,
                               slot);
            freeReplyObject(reply);
        }
    }
}

static void compare_slot(struct verify *verify, unsigned slot, struct lists *lists)
{
    const struct verify_records *learners = &verify->records[KIND_LEARNER];
    char suffix[24];

    compare_many(verify, slot, 'O', &verify->records[KIND_OFFER], lists->offers, lists);
    compare_many(verify, slot, 'L', learners, lists->learners + slot * learners->count, lists);
    snprintf(suffix, sizeof suffix, ":lists:%u", slot);
    redisReply *reply = verify_ask(verify, REDIS_REPLY_INTEGER, "HLEN", suffix, NULL);
    if (reply == NULL)
        return;
    /* Lists of records that no longer exist. */
    if ((size_t)reply->integer != lists->found[slot])
        verify_problem(verify, "list", "slot %u stores %lld lists, %zu of them of records", slot,
                       reply->integer, lists->found[slot]);
    freeReplyObject(reply);
}

static void take_left_out(struct verify *verify, const redisReply *name, const redisReply *revision,
                          void *arg)
{
    struct lists *lists = arg;
    struct left_out item = {.revision = strtoll(revision->str, NULL, 10)}, *bigger;

    if (!verify_quarantined(verify, name->str, &item.slot, &item.id))
        return; /* verify_keys() tells */
    bigger = realloc(lists->left_out, (lists->left_out_count + 1) * sizeof *bigger);
    if (bigger == NULL) {
        verify_problem(verify, "memory", "there is none left");
        return;
    }
    lists->left_out = bigger;
    bigger[lists->left_out_count++] = item;
}

void verify_lists(struct verify *verify)
{
    size_t learners = verify->records[KIND_LEARNER].count;
    size_t offers = verify->records[KIND_OFFER].count;
    struct lists lists = {
        .learners = calloc(learners * verify->slots + 1, sizeof(struct best_list)),
        .offers = calloc(offers + 1, sizeof(struct best_list)),
        .found = calloc(verify->slots + 1, sizeof(size_t)),
    };

    if (lists.learners != NULL && lists.offers != NULL && lists.found != NULL) {
        verify_walk(verify, "HSCAN", ":quarantine", take_left_out, &lists);
        score_all(verify, &lists);
        for (unsigned slot = 0; slot < verify->slots && !verify->away; slot++)
            compare_slot(verify, slot, &lists);
    } else {
        verify_problem(verify, "memory", "there is none left");
    }
    free(lists.learners);
    free(lists.offers);
    free(lists.found);
    free(lists.left_out);
}
