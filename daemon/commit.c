#include "daemon/commit.h"

#include "matching/words.h"
#include "runtime/clock.h"
#include "runtime/fault.h"
#include "runtime/log.h"
#include "runtime/store_access.h"

#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    REQUEST_KEY_SIZE = 16,
    BODY_HASH_SIZE = 8,
    ARGUMENTS_MAX = 40,
    SEALED_MAX = 64 * 1024,
    RETRY_MS = 500,
};

/* Every stored record that is put begins like this. */
struct origin {
    uint64_t has_bits;
    struct text source, reference;
    int64_t observed_at;
};
#define ORIGIN_CHECK(record)                                                                       \
    _Static_assert(offsetof(struct record, source) == offsetof(struct origin, source) &&           \
                       offsetof(struct record, reference) == offsetof(struct origin, reference) && \
                       offsetof(struct record, observed_at) ==                                     \
                           offsetof(struct origin, observed_at),                                   \
                   #record " must begin with source, reference, observed_at")
ORIGIN_CHECK(learner);
ORIGIN_CHECK(offer);
ORIGIN_CHECK(employer);
ORIGIN_CHECK(programme);
ORIGIN_CHECK(cohort);

/* A commit on its way. */
struct commit {
    struct daemon *daemon;
    struct territory *territory;
    enum message_type type;
    commit_done_fn *done;
    void *arg;
    struct errors *warnings; /* NULL when none */
    /* The answer, while what it changed is read back. */
    uint64_t record;
    int64_t revision;
    char result[16];
};

/* The arguments of one event, growing. Texts point to the arena or to constants. */
struct call {
    struct arena *arena;
    const char *argv[ARGUMENTS_MAX];
    size_t sizes[ARGUMENTS_MAX];
    int count;
    bool failed; /* out of memory or too many */
};

static void call_bytes(struct call *call, const void *data, size_t size)
{
    if (call->count == ARGUMENTS_MAX) {
        call->failed = true;
        return;
    }
    call->argv[call->count] = data;
    call->sizes[call->count++] = size;
}

static void call_string(struct call *call, const char *string)
{
    call_bytes(call, string, strlen(string));
}

static void call_copy(struct call *call, const void *data, size_t size)
{
    char *copy = arena_copy(call->arena, data, size);

    if (copy == NULL)
        call->failed = true;
    else
        call_bytes(call, copy, size);
}

static void call_number(struct call *call, int64_t number)
{
    char text[24];
    int size = snprintf(text, sizeof text, "%lld", (long long)number);

    call_copy(call, text, (size_t)size);
}

/* -- what an event's arguments are made of ----------------------------------------------------- */

/* The body's hash is keyed: a body holds personal data, and what is kept of it outlives an erasure
 * by a day. */
static void add_identity(struct call *call, const struct seal_key *secret, const char *client,
                         const struct message *message)
{
    uint8_t key[REQUEST_KEY_SIZE], body[BODY_HASH_SIZE * 2], print[SEAL_PRINT_SIZE];
    const struct request *request = &message->request;
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, sizeof key);
    crypto_generichash_update(&state, (const uint8_t *)client, strlen(client) + 1);
    crypto_generichash_update(&state, (const uint8_t *)request->id.data, request->id.size);
    crypto_generichash_final(&state, key, sizeof key);
    call_copy(call, key, sizeof key);

    int64_t rest[] = {(int64_t)message->type, request->occurred_on,
                      request->has.if_revision ? request->if_revision : -1};
    crypto_generichash_init(&state, NULL, 0, sizeof body);
    crypto_generichash_update(&state, (const uint8_t *)rest, sizeof rest);
    crypto_generichash_update(&state, message->body_bytes, message->body_size);
    crypto_generichash_final(&state, body, sizeof body);
    seal_print(secret, body, sizeof body, print);
    call_copy(call, print, BODY_HASH_SIZE);
}

/* A look-up hash as hex digits: a field's name. One of a reference has the letter of its kind in
 * front; '\0': none. */
static void call_hash(struct call *call, char letter, const uint8_t hash[SEAL_PRINT_SIZE])
{
    char text[1 + 2 * SEAL_PRINT_SIZE + 1], *hex = text;

    if (letter != '\0')
        *hex++ = letter;
    sodium_bin2hex(hex, 2 * SEAL_PRINT_SIZE + 1, hash, SEAL_PRINT_SIZE);
    call_copy(call, text, strlen(text));
}

