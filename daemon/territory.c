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
    struct territory **items, **expected;
    unsigned count, expected_count;
};

struct territories *territories_create(const char *directory)
{
    struct territories *territories = calloc(1, sizeof *territories);

    if (territories == NULL)
        return NULL;
    territories->files = built_files_create(directory);
    territories->items = calloc(TERRITORIES_MAX, sizeof(struct territory *));
    territories->expected = calloc(TERRITORIES_EXPECTED_MAX, sizeof(struct territory *));
    if (territories->files == NULL || territories->items == NULL || territories->expected == NULL) {
        territories_free(territories);
        return NULL;
    }
    return territories;
}

static void territory_free(struct territory *territory)
{
    attachments_free(territory->attachments);
    free(territory);
}

void territories_free(struct territories *territories)
{
    if (territories == NULL)
        return;
    for (unsigned i = 0; i < territories->count; i++)
        territory_free(territories->items[i]);
    for (unsigned i = 0; i < territories->expected_count; i++)
        territory_free(territories->expected[i]);
    built_files_free(territories->files);
    free(territories->items);
    free(territories->expected);
    free(territories);
}

static struct territory *find_among(struct territory *const *items, unsigned count,
                                    const char *name, size_t size)
{
    for (unsigned i = 0; i < count; i++)
        if (strlen(items[i]->name) == size && memcmp(items[i]->name, name, size) == 0)
            return items[i];
    return NULL;
}

struct territory *territories_find(struct territories *territories, const char *name, size_t size)
{
    struct territory *found = find_among(territories->items, territories->count, name, size);

    return found != NULL
               ? found
               : find_among(territories->expected, territories->expected_count, name, size);
}

unsigned territories_count(const struct territories *territories)
{
    return territories->count;
}

struct territory *territories_at(struct territories *territories, unsigned index)
{
    return index < territories->count ? territories->items[index] : NULL;
}

unsigned territories_after(const struct territories *territories, const char *name, size_t size)
{
    unsigned index = 0;

    for (; index < territories->count; index++) {
        int order = strncmp(territories->items[index]->name, name, size);
        if (order > 0 || (order == 0 && strlen(territories->items[index]->name) > size))
            break;
    }
    return index;
}

unsigned territories_expected(const struct territories *territories)
{
    return territories->expected_count;
}

struct territory *territories_expected_at(struct territories *territories, unsigned index)
{
    return index < territories->expected_count ? territories->expected[index] : NULL;
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

struct territory *territories_expect(struct territories *territories, const char *name, size_t size)
{
    struct territory *territory = territories_find(territories, name, size);

    if (territory != NULL)
        return territory;
    if (!name_is_good(name, size) || territories->expected_count == TERRITORIES_EXPECTED_MAX)
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
    territories->expected[territories->expected_count++] = territory;
    return territory;
}

/* False when it is not among them. */
static bool take_from_expected(struct territories *territories, const struct territory *territory)
{
    for (unsigned i = 0; i < territories->expected_count; i++) {
        if (territories->expected[i] != territory)
            continue;
        territories->expected[i] = territories->expected[--territories->expected_count];
        return true;
    }
    return false;
}

void territories_forget(struct territories *territories, struct territory *territory)
{
    if (take_from_expected(territories, territory))
        territory_free(territory);
}

/* Puts one that was expected into its place among those that exist. */
static void territories_insert(struct territories *territories, struct territory *territory)
{
    unsigned at = territories->count;

    if (at == TERRITORIES_MAX) {
        log_error("territory.too_many", LOG_TEXT("territory", territory->name));
        return;
    }
    if (!take_from_expected(territories, territory))
        return;
    for (; at > 0 && strcmp(territories->items[at - 1]->name, territory->name) > 0; at--)
        territories->items[at] = territories->items[at - 1];
    territories->items[at] = territory;
    territories->count++;
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
    if (territory->slots > 0)
        territories_insert(territories, territory);
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
