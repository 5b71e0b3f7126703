/* record.get and record.list. */
#include "daemon/query_page.h"

#include "runtime/stored.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* GROUP: records read by one command. The first group fits into the memory of a query however large
 * its records are; what did not fit is for the next page. */
enum { PAGE_DEFAULT = 50, PAGE_BYTES = 32 * 1024, GROUP = 4 };

/* What a page is being made of. */
struct page_state {
    struct number_page page; /* record.list; its kind is that of record.get too */
    bool personal;
    uint64_t number;    /* record.get: the one asked for */
    unsigned drafts_at; /* the first of the reads about a draft; 0: none */
};

/* -- sealed parts ------------------------------------------------------------------------------ */

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

/* -- drafts ------------------------------------------------------------------------------------ */

/* What is kept of a draft beside its record, in the order of the reads. */
static const char *const draft_keys[] = {"draft", "recognised", "proposed"};
enum { DRAFT_RULE, DRAFT_RECOGNISED, DRAFT_PROPOSED, DRAFT_KEYS };

static const redisReply *draft_value(const struct query *query, unsigned key)
{
    const struct page_state *state = query->state;
    const redisReply *reply = state->drafts_at == 0 ? NULL : query->replies[state->drafts_at + key];

    return reply != NULL && reply->type == REDIS_REPLY_STRING ? reply : NULL;
}

/* Packs a stored record under its name, nothing when there is none or it is unreadable. */
static void pack_stored(struct query *query, const char *name, const struct record_type *type,
                        const redisReply *value)
{
    struct arena *arena = query->daemon->arena;
    unsigned classes = PRIVACY_PUBLIC | PRIVACY_MATCHING;
    void *record = value != NULL ? arena_alloc(arena, type->size) : NULL;
    bool good = record != NULL && stored_decode(type, classes, (const uint8_t *)value->str,
                                                (size_t)value->len, record, arena);

    query_pack_string(query, name);
    if (good && type == &offer_type) { /* the text is in the record, and long */
        struct offer *offer = record;
        offer->has.title = offer->has.description = false;
    }
    if (good)
        record_encode(type, record, classes, &query->packer);
    else
        msgpack_pack_map(&query->packer, 0);
}

static void pack_draft(struct query *query)
{
    query_pack_string(query, "draft");
    msgpack_pack_map(&query->packer, 3);
    query_pack_key_string(query, "rule", draft_value(query, DRAFT_RULE)->str);
    pack_stored(query, "recognised", &recognised_type, draft_value(query, DRAFT_RECOGNISED));
    pack_stored(query, "proposed", &offer_type, draft_value(query, DRAFT_PROPOSED));
}

/* -- one record -------------------------------------------------------------------------------- */

/* Packs {id, revision, state, created, record}, and `draft` where it is one. False when the value
 * is not there or unreadable. */
static bool pack_record(struct query *query, const struct page_state *state, uint64_t number,
                        const redisReply *value, const redisReply *sealed,
                        const redisReply *statistics)
{
    char statistics_kind[40];
    struct stored stored;
    unsigned classes = PRIVACY_PUBLIC | PRIVACY_MATCHING;
    struct arena *arena = query->daemon->arena;

    arena_reset(arena);
    void *record = arena_alloc(arena, state->page.kind->record->size);
    if (record == NULL || value == NULL || value->str == NULL ||
        !stored_parse(number, value->str, (size_t)value->len, &stored) ||
        !stored_decode(state->page.kind->record, classes, stored.fields, stored.size, record,
                       arena))
        return false;
    stored_restore(&stored, state->page.kind->record, record);
    if (state->personal) {
        snprintf(statistics_kind, sizeof statistics_kind, "%s.statistics", state->page.kind->name);
        join_sealed(query, state->page.kind, sealed, PRIVACY_PERSONAL, state->page.kind->name,
                    record);
        join_sealed(query, state->page.kind, statistics, PRIVACY_STATISTICS, statistics_kind,
                    record);
        classes = PRIVACY_ALL;
    }
    bool draft = draft_value(query, DRAFT_RULE) != NULL;
    msgpack_pack_map(&query->packer, draft ? 6 : 5);
    query_pack_key_id(query, "id", state->page.kind->letter, number);
    query_pack_key_int(query, "revision", stored.revision);
    query_pack_key_string(query, "state", stored.state);
    query_pack_key_int(query, "created", (int64_t)stored.created);
    query_pack_string(query, "record");
    record_encode(state->page.kind->record, record, classes | PRIVACY_HEADER, &query->packer);
    if (draft)
        pack_draft(query);
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
            snprintf(suffix, sizeof suffix, "%s:%s", parts[part], state->page.kind->name);
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
    if (state->page.kind->letter == 'O') {
        state->drafts_at = query->reads;
        for (unsigned i = 0; i < DRAFT_KEYS; i++)
            query_read_key(query, "HGET", draft_keys[i], 1, numbers);
    }
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
    field[0] = state->page.kind->letter;
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
    state->page.kind = kind_info(get->has.id ? kind_of_letter(id_letter(get->id)) : get->kind);
    state->personal = get->has.personal && get->personal;
    if (state->page.kind == NULL) {
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
    unsigned seen = 0, packed = 0;
    msgpack_sbuffer head;

    /* The number of records that fit is known only once they are packed, so they are packed first
     * and the head of the answer is put before them. */
    for (; seen < state->page.count && parts_fitted(query, seen); seen++) {
        size_t before = buffer->size;
        uint64_t number = strtoull(state->page.numbers[seen], NULL, 10);
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
    }
    if (seen == 0 && state->page.count > 0) {
        query_reject(query, ERROR_INTERNAL, "body", "records that fit into memory");
        return;
    }
    head = *buffer;
    msgpack_sbuffer_init(buffer);
    query_answer_begin(query, 2);
    query_pack_key_int(query, "next", (int64_t)number_page_next(&state->page, seen));
    query_pack_string(query, "records");
    msgpack_pack_array(&query->packer, packed);
    msgpack_sbuffer_write(buffer, head.data, head.size);
    msgpack_sbuffer_destroy(&head);
    query_answer_end(query);
}

static void list_read(struct query *query)
{
    const struct page_state *state = query->state;

    read_parts(query, state, state->page.count, state->page.numbers);
    query_then(query, list_answer);
}

void query_record_list(struct query *query)
{
    const struct page *page = query->message.body;
    struct page_state *state = arena_alloc(query->arena, sizeof *state);
    unsigned limit = page->has.limit ? (unsigned)page->limit : PAGE_DEFAULT;
    bool started = false;

    if (state != NULL) {
        query->state = state;
        state->personal = page->has.personal && page->personal;
        unsigned most = QUERY_READS_MAX / parts_read(state) * GROUP;
        started = number_page_start(query, &state->page, kind_info(page->kind),
                                    page->has.after ? (uint64_t)page->after : 0,
                                    limit < most ? limit : most);
    }
    if (!started) {
        query_reject(query, ERROR_TOO_LARGE, "body", "a smaller query");
        return;
    }
    if (page->has.of)
        number_page_read_parts(query, page->of, list_read);
    else
        number_page_read(query, list_read);
}
