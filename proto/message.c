#include "message.h"

#include "decode.h"
#include "encode.h"
#include "wire.h"

#include <stdio.h>
#include <string.h>

static const char *const operation_names[] = {[OPERATION_NONE] = "none",
#define OPERATION_NAME(constant, wire) [OPERATION_##constant] = wire,
                                              OPERATIONS_ALL(OPERATION_NAME)
#undef OPERATION_NAME
};

static const struct message_info messages[] = {
#define MESSAGE_ROW(constant, wire, op, of_kind, record, new_state, text)                          \
    [MESSAGE_##constant] = {.name = wire,                                                          \
                            .operation = OPERATION_##op,                                           \
                            .kind = KIND_##of_kind,                                                \
                            .body = &record##_type,                                                \
                            .state = new_state,                                                    \
                            .doc = text},
    MESSAGES_ALL(MESSAGE_ROW)
#undef MESSAGE_ROW
};

static const struct kind_info kinds[] = {
    [KIND_LEARNER] = {"learner", 'L', &learner_type, "active", "active,withdrawn"},
    [KIND_OFFER] = {"offer", 'O', &offer_type, "open", "open,closed,withdrawn,draft"},
    [KIND_EMPLOYER] = {"employer", 'E', &employer_type, "active", "active"},
    [KIND_PROGRAMME] = {"programme", 'P', &programme_type, "active", "active"},
    [KIND_COHORT] = {"cohort", 'C', &cohort_type, "active", "active"},
    [KIND_ATTACHMENT] = {"attachment", 'A', &attachment_type, "active", "active"},
    [KIND_JOBDATING] = {"jobdating", 'J', &jobdating_type, "preparing",
                        "preparing,running,over,cancelled"},
    [KIND_ATTENDANCE] = {"attendance", 'F', &attendance_type, "active", "active"},
    [KIND_REGISTRATION] = {"registration", 'R', &registration_type, "active", "active"},
    [KIND_HELPER] = {"helper", 'H', &helper_type, "active", "active"},
    [KIND_MEETING] = {"meeting", 'M', &meeting_type, "active", "active"},
    [KIND_TIMETABLE] = {"timetable", 'B', &timetable_type, "active", "active"},
};

const char *operation_name(enum operation operation)
{
    return operation_names[operation];
}

const struct message_info *message_info(enum message_type type)
{
    return type > MESSAGE_NONE && type < MESSAGE_END ? &messages[type] : NULL;
}

enum message_type message_of(enum operation operation, uint8_t kind)
{
    for (enum message_type type = MESSAGE_NONE + 1; type < MESSAGE_END; type++)
        if (messages[type].operation == operation && messages[type].kind == kind)
            return type;
    return MESSAGE_NONE;
}

enum message_type message_of_name(const char *name, size_t size)
{
    for (enum message_type type = MESSAGE_NONE + 1; type < MESSAGE_END; type++)
        if (strlen(messages[type].name) == size && memcmp(messages[type].name, name, size) == 0)
            return type;
    return MESSAGE_NONE;
}

const struct kind_info *kind_info(uint8_t kind)
{
    return kind > KIND_ABSENT && kind < KIND_END ? &kinds[kind] : NULL;
}

uint8_t kind_of_letter(char letter)
{
    for (uint8_t kind = KIND_ABSENT + 1; kind < KIND_END; kind++)
        if (kinds[kind].letter == letter)
            return kind;
    return KIND_ABSENT;
}

/* -- decoding -----------------------------------------------------------------------------------
 */

static const msgpack_object *map_find(const msgpack_object *map, const char *key)
{
    size_t size = strlen(key);
    for (uint32_t i = 0; i < map->via.map.size; i++) {
        const msgpack_object_kv *pair = &map->via.map.ptr[i];
        if (pair->key.via.str.size == size && memcmp(pair->key.via.str.ptr, key, size) == 0)
            return &pair->val;
    }
    return NULL;
}

/* The id alone, for the reply to a request that is refused before its envelope is decoded. */
static void find_id(const msgpack_object *map, struct request *request)
{
    const msgpack_object *id = map_find(map, "id");
    if (!id || id->type != MSGPACK_OBJECT_STR || id->via.str.size == 0 || id->via.str.size > 64)
        return;
    request->id = (struct text){id->via.str.ptr, id->via.str.size};
    request->has.id = true;
}

static bool version_is_known(const msgpack_object *map, struct errors *errors)
{
    const msgpack_object *version = map_find(map, "v");
    bool other = version && (version->type == MSGPACK_OBJECT_NEGATIVE_INTEGER ||
                             (version->type == MSGPACK_OBJECT_POSITIVE_INTEGER &&
                              version->via.u64 != PROTOCOL_VERSION));
    if (other)
        errors_add(errors, ERROR_UNKNOWN_VERSION, "v", "%d", PROTOCOL_VERSION);
    return !other;
}