static void add_reference_hash(struct call *call, const struct seal_key *key, char letter,
                               struct text source, struct text reference)
{
    uint8_t hash[SEAL_PRINT_SIZE];
    const char *first = arena_copy(call->arena, source.data, source.size);
    const char *second = arena_copy(call->arena, reference.data, reference.size);

    if (first == NULL || second == NULL) {
        call->failed = true;
        return;
    }
    seal_find(key, first, second, hash);
    call_hash(call, letter, hash);
}

/* The record's fields of the given classes, packed into the arena. */
static bool pack_part(struct arena *arena, const struct message *message, unsigned privacy,
                      const char **data, size_t *size)
{
    msgpack_sbuffer buffer;
    msgpack_packer packer;

    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    bool packed = record_encode(message->info->body, message->body, privacy, &packer);
    *size = buffer.size;
    *data = packed ? arena_copy(arena, buffer.data, buffer.size) : NULL;
    msgpack_sbuffer_destroy(&buffer);
    return *data != NULL;
}

/* Fingerprint and box of a part that is kept sealed, in one argument; empty when there is none. */
static void add_sealed(struct call *call, const struct seal_key *key,
                       const struct territory *territory, const struct message *message,
                       unsigned privacy, const char *kind)
{
    struct seal_scope scope = {territory->name, kind};
    char statistics[40];
    const char *plain;
    size_t size;

    if (!record_has_any(message->info->body, message->body, privacy)) {
        call_string(call, "");
        return;
    }
    if (privacy == PRIVACY_STATISTICS) {
        snprintf(statistics, sizeof statistics, "%s.statistics", kind);
        scope.kind = statistics;
    }
    uint8_t *part = NULL;
    if (pack_part(call->arena, message, privacy, &plain, &size) && size <= SEALED_MAX)
        part = arena_alloc(call->arena, SEAL_PRINT_SIZE + size + SEAL_OVERHEAD);
    if (part == NULL) {
        call->failed = true;
        return;
    }
    seal_print(key, plain, size, part);
    seal_box(key, &scope, plain, size, part + SEAL_PRINT_SIZE);
    call_bytes(call, part, SEAL_PRINT_SIZE + size + SEAL_OVERHEAD);
}

/* Half of it stands for the name, half for name and birth date: a date that is mended later makes
 * nobody else of a person. */
static void add_person(struct call *call, const struct seal_key *key,
                       const struct prepared *prepared)
{
    uint8_t name[SEAL_PRINT_SIZE], whole[SEAL_PRINT_SIZE];
    char person[sizeof prepared->name + sizeof prepared->born];

    if (prepared->name[0] == '\0') {
        call_string(call, "-");
        return;
    }
    snprintf(person, sizeof person, "%s|%s", prepared->name, prepared->born);
    seal_find(key, "name", prepared->name, name);
    seal_find(key, "person", person, whole);
    memcpy(name + SEAL_PRINT_SIZE / 2, whole, SEAL_PRINT_SIZE / 2);
    call_hash(call, '\0', name);
}

static void add_references(struct call *call, const struct prepared *prepared)
{
    char names[PREPARED_REFERENCES_MAX * ID_TEXT_SIZE] = "-";
    size_t size = 0;

    for (unsigned i = 0; i < prepared->reference_count; i++) {
        if (i > 0)
            names[size++] = ',';
        id_print(prepared->references[i], names + size);
        size += strlen(names + size);
    }
    call_copy(call, names, strlen(names));
}

static void add_put(struct call *call, const struct daemon *daemon,
                    const struct territory *territory, const struct message *message,
                    const struct prepared *prepared)
{
    const struct kind_info *kind = kind_info(message->info->kind);
    struct origin origin;
    const char *blob;
    size_t size;

    memcpy(&origin, message->body, sizeof origin);
    add_reference_hash(call, daemon->key, kind->letter, origin.source, origin.reference);
    add_person(call, daemon->key, prepared);
    char observed[48];
    int length = snprintf(observed, sizeof observed, "%lld %s", (long long)origin.observed_at,
                          kind->initial_state);
    call_copy(call, observed, (size_t)length);
    if (!pack_part(call->arena, message, PRIVACY_PUBLIC | PRIVACY_MATCHING, &blob, &size)) {
        call->failed = true;
        return;
    }
    call_bytes(call, blob, size);
    add_sealed(call, daemon->key, territory, message, PRIVACY_PERSONAL, kind->name);
    add_sealed(call, daemon->key, territory, message, PRIVACY_STATISTICS, kind->name);
    call_bytes(call, prepared->words, prepared->words_size);
    add_references(call, prepared);
}

