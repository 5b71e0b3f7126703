#include "offer_confirm.h"

#include "record_action.h"
#include "tree.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_MAX = 1024 * 1024 };

static enum ending confirm_as_understood(struct context *context, const char *word,
                                         int64_t revision)
{
    struct target target;
    struct request request = {.if_revision = revision};
    request.has.if_revision = revision >= 0;
    return record_target(context, word, &target)
               ? context_do(context, &request, MESSAGE_OFFER_CONFIRM, &target)
               : END_USAGE;
}

/* NULL after having said what is wrong. */
static json_t *corrections_read(struct context *context, const char *path)
{
    json_error_t error;
    json_t *object = strcmp(path, "-") == 0
                         ? json_loadf(context->in, JSON_REJECT_DUPLICATES, &error)
                         : json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(object))
        return object;
    say(context->err, CONFIRM_NOT_JSON, path, object ? "{" : error.text);
    json_decref(object);
    return NULL;
}

static void corrections_apply(json_t *record, json_t *corrections)
{
    const char *key;
    json_t *value;
    json_object_foreach(corrections, key, value)
    {
        if (json_is_null(value))
            json_object_del(record, key);
        else
            json_object_set(record, key, value);
    }
}

/* The record that the fields make, in the arena; NULL after having said what is wrong. */
static struct offer *offer_of_json(struct context *context, const json_t *fields,
                                   struct arena *arena)
{
    struct errors errors = {.count = 0};
    size_t size = 0;
    char *text = json_dumps(fields, JSON_COMPACT);
    struct offer *offer = arena_alloc(arena, sizeof *offer);
    uint8_t *wire = text && offer ? json_to_wire(text, strlen(text), arena, &size, &errors) : NULL;
    const msgpack_object *map = wire ? wire_unpack(wire, size, arena, &errors) : NULL;
    free(text);
    if (map && record_decode(&offer_type, map, offer, arena, "record", &errors))
        return offer;
    if (errors.total == 0)
        context_no_memory(context);
    errors_say(context->err, &errors);
    return NULL;
}

static enum ending confirm_record(struct context *context, const json_t *fields, int64_t revision)
{
    struct request request = {.if_revision = revision, .confirms = true, .lenient = true};
    request.has.if_revision = request.has.confirms = request.has.lenient = true;
    struct arena *arena = arena_create(ARENA_MAX);
    struct offer *offer = arena ? offer_of_json(context, fields, arena) : NULL;
    enum ending ending =
        offer ? context_do(context, &request, MESSAGE_OFFER_PUT, offer) : END_REJECTED;
    arena_free(arena);
    return ending;
}

enum ending offer_confirm(struct context *context, const char *word, const char *corrections,
                          int64_t revision)
{
    struct client_reply reply;
    const msgpack_object *stored;
    if (!corrections)
        return confirm_as_understood(context, word, revision);
    json_t *changes = corrections_read(context, corrections);
    if (!changes)
        return END_REJECTED;
    enum ending ending = record_fetch(context, word, KIND_OFFER, true, &reply, &stored);
    if (ending == END_OK) {
        json_t *fields = tree_to_json(tree_find(stored, "record"));
        json_t *proposed = tree_to_json(tree_find(stored, "draft.proposed"));
        int64_t present = tree_number(stored, "revision", 0);
        json_object_update(fields, proposed);
        corrections_apply(fields, changes);
        ending = confirm_record(context, fields, revision >= 0 ? revision : present);
        json_decref(fields);
        json_decref(proposed);
    }
    json_decref(changes);
    return ending;
}
