#include "encode.h"
#include "message.h"

#include <stdio.h>
#include <string.h>

static const char *const status_names[] = {[REPLY_NONE] = "",
#define STATUS_NAME(constant, wire) [REPLY_##constant] = wire,
                                           REPLY_STATUSES(STATUS_NAME)
#undef STATUS_NAME
};

/* -- encoding -----------------------------------------------------------------------------------
 */

static bool pack_findings(msgpack_packer *packer, const char *key, const struct errors *findings)
{
    bool fine = pack_word(packer, key) && msgpack_pack_array(packer, findings->count) == 0;
    for (unsigned i = 0; i < findings->count; i++) {
        const struct error *item = &findings->item[i];
        fine = fine && msgpack_pack_map(packer, 3) == 0 && pack_word(packer, "code") &&
               pack_word(packer, error_name(item->code)) && pack_word(packer, "path") &&
               pack_word(packer, item->path) && pack_word(packer, "expected") &&
               pack_word(packer, item->expected);
    }
    return fine;
}

static bool pack_number(msgpack_packer *packer, const char *key, int64_t number)
{
    return pack_word(packer, key) && msgpack_pack_int64(packer, number) == 0;
}

bool reply_encode(const struct reply *reply, msgpack_packer *packer)
{
    bool has_errors = reply->errors && reply->errors->count > 0;
    bool has_warnings = reply->warnings && reply->warnings->count > 0;
    size_t pairs = 2u + (reply->id.size > 0) + (reply->record != 0) + (reply->revision != 0) +
                   (reply->result.size > 0) + has_errors + has_warnings + (reply->after_ms != 0);
    bool fine = msgpack_pack_map(packer, pairs) == 0 && pack_number(packer, "v", PROTOCOL_VERSION);
    if (reply->id.size > 0)
        fine = fine && pack_word(packer, "id") && pack_text(packer, reply->id.data, reply->id.size);
    fine = fine && pack_word(packer, "status") && pack_word(packer, status_names[reply->status]);
    if (reply->record) {
        char id[ID_TEXT_SIZE];
        id_print(reply->record, id);
        fine = fine && pack_word(packer, "record") && pack_word(packer, id);
    }
    if (reply->revision)
        fine = fine && pack_number(packer, "revision", reply->revision);
    if (reply->result.size > 0)
        fine = fine && pack_word(packer, "result") &&
               pack_text(packer, reply->result.data, reply->result.size);
    if (has_errors)
        fine = fine && pack_findings(packer, "errors", reply->errors);
    if (has_warnings)
        fine = fine && pack_findings(packer, "warnings", reply->warnings);
    if (reply->after_ms)
        fine = fine && pack_number(packer, "after_ms", reply->after_ms);
    return fine;
}

/* -- decoding -----------------------------------------------------------------------------------
 */

static bool text_is(msgpack_object_str text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.ptr, word, text.size) == 0;
}

static bool take_text(const msgpack_object *value, struct text *text)
{
    if (value->type != MSGPACK_OBJECT_STR)
        return false;
    *text = (struct text){value->via.str.ptr, value->via.str.size};
    return true;
}

static bool take_number(const msgpack_object *value, int64_t *number)
{
    if (value->type != MSGPACK_OBJECT_POSITIVE_INTEGER || value->via.u64 > INT64_MAX)
        return false;
    *number = (int64_t)value->via.u64;
    return true;
}

static bool take_status(const msgpack_object *value, enum reply_status *status)
{
    if (value->type != MSGPACK_OBJECT_STR)
        return false;
    for (enum reply_status i = REPLY_OK; i <= REPLY_RETRY; i++)
        if (text_is(value->via.str, status_names[i]))
            *status = i;
    return *status != REPLY_NONE;
}

static bool take_finding(const msgpack_object *value, struct errors *errors)
{
    if (value->type != MSGPACK_OBJECT_MAP)
        return false;
    char path[sizeof errors->item[0].path] = "", expected[sizeof errors->item[0].expected] = "";
    enum error_code code = ERROR_NONE;
    for (uint32_t i = 0; i < value->via.map.size; i++) {
        msgpack_object_str key = value->via.map.ptr[i].key.via.str;
        struct text text;
        if (!take_text(&value->via.map.ptr[i].val, &text))
            continue;
        if (text_is(key, "code"))
            code = error_of_name(text.data, text.size);
        else if (text_is(key, "path"))
            snprintf(path, sizeof path, "%.*s", (int)text.size, text.data);
        else if (text_is(key, "expected"))
            snprintf(expected, sizeof expected, "%.*s", (int)text.size, text.data);
    }
    errors_add(errors, code, path, "%s", expected);
    return true;
}

static bool take_findings(const msgpack_object *value, struct errors *errors)
{
    if (value->type != MSGPACK_OBJECT_ARRAY)
        return false;
    for (uint32_t i = 0; i < value->via.array.size; i++)
        if (!take_finding(&value->via.array.ptr[i], errors))
            return false;
    return true;
}

static bool take_pair(msgpack_object_str key, const msgpack_object *value, struct reply *reply,
                      struct errors *errors)
{
    if (text_is(key, "v"))
        return value->type == MSGPACK_OBJECT_POSITIVE_INTEGER && value->via.u64 == PROTOCOL_VERSION;
    if (text_is(key, "id"))
        return take_text(value, &reply->id);
    if (text_is(key, "status"))
        return take_status(value, &reply->status);
    if (text_is(key, "record"))
        return value->type == MSGPACK_OBJECT_STR &&
               id_parse(value->via.str.ptr, value->via.str.size, &reply->record);
    if (text_is(key, "revision"))
        return take_number(value, &reply->revision);
    if (text_is(key, "result"))
        return take_text(value, &reply->result);
    if (text_is(key, "after_ms"))
        return take_number(value, &reply->after_ms);
    if (text_is(key, "errors")) {
        reply->errors = errors;
        return take_findings(value, errors);
    }
    if (text_is(key, "warnings")) {
        reply->warnings = errors;
        return take_findings(value, errors);
    }
    return true;
}

bool reply_decode(const msgpack_object *map, struct reply *reply, struct errors *errors)
{
    *reply = (struct reply){.status = REPLY_NONE};
    if (map->type != MSGPACK_OBJECT_MAP)
        return false;
    for (uint32_t i = 0; i < map->via.map.size; i++)
        if (!take_pair(map->via.map.ptr[i].key.via.str, &map->via.map.ptr[i].val, reply, errors))
            return false;
    return reply->status != REPLY_NONE;
}
