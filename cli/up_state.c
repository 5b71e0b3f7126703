#include "up_state.h"

#include "../config/config.h"
#include "../runtime/file_map.h"
#include "../runtime/seal.h"

#include <errno.h>
#include <pwd.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    RUN_MAX = 80,   /* what [daemon] runtime_directory takes; sockets fit below it */
    ROOT_MAX = 200, /* what [daemon] state_directory takes */
    SECRET_SIZE = 24,
    SECRET_MAX = 256,
    EMBEDDED_LEASE_MS = 3000, /* on one machine a dead worker is soon found out */
};

static const uid_t nobody_else = (uid_t)-1;

/* -- places ------------------------------------------------------------------------------------ */

/* Absolute, and without what Redis's configuration cannot hold in a path. */
static bool place_set(char out[UP_PATH_SIZE], const char *directory, size_t longest)
{
    char here[UP_PATH_SIZE / 2] = "";

    if (directory[0] != '/' && getcwd(here, sizeof here) == NULL)
        return false;
    if (directory[0] == '\0' || strpbrk(directory, "\"\n\r") != NULL) {
        errno = EINVAL;
        return false;
    }
    int size = snprintf(out, UP_PATH_SIZE, "%s%s%s", here, here[0] ? "/" : "", directory);
    if (size < 0 || (size_t)size > longest) {
        errno = ENAMETOOLONG;
        return false;
    }
    return true;
}

static void path_set(char out[UP_PATH_SIZE], const char *directory, const char *name)
{
    snprintf(out, UP_PATH_SIZE, "%.200s/%s", directory, name);
}

static void paths_set(struct up_state *state)
{
    path_set(state->log, state->root, "log");
    path_set(state->redis, state->root, "redis");
    path_set(state->referential, state->root, "referential");
    path_set(state->acl, state->root, "users.acl");
    path_set(state->key, state->root, "passerelle.key");
    path_set(state->lock, state->root, "up.lock");
    path_set(state->loaded, state->root, "loaded");
    path_set(state->redis_conf, state->settings, "redis.conf");
    path_set(state->daemon_conf, state->settings, "passerelle.conf");
    path_set(state->match_conf, state->settings, "match.conf");
    path_set(state->text_conf, state->settings, "text.conf");
}

bool up_state_locate_site(struct up_state *state, const char *directory, const char *run,
                          const char *settings)
{
    char run_in_state[UP_PATH_SIZE];

    *state = (struct up_state){.site = true};
    for (int i = 0; i < OWNERS; i++)
        state->owners[i].user = nobody_else;
    if (!place_set(state->root, directory, ROOT_MAX))
        return false;
    path_set(run_in_state, state->root, "run");
    if (!place_set(state->run, run != NULL ? run : run_in_state, RUN_MAX) ||
        !place_set(state->settings, settings != NULL ? settings : state->root, ROOT_MAX))
        return false;
    memcpy(state->store_run, state->run, sizeof state->store_run);
    paths_set(state);
    return true;
}

bool up_state_locate(struct up_state *state, const char *directory)
{
    bool good = up_state_locate_site(state, directory, NULL, NULL);

    state->site = false;
    return good;
}

bool up_state_use_users(struct up_state *state, const char **culprit)
{
    static const char *const names[OWNERS] = {[OWNER_ADMINISTRATOR] = "root",
                                              [OWNER_DAEMON] = "passerelle",
                                              [OWNER_MATCH] = "passerelle-match",
                                              [OWNER_TEXT] = "passerelle-text",
                                              [OWNER_STORE] = "passerelle-store"};

    for (int i = 0; i < OWNERS; i++) {
        *culprit = names[i];
        errno = 0;
        const struct passwd *user = getpwnam(names[i]);
        if (user == NULL)
            return false;
        state->owners[i].user = user->pw_uid;
        state->owners[i].group = user->pw_gid;
    }
    state->users = true;
    *culprit = state->run;
    char store_run[UP_PATH_SIZE];
    snprintf(store_run, sizeof store_run, "%.200s-store", state->run);
    return place_set(state->store_run, store_run, RUN_MAX);
}

/* -- files and directories --------------------------------------------------------------------- */

static bool give(const struct up_state *state, const char *path, enum up_owner owner)
{
    return state->owners[owner].user == nobody_else ||
           lchown(path, state->owners[owner].user, state->owners[owner].group) == 0;
}

/* mode_users: where others must get through to what is theirs. */
static bool directory_make(const struct up_state *state, const char *path, enum up_owner owner,
                           mode_t mode_users)
{
    struct stat status;

    if (mkdir(path, 0700) == 0) {
        if (state->users && chmod(path, mode_users) != 0)
            return false;
    } else if (errno != EEXIST || stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        return false;
    }
    return give(state, path, owner);
}

