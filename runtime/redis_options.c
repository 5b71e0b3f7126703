#include "redis_options.h"

#include <arpa/inet.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* hiredis leaves the last byte of sun_path undefined. */
enum { SOCKET_PATH_MAX = 106 };

static bool text_copy(const char **to, const char *from)
{
    *to = NULL;
    if (!from || from[0] == '\0')
        return true;
    *to = strdup(from);
    return *to != NULL;
}

/* A name would have to be looked up, which blocks. */
static bool address_is_numeric(const char *host)
{
    struct in6_addr any;
    return inet_pton(AF_INET, host, &any) == 1 || inet_pton(AF_INET6, host, &any) == 1;
}

bool redis_options_copy(struct redis_link_options *to, const struct redis_link_options *from)
{
    *to = *from;
    to->port = from->port ? from->port : 6379;
    to->connect_ms = from->connect_ms ? from->connect_ms : 2000;
    to->reply_ms = from->reply_ms ? from->reply_ms : 5000;
    to->pending_max = from->pending_max ? from->pending_max : 8192;
    to->queued_max = from->queued_max ? from->queued_max : 16 * 1024 * 1024;
    to->reply_max = from->reply_max ? from->reply_max : 64 * 1024 * 1024;
    const char *host = from->host;
    if (host && strcmp(host, "localhost") == 0)
        host = "127.0.0.1";
    bool copied = text_copy(&to->socket, from->socket);
    copied = text_copy(&to->host, host) && copied;
    copied = text_copy(&to->user, from->user) && copied;
    copied = text_copy(&to->password, from->password) && copied;
    return copied && (to->socket ? strlen(to->socket) <= SOCKET_PATH_MAX
                                 : to->host && address_is_numeric(to->host));
}

static void text_free(const char **text)
{
    char *owned = (char *)(uintptr_t)*text;
    if (owned)
        sodium_memzero(owned, strlen(owned)); /* one of them is the password */
    free(owned);
    *text = NULL;
}

void redis_options_clear(struct redis_link_options *options)
{
    text_free(&options->socket);
    text_free(&options->host);
    text_free(&options->user);
    text_free(&options->password);
}
