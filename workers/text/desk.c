#include "workers/text/desk.h"

#include "proto/codec.h"
#include "runtime/clock.h"
#include "runtime/fault.h"
#include "runtime/log.h"
#include "runtime/store_access.h"
#include "runtime/stored.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One name for all: a text belongs to whoever has it until its lease ends, not to a process. */
static const char GROUP[] = "text", CONSUMER[] = "worker";

enum { BLOCK_MS = 1000, RETRY_MS = 1000, DELIVERIES_MAX = 3, WORDS_MAX = 16, NUMBER_SIZE = 24 };

struct desk {
    struct desk_options options;
    char key[DESK_KEY_SIZE];
    struct redis_link *link;
    struct event *retry;
    char job[48], number[NUMBER_SIZE], revision[NUMBER_SIZE]; /* of the text in hand */
    bool busy, stopping;
};

static void desk_look(struct desk *desk);

/* Something is not as it should be: once more in a while. */
static void desk_rest(struct desk *desk)
{
    const struct timeval wait = {RETRY_MS / 1000, RETRY_MS % 1000 * 1000};

    desk->busy = false;
    event_add(desk->retry, &wait);
}

static void on_retry(evutil_socket_t fd, short what, void *arg)
{
    struct desk *desk = arg;

    (void)fd, (void)what;
    if (redis_link_up(desk->link))
        desk_look(desk);
}

/* A word that begins with ':' is a key of the territory. */
static void desk_send(struct desk *desk, redis_link_reply_fn *then, unsigned count,
                      const char *const *words)
{
    char keys[WORDS_MAX][DESK_KEY_SIZE + 32];
    const char *argv[WORDS_MAX];
    size_t sizes[WORDS_MAX];

    for (unsigned i = 0; i < count; i++) {
        argv[i] = words[i];
        if (words[i][0] == ':') {
            snprintf(keys[i], sizeof keys[i], "%s%s", desk->key, words[i]);
            argv[i] = keys[i];
        }
        sizes[i] = strlen(argv[i]);
    }
    if (!redis_link_send(desk->link, then, desk, (int)count, argv, sizes))
        desk_rest(desk);
}

/* True when there is no answer to go on with. */
static bool is_lost(struct desk *desk, const redisReply *reply)
{
    if (reply == NULL) {
        desk->busy = false; /* goes on when the link is back */
        return true;
    }
    if (reply->type != REDIS_REPLY_ERROR)
        return false;
    log_error("text.refused", LOG_TEXT("territory", desk->key), LOG_TEXT("answer", reply->str));
    desk_rest(desk);
    return true;
}

/* -- committing -------------------------------------------------------------------------------- */

static void on_committed(void *arg, const redisReply *reply)
{
    struct desk *desk = arg;

    if (is_lost(desk, reply))
        return;
    FAULT_POINT("text-committed");
    log_info("text.read", LOG_TEXT("territory", desk->key), LOG_TEXT("offer", desk->number),
             LOG_TEXT("result", redis_reply_string(reply, 0)));
    desk->busy = false;
    desk_look(desk);
}

static void desk_commit(struct desk *desk, const struct reading *reading)
{
    char day[DATE_TEXT_SIZE];

    date_print(clock_day(clock_wall_ms()), day);
    const char *argv[] = {"FCALL",
                          "offer_recognised",
                          "1",
                          desk->key,
                          desk->job,
                          desk->number,
                          desk->revision,
                          day,
                          reading->whole ? "1" : "0",
                          reading->recognised.data,
                          reading->proposed.size > 0 ? reading->proposed.data : ""};
    size_t sizes[sizeof argv / sizeof *argv];
    for (size_t i = 0; i < 9; i++)
        sizes[i] = strlen(argv[i]);
    sizes[9] = reading->recognised.size;
    sizes[10] = reading->proposed.size;
    FAULT_POINT("text-before-commit");
    if (!redis_link_send(desk->link, on_committed, desk, 11, argv, sizes))
        desk_rest(desk);
}