/* The states an event may lead out of. */
static void add_states(struct call *call, const struct message *message)
{
    static const char *const active[] = {"active"}, *const withdrawn[] = {"withdrawn"},
                             *const running[] = {"open", "draft"},
                             *const any[] = {"open", "draft", "closed"},
                             *const over[] = {"closed", "withdrawn"};
    const char *const *states = over;
    int64_t count = 2;

    switch (message->type) {
    case MESSAGE_LEARNER_WITHDRAW:
        states = active, count = 1;
        break;
    case MESSAGE_LEARNER_REOPEN:
        states = withdrawn, count = 1;
        break;
    case MESSAGE_OFFER_CLOSE:
        states = running, count = 2;
        break;
    case MESSAGE_OFFER_WITHDRAW:
        states = any, count = 3;
        break;
    default:
        break;
    }
    call_string(call, message->info->state);
    call_number(call, count);
    for (int64_t i = 0; i < count; i++)
        call_string(call, states[i]);
}

/* The record an event is about: its number, or else its reference. */
static void add_target(struct call *call, const struct daemon *daemon,
                       const struct message *message)
{
    const struct target *target = message->body;

    if (target->has.id) {
        call_number(call, (int64_t)id_number(target->id));
        call_string(call, "");
    } else {
        call_string(call, "");
        add_reference_hash(call, daemon->key, kind_info(message->info->kind)->letter,
                           target->source, target->reference);
    }
}

static void add_attachment(struct call *call, const struct daemon *daemon,
                           const struct message *message)
{
    const struct attachment *attachment = message->body;
    char words[WORDS_NORMAL_SIZE];
    const char *blob;
    size_t size;

    size_t length =
        words_normalise(attachment->words.data, attachment->words.size, words, sizeof words);
    add_reference_hash(call, daemon->key, 'A', (struct text){"attachment", 10},
                       (struct text){words, (uint32_t)length});
    call_number(call, clock_wall_ms());
    call_copy(call, words, length);
    call_bytes(call, attachment->skill.data, attachment->skill.size);
    if (pack_part(call->arena, message, PRIVACY_ALL, &blob, &size))
        call_bytes(call, blob, size);
    else
        call->failed = true;
}

static void add_words(struct call *call, const struct words *body)
{
    char words[WORDS_NORMAL_SIZE];
    size_t length = words_normalise(body->words.data, body->words.size, words, sizeof words);

    call_copy(call, words, length);
}

static void add_adoption(struct call *call, struct daemon *daemon, const struct adoption *adoption)
{
    char hash[REFERENTIAL_HASH_SIZE], communes[REFERENTIAL_HASH_SIZE], model[MODEL_ID_SIZE];
    struct territory probe = {.slots = 0};
    const char *reason;

    snprintf(hash, sizeof hash, "%.*s", (int)adoption->referential.size,
             adoption->referential.data);
    snprintf(communes, sizeof communes, "%.*s", (int)adoption->communes.size,
             adoption->communes.data);
    if (!territory_adopt(daemon->territories, &probe, hash, communes, &reason)) {
        call->failed = true; /* the intake looked before */
        return;
    }
    model_id(probe.referential, model);
    call_copy(call, model, strlen(model));
    call_copy(call, hash, strlen(hash));
    call_copy(call, communes, strlen(communes));
}

static void add_operation(struct call *call, struct daemon *daemon, struct territory *territory,
                          const struct message *message, const struct prepared *prepared)
{
    const struct territory_settings *settings = message->body;
    char day[DATE_TEXT_SIZE];

    switch (message->info->operation) {
    case OPERATION_PUT:
        add_put(call, daemon, territory, message, prepared);
        break;
    case OPERATION_STATE:
        add_target(call, daemon, message);
        add_states(call, message);
        break;
    case OPERATION_ERASE:
        add_target(call, daemon, message);
        break;
    case OPERATION_ATTACH:
        add_attachment(call, daemon, message);
        break;
    case OPERATION_DETACH:
        add_words(call, message->body);
        break;
    case OPERATION_DAY:
        date_print(((const struct day *)message->body)->day, day);
        call_copy(call, day, strlen(day));
        break;
    case OPERATION_ADOPT:
        add_adoption(call, daemon, message->body);
        break;
    case OPERATION_TERRITORY:
        call_bytes(call, settings->label.data, settings->label.size);
        if (settings->has.slots)
            call_number(call, settings->slots);
        else
            call_string(call, "");
        break;
    case OPERATION_NONE:
        break;
    }
}

