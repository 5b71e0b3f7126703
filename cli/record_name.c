#include "record_name.h"

#include "tree.h"

#include <string.h>

bool record_name_parse(const char *word, struct record_name *name)
{
    *name = (struct record_name){.id = 0};
    if (id_parse(word, strlen(word), &name->id))
        return true;
    name->id = 0;
    const char *colon = strchr(word, ':');
    if (colon == NULL || colon == word || colon[1] == '\0')
        return false;
    name->source = (struct text){word, (uint32_t)(colon - word)};
    name->reference = (struct text){colon + 1, (uint32_t)strlen(colon + 1)};
    return true;
}

static struct get get_body(const struct record_name *name, uint8_t kind, bool personal)
{
    struct get get = {.has_bits = 0};
    get.has.personal = get.personal = personal;
    if (name->id != 0) {
        get.has.id = true;
        get.id = name->id;
        return get;
    }
    get.has.kind = get.has.source = get.has.reference = true;
    get.kind = kind;
    get.source = name->source;
    get.reference = name->reference;
    return get;
}

/* Asks without a word when the record is unknown, so that the next kind can be tried. */
static enum ending fetch_one(struct context *context, const struct get *get,
                             struct client_reply *reply, bool *unknown)
{
    *unknown = false;
    struct client *client = context_client(context);
    if (client == NULL)
        return END_AWAY;
    if (!client_call(client, MESSAGE_RECORD_GET, get, reply))
        return context_no_memory(context);
    *unknown = reply->status == REPLY_REJECTED && reply->errors.count > 0 &&
               reply->errors.item[0].code == ERROR_UNKNOWN_RECORD;
    return *unknown ? END_REJECTED : context_judge(context, reply);
}

enum ending record_fetch(struct context *context, const char *word, uint8_t kind, bool personal,
                         struct client_reply *reply, const msgpack_object **record)
{
    struct record_name name;
    *record = NULL;
    if (!record_name_parse(word, &name))
        return context_usage(context, TEXT_WRONG_RECORD, word);
    bool any = name.id == 0 && kind == KIND_ABSENT, unknown = true;
    uint8_t first = any ? KIND_LEARNER : kind, last = any ? KIND_COHORT : kind;
    for (uint8_t k = first; k <= last && unknown; k++) {
        struct get get = get_body(&name, k, personal);
        enum ending ending = fetch_one(context, &get, reply, &unknown);
        if (ending != END_OK && !unknown)
            return ending;
        *record = ending == END_OK ? tree_item(reply->tree, "records", 0) : NULL;
        if (*record != NULL)
            return END_OK;
    }
    if (!context->quiet)
        say(context->err, NOT_FOUND, word);
    return END_REJECTED;
}

enum ending record_find_id(struct context *context, const char *word, uint8_t kind, uint64_t *id)
{
    struct record_name name;
    if (!record_name_parse(word, &name))
        return context_usage(context, TEXT_WRONG_RECORD, word);
    *id = name.id;
    if (name.id != 0) {
        bool fits = kind == KIND_ABSENT || kind_of_letter(id_letter(name.id)) == kind;
        return fits ? END_OK : context_usage(context, TEXT_WRONG_KIND, word);
    }
    struct client_reply reply;
    const msgpack_object *record;
    enum ending ending = record_fetch(context, word, kind, false, &reply, &record);
    if (ending != END_OK)
        return ending;
    struct text found = tree_text(record, "id");
    if (found.data == NULL || !id_parse(found.data, found.size, id)) {
        say(context->err, STRANGE_ANSWER);
        return END_AWAY;
    }
    return END_OK;
}

uint8_t kind_of_word(const char *word)
{
    for (unsigned kind = KIND_ABSENT + 1; kind < KIND_END; kind++) {
        const char *name = kind_info((uint8_t)kind)->name;
        size_t size = strlen(name);
        if (strncmp(word, name, size) == 0 && (word[size] == '\0' || strcmp(word + size, "s") == 0))
            return (uint8_t)kind;
    }
    return KIND_ABSENT;
}
