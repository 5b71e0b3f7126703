#include "daemon/feed.h"

#include "daemon/counters.h"
#include "proto/codec.h"
#include "runtime/log.h"
#include "runtime/log_entry.h"
#include "runtime/store_access.h"
#include "runtime/zmq_watch.h"

#include <msgpack.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

enum {
    SUBSCRIPTION_MAX = TERRITORIES_MAX,
    CLIENT_QUEUE = 1000,
    ENTRIES_AT_ONCE = 15, /* of up to 64 changes each: what a client's queue holds */
    BLOCK_MS = 250,       /* a new subscription waits at most this */
    FOLLOWED_MAX = TERRITORIES_MAX,
    ID_MAX = 48,
};

/* Streams of one territory that somebody listens to. */
struct followed {
    struct territory *territory;
    char log[ID_MAX], feed[ID_MAX]; /* last entry seen; empty: start at the end */
    bool started;
};

struct feed {
    struct daemon *daemon;
    void *socket;
    struct zmq_watch *watch;
    struct redis_link *link;
    /* Subscribed topics; XPUB tells the first subscription to each and the last end of it. */
    char topics[SUBSCRIPTION_MAX][TERRITORY_NAME_SIZE];
    unsigned topic_count;
    struct followed followed[FOLLOWED_MAX];
    unsigned followed_count;
    bool reading;
    bool freed;
};

static void feed_read(struct feed *feed);

/* -- publishing -------------------------------------------------------------------------------- */

static void pack_string(msgpack_packer *packer, const char *string)
{
    msgpack_pack_str(packer, strlen(string));
    msgpack_pack_str_body(packer, string, strlen(string));
}

static void pack_head(msgpack_packer *packer, const struct territory *territory, const char *kind,
                      unsigned fields)
{
    msgpack_pack_map(packer, fields + 3);
    pack_string(packer, "v");
    msgpack_pack_int64(packer, 1);
    pack_string(packer, "territory");
    pack_string(packer, territory->name);
    pack_string(packer, "kind");
    pack_string(packer, kind);
}

static void publish(struct feed *feed, const struct territory *territory,
                    const msgpack_sbuffer *buffer)
{
    if (zmq_send(feed->socket, territory->name, strlen(territory->name),
                 ZMQ_DONTWAIT | ZMQ_SNDMORE) >= 0 &&
        zmq_send(feed->socket, buffer->data, buffer->size, ZMQ_DONTWAIT) >= 0)
        count(FEED_MESSAGES);
    zmq_watch_kick(feed->watch);
}

static void publish_change(struct feed *feed, const struct territory *territory,
                           const struct log_entry *change)
{
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    char id[ID_TEXT_SIZE];

    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    pack_head(&packer, territory, "changed", change->number > 0 ? 3 : 2);
    pack_string(&packer, "seq");
    msgpack_pack_int64(&packer, change->seq);
    pack_string(&packer, "operation");
    pack_string(&packer, change->operation);
    if (change->number > 0) {
        id_print(id_make(change->letter, change->number), id);
        pack_string(&packer, "id");
        pack_string(&packer, id);
    }
    publish(feed, territory, &buffer);
    msgpack_sbuffer_destroy(&buffer);
}

static void publish_changes(struct feed *feed, const struct territory *territory,
                            const redisReply *reply)
{
    struct log_entry change;
    struct log_walk walk;

    log_walk_begin(&walk, reply);
    while (log_walk_next(&walk, &change))
        if (change.operation[0] != '\0')
            publish_change(feed, territory, &change);
}

static void publish_lists(struct feed *feed, const struct territory *territory,
                          const redisReply *pairs)
{
    const char *names = redis_reply_value(pairs, "l");
    msgpack_sbuffer buffer;
    msgpack_packer packer;
    unsigned ids = names[0] != '\0';

    for (const char *at = names; *at != '\0'; at++)
        ids += *at == ' ';
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
    pack_head(&packer, territory, "matches", 3);
    pack_string(&packer, "slot");
    msgpack_pack_int64(&packer, strtoll(redis_reply_value(pairs, "s"), NULL, 10));
    pack_string(&packer, "cursor");
    msgpack_pack_int64(&packer, strtoll(redis_reply_value(pairs, "c"), NULL, 10));
    pack_string(&packer, "ids");
    msgpack_pack_array(&packer, ids);
    for (; ids > 0; ids--) {
        size_t size = strcspn(names, " ");
        msgpack_pack_str(&packer, size);
        msgpack_pack_str_body(&packer, names, size);
        names += size + (names[size] == ' ');
    }
    publish(feed, territory, &buffer);
    msgpack_sbuffer_destroy(&buffer);
}

/* -- reading the streams ----------------------------------------------------------------------- */

