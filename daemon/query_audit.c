/* audit: how often learners of each group are shown to employers, as cells with the small ones
 * hidden. The only place where statistics are opened to be counted; what leaves it are the cells.
 *
 * It goes through the hashes of the territory by HSCAN, one answer of bounded size at a time, and
 * takes each in at once, so that the loop is never held up. One audit is under way at a time. */
#include "daemon/query.h"

#include "daemon/audit_tally.h"
#include "runtime/seal.h"
#include "runtime/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOP_DEFAULT = 10, SCAN_COUNT = 100, CURSOR_SIZE = 24 };

struct audit;
typedef bool audit_take_fn(struct audit *audit, const char *name, const redisReply *value);

/* One hash after the other; lists once for each slot. */
struct audit_pass {
    const char *key;
    audit_take_fn *take;
    bool by_slot;
};

struct audit {
    struct query *query;
    struct audit_tally *tally;
    unsigned pass, slot, top;
    char cursor[CURSOR_SIZE];
};

static bool audit_under_way;

static void audit_free(struct audit *audit)
{
    audit_tally_free(audit->tally);
    free(audit);
    audit_under_way = false;
}

/* -- taking in: false when out of memory or over a bound ----------------------------------------
 */

/* A stored record's fields in the daemon's arena; NULL when it cannot be read. */
static void *decode(const struct audit *audit, const struct record_type *type, unsigned privacy,
                    const uint8_t *fields, size_t size)
{
    struct arena *arena = audit->query->daemon->arena;
    void *record = arena_alloc(arena, type->size);

    return record != NULL && stored_decode(type, privacy, fields, size, record, arena) ? record
                                                                                       : NULL;
}

static bool take_cohort(struct audit *audit, const char *name, const redisReply *value)
{
    struct stored stored;

    if (!stored_parse(strtoull(name, NULL, 10), value->str, (size_t)value->len, &stored))
        return true;
    const struct cohort *cohort =
        decode(audit, &cohort_type, PRIVACY_PUBLIC | PRIVACY_MATCHING, stored.fields, stored.size);
    return cohort == NULL ||
           audit_tally_cohort(audit->tally, strtoull(name, NULL, 10), id_number(cohort->programme));
}

static bool take_learner(struct audit *audit, const char *name, const redisReply *value)
{
    struct stored stored;

    if (!stored_parse(strtoull(name, NULL, 10), value->str, (size_t)value->len, &stored) ||
        strcmp(stored.state, "active") != 0)
        return true;
    const struct learner *learner =
        decode(audit, &learner_type, PRIVACY_PUBLIC | PRIVACY_MATCHING, stored.fields, stored.size);
    return learner == NULL ||
           audit_tally_learner(audit->tally, strtoull(name, NULL, 10),
                               learner->has.cohort ? id_number(learner->cohort) : 0);
}

static bool take_list(struct audit *audit, const char *name, const redisReply *value)
{
    struct audit_shown shown[AUDIT_LIST_MAX];
    struct list_entry entry;
    unsigned count = 0;

    if (name[0] != 'O')
        return true;
    while (count < AUDIT_LIST_MAX && list_entry_read(value->str, (size_t)value->len, count, &entry))
        shown[count++] = (struct audit_shown){entry.number, entry.score};
    return audit_tally_list(audit->tally, strtoull(name + 1, NULL, 10), shown, count);
}

static bool take_statistics(struct audit *audit, const char *name, const redisReply *value)
{
    const struct seal_scope scope = {audit->query->territory->name, "learner.statistics"};
    size_t size = (size_t)value->len;

    if (size < SEAL_PRINT_SIZE + SEAL_OVERHEAD)
        return true;
    const uint8_t *box = (const uint8_t *)value->str + SEAL_PRINT_SIZE;
    size -= SEAL_PRINT_SIZE;
    uint8_t *plain = arena_alloc(audit->query->daemon->arena, size);
    if (plain == NULL || !seal_open(audit->query->daemon->key, &scope, box, size, plain))
        return true;
    const struct learner *learner =
        decode(audit, &learner_type, PRIVACY_STATISTICS, plain, size - SEAL_OVERHEAD);
    return learner == NULL || !learner->has.statistics ||
           audit_tally_statistics(audit->tally, strtoull(name, NULL, 10), &learner->statistics);
}

static const struct audit_pass passes[] = {
    {"record:cohort", take_cohort, false},
    {"record:learner", take_learner, false},
    {"lists", take_list, true},
    {"statistics:learner", take_statistics, false},
};
enum { PASSES = sizeof passes / sizeof *passes };

/* -- the answer -------------------------------------------------------------------------------- */

static void pack_cell(struct query *query, const char *name, const struct parity_cell *cell)
{
    msgpack_pack_map(&query->packer, cell->hidden ? 2 : 5);
    query_pack_key_string(query, "name", name);
    if (cell->hidden) {
        query_pack_string(query, "hidden");
        msgpack_pack_true(&query->packer);
        return;
    }
    query_pack_key_int(query, "learners", cell->learners);
    query_pack_key_int(query, "selected", cell->selected);
    query_pack_key_int(query, "exposure", (int64_t)cell->exposure);
    query_pack_key_int(query, "squares", (int64_t)cell->squares);
}

