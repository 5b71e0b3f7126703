#include "workers/match/worker.h"

#include "runtime/fault.h"
#include "runtime/log.h"
#include "runtime/store_access.h"
#include "workers/match/tenure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TENURES_MAX = 256, WORKER_NAME_SIZE = 33 };

/* A slot that could not be given back because the store was away. */
struct unreleased {
    char key[TENURE_KEY_SIZE], epoch[24];
    unsigned slot;
};

struct worker {
    struct event_base *base;
    const struct config *config;
    void (*on_slots)(void *arg, unsigned held);
    void *arg;
    char name[WORKER_NAME_SIZE];
    struct store_access access;
    struct redis_link *control;
    struct built_files *files;
    struct tenure *tenures[TENURES_MAX];
    unsigned count;
    struct unreleased unreleased[TENURES_MAX];
    unsigned unreleased_count;
    struct event *look, *renew;
    unsigned asked; /* answers on their way that may start a tenure */
    unsigned releasing;
    bool stopping;
};

/* One territory's meta, or one acquisition, on its way. */
struct attempt {
    struct worker *worker;
    struct lease lease;
};

/* -- tenures ----------------------------------------------------------------------------------- */

static void on_released(void *arg, const redisReply *reply)
{
    struct worker *worker = arg;

    (void)reply;
    worker->releasing--;
}

static bool release_send(struct worker *worker, const struct unreleased *held)
{
    char slot[12];

    snprintf(slot, sizeof slot, "%u", held->slot);
    const char *argv[] = {"FCALL", "slot_release", "1", held->key, worker->name, slot, held->epoch};
    const size_t sizes[] = {
        5, 12, 1, strlen(held->key), strlen(worker->name), strlen(slot), strlen(held->epoch)};
    bool sent = redis_link_send(worker->control, on_released, worker, 7, argv, sizes);
    worker->releasing += sent;
    return sent;
}

/* Now, or else once the store is back: the slot need not wait for the end of its lease, and no
 * record is blamed for what the store did. */
static void release(struct worker *worker, const struct lease *lease)
{
    struct unreleased held = {.slot = lease->slot};

    memcpy(held.key, lease->key, sizeof held.key);
    memcpy(held.epoch, lease->epoch, sizeof held.epoch);
    if (!release_send(worker, &held) && worker->unreleased_count < TENURES_MAX)
        worker->unreleased[worker->unreleased_count++] = held;
}

static void release_late(struct worker *worker)
{
    while (worker->unreleased_count > 0 &&
           release_send(worker, &worker->unreleased[worker->unreleased_count - 1]))
        worker->unreleased_count--;
}

/* Its share of the slots is free at once for those that stay. */
static void leave(struct worker *worker, const struct lease *lease)
{
    char key[TENURE_KEY_SIZE + 8];

    snprintf(key, sizeof key, "%s:workers", lease->key);
    const char *argv[] = {"HDEL", key, worker->name};
    const size_t sizes[] = {4, strlen(key), strlen(worker->name)};
    if (redis_link_send(worker->control, on_released, worker, 3, argv, sizes))
        worker->releasing++;
}

static void on_over(void *arg, struct tenure *tenure, const char *reason)
{
    struct worker *worker = arg;
    struct lease lease = *tenure_lease(tenure);
    bool blameless = tenure_following(tenure) || tenure_excused(tenure);

    log_notice("match.slot_left", LOG_TEXT("territory", lease.key), LOG_INT("slot", lease.slot),
               LOG_TEXT("epoch", lease.epoch), LOG_TEXT("reason", reason));
    for (unsigned i = 0; i < worker->count; i++)
        if (worker->tenures[i] == tenure)
            worker->tenures[i] = worker->tenures[--worker->count];
    tenure_free(tenure);
    /* A tenure that never got through its load may have met poison: its attempt counts, and the
     * slot rests until the lease ends. */
    if (blameless || worker->stopping)
        release(worker, &lease);
    if (worker->stopping)
        leave(worker, &lease);
    worker->on_slots(worker->arg, worker->count);
}

