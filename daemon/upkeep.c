#include "daemon/upkeep.h"

#include "daemon/commit.h"
#include "daemon/feed.h"
#include "runtime/clock.h"
#include "runtime/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DAYS_AT_ONCE = 64,       /* territories whose new day is on its way */
    TRIM_EVERY = 10,         /* seconds */
    REWRITE_LOOK_EVERY = 30, /* seconds */
    /* Erased data leaves the append-only file within 24 h; an hour collects several erasures. */
    REWRITE_AFTER_MS = 3600 * 1000,
    REWRITE_TRIES_EVERY_MS = 600 * 1000,
};

struct upkeep {
    struct daemon *daemon;
    struct event *tick;
    unsigned seconds;
    unsigned days_sending;
    int64_t rewrite_started; /* wall ms; 0: none under way */
    int64_t rewrite_tried;   /* monotonic ms */
};

/* -- a new day --------------------------------------------------------------------------------- */

static void on_day(void *arg, const struct reply *reply)
{
    struct upkeep *upkeep = arg;

    upkeep->days_sending--;
    if (reply->status == REPLY_OK)
        log_notice("day.changed", LOG_INT("revision", reply->revision));
}

/* The same request as any client's, with an id that repeats safely. */
static void send_day(struct upkeep *upkeep, struct territory *territory, int32_t today)
{
    struct daemon *daemon = upkeep->daemon;
    struct day body = {.day = today};
    struct prepared prepared = {.words_size = 0};
    char id[24] = "day-", text[DATE_TEXT_SIZE];
    struct message message = {
        .type = MESSAGE_DAY_CHANGED, .info = message_info(MESSAGE_DAY_CHANGED), .body = &body};

    date_print(today, text);
    memcpy(id + 4, text, DATE_TEXT_SIZE);
    body.has.day = true;
    message.request.id = (struct text){id, (uint32_t)strlen(id)};
    message.request.occurred_on = today;
    message.body_bytes = (const uint8_t *)text;
    message.body_size = strlen(text);
    arena_reset(daemon->arena);
    if (commit_event(daemon, territory, "daemon", &message, &prepared, NULL, on_day, upkeep))
        upkeep->days_sending++;
}

static void look_at_day(struct upkeep *upkeep)
{
    struct territories *territories = upkeep->daemon->territories;
    int32_t today = clock_day(clock_wall_ms());

    for (unsigned i = 0; i < territories_count(territories) && upkeep->days_sending < DAYS_AT_ONCE;
         i++) {
        struct territory *territory = territories_at(territories, i);
        /* A clock set back leaves the day as it is: it never goes backwards. */
        if (territory->slots > 0 && territory->day < today)
            send_day(upkeep, territory, today);
    }
}

/* -- names of territories that do not exist -----------------------------------------------------
 */

struct look {
    struct upkeep *upkeep;
    struct territory *territory;
};

/* The reply to HGETALL of its meta key. */
static void on_looked(void *arg, const redisReply *reply)
{
    struct look look = *(struct look *)arg;
    struct daemon *daemon = look.upkeep->daemon;
    struct territory *territory = look.territory;

    free(arg);
    territory->under_way--;
    if (reply == NULL || reply->type != REDIS_REPLY_ARRAY)
        return;
    if (reply->elements > 0) {
        territory_load_meta(daemon->territories, territory, reply);
    } else if (territory->under_way == 0) {
        const char *argv[] = {"SREM", "p:territories", territory->name};
        const size_t sizes[] = {4, 13, strlen(territory->name)};
        if (store_commit(daemon->store, NULL, NULL, 3, argv, sizes))
            territories_forget(daemon->territories, territory);
    }
}

/* A territory.put that was refused leaves a name behind, and so does a crash right before one: the
 * store says whether there is more to it. On the link of the commits, hence after them. */
static void look_at_expected(struct upkeep *upkeep)
{
    struct territories *territories = upkeep->daemon->territories;

    for (unsigned i = 0; i < territories_expected(territories); i++) {
        struct territory *territory = territories_expected_at(territories, i);
        char key[TERRITORY_KEY_SIZE + 8];
        const char *argv[] = {"HGETALL", key};
        if (territory->slots > 0 || territory->under_way > 0)
            continue;
        struct look *look = malloc(sizeof *look);
        if (look == NULL)
            return;
        *look = (struct look){upkeep, territory};
        snprintf(key, sizeof key, "%s:meta", territory->key);
        const size_t sizes[] = {7, strlen(key)};
        if (!store_commit(upkeep->daemon->store, on_looked, look, 2, argv, sizes)) {
            free(look);
            return;
        }
        territory->under_way++;
    }
}

/* -- trimming the log -------------------------------------------------------------------------- */

static void trim_logs(struct upkeep *upkeep)
{
    struct territories *territories = upkeep->daemon->territories;
    char keep[24];

    snprintf(keep, sizeof keep, "%lld", (long long)upkeep->daemon->config->store_log_keep);
    for (unsigned i = 0; i < territories_count(territories); i++) {
        const char *argv[] = {"FCALL", "log_trim", "1", territories_at(territories, i)->key, keep};
        const size_t sizes[] = {5, 8, 1, strlen(argv[3]), strlen(keep)};
        store_commit(upkeep->daemon->store, NULL, NULL, 5, argv, sizes);
    }
}