static void take_entries(struct feed *feed, struct followed *followed, bool is_log,
                         const redisReply *entries)
{
    char *last = is_log ? followed->log : followed->feed;

    for (size_t i = 0; i < entries->elements; i++) {
        const redisReply *entry = entries->element[i];
        if (entry->elements != 2 || entry->element[0]->str == NULL)
            continue;
        if (is_log)
            publish_changes(feed, followed->territory, entry);
        else
            publish_lists(feed, followed->territory, entry->element[1]);
        snprintf(last, ID_MAX, "%s", entry->element[0]->str);
    }
}

/* The followed territory whose log or feed has this key. */
static struct followed *followed_by_key(struct feed *feed, const char *key, bool *is_log)
{
    for (unsigned i = 0; i < feed->followed_count; i++) {
        size_t size = strlen(feed->followed[i].territory->key);
        if (strncmp(key, feed->followed[i].territory->key, size) != 0)
            continue;
        *is_log = strcmp(key + size, ":log") == 0;
        if (*is_log || strcmp(key + size, ":feed") == 0)
            return &feed->followed[i];
    }
    return NULL;
}

static void on_entries(void *arg, const redisReply *reply)
{
    struct feed *feed = arg;
    bool is_log;

    feed->reading = false;
    /* After an error the next refresh reads again: at once, it might fail for ever. */
    if (feed->freed || reply == NULL || reply->type == REDIS_REPLY_ERROR)
        return;
    for (size_t i = 0; reply->type == REDIS_REPLY_ARRAY && i < reply->elements; i++) {
        const redisReply *stream = reply->element[i];
        if (stream->elements != 2 || stream->element[0]->str == NULL)
            continue;
        struct followed *followed = followed_by_key(feed, stream->element[0]->str, &is_log);
        if (followed != NULL)
            take_entries(feed, followed, is_log, stream->element[1]);
    }
    feed_read(feed);
}

/* One reply for each of log and feed: where they end now. */
struct start {
    struct feed *feed;
    struct territory *territory;
    bool is_log;
};

static void on_end(void *arg, const redisReply *reply)
{
    struct start *start = arg;
    struct feed *feed = start->feed;

    for (unsigned i = 0; !feed->freed && reply != NULL && i < feed->followed_count; i++) {
        struct followed *followed = &feed->followed[i];
        if (followed->territory != start->territory)
            continue;
        bool any = reply->type == REDIS_REPLY_ARRAY && reply->elements > 0 &&
                   reply->element[0]->elements == 2 && reply->element[0]->element[0]->str != NULL;
        snprintf(start->is_log ? followed->log : followed->feed, ID_MAX, "%s",
                 any ? reply->element[0]->element[0]->str : "0-0");
        feed_read(feed);
    }
    free(start);
}

static void find_end(struct feed *feed, struct followed *followed, bool is_log)
{
    char key[TERRITORY_KEY_SIZE + 8];
    const char *argv[] = {"XREVRANGE", key, "+", "-", "COUNT", "1"};
    struct start *start = malloc(sizeof *start);

    snprintf(key, sizeof key, "%s:%s", followed->territory->key, is_log ? "log" : "feed");
    const size_t sizes[] = {9, strlen(key), 1, 1, 5, 1};
    if (start == NULL)
        return;
    *start = (struct start){feed, followed->territory, is_log};
    if (!redis_link_send(feed->link, on_end, start, 6, argv, sizes))
        free(start);
    else
        followed->started = true;
}

/* Waits for entries of every followed territory, as one blocking read. */
static void feed_read(struct feed *feed)
{
    char block[24], most[12];
    char keys[FOLLOWED_MAX * 2][TERRITORY_KEY_SIZE + 8];
    const char *argv[6 + FOLLOWED_MAX * 4];
    size_t sizes[6 + FOLLOWED_MAX * 4];
    int count = 0, streams = 0;

    if (feed->reading || feed->freed || !redis_link_up(feed->link))
        return;
    int64_t half = feed->daemon->config->store_timeout_ms / 2; /* the link waits no longer */
    snprintf(block, sizeof block, "%lld", (long long)(half < BLOCK_MS ? half : BLOCK_MS));
    snprintf(most, sizeof most, "%d", ENTRIES_AT_ONCE);
    const char *const head[] = {"XREAD", "COUNT", most, "BLOCK", block, "STREAMS"};
    for (; count < 6; count++)
        argv[count] = head[count];
    for (unsigned i = 0; i < feed->followed_count; i++) {
        struct followed *followed = &feed->followed[i];
        if (!followed->started) {
            find_end(feed, followed, true);
            find_end(feed, followed, false);
        }
        if (followed->log[0] == '\0' || followed->feed[0] == '\0')
            continue;
        snprintf(keys[streams], sizeof keys[0], "%s:log", followed->territory->key);
        argv[count + streams] = keys[streams];
        streams++;
        snprintf(keys[streams], sizeof keys[0], "%s:feed", followed->territory->key);
        argv[count + streams] = keys[streams];
        streams++;
    }
    if (streams == 0)
        return;
    count += streams;
    for (unsigned i = 0; i < feed->followed_count; i++) {
        struct followed *followed = &feed->followed[i];
        if (followed->log[0] == '\0' || followed->feed[0] == '\0')
            continue;
        argv[count++] = followed->log;
        argv[count++] = followed->feed;
    }
    for (int i = 0; i < count; i++)
        sizes[i] = strlen(argv[i]);
    feed->reading = redis_link_send(feed->link, on_entries, feed, count, argv, sizes);
}

