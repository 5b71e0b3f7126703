#include "daemon/event_arguments.h"

#include "matching/words.h"
#include "runtime/clock.h"
#include "runtime/stored.h"

#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum {
    REQUEST_KEY_SIZE = 16,
    BODY_HASH_SIZE = 8,
    SEALED_MAX = 64 * 1024,
    HASH_TEXT_SIZE = 2 * SEAL_PRINT_SIZE + 1,
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
ORIGIN_CHECK(jobdating);
ORIGIN_CHECK(attendance);
ORIGIN_CHECK(registration);
ORIGIN_CHECK(helper);
ORIGIN_CHECK(meeting);
ORIGIN_CHECK(timetable);

static void add_bytes(struct event_arguments *arguments, const void *data, size_t size)
{
    if (arguments->count == EVENT_ARGUMENTS_MAX) {
        arguments->failed = true;
        return;
    }
    arguments->argv[arguments->count] = data;
    arguments->sizes[arguments->count++] = size;
}

static void add_string(struct event_arguments *arguments, const char *string)
{
    add_bytes(arguments, string, strlen(string));
}

static void add_copy(struct event_arguments *arguments, const void *data, size_t size)
{
    char *copy = arena_copy(arguments->arena, data, size);

    if (copy == NULL)
        arguments->failed = true;
    else
        add_bytes(arguments, copy, size);
}

static void add_number(struct event_arguments *arguments, int64_t number)
{
    char text[24];
    int size = snprintf(text, sizeof text, "%lld", (long long)number);

    add_copy(arguments, text, (size_t)size);
}

/* -- what an event's arguments are made of ----------------------------------------------------- */

/* The body's hash is keyed: a body holds personal data, and what is kept of it outlives an erasure
 * by a day. */
static void add_identity(struct event_arguments *arguments, const struct seal_key *secret,
                         const char *client, const struct message *message)
{
    uint8_t key[REQUEST_KEY_SIZE], body[BODY_HASH_SIZE * 2], print[SEAL_PRINT_SIZE];
    const struct request *request = &message->request;
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, sizeof key);
    crypto_generichash_update(&state, (const uint8_t *)client, strlen(client) + 1);
    crypto_generichash_update(&state, (const uint8_t *)request->id.data, request->id.size);
    crypto_generichash_final(&state, key, sizeof key);
    add_copy(arguments, key, sizeof key);

    int64_t rest[] = {(int64_t)message->type, request->occurred_on,
                      request->has.if_revision ? request->if_revision : -1};
    uint8_t as_text[] = {request->draft, request->confirms};
    crypto_generichash_init(&state, NULL, 0, sizeof body);
    crypto_generichash_update(&state, (const uint8_t *)rest, sizeof rest);
    if (request->draft || request->confirms)
        crypto_generichash_update(&state, as_text, sizeof as_text);
    crypto_generichash_update(&state, message->body_bytes, message->body_size);
    crypto_generichash_final(&state, body, sizeof body);
    seal_print(secret, body, sizeof body, print);
    add_copy(arguments, print, BODY_HASH_SIZE);
}

/* The look-up hash of a reference, as hex digits. Empty, and failed, when out of memory. */
static void reference_hash(struct event_arguments *arguments, const struct seal_key *key,
                           struct text source, struct text reference, char hex[HASH_TEXT_SIZE])
{
    uint8_t hash[SEAL_PRINT_SIZE];
    const char *first = arena_copy(arguments->arena, source.data, source.size);
    const char *second = arena_copy(arguments->arena, reference.data, reference.size);

    hex[0] = '\0';
    if (first == NULL || second == NULL) {
        arguments->failed = true;
        return;
    }
    seal_find(key, first, second, hash);
    sodium_bin2hex(hex, HASH_TEXT_SIZE, hash, sizeof hash);
}

/* How a record is looked up: the letter of its kind, then the hash. */
static void add_reference(struct event_arguments *arguments, const struct seal_key *key,
                          char letter, struct text source, struct text reference)
{
    char text[1 + HASH_TEXT_SIZE] = {letter};

    reference_hash(arguments, key, source, reference, text + 1);
    add_copy(arguments, text, strlen(text));
}