/* Decodes all but the body as a record of its own. */
static void decode_envelope(const msgpack_object *map, struct arena *arena, struct message *message,
                            struct errors *errors)
{
    msgpack_object_kv pairs[WIRE_KEYS_MAX];
    msgpack_object envelope = {.type = MSGPACK_OBJECT_MAP, .via.map.ptr = pairs};
    const msgpack_object *body = map_find(map, "body");
    for (uint32_t i = 0; i < map->via.map.size; i++)
        if (&map->via.map.ptr[i].val != body)
            pairs[envelope.via.map.size++] = map->via.map.ptr[i];
    struct text id = message->request.id;
    record_decode_strictly(&request_type, &envelope, &message->request, arena, "", errors);
    if (id.data) {
        message->request.id = id;
        message->request.has.id = true;
    }
}

/* What an envelope must have depends on the type. */
static void check_envelope(const struct message *message, const msgpack_object *map,
                           struct errors *errors)
{
    if (message->type != MESSAGE_STATUS && !map_find(map, "territory"))
        errors_add(errors, ERROR_MISSING_FIELD, "territory", "name of a territory");
    if (message->info->operation != OPERATION_NONE && !map_find(map, "occurred_on"))
        errors_add(errors, ERROR_MISSING_FIELD, "occurred_on", "date such as 2026-11-22");
}

/* Lists the types of the same family, or some of all. */
static void refuse_type(struct text type, struct errors *errors)
{
    const char *dot = memchr(type.data, '.', type.size);
    size_t family = dot ? (size_t)(dot - type.data) + 1 : 0;
    const char *names[MESSAGE_END];
    struct choices found = {.name = "type", .names = names};
    for (enum message_type i = MESSAGE_NONE + 1; i < MESSAGE_END; i++)
        if (strncmp(messages[i].name, type.data, family) == 0)
            names[found.count++] = messages[i].name;
    if (found.count == 0)
        for (enum message_type i = MESSAGE_NONE + 1; i < MESSAGE_END; i++)
            names[found.count++] = messages[i].name;
    struct field field = {.type = FIELD_CHOICE, .choices = &found};
    char expected[sizeof errors->item[0].expected];
    field_expect(&field, expected, sizeof expected);
    errors_add(errors, ERROR_UNKNOWN_TYPE, "type", "%s", expected);
}

static void decode_body(const msgpack_object *map, struct arena *arena, struct message *message,
                        struct errors *errors)
{
    const struct record_type *type = message->info->body;
    const msgpack_object *body = map_find(map, "body");
    if (!body) {
        errors_add(errors, ERROR_MISSING_FIELD, "body", "map: %s", type->name);
        return;
    }
    message->body = arena_alloc(arena, type->size);
    if (!message->body) {
        errors_add(errors, ERROR_TOO_LARGE, "body", "a message that needs less memory");
        return;
    }
    record_decode_strictly(type, body, message->body, arena, "body", errors);
}

/* The record that an event changes must be of its kind: offer.close takes no learner. */
static void check_target(const struct message *message, struct errors *errors)
{
    const struct target *target = message->body;
    const struct kind_info *kind = kind_info(message->info->kind);
    if (target && kind && message->info->body == &target_type && target->has.id &&
        id_letter(target->id) != kind->letter)
        errors_add(errors, ERROR_WRONG_KIND, "body.id", "id such as %c1042", kind->letter);
}

static bool decode_map(const msgpack_object *map, struct arena *arena, struct message *message,
                       struct errors *errors)
{
    if (map->type != MSGPACK_OBJECT_MAP) {
        errors_add(errors, ERROR_WRONG_TYPE, "", "map with v, id, type and body");
        return false;
    }
    find_id(map, &message->request);
    if (!version_is_known(map, errors))
        return false;
    decode_envelope(map, arena, message, errors);
    if (!message->request.has.type)
        return false;
    message->type = message_of_name(message->request.type.data, message->request.type.size);
    message->info = message_info(message->type);
    if (!message->info) {
        refuse_type(message->request.type, errors);
        return false;
    }
    check_envelope(message, map, errors);
    decode_body(map, arena, message, errors);
    check_target(message, errors);
    return true;
}

bool message_decode(const uint8_t *data, size_t size, struct arena *arena, struct message *message,
                    struct errors *errors)
{
    *message = (struct message){.type = MESSAGE_NONE};
    unsigned before = errors->total;
    struct wire_slice slice = {0};
    const msgpack_object *map = wire_unpack_slice(data, size, arena, "body", &slice, errors);
    if (!map || !decode_map(map, arena, message, errors))
        return false;
    message->body_bytes = data + slice.offset;
    message->body_size = slice.size;
    return errors->total == before;
}

/* -- encoding -----------------------------------------------------------------------------------
 */

bool message_encode(const struct request *request, enum message_type type, const void *body,
                    msgpack_packer *packer)
{
    const struct message_info *info = message_info(type);
    struct request envelope = *request;
    envelope.has.v = envelope.has.type = true;
    envelope.v = PROTOCOL_VERSION;
    envelope.type = (struct text){info->name, (uint32_t)strlen(info->name)};
    uint32_t pairs = record_count_packed(&request_type, &envelope, PRIVACY_ALL);
    return msgpack_pack_map(packer, pairs + 1) == 0 &&
           record_pack_pairs(&request_type, &envelope, PRIVACY_ALL, packer) &&
           pack_word(packer, "body") && record_encode(info->body, body, PRIVACY_ALL, packer);
}
