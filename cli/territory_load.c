#include "territory_load.h"

#include "../config/config.h"
#include "../matching/words.h"
#include "record_name.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

enum {
    PAGE_LIMIT = 500,
    RECORD_BYTES_MAX = 4 << 20,
    RECORD_CLASSES = PRIVACY_PUBLIC | PRIVACY_MATCHING | PRIVACY_HEADER
};

/* -- records ----------------------------------------------------------------------------------- */

/* Decodes an item of an answer and gives it to take; what cannot be read is passed over. */
static bool take_item(struct arena *arena, const struct record_type *type,
                      const msgpack_object *item, record_take_fn *take, void *arg)
{
    struct errors errors = {.count = 0};
    struct text id = tree_text(item, "id");
    struct read_record read = {.type = type, .state = tree_text(item, "state")};
    const msgpack_object *map = tree_find(item, "record");
    arena_reset(arena);
    void *record = arena_alloc(arena, type->size);
    read.record = record;
    if (record == NULL)
        return false;
    if (map == NULL || id.size == 0 || !id_parse(id.data, id.size, &read.id) ||
        !record_decode_part(type, RECORD_CLASSES, map, record, arena, "", &errors))
        return true;
    return take(arg, &read);
}

static enum ending walk_pages(struct context *context, struct arena *arena, uint8_t kind,
                              record_take_fn *take, void *arg)
{
    struct page page = {.kind = kind, .limit = PAGE_LIMIT, .after = 0};
    page.has.kind = page.has.limit = page.has.after = true;
    for (int64_t next = 1; next > page.after;) {
        struct client_reply reply;
        page.after = next > 1 ? next : 0;
        enum ending ending = context_ask(context, MESSAGE_RECORD_LIST, &page, &reply);
        if (ending != END_OK)
            return ending;
        for (unsigned i = 0; i < tree_count(reply.tree, "records"); i++)
            if (!take_item(arena, kind_info(kind)->record, tree_item(reply.tree, "records", i),
                           take, arg))
                return context_no_memory(context);
        next = tree_number(reply.tree, "next", 0);
    }
    return END_OK;
}

enum ending records_walk(struct context *context, uint8_t kind, record_take_fn *take, void *arg)
{
    struct arena *arena = arena_create(RECORD_BYTES_MAX);
    enum ending ending =
        arena != NULL ? walk_pages(context, arena, kind, take, arg) : context_no_memory(context);
    arena_free(arena);
    return ending;
}

enum ending record_read(struct context *context, const char *word, uint8_t kind,
                        record_take_fn *take, void *arg)
{
    struct client_reply reply;
    const msgpack_object *item;
    uint64_t id;
    enum ending ending = record_find_id(context, word, kind, &id);
    if (ending == END_OK)
        ending = record_fetch(context, word, kind, false, &reply, &item);
    if (ending != END_OK)
        return ending;
    struct arena *arena = arena_create(RECORD_BYTES_MAX);
    if (arena == NULL || !take_item(arena, kind_info(kind)->record, item, take, arg))
        ending = context_no_memory(context);
    arena_free(arena);
    return ending;
}

/* -- the catalogue ----------------------------------------------------------------------------- */

static bool take_attachment(void *arg, const struct read_record *read)
{
    struct loaded_catalogue *loaded = arg;
    const struct attachment *attachment = read->record;
    char *words = strndup(attachment->words.data, attachment->words.size);
    char *skill = strndup(attachment->skill.data, attachment->skill.size);
    char normal[WORDS_NORMAL_SIZE];
    bool put = words != NULL && skill != NULL;
    if (put) {
        words_normalise(words, strlen(words), normal, sizeof normal);
        put = attachments_put(loaded->attachments, normal, skill);
    }
    free(words);
    free(skill);
    return put;
}

static bool open_files(struct context *context, struct loaded_catalogue *loaded)
{
    struct config config;
    struct config_errors errors;
    char path[CONFIG_TEXT_SIZE + 32], directory[CONFIG_TEXT_SIZE];
    if (context->config != NULL)
        snprintf(path, sizeof path, "%s", context->config);
    else
        snprintf(path, sizeof path, "%s/passerelle.conf",
                 context->state != NULL ? context->state : "state");
    if (!config_load(path, &config, &errors)) {
        for (unsigned i = 0; i < errors.count; i++)
            fprintf(context->err, "%s\n", errors.text[i]);
        return false;
    }
    config_referential_directory(&config, directory);
    loaded->files = built_files_create(directory);
    return loaded->files != NULL;
}

/* The referential and the day that the server says are in force. */
static enum ending take_status(struct context *context, struct loaded_catalogue *loaded)
{
    struct client_reply reply;
    const msgpack_object *territory;
    const char *reason = "";
    char hash[REFERENTIAL_HASH_SIZE];
    enum ending ending = context_territory(context, &reply, &territory);
    if (ending != END_OK)
        return ending;
    struct text name = tree_text(territory, "referential"), day = tree_text(territory, "day");
    snprintf(hash, sizeof hash, "%.*s", (int)name.size, name.data != NULL ? name.data : "");
    if (day.size == 0 || !date_parse(day.data, day.size, &loaded->catalogue.today))
        loaded->catalogue.today = 0;
    loaded->catalogue.referential = built_files_referential(loaded->files, hash, &reason);
    if (loaded->catalogue.referential != NULL)
        return END_OK;
    say(context->err, NO_REFERENTIAL_HERE, hash, reason);
    return END_AWAY;
}

enum ending catalogue_load(struct context *context, struct loaded_catalogue *loaded)
{
    *loaded = (struct loaded_catalogue){.attachments = attachments_create()};
    if (loaded->attachments == NULL)
        return context_no_memory(context);
    if (!open_files(context, loaded))
        return END_USAGE;
    enum ending ending = take_status(context, loaded);
    if (ending == END_OK)
        ending = records_walk(context, KIND_ATTACHMENT, take_attachment, loaded);
    loaded->catalogue.attachments = loaded->attachments;
    return ending;
}

void catalogue_free(struct loaded_catalogue *loaded)
{
    attachments_free(loaded->attachments);
    built_files_free(loaded->files);
    *loaded = (struct loaded_catalogue){.files = NULL};
}