/* The record's fields of the given classes, packed into the arena, behind a head of that size. */
static bool pack_behind(struct arena *arena, const void *head, size_t head_size,
                        const struct message *message, unsigned privacy, const char **data,
                        size_t *size)
{
    msgpack_sbuffer buffer;
    msgpack_packer packer;

    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    bool packed = (head_size == 0 || msgpack_sbuffer_write(&buffer, head, head_size) == 0) &&
                  record_encode(message->info->body, message->body, privacy, &packer);
    *size = buffer.size;
    *data = packed ? arena_copy(arena, buffer.data, buffer.size) : NULL;
    msgpack_sbuffer_destroy(&buffer);
    return *data != NULL;
}

static bool pack_part(struct arena *arena, const struct message *message, unsigned privacy,
                      const char **data, size_t *size)
{
    return pack_behind(arena, NULL, 0, message, privacy, data, size);
}

/* Fingerprint and box of a part that is kept sealed, in one argument; empty when there is none. */
static void add_sealed(struct event_arguments *arguments, const struct seal_key *key,
                       const struct territory *territory, const struct message *message,
                       unsigned privacy, const char *kind)
{
    struct seal_scope scope = {territory->name, kind};
    char statistics[40];
    const char *plain;
    size_t size;

    if (!record_has_any(message->info->body, message->body, privacy)) {
        add_string(arguments, "");
        return;
    }
    if (privacy == PRIVACY_STATISTICS) {
        snprintf(statistics, sizeof statistics, "%s.statistics", kind);
        scope.kind = statistics;
    }
    uint8_t *part = NULL;
    if (pack_part(arguments->arena, message, privacy, &plain, &size) && size <= SEALED_MAX)
        part = arena_alloc(arguments->arena, SEAL_PRINT_SIZE + size + SEAL_OVERHEAD);
    if (part == NULL) {
        arguments->failed = true;
        return;
    }
    seal_print(key, plain, size, part);
    seal_box(key, &scope, plain, size, part + SEAL_PRINT_SIZE);
    add_bytes(arguments, part, SEAL_PRINT_SIZE + size + SEAL_OVERHEAD);
}

/* Half of it stands for the name, half for name and birth date: a date that is mended later makes
 * nobody else of a person. Empty when there is no name. */
static void person_hash(const struct seal_key *key, const struct prepared *prepared,
                        char hex[HASH_TEXT_SIZE])
{
    uint8_t name[SEAL_PRINT_SIZE], whole[SEAL_PRINT_SIZE];
    char person[sizeof prepared->name + sizeof prepared->born];

    hex[0] = '\0';
    if (prepared->name[0] == '\0')
        return;
    snprintf(person, sizeof person, "%s|%s", prepared->name, prepared->born);
    seal_find(key, "name", prepared->name, name);
    seal_find(key, "person", person, whole);
    memcpy(name + SEAL_PRINT_SIZE / 2, whole, SEAL_PRINT_SIZE / 2);
    sodium_bin2hex(hex, HASH_TEXT_SIZE, name, sizeof name);
}

/* The names of the records that a record names; returns their size. */
static size_t names_write(char *names, const struct prepared *prepared)
{
    size_t size = 0;

    for (unsigned i = 0; i < prepared->reference_count; i++) {
        if (i > 0)
            names[size++] = ',';
        id_print(prepared->references[i], names + size);
        size += strlen(names + size);
    }
    return size;
}

/* The record as it is stored when the event creates it. */
static void add_record(struct event_arguments *arguments, const struct seal_key *key,
                       const struct message *message, const struct prepared *prepared)
{
    const struct kind_info *kind = kind_info(message->info->kind);
    uint8_t head[STORED_HEADER_SIZE + PREPARED_REFERENCES_MAX * ID_TEXT_SIZE];
    char reference[HASH_TEXT_SIZE], person[HASH_TEXT_SIZE];
    struct origin origin;
    const char *data;
    size_t size;

    memcpy(&origin, message->body, sizeof origin);
    reference_hash(arguments, key, origin.source, origin.reference, reference);
    person_hash(key, prepared, person);
    size_t names = names_write((char *)head + STORED_HEADER_SIZE, prepared);
    bool draft = message->type == MESSAGE_OFFER_PUT && message->request.draft;
    stored_write_header(head, draft ? "draft" : kind->initial_state, kind->letter, reference,
                        person, origin.observed_at, names);
    if (pack_behind(arguments->arena, head, STORED_HEADER_SIZE + names, message,
                    PRIVACY_PUBLIC | PRIVACY_MATCHING, &data, &size))
        add_bytes(arguments, data, size);
    else
        arguments->failed = true;
}

