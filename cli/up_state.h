/* The directory of a state: what is made in it on the first start, and where all is. `passerelle
 * up` keeps everything below one directory; `passerelle prepare` lays a state out for a server,
 * with its sockets and its configuration elsewhere and, if wanted, a system user for each program.
 */
#ifndef PASSERELLE_CLI_UP_STATE_H
#define PASSERELLE_CLI_UP_STATE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

enum { UP_PATH_SIZE = 512 };

/* Whose a file is. */
enum up_owner { OWNER_ADMINISTRATOR, OWNER_DAEMON, OWNER_MATCH, OWNER_TEXT, OWNER_STORE, OWNERS };

struct up_state {
    char root[UP_PATH_SIZE]; /* absolute */
    char run[UP_PATH_SIZE], store_run[UP_PATH_SIZE], settings[UP_PATH_SIZE];
    char log[UP_PATH_SIZE], redis[UP_PATH_SIZE], referential[UP_PATH_SIZE];
    char redis_conf[UP_PATH_SIZE], acl[UP_PATH_SIZE], key[UP_PATH_SIZE];
    char daemon_conf[UP_PATH_SIZE], match_conf[UP_PATH_SIZE], text_conf[UP_PATH_SIZE];
    char lock[UP_PATH_SIZE], loaded[UP_PATH_SIZE]; /* loaded: exists once the first load is done */
    bool site;  /* the administrator's: configuration files that exist are left alone */
    bool users; /* one system user for each program, in owners */
    struct {
        uid_t user;
        gid_t group;
    } owners[OWNERS];
};

/* Works the paths of an embedded state out; false with errno (ENAMETOOLONG when sockets would not
 * fit, EINVAL for a character that a configuration cannot hold). */
bool up_state_locate(struct up_state *state, const char *directory);
/* The same for a site; run and settings may be NULL: in the state. */
bool up_state_locate_site(struct up_state *state, const char *directory, const char *run,
                          const char *settings);
/* Gives each program's files to its system user from now on; the store's socket then gets a
 * directory of its own, since that of the daemon is closed to all others. False and *culprit: there
 * is no such user, or (errno ENAMETOOLONG) the path is too long. */
bool up_state_use_users(struct up_state *state, const char **culprit);

/* The directory itself, so that its lock can be taken. False with errno. */
bool up_state_create(const struct up_state *state);
/* Everything missing in it: directories, key, passwords, configurations. What is there is left
 * alone, but for the files that follow from the others. False with errno and *culprit; ENOKEY:
 * there is data, and the key that sealed it is gone. */
bool up_state_prepare(const struct up_state *state, const char **culprit);

#endif
