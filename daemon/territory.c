#include "daemon/territory.h"

#include "proto/codec.h"
#include "runtime/file_map.h"
#include "runtime/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REFERENTIAL_BYTES_MAX = 1 << 29, FILES_MAX = 64 };

/* A built file, open for good: territories share it and in-flight answers point into it. */
struct built_file {
    char hash[REFERENTIAL_HASH_SIZE];
    struct file_map map;
    struct referential *referential; /* one of these two */
    struct communes *communes;
};

struct territories {
    char *directory;
    struct territory **items;
    unsigned count;
    struct built_file files[FILES_MAX];
    unsigned file_count;
};

struct territories *territories_create(const char *directory)
{
    struct territories *territories = calloc(1, sizeof *territories);

    if (territories == NULL)
        return NULL;
    territories->directory = strdup(directory);
    territories->items = calloc(TERRITORIES_MAX, sizeof(struct territory *));
    if (territories->directory == NULL || territories->items == NULL) {
        territories_free(territories);
        return NULL;
    }
    return territories;
}

void territories_free(struct territories *territories)
{
    if (territories == NULL)
        return;
    for (unsigned i = 0; i < territories->count; i++) {
        attachments_free(territories->items[i]->attachments);
        free(territories->items[i]);
    }
    for (unsigned i = 0; i < territories->file_count; i++) {
        referential_close(territories->files[i].referential);
        communes_close(territories->files[i].communes);
        file_map_close(&territories->files[i].map);
    }
    free(territories->items);
    free(territories->directory);
    free(territories);
}

struct territory *territories_find(struct territories *territories, const char *name, size_t size)
{
    for (unsigned i = 0; i < territories->count; i++) {
        struct territory *territory = territories->items[i];
        if (strlen(territory->name) == size && memcmp(territory->name, name, size) == 0)
            return territory;
    }
    return NULL;
}

unsigned territories_count(const struct territories *territories)
{
    return territories->count;
}

struct territory *territories_at(struct territories *territories, unsigned index)
{
    return index < territories->count ? territories->items[index] : NULL;
}

