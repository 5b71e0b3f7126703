/* How a process reaches the store that its configuration names. */
#ifndef PASSERELLE_RUNTIME_STORE_ACCESS_H
#define PASSERELLE_RUNTIME_STORE_ACCESS_H

#include "config/config.h"
#include "runtime/redis_link.h"

struct store_access {
    struct redis_link_options options; /* texts point into the configuration and this */
    char *password;                    /* NULL when none */
};

/* Reads the password file, if any. False, logged, when it is not a private file of ours. */
bool store_access_open(struct store_access *access, const struct config *config);
/* Wipes the password. May be called again, or on a zeroed one. */
void store_access_close(struct store_access *access);
/* A blocking connection, authenticated, for programs without a loop. NULL on failure. */
redisContext *store_access_connect(const struct store_access *access);

/* String i of an array reply, "" when there is none. */
const char *redis_reply_string(const redisReply *reply, size_t i);
/* The value of a name in a flat array of names and values (HGETALL, a stream entry); "" when
 * absent. */
const char *redis_reply_value(const redisReply *reply, const char *name);

#endif
