#include "daemon/store.h"

#include "daemon/library.h"
#include "runtime/log.h"
#include "runtime/store_access.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP_MAX = 3 * TERRITORIES_EXPECTED_MAX };

struct store {
    const struct config *config;
    struct territories *territories;
    struct redis_link *commits, *reads;
    store_state_fn *on_state;
    void *arg;
    struct store_access access;
    const char *durability;
    bool was_up;
    unsigned waiting; /* replies that the preparation still waits for */
    bool refused;
};

/* -- preparing the commit link: durability, library, territories ------------------------------- */

struct territory_step {
    struct store *store;
    struct territory *territory;
};

static void prepare_refuse(struct store *store, const char *reason)
{
    if (store->refused)
        return;
    store->refused = true;
    redis_link_refuse(store->commits, reason);
}

static bool prepare_send(struct store *store, redis_link_reply_fn *callback, void *arg, int argc,
                         const char *const *argv, const size_t *sizes)
{
    if (store->refused ||
        !redis_link_send_early(store->commits, callback, arg, argc, argv, sizes)) {
        prepare_refuse(store, "cannot prepare the link");
        return false;
    }
    store->waiting++;
    return true;
}

/* Counts a reply; true when it is usable. The last one makes the link ready. */
static bool prepare_arrived(struct store *store, const redisReply *reply)
{
    store->waiting--;
    if (reply == NULL || store->refused)
        return false;
    if (reply->type == REDIS_REPLY_ERROR) {
        prepare_refuse(store, reply->str);
        return false;
    }
    return true;
}

static void prepare_finish(struct store *store)
{
    if (store->waiting == 0 && !store->refused)
        redis_link_ready(store->commits);
}

static void on_meta(void *arg, const redisReply *reply)
{
    struct territory_step *step = arg;

    if (prepare_arrived(step->store, reply))
        territory_load_meta(step->store->territories, step->territory, reply);
    prepare_finish(step->store);
    free(step);
}

static void on_attachments(void *arg, const redisReply *reply)
{
    struct territory_step *step = arg;

    if (prepare_arrived(step->store, reply))
        territory_load_attachments(step->territory, reply);
    prepare_finish(step->store);
    free(step);
}

static void load_hash(struct store *store, struct territory *territory, const char *suffix,
                      redis_link_reply_fn *callback)
{
    char key[TERRITORY_KEY_SIZE + 16];
    struct territory_step *step = malloc(sizeof *step);

    if (step == NULL) {
        prepare_refuse(store, "out of memory");
        return;
    }
    *step = (struct territory_step){store, territory};
    snprintf(key, sizeof key, "%s:%s", territory->key, suffix);
    const char *argv[] = {"HGETALL", key};
    const size_t sizes[] = {7, strlen(key)};
    if (!prepare_send(store, callback, step, 2, argv, sizes))
        free(step);
}

static void on_territories(void *arg, const redisReply *reply)
{
    struct store *store = arg;

    if (prepare_arrived(store, reply)) {
        for (size_t i = 0; i < reply->elements; i++) {
            const redisReply *name = reply->element[i];
            struct territory *territory =
                name->type == REDIS_REPLY_STRING
                    ? territories_expect(store->territories, name->str, (size_t)name->len)
                    : NULL;
            if (territory == NULL)
                continue;
            load_hash(store, territory, "meta", on_meta);
            load_hash(store, territory, "attachment", on_attachments);
        }
    }
    prepare_finish(store);
}

static void list_territories(struct store *store)
{
    const char *argv[] = {"SMEMBERS", "p:territories"};
    const size_t sizes[] = {8, 13};

    prepare_send(store, on_territories, store, 2, argv, sizes);
}

static void on_library_loaded(void *arg, const redisReply *reply)
{
    struct store *store = arg;

    if (prepare_arrived(store, reply)) {
        log_notice("store.library_loaded", LOG_INT("version", library_version()));
        list_territories(store);
    }
    prepare_finish(store);
}

static void on_library_version(void *arg, const redisReply *reply)
{
    struct store *store = arg;
    const char *argv[] = {"FUNCTION", "LOAD", "REPLACE", library_text()};
    const size_t sizes[] = {8, 4, 7, library_size()};

    store->waiting--;
    if (reply == NULL || store->refused)
        return;
    /* An error means that no library is there; a newer one is left alone. */
    long long present = reply->type == REDIS_REPLY_INTEGER ? reply->integer : 0;
    if (reply->type == REDIS_REPLY_ERROR && redis_reply_is_unavailable(reply))
        prepare_refuse(store, reply->str);
    else if (present < library_version())
        prepare_send(store, on_library_loaded, store, 4, argv, sizes);
    else if (present > library_version())
        prepare_refuse(store, "its function library is newer than this daemon");
    else
        list_territories(store);
}