static bool name_is_good(const char *name, size_t size)
{
    if (size == 0 || size >= TERRITORY_NAME_SIZE || name[0] < 'a' || name[0] > 'z')
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = name[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return true;
}

struct territory *territories_add(struct territories *territories, const char *name, size_t size)
{
    struct territory *territory = territories_find(territories, name, size);

    if (territory != NULL)
        return territory;
    if (!name_is_good(name, size) || territories->count == TERRITORIES_MAX)
        return NULL;
    territory = calloc(1, sizeof *territory);
    if (territory == NULL)
        return NULL;
    territory->attachments = attachments_create();
    if (territory->attachments == NULL) {
        free(territory);
        return NULL;
    }
    memcpy(territory->name, name, size);
    snprintf(territory->key, sizeof territory->key, "p:{%s}", territory->name);
    territories->items[territories->count++] = territory;
    return territory;
}

static bool hash_is_good(const char *hash)
{
    return strlen(hash) == REFERENTIAL_HASH_SIZE - 1 &&
           strspn(hash, "0123456789abcdef") == REFERENTIAL_HASH_SIZE - 1;
}

/* Opens <hash>.<kind>, or finds it open. */
static struct built_file *file_open(struct territories *territories, const char *hash,
                                    bool is_communes, const char **reason)
{
    char path[512];
    struct built_file file = {.referential = NULL};

    for (unsigned i = 0; i < territories->file_count; i++) {
        struct built_file *known = &territories->files[i];
        if (strcmp(known->hash, hash) == 0 && (known->communes != NULL) == is_communes)
            return known;
    }
    *reason = "not the name of a built file";
    if (!hash_is_good(hash))
        return NULL;
    *reason = "too many built files are open; restart the daemon";
    if (territories->file_count == FILES_MAX)
        return NULL;
    snprintf(path, sizeof path, "%s/%s.%s", territories->directory, hash,
             is_communes ? "communes" : "referential");
    *reason = "the file is not there";
    if (!file_map_open(&file.map, path, REFERENTIAL_BYTES_MAX))
        return NULL;
    if (is_communes)
        file.communes = communes_open(file.map.data, file.map.size, reason);
    else
        file.referential = referential_open(file.map.data, file.map.size, reason);
    const char *found = file.communes != NULL      ? communes_hash(file.communes)
                        : file.referential != NULL ? referential_hash(file.referential)
                                                   : NULL;
    if (found != NULL && strcmp(found, hash) != 0)
        *reason = "its content does not have this hash";
    if (found == NULL || strcmp(found, hash) != 0) {
        referential_close(file.referential);
        communes_close(file.communes);
        file_map_close(&file.map);
        return NULL;
    }
    memcpy(file.hash, hash, sizeof file.hash);
    territories->files[territories->file_count] = file;
    return &territories->files[territories->file_count++];
}

bool territories_has_files(struct territories *territories, const char *referential,
                           const char *communes, const char **reason)
{
    return file_open(territories, referential, false, reason) != NULL &&
           file_open(territories, communes, true, reason) != NULL;
}

bool territory_adopt(struct territories *territories, struct territory *territory,
                     const char *referential, const char *communes, const char **reason)
{
    const struct built_file *skills = file_open(territories, referential, false, reason);
    const struct built_file *places =
        skills != NULL ? file_open(territories, communes, true, reason) : NULL;

    if (places == NULL)
        return false;
    territory->referential = skills->referential;
    territory->communes = places->communes;
    memcpy(territory->referential_hash, skills->hash, REFERENTIAL_HASH_SIZE);
    memcpy(territory->communes_hash, places->hash, REFERENTIAL_HASH_SIZE);
    model_id(territory->referential, territory->model);
    return true;
}

/* The value of a name in a flat HGETALL reply, "" when absent. */
static const char *reply_value(const redisReply *reply, const char *name)
{
    for (size_t i = 0; i + 1 < reply->elements; i += 2) {
        const redisReply *key = reply->element[i], *value = reply->element[i + 1];
        if (key->type == REDIS_REPLY_STRING && value->type == REDIS_REPLY_STRING &&
            strcmp(key->str, name) == 0)
            return value->str;
    }
    return "";
}

void territory_load_meta(struct territories *territories, struct territory *territory,
                         const redisReply *reply)
{
    const char *reason = NULL;
    const char *day = reply_value(reply, "day");
    const char *referential = reply_value(reply, "referential");

    territory->slots = (unsigned)strtoul(reply_value(reply, "slots"), NULL, 10);
    if (!date_parse(day, strlen(day), &territory->day))
        territory->day = 0;
    if (referential[0] == '\0')
        return;
    if (!territory_adopt(territories, territory, referential, reply_value(reply, "communes"),
                         &reason))
        log_error("referential.missing", LOG_TEXT("territory", territory->name),
                  LOG_TEXT("referential", referential), LOG_TEXT("reason", reason));
    /* What is in force is what the store says, even if this daemon would name it otherwise. */
    snprintf(territory->model, sizeof territory->model, "%s", reply_value(reply, "model"));
}

void territory_load_attachments(struct territory *territory, const redisReply *reply)
{
    struct attachments *fresh = attachments_create();

    if (fresh == NULL)
        return;
    for (size_t i = 0; i + 1 < reply->elements; i += 2) {
        const redisReply *words = reply->element[i], *value = reply->element[i + 1];
        if (words->type != REDIS_REPLY_STRING || value->type != REDIS_REPLY_STRING)
            continue;
        const char *skill = strchr(value->str, ' ');
        if (skill != NULL)
            attachments_put(fresh, words->str, skill + 1);
    }
    attachments_free(territory->attachments);
    territory->attachments = fresh;
}