/* -- subscriptions ----------------------------------------------------------------------------- */

static bool topic_wanted(const struct feed *feed, const char *name)
{
    for (unsigned i = 0; i < feed->topic_count; i++)
        if (strncmp(name, feed->topics[i], strlen(feed->topics[i])) == 0)
            return true;
    return false;
}

void feed_refresh(struct feed *feed)
{
    struct territories *territories = feed->daemon->territories;
    unsigned kept = 0;

    for (unsigned i = 0; i < feed->followed_count; i++)
        if (topic_wanted(feed, feed->followed[i].territory->name))
            feed->followed[kept++] = feed->followed[i];
    feed->followed_count = kept;
    for (unsigned t = 0; t < territories_count(territories); t++) {
        struct territory *territory = territories_at(territories, t);
        bool known = !topic_wanted(feed, territory->name);
        for (unsigned i = 0; i < feed->followed_count && !known; i++)
            known = feed->followed[i].territory == territory;
        if (!known && feed->followed_count < FOLLOWED_MAX)
            feed->followed[feed->followed_count++] = (struct followed){.territory = territory};
    }
    feed_read(feed);
}

static void subscribe(struct feed *feed, const char *topic, bool on)
{
    unsigned i = 0;

    while (i < feed->topic_count && strcmp(feed->topics[i], topic) != 0)
        i++;
    if (on && i == feed->topic_count && i < SUBSCRIPTION_MAX)
        snprintf(feed->topics[feed->topic_count++], TERRITORY_NAME_SIZE, "%s", topic);
    if (!on && i < feed->topic_count)
        memmove(feed->topics[i], feed->topics[--feed->topic_count], TERRITORY_NAME_SIZE);
    feed_refresh(feed);
}

static enum zmq_watch_step on_subscription(void *arg)
{
    struct feed *feed = arg;
    zmq_msg_t frame;
    char topic[TERRITORY_NAME_SIZE];

    zmq_msg_init(&frame);
    bool taken = zmq_msg_recv(&frame, feed->socket, ZMQ_DONTWAIT) >= 0;
    if (taken) {
        const uint8_t *data = zmq_msg_data(&frame);
        size_t size = zmq_msg_size(&frame);
        if (size >= 1 && size - 1 < sizeof topic && data[0] <= 1) {
            memcpy(topic, data + 1, size - 1);
            topic[size - 1] = '\0';
            subscribe(feed, topic, data[0] == 1);
        }
    }
    zmq_msg_close(&frame);
    return taken ? ZMQ_WATCH_TOOK : ZMQ_WATCH_NONE;
}

/* -- life -------------------------------------------------------------------------------------- */

static void on_link(void *arg, bool up, const char *reason)
{
    struct feed *feed = arg;

    (void)reason;
    if (up) {
        for (unsigned i = 0; i < feed->followed_count; i++)
            feed->followed[i].started =
                feed->followed[i].log[0] != '\0' && feed->followed[i].feed[0] != '\0';
        feed_refresh(feed);
    }
}

struct feed *feed_create(struct daemon *daemon)
{
    const struct zmq_limits limits = {.message_bytes = 256, .queue = CLIENT_QUEUE};
    struct feed *feed = calloc(1, sizeof *feed);
    char address[300];

    if (feed == NULL)
        return NULL;
    feed->daemon = daemon;
    feed->socket = zmq_socket_bounded(daemon->zmq, ZMQ_XPUB, &limits);
    snprintf(address, sizeof address, "ipc://%s/feed.sock",
             daemon->config->daemon_runtime_directory);
    if (feed->socket == NULL || zmq_bind(feed->socket, address) != 0) {
        log_error("feed.bind_failed", LOG_TEXT("address", address),
                  LOG_TEXT("reason", zmq_strerror(zmq_errno())));
        feed_free(feed);
        return NULL;
    }
    feed->link = redis_link_create(daemon->base, store_link_options(daemon->store), on_link, feed);
    feed->watch = zmq_watch_create(daemon->base, feed->socket, on_subscription, feed);
    if (feed->link == NULL || feed->watch == NULL) {
        feed_free(feed);
        return NULL;
    }
    return feed;
}

void feed_free(struct feed *feed)
{
    if (feed == NULL)
        return;
    feed->freed = true;
    redis_link_free(feed->link);
    zmq_watch_free(feed->watch);
    if (feed->socket != NULL)
        zmq_close(feed->socket);
    free(feed);
}