/* What the configuration promises is checked against what the store does. */
static void on_durability(void *arg, const redisReply *reply)
{
    struct store *store = arg;
    const char *only = "", *sync = "", *skip = "", *evict = "";
    bool promised = store->config->store_durability == CONFIG_DURABILITY_ALWAYS;

    if (!prepare_arrived(store, reply))
        return;
    for (size_t i = 0; i + 1 < reply->elements; i += 2) {
        if (reply->element[i]->str == NULL || reply->element[i + 1]->str == NULL)
            continue;
        if (strcmp(reply->element[i]->str, "appendonly") == 0)
            only = reply->element[i + 1]->str;
        if (strcmp(reply->element[i]->str, "appendfsync") == 0)
            sync = reply->element[i + 1]->str;
        if (strcmp(reply->element[i]->str, "no-appendfsync-on-rewrite") == 0)
            skip = reply->element[i + 1]->str;
        if (strcmp(reply->element[i]->str, "maxmemory-policy") == 0)
            evict = reply->element[i + 1]->str;
    }
    /* While it rewrites, a store told to skip the sync skips it whatever appendfsync says. */
    bool synced = strcmp(only, "yes") == 0 && strcmp(skip, "no") == 0;
    bool always = synced && strcmp(sync, "always") == 0;
    bool everysec = synced && strcmp(sync, "everysec") == 0;
    if (!always && (promised || !everysec)) {
        prepare_refuse(store, promised
                                  ? "it must have appendonly yes, appendfsync always and "
                                    "no-appendfsync-on-rewrite no, or "
                                    "[store] durability = everysec must accept the loss"
                                  : "it must have appendonly yes, appendfsync everysec or always "
                                    "and no-appendfsync-on-rewrite no");
        return;
    }
    if (strncmp(evict, "allkeys", 7) == 0) {
        prepare_refuse(store, "its maxmemory-policy would drop records; use noeviction");
        return;
    }
    store->durability = always ? "always" : "everysec";
    const char *argv[] = {"FCALL", "library_version", "0"};
    const size_t sizes[] = {5, 15, 1};
    prepare_send(store, on_library_version, store, 3, argv, sizes);
}

static void on_connected(void *arg, struct redis_link *link)
{
    struct store *store = arg;
    const char *argv[] = {
        "CONFIG",          "GET", "appendonly", "appendfsync", "no-appendfsync-on-rewrite",
        "maxmemory-policy"};
    const size_t sizes[] = {6, 3, 10, 11, 25, 16};

    (void)link;
    store->refused = false;
    store->waiting = 0;
    prepare_send(store, on_durability, store, 6, argv, sizes);
}

/* -- the two links ----------------------------------------------------------------------------- */

static void on_link(void *arg, bool up, const char *reason)
{
    struct store *store = arg;
    bool now = store_up(store);

    if (!up)
        log_warning("store.down", LOG_TEXT("reason", reason));
    if (now == store->was_up)
        return;
    store->was_up = now;
    if (now)
        log_notice("store.up", LOG_TEXT("durability", store->durability));
    store->on_state(store->arg, now);
}

const struct redis_link_options *store_link_options(const struct store *store)
{
    return &store->access.options;
}

struct store *store_create(struct event_base *base, const struct config *config,
                           struct territories *territories, store_state_fn *on_state, void *arg)
{
    struct redis_link_options options;
    struct store *store = calloc(1, sizeof *store);

    if (store == NULL)
        return NULL;
    *store = (struct store){.config = config,
                            .territories = territories,
                            .on_state = on_state,
                            .arg = arg,
                            .durability = "unknown"};
    if (!store_access_open(&store->access, config)) {
        store_free(store);
        return NULL;
    }
    options = store->access.options;
    options.pending_max = (size_t)config->daemon_intake_queue + STEP_MAX;
    options.on_connected = on_connected;
    options.on_connected_arg = store;
    store->commits = redis_link_create(base, &options, on_link, store);
    options.on_connected = NULL;
    store->reads = redis_link_create(base, &options, on_link, store);
    if (store->commits == NULL || store->reads == NULL) {
        log_error("store.address_unusable", LOG_TEXT("socket", config->store_socket),
                  LOG_TEXT("host", config->store_host));
        store_free(store);
        return NULL;
    }
    return store;
}

void store_free(struct store *store)
{
    if (store == NULL)
        return;
    redis_link_free(store->commits);
    redis_link_free(store->reads);
    store_access_close(&store->access);
    free(store);
}

bool store_up(const struct store *store)
{
    return store->commits != NULL && store->reads != NULL && redis_link_up(store->commits) &&
           redis_link_up(store->reads);
}

const char *store_durability(const struct store *store)
{
    return store->durability;
}

bool store_commit(struct store *store, redis_link_reply_fn *callback, void *arg, int argc,
                  const char *const *argv, const size_t *sizes)
{
    return redis_link_send(store->commits, callback, arg, argc, argv, sizes);
}

bool store_read(struct store *store, redis_link_reply_fn *callback, void *arg, int argc,
                const char *const *argv, const size_t *sizes)
{
    return redis_link_send(store->reads, callback, arg, argc, argv, sizes);
}