bool up_state_create(const struct up_state *state)
{
    return directory_make(state, state->root, OWNER_DAEMON, 0711);
}

static bool directories_make(const struct up_state *state, const char **culprit)
{
    const struct {
        const char *path;
        enum up_owner owner;
        mode_t mode_users;
        bool wanted;
    } directories[] = {
        {state->root, OWNER_DAEMON, 0711, true},
        {state->settings, OWNER_ADMINISTRATOR, 0755, true},
        {state->run, OWNER_DAEMON, 0700, true},
        {state->store_run, OWNER_STORE, 0750, true},
        {state->redis, OWNER_STORE, 0700, true},
        {state->referential, OWNER_DAEMON, 0755, true},
        {state->log, OWNER_DAEMON, 0700, !state->site},
    };

    for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++) {
        *culprit = directories[i].path;
        if (directories[i].wanted &&
            !directory_make(state, directories[i].path, directories[i].owner,
                            directories[i].mode_users))
            return false;
    }
    return true;
}

/* A random password in a file of its own, made once; malloc'ed. That only its owner can read it is
 * for its reader to insist on. */
static char *secret_of(const struct up_state *state, const char *name, enum up_owner owner)
{
    char path[UP_PATH_SIZE], file[40], text[SECRET_SIZE * 2 + 1];
    uint8_t bytes[SECRET_SIZE];
    size_t size;

    snprintf(file, sizeof file, "%s.secret", name);
    path_set(path, state->root, file);
    char *secret = file_read_bounded(path, SECRET_MAX, &size);
    if (secret == NULL && errno == ENOENT) {
        randombytes_buf(bytes, sizeof bytes);
        sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
        if (!file_write_atomic(path, text, strlen(text), 0600))
            return NULL;
        secret = file_read_bounded(path, SECRET_MAX, &size);
    }
    if (secret != NULL && !give(state, path, owner)) {
        free(secret);
        return NULL;
    }
    return secret;
}

/* Never beside data that another key has sealed: that must be brought back. */
static bool key_make(const struct up_state *state)
{
    char data[UP_PATH_SIZE];
    const char *reason = "";

    path_set(data, state->redis, "appendonlydir");
    if (access(state->key, F_OK) != 0) {
        if (access(data, F_OK) == 0) {
            errno = ENOKEY;
            return false;
        }
        if (!seal_key_create(state->key, &reason))
            return false;
    }
    return give(state, state->key, OWNER_DAEMON);
}

typedef void make_fn(FILE *out, const void *arg);

/* Writes what make prints, in one step. */
static bool text_write(const char *path, mode_t mode, make_fn *make, const void *arg)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    bool good = out != NULL;

    if (good) {
        make(out, arg);
        good = fclose(out) == 0 && file_write_atomic(path, text, size, mode);
    }
    free(text);
    return good;
}

/* A configuration file: a site's own is left as it is. It holds no secret. */
static bool settings_write(const struct up_state *state, const char *path, make_fn *make,
                           const void *arg)
{
    if (state->site && access(path, F_OK) == 0)
        return true;
    return text_write(path, state->users ? 0644 : 0600, make, arg) &&
           give(state, path, OWNER_ADMINISTRATOR);
}

/* -- what is in them --------------------------------------------------------------------------- */

static void print_redis_conf(FILE *out, const void *arg)
{
    const struct up_state *state = arg;

    fprintf(out,
            "# Made by passerelle: the private Redis of this state.\n"
            "port 0\nunixsocket \"%s/redis.sock\"\nunixsocketperm %s\n"
            "dir \"%s\"\naclfile \"%s\"\nsupervised systemd\ndaemonize no\n"
            "appendonly yes\nappendfsync always\nno-appendfsync-on-rewrite no\nsave \"\"\n"
            "auto-aof-rewrite-min-size 256mb\nlatency-tracking no\n"
            "maxmemory-policy noeviction\nloglevel notice\n",
            state->store_run, state->users ? "770" : "700", state->redis, state->acl);
}

struct passwords {
    char daemon[crypto_hash_sha256_BYTES * 2 + 1], match[crypto_hash_sha256_BYTES * 2 + 1];
    char text[crypto_hash_sha256_BYTES * 2 + 1];
};

