#include "runtime/store_access.h"

#include "runtime/file_map.h"
#include "runtime/log.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { PASSWORD_MAX = 512, REPLY_MAX = 64 << 20 };

bool store_access_open(struct store_access *access, const struct config *config)
{
    const char *path = config->store_password_file;
    size_t size;

    *access = (struct store_access){.options = {.socket = config->store_socket,
                                                .host = config->store_host,
                                                .port = (uint16_t)config->store_port,
                                                .user = config->store_user,
                                                .reply_ms = (int)config->store_timeout_ms,
                                                .reply_max = REPLY_MAX}};
    if (path[0] == '\0')
        return true;
    access->password = file_read_secret(path, PASSWORD_MAX, &size);
    if (access->password == NULL) {
        log_error("store.password_unreadable", LOG_TEXT("path", path));
        return false;
    }
    access->password[strcspn(access->password, "\r\n")] = '\0';
    access->options.password = access->password;
    return true;
}

void store_access_close(struct store_access *access)
{
    if (access->password != NULL)
        sodium_memzero(access->password, strlen(access->password));
    free(access->password);
    access->password = NULL;
}

static bool authenticate(redisContext *redis, const struct redis_link_options *options)
{
    if (options->password == NULL)
        return true;
    redisReply *reply = options->user[0] != '\0'
                            ? redisCommand(redis, "AUTH %s %s", options->user, options->password)
                            : redisCommand(redis, "AUTH %s", options->password);
    bool good = reply != NULL && reply->type != REDIS_REPLY_ERROR;
    freeReplyObject(reply);
    return good;
}

redisContext *store_access_connect(const struct store_access *access)
{
    const struct redis_link_options *options = &access->options;
    const struct timeval limit = {options->reply_ms / 1000, options->reply_ms % 1000 * 1000};
    redisContext *redis = options->socket[0] != '\0'
                              ? redisConnectUnixWithTimeout(options->socket, limit)
                              : redisConnectWithTimeout(options->host, options->port, limit);

    if (redis != NULL && redis->err == 0 && redisSetTimeout(redis, limit) == REDIS_OK &&
        authenticate(redis, options))
        return redis;
    if (redis != NULL)
        redisFree(redis);
    return NULL;
}

const char *redis_reply_string(const redisReply *reply, size_t i)
{
    return reply->type == REDIS_REPLY_ARRAY && i < reply->elements && reply->element[i]->str != NULL
               ? reply->element[i]->str
               : "";
}

const char *redis_reply_value(const redisReply *reply, const char *name)
{
    for (size_t i = 0; reply->type == REDIS_REPLY_ARRAY && i + 1 < reply->elements; i += 2)
        if (strcmp(redis_reply_string(reply, i), name) == 0)
            return redis_reply_string(reply, i + 1);
    return "";
}
