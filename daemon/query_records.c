/* record.get and record.list. */
#include "daemon/query.h"

#include "runtime/stored.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* GROUP: records read by one command. The first group fits into the memory of a query however large
 * its records are; what did not fit is for the next page. */
enum { PAGE_DEFAULT = 50, PAGE_BYTES = 32 * 1024, GROUP = 4 };

/* How much of the bitmap of a kind's numbers one look reads, and how many looks a page takes before
 * it is sent, be it empty: a kind may be sparse. */
enum { LOOK_BYTES = 4096, LOOKS_MAX = 16 };

/* What a page is being made of. */
struct page_state {
    const struct kind_info *kind;
    bool personal;
    uint64_t number;      /* record.get: the one asked for */
    unsigned count, most; /* record.list: how many numbers, and may be */
    const char **numbers; /* decimal, ascending */
    uint64_t position;    /* numbers below it have been looked at */
    unsigned looks;
    bool ended; /* there are none from position on */
};

/* -- one record -------------------------------------------------------------------------------- */

/* Opens a sealed part and joins it to the record. A box that does not open is left out. */
static void join_sealed(struct query *query, const struct kind_info *kind, const redisReply *value,
                        unsigned privacy, const char *scope_kind, void *record)
{
    const struct seal_scope scope = {query->territory->name, scope_kind};
    size_t size = value != NULL && value->str != NULL ? (size_t)value->len : 0;

    if (size < SEAL_PRINT_SIZE + SEAL_OVERHEAD)
        return;
    const uint8_t *box = (const uint8_t *)value->str + SEAL_PRINT_SIZE;
    size -= SEAL_PRINT_SIZE;
    struct arena *arena = query->daemon->arena;
    uint8_t *plain = arena_alloc(arena, size);
    void *part = arena_alloc(arena, kind->record->size);
    if (plain == NULL || part == NULL || !seal_open(query->daemon->key, &scope, box, size, plain) ||
        !stored_decode(kind->record, privacy, plain, size - SEAL_OVERHEAD, part, arena))
        return;
    record_merge(kind->record, record, part);
}

/* Packs {id, revision, state, created, record}. False when the value is not there or unreadable. */
static bool pack_record(struct query *query, const struct page_state *state, uint64_t number,
                        const redisReply *value, const redisReply *sealed,
                        const redisReply *statistics)
{
    char statistics_kind[40];
    struct stored stored;
    unsigned classes = PRIVACY_PUBLIC | PRIVACY_MATCHING;
    struct arena *arena = query->daemon->arena;

    arena_reset(arena);
    void *record = arena_alloc(arena, state->kind->record->size);
    if (record == NULL || value == NULL || value->str == NULL ||
        !stored_parse(value->str, (size_t)value->len, &stored) ||
        !stored_decode(state->kind->record, classes, stored.fields, stored.size, record, arena))
        return false;
    stored_restore(&stored, state->kind->record, record);
    if (state->personal) {
        snprintf(statistics_kind, sizeof statistics_kind, "%s.statistics", state->kind->name);
        join_sealed(query, state->kind, sealed, PRIVACY_PERSONAL, state->kind->name, record);
        join_sealed(query, state->kind, statistics, PRIVACY_STATISTICS, statistics_kind, record);
        classes = PRIVACY_ALL;
    }
    msgpack_pack_map(&query->packer, 5);
    query_pack_key_id(query, "id", state->kind->letter, number);
    query_pack_key_int(query, "revision", stored.revision);
    query_pack_key_string(query, "state", stored.state);
    query_pack_key_int(query, "created", (int64_t)stored.created);
    query_pack_string(query, "record");
    record_encode(state->kind->record, record, classes | PRIVACY_HEADER, &query->packer);
    return true;
}

static unsigned parts_read(const struct page_state *state)
{
    return state->personal ? 3 : 1;
}

/* Sends the reads of the parts of some records: for each group one reply each for record, sealed,
 * statistics. */
