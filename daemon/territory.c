#include "daemon/territory.h"

#include "proto/codec.h"
#include "runtime/built_files.h"
#include "runtime/log.h"
#include "runtime/store_access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct territories {
    struct built_files *files;
    struct territory **items;
    unsigned count;
};

struct territories *territories_create(const char *directory)
{
    struct territories *territories = calloc(1, sizeof *territories);

    if (territories == NULL)
        return NULL;
    territories->files = built_files_create(directory);
    territories->items = calloc(TERRITORIES_MAX, sizeof(struct territory *));
    if (territories->files == NULL || territories->items == NULL) {
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
    built_files_free(territories->files);
    free(territories->items);
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

bool territories_has_files(struct territories *territories, const char *referential,
                           const char *communes, const char **reason)
{
    return built_files_referential(territories->files, referential, reason) != NULL &&
           built_files_communes(territories->files, communes, reason) != NULL;
}

bool territory_adopt(struct territories *territories, struct territory *territory,
                     const char *referential, const char *communes, const char **reason)
{
    const struct referential *skills =
        built_files_referential(territories->files, referential, reason);
    const struct communes *places =
        skills != NULL ? built_files_communes(territories->files, communes, reason) : NULL;

    if (places == NULL)
        return false;
    territory->referential = skills;
    territory->communes = places;
    snprintf(territory->referential_hash, sizeof territory->referential_hash, "%s", referential);
    snprintf(territory->communes_hash, sizeof territory->communes_hash, "%s", communes);
    model_id(territory->referential, territory->model);
    return true;
}

void territory_load_meta(struct territories *territories, struct territory *territory,
                         const redisReply *reply)
{
    const char *reason = NULL;
    const char *day = redis_reply_value(reply, "day");
    const char *referential = redis_reply_value(reply, "referential");

    territory->slots = (unsigned)strtoul(redis_reply_value(reply, "slots"), NULL, 10);
    if (!date_parse(day, strlen(day), &territory->day))
        territory->day = 0;
    if (referential[0] == '\0')
        return;
    if (!territory_adopt(territories, territory, referential, redis_reply_value(reply, "communes"),
                         &reason))
        log_error("referential.missing", LOG_TEXT("territory", territory->name),
                  LOG_TEXT("referential", referential), LOG_TEXT("reason", reason));
    /* What is in force is what the store says, even if this daemon would name it otherwise. */
    snprintf(territory->model, sizeof territory->model, "%s", redis_reply_value(reply, "model"));
}

void territory_load_attachments(struct territory *territory, const redisReply *reply)
{
    struct attachments *fresh = attachments_read(reply);

    if (fresh == NULL)
        return;
    attachments_free(territory->attachments);
    territory->attachments = fresh;
}