static void pack_table(struct query *query, const struct audit_table *table)
{
    msgpack_pack_map(&query->packer, 3);
    query_pack_key_string(query, "name", table->name);
    query_pack_string(query, "total");
    pack_cell(query, "total", &table->total);
    query_pack_string(query, "cells");
    msgpack_pack_array(&query->packer, table->count);
    for (unsigned i = 0; i < table->count; i++)
        pack_cell(query, table->names[i], &table->cells[i]);
}

static void audit_answer(struct audit *audit)
{
    struct query *query = audit->query;
    struct audit_table *table = malloc(sizeof *table);
    char day[DATE_TEXT_SIZE];

    if (table == NULL) {
        audit_free(audit);
        query_reject(query, ERROR_BUSY, "", "the same query again");
        return;
    }
    date_print(query->territory->day, day);
    query_answer_begin(query, 5);
    query_pack_key_string(query, "day", day);
    query_pack_key_int(query, "offers", audit_tally_offers(audit->tally));
    query_pack_key_int(query, "top", audit->top);
    query_pack_key_int(query, "smallest_cell", PARITY_CELL_MIN);
    query_pack_string(query, "tables");
    msgpack_pack_array(&query->packer, AUDIT_DIMENSION_END);
    for (unsigned i = 0; i < AUDIT_DIMENSION_END; i++) {
        audit_tally_table(audit->tally, (enum audit_dimension)i, table);
        pack_table(query, table);
    }
    free(table);
    audit_free(audit);
    query_answer_end(query);
}

/* -- going through the hashes ------------------------------------------------------------------ */

static void audit_fail(struct audit *audit, enum error_code code, const char *expected)
{
    struct query *query = audit->query;

    audit_free(audit);
    query_reject(query, code, "", expected);
}

static void audit_scan(struct audit *audit);

/* Takes an answer of HSCAN in; false when it is none, or cannot be taken in. */
static bool take_answer(struct audit *audit, const redisReply *reply)
{
    if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 2 ||
        reply->element[0]->str == NULL || reply->element[1]->type != REDIS_REPLY_ARRAY)
        return false;
    const redisReply *pairs = reply->element[1];
    for (size_t i = 0; i + 1 < pairs->elements; i += 2) {
        arena_reset(audit->query->daemon->arena);
        if (pairs->element[i]->str != NULL && pairs->element[i + 1]->str != NULL &&
            !passes[audit->pass].take(audit, pairs->element[i]->str, pairs->element[i + 1]))
            return false;
    }
    snprintf(audit->cursor, sizeof audit->cursor, "%s", reply->element[0]->str);
    return true;
}

/* Whether there is anything left to scan. */
static bool audit_advance(struct audit *audit)
{
    if (strcmp(audit->cursor, "0") != 0)
        return true;
    if (passes[audit->pass].by_slot && ++audit->slot < audit->query->territory->slots)
        return true;
    return ++audit->pass < PASSES;
}

static void on_scanned(void *arg, const redisReply *reply)
{
    struct audit *audit = arg;

    if (reply == NULL || reply->type == REDIS_REPLY_ERROR)
        audit_fail(audit, ERROR_STORE_AWAY, "the same query again");
    else if (!take_answer(audit, reply))
        audit_fail(audit, ERROR_TOO_LARGE, "fewer records than an audit can hold");
    else if (audit_advance(audit))
        audit_scan(audit);
    else
        audit_answer(audit);
}

static void audit_scan(struct audit *audit)
{
    const struct audit_pass *pass = &passes[audit->pass];
    char key[TERRITORY_KEY_SIZE + 40], slot[16] = "", count[16];

    if (pass->by_slot)
        snprintf(slot, sizeof slot, ":%u", audit->slot);
    snprintf(key, sizeof key, "%s:%s%s", audit->query->territory->key, pass->key, slot);
    snprintf(count, sizeof count, "%d", SCAN_COUNT);
    const char *words[] = {"HSCAN", key, audit->cursor, "COUNT", count};
    size_t sizes[5];
    for (int i = 0; i < 5; i++)
        sizes[i] = strlen(words[i]);
    if (!store_read(audit->query->daemon->store, on_scanned, audit, 5, words, sizes))
        audit_fail(audit, ERROR_STORE_AWAY, "the same query again");
}

void query_audit(struct query *query)
{
    const struct audit_of *body = query->message.body;
    struct audit *audit = audit_under_way ? NULL : calloc(1, sizeof *audit);

    if (audit == NULL) {
        query_reject(query, ERROR_BUSY, "", "the same query again");
        return;
    }
    audit_under_way = true;
    audit->query = query;
    audit->top = body->has.top ? (unsigned)body->top : TOP_DEFAULT;
    audit->tally = audit_tally_create(query->territory->day, audit->top);
    snprintf(audit->cursor, sizeof audit->cursor, "0");
    if (audit->tally == NULL)
        audit_fail(audit, ERROR_BUSY, "the same query again");
    else
        audit_scan(audit);
}