/* -- reading ----------------------------------------------------------------------------------- */

static void read_and_commit(struct desk *desk, const char *value, size_t size, bool give_up)
{
    struct lectern *lectern = desk->options.lectern;
    struct reading reading;
    struct stored stored;
    uint64_t number = strtoull(desk->number, NULL, 10);

    /* Of an offer that is gone nothing is committed; the function takes its job off. */
    snprintf(desk->revision, sizeof desk->revision, "%lld",
             stored_parse(number, value, size, &stored) ? (long long)stored.revision : 1LL);
    bool read = give_up ? lectern_give_up(lectern, &reading)
                        : lectern_read(lectern, number, value, size, &reading);
    if (read) {
        desk_commit(desk, &reading);
    } else {
        log_error("text.memory", LOG_TEXT("territory", desk->key), LOG_TEXT("offer", desk->number));
        desk_rest(desk);
    }
    reading_free(&reading);
}

static void record_take(struct desk *desk, const redisReply *reply, bool give_up)
{
    bool there = reply->type == REDIS_REPLY_STRING;

    read_and_commit(desk, there ? reply->str : "", there ? (size_t)reply->len : 0, give_up);
}

static void on_record(void *arg, const redisReply *reply)
{
    struct desk *desk = arg;

    if (is_lost(desk, reply))
        return;
    FAULT_POINT("text-reading");
    record_take(desk, reply, false);
}

static void on_record_of_poison(void *arg, const redisReply *reply)
{
    struct desk *desk = arg;

    if (is_lost(desk, reply))
        return;
    log_error("text.given_up", LOG_TEXT("territory", desk->key), LOG_TEXT("offer", desk->number));
    record_take(desk, reply, true);
}

static void record_get(struct desk *desk, redis_link_reply_fn *then)
{
    const char *words[] = {"HGET", ":record:offer", desk->number};

    desk_send(desk, then, 3, words);
}

/* -- taking ------------------------------------------------------------------------------------ */

/* Notes the first of a list of stream entries; false when there is none. */
static bool entry_note(struct desk *desk, const redisReply *entries)
{
    const redisReply *entry =
        entries != NULL && entries->type == REDIS_REPLY_ARRAY && entries->elements > 0
            ? entries->element[0]
            : NULL;

    if (entry == NULL || entry->type != REDIS_REPLY_ARRAY || entry->elements != 2)
        return false;
    snprintf(desk->job, sizeof desk->job, "%s", redis_reply_string(entry, 0));
    snprintf(desk->number, sizeof desk->number, "%s", redis_reply_value(entry->element[1], "o"));
    desk->busy = true;
    return true;
}

/* One that others left unfinished: after some of them, it is what ends them. */
static void on_deliveries(void *arg, const redisReply *reply)
{
    struct desk *desk = arg;

    if (is_lost(desk, reply))
        return;
    long long deliveries = reply->type == REDIS_REPLY_ARRAY && reply->elements > 0 &&
                                   reply->element[0]->type == REDIS_REPLY_ARRAY &&
                                   reply->element[0]->elements == 4
                               ? reply->element[0]->element[3]->integer
                               : 0;
    record_get(desk, deliveries > DELIVERIES_MAX ? on_record_of_poison : on_record);
}

static void on_new(void *arg, const redisReply *reply)
{
    struct desk *desk = arg;
    const redisReply *streams = reply;

    if (is_lost(desk, reply))
        return;
    bool any = streams->type == REDIS_REPLY_ARRAY && streams->elements > 0 &&
               streams->element[0]->type == REDIS_REPLY_ARRAY &&
               streams->element[0]->elements == 2 &&
               entry_note(desk, streams->element[0]->element[1]);
    if (any)
        record_get(desk, on_record);
    else
        desk_look(desk);
}