/* Operation, kind and day in one argument: the function library knows nearly every one already. */
static void add_what(struct call *call, const struct message *message)
{
    const struct request *request = &message->request;
    const struct kind_info *kind = kind_info(message->info->kind);
    bool same_person = request->has.same_person && request->same_person;
    bool same = message->info->operation == OPERATION_PUT && same_person;
    const char letter[] = {' ', kind != NULL ? kind->letter : 'T', ' ', '\0'};
    char what[64], *end = stpcpy(what, operation_name(message->info->operation));

    end = stpcpy(stpcpy(end, same ? "_same" : ""), letter);
    date_print(request->occurred_on, end);
    call_copy(call, what, strlen(what));
}

static void add_all(struct call *call, struct daemon *daemon, struct territory *territory,
                    const char *client, const struct message *message,
                    const struct prepared *prepared)
{
    const struct request *request = &message->request;

    add_what(call, message);
    add_identity(call, daemon->key, client, message);
    if (request->has.if_revision)
        call_number(call, request->if_revision);
    else
        call_string(call, "");
    add_operation(call, daemon, territory, message, prepared);
}

/* -- the answer -------------------------------------------------------------------------------- */

static void commit_finish(struct commit *commit, struct reply *reply)
{
    static const struct errors none;

    reply->warnings = commit->warnings != NULL ? commit->warnings : &none;
    commit->done(commit->arg, reply);
    free(commit->warnings);
    free(commit);
}

static void commit_fail(struct commit *commit, enum reply_status status, enum error_code code,
                        const char *path, const char *expected)
{
    struct errors errors = {.count = 0};
    struct reply reply = {.status = status, .errors = &errors};

    errors_add(&errors, code, path, "%s", expected);
    if (status == REPLY_RETRY)
        reply.after_ms = RETRY_MS;
    commit_finish(commit, &reply);
}

static void commit_succeed(struct commit *commit)
{
    struct reply reply = {.status = REPLY_OK,
                          .record = commit->record,
                          .revision = commit->revision,
                          .result = {commit->result, (uint32_t)strlen(commit->result)}};

    FAULT_POINT("after-commit-before-reply");
    commit_finish(commit, &reply);
}

/* Which part of the request a refusal of the function is about. */
static void refusal_path(const struct commit *commit, enum error_code code, const char *culprit,
                         char *path, size_t size)
{
    const char *name = "body";

    switch (code) {
    case ERROR_REQUEST_REUSED:
        name = "id";
        break;
    case ERROR_REVISION_CONFLICT:
        name = "if_revision";
        break;
    case ERROR_UNKNOWN_TERRITORY:
        name = "territory";
        break;
    case ERROR_PROBABLE_DUPLICATE:
        name = "body.reference";
        break;
    case ERROR_DAY_BACKWARDS:
        name = "body.day";
        break;
    case ERROR_TERRITORY_EXISTS:
        name = "body.slots";
        break;
    case ERROR_UNKNOWN_REFERENCE: {
        const struct kind_info *kind = kind_info(kind_of_letter(culprit[0]));
        snprintf(path, size, "body.%s", kind != NULL ? kind->name : "id");
        return;
    }
    case ERROR_UNKNOWN_RECORD:
    case ERROR_WRONG_STATE:
        name = message_info(commit->type)->operation == OPERATION_DETACH ? "body.words" : "body.id";
        break;
    default:
        break;
    }
    snprintf(path, size, "%s", name);
}

static void commit_refused(struct commit *commit, const redisReply *reply)
{
    const char *name = redis_reply_string(reply, 1), *culprit = redis_reply_string(reply, 2);
    const char *detail = redis_reply_string(reply, 3);
    enum error_code code = error_of_name(name, strlen(name));
    char path[96], expected[200];

    refusal_path(commit, code, culprit, path, sizeof path);
    snprintf(expected, sizeof expected, "%s%s%s", culprit, culprit[0] && detail[0] ? ": " : "",
             detail);
    commit_fail(commit, REPLY_REJECTED, code == ERROR_NONE ? ERROR_INTERNAL : code, path, expected);
}