static void start_tenure(struct worker *worker, const struct lease *lease)
{
    const struct tenure_options options = {.base = worker->base,
                                           .config = worker->config,
                                           .link = &worker->access.options,
                                           .worker = worker->name,
                                           .on_over = on_over,
                                           .arg = worker};
    struct tenure *tenure =
        worker->count < TENURES_MAX && !worker->stopping ? tenure_create(&options, lease) : NULL;

    if (tenure == NULL) {
        release(worker, lease);
        return;
    }
    log_notice("match.slot_taken", LOG_TEXT("territory", lease->key), LOG_INT("slot", lease->slot),
               LOG_TEXT("epoch", lease->epoch), LOG_TEXT("cursor", lease->cursor),
               LOG_INT("attempts", lease->attempts));
    worker->tenures[worker->count++] = tenure;
    worker->on_slots(worker->arg, worker->count);
}

/* -- acquiring --------------------------------------------------------------------------------- */

static void on_acquired(void *arg, const redisReply *reply)
{
    struct attempt *attempt = arg;
    struct worker *worker = attempt->worker;
    struct lease *lease = &attempt->lease;

    worker->asked--;
    if (reply != NULL && reply->type == REDIS_REPLY_ARRAY && reply->elements >= 5 &&
        strcmp(redis_reply_string(reply, 0), "none") != 0) {
        lease->slot = (unsigned)strtoul(redis_reply_string(reply, 0), NULL, 10);
        snprintf(lease->epoch, sizeof lease->epoch, "%s", redis_reply_string(reply, 1));
        snprintf(lease->cursor, sizeof lease->cursor, "%s", redis_reply_string(reply, 2));
        lease->attempts = (unsigned)strtoul(redis_reply_string(reply, 3), NULL, 10);
        snprintf(lease->mark, sizeof lease->mark, "%s", redis_reply_string(reply, 4));
        FAULT_POINT("slot-acquired");
        start_tenure(worker, lease);
    } else if (reply != NULL && reply->type == REDIS_REPLY_ERROR) {
        log_error("match.acquire_failed", LOG_TEXT("answer", reply->str));
    }
    free(attempt);
}

static void acquire(struct attempt *attempt)
{
    struct worker *worker = attempt->worker;
    const struct lease *lease = &attempt->lease;
    char ttl[24];

    snprintf(ttl, sizeof ttl, "%lld", (long long)worker->config->match_lease_ms);
    const char *argv[] = {"FCALL", "slot_acquire", "1",         lease->key, worker->name,
                          ttl,     "any",          lease->model};
    size_t sizes[8];
    for (int i = 0; i < 8; i++)
        sizes[i] = strlen(argv[i]);
    if (redis_link_send(worker->control, on_acquired, attempt, 8, argv, sizes))
        worker->asked++;
    else
        free(attempt);
}

static unsigned slots_held(const struct worker *worker, const char *key)
{
    unsigned held = 0;

    for (unsigned i = 0; i < worker->count; i++)
        held += strcmp(tenure_lease(worker->tenures[i])->key, key) == 0;
    return held;
}

/* Whether this worker can score for the territory: it has the referential, and names the model of
 * it as the territory does. */
static bool can_serve(struct worker *worker, struct lease *lease, const redisReply *meta)
{
    const char *referential = redis_reply_value(meta, "referential"), *reason = "";
    char own[MODEL_ID_SIZE];

    if (referential[0] == '\0')
        return false;
    lease->referential = built_files_referential(worker->files, referential, &reason);
    if (lease->referential == NULL) {
        log_error("match.referential_unusable", LOG_TEXT("territory", lease->key),
                  LOG_TEXT("referential", referential), LOG_TEXT("reason", reason));
        return false;
    }
    model_id(lease->referential, own);
    snprintf(lease->model, sizeof lease->model, "%s", redis_reply_value(meta, "model"));
    if (strcmp(own, lease->model) != 0)
        log_error("match.model_unknown", LOG_TEXT("territory", lease->key),
                  LOG_TEXT("model", lease->model), LOG_TEXT("own", own));
    return strcmp(own, lease->model) == 0;
}