static void add_expected(struct event_arguments *arguments, const struct request *request)
{
    if (request->has.if_revision)
        add_number(arguments, request->if_revision);
    else
        add_string(arguments, "");
}

static void add_put(struct event_arguments *arguments, const struct daemon *daemon,
                    const struct territory *territory, const struct message *message,
                    const struct prepared *prepared)
{
    const char *kind = kind_info(message->info->kind)->name;

    add_record(arguments, daemon->key, message, prepared);
    /* From here on optional; what is rarest comes last. */
    add_sealed(arguments, daemon->key, territory, message, PRIVACY_PERSONAL, kind);
    add_sealed(arguments, daemon->key, territory, message, PRIVACY_STATISTICS, kind);
    add_bytes(arguments, prepared->words, prepared->words_size);
    add_expected(arguments, &message->request);
}

/* The states an event may lead out of. */
static void add_states(struct event_arguments *arguments, const struct message *message)
{
    static const char
        *const active[] = {"active"},
               *const withdrawn[] = {"withdrawn"}, *const running[] = {"open", "draft"},
               *const any[] = {"open", "draft", "closed"}, *const over[] = {"closed", "withdrawn"},
               *const preparing[] = {"preparing"}, *const ahead[] = {"preparing", "running"},
               *const settled[] = {"running", "over", "cancelled"};
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
    case MESSAGE_JOBDATING_START:
        states = preparing, count = 1;
        break;
    case MESSAGE_JOBDATING_END:
    case MESSAGE_JOBDATING_CANCEL:
        states = ahead, count = 2;
        break;
    case MESSAGE_JOBDATING_REOPEN:
        states = settled, count = 3;
        break;
    default:
        break;
    }
    add_string(arguments, message->info->state);
    add_number(arguments, count);
    for (int64_t i = 0; i < count; i++)
        add_string(arguments, states[i]);
}

/* The record an event is about: its number, or else its reference. */
static void add_target(struct event_arguments *arguments, const struct daemon *daemon,
                       const struct message *message)
{
    const struct target *target = message->body;

    if (target->has.id) {
        add_number(arguments, (int64_t)id_number(target->id));
        add_string(arguments, "");
    } else {
        add_string(arguments, "");
        add_reference(arguments, daemon->key, kind_info(message->info->kind)->letter,
                      target->source, target->reference);
    }
}

static void add_attachment(struct event_arguments *arguments, const struct daemon *daemon,
                           const struct message *message)
{
    const struct attachment *attachment = message->body;
    char words[WORDS_NORMAL_SIZE];
    const char *blob;
    size_t size;

    size_t length =
        words_normalise(attachment->words.data, attachment->words.size, words, sizeof words);
    add_reference(arguments, daemon->key, 'A', (struct text){"attachment", 10},
                  (struct text){words, (uint32_t)length});
    add_number(arguments, clock_wall_ms());
    add_copy(arguments, words, length);
    add_bytes(arguments, attachment->skill.data, attachment->skill.size);
    if (pack_part(arguments->arena, message, PRIVACY_ALL, &blob, &size))
        add_bytes(arguments, blob, size);
    else
        arguments->failed = true;
}

static void add_words(struct event_arguments *arguments, const struct words *body)
{
    char words[WORDS_NORMAL_SIZE];
    size_t length = words_normalise(body->words.data, body->words.size, words, sizeof words);

    add_copy(arguments, words, length);
}

