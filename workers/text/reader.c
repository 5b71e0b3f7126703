#include "workers/text/reader.h"

#include "runtime/log.h"
#include "runtime/store_access.h"
#include "workers/text/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DESKS_MAX = 1024 };

struct reader {
    struct desk_options options;
    struct store_access access;
    struct redis_link *control;
    struct event *look;
    struct desk *desks[DESKS_MAX];
    unsigned count;
    void (*on_count)(void *arg, unsigned count);
    void *arg;
    bool asked, stopping;
};

static bool is_served(const struct reader *reader, const char *key)
{
    for (unsigned i = 0; i < reader->count; i++)
        if (strcmp(desk_key(reader->desks[i]), key) == 0)
            return true;
    return false;
}

static void serve(struct reader *reader, const char *territory, size_t size)
{
    char key[DESK_KEY_SIZE];

    snprintf(key, sizeof key, "p:{%.32s}", territory);
    if (size > 32 || reader->count == DESKS_MAX || is_served(reader, key))
        return;
    struct desk *desk = desk_create(&reader->options, key);
    if (desk == NULL)
        return; /* at the next look */
    reader->desks[reader->count++] = desk;
    log_notice("text.territory", LOG_TEXT("territory", key));
    reader->on_count(reader->arg, reader->count);
}

static void on_territories(void *arg, const redisReply *reply)
{
    struct reader *reader = arg;

    reader->asked = false;
    if (reply == NULL || reply->type != REDIS_REPLY_ARRAY || reader->stopping)
        return;
    for (size_t i = 0; i < reply->elements; i++)
        if (reply->element[i]->str != NULL)
            serve(reader, reply->element[i]->str, (size_t)reply->element[i]->len);
}

static void look(struct reader *reader)
{
    const char *argv[] = {"SMEMBERS", "p:territories"};
    const size_t sizes[] = {8, 13};

    if (!reader->asked && !reader->stopping)
        reader->asked = redis_link_send(reader->control, on_territories, reader, 2, argv, sizes);
}

static void on_look(evutil_socket_t fd, short what, void *arg)
{
    (void)fd, (void)what;
    look(arg);
}

static void on_control(void *arg, bool up, const char *reason)
{
    if (up) {
        log_notice("store.up");
        look(arg);
    } else {
        log_warning("store.down", LOG_TEXT("reason", reason));
    }
}

static bool start(struct reader *reader)
{
    const struct timeval second = {1, 0};

    if (!store_access_open(&reader->access, reader->options.config) ||
        reader->options.lectern == NULL)
        return false;
    reader->options.link = &reader->access.options;
    reader->control =
        redis_link_create(reader->options.base, &reader->access.options, on_control, reader);
    reader->look = event_new(reader->options.base, -1, EV_PERSIST, on_look, reader);
    return reader->control != NULL && reader->look != NULL && event_add(reader->look, &second) == 0;
}

struct reader *reader_create(struct event_base *base, const struct config *config,
                             void (*on_count)(void *arg, unsigned count), void *arg)
{
    struct reader *reader = calloc(1, sizeof *reader);

    if (reader == NULL)
        return NULL;
    reader->options.base = base;
    reader->options.config = config;
    reader->options.lectern = lectern_create(config);
    reader->on_count = on_count;
    reader->arg = arg;
    if (start(reader))
        return reader;
    reader_free(reader);
    return NULL;
}

bool reader_stop(struct reader *reader)
{
    bool busy = false;

    reader->stopping = true;
    for (unsigned i = 0; i < reader->count; i++) {
        desk_stop(reader->desks[i]);
        busy |= desk_busy(reader->desks[i]);
    }
    return !busy;
}

void reader_free(struct reader *reader)
{
    if (reader == NULL)
        return;
    while (reader->count > 0)
        desk_free(reader->desks[--reader->count]);
    redis_link_free(reader->control);
    if (reader->look != NULL)
        event_free(reader->look);
    lectern_free(reader->options.lectern);
    store_access_close(&reader->access);
    free(reader);
}