static void on_meta(void *arg, const redisReply *reply)
{
    struct attempt *attempt = arg;
    struct worker *worker = attempt->worker;
    struct lease *lease = &attempt->lease;

    worker->asked--;
    if (reply == NULL || reply->type != REDIS_REPLY_ARRAY || worker->stopping ||
        !can_serve(worker, lease, reply)) {
        free(attempt);
        return;
    }
    lease->slots = (unsigned)strtoul(redis_reply_value(reply, "slots"), NULL, 10);
    if (slots_held(worker, lease->key) < lease->slots)
        acquire(attempt);
    else
        free(attempt);
}

static void look_at(struct worker *worker, const char *territory, size_t size)
{
    struct attempt *attempt = size <= 32 ? calloc(1, sizeof *attempt) : NULL;
    char key[TENURE_KEY_SIZE + 8];
    const char *argv[] = {"HGETALL", key};

    if (attempt == NULL)
        return;
    attempt->worker = worker;
    snprintf(attempt->lease.key, sizeof attempt->lease.key, "p:{%s}", territory);
    snprintf(key, sizeof key, "%s:meta", attempt->lease.key);
    const size_t sizes[] = {7, strlen(key)};
    if (redis_link_send(worker->control, on_meta, attempt, 2, argv, sizes))
        worker->asked++;
    else
        free(attempt);
}

static void on_territories(void *arg, const redisReply *reply)
{
    struct worker *worker = arg;

    worker->asked--;
    if (reply == NULL || reply->type != REDIS_REPLY_ARRAY || worker->stopping)
        return;
    for (size_t i = 0; i < reply->elements; i++)
        if (reply->element[i]->str != NULL)
            look_at(worker, reply->element[i]->str, (size_t)reply->element[i]->len);
}

static void look(struct worker *worker)
{
    const char *argv[] = {"SMEMBERS", "p:territories"};
    const size_t sizes[] = {8, 13};

    if (worker->asked == 0 && !worker->stopping && redis_link_up(worker->control) &&
        redis_link_send(worker->control, on_territories, worker, 2, argv, sizes))
        worker->asked++;
}

static void on_look(evutil_socket_t fd, short what, void *arg)
{
    (void)fd, (void)what;
    look(arg);
}

/* -- renewing ---------------------------------------------------------------------------------- */

struct renewal {
    struct worker *worker;
    char key[TENURE_KEY_SIZE], epoch[24];
    unsigned slot;
};

static void on_renewed(void *arg, const redisReply *reply)
{
    struct renewal *renewal = arg;
    struct worker *worker = renewal->worker;
    const char *answer = reply != NULL ? redis_reply_string(reply, 0) : "";

    for (unsigned i = 0; i < worker->count; i++) {
        const struct lease *lease = tenure_lease(worker->tenures[i]);
        if (lease->slot != renewal->slot || strcmp(lease->key, renewal->key) != 0 ||
            strcmp(lease->epoch, renewal->epoch) != 0)
            continue;
        if (strcmp(answer, "lost") == 0)
            tenure_end(worker->tenures[i], "the lease was lost");
        /* One that is still loading goes on: its work would only be done again. */
        else if (strcmp(answer, "release") == 0 && tenure_following(worker->tenures[i]))
            tenure_end(worker->tenures[i], "another worker has too few slots");
    }
    free(renewal);
}