/* -- rewriting the append-only file after an erasure ------------------------------------------- */

static void on_rewrite_begun(void *arg, const redisReply *reply)
{
    struct upkeep *upkeep = arg;

    if (reply == NULL || reply->type == REDIS_REPLY_ERROR)
        upkeep->rewrite_started = 0;
    else
        log_notice("store.rewrite_begun");
}

/* The reply to HGET meta rewrite: since when erased data waits. */
static void on_rewrite_due(void *arg, const redisReply *reply)
{
    struct upkeep *upkeep = arg;
    const char *argv[] = {"BGREWRITEAOF"};
    const size_t sizes[] = {12};
    int64_t now = clock_wall_ms();

    if (reply == NULL || reply->type != REDIS_REPLY_STRING || upkeep->rewrite_started != 0)
        return;
    int64_t since = strtoll(reply->str, NULL, 10);
    if (now >= since && now - since < REWRITE_AFTER_MS)
        return;
    upkeep->rewrite_tried = clock_monotonic_ms();
    upkeep->rewrite_started = now;
    if (!store_read(upkeep->daemon->store, on_rewrite_begun, upkeep, 1, argv, sizes))
        upkeep->rewrite_started = 0;
}

static void clear_rewrite(struct upkeep *upkeep)
{
    struct territories *territories = upkeep->daemon->territories;
    char started[24];

    snprintf(started, sizeof started, "%lld", (long long)upkeep->rewrite_started);
    for (unsigned i = 0; i < territories_count(territories); i++) {
        const char *argv[] = {"FCALL", "rewrite_done", "1", territories_at(territories, i)->key,
                              started};
        const size_t sizes[] = {5, 12, 1, strlen(argv[3]), strlen(started)};
        store_commit(upkeep->daemon->store, NULL, NULL, 5, argv, sizes);
    }
    upkeep->rewrite_started = 0;
    log_notice("store.rewrite_done");
}

/* The reply to INFO persistence while a rewrite is under way. A store that was restarted meanwhile
 * says `ok` of rewrites too, but has done none (-1 s): what was erased is still in its file. */
static void on_persistence(void *arg, const redisReply *reply)
{
    struct upkeep *upkeep = arg;

    if (reply == NULL || reply->str == NULL || upkeep->rewrite_started == 0 ||
        strstr(reply->str, "aof_rewrite_in_progress:1") != NULL ||
        strstr(reply->str, "aof_rewrite_scheduled:1") != NULL)
        return;
    if (strstr(reply->str, "aof_last_bgrewrite_status:ok") != NULL &&
        strstr(reply->str, "aof_last_rewrite_time_sec:-1") == NULL)
        clear_rewrite(upkeep);
    else
        upkeep->rewrite_started = 0; /* tried again later */
}

static void look_at_rewrite(struct upkeep *upkeep)
{
    struct territories *territories = upkeep->daemon->territories;
    const char *info[] = {"INFO", "persistence"};
    const size_t info_sizes[] = {4, 11};

    if (upkeep->rewrite_started != 0) {
        store_read(upkeep->daemon->store, on_persistence, upkeep, 2, info, info_sizes);
        return;
    }
    if (upkeep->rewrite_tried != 0 &&
        clock_monotonic_ms() - upkeep->rewrite_tried < REWRITE_TRIES_EVERY_MS)
        return;
    for (unsigned i = 0; i < territories_count(territories); i++) {
        char key[TERRITORY_KEY_SIZE + 8];
        const char *argv[] = {"HGET", key, "rewrite"};
        snprintf(key, sizeof key, "%s:meta", territories_at(territories, i)->key);
        const size_t sizes[] = {4, strlen(key), 7};
        store_read(upkeep->daemon->store, on_rewrite_due, upkeep, 3, argv, sizes);
    }
}

/* -- once a second ----------------------------------------------------------------------------- */

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
    struct upkeep *upkeep = arg;
    struct daemon *daemon = upkeep->daemon;

    (void)fd, (void)what;
    upkeep->seconds++;
    daemon->searches = (unsigned)daemon->config->daemon_nearest_per_second;
    feed_refresh(daemon->feed);
    if (!store_up(daemon->store) || daemon->stopping)
        return;
    look_at_day(upkeep);
    look_at_expected(upkeep);
    if (upkeep->seconds % TRIM_EVERY == 0)
        trim_logs(upkeep);
    if (upkeep->seconds % REWRITE_LOOK_EVERY == 0)
        look_at_rewrite(upkeep);
}

struct upkeep *upkeep_create(struct daemon *daemon)
{
    static const struct timeval second = {1, 0};
    struct upkeep *upkeep = calloc(1, sizeof *upkeep);

    if (upkeep == NULL)
        return NULL;
    upkeep->daemon = daemon;
    upkeep->tick = event_new(daemon->base, -1, EV_PERSIST, on_tick, upkeep);
    if (upkeep->tick == NULL || event_add(upkeep->tick, &second) != 0) {
        upkeep_free(upkeep);
        return NULL;
    }
    daemon->searches = (unsigned)daemon->config->daemon_nearest_per_second;
    return upkeep;
}

void upkeep_free(struct upkeep *upkeep)
{
    if (upkeep == NULL)
        return;
    if (upkeep->tick != NULL)
        event_free(upkeep->tick);
    free(upkeep);
}