static void on_claimed(void *arg, const redisReply *reply)
{
    struct desk *desk = arg;
    char block[NUMBER_SIZE];
    int64_t half = desk->options.config->store_timeout_ms / 2; /* the link waits no longer */

    if (is_lost(desk, reply))
        return;
    if (reply->type == REDIS_REPLY_ARRAY && reply->elements >= 2 &&
        entry_note(desk, reply->element[1])) {
        const char *words[] = {"XPENDING", ":reading", GROUP, desk->job, desk->job, "1"};
        desk_send(desk, on_deliveries, 6, words);
        return;
    }
    snprintf(block, sizeof block, "%lld", (long long)(half < BLOCK_MS ? half : BLOCK_MS));
    const char *words[] = {"XREADGROUP", "GROUP", GROUP,     CONSUMER,   "COUNT", "1",
                           "BLOCK",      block,   "STREAMS", ":reading", ">"};
    desk_send(desk, on_new, 11, words);
}

/* First what others left, then what is new. */
static void desk_claim(struct desk *desk)
{
    char idle[NUMBER_SIZE];

    snprintf(idle, sizeof idle, "%lld", (long long)desk->options.config->match_lease_ms);
    const char *words[] = {"XAUTOCLAIM", ":reading", GROUP, CONSUMER, idle, "0", "COUNT", "1"};
    desk_send(desk, on_claimed, 8, words);
}

static void on_meta(void *arg, const redisReply *reply)
{
    struct desk *desk = arg;

    if (is_lost(desk, reply))
        return;
    const char *referential = redis_reply_string(reply, 0);
    if (referential[0] != '\0' &&
        lectern_open(desk->options.lectern, referential, redis_reply_string(reply, 1)))
        desk_claim(desk);
    else
        desk_rest(desk);
}

/* The referential in force comes first: texts wait for one. */
static void desk_look(struct desk *desk)
{
    const char *words[] = {"HMGET", ":meta", "referential", "communes"};

    if (!desk->stopping)
        desk_send(desk, on_meta, 4, words);
}

/* -- life -------------------------------------------------------------------------------------- */

/* The group may be there already. */
static void on_group(void *arg, const redisReply *reply)
{
    struct desk *desk = arg;

    if (reply == NULL)
        return;
    if (reply->type == REDIS_REPLY_ERROR && strncmp(reply->str, "BUSYGROUP", 9) != 0)
        is_lost(desk, reply);
    else
        desk_look(desk);
}

static void on_link(void *arg, bool up, const char *reason)
{
    struct desk *desk = arg;
    const char *words[] = {"XGROUP", "CREATE", ":reading", GROUP, "0", "MKSTREAM"};

    event_del(desk->retry);
    if (up)
        desk_send(desk, on_group, 6, words);
    else
        log_warning("store.down", LOG_TEXT("territory", desk->key), LOG_TEXT("reason", reason));
}

struct desk *desk_create(const struct desk_options *options, const char *key)
{
    struct desk *desk = calloc(1, sizeof *desk);

    if (desk == NULL)
        return NULL;
    desk->options = *options;
    snprintf(desk->key, sizeof desk->key, "%s", key);
    desk->retry = evtimer_new(options->base, on_retry, desk);
    desk->link = redis_link_create(options->base, options->link, on_link, desk);
    if (desk->retry == NULL || desk->link == NULL) {
        desk_free(desk);
        return NULL;
    }
    return desk;
}

const char *desk_key(const struct desk *desk)
{
    return desk->key;
}

void desk_stop(struct desk *desk)
{
    desk->stopping = true;
}

bool desk_busy(const struct desk *desk)
{
    return desk->busy && redis_link_up(desk->link);
}

void desk_free(struct desk *desk)
{
    if (desk == NULL)
        return;
    desk->stopping = true; /* what is pending is answered with nothing */
    redis_link_free(desk->link);
    if (desk->retry != NULL)
        event_free(desk->retry);
    free(desk);
}