static void renew(struct worker *worker, const struct lease *lease)
{
    struct renewal *renewal = malloc(sizeof *renewal);
    char ttl[24], slot[12];

    if (renewal == NULL)
        return;
    renewal->worker = worker;
    renewal->slot = lease->slot;
    memcpy(renewal->key, lease->key, sizeof renewal->key);
    memcpy(renewal->epoch, lease->epoch, sizeof renewal->epoch);
    snprintf(ttl, sizeof ttl, "%lld", (long long)worker->config->match_lease_ms);
    snprintf(slot, sizeof slot, "%u", lease->slot);
    const char *argv[] = {"FCALL",      "slot_renew", "1",          lease->key,
                          worker->name, slot,         lease->epoch, ttl};
    size_t sizes[8];
    for (int i = 0; i < 8; i++)
        sizes[i] = strlen(argv[i]);
    if (!redis_link_send(worker->control, on_renewed, renewal, 8, argv, sizes))
        free(renewal);
}

static void on_renew(evutil_socket_t fd, short what, void *arg)
{
    struct worker *worker = arg;

    (void)fd, (void)what;
    for (unsigned i = 0; i < worker->count; i++)
        renew(worker, tenure_lease(worker->tenures[i]));
}

/* -- life -------------------------------------------------------------------------------------- */

static void on_control(void *arg, bool up, const char *reason)
{
    struct worker *worker = arg;

    if (up) {
        log_notice("store.up");
        release_late(worker);
        look(worker);
    } else {
        log_warning("store.down", LOG_TEXT("reason", reason));
    }
}

static void name_take(struct worker *worker)
{
    char host[64] = "worker";

    if (worker->config->match_worker[0] != '\0') {
        snprintf(worker->name, sizeof worker->name, "%.32s", worker->config->match_worker);
        return;
    }
    gethostname(host, sizeof host - 1);
    snprintf(worker->name, sizeof worker->name, "%.16s-%ld", host, (long)getpid());
}

static bool timers_start(struct worker *worker)
{
    const struct timeval second = {1, 0};
    int64_t third = worker->config->match_lease_ms / 3;
    const struct timeval every = {third / 1000, third % 1000 * 1000};

    worker->look = event_new(worker->base, -1, EV_PERSIST, on_look, worker);
    worker->renew = event_new(worker->base, -1, EV_PERSIST, on_renew, worker);
    return worker->look != NULL && worker->renew != NULL && event_add(worker->look, &second) == 0 &&
           event_add(worker->renew, &every) == 0;
}

struct worker *worker_create(struct event_base *base, const struct config *config,
                             void (*on_slots)(void *arg, unsigned held), void *arg)
{
    char directory[CONFIG_TEXT_SIZE];
    struct worker *worker = calloc(1, sizeof *worker);

    if (worker == NULL)
        return NULL;
    worker->base = base;
    worker->config = config;
    worker->on_slots = on_slots;
    worker->arg = arg;
    config_referential_directory(config, directory);
    worker->files = built_files_create(directory);
    name_take(worker);
    if (!store_access_open(&worker->access, config) || worker->files == NULL) {
        worker_free(worker);
        return NULL;
    }
    worker->control = redis_link_create(base, &worker->access.options, on_control, worker);
    if (worker->control == NULL || !timers_start(worker)) {
        worker_free(worker);
        return NULL;
    }
    return worker;
}

bool worker_stop(struct worker *worker)
{
    worker->stopping = true;
    for (unsigned i = 0; i < worker->count; i++)
        tenure_end(worker->tenures[i], "the worker stops");
    return (worker->count == 0 && worker->asked == 0 && worker->releasing == 0) ||
           !redis_link_up(worker->control);
}

void worker_free(struct worker *worker)
{
    if (worker == NULL)
        return;
    while (worker->count > 0)
        tenure_free(worker->tenures[--worker->count]);
    redis_link_free(worker->control);
    if (worker->look != NULL)
        event_free(worker->look);
    if (worker->renew != NULL)
        event_free(worker->renew);
    built_files_free(worker->files);
    store_access_close(&worker->access);
    free(worker);
}