/* Warnings of the function, each a line: "<code> <culprit>". */
static void take_warnings(struct commit *commit, const char *text)
{
    while (*text == '\n') {
        size_t size = strcspn(++text, "\n"), name = strcspn(text, " \n");
        enum error_code code = name < size ? error_of_name(text, name) : ERROR_NONE;
        if (code != ERROR_NONE && commit->warnings == NULL)
            commit->warnings = calloc(1, sizeof *commit->warnings);
        if (code != ERROR_NONE && commit->warnings != NULL)
            errors_add(commit->warnings, code, "body", "%.*s", (int)(size - name - 1),
                       text + name + 1);
        text += size;
    }
}

/* "<record> <revision> <result>", then warnings. The territory's own changes have no record. */
static bool take_answer(struct commit *commit, const char *text)
{
    size_t record = strcspn(text, " ");
    char *end;

    if (!id_parse(text, record, &commit->record))
        commit->record = 0;
    commit->revision = strtoll(text + record, &end, 10);
    size_t result = strcspn(end, "\n");
    if (*end != ' ' || result - 1 >= sizeof commit->result)
        return false;
    memcpy(commit->result, end + 1, result - 1);
    commit->result[result - 1] = '\0';
    take_warnings(commit, end + result);
    return true;
}

static void on_read_back(void *arg, const redisReply *reply)
{
    struct commit *commit = arg;

    if (reply != NULL && reply->type == REDIS_REPLY_ARRAY) {
        enum operation operation = message_info(commit->type)->operation;
        if (operation == OPERATION_ATTACH || operation == OPERATION_DETACH)
            territory_load_attachments(commit->territory, reply);
        else
            territory_load_meta(commit->daemon->territories, commit->territory, reply);
    }
    commit_succeed(commit);
}

/* What the daemon remembers of the territory changed: the answer waits until it knows, so that
 * whoever read `ok` finds the new state in force. Read on the link of the commits: if that is lost
 * first, everything is read anew before the next commit. */
static bool commit_read_back(struct commit *commit)
{
    char key[TERRITORY_KEY_SIZE + 16];
    const char *suffix;

    switch (message_info(commit->type)->operation) {
    case OPERATION_DAY:
    case OPERATION_ADOPT:
    case OPERATION_TERRITORY:
        suffix = "meta";
        break;
    case OPERATION_ATTACH:
    case OPERATION_DETACH:
        suffix = "attachment";
        break;
    default:
        return false;
    }
    snprintf(key, sizeof key, "%s:%s", commit->territory->key, suffix);
    const char *argv[] = {"HGETALL", key};
    const size_t sizes[] = {7, strlen(key)};
    return store_commit(commit->daemon->store, on_read_back, commit, 2, argv, sizes);
}

static void on_committed(void *arg, const redisReply *reply)
{
    struct commit *commit = arg;

    if (redis_reply_is_unavailable(reply)) {
        commit_fail(commit, REPLY_RETRY, ERROR_STORE_AWAY, "", "the same request again");
        return;
    }
    if (strcmp(redis_reply_string(reply, 0), "rejected") == 0) {
        commit_refused(commit, reply);
        return;
    }
    if (reply->type != REDIS_REPLY_STRING || !take_answer(commit, reply->str)) {
        log_error("commit.failed", LOG_TEXT("territory", commit->territory->name),
                  LOG_TEXT("type", message_info(commit->type)->name),
                  LOG_TEXT("answer", reply->str != NULL ? reply->str : "malformed"));
        commit_fail(commit, REPLY_RETRY, ERROR_INTERNAL, "", "");
        return;
    }
    if (!commit_read_back(commit))
        commit_succeed(commit);
}

bool commit_event(struct daemon *daemon, struct territory *territory, const char *client,
                  const struct message *message, const struct prepared *prepared,
                  const struct errors *warnings, commit_done_fn *done, void *arg)
{
    struct call call = {.arena = daemon->arena};
    struct commit *commit = calloc(1, sizeof *commit);

    if (commit == NULL)
        return false;
    *commit = (struct commit){
        .daemon = daemon, .territory = territory, .type = message->type, .done = done, .arg = arg};
    if (warnings != NULL && warnings->total > 0) {
        commit->warnings = malloc(sizeof *warnings);
        if (commit->warnings != NULL)
            *commit->warnings = *warnings;
    }
    add_all(&call, daemon, territory, client, message, prepared);
    FAULT_POINT("before-commit");
    if (call.failed ||
        !batches_add(daemon->batches, territory, message->info->operation == OPERATION_PUT,
                     on_committed, commit, call.count, call.argv, call.sizes)) {
        free(commit->warnings);
        free(commit);
        return false;
    }
    return true;
}
