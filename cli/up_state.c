#include "up_state.h"

#include "../config/config.h"
#include "../runtime/file_map.h"
#include "../runtime/seal.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SOCKET_PATH_MAX = 107, LONGEST_SOCKET = 16, SECRET_SIZE = 24, LEASE_MS = 3000 };

bool up_state_locate(struct up_state *state, const char *directory)
{
    char here[UP_PATH_SIZE / 2];

    if (directory[0] == '/')
        snprintf(here, sizeof here, "%s", "");
    else if (getcwd(here, sizeof here) == NULL)
        return false;
    int size =
        snprintf(state->root, sizeof state->root, "%s%s%s", here, here[0] ? "/" : "", directory);
    /* Redis's configuration cannot hold a quote or a line break in a path. */
    if (strpbrk(directory, "\"\n\r") != NULL) {
        errno = EINVAL;
        return false;
    }
    if (size + (int)strlen("/run/") + LONGEST_SOCKET > SOCKET_PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    const struct {
        char *path;
        const char *name;
    } paths[] = {{state->run, "run"},
                 {state->log, "log"},
                 {state->redis, "redis"},
                 {state->referential, "referential"},
                 {state->redis_conf, "redis.conf"},
                 {state->acl, "users.acl"},
                 {state->key, "passerelle.key"},
                 {state->daemon_conf, "passerelle.conf"},
                 {state->match_conf, "match.conf"},
                 {state->lock, "up.lock"},
                 {state->loaded, "loaded"}};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        snprintf(paths[i].path, UP_PATH_SIZE, "%.200s/%s", state->root, paths[i].name);
    return true;
}

bool up_state_create(const struct up_state *state)
{
    struct stat status;

    if (mkdir(state->root, 0700) == 0)
        return true;
    return errno == EEXIST && stat(state->root, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool directory_make(const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* A random password in a file of its own, made once; malloc'ed. */
static char *secret_of(const struct up_state *state, const char *name)
{
    char path[UP_PATH_SIZE], text[SECRET_SIZE * 2 + 2];
    uint8_t bytes[SECRET_SIZE];
    size_t size;

    snprintf(path, sizeof path, "%.200s/%s.secret", state->root, name);
    char *secret = file_read_secret(path, 256, &size);
    if (secret == NULL && errno == ENOENT) {
        randombytes_buf(bytes, sizeof bytes);
        sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
        if (!file_write_atomic(path, text, strlen(text), 0600))
            return NULL;
        secret = file_read_secret(path, 256, &size);
    }
    return secret;
}

/* Writes what make prints, in one step. */
static bool text_write(const char *path, void (*make)(FILE *out, const void *arg), const void *arg)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    bool good = out != NULL;

    if (good) {
        make(out, arg);
        good = fclose(out) == 0 && file_write_atomic(path, text, size, 0600);
    }
    free(text);
    return good;
}

static void print_redis_conf(FILE *out, const void *arg)
{
    const struct up_state *state = arg;

    fprintf(out,
            "# Made by passerelle up: the private Redis of this state.\n"
            "port 0\nunixsocket \"%s/redis.sock\"\nunixsocketperm 700\n"
            "dir \"%s\"\naclfile \"%s\"\nsupervised systemd\ndaemonize no\n"
            "appendonly yes\nappendfsync always\nno-appendfsync-on-rewrite no\nsave \"\"\n"
            "maxmemory-policy noeviction\nloglevel notice\n",
            state->run, state->redis, state->acl);
}

struct secrets {
    const char *daemon, *match;
};

/* What each process may touch: docs/architecture.md, "Who may do what". */
static void print_acl(FILE *out, const void *arg)
{
    const struct secrets *secrets = arg;

    fprintf(out,
            "user default off\n"
            "user passerelled on >%s ~p:* &* +@all -@dangerous +config|get +info +bgrewriteaof\n"
            "user match on >%s resetchannels %%R~p:territories %%R~p:{*}:meta %%R~p:{*}:log "
            "%%R~p:{*}:record:learner %%R~p:{*}:record:offer %%R~p:{*}:attachment ~p:{*} "
            "~p:{*}:slot:* ~p:{*}:lists:* ~p:{*}:feed ~p:{*}:workers ~p:{*}:quarantine -@all "
            "+@connection +fcall +hget +hmget +hgetall +hscan +hset +hdel +hlen +xadd +xread "
            "+xrange +xlen +smembers +ping +info\n",
            secrets->daemon, secrets->match);
}

static void print_config(FILE *out, const void *arg)
{
    config_print(out, arg, false);
}

static void set_path(char value[CONFIG_TEXT_SIZE], const char *directory, const char *name)
{
    snprintf(value, CONFIG_TEXT_SIZE, "%.200s%s%s", directory, name[0] ? "/" : "", name);
}

static bool configs_write(const struct up_state *state)
{
    struct config config;

    config_defaults(&config);
    set_path(config.daemon_runtime_directory, state->run, "");
    set_path(config.daemon_state_directory, state->root, "");
    set_path(config.daemon_metrics, state->run, "metrics.sock");
    set_path(config.store_socket, state->run, "redis.sock");
    config.match_lease_ms = LEASE_MS;
    snprintf(config.store_user, sizeof config.store_user, "passerelled");
    set_path(config.store_password_file, state->root, "passerelled.secret");
    if (!text_write(state->daemon_conf, print_config, &config))
        return false;
    snprintf(config.store_user, sizeof config.store_user, "match");
    set_path(config.store_password_file, state->root, "match.secret");
    return text_write(state->match_conf, print_config, &config);
}

bool up_state_prepare(const struct up_state *state, const char **culprit)
{
    const char *directories[] = {state->run, state->log, state->redis, state->referential};
    const char *reason = "";
    struct stat status;

    for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++) {
        *culprit = directories[i];
        if (!directory_make(directories[i]))
            return false;
    }
    *culprit = state->key;
    if (stat(state->key, &status) != 0 && !seal_key_create(state->key, &reason))
        return false;
    *culprit = state->root;
    char *daemon = secret_of(state, "passerelled"), *match = secret_of(state, "match");
    const struct secrets secrets = {daemon, match};
    bool good = daemon != NULL && match != NULL && text_write(state->acl, print_acl, &secrets) &&
                text_write(state->redis_conf, print_redis_conf, state) && configs_write(state);
    free(daemon);
    free(match);
    return good;
}