static void read_parts(struct query *query, const struct page_state *state, unsigned count,
                       const char *const *numbers)
{
    static const char *const parts[] = {"record", "sealed", "statistics"};

    for (unsigned from = 0; from < count; from += GROUP) {
        unsigned group = count - from < GROUP ? count - from : GROUP;
        for (unsigned part = 0; part < parts_read(state); part++) {
            char suffix[40];
            snprintf(suffix, sizeof suffix, "%s:%s", parts[part], state->kind->name);
            query_read_key(query, "HMGET", suffix, group, numbers + from);
        }
    }
}

/* NULL where it did not fit into the query's memory, or was not asked for. */
static const redisReply *part_of(const struct query *query, unsigned part, unsigned index)
{
    const struct page_state *state = query->state;
    unsigned count = parts_read(state);
    const redisReply *reply = part < count ? query->replies[index / GROUP * count + part] : NULL;

    return reply != NULL && index % GROUP < reply->elements ? reply->element[index % GROUP] : NULL;
}

static bool parts_fitted(const struct query *query, unsigned index)
{
    for (unsigned part = 0; part < parts_read(query->state); part++)
        if (part_of(query, part, index) == NULL)
            return false;
    return true;
}

/* -- record.get -------------------------------------------------------------------------------- */

static void get_answer(struct query *query)
{
    struct page_state *state = query->state;
    const redisReply *value = part_of(query, 0, 0);

    if (value == NULL || value->str == NULL) {
        query_reject(query, ERROR_UNKNOWN_RECORD, "body", "an existing record");
        return;
    }
    query_answer_begin(query, 1);
    query_pack_string(query, "records");
    msgpack_pack_array(&query->packer, 1);
    if (!pack_record(query, state, state->number, value, part_of(query, 1, 0),
                     part_of(query, 2, 0))) {
        msgpack_sbuffer_clear(&query->buffer);
        query_reject(query, ERROR_INTERNAL, "body", "a readable record");
        return;
    }
    query_answer_end(query);
}

static void get_read(struct query *query)
{
    struct page_state *state = query->state;
    char number[24];
    const char *numbers[] = {number};

    snprintf(number, sizeof number, "%llu", (unsigned long long)state->number);
    query_forget(query);
    read_parts(query, state, 1, numbers);
    query_then(query, get_answer);
}

/* The reply to HGET on the reference key. */
static void get_found(struct query *query)
{
    struct page_state *state = query->state;
    const redisReply *reply = query->replies[0];

    state->number = reply != NULL && reply->str != NULL ? strtoull(reply->str, NULL, 10) : 0;
    get_read(query);
}

static void get_by_reference(struct query *query, const struct get *get)
{
    struct page_state *state = query->state;
    const char *source = arena_copy(query->arena, get->source.data, get->source.size);
    const char *reference = arena_copy(query->arena, get->reference.data, get->reference.size);
    uint8_t hash[SEAL_PRINT_SIZE];
    char field[1 + 2 * SEAL_PRINT_SIZE + 1];
    const char *words[] = {field};

    if (source == NULL || reference == NULL) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    seal_find(query->daemon->key, source, reference, hash);
    field[0] = state->kind->letter;
    sodium_bin2hex(field + 1, sizeof field - 1, hash, sizeof hash);
    query_read_key(query, "HGET", "find", 1, words);
    query_then(query, get_found);
}

void query_record_get(struct query *query)
{
    const struct get *get = query->message.body;
    struct page_state *state = arena_alloc(query->arena, sizeof *state);

    if (state == NULL) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    query->state = state;
    state->kind = kind_info(get->has.id ? kind_of_letter(id_letter(get->id)) : get->kind);
    state->personal = get->has.personal && get->personal;
    if (state->kind == NULL) {
        query_reject(query, ERROR_MISSING_FIELD, "body.kind", "the kind of the record");
    } else if (get->has.id) {
        state->number = id_number(get->id);
        get_read(query);
    } else if (get->has.source && get->has.reference) {
        get_by_reference(query, get);
    } else {
        query_reject(query, ERROR_MISSING_FIELD, "body.id", "an id, or source and reference");
    }
}

/* -- record.list ------------------------------------------------------------------------------- */

