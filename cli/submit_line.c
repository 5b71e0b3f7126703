#include "submit_line.h"

#include "client.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { STABLE_ID_BYTES = 16, PATH_SIZE = 96 };

/* -- references in the body -------------------------------------------------------------------- */

struct resolving {
    const struct submit_settings *settings;
    uint8_t target_kind; /* of fields that take any letter */
    struct errors *errors;
};

static void resolve_record(const struct resolving *resolving, const struct record_type *type,
                           json_t *map, const char *path);

/* The id in place of "@source:reference"; any other value is left to the server. */
static json_t *resolved_id(const struct resolving *resolving, const struct field *field,
                           const json_t *value, const char *path)
{
    const char *name = json_string_value(value);
    if (name == NULL || *name != '@')
        return NULL;
    uint8_t kind = field->min != 0 ? kind_of_letter((char)field->min) : resolving->target_kind;
    uint64_t id;
    if (!resolving->settings->resolve(resolving->settings->data, kind, name + 1, &id)) {
        errors_add(resolving->errors, ERROR_UNKNOWN_REFERENCE, path, "%s", name);
        return NULL;
    }
    char text[ID_TEXT_SIZE];
    id_print(id, text);
    return json_string(text);
}

static void resolve_field(const struct resolving *resolving, const struct field *field, json_t *map,
                          const char *path)
{
    json_t *value = json_object_get(map, field->name);
    char inner[PATH_SIZE];
    snprintf(inner, sizeof inner, "%s.%s", path, field->name);
    if (field->type == FIELD_ID) {
        json_t *id = resolved_id(resolving, field, value, inner);
        if (id != NULL)
            json_object_set_new(map, field->name, id);
    } else if (field->type == FIELD_RECORD) {
        resolve_record(resolving, field->record, value, inner);
    } else if (field->type == FIELD_RECORDS) {
        for (size_t i = 0; i < json_array_size(value); i++)
            resolve_record(resolving, field->record, json_array_get(value, i), inner);
    }
}

static void resolve_record(const struct resolving *resolving, const struct record_type *type,
                           json_t *map, const char *path)
{
    if (!json_is_object(map))
        return;
    for (unsigned i = 0; i < type->count; i++)
        if (json_object_get(map, type->fields[i].name) != NULL)
            resolve_field(resolving, &type->fields[i], map, path);
}

/* -- the envelope ------------------------------------------------------------------------------ */

static bool fill_text(json_t *root, const char *key, const char *value)
{
    return json_object_get(root, key) != NULL ||
           json_object_set_new(root, key, json_string(value)) == 0;
}

static bool fill_envelope(json_t *root, const struct submit_settings *settings)
{
    char day[DATE_TEXT_SIZE];
    date_print(settings->today, day);
    return (json_object_get(root, "v") != NULL ||
            json_object_set_new(root, "v", json_integer(1)) == 0) &&
           fill_text(root, "territory", settings->territory) && fill_text(root, "occurred_on", day);
}

/* The id is a hash of all the rest: the same event has the same id, another one has another. */
static bool fill_stable_id(json_t *root)
{
    char id[2 * STABLE_ID_BYTES + 1];
    uint8_t hash[STABLE_ID_BYTES];
    char *plain = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
    if (plain == NULL)
        return false;
    crypto_generichash(hash, sizeof hash, (const uint8_t *)plain, strlen(plain), NULL, 0);
    free(plain);
    sodium_bin2hex(id, sizeof id, hash, sizeof hash);
    return fill_text(root, "id", id);
}

static bool fill_id(json_t *root, bool stable)
{
    if (json_object_get(root, "id") != NULL)
        return true;
    if (stable)
        return fill_stable_id(root);
    char id[CLIENT_ID_SIZE];
    client_make_id(id);
    return fill_text(root, "id", id);
}

/* -- the request ------------------------------------------------------------------------------- */

static const struct message_info *read_type(const json_t *root, struct submission *submission,
                                            struct errors *errors)
{
    const char *type = json_string_value(json_object_get(root, "type"));
    if (type == NULL) {
        errors_add(errors, ERROR_MISSING_FIELD, "type", "learner.put, offer.put, …");
        return NULL;
    }
    submission->type = message_of_name(type, strlen(type));
    const struct message_info *info = message_info(submission->type);
    if (info == NULL || info->operation == OPERATION_NONE) {
        errors_add(errors, ERROR_UNKNOWN_TYPE, "type", "learner.put, offer.put, …");
        submission->type = MESSAGE_NONE;
        return NULL;
    }
    return info;
}

static bool read_name(const json_t *body, const struct message_info *info, struct arena *arena,
                      struct submission *submission)
{
    const char *source = json_string_value(json_object_get(body, "source"));
    const char *reference = json_string_value(json_object_get(body, "reference"));
    char *name;
    if (info->operation != OPERATION_PUT || source == NULL || reference == NULL)
        return true;
    if (asprintf(&name, "%s:%s", source, reference) < 0)
        return false;
    submission->name = arena_copy(arena, name, strlen(name));
    free(name);
    return submission->name != NULL;
}

static bool pack(json_t *root, struct arena *arena, struct submission *submission,
                 struct errors *errors)
{
    const char *id = json_string_value(json_object_get(root, "id"));
    if (id == NULL) {
        errors_add(errors, ERROR_WRONG_TYPE, "id", "text");
        return false;
    }
    if (*id == '\0' || strlen(id) > CLIENT_REQUEST_ID_MAX) {
        errors_add(errors, ERROR_OUT_OF_BOUNDS, "id", "1..%d", CLIENT_REQUEST_ID_MAX);
        return false;
    }
    submission->id = (struct text){arena_copy(arena, id, strlen(id)), (uint32_t)strlen(id)};
    char *plain = json_dumps(root, JSON_COMPACT);
    if (plain != NULL && submission->id.data != NULL)
        submission->bytes = json_to_wire(plain, strlen(plain), arena, &submission->size, errors);
    free(plain);
    if (submission->bytes == NULL && errors->total == 0)
        errors_add(errors, ERROR_TOO_LARGE, "", "%d", WIRE_REQUEST_MAX);
    return submission->bytes != NULL;
}

static bool make_request(json_t *root, const struct submit_settings *settings, struct arena *arena,
                         struct submission *submission, struct errors *errors)
{
    const struct message_info *info = read_type(root, submission, errors);
    if (info == NULL)
        return false;
    json_t *body = json_object_get(root, "body");
    struct resolving resolving = {settings, info->kind, errors};
    resolve_record(&resolving, info->body, body, "body");
    if (errors->total > 0)
        return false;
    if (!read_name(body, info, arena, submission) || !fill_envelope(root, settings) ||
        !fill_id(root, settings->stable_ids)) {
        errors_add(errors, ERROR_TOO_LARGE, "", "%d", WIRE_REQUEST_MAX);
        return false;
    }
    return pack(root, arena, submission, errors);
}

bool submit_line_read(const char *line, size_t size, const struct submit_settings *settings,
                      struct arena *arena, struct submission *submission, struct errors *errors)
{
    json_error_t wrong;
    *submission = (struct submission){.type = MESSAGE_NONE};
    json_t *root = json_loadb(line, size, JSON_REJECT_DUPLICATES, &wrong);
    if (!json_is_object(root)) {
        errors_add(errors, ERROR_NOT_JSON, "", "%s", root == NULL ? wrong.text : "{…}");
        json_decref(root);
        return false;
    }
    bool made = make_request(root, settings, arena, submission, errors);
    json_decref(root);
    return made;
}