/* What each process may touch: docs/architecture.md, "Who may do what". */
static void print_acl(FILE *out, const void *arg)
{
    const struct passwords *passwords = arg;

    /* The daemon has every key: nothing else is in this store, and at each access of a function a
     * pattern would be matched. Nobody can be the default user, for it is off. But it is in its
     * name that Redis reads back the append-only file, and what it may not do would be left out. */
    fprintf(out,
            "user default off ~* &* +@all\n"
            "user passerelled on #%s ~* &* +@all -@dangerous +config|get +info +bgrewriteaof\n"
            "user match on #%s resetchannels %%R~p:territories %%R~p:{*}:meta %%R~p:{*}:log "
            "%%R~p:{*}:record:learner %%R~p:{*}:record:offer %%R~p:{*}:attachment ~p:{*} "
            "~p:{*}:slot:* ~p:{*}:lists:* ~p:{*}:feed ~p:{*}:workers ~p:{*}:quarantine -@all "
            "+@connection +fcall +hget +hmget +hgetall +hscan +hset +hdel +hlen +xadd +xread "
            "+xinfo|stream "
            "+xrange +xlen +smembers +ping +info +time\n"
            "user text on #%s resetchannels %%R~p:territories %%R~p:{*}:meta ~p:{*} "
            "~p:{*}:record:offer ~p:{*}:log ~p:{*}:draft ~p:{*}:proposed ~p:{*}:recognised "
            "~p:{*}:confirmed ~p:{*}:reading ~p:{*}:quarantine -@all +@connection +fcall +hget "
            "+hmget +hset +hdel +exists +xadd +xlen +xack +xdel +xgroup|create +xreadgroup "
            "+xautoclaim +xpending +xinfo|stream +smembers +ping +info +time\n",
            passwords->daemon, passwords->match, passwords->text);
}

/* As the store keeps it: its file need not hold the password. The secret is wiped and freed. */
static bool password_digest(char *secret, char digest[crypto_hash_sha256_BYTES * 2 + 1])
{
    uint8_t hash[crypto_hash_sha256_BYTES];

    if (secret == NULL)
        return false;
    size_t size = strcspn(secret, "\r\n");
    crypto_hash_sha256(hash, (const uint8_t *)secret, size);
    sodium_bin2hex(digest, crypto_hash_sha256_BYTES * 2 + 1, hash, sizeof hash);
    sodium_memzero(secret, strlen(secret));
    free(secret);
    return true;
}

static bool passwords_prepare(const struct up_state *state)
{
    struct passwords passwords;

    return password_digest(secret_of(state, "passerelled", OWNER_DAEMON), passwords.daemon) &&
           password_digest(secret_of(state, "match", OWNER_MATCH), passwords.match) &&
           password_digest(secret_of(state, "text", OWNER_TEXT), passwords.text) &&
           text_write(state->acl, 0600, print_acl, &passwords) &&
           give(state, state->acl, OWNER_STORE);
}

static void print_config(FILE *out, const void *arg)
{
    config_print(out, arg, false);
}

static void print_site_config(FILE *out, const void *arg)
{
    config_print(out, arg, true);
}

static void set_path(char value[CONFIG_TEXT_SIZE], const char *directory, const char *name)
{
    snprintf(value, CONFIG_TEXT_SIZE, "%.200s%s%s", directory, name[0] ? "/" : "", name);
}

static bool configs_write(const struct up_state *state)
{
    make_fn *print = state->site ? print_site_config : print_config;
    struct config config;

    config_defaults(&config);
    set_path(config.daemon_runtime_directory, state->run, "");
    set_path(config.daemon_state_directory, state->root, "");
    set_path(config.daemon_metrics, state->run, "metrics.sock");
    set_path(config.store_socket, state->store_run, "redis.sock");
    if (!state->site)
        config.match_lease_ms = EMBEDDED_LEASE_MS;
    snprintf(config.store_user, sizeof config.store_user, "passerelled");
    set_path(config.store_password_file, state->root, "passerelled.secret");
    if (!settings_write(state, state->daemon_conf, print, &config))
        return false;
    snprintf(config.store_user, sizeof config.store_user, "match");
    set_path(config.store_password_file, state->root, "match.secret");
    if (!settings_write(state, state->match_conf, print, &config))
        return false;
    snprintf(config.store_user, sizeof config.store_user, "text");
    set_path(config.store_password_file, state->root, "text.secret");
    return settings_write(state, state->text_conf, print, &config);
}

bool up_state_prepare(const struct up_state *state, const char **culprit)
{
    if (!directories_make(state, culprit))
        return false;
    *culprit = state->key;
    if (!key_make(state))
        return false;
    *culprit = state->acl;
    if (!passwords_prepare(state))
        return false;
    *culprit = state->settings;
    return settings_write(state, state->redis_conf, print_redis_conf, state) &&
           configs_write(state);
}