static void add_adoption(struct event_arguments *arguments, struct daemon *daemon,
                         const struct adoption *adoption)
{
    char hash[REFERENTIAL_HASH_SIZE], communes[REFERENTIAL_HASH_SIZE], model[MODEL_ID_SIZE];
    struct territory probe = {.slots = 0};
    const char *reason;

    snprintf(hash, sizeof hash, "%.*s", (int)adoption->referential.size,
             adoption->referential.data);
    snprintf(communes, sizeof communes, "%.*s", (int)adoption->communes.size,
             adoption->communes.data);
    if (!territory_adopt(daemon->territories, &probe, hash, communes, &reason)) {
        arguments->failed = true; /* the intake looked before */
        return;
    }
    model_id(probe.referential, model);
    add_copy(arguments, model, strlen(model));
    add_copy(arguments, hash, strlen(hash));
    add_copy(arguments, communes, strlen(communes));
}

static void add_operation(struct event_arguments *arguments, struct daemon *daemon,
                          struct territory *territory, const struct message *message,
                          const struct prepared *prepared)
{
    const struct territory_settings *settings = message->body;
    char day[DATE_TEXT_SIZE];

    switch (message->info->operation) {
    case OPERATION_PUT:
        add_put(arguments, daemon, territory, message, prepared);
        break;
    case OPERATION_STATE:
        add_target(arguments, daemon, message);
        add_states(arguments, message);
        break;
    case OPERATION_ERASE:
    case OPERATION_CONFIRM:
        add_target(arguments, daemon, message);
        break;
    case OPERATION_ATTACH:
        add_attachment(arguments, daemon, message);
        break;
    case OPERATION_DETACH:
        add_words(arguments, message->body);
        break;
    case OPERATION_DAY:
        date_print(((const struct day *)message->body)->day, day);
        add_copy(arguments, day, strlen(day));
        break;
    case OPERATION_ADOPT:
        add_adoption(arguments, daemon, message->body);
        break;
    case OPERATION_TERRITORY:
        add_bytes(arguments, settings->label.data, settings->label.size);
        if (settings->has.slots)
            add_number(arguments, settings->slots);
        else
            add_string(arguments, "");
        break;
    case OPERATION_RECOGNISE:
    case OPERATION_NONE:
        break;
    }
}

/* Whether the configuration names the source among those whose texts need no confirmation. */
static bool source_is_trusted(const struct config *config, struct text source)
{
    const char *at = config->daemon_trusted_sources;

    while (*at != '\0') {
        size_t size = strcspn(at, ",");
        if (size == source.size && memcmp(at, source.data, size) == 0)
            return true;
        at += size + (at[size] == ',');
    }
    return false;
}

/* A put is several operations, by what its envelope says. */
static const char *operation_of(const struct daemon *daemon, const struct message *message)
{
    const struct request *request = &message->request;

    if (message->info->operation == OPERATION_PUT && request->same_person)
        return "put_same";
    if (message->type != MESSAGE_OFFER_PUT)
        return operation_name(message->info->operation);
    if (request->draft)
        return source_is_trusted(daemon->config, ((const struct offer *)message->body)->source)
                   ? "put_trusted"
                   : "put_draft";
    return request->confirms ? "put_confirmed" : operation_name(OPERATION_PUT);
}

/* Operation, kind and day in one argument: the function library knows nearly every one already. */
static void add_what(struct event_arguments *arguments, const char *operation, char letter,
                     int32_t occurred_on)
{
    const char middle[] = {' ', letter, ' ', '\0'};
    char what[64], *end = stpcpy(stpcpy(what, operation), middle);

    date_print(occurred_on, end);
    add_copy(arguments, what, strlen(what));
}

void event_arguments_commit(struct event_arguments *arguments, struct daemon *daemon,
                            struct territory *territory, const char *client,
                            const struct message *message, const struct prepared *prepared)
{
    const struct request *request = &message->request;
    const struct kind_info *kind = kind_info(message->info->kind);

    add_what(arguments, operation_of(daemon, message), kind != NULL ? kind->letter : 'T',
             request->occurred_on);
    add_identity(arguments, daemon->key, client, message);
    if (message->info->operation != OPERATION_PUT)
        add_expected(arguments, request);
    add_operation(arguments, daemon, territory, message, prepared);
}

void event_arguments_recall(struct event_arguments *arguments, struct daemon *daemon,
                            const char *client, const struct message *message)
{
    add_what(arguments, "recall", 'T', message->request.occurred_on);
    add_identity(arguments, daemon->key, client, message);
    add_string(arguments, "");
}