static void list_answer(struct query *query)
{
    struct page_state *state = query->state;
    msgpack_sbuffer *buffer = &query->buffer;
    uint64_t next = 0;
    unsigned packed = 0;
    msgpack_sbuffer head;

    unsigned seen = 0;

    /* The number of records that fit is known only once they are packed, so they are packed first
     * and the head of the answer is put before them. */
    for (; seen < state->count && parts_fitted(query, seen); seen++) {
        size_t before = buffer->size;
        uint64_t number = strtoull(state->numbers[seen], NULL, 10);
        const redisReply *value = part_of(query, 0, seen);
        /* Erased between the two reads, or unreadable: the page goes on after it. */
        bool good = value->type != REDIS_REPLY_NIL &&
                    pack_record(query, state, number, value, part_of(query, 1, seen),
                                part_of(query, 2, seen));
        if (!good || (buffer->size > PAGE_BYTES && packed > 0))
            buffer->size = before;
        if (good && buffer->size == before)
            break;
        packed += good;
        next = number;
    }
    if (seen == 0 && state->count > 0) {
        query_reject(query, ERROR_INTERNAL, "body", "records that fit into memory");
        return;
    }
    if (seen == state->count)
        next = state->ended ? 0 : state->position - 1;
    head = *buffer;
    msgpack_sbuffer_init(buffer);
    query_answer_begin(query, 2);
    query_pack_key_int(query, "next", (int64_t)next);
    query_pack_string(query, "records");
    msgpack_pack_array(&query->packer, packed);
    msgpack_sbuffer_write(buffer, head.data, head.size);
    msgpack_sbuffer_destroy(&head);
    query_answer_end(query);
}

static void list_look(struct query *query);

/* Notes the numbers whose bits are set, from position on; Redis counts bits from the highest. */
static void take_numbers(struct query *query, const uint8_t *bits, size_t size)
{
    struct page_state *state = query->state;
    uint64_t base = state->position / 8, end = (base + size) * 8;

    for (; state->position < end && state->count < state->most; state->position++) {
        if ((bits[state->position / 8 - base] & 0x80 >> state->position % 8) == 0)
            continue;
        char number[24];
        int length = snprintf(number, sizeof number, "%llu", (unsigned long long)state->position);
        const char *copy = arena_copy(query->arena, number, (size_t)length);
        if (copy == NULL)
            return; /* the page ends here */
        state->numbers[state->count++] = copy;
    }
    state->ended = size < LOOK_BYTES && state->position >= end;
}

static void list_read(struct query *query)
{
    struct page_state *state = query->state;
    const redisReply *bits = query->replies[0];

    if (bits == NULL || bits->str == NULL) {
        query_reject(query, ERROR_INTERNAL, "body", "the numbers of the records");
        return;
    }
    take_numbers(query, (const uint8_t *)bits->str, (size_t)bits->len);
    query_forget(query);
    if (!state->ended && state->count < state->most && state->looks < LOOKS_MAX) {
        list_look(query);
        return;
    }
    read_parts(query, state, state->count, state->numbers);
    query_then(query, list_answer);
}

static void list_look(struct query *query)
{
    struct page_state *state = query->state;
    char from[24], to[24], suffix[40];
    const char *words[] = {from, to};
    unsigned long long byte = state->position / 8;

    state->looks++;
    snprintf(from, sizeof from, "%llu", byte);
    snprintf(to, sizeof to, "%llu", byte + LOOK_BYTES - 1);
    snprintf(suffix, sizeof suffix, "ids:%s", state->kind->name);
    query_read_key(query, "GETRANGE", suffix, 2, words);
    query_then(query, list_read);
}

void query_record_list(struct query *query)
{
    const struct page *page = query->message.body;
    struct page_state *state = arena_alloc(query->arena, sizeof *state);
    unsigned limit = page->has.limit ? (unsigned)page->limit : PAGE_DEFAULT;

    if (state != NULL) {
        query->state = state;
        state->kind = kind_info(page->kind);
        state->personal = page->has.personal && page->personal;
        state->position = page->has.after ? (uint64_t)page->after + 1 : 1;
        unsigned most = QUERY_READS_MAX / parts_read(state) * GROUP;
        state->most = limit < most ? limit : most;
        state->numbers = arena_alloc(query->arena, state->most * sizeof *state->numbers);
    }
    if (state == NULL || state->numbers == NULL) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    list_look(query);
}
